// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chartcontext.h"
#include "workspace/dashboard.h"

#include <cstdint>
#include <string>
#include <vector>

// Result tables as the engine makes them, for tests and the gallery. Numbers come from a fixed formula, so
// that pictures stay comparable.
namespace genscope::samples {

inline constexpr Timestamp kJune2025{1'748'736'000'000'000}; // 2025-06-01T00:00:00Z

/// One measure over time, one row for each bucket; a missing cell in every @p gapEvery-th bucket (0: none).
ResultTable overTime(const std::string &measure, Unit unit, Interval interval, int buckets, const Zone &zone,
                     double scale, int gapEvery = 0);
/// One measure over time by model; pairs without events are left out, and the rest is gathered in Other.
ResultTable byModelOverTime(const std::string &measure, Unit unit, Interval interval, int buckets,
                            const Zone &zone);
ResultTable percentilesOverTime(int buckets, const Zone &zone);
ResultTable byModel();
ResultTable byHttpStatus();
ResultTable byCustomer();
ResultTable unpricedOnly();

std::vector<std::string> models();

TileSpec spec(const char *id, const char *title, TileSpec::Display display);
ChartContext context(Interval interval, int buckets);

} // namespace genscope::samples

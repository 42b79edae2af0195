// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/columns.h"
#include "analytics/costmode.h"

#include <cstdint>
#include <span>

namespace genscope {

/// The cost of a call and what it consists of. Total is the sum of Input, Output, Request and WebSearch,
/// where the event does not report its own; CacheRead and CacheWrite are parts of Input, known only where the
/// book priced it.
enum class CostPart { Total, Input, Output, CacheRead, CacheWrite, Request, WebSearch };

/// Costs of the rows @p first .. first + out.size() - 1 in picodollars; kMissing where not known.
void readCosts(const Segment &segment, CostPart part, CostMode mode, std::size_t first,
               std::span<std::int64_t> out);

} // namespace genscope

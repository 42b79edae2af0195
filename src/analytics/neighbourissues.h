// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/field.h"

#include <cstdint>
#include <vector>

namespace genscope {

// Issues that an event has by comparison with others.

/// Bits from DataIssue::CostMissing on, by segment and row; empty where no row has any.
using RestIssues = std::vector<std::vector<std::uint8_t>>;

/// LatencyInMs and TtftInMs: judged by sender and model together, never by one slow call. @error Cancelled
Status findUnitIssues(const Snapshot &snapshot, RestIssues &issues, const StopToken &stop);

/// OnePerTrace: judged by sender. @error Cancelled
Status findLoneCalls(const Snapshot &snapshot, RestIssues &issues, const StopToken &stop);

/// DuplicateSpan: reads the span ids of traces with several steps from the kept events, because columns do
/// not hold them: few ask for them, and they would take as much memory as all other facts of an event
/// together.
/// @error Database, Cancelled
Status findDuplicateSpans(const DataContext &context, RestIssues &issues);

} // namespace genscope

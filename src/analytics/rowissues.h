// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/dataissue.h"
#include "analytics/snapshot.h"

#include <cstdint>
#include <vector>

namespace genscope {

/// Bits of the issues that an event's own columns tell, by row; empty if no row has any.
using RowIssues = std::vector<std::uint16_t>;
inline constexpr int kRowIssueCount = static_cast<int>(DataIssue::ErrorUnmarked) + 1;
static_assert(kRowIssueCount <= 16);

/// @param snapshot  that the segment is of, for its texts
RowIssues findRowIssues(const Segment &segment, const Snapshot &snapshot);

/// Bits from DataIssue::CostMissing on, by row; empty if no row has any. Costs change with the price book.
std::vector<std::uint8_t> findCostIssues(const Segment &segment);
inline constexpr int kFirstRestIssue = static_cast<int>(DataIssue::CostMissing);
static_assert(kFirstRestIssue == kRowIssueCount && kDataIssueCount - kFirstRestIssue <= 8);
constexpr std::uint8_t restBit(DataIssue issue)
{
    return static_cast<std::uint8_t>(1 << (static_cast<int>(issue) - kFirstRestIssue));
}

} // namespace genscope

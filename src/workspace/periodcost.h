// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/costdrivers.h"
#include "workspace/periodcomparison.h"
#include "workspace/selection.h"

#include <optional>

namespace genscope {

/// Two periods whose costs are held against each other.
struct CostPeriods
{
    TimeRange before;
    TimeRange after;
    bool areHalves = false; ///< of what has no period before it
};
/// @p range against what it is compared with, else the period before. A range that is open at its end ends
/// with the data; one without a beginning, which has nothing before it, is cut in half. Nothing if there is
/// no data. @param covered  by the data
std::optional<CostPeriods> costPeriods(const TimeRange &range, PeriodComparison comparison,
                                       const TimeRange &covered, const Zone &zone);

/// explainCostChange() of what @p selection selects in @p after against what it would in @p before.
/// @error as explainCostChange() and selectRows() @thread a worker
Result<CostDriversAnswer> explainCostChange(const CostBreakdown &by, const TimeRange &before,
                                            const TimeRange &after, const Selection &selection);

} // namespace genscope

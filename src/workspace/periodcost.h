// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/costdrivers.h"
#include "workspace/selection.h"

namespace genscope {

/// explainCostChange() of what @p selection selects in @p after against what it would in @p before.
/// @error as explainCostChange() and selectRows() @thread a worker
Result<CostDriversAnswer> explainCostChange(const CostBreakdown &by, const TimeRange &before,
                                            const TimeRange &after, const Selection &selection);

} // namespace genscope

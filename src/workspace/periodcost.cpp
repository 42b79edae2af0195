// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/periodcost.h"

namespace genscope {

namespace {

Result<RowSet> rowsIn(const TimeRange &range, const Selection &selection)
{
    Scope part = selection.scope;
    part.range = range;
    return part.range == selection.scope.range ? selection.rows : selectRows(part, selection.context);
}

} // namespace

Result<CostDriversAnswer> explainCostChange(const CostBreakdown &by, const TimeRange &before,
                                            const TimeRange &after, const Selection &selection)
{
    const auto then = rowsIn(before, selection);
    if (!then)
        return then.error();
    const auto now = rowsIn(after, selection);
    if (!now)
        return now.error();
    return explainCostChange(by, *then, *now, selection.scope, selection.context);
}

} // namespace genscope

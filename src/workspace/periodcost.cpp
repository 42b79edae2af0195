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

std::optional<CostPeriods> costPeriods(const TimeRange &range, PeriodComparison comparison,
                                       const TimeRange &covered, const Zone &zone)
{
    TimeRange after = range;
    if (after.from && !after.to)
        after.to = covered.to;
    if (comparison.with == PeriodComparison::With::Nothing)
        comparison.with = PeriodComparison::With::PreviousPeriod;
    if (const auto before = comparedRange(comparison, after, zone))
        return CostPeriods{*before, after, false};
    const auto from = after.from ? after.from : covered.from;
    const auto to = after.to ? after.to : covered.to;
    if (!from || !to || *to <= *from)
        return std::nullopt;
    const Timestamp middle{from->us + (to->us - from->us) / 2};
    return CostPeriods{{from, middle}, {middle, to}, true};
}

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

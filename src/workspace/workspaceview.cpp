// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What Workspace makes of its own public functions: one part of the view set, one question asked.
#include "workspace/workspace.h"

#include <utility>

namespace genscope {

namespace {

/// Sets one part of the scope; one that is so already is no step to undo.
template<typename Part>
void change(Workspace &workspace, Part Scope::*part, const Part &value)
{
    Scope changed = workspace.scope();
    if (changed.*part == value)
        return;
    changed.*part = value;
    workspace.setScope(changed);
}

} // namespace

void Workspace::setScope(const Scope &scope)
{
    ViewState changed = view();
    changed.scope = scope;
    setView(changed);
}

void Workspace::setComparison(const PeriodComparison &comparison)
{
    ViewState changed = view();
    if (std::exchange(changed.comparison, comparison) != comparison)
        setView(changed);
}

void Workspace::setInterval(const std::optional<Interval> &interval)
{
    ViewState changed = view();
    if (std::exchange(changed.interval, interval) != interval)
        setView(changed);
}

void Workspace::setTimeRange(const TimeRange &range)
{
    change(*this, &Scope::range, range);
}

void Workspace::setZone(const Zone &zone)
{
    change(*this, &Scope::zone, zone);
}

void Workspace::setFilter(const Filter &filter)
{
    Scope changed = scope();
    if (changed.filter.toString() == filter.toString())
        return;
    changed.filter = filter;
    setScope(changed);
}

void Workspace::setCostMode(CostMode mode)
{
    change(*this, &Scope::cost, mode);
}

void Workspace::setPricing(const PricingView &pricing)
{
    change(*this, &Scope::pricing, pricing);
}

void Workspace::setCustomer(const std::optional<Field> &customer)
{
    change(*this, &Scope::customer, customer);
}

void Workspace::query(QObject *context, const QString &slot, const Query &query,
                      std::function<void(Result<ResultTable>)> done)
{
    compute<Result<ResultTable>>(
        context, slot,
        [query](const Selection &selection) {
            return runQuery(query, selection.scope, selection.rows, selection.context);
        },
        std::move(done));
}

} // namespace genscope

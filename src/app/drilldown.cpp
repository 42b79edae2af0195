// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/drilldown.h"

#include "app/chartfilter.h"
#include "charts/celltext.h"

#include <algorithm>

namespace genscope {

namespace {

Filter isValue(const Field &field, const Cell &value)
{
    return std::holds_alternative<std::monostate>(value) ? Filter::isMissing(field)
                                                         : Filter::equals(field, cellKey(value));
}

Filter conditionOf(const Field &field, const ChartPick &pick)
{
    if (pick.otherThan.empty())
        return isValue(field, *pick.value);
    std::vector<Filter> parts;
    for (const Cell &shown : pick.otherThan)
        parts.push_back(isValue(field, shown).negated());
    return Filter::all(parts);
}

std::optional<Timestamp> later(std::optional<Timestamp> a, std::optional<Timestamp> b)
{
    return a && b ? std::max(*a, *b) : a ? a : b;
}

std::optional<Timestamp> earlier(std::optional<Timestamp> a, std::optional<Timestamp> b)
{
    return a && b ? std::min(*a, *b) : a ? a : b;
}

} // namespace

PageId pageOf(ListKind kind)
{
    switch (kind) {
    case ListKind::Traces:
        return PageId::Traces;
    case ListKind::Sessions:
        return PageId::Sessions;
    case ListKind::Users:
        return PageId::Users;
    case ListKind::Customers:
        return PageId::Customers;
    case ListKind::Errors:
        return PageId::Errors;
    case ListKind::Tools:
        return PageId::Tools;
    case ListKind::Embeddings:
        return PageId::Embeddings;
    case ListKind::Feedback:
        return PageId::Feedback;
    case ListKind::Generations:
        return PageId::Generations;
    }
    return PageId::Generations;
}

Filter withCondition(const Filter &filter, const Filter &condition)
{
    std::vector<Filter> parts = filter.conjuncts();
    for (const Filter &added : condition.conjuncts()) {
        const auto same = [&added](const Filter &part) { return part.toString() == added.toString(); };
        if (std::none_of(parts.begin(), parts.end(), same))
            parts.push_back(added);
    }
    return Filter::all(parts);
}

Filter pickedCondition(const ChartPick &pick)
{
    std::vector<Filter> parts;
    if (const auto field = Field::parse(pick.dimension); field && pick.value)
        parts.push_back(conditionOf(*field, pick));
    ChartPick range = pick;
    range.value.reset();
    range.also.clear();
    parts.push_back(withPick({}, range));
    for (const ChartPick &other : pick.also)
        parts.push_back(pickedCondition(other));
    return Filter::all(parts);
}

Scope pickedScope(const Scope &scope, const TileSpec &tile, const ChartPick &pick)
{
    Scope picked = scope;
    picked.filter = withPick(scope.filter, pick);
    if (tile.display == TileSpec::Display::Heatmap && pick.from && pick.to)
        picked.range = {pick.from, pick.to};
    return picked;
}

Scope drilledScope(const Scope &scope, const TileSpec &tile, const ChartPick &pick)
{
    Scope drilled = scope;
    // Buckets at the ends may reach past the range that is shown.
    drilled.range.from = later(scope.range.from, pick.from);
    drilled.range.to = earlier(scope.range.to, pick.to);
    drilled.filter = withCondition(scope.filter, tile.filter);
    drilled.filter = withCondition(drilled.filter, pickedCondition(pick));
    return drilled;
}

} // namespace genscope

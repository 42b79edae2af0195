// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/eventmatch.h"

#include "analytics/rollup.h"

#include <array>

namespace genscope {

namespace {

constexpr std::array<std::string_view, kEventMatchCount> kNames = {"some", "all"};

} // namespace

std::string_view eventMatchName(EventMatch match)
{
    return kNames[static_cast<std::size_t>(match)];
}

std::optional<EventMatch> eventMatchFromName(std::string_view name)
{
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (kNames[i] == name)
            return static_cast<EventMatch>(i);
    return std::nullopt;
}

Result<RowSet> rowsOfFullMatches(ListKind kind, const Scope &scope, const RowSet &rows,
                                 const QueryContext &context)
{
    if (scope.filter.isEmpty())
        return rows;
    Scope unfiltered;
    unfiltered.range = scope.range;
    auto inRange = selectRows(unfiltered, context);
    if (!inRange)
        return inRange.error();
    RowSet unmatched = rows;
    unmatched.invert();
    *inRange &= unmatched;
    auto partial =
        kind == ListKind::Traces ? rowsOfTraces(*inRange, context) : rowsOfSessions(*inRange, context);
    if (!partial)
        return partial.error();
    partial->invert();
    *partial &= rows;
    return partial;
}

} // namespace genscope

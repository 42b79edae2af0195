// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/eventmatch.h"

#include "analytics/tracegroups.h"

#include <array>
#include <vector>

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
    const Snapshot &snapshot = *context.data.snapshot;
    std::vector<std::uint32_t> sessionOfGroup;
    const TraceGroups groups = kind == ListKind::Traces
                                   ? TraceGroups::byTrace(rows, snapshot)
                                   : TraceGroups::bySession(rows, snapshot, sessionOfGroup);
    const auto groupOf = [&](std::size_t row) {
        return groups.of(static_cast<std::uint32_t>(snapshot.intAt(row, IntField::Trace)),
                         static_cast<std::uint32_t>(snapshot.intAt(row, IntField::Session)));
    };
    std::vector<char> isPartial(groups.count);
    for (std::size_t word = 0; word < rows.words().size(); ++word)
        inRange->words()[word] &= ~rows.words()[word];
    inRange->forEach([&](std::size_t row) {
        if (const std::uint32_t group = groupOf(row); group != TraceGroups::kNone)
            isPartial[group] = 1;
    });
    RowSet whole(rows.size());
    rows.forEach([&](std::size_t row) {
        const std::uint32_t group = groupOf(row);
        if (group == TraceGroups::kNone || isPartial[group] == 0)
            whole.set(row);
    });
    return whole;
}

} // namespace genscope

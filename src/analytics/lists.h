// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/query.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

enum class ListKind { Generations, Traces, Sessions, Users, Customers, Errors, Tools, Embeddings, Feedback };
inline constexpr std::size_t kListKindCount = 9;
std::optional<ListKind> listKindFromName(std::string_view name);
std::string_view listKindName(ListKind kind);

/// A column of a list: its name in cli.md, a measure, or a property.
struct ListColumnInfo
{
    std::string name;
    Unit unit = Unit::None;
    ResultTable::Role role = ResultTable::Role::Field;
};

struct ListSort
{
    std::string column;
    bool descending = true;

    bool operator==(const ListSort &) const = default;
};

struct ListQuery
{
    ListKind kind = ListKind::Generations;
    std::vector<std::string> columns = {}; ///< empty: defaultListColumns()
    std::string sortColumn = {};           ///< empty: defaultListSort(); need not be among the columns
    bool descending = true;                ///< with sortColumn
    std::optional<std::int64_t> limit = {};
    std::optional<TimeRange> compared = {}; ///< for `cost_before`; absent: as long a time, just before
};

std::vector<std::string> defaultListColumns(ListKind kind);
ListSort defaultListSort(ListKind kind);
/// Every column the kind knows by name, defaults first. Properties come on top, and for lists of anything but
/// events the text fields of events.
std::vector<ListColumnInfo> availableListColumns(ListKind kind);

/// Rows of a list as a table; `matched` counts them before the limit.
///
/// - generations, embeddings, feedback (and metrics): the events in @p rows.
/// - traces, sessions: those with some event in @p rows; their numbers are over all of their events, as in
///   PostHog. With EventMatch::All in the scope, only those of which every event in the time range is in
///   @p rows. `latency` is wall clock, `latency_posthog` follows PostHog's rule.
/// - users (anonymous events left out), customers: over the generations in @p rows, as in PostHog; where
/// there
///   are none, over the spans, traces and embeddings there, so that failed steps have users too.
/// - tools: over the generations in @p rows.
/// - errors: over the failed generations, embeddings, spans and traces in @p rows, by message and status.
///
/// In lists of anything but events, measures are over the item's events, and a column that is a field or a
/// property shows the value of the item's newest event that has one. `error` is the normalised message, as in
/// filters. Missing values sort last, equal ones by the item's key.
/// @error Usage for an unknown column; Database, Cancelled
Result<ResultTable> runList(const ListQuery &query, const Scope &scope, const RowSet &rows,
                            const QueryContext &context);

/// Orders the rows of the given kinds by a field, stable, missing values last in both directions; for tables
/// over millions of rows. Texts order by bytes. @error Cancelled, Database
Result<std::vector<std::uint32_t>> sortedRows(const RowSet &rows, KindSet kinds, const Field &field,
                                              bool descending, const QueryContext &context);

} // namespace genscope

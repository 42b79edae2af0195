// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/query.h"

#include <optional>
#include <string>
#include <vector>

namespace genscope {

enum class ListKind { Generations, Traces, Sessions, Users, Customers, Errors, Tools, Embeddings };
std::optional<ListKind> listKindFromName(std::string_view name);
std::string_view listKindName(ListKind kind);

/// A column of a list: its name in cli.md, a measure, or a property.
struct ListColumnInfo
{
    std::string name;
    Unit unit = Unit::None;
    ResultTable::Role role = ResultTable::Role::Field;
};

struct ListQuery
{
    ListKind kind = ListKind::Generations;
    std::vector<std::string> columns; ///< empty: defaultListColumns()
    std::string sortColumn; ///< empty: newest first (generations, traces) or the kind's natural order
    bool descending = true;
    std::optional<std::int64_t> limit;
};

std::vector<std::string> defaultListColumns(ListKind kind);
/// Every column the kind knows by name, defaults first; properties come on top.
std::vector<ListColumnInfo> availableListColumns(ListKind kind);

/// Rows of a list as a table; `matched` counts them before the limit. A trace (session) is listed if some
/// event of it is in @p rows; its numbers are over all of its events, as PostHog does.
/// @error Usage for an unknown column
Result<ResultTable> runList(const ListQuery &query, const Scope &scope, const RowSet &rows,
                            const QueryContext &context);

/// Orders @p rows of the given kinds by a field, stable, missing values last; for tables over millions of
/// rows.
/// @error Cancelled
Result<std::vector<std::uint32_t>> sortedRows(const RowSet &rows, KindSet kinds, const Field &field,
                                              bool descending, const QueryContext &context);

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/lists.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace genscope {

/// A column of a list, ready to be read.
struct ListColumn
{
    ResultTable::Column info;
    std::function<Cell(std::uint32_t item)> cell;
    std::optional<Field> field; ///< event lists: the field behind it, to sort by
};

/// A column to order by.
struct ListOrder
{
    const ListColumn *column = nullptr;
    bool descending = true;
};

/// The rows of a list before they are laid out. Items are numbers that only the list itself understands.
class ListItems
{
public:
    virtual ~ListItems() = default;

    /// Opens columns; they are valid as long as this. @error Usage for an unknown name; Database, Cancelled
    virtual Result<std::vector<ListColumn>> columns(const std::vector<std::string> &names) = 0;
    /// The items ordered by columns, the first of which decides; missing values last. @error Cancelled
    virtual Result<std::vector<std::uint32_t>> ordered(const std::vector<ListOrder> &by) const = 0;
};

/// What a list is made from.
struct ListSource
{
    ListKind kind = ListKind::Generations;
    const Scope &scope;
    const RowSet &rows;
    const QueryContext &context;
    /// What `cost_before` and `cost_change` hold the range against; absent: as long a time, just before.
    std::optional<TimeRange> compared = {};
};

/// Generations, embeddings, feedback and metrics: an item is a row.
Result<std::unique_ptr<ListItems>> eventItems(const ListSource &source);
/// Traces and sessions.
Result<std::unique_ptr<ListItems>> rollupItems(const ListSource &source);
/// Users, customers, errors and tools: the values of a field.
Result<std::unique_ptr<ListItems>> groupItems(const ListSource &source);

Error unknownListColumn(ListKind kind, std::string_view name);

/// The field that a column shows, if it is one: by its own name or that of the list (`trace_id`, `name`).
std::optional<Field> listField(std::string_view columnName);
/// The field whose values are the items of users, customers, errors and tools.
std::optional<Field> listKeyField(ListKind kind);

/// Orders items 0 .. count-1 by cells, stable, missing values last in both directions.
std::vector<std::uint32_t> orderedByCells(std::size_t count, const std::vector<ListOrder> &by);

/// Orders @p order, rows of @p rows and @p kinds, by a field: stable, missing values last.
/// @error Cancelled, Database
Result<std::vector<std::uint32_t>> reorderedRows(const std::vector<std::uint32_t> &order, const RowSet &rows,
                                                 KindSet kinds, const Field &field, bool descending,
                                                 const QueryContext &context);

} // namespace genscope

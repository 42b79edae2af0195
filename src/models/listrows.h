// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tablecolumns.h"
#include "workspace/workspace.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace genscope {

struct OpenedList;

/// Rows from @p first to @p last by position, both included.
struct RowRange
{
    std::size_t first = 0;
    std::size_t last = 0;
};
/// Ascending and apart: a selection of millions of rows is a few ranges.
using RowRanges = std::vector<RowRange>;
std::size_t rowCount(const RowRanges &ranges);
/// Calls @p visit(position) for each, until it gives false. @return false if it did
template<typename Visit>
bool forEachPosition(const RowRanges &ranges, Visit visit)
{
    for (const RowRange &range : ranges)
        for (std::size_t position = range.first; position <= range.last; ++position)
            if (!visit(position))
                return false;
    return true;
}

/// What a table asks for.
struct ListRequest;

/// The rows of a list in display order, frozen: a table reads its visible cells, an export all of them. Cells
/// come from the engine's columns when asked for; only the order is held. @thread any
class ListRows
{
public:
    ListRows(); ///< none

    std::size_t size() const { return m_order->size(); }
    /// Which row it is whatever the order: of the snapshot for lists of events; else a number that holds for
    /// one selection.
    std::uint32_t rowId(std::size_t position) const { return (*m_order)[position]; }
    Cell cell(std::size_t position, std::size_t column, std::size_t part = 0) const;
    /// All parts of a cell, for cellText().
    std::vector<Cell> cells(std::size_t position, std::size_t column) const;
    /// All rows, as ranges.
    RowRanges everything() const;
    /// A value by column name: of shown columns, the row's key, its trace, and what the footer sums up;
    /// missing for others.
    Cell value(std::size_t position, const std::string &name) const;
    /// The event failed, or some event of the row did.
    bool failed(std::size_t position) const;

    const std::vector<TableColumn> &columns() const { return m_columns; }
    const std::shared_ptr<const Selection> &selection() const { return m_selection; }
    const Zone &zone() const { return m_selection->scope.zone; }
    int columnIndex(const std::string &name) const; ///< -1 if not shown

private:
    friend Result<std::shared_ptr<const ListRows>> loadRows(const ListRequest &request);

    std::shared_ptr<const Selection> m_selection;
    std::shared_ptr<const OpenedList> m_list;
    std::vector<TableColumn> m_columns;
    std::vector<std::vector<int>> m_sources; ///< opened columns, per column and part
    std::shared_ptr<const std::vector<std::uint32_t>> m_order;
    std::vector<ListSort> m_sort;
};

struct ListRequest
{
    ListKind kind = ListKind::Generations;
    std::shared_ptr<const Selection> selection;
    std::vector<std::string> columns;  ///< names that the kind does not have are left out
    std::vector<ListSort> sort;        ///< the first decides; empty: defaultListSort()
    std::optional<TimeRange> compared; ///< what *Change* holds against; absent: as long a time, just before
    /// The rows shown now: what of them still holds is not computed again. May be null.
    std::shared_ptr<const ListRows> previous;
};

/// Sorts, and opens the columns (a property reads the store once). @error Usage, Database, Cancelled
/// @thread a worker
Result<std::shared_ptr<const ListRows>> loadRows(const ListRequest &request);

} // namespace genscope

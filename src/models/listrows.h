// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/listcolumns.h"
#include "workspace/workspace.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace genscope {

/// The rows of a list in display order, frozen: a table reads its visible cells, an export all of them.
/// @thread any
class ListRows
{
public:
    virtual ~ListRows() = default;

    virtual std::size_t size() const = 0;
    /// Which row it is whatever the order: of the snapshot (events) or of the result table (summaries).
    virtual std::uint32_t rowId(std::size_t position) const = 0;
    virtual Cell cell(std::size_t position, std::size_t column, std::size_t part = 0) const = 0;
    /// A value by column name, shown or not; missing for properties that are not shown.
    virtual Cell value(std::size_t position, const std::string &name) const = 0;
    virtual bool failed(std::size_t position) const = 0;
    virtual std::size_t memoryBytes() const = 0;

    /// All parts of a cell, for cellText().
    std::vector<Cell> cells(std::size_t position, std::size_t column) const;

    const std::vector<ListColumn> &columns() const { return m_columns; }
    const std::shared_ptr<const Selection> &selection() const { return m_selection; }
    const Zone &zone() const { return m_selection->scope.zone; }
    int columnIndex(const std::string &name) const; ///< -1 if not shown
    /// Where the row @p id is; size() if it is not there. Linear.
    std::size_t positionOf(std::uint32_t id) const;

protected:
    ListRows(std::shared_ptr<const Selection> selection, std::vector<ListColumn> columns)
        : m_selection(std::move(selection)), m_columns(std::move(columns))
    {
    }

private:
    std::shared_ptr<const Selection> m_selection;
    std::vector<ListColumn> m_columns;
};

/// What a table asks for.
struct ListRequest
{
    ListKind kind = ListKind::Generations;
    std::shared_ptr<const Selection> selection;
    std::vector<std::string> columns;
    std::string sortColumn; ///< empty: the kind's natural order
    bool descending = true;
    /// The rows shown now: what of them still holds is not computed again. May be null.
    std::shared_ptr<const ListRows> previous;
};

/// Sorts, and opens the columns' readers (a property reads the store once). @error Usage, Database, Cancelled
/// @thread a worker
Result<std::shared_ptr<const ListRows>> loadRows(const ListRequest &request);

} // namespace genscope

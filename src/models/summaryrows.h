// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/listrows.h"

namespace genscope {

/// A list with one row per trace, user, customer, session, error or tool: a result table and an order.
/// @thread any
class SummaryRows final : public ListRows
{
public:
    static Result<std::shared_ptr<const ListRows>> load(const ListRequest &request);

    std::size_t size() const override { return m_order.size(); }
    std::uint32_t rowId(std::size_t position) const override { return m_order[position]; }
    Cell cell(std::size_t position, std::size_t column, std::size_t part) const override;
    Cell value(std::size_t position, const std::string &name) const override;
    bool failed(std::size_t position) const override;
    std::size_t memoryBytes() const override;

    const ResultTable &table() const { return *m_table; }

private:
    using Table = std::shared_ptr<const ResultTable>;
    SummaryRows(const ListRequest &request, std::vector<ListColumn> columns, Table table,
                std::vector<std::uint32_t> order);

    Table m_table;
    std::vector<std::uint32_t> m_order;
    std::vector<std::vector<int>> m_sources; ///< table columns per column and part; -1: none
    int m_errors = -1;                       ///< table column that counts errors
};

/// Orders cells of one type: missing last whatever the direction. @return <0, 0, >0
int compareCells(const Cell &a, const Cell &b);

} // namespace genscope

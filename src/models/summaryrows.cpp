// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/summaryrows.h"

#include <algorithm>
#include <numeric>

namespace genscope {

namespace {

/// The table columns that the list's columns are made of, once each.
std::vector<std::string> neededColumns(const std::vector<ListColumn> &columns, const ListRequest &request)
{
    std::vector<std::string> names;
    const auto need = [&names](const std::string &name) {
        if (std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    };
    if (const auto key = keyFieldOf(request.kind))
        need(keyColumnOf(request.kind));
    for (const ListColumn &column : columns)
        for (const std::string &part : column.parts)
            need(part);
    if (!request.sortColumn.empty())
        need(listColumn(request.kind, request.sortColumn).parts.front());
    for (const std::string &extra : footerColumnsOf(request.kind))
        need(extra);
    return names;
}

bool holdsColumns(const ResultTable &table, const std::vector<std::string> &names)
{
    return std::all_of(names.begin(), names.end(),
                       [&table](const std::string &name) { return table.columnIndex(name) >= 0; });
}

bool isMissingCell(const Cell &cell)
{
    return std::holds_alternative<std::monostate>(cell);
}

std::vector<std::uint32_t> ordered(const ResultTable &table, int column, bool descending)
{
    std::vector<std::uint32_t> order(table.rows.size());
    std::iota(order.begin(), order.end(), 0u);
    if (column < 0)
        return order;
    const auto index = static_cast<std::size_t>(column);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        const Cell &left = table.rows[a][index];
        const Cell &right = table.rows[b][index];
        if (isMissingCell(left) || isMissingCell(right))
            return !isMissingCell(left) && isMissingCell(right);
        const int difference = compareCells(left, right);
        return descending ? difference > 0 : difference < 0;
    });
    return order;
}

} // namespace

int compareCells(const Cell &a, const Cell &b)
{
    if (a.index() != b.index())
        return a.index() < b.index() ? -1 : 1;
    return a < b ? -1 : b < a ? 1 : 0;
}

SummaryRows::SummaryRows(const ListRequest &request, std::vector<ListColumn> columns, Table table,
                         std::vector<std::uint32_t> order)
    : ListRows(request.selection, std::move(columns)),
      m_table(std::move(table)),
      m_order(std::move(order)),
      m_errors(m_table->columnIndex("errors"))
{
    for (const ListColumn &column : this->columns()) {
        std::vector<int> parts;
        for (const std::string &part : column.parts)
            parts.push_back(m_table->columnIndex(part));
        m_sources.push_back(std::move(parts));
    }
}

Result<std::shared_ptr<const ListRows>> SummaryRows::load(const ListRequest &request)
{
    std::vector<ListColumn> columns;
    for (const std::string &name : request.columns)
        columns.push_back(listColumn(request.kind, name));
    const std::vector<std::string> needed = neededColumns(columns, request);

    Table table;
    const auto *before = dynamic_cast<const SummaryRows *>(request.previous.get());
    if (before != nullptr && before->selection() == request.selection &&
        holdsColumns(before->table(), needed)) {
        table = before->m_table;
    } else {
        ListQuery query;
        query.kind = request.kind;
        query.columns = needed;
        const Selection &selection = *request.selection;
        auto answer = runList(query, selection.scope, selection.rows, selection.context);
        if (!answer)
            return answer.error();
        table = std::make_shared<const ResultTable>(std::move(*answer));
    }
    const int sortIndex =
        request.sortColumn.empty()
            ? -1
            : table->columnIndex(listColumn(request.kind, request.sortColumn).parts.front());
    auto order = ordered(*table, sortIndex, request.descending);
    return std::shared_ptr<const ListRows>(
        new SummaryRows(request, std::move(columns), std::move(table), std::move(order)));
}

Cell SummaryRows::cell(std::size_t position, std::size_t column, std::size_t part) const
{
    const std::vector<int> &parts = m_sources[column];
    if (part >= parts.size() || parts[part] < 0)
        return {};
    return m_table->rows[m_order[position]][static_cast<std::size_t>(parts[part])];
}

Cell SummaryRows::value(std::size_t position, const std::string &name) const
{
    const int column = m_table->columnIndex(name);
    return column < 0 ? Cell() : m_table->rows[m_order[position]][static_cast<std::size_t>(column)];
}

bool SummaryRows::failed(std::size_t position) const
{
    if (m_errors < 0)
        return false;
    const Cell &errors = m_table->rows[m_order[position]][static_cast<std::size_t>(m_errors)];
    const auto *count = std::get_if<std::int64_t>(&errors);
    return count != nullptr && *count > 0;
}

std::size_t SummaryRows::memoryBytes() const
{
    return m_order.size() * (sizeof(std::uint32_t) + m_table->columns.size() * sizeof(Cell));
}

} // namespace genscope

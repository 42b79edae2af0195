// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/listrows.h"

#include "analytics/listitems.h"

#include <algorithm>

namespace genscope {

/// The engine's list with some of its columns, immutable from here on.
struct OpenedList
{
    ListKind kind = ListKind::Generations;
    std::shared_ptr<const Selection> selection; ///< the items refer to it
    std::optional<TimeRange> compared;
    std::unique_ptr<ListItems> items;
    std::vector<std::string> names;
    std::vector<ListColumn> columns;

    int indexOf(const std::string &name) const
    {
        const auto found = std::find(names.begin(), names.end(), name);
        return found == names.end() ? -1 : static_cast<int>(found - names.begin());
    }
    bool has(const std::vector<std::string> &wanted) const
    {
        return std::all_of(wanted.begin(), wanted.end(),
                           [this](const std::string &name) { return indexOf(name) >= 0; });
    }
};

namespace {

using Order = std::shared_ptr<const std::vector<std::uint32_t>>;

/// Everything that is read of a row, whether shown or not, once each.
std::vector<std::string> neededNames(const ListRequest &request, const std::vector<TableColumn> &columns,
                                     const std::vector<ListSort> &sort)
{
    std::vector<std::string> names;
    const auto need = [&names](const std::string &name) {
        if (std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    };
    for (const TableColumn &column : columns)
        for (const std::string &part : column.parts)
            need(part);
    for (const ListSort &by : sort)
        need(by.column);
    need(keyColumnOf(request.kind));
    for (const std::string &name : footerColumnsOf(request.kind))
        need(name);
    return names;
}

Result<std::unique_ptr<ListItems>> itemsOf(const ListSource &source)
{
    if (isEventList(source.kind))
        return eventItems(source);
    return source.kind == ListKind::Traces || source.kind == ListKind::Sessions ? rollupItems(source)
                                                                                : groupItems(source);
}

Result<std::shared_ptr<const OpenedList>> openList(const ListRequest &request, std::vector<std::string> names)
{
    auto list = std::make_shared<OpenedList>();
    list->kind = request.kind;
    list->selection = request.selection;
    list->compared = request.compared;
    list->names = std::move(names);
    const Selection &selection = *request.selection;
    auto items =
        itemsOf({request.kind, selection.scope, selection.rows, selection.context, request.compared});
    if (!items)
        return items.error();
    list->items = std::move(*items);
    auto columns = list->items->columns(list->names);
    if (!columns)
        return columns.error();
    list->columns = std::move(*columns);
    return std::shared_ptr<const OpenedList>(std::move(list));
}

/// What is really sorted by: the main part of each column that there is.
std::vector<ListSort> sortingOf(const ListRequest &request)
{
    std::vector<ListSort> sort;
    for (const ListSort &by : request.sort)
        if (isTableColumn(request.kind, by.column))
            sort.push_back({tableColumn(request.kind, by.column).parts.front(), by.descending});
    if (sort.empty())
        sort.push_back(defaultListSort(request.kind));
    return sort;
}

} // namespace

ListRows::ListRows()
    : m_selection(std::make_shared<Selection>()), m_order(std::make_shared<std::vector<std::uint32_t>>())
{
}

std::size_t rowCount(const RowRanges &ranges)
{
    std::size_t count = 0;
    for (const RowRange &range : ranges)
        count += range.last - range.first + 1;
    return count;
}

Result<std::shared_ptr<const ListRows>> loadRows(const ListRequest &request)
{
    auto rows = std::make_shared<ListRows>();
    rows->m_selection = request.selection;
    for (const std::string &name : request.columns)
        if (isTableColumn(request.kind, name))
            rows->m_columns.push_back(tableColumn(request.kind, name));
    const std::vector<ListSort> sort = sortingOf(request);
    rows->m_sort = sort;

    const ListRows *before = request.previous.get();
    const bool sameData = before != nullptr && before->m_list != nullptr &&
                          before->m_selection == request.selection && before->m_list->kind == request.kind &&
                          before->m_list->compared == request.compared;
    const auto needed = neededNames(request, rows->m_columns, sort);
    if (sameData && before->m_list->has(needed)) {
        rows->m_list = before->m_list;
    } else {
        auto opened = openList(request, needed);
        if (!opened)
            return opened.error();
        rows->m_list = std::move(*opened);
    }
    // Items of an events list are rows of the snapshot; others are numbered anew with every opened list.
    const bool sameItems = sameData && (isEventList(request.kind) || rows->m_list == before->m_list);
    if (sameItems && before->m_sort == sort) {
        rows->m_order = before->m_order;
    } else {
        std::vector<ListOrder> by;
        for (const ListSort &key : sort) {
            const auto index = static_cast<std::size_t>(rows->m_list->indexOf(key.column));
            by.push_back({&rows->m_list->columns[index], key.descending});
        }
        auto order = rows->m_list->items->ordered(by);
        if (!order)
            return order.error();
        rows->m_order = std::make_shared<const std::vector<std::uint32_t>>(std::move(*order));
    }
    for (const TableColumn &column : rows->m_columns) {
        std::vector<int> &parts = rows->m_sources.emplace_back();
        for (const std::string &part : column.parts)
            parts.push_back(rows->m_list->indexOf(part));
    }
    return std::shared_ptr<const ListRows>(std::move(rows));
}

Cell ListRows::cell(std::size_t position, std::size_t column, std::size_t part) const
{
    const auto source = static_cast<std::size_t>(m_sources[column][part]);
    return m_list->columns[source].cell(rowId(position));
}

std::vector<Cell> ListRows::cells(std::size_t position, std::size_t column) const
{
    std::vector<Cell> parts(m_columns[column].parts.size());
    for (std::size_t part = 0; part < parts.size(); ++part)
        parts[part] = cell(position, column, part);
    return parts;
}

RowRanges ListRows::everything() const
{
    return size() == 0 ? RowRanges() : RowRanges{{0, size() - 1}};
}

Cell ListRows::value(std::size_t position, const std::string &name) const
{
    const int source = m_list ? m_list->indexOf(name) : -1;
    return source < 0 ? Cell() : m_list->columns[static_cast<std::size_t>(source)].cell(rowId(position));
}

bool ListRows::failed(std::size_t position) const
{
    if (!m_list)
        return false;
    if (isEventList(m_list->kind))
        return (m_selection->snapshot->intAt(rowId(position), IntField::Flags) & IsErrorFlag) != 0;
    const Cell errors = value(position, "errors");
    const auto *count = std::get_if<std::int64_t>(&errors);
    return count != nullptr && *count > 0;
}

int ListRows::columnIndex(const std::string &name) const
{
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        if (m_columns[i].name == name)
            return static_cast<int>(i);
    return -1;
}

} // namespace genscope

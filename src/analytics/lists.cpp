// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/lists.h"

#include "analytics/listcells.h"
#include "analytics/listitems.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

namespace genscope {

namespace {

constexpr std::size_t kPollEvery = 4096;

Result<std::unique_ptr<ListItems>> itemsOf(const ListSource &source)
{
    switch (source.kind) {
    case ListKind::Generations:
    case ListKind::Embeddings:
    case ListKind::Feedback:
        return eventItems(source);
    case ListKind::Traces:
    case ListKind::Sessions:
        return rollupItems(source);
    case ListKind::Users:
    case ListKind::Customers:
    case ListKind::Errors:
    case ListKind::Tools:
        break;
    }
    return groupItems(source);
}

/// Lays the items out. @p columns may be fewer than were opened: the last may be there only to sort by.
Status fillRows(ResultTable &table, const std::vector<ListColumn> &columns,
                const std::vector<std::uint32_t> &items, const StopToken &stop)
{
    table.rows.reserve(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i % kPollEvery == 0 && stop.stopRequested())
            return makeError(Error::Kind::Cancelled,
                             QCoreApplication::translate("genscope::Lists", "Stopped."));
        std::vector<Cell> &row = table.rows.emplace_back();
        row.reserve(table.columns.size());
        for (std::size_t column = 0; column < table.columns.size(); ++column)
            row.push_back(columns[column].cell(items[i]));
    }
    return Done{};
}

} // namespace

std::vector<std::uint32_t> orderedByCells(std::size_t count, const std::vector<ListOrder> &by)
{
    std::vector<std::vector<Cell>> keys(by.size());
    for (std::size_t key = 0; key < by.size(); ++key) {
        keys[key].reserve(count);
        for (std::uint32_t item = 0; item < count; ++item)
            keys[key].push_back(by[key].column->cell(item));
    }
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        for (std::size_t key = 0; key < by.size(); ++key) {
            const Cell &left = keys[key][a];
            const Cell &right = keys[key][b];
            if (left == right)
                continue;
            if (isMissing(left) || isMissing(right))
                return isMissing(right);
            return by[key].descending ? right < left : left < right;
        }
        return false;
    });
    return order;
}

Result<ResultTable> runList(const ListQuery &query, const Scope &scope, const RowSet &rows,
                            const QueryContext &context)
{
    const std::vector<std::string> shown =
        query.columns.empty() ? defaultListColumns(query.kind) : query.columns;
    const ListSort sort =
        query.sortColumn.empty() ? defaultListSort(query.kind) : ListSort{query.sortColumn, query.descending};

    auto items = itemsOf({query.kind, scope, rows, context, query.compared});
    if (!items)
        return items.error();
    std::vector<std::string> names = shown;
    names.push_back(sort.column);
    const auto columns = (*items)->columns(names);
    if (!columns)
        return columns.error();
    auto order = (*items)->ordered({{&columns->back(), sort.descending}});
    if (!order)
        return order.error();

    ResultTable table;
    table.zone = scope.zone;
    table.matched = static_cast<std::int64_t>(order->size());
    for (std::size_t i = 0; i < shown.size(); ++i)
        table.columns.push_back((*columns)[i].info);
    if (query.limit && *query.limit < table.matched)
        order->resize(static_cast<std::size_t>(std::max<std::int64_t>(*query.limit, 0)));
    if (const Status filled = fillRows(table, *columns, *order, context.data.stop); !filled)
        return filled.error();
    return table;
}

} // namespace genscope

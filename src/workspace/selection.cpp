// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/selection.h"

namespace genscope {

TimeRange Selection::covered() const
{
    const auto first = snapshot->firstTimestamp();
    const auto last = snapshot->lastTimestamp();
    if (!first || !last)
        return {};
    return {first, Timestamp{last->us + 1}};
}

Result<std::shared_ptr<const Selection>> makeSelection(std::shared_ptr<const Snapshot> snapshot,
                                                       std::shared_ptr<const StoreReader> reader,
                                                       const Scope &scope, std::shared_ptr<FieldCache> cache,
                                                       const StopToken &stop)
{
    auto selection = std::make_shared<Selection>();
    selection->context = makeQueryContext(snapshot, reader.get(), scope, stop);
    if (cache)
        selection->context.cache = std::move(cache);
    auto rows = selectRows(scope, selection->context);
    if (!rows)
        return rows.error();
    selection->rows = std::move(*rows);
    selection->scope = scope;
    selection->matchedEvents = static_cast<std::int64_t>(selection->rows.count());
    selection->storedEvents = static_cast<std::int64_t>(snapshot->rows());
    selection->stored = snapshot;
    selection->snapshot = std::move(snapshot);
    selection->reader = std::move(reader);
    return std::shared_ptr<const Selection>(std::move(selection));
}

Result<RowSet> narrowed(const Selection &selection, const Filter &filter)
{
    if (filter.isEmpty())
        return selection.rows;
    auto rows = matchRows(filter, selection.context.data, *selection.context.cache);
    if (rows)
        *rows &= selection.rows;
    return rows;
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/tilebrush.h"

#include <map>
#include <utility>

namespace genscope {

TileBrush::TileBrush(std::vector<TileSpec> tiles, std::shared_ptr<const Selection> selection,
                     const Scope &scope)
    : m_tiles(std::move(tiles)), m_selection(std::move(selection)), m_scope(scope)
{
}

Result<std::shared_ptr<BrushedQueries>> TileBrush::prepared()
{
    const std::lock_guard lock(m_mutex);
    if (!m_queries)
        m_queries = prepare();
    return *m_queries;
}

Result<std::shared_ptr<BrushedQueries>> TileBrush::prepare() const
{
    Selection whole = *m_selection;
    whole.scope = m_scope;
    auto selected = selectRows(m_scope, whole.context);
    if (!selected)
        return selected.error();
    whole.rows = std::move(*selected);
    std::map<std::string, std::shared_ptr<const RowSet>> known;
    std::vector<BrushedQueries::Asked> asked;
    for (const TileSpec &tile : m_tiles) {
        const std::string key =
            tile.filter.toString() + '\n' + (tile.scopeFilter ? '=' + tile.scopeFilter->toString() : "");
        auto &rows = known[key];
        if (!rows) {
            auto ofTile = tileRows(tile, whole);
            if (!ofTile)
                return ofTile.error();
            rows = std::make_shared<const RowSet>(std::move(*ofTile));
        }
        asked.push_back({tile.query, rows});
    }
    return BrushedQueries::make(std::move(asked), m_scope, whole.context);
}

Result<std::vector<ResultTable>> TileBrush::answer(const TimeRange &range, const StopToken &stop)
{
    const auto queries = prepared();
    return queries ? (*queries)->answer(range, stop) : Result<std::vector<ResultTable>>(queries.error());
}

} // namespace genscope

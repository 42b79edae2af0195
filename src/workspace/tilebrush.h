// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/brushedqueries.h"
#include "workspace/dashboard.h"

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace genscope {

/// The tiles of a dashboard while a hand brushes over time: each step costs what its ends cost, however long
/// the range is. @thread any
class TileBrush
{
public:
    /// @param tiles      as brushedTiles() gives them
    /// @param selection  of the data that is brushed over, whatever it selects
    /// @param scope      what is brushed over
    TileBrush(std::vector<TileSpec> tiles, std::shared_ptr<const Selection> selection, const Scope &scope);

    const std::vector<TileSpec> &tiles() const { return m_tiles; }
    /// True if @p selection is of the same data.
    bool isOf(const Selection &selection) const { return selection.snapshot == m_selection->snapshot; }
    /// The tiles over @p range, in their order. @error as runQuery(), all tiles together
    Result<std::vector<ResultTable>> answer(const TimeRange &range, const StopToken &stop);

private:
    Result<std::shared_ptr<BrushedQueries>> prepared();
    Result<std::shared_ptr<BrushedQueries>> prepare() const;

    std::vector<TileSpec> m_tiles;
    std::shared_ptr<const Selection> m_selection;
    Scope m_scope;
    std::mutex m_mutex;
    std::optional<Result<std::shared_ptr<BrushedQueries>>> m_queries; ///< made by the first step
};

} // namespace genscope

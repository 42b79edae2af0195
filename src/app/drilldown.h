// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/lists.h"
#include "analytics/query.h"
#include "app/mainactions.h"
#include "charts/chartcontext.h"
#include "workspace/dashboard.h"

namespace genscope {

/// The page that shows a list.
PageId pageOf(ListKind kind);

/// @p filter and @p condition, which is left out where it is one of the parts already.
Filter withCondition(const Filter &filter, const Filter &condition);

/// What was picked of dimensions, as a filter: a value, a range of numbers, and what goes with it.
Filter pickedCondition(const ChartPick &pick);

/// What a click or a drag on a tile selects: its values as a filter; of a heat map over time its range, too.
Scope pickedScope(const Scope &scope, const TileSpec &tile, const ChartPick &pick);

/// The scope of the rows behind a click on a tile: the tile's filter, the clicked value and the clicked
/// bucket are added to @p scope. A missing value asks for rows that have none, `Other` for those of no value
/// shown apart.
Scope drilledScope(const Scope &scope, const TileSpec &tile, const ChartPick &pick);

} // namespace genscope

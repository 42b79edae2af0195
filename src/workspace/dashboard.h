// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/lists.h"
#include "analytics/query.h"

#include "workspace/selection.h"

#include <QString>

#include <optional>
#include <vector>

namespace genscope {

/// One chart of the dashboard: what is asked, how it is drawn, and where a click leads. The window, the
/// report and the benchmark all draw these.
struct TileSpec
{
    enum class Display {
        Number,      ///< one big number with a sparkline over time and the change against the previous period
        Lines,       ///< one line per measure or per value of the first dimension, over time
        Area,        ///< over time, parts add up to the total, as areas
        StackedBars, ///< over time, one part per value of the first dimension; parts add up to the total
        Bars,        ///< horizontal bars, one per value of the first dimension, no time
        Percentiles, ///< lines of one measure family (p50, p95, p99) over time with the bands between them
                     ///< shaded
        Histogram,   ///< bars over the bins of a field, stacked by the other dimension; further measures that
                     ///< are percentiles are marked
        Distributions, ///< the same as one outline for each value, in shares of it
        Heatmap, ///< colours over two dimensions: day and hour of the week, or time and the bins of a field
        Scatter, ///< the density of calls over the bins of two fields; of fields without bins, points
        Table,   ///< one row per value of the first dimension, one column per measure
    };

    QString id;    ///< stable: file names of exports, settings; for PostHog's nine as in cli.md `bench`
    QString title; ///< translated
    QString hint;  ///< translated: what exactly is counted, and PostHog's name where it differs
    Display display = Display::Lines;
    Query query; ///< interval already chosen for the scope
    /// Number tiles only: the same without interval, for the previous period.
    std::optional<Query> totalQuery;
    ListKind drill = ListKind::Generations; ///< the table behind the tile
    /// Added to the scope's filter for this tile's numbers and for its drill-down (`not is_error`, anonymous
    /// users ...).
    Filter filter;
    /// In the place of the scope's filter: the same without the conditions that clicks on this tile made, so
    /// that its other values stay there to be clicked.
    std::optional<Filter> scopeFilter;
    int columnSpan = 4; ///< of a grid of 12
    int rowSpan = 1;
    bool logScale = false; ///< of the axis of values
};

/// The buckets that suit a range: minutes below 2 h, hours up to 3 days, days up to 100 days, weeks up to 2
/// years, months.
Interval suitableInterval(const TimeRange &range);

/// The buckets that charts of @p range cut time into: @p chosen, unless those would be too many to draw; else
/// what suits the range.
Interval intervalFor(const TimeRange &range, const std::optional<Interval> &chosen);

/// The tiles of the default dashboard: a row of numbers, PostHog's nine tiles (posthog-semantics section 3),
/// then cost by customer, cost over time by model, latency percentiles and tokens over time.
/// @param covered  the range the data covers, for where the scope's range is open
/// @param interval  by hand, see intervalFor()
std::vector<TileSpec> dashboardTiles(const Scope &scope, const TimeRange &covered,
                                     const std::optional<Interval> &interval = {});

/// What of @p tiles depends on a range that is brushed over their own time axes: totals of number tiles, and
/// charts without a time axis. The others only show the brush.
std::vector<TileSpec> brushedTiles(const std::vector<TileSpec> &tiles);

/// The rows of a tile: those of the selection that its filters leave. @error as makeSelection()
Result<RowSet> tileRows(const TileSpec &tile, const Selection &selection);

/// The numbers of a tile: its query over the selection narrowed by the tile's filter. @error as runQuery()
Result<ResultTable> runTile(const TileSpec &tile, const Selection &selection);

/// A number tile's total now and in the period it is compared with.
struct TileTotals
{
    Cell now;
    Cell before; ///< missing if the range is open, or the data hardly reaches back to what is compared with
};

/// What there is to draw on a tile.
struct TileAnswer
{
    Result<ResultTable> table;
    TileTotals totals;                  ///< number tiles only
    std::optional<ResultTable> earlier; ///< the same of the range that is compared with
};

/// The answers of all @p tiles, in their order, in one pass over the events: much faster than one tile after
/// the other. @error as runQuery(), each tile by itself
/// @param compared  the range to compare with; without, totals are compared with the period before
std::vector<TileAnswer> runTiles(const std::vector<TileSpec> &tiles, const Selection &selection,
                                 const std::optional<TimeRange> &compared = {});

/// What a store opens on: everything (an open range) if its data covers at most 90 days, else its last 30
/// days, whole days of @p zone.
/// @param covered  from the first event to the last
TimeRange openingRange(const TimeRange &covered, const Zone &zone);

} // namespace genscope

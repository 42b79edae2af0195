// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/dashboard.h"

#include <vector>

namespace genscope {

/// How the latency of calls is looked at. A plain value.
struct LatencyLens
{
    enum class Number { Latency, TimeToFirstToken, Speed };
    enum class Calls { All, Streamed, NotStreamed };
    enum class Outcome { All, Succeeded, Failed };

    Number number = Number::Latency;
    Calls calls = Calls::All;
    Outcome outcome = Outcome::All;
    Field by = *Field::parse("model"); ///< what calls are compared by

    bool operator==(const LatencyLens &) const = default;

    Field field() const;                      ///< whose distribution is shown
    std::vector<Measure> percentiles() const; ///< p50, p90, p95, p99
    Measure slow() const;                     ///< the percentile that slow calls are judged by
    Filter filter() const;                    ///< the calls that are looked at
};

/// Up to this many calls a scatter shows each as a point; beyond, how dense they lie.
inline constexpr std::int64_t kMostPoints = 3000;

// The questions of the latency page, each of which may stand on a dashboard as well.

TileSpec percentilesTile(const LatencyLens &lens, Interval interval);
TileSpec slowByValueTile(const LatencyLens &lens, Interval interval);
TileSpec distributionTile(const LatencyLens &lens);
/// The same as one outline for each value.
TileSpec comparedTile(const LatencyLens &lens);
TileSpec distributionOverTimeTile(const LatencyLens &lens, Interval interval);
TileSpec hourOfWeekTile(const LatencyLens &lens);
/// Latency against output tokens.
/// @param calls  how many there are: of few, points
/// @param view   a part of both axes, in finer bins; empty: everything
TileSpec scatterTile(const LatencyLens &lens, std::int64_t calls, const Filter &view);

/// The tiles of the page, in the order in which they are shown.
/// @param calls     of scatterTile()
/// @param interval  by hand, see intervalFor()
std::vector<TileSpec> latencyTiles(const LatencyLens &lens, const Scope &scope, const TimeRange &covered,
                                   std::int64_t calls, const std::optional<Interval> &interval = {});

/// Percentiles of each value of the dimension, the ones with the most calls, as a table.
TileSpec percentileTable(const LatencyLens &lens);
/// The slowest calls, slowest first.
ListQuery slowestCalls(const LatencyLens &lens);

} // namespace genscope

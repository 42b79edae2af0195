// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chartcontext.h"

#include <QLocale>
#include <QString>

#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// How a chart over time draws its series.
enum class TimeStyle {
    Lines,
    StackedBars, ///< parts of a total
    Percentiles, ///< lines with the bands between them shaded
    Areas,       ///< parts of a total
};

/// True where series stand on one another.
inline bool isStacked(TimeStyle style)
{
    return style == TimeStyle::StackedBars || style == TimeStyle::Areas;
}

/// The numbers of a chart over time, laid out by series. A plain value; made from a ResultTable.
struct TimeSeriesData
{
    struct Series
    {
        Cell value;                  ///< of the dimension; missing where the chart has none
        std::string measure;         ///< column name
        QString label;               ///< plain text
        std::vector<double> numbers; ///< one for each bucket; NaN is a gap
        std::vector<double>
            earlier;           ///< of the bucket as far into the range that is compared with; empty: none
        bool unpriced = false; ///< money that is known in no bucket
        double weight = 0;     ///< what series are ranked by: the sum where parts add up, else the mean
    };

    std::vector<Timestamp> buckets; ///< ascending, without holes
    Timestamp end;                  ///< of the last bucket
    bool partialFirst = false;      ///< the range begins inside the first bucket
    bool partialLast = false;       ///< the range ends inside the last bucket, or it is still running
    Interval interval = Interval::Day;
    Zone zone;
    Unit unit = Unit::None;
    std::string dimension; ///< empty: one series for each measure
    bool additive = false; ///< a total and shares make sense
    std::vector<Series>
        series; ///< largest first, `Other` last; measures and percentiles in their given order

    bool isCompared() const { return !series.empty() && !series.front().earlier.empty(); }
    bool isPartial(std::size_t bucket) const
    {
        return (partialFirst && bucket == 0) || (partialLast && bucket + 1 == buckets.size());
    }
    Timestamp bucketEnd(std::size_t bucket) const
    {
        return bucket + 1 < buckets.size() ? buckets[bucket + 1] : end;
    }
    /// Index of the bucket that holds @p instant, or -1.
    int bucketAt(Timestamp instant) const;
    /// The instant @p position buckets after the start, which may be in the middle of one; beyond the ends
    /// buckets go on as long as the last. There are buckets.
    Timestamp instantAt(double position) const;
    /// The reverse: where an instant lies, in buckets from the start; clamped to the ends. There are buckets.
    double positionOf(Timestamp instant) const;
    /// What a click on a bucket and series (either may be -1) stands for.
    ChartPick pick(int bucket, int series) const;
};

/// Lays out @p table, which has a bucket column. Buckets without a row are filled in: 0 for counts and sums,
/// a gap for everything else. All measures share one axis, so those of another unit than the first are left
/// out.
TimeSeriesData buildTimeSeries(const ResultTable &table, TimeStyle style, const ChartContext &context,
                               const QLocale &locale);

/// True where the parts of a breakdown by @p dimension add up to the total: distinct counts, ratios and
/// percentiles do not.
bool addsUp(std::string_view measure, std::string_view dimension);

/// The values of a click on `Other`, which stands for everything but the rest of @p shown.
ChartPick pickValue(std::string_view dimension, const Cell &value, const std::vector<Cell> &shown);

} // namespace genscope

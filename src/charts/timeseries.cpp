// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/timeseries.h"

#include "charts/celltext.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

namespace genscope {

namespace {

constexpr double kGap = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kMostBuckets = 100'000;

struct Columns
{
    int bucket = -1;
    int dimension = -1;
    std::vector<int> measures;
};

Columns findColumns(const ResultTable &table)
{
    Columns found;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto index = static_cast<int>(i);
        switch (table.columns[i].role) {
        case ResultTable::Role::Bucket:
            found.bucket = index;
            break;
        case ResultTable::Role::Dimension:
            if (found.dimension < 0)
                found.dimension = index;
            break;
        case ResultTable::Role::Measure:
            if (found.measures.empty() ||
                table.columns[i].unit == table.columns[static_cast<std::size_t>(found.measures.front())].unit)
                found.measures.push_back(index);
            break;
        case ResultTable::Role::Field:
            break;
        }
    }
    return found;
}

const Cell *at(const std::vector<Cell> &row, int column)
{
    return column >= 0 && static_cast<std::size_t>(column) < row.size()
               ? &row[static_cast<std::size_t>(column)]
               : nullptr;
}

std::vector<Timestamp> bucketsOf(const ResultTable &table, const Columns &columns,
                                 const ChartContext &context)
{
    std::vector<Timestamp> present;
    for (const auto &row : table.rows) {
        const Cell *cell = at(row, columns.bucket);
        if (const auto *bucket = cell ? std::get_if<Timestamp>(cell) : nullptr)
            present.push_back(*bucket);
    }
    std::sort(present.begin(), present.end());
    present.erase(std::unique(present.begin(), present.end()), present.end());
    if (present.empty() || !table.interval)
        return present;

    // The whole range is shown, so that charts below one another have the same axis.
    Timestamp first = present.front();
    Timestamp last = present.back();
    if (context.range.from)
        first = std::min(first, table.zone.bucketStart(*context.range.from, *table.interval));
    if (context.range.to)
        last = std::max(last, table.zone.bucketStart(Timestamp{context.range.to->us - 1}, *table.interval));
    std::vector<Timestamp> all;
    for (Timestamp bucket = first; bucket <= last; bucket = table.zone.nextBucket(bucket, *table.interval)) {
        all.push_back(bucket);
        if (all.size() > kMostBuckets)
            return present;
    }
    return all;
}

/// What a bucket without events shows (cli.md: counts and sums over nothing are 0, all else is missing).
double emptyValue(const ResultTable::Column &column)
{
    switch (column.unit) {
    case Unit::Number:
    case Unit::Tokens:
        return 0;
    case Unit::Usd:
        return column.name.rfind("cost_per_", 0) == 0 ? kGap : 0;
    default:
        return kGap;
    }
}

double weightOf(const std::vector<double> &numbers, bool additive)
{
    double sum = 0;
    int count = 0;
    for (const double number : numbers) {
        if (!std::isnan(number)) {
            sum += number;
            ++count;
        }
    }
    return additive || count == 0 ? sum : sum / count;
}

QString measureLabel(const std::string &measure, TimeStyle style)
{
    const auto underscore = measure.rfind('_');
    if (style == TimeStyle::Percentiles && underscore != std::string::npos)
        return QString::fromStdString(measure.substr(underscore + 1));
    return columnTitle(measure);
}

void sortByWeight(std::vector<TimeSeriesData::Series> &series)
{
    std::stable_sort(series.begin(), series.end(), [](const auto &a, const auto &b) {
        const bool otherA = isOther(a.value);
        const bool otherB = isOther(b.value);
        return otherA != otherB ? otherB : a.weight > b.weight;
    });
}

void fillSeries(TimeSeriesData &data, const ResultTable &table, const Columns &columns, TimeStyle style,
                const QLocale &locale)
{
    std::map<std::int64_t, std::size_t> indexOf;
    for (std::size_t i = 0; i < data.buckets.size(); ++i)
        indexOf.emplace(data.buckets[i].us, i);

    std::map<std::tuple<bool, std::string, int>, std::size_t> known; // value and measure -> series
    for (const auto &row : table.rows) {
        const auto *bucketCell = at(row, columns.bucket);
        const auto *bucket = bucketCell ? std::get_if<Timestamp>(bucketCell) : nullptr;
        if (!bucket)
            continue;
        const Cell *valueCell = at(row, columns.dimension);
        const Cell value = valueCell ? *valueCell : Cell{};
        for (const int measure : columns.measures) {
            const ResultTable::Column &column = table.columns[static_cast<std::size_t>(measure)];
            // A missing value and an empty text are two groups.
            const auto [entry, isNew] =
                known.try_emplace({isMissing(value), cellKey(value), measure}, data.series.size());
            if (isNew) {
                TimeSeriesData::Series series;
                series.value = value;
                series.measure = column.name;
                series.label = columns.dimension >= 0 ? dimensionText(value, data.dimension, locale)
                                                      : measureLabel(column.name, style);
                series.numbers.assign(data.buckets.size(), emptyValue(column));
                series.unpriced = column.unit == Unit::Usd && table.unpriced > 0;
                data.series.push_back(std::move(series));
            }
            const Cell *cell = at(row, measure);
            const std::optional<double> number = cell ? cellNumber(*cell) : std::nullopt;
            TimeSeriesData::Series &series = data.series[entry->second];
            series.numbers[indexOf.at(bucket->us)] = number.value_or(kGap);
            series.unpriced = series.unpriced && !number;
        }
    }
}

/// Lays the range that is compared with over the buckets, from the start of both.
void fillEarlier(TimeSeriesData &data, const ResultTable &earlier, const TimeRange &range)
{
    const Columns columns = findColumns(earlier);
    if (columns.bucket < 0 || columns.measures.empty() || !range.from || !range.to || data.series.empty())
        return;
    std::map<std::int64_t, std::size_t> indexOf;
    Timestamp bucket = earlier.zone.bucketStart(*range.from, data.interval);
    for (std::size_t i = 0; i < data.buckets.size() && bucket < *range.to; ++i) {
        indexOf.emplace(bucket.us, i);
        bucket = earlier.zone.nextBucket(bucket, data.interval);
    }
    std::map<std::tuple<bool, std::string, std::string>, std::size_t> known;
    std::optional<std::size_t> other;
    for (std::size_t i = 0; i < data.series.size(); ++i) {
        TimeSeriesData::Series &series = data.series[i];
        known.emplace(std::tuple(isMissing(series.value), cellKey(series.value), series.measure), i);
        if (isOther(series.value))
            other = i;
        const auto column = std::find_if(earlier.columns.begin(), earlier.columns.end(),
                                         [&](const auto &each) { return each.name == series.measure; });
        series.earlier.assign(data.buckets.size(), kGap);
        if (column != earlier.columns.end())
            std::fill_n(series.earlier.begin(), indexOf.size(), emptyValue(*column));
    }
    for (const auto &row : earlier.rows) {
        const Cell *bucketCell = at(row, columns.bucket);
        const auto *start = bucketCell ? std::get_if<Timestamp>(bucketCell) : nullptr;
        const auto index = start ? indexOf.find(start->us) : indexOf.end();
        if (index == indexOf.end())
            continue;
        const Cell *valueCell = at(row, columns.dimension);
        const Cell value = valueCell ? *valueCell : Cell{};
        for (const int measure : columns.measures) {
            const std::string &name = earlier.columns[static_cast<std::size_t>(measure)].name;
            const auto series = known.find({isMissing(value), cellKey(value), name});
            const Cell *cell = at(row, measure);
            const double number = (cell ? cellNumber(*cell) : std::nullopt).value_or(kGap);
            if (series != known.end() && !isOther(value))
                data.series[series->second].earlier[index->second] = number;
            else if (other && data.additive && !std::isnan(number))
                data.series[*other].earlier[index->second] += number;
        }
    }
}

} // namespace

bool addsUp(std::string_view measure, std::string_view dimension)
{
    static constexpr std::array<std::string_view, 18> kSums{
        "generations",       "embeddings",         "spans",           "errors",           "cost",
        "cost_input",        "cost_output",        "cost_cache_read", "cost_cache_write", "cost_request",
        "cost_web_search",   "input_tokens",       "output_tokens",   "total_tokens",     "reasoning_tokens",
        "cache_read_tokens", "cache_write_tokens", "unpriced"};
    if (dimension == "tool") // one event counts under each of its tools
        return false;
    return std::find(kSums.begin(), kSums.end(), measure) != kSums.end();
}

ChartPick pickValue(std::string_view dimension, const Cell &value, const std::vector<Cell> &shown)
{
    ChartPick pick;
    pick.dimension = dimension;
    pick.value = value;
    if (isOther(value)) {
        for (const Cell &each : shown) {
            if (!isOther(each))
                pick.otherThan.push_back(each);
        }
    }
    return pick;
}

int TimeSeriesData::bucketAt(Timestamp instant) const
{
    if (buckets.empty() || instant < buckets.front() || end <= instant)
        return -1;
    const auto after = std::upper_bound(buckets.begin(), buckets.end(), instant);
    return static_cast<int>(after - buckets.begin()) - 1;
}

Timestamp TimeSeriesData::instantAt(double position) const
{
    const auto count = static_cast<double>(buckets.size());
    const double whole = std::clamp(std::floor(position), 0.0, count - 1);
    const auto bucket = static_cast<std::size_t>(whole);
    const auto length = static_cast<double>(bucketEnd(bucket).us - buckets[bucket].us);
    return {buckets[bucket].us + static_cast<std::int64_t>((position - whole) * length)};
}

double TimeSeriesData::positionOf(Timestamp instant) const
{
    if (instant.us <= buckets.front().us)
        return 0;
    if (instant.us >= end.us)
        return static_cast<double>(buckets.size());
    const auto bucket = static_cast<std::size_t>(bucketAt(instant));
    const auto begin = buckets[bucket].us;
    return static_cast<double>(bucket) +
           static_cast<double>(instant.us - begin) / static_cast<double>(bucketEnd(bucket).us - begin);
}

ChartPick TimeSeriesData::pick(int bucket, int index) const
{
    ChartPick picked;
    if (index >= 0 && static_cast<std::size_t>(index) < series.size() && !dimension.empty()) {
        std::vector<Cell> shown;
        for (const Series &each : series)
            shown.push_back(each.value);
        picked = pickValue(dimension, series[static_cast<std::size_t>(index)].value, shown);
    }
    picked.dimension = dimension;
    if (bucket >= 0 && static_cast<std::size_t>(bucket) < buckets.size()) {
        picked.from = buckets[static_cast<std::size_t>(bucket)];
        picked.to = bucketEnd(static_cast<std::size_t>(bucket));
    }
    return picked;
}

TimeSeriesData buildTimeSeries(const ResultTable &table, TimeStyle style, const ChartContext &context,
                               const QLocale &locale)
{
    TimeSeriesData data;
    const Columns columns = findColumns(table);
    data.zone = table.zone;
    data.interval = table.interval.value_or(Interval::Day);
    if (columns.bucket < 0 || columns.measures.empty())
        return data;
    const ResultTable::Column &firstMeasure =
        table.columns[static_cast<std::size_t>(columns.measures.front())];
    data.unit = firstMeasure.unit;
    if (columns.dimension >= 0)
        data.dimension = table.columns[static_cast<std::size_t>(columns.dimension)].name;
    data.additive = columns.dimension >= 0 && addsUp(firstMeasure.name, data.dimension);

    data.buckets = bucketsOf(table, columns, context);
    if (data.buckets.empty())
        return data;
    data.end = table.zone.nextBucket(data.buckets.back(), data.interval);
    data.partialFirst = context.asked.from && *context.asked.from > data.buckets.front();
    data.partialLast =
        (context.asked.to && *context.asked.to < data.end) || (context.now && *context.now < data.end);

    fillSeries(data, table, columns, style, locale);
    for (TimeSeriesData::Series &series : data.series)
        series.weight = weightOf(series.numbers, addsUp(series.measure, data.dimension));
    if (columns.dimension >= 0)
        sortByWeight(data.series);
    if (context.earlier)
        fillEarlier(data, *context.earlier, context.earlierRange);
    return data;
}

} // namespace genscope

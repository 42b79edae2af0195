// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/latencylab.h"

#include <QCoreApplication>

namespace genscope {

namespace {

/// Shorter than QCoreApplication::translate at every string.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::LatencyLab)
};

constexpr int kMostValues = 6;
constexpr int kMostRows = 50;
constexpr std::int64_t kMostSlowest = 100;
constexpr Binning kBars{.perDecade = 20};
constexpr Binning kRowsOverTime{.perDecade = 10};
constexpr Binning kDots{.perDecade = 40};
constexpr Binning kFineDots{.perDecade = 80};

Field field(std::string_view name)
{
    return *Field::parse(name);
}

QString numberName(const LatencyLens &lens)
{
    switch (lens.number) {
    case LatencyLens::Number::Latency:
        return Text::tr("Latency");
    case LatencyLens::Number::TimeToFirstToken:
        return Text::tr("Time to first token");
    case LatencyLens::Number::Speed:
        return Text::tr("Speed");
    }
    return {};
}

/// What the number is, for the hints of tiles.
QString meaning(const LatencyLens &lens)
{
    switch (lens.number) {
    case LatencyLens::Number::Latency:
        return Text::tr("Latency is $ai_latency of generations that have one, errors too.");
    case LatencyLens::Number::TimeToFirstToken:
        return Text::tr("Time to first token is $ai_time_to_first_token of generations that have one.");
    case LatencyLens::Number::Speed:
        return Text::tr("Speed is the output tokens of one call by its latency; failed calls have none.");
    }
    return {};
}

QString slowName(const LatencyLens &lens)
{
    return lens.number == LatencyLens::Number::Speed ? Text::tr("Speed p5")
                                                     : Text::tr("%1 p95").arg(numberName(lens));
}

TileSpec tile(const LatencyLens &lens, const char *id, QString title, const QString &hint,
              TileSpec::Display display, std::vector<Measure> measures)
{
    TileSpec spec;
    spec.id = QLatin1String(id);
    spec.title = std::move(title);
    spec.hint = hint + QLatin1Char(' ') + meaning(lens);
    spec.display = display;
    spec.query.measures = std::move(measures);
    spec.filter = lens.filter();
    spec.drill = ListKind::Generations;
    spec.columnSpan = 6;
    return spec;
}

TileSpec distribution(const LatencyLens &lens, const char *id, QString title, const QString &hint,
                      TileSpec::Display display)
{
    std::vector<Measure> measures{Measure::Generations};
    const std::vector<Measure> marks = lens.percentiles();
    measures.insert(measures.end(), marks.begin(), marks.end());
    TileSpec spec = tile(lens, id, std::move(title), hint, display, std::move(measures));
    spec.query.by = {lens.by, lens.field().binned(kBars)};
    spec.query.top = kMostValues;
    return spec;
}

using Display = TileSpec::Display;

} // namespace

Field LatencyLens::field() const
{
    switch (number) {
    case Number::Latency:
        break;
    case Number::TimeToFirstToken:
        return genscope::field("ttft");
    case Number::Speed:
        return genscope::field("tokens_per_second");
    }
    return genscope::field("latency");
}

std::vector<Measure> LatencyLens::percentiles() const
{
    switch (number) {
    case Number::Latency:
        break;
    case Number::TimeToFirstToken:
        return {Measure::TtftP50, Measure::TtftP90, Measure::TtftP95, Measure::TtftP99};
    case Number::Speed:
        return {Measure::TokensPerSecondP50, Measure::TokensPerSecondP90, Measure::TokensPerSecondP95,
                Measure::TokensPerSecondP99};
    }
    return {Measure::LatencyP50, Measure::LatencyP90, Measure::LatencyP95, Measure::LatencyP99};
}

Measure LatencyLens::slow() const
{
    switch (number) {
    case Number::Latency:
        break;
    case Number::TimeToFirstToken:
        return Measure::TtftP95;
    case Number::Speed:
        return Measure::TokensPerSecondP5;
    }
    return Measure::LatencyP95;
}

Filter LatencyLens::filter() const
{
    std::vector<Filter> parts;
    if (calls != Calls::All)
        parts.push_back(
            Filter::equals(genscope::field("stream"), calls == Calls::Streamed ? "true" : "false"));
    if (outcome != Outcome::All)
        parts.push_back(
            Filter::equals(genscope::field("is_error"), outcome == Outcome::Failed ? "true" : "false"));
    return Filter::all(parts);
}

TileSpec percentilesTile(const LatencyLens &lens, Interval interval)
{
    TileSpec spec =
        tile(lens, "latency_percentiles_over_time", Text::tr("%1 p50, p90, p95, p99").arg(numberName(lens)),
             Text::tr("Exact percentiles of each interval."), Display::Percentiles, lens.percentiles());
    spec.query.interval = interval;
    spec.columnSpan = 7;
    return spec;
}

TileSpec slowByValueTile(const LatencyLens &lens, Interval interval)
{
    TileSpec spec =
        tile(lens, "latency_by_value",
             Text::tr("%1 by %2").arg(slowName(lens), QString::fromStdString(lens.by.text)),
             lens.number == LatencyLens::Number::Speed ? Text::tr("5 % of calls are slower than this.")
                                                       : Text::tr("95 % of calls take no longer than this."),
             Display::Lines, {lens.slow()});
    spec.query.by = {lens.by};
    spec.query.top = kMostValues;
    spec.query.rankedBy = Measure::Generations;
    spec.query.interval = interval;
    spec.columnSpan = 5;
    return spec;
}

TileSpec distributionTile(const LatencyLens &lens)
{
    return distribution(
        lens, "latency_distribution", Text::tr("Distribution of %1").arg(numberName(lens).toLower()),
        Text::tr("How many calls lie in each bin, on a logarithmic scale."), Display::Histogram);
}

TileSpec comparedTile(const LatencyLens &lens)
{
    return distribution(lens, "latency_compared", Text::tr("%1 compared").arg(numberName(lens)),
                        Text::tr("The share of each value's calls that lies in each bin."),
                        Display::Distributions);
}

TileSpec distributionOverTimeTile(const LatencyLens &lens, Interval interval)
{
    TileSpec spec = tile(lens, "latency_over_time", Text::tr("%1 over time").arg(numberName(lens)),
                         Text::tr("How many calls lie in each bin of each interval."), Display::Heatmap,
                         {Measure::Generations});
    spec.query.by = {lens.field().binned(kRowsOverTime)};
    spec.query.interval = interval;
    return spec;
}

TileSpec hourOfWeekTile(const LatencyLens &lens)
{
    TileSpec spec = tile(lens, "latency_hour_of_week", Text::tr("%1 by hour of the week").arg(slowName(lens)),
                         Text::tr("In the time zone chosen above."), Display::Heatmap, {lens.slow()});
    spec.query.by = {field("day_of_week"), field("hour_of_day")};
    return spec;
}

TileSpec scatterTile(const LatencyLens &lens, std::int64_t calls, const Filter &view)
{
    TileSpec spec =
        tile(lens, "latency_by_output_tokens", Text::tr("Latency by output tokens"),
             Text::tr("Each call lies where its latency and its output tokens meet; both scales are "
                      "logarithmic. The wheel zooms in, a double click zooms out."),
             Display::Scatter, {Measure::Generations});
    const Field tokens = field("output_tokens");
    const Field latency = field("latency");
    const Binning &binning = view.isEmpty() ? kDots : kFineDots;
    spec.query.by = calls <= kMostPoints ? std::vector{tokens, latency}
                                         : std::vector{tokens.binned(binning), latency.binned(binning)};
    spec.filter = Filter::all({spec.filter, view});
    spec.rowSpan = 2;
    return spec;
}

std::vector<TileSpec> latencyTiles(const LatencyLens &lens, const Scope &scope, const TimeRange &covered,
                                   std::int64_t calls, const std::optional<Interval> &interval)
{
    const TimeRange range{scope.range.from ? scope.range.from : covered.from,
                          scope.range.to ? scope.range.to : covered.to};
    const Interval buckets = intervalFor(range, interval);
    return {percentilesTile(lens, buckets),
            slowByValueTile(lens, buckets),
            distributionTile(lens),
            distributionOverTimeTile(lens, buckets),
            hourOfWeekTile(lens),
            scatterTile(lens, calls, {}),
            comparedTile(lens)};
}

TileSpec percentileTable(const LatencyLens &lens)
{
    std::vector<Measure> measures{Measure::Generations};
    for (const Measure measure : lens.percentiles())
        measures.push_back(measure);
    if (lens.number == LatencyLens::Number::Speed)
        measures.insert(measures.begin() + 1, Measure::TokensPerSecondP5);
    measures.push_back(Measure::ErrorRate);
    TileSpec spec = tile(lens, "latency_table", Text::tr("Percentiles"),
                         Text::tr("Exact percentiles of each value, those with the most calls first."),
                         Display::Bars, std::move(measures));
    spec.query.by = {lens.by};
    spec.query.top = kMostRows;
    return spec;
}

ListQuery slowestCalls(const LatencyLens &lens)
{
    ListQuery query;
    query.kind = ListKind::Generations;
    query.columns = {"timestamp",         "model", "latency", "ttft", "output_tokens",
                     "tokens_per_second", "error", "uuid"};
    query.sortColumn = lens.field().text;
    query.descending = lens.number != LatencyLens::Number::Speed;
    query.limit = kMostSlowest;
    return query;
}

} // namespace genscope

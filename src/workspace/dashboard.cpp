// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/dashboard.h"

#include "analytics/querybatch.h"
#include "workspace/periodcomparison.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace genscope {

namespace {

constexpr std::int64_t kHourUs = 3600 * kMicrosPerSecond;

/// Shorter than QCoreApplication::translate at every string.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::Dashboard)
};

Field field(std::string_view name)
{
    return *Field::parse(name);
}

Filter filter(std::string_view text)
{
    return *Filter::parse(text);
}

TileSpec tile(const char *id, QString title, QString hint, TileSpec::Display display,
              std::vector<Measure> measures, std::optional<Interval> interval)
{
    TileSpec spec;
    spec.id = QLatin1String(id);
    spec.title = std::move(title);
    spec.hint = std::move(hint);
    spec.display = display;
    spec.query.measures = std::move(measures);
    spec.query.interval = interval;
    return spec;
}

TileSpec numberTile(const char *id, QString title, QString hint, Measure measure, Interval interval,
                    ListKind drill)
{
    TileSpec spec =
        tile(id, std::move(title), std::move(hint), TileSpec::Display::Number, {measure}, interval);
    Query total = spec.query;
    total.interval.reset();
    spec.totalQuery = std::move(total);
    spec.drill = drill;
    spec.columnSpan = 2;
    return spec;
}

TileSpec by(TileSpec spec, std::string_view dimension, int top)
{
    spec.query.by = {field(dimension)};
    spec.query.top = top;
    return spec;
}

TileSpec leadingTo(TileSpec spec, ListKind drill)
{
    spec.drill = drill;
    return spec;
}

TileSpec spanning(TileSpec spec, int columns, int rows = 1)
{
    spec.columnSpan = columns;
    spec.rowSpan = rows;
    return spec;
}

TileSpec filtered(TileSpec spec, std::string_view text)
{
    spec.filter = filter(text);
    return spec;
}

using Display = TileSpec::Display;

void addNumbers(std::vector<TileSpec> &tiles, Interval interval)
{
    tiles.push_back(numberTile("number_cost", Text::tr("Cost"),
                               Text::tr("Total cost of generations. PostHog: Total cost (USD)."),
                               Measure::Cost, interval, ListKind::Generations));
    tiles.push_back(numberTile("number_generations", Text::tr("Generations"), Text::tr("Calls to a model."),
                               Measure::Generations, interval, ListKind::Generations));
    tiles.push_back(numberTile("number_traces", Text::tr("Traces"),
                               Text::tr("Traces that have a generation."), Measure::Traces, interval,
                               ListKind::Traces));
    tiles.push_back(numberTile("number_users", Text::tr("Users"),
                               Text::tr("Distinct persons with a generation; anonymous calls are left out."),
                               Measure::Users, interval, ListKind::Users));
    tiles.push_back(numberTile("number_error_rate", Text::tr("Error rate"),
                               Text::tr("Failed generations of all generations."), Measure::ErrorRate,
                               interval, ListKind::Generations));
    tiles.push_back(numberTile("number_latency_p95", Text::tr("Latency p95"),
                               Text::tr("95 % of generations took no longer than this."), Measure::LatencyP95,
                               interval, ListKind::Generations));
}

/// Beyond PostHog's nine: the questions its dashboard leaves open, the most asked one first and largest.
void addCostOverTime(std::vector<TileSpec> &tiles, Interval interval)
{
    tiles.push_back(
        spanning(by(tile("cost_over_time_by_model", Text::tr("Cost over time by model"),
                         Text::tr("Cost of generations, stacked by model; the stack is the total."),
                         Display::StackedBars, {Measure::Cost}, interval),
                    "model", 8),
                 8, 2));
    tiles.push_back(
        leadingTo(spanning(by(tile("cost_by_model", Text::tr("Cost by model"),
                                   Text::tr("Cost of generations by model. PostHog: Cost by model (USD)."),
                                   Display::Bars, {Measure::Cost}, {}),
                              "model", 10),
                           4, 2),
                  ListKind::Generations));
}

void addPostHogTiles(std::vector<TileSpec> &tiles, Interval interval)
{
    tiles.push_back(
        leadingTo(tile("cost", Text::tr("Total cost"),
                       Text::tr("Cost of generations over time; embeddings are not included. PostHog: "
                                "Total cost (USD)."),
                       Display::Lines, {Measure::Cost}, interval),
                  ListKind::Traces));
    tiles.push_back(leadingTo(by(tile("cost_by_customer", Text::tr("Cost by customer"),
                                      Text::tr("Cost of generations by customer: who pays, as chosen above."),
                                      Display::Bars, {Measure::Cost}, {}),
                                 "customer", 10),
                              ListKind::Generations));
    tiles.push_back(
        leadingTo(tile("cost_per_user", Text::tr("Cost per user"),
                       Text::tr("Cost of generations of known users, divided by the users of the same "
                                "interval. PostHog: Cost per user (USD)."),
                       Display::Lines, {Measure::CostPerUser}, interval),
                  ListKind::Users));
    tiles.push_back(leadingTo(tile("traces", Text::tr("Traces"), Text::tr("Traces that have a generation."),
                                   Display::Lines, {Measure::Traces}, interval),
                              ListKind::Traces));
    tiles.push_back(
        leadingTo(tile("users", Text::tr("Generative AI users"),
                       Text::tr("Distinct persons with a generation; anonymous calls, whose distinct_id is "
                                "the trace id, are left out."),
                       Display::Lines, {Measure::Users}, interval),
                  ListKind::Users));
    tiles.push_back(tile("generations", Text::tr("Generation calls"), Text::tr("Calls to a model."),
                         Display::Lines, {Measure::Generations}, interval));
    tiles.push_back(
        filtered(tile("errors", Text::tr("AI errors"), Text::tr("Generations whose $ai_is_error is true."),
                      Display::Lines, {Measure::Errors}, interval),
                 "is_error"));
    tiles.push_back(
        by(tile("latency_by_model", Text::tr("Generation latency by model (median)"),
                Text::tr("Median of $ai_latency by model."), Display::Lines, {Measure::LatencyP50}, interval),
           "model", 6));
    tiles.push_back(
        by(tile("http_status", Text::tr("Generations by HTTP status"),
                Text::tr("Generations by $ai_http_status."), Display::Bars, {Measure::Generations}, {}),
           "http_status", 10));
}

void addLatencyAndTokens(std::vector<TileSpec> &tiles, Interval interval)
{
    tiles.push_back(spanning(
        tile("latency_percentiles", Text::tr("Latency p50, p95, p99"),
             Text::tr("Exact percentiles of $ai_latency over generations that have one."),
             Display::Percentiles, {Measure::LatencyP50, Measure::LatencyP95, Measure::LatencyP99}, interval),
        6));
    tiles.push_back(
        spanning(tile("tokens_over_time", Text::tr("Tokens over time"),
                      Text::tr("Input and output tokens of generations, and cached input tokens read."),
                      Display::Lines, {Measure::InputTokens, Measure::OutputTokens, Measure::CacheReadTokens},
                      interval),
                 6));
}

/// Values past these are not compared one by one: what counts is on top.
constexpr int kMostCompared = 1000;
constexpr int kMostBuckets = 5000; ///< more than any screen has pixels

/// The rows of tiles over one selection. Tiles of the same filters share them.
class TileRows
{
public:
    explicit TileRows(const Selection &selection) : m_selection(selection) {}

    Result<const RowSet *> rowsOf(const TileSpec &tile)
    {
        const bool asScope = !tile.scopeFilter || *tile.scopeFilter == m_selection.scope.filter;
        if (asScope && tile.filter.isEmpty())
            return &m_selection.rows;
        const std::string key =
            (asScope ? std::string() : '=' + tile.scopeFilter->toString()) + '\n' + tile.filter.toString();
        if (const auto known = m_rows.find(key); known != m_rows.end())
            return &known->second;
        auto rows = tileRows(tile, m_selection);
        if (!rows)
            return rows.error();
        return &m_rows.emplace(key, std::move(*rows)).first->second;
    }

private:
    const Selection &m_selection;
    std::map<std::string, RowSet> m_rows; // they stay where they are
};

/// The answers to a query of each tile over a selection, in one pass. @param queries  one for each tile
std::vector<Result<ResultTable>> runTogether(const std::vector<const TileSpec *> &tiles,
                                             const std::vector<Query> &queries, const Selection &selection)
{
    std::vector<Result<ResultTable>> answers;
    std::vector<BatchedQuery> batch;
    std::vector<std::size_t> answerOf;
    TileRows rows(selection);
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        answers.emplace_back(ResultTable());
        const auto ofTile = rows.rowsOf(*tiles[i]);
        if (!ofTile) {
            answers.back() = ofTile.error();
            continue;
        }
        batch.push_back({&queries[i], &selection.scope, *ofTile});
        answerOf.push_back(i);
    }
    auto batched = runQueries(batch, selection.context);
    for (std::size_t i = 0; i < batched.size(); ++i)
        answers[answerOf[i]] = std::move(batched[i]);
    return answers;
}

Result<std::shared_ptr<const Selection>> earlierSelection(const Selection &selection, const TimeRange &range)
{
    Scope scope = selection.scope;
    scope.range = range;
    return makeSelection(selection.snapshot, selection.reader, scope, selection.context.cache,
                         selection.context.data.stop);
}

Cell totalOf(const ResultTable &table)
{
    return table.matched == 0 ? Cell{} : table.total.back();
}

TimeRange effectiveRange(const TimeRange &range, const TimeRange &covered)
{
    return {range.from ? range.from : covered.from, range.to ? range.to : covered.to};
}

} // namespace

Interval suitableInterval(const TimeRange &range)
{
    if (!range.from || !range.to)
        return Interval::Day;
    const std::int64_t length = range.to->us - range.from->us;
    if (length <= 2 * kHourUs)
        return Interval::Minute;
    if (length <= 3 * kMicrosPerDay)
        return Interval::Hour;
    if (length <= 100 * kMicrosPerDay)
        return Interval::Day;
    if (length <= 731 * kMicrosPerDay)
        return Interval::Week;
    return Interval::Month;
}

Interval intervalFor(const TimeRange &range, const std::optional<Interval> &chosen)
{
    constexpr std::int64_t kMinuteUs = 60 * kMicrosPerSecond;
    if (!chosen || !range.from || !range.to)
        return chosen.value_or(suitableInterval(range));
    const std::int64_t length = range.to->us - range.from->us;
    const std::int64_t bucket = *chosen == Interval::Minute ? kMinuteUs
                                : *chosen == Interval::Hour ? kHourUs
                                                            : kMicrosPerDay;
    return length / bucket > kMostBuckets ? suitableInterval(range) : *chosen;
}

std::vector<TileSpec> dashboardTiles(const Scope &scope, const TimeRange &covered,
                                     const std::optional<Interval> &chosen)
{
    const Interval interval = intervalFor(effectiveRange(scope.range, covered), chosen);
    std::vector<TileSpec> tiles;
    addNumbers(tiles, interval);
    addCostOverTime(tiles, interval);
    addPostHogTiles(tiles, interval);
    addLatencyAndTokens(tiles, interval);
    return tiles;
}

std::vector<TileSpec> brushedTiles(const std::vector<TileSpec> &tiles)
{
    std::vector<TileSpec> brushed;
    for (const TileSpec &tile : tiles) {
        if (tile.query.interval && !tile.totalQuery)
            continue;
        brushed.push_back(tile);
        if (tile.totalQuery)
            brushed.back().query = *tile.totalQuery;
        brushed.back().totalQuery.reset();
    }
    return brushed;
}

Result<RowSet> tileRows(const TileSpec &tile, const Selection &selection)
{
    if (!tile.scopeFilter || *tile.scopeFilter == selection.scope.filter)
        return narrowed(selection, tile.filter);
    Scope scope = selection.scope;
    scope.filter = Filter::all({*tile.scopeFilter, tile.filter});
    return selectRows(scope, selection.context);
}

Result<ResultTable> runTile(const TileSpec &tile, const Selection &selection)
{
    TileRows rows(selection);
    const auto ofTile = rows.rowsOf(tile);
    if (!ofTile)
        return ofTile.error();
    return runQuery(tile.query, selection.scope, **ofTile, selection.context);
}

namespace {

/// False if the data begins so late in a range that its totals say more about that than about anything else.
bool isMostlyCovered(const TimeRange &range, const TimeRange &covered)
{
    constexpr int kLeastPart = 4; // a quarter may be missing
    return !range.from || !range.to || !covered.from ||
           covered.from->us - range.from->us <= (range.to->us - range.from->us) / kLeastPart;
}

/// Compares every tile with the same over @p range.
void compareAll(std::vector<TileAnswer> &answers, const std::vector<TileSpec> &tiles,
                const Selection &selection, const TimeRange &range)
{
    std::vector<const TileSpec *> all;
    std::vector<Query> queries;
    for (const TileSpec &tile : tiles) {
        all.push_back(&tile);
        queries.push_back(tile.query);
        if (queries.back().top)
            queries.back().top = std::max(*queries.back().top, kMostCompared);
    }
    const auto earlier = earlierSelection(selection, range);
    auto tables = earlier ? runTogether(all, queries, **earlier)
                          : std::vector<Result<ResultTable>>(tiles.size(), earlier.error());
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        if (!tables[i]) {
            if (answers[i].table)
                answers[i].table = tables[i].error();
            continue;
        }
        if (tiles[i].totalQuery && isMostlyCovered(range, selection.covered()))
            answers[i].totals.before = totalOf(*tables[i]);
        answers[i].earlier = std::move(*tables[i]);
    }
}

/// Compares the totals of number tiles with the period before.
void compareTotals(std::vector<TileAnswer> &answers, const std::vector<TileSpec> &tiles,
                   const Selection &selection)
{
    const auto range = shiftedRange(selection.scope.range, -1, selection.scope.zone);
    std::vector<const TileSpec *> numbers;
    std::vector<Query> queries;
    std::vector<std::size_t> answerOf;
    const bool compares = range && isMostlyCovered(*range, selection.covered());
    for (std::size_t i = 0; compares && i < tiles.size(); ++i) {
        if (!tiles[i].totalQuery)
            continue;
        numbers.push_back(&tiles[i]);
        queries.push_back(*tiles[i].totalQuery);
        answerOf.push_back(i);
    }
    if (numbers.empty())
        return;
    const auto earlier = earlierSelection(selection, *range);
    const auto tables = earlier ? runTogether(numbers, queries, **earlier)
                                : std::vector<Result<ResultTable>>(numbers.size(), earlier.error());
    for (std::size_t i = 0; i < tables.size(); ++i) {
        TileAnswer &answer = answers[answerOf[i]];
        if (tables[i])
            answer.totals.before = totalOf(*tables[i]);
        else if (answer.table)
            answer.table = tables[i].error();
    }
}

} // namespace

std::vector<TileAnswer> runTiles(const std::vector<TileSpec> &tiles, const Selection &selection,
                                 const std::optional<TimeRange> &compared)
{
    std::vector<const TileSpec *> all;
    std::vector<Query> queries;
    for (const TileSpec &tile : tiles) {
        all.push_back(&tile);
        queries.push_back(tile.query);
    }
    std::vector<TileAnswer> answers;
    for (auto &table : runTogether(all, queries, selection))
        answers.push_back({std::move(table), {}, {}});
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        if (tiles[i].totalQuery && answers[i].table)
            answers[i].totals.now = totalOf(*answers[i].table); // whatever the interval
    }
    if (compared)
        compareAll(answers, tiles, selection, *compared);
    else
        compareTotals(answers, tiles, selection);
    return answers;
}

TimeRange openingRange(const TimeRange &covered, const Zone &zone)
{
    if (!covered.from || !covered.to || covered.to->us - covered.from->us <= 90 * kMicrosPerDay)
        return {};
    const Timestamp to = zone.nextBucket(zone.bucketStart(*covered.to, Interval::Day), Interval::Day);
    return {zone.instantFromLocal(zone.localMicros(to) - 30 * kMicrosPerDay), to};
}

} // namespace genscope

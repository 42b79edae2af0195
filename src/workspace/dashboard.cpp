// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/dashboard.h"

#include "analytics/querybatch.h"

#include <QCoreApplication>

#include <deque>

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

const Query &queryIn(const Query &query)
{
    return query;
}
const Query &queryIn(const std::optional<Query> &query)
{
    return *query;
}

/// The answers to a query of each tile over a selection. Tiles without a filter of their own share its rows.
template<typename QueryMember>
std::vector<Result<ResultTable>> runTogether(const std::vector<const TileSpec *> &tiles, QueryMember query,
                                             const Selection &selection)
{
    std::vector<Result<ResultTable>> answers;
    std::vector<BatchedQuery> batch;
    std::vector<std::size_t> answerOf;
    std::deque<RowSet> filteredRows; // stay where they are
    for (const TileSpec *tile : tiles) {
        answers.emplace_back(ResultTable());
        const RowSet *rows = &selection.rows;
        if (!tile->filter.isEmpty()) {
            auto filtered = narrowed(selection, tile->filter);
            if (!filtered) {
                answers.back() = filtered.error();
                continue;
            }
            rows = &filteredRows.emplace_back(std::move(*filtered));
        }
        batch.push_back({&queryIn(tile->*query), &selection.scope, rows});
        answerOf.push_back(answers.size() - 1);
    }
    auto batched = runQueries(batch, selection.context);
    for (std::size_t i = 0; i < batched.size(); ++i)
        answers[answerOf[i]] = std::move(batched[i]);
    return answers;
}

/// The totals of number tiles in the period before the selection's; nothing if there is none.
std::vector<Result<ResultTable>> beforeOf(const std::vector<const TileSpec *> &numbers,
                                          const Selection &selection)
{
    const auto range = previousPeriod(selection.scope.range);
    if (!range)
        return {};
    Scope scope = selection.scope;
    scope.range = *range;
    const auto earlier = makeSelection(selection.snapshot, selection.reader, scope, selection.context.cache,
                                       selection.context.data.stop);
    if (!earlier)
        return std::vector<Result<ResultTable>>(numbers.size(), earlier.error());
    return runTogether(numbers, &TileSpec::totalQuery, **earlier);
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

std::vector<TileSpec> dashboardTiles(const Scope &scope, const TimeRange &covered)
{
    const Interval interval = suitableInterval(effectiveRange(scope.range, covered));
    std::vector<TileSpec> tiles;
    addNumbers(tiles, interval);
    addCostOverTime(tiles, interval);
    addPostHogTiles(tiles, interval);
    addLatencyAndTokens(tiles, interval);
    return tiles;
}

Result<ResultTable> runTile(const TileSpec &tile, const Selection &selection)
{
    const auto rows = narrowed(selection, tile.filter);
    if (!rows)
        return rows.error();
    return runQuery(tile.query, selection.scope, *rows, selection.context);
}

std::vector<TileAnswer> runTiles(const std::vector<TileSpec> &tiles, const Selection &selection)
{
    std::vector<const TileSpec *> all;
    std::vector<const TileSpec *> numbers;
    for (const TileSpec &tile : tiles) {
        all.push_back(&tile);
        if (tile.totalQuery)
            numbers.push_back(&tile);
    }
    auto tables = runTogether(all, &TileSpec::query, selection);
    std::vector<TileAnswer> answers;
    for (auto &table : tables)
        answers.push_back({std::move(table), {}});

    auto before = beforeOf(numbers, selection);
    auto earlier = before.begin();
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        if (!tiles[i].totalQuery)
            continue;
        TileAnswer &answer = answers[i];
        if (answer.table)
            answer.totals.now = totalOf(*answer.table); // whatever the interval
        if (earlier == before.end())
            continue;
        if (*earlier)
            answer.totals.before = totalOf(**earlier);
        else if (answer.table)
            answer.table = earlier->error();
        ++earlier;
    }
    return answers;
}

TimeRange openingRange(const TimeRange &covered, const Zone &zone)
{
    if (!covered.from || !covered.to || covered.to->us - covered.from->us <= 90 * kMicrosPerDay)
        return {};
    const Timestamp to = zone.nextBucket(zone.bucketStart(*covered.to, Interval::Day), Interval::Day);
    return {zone.instantFromLocal(zone.localMicros(to) - 30 * kMicrosPerDay), to};
}

std::optional<TimeRange> previousPeriod(const TimeRange &range)
{
    if (!range.from || !range.to)
        return std::nullopt;
    const std::int64_t length = range.to->us - range.from->us;
    return TimeRange{Timestamp{range.from->us - length}, range.from};
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/reprice.h"
#include "cli/commandcontext.h"
#include "cli/options.h"
#include "cli/output.h"
#include "core/format.h"
#include "workspace/dashboard.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

double quantile(std::vector<double> values, double q)
{
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1) + 0.5)];
}

std::string number(double value)
{
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.3f", value);
    return buffer;
}

/// Times of one thing, measured again and again.
struct Timing
{
    std::string name;
    std::vector<double> milliseconds;

    std::string json(const char *upperName, double upper) const
    {
        return "{\"median_ms\":" + number(quantile(milliseconds, 0.5)) + ",\"" + upperName +
               "\":" + number(quantile(milliseconds, upper)) + '}';
    }
};

/// The error of the first run that failed, if any.
Result<Timing> timeRuns(std::string name, int runs, const std::function<Status(int)> &work)
{
    Timing timing{std::move(name), {}};
    for (int run = 0; run < runs; ++run) {
        const auto start = Clock::now();
        if (const auto done = work(run); !done)
            return done.error();
        timing.milliseconds.push_back(millisecondsSince(start));
    }
    return timing;
}

/// PostHog's nine tiles by day, and p50/p95/p99 by hour and model.
std::vector<TileSpec> benchTiles(const Selection &selection)
{
    static const char *const kNames[] = {"traces",        "users",       "cost",   "cost_per_user",
                                         "cost_by_model", "generations", "errors", "latency_by_model",
                                         "http_status"};
    std::vector<TileSpec> tiles;
    for (TileSpec &tile : dashboardTiles(selection.scope, selection.covered())) {
        const std::string id = tile.id.toStdString();
        if (std::find(std::begin(kNames), std::end(kNames), id) == std::end(kNames))
            continue;
        if (tile.query.interval)
            tile.query.interval = Interval::Day;
        tiles.push_back(std::move(tile));
    }
    TileSpec percentiles;
    percentiles.id = QStringLiteral("percentiles_by_hour_model");
    percentiles.query.measures = {Measure::LatencyP50, Measure::LatencyP95, Measure::LatencyP99};
    percentiles.query.by = {*Field::parse("model")};
    percentiles.query.interval = Interval::Hour;
    tiles.push_back(std::move(percentiles));
    return tiles;
}

/// A day-long window dragged over the data: each step selects anew and counts and sums by model.
Result<Timing> timeBrush(const Selection &selection, int steps)
{
    const TimeRange covered = selection.covered();
    const std::int64_t span = covered.to->us - covered.from->us;
    Query query;
    query.measures = {Measure::Cost, Measure::Generations};
    query.by = {*Field::parse("model")};
    return timeRuns("brush", steps, [&](int step) -> Status {
        Scope scope = selection.scope;
        const std::int64_t from = covered.from->us + span * step / steps;
        scope.range = {Timestamp{from}, Timestamp{from + std::max<std::int64_t>(span / 10, 1)}};
        const auto rows = selectRows(scope, selection.context);
        if (!rows)
            return rows.error();
        const auto table = runQuery(query, scope, *rows, selection.context);
        return table ? Status(Done{}) : Status(table.error());
    });
}

Result<Timing> timeFilter(const Selection &selection, int runs)
{
    Scope scope = selection.scope;
    scope.filter = *Filter::parse("(model contains \"gpt\" and latency > 1s) or is_error");
    return timeRuns("filter", runs, [&](int) -> Status {
        const auto rows = selectRows(scope, selection.context);
        return rows ? Status(Done{}) : Status(rows.error());
    });
}

/// All recomputed costs anew, at today's prices: what a switch of the cost view waits for.
Result<Timing> timeReprice(const Selection &selection, int runs)
{
    DataContext stored = selection.context.data;
    stored.snapshot = selection.stored;
    const PricingView today{PriceTime::Today, {}, {}};
    return timeRuns("reprice", runs, [&](int) -> Status {
        const auto priced = reprice(stored, selection.prices, today, currentTime());
        return priced ? Status(Done{}) : Status(priced.error());
    });
}

struct BenchReport
{
    std::int64_t events = 0;
    double openMs = 0;
    double firstDashboardMs = 0;
    std::vector<Timing> tiles;
    Timing brush;
    Timing filter;
    Timing reprice;
    std::size_t memoryBytes = 0;
    std::int64_t storeBytes = 0;

    std::string json() const
    {
        std::string text = "{\"events\":" + std::to_string(events) + ",\"open_ms\":" + number(openMs) +
                           ",\"first_dashboard_ms\":" + number(firstDashboardMs) + ",\"tiles\":{";
        for (const Timing &tile : tiles) {
            if (&tile != tiles.data())
                text += ',';
            text += jsonString(tile.name) + ':' + tile.json("p95_ms", 0.95);
        }
        return text + "},\"brush\":{\"steps\":" + std::to_string(brush.milliseconds.size()) +
               ",\"median_ms\":" + number(quantile(brush.milliseconds, 0.5)) +
               ",\"p99_ms\":" + number(quantile(brush.milliseconds, 0.99)) +
               "},\"filter\":" + filter.json("p95_ms", 0.95) +
               ",\"reprice\":" + reprice.json("p95_ms", 0.95) +
               ",\"memory_bytes\":" + std::to_string(memoryBytes) +
               ",\"store_bytes\":" + std::to_string(storeBytes) + "}\n";
    }

    std::string text() const
    {
        std::string lines = "open " + number(openMs) + " ms, first dashboard " + number(firstDashboardMs) +
                            " ms, " + std::to_string(events) + " events\n";
        const auto line = [&](const Timing &timing) {
            lines += "  " + timing.name +
                     std::string(28 - std::min<std::size_t>(timing.name.size(), 27), ' ') + "median " +
                     number(quantile(timing.milliseconds, 0.5)) + " ms, p95 " +
                     number(quantile(timing.milliseconds, 0.95)) + " ms\n";
        };
        for (const Timing &tile : tiles)
            line(tile);
        line(brush);
        line(filter);
        line(reprice);
        return lines;
    }
};

Result<BenchReport> measure(const QString &storePath)
{
    constexpr int kRuns = 15;
    constexpr int kBrushSteps = 200;
    constexpr int kRepriceRuns = 5;
    BenchReport report;
    const auto start = Clock::now();
    const auto opened = openSelection(storePath, {});
    if (!opened)
        return opened.error();
    const Selection &selection = **opened;
    report.openMs = millisecondsSince(start);
    const auto tiles = benchTiles(selection);
    for (const TileSpec &tile : tiles) {
        if (const auto table = runTile(tile, selection); !table)
            return table.error();
    }
    report.firstDashboardMs = millisecondsSince(start);
    report.events = selection.storedEvents;
    report.memoryBytes = selection.snapshot->memoryBytes();
    if (const auto stats = selection.reader->stats(); stats)
        report.storeBytes = stats->storeBytes;
    if (report.events == 0)
        return makeError(Error::Kind::Io, Text::tr("%1 has no events: nothing to measure").arg(storePath));
    for (const TileSpec &tile : tiles) {
        auto timing = timeRuns(tile.id.toStdString(), kRuns, [&](int) -> Status {
            const auto table = runTile(tile, selection);
            return table ? Status(Done{}) : Status(table.error());
        });
        if (!timing)
            return timing.error();
        report.tiles.push_back(std::move(*timing));
    }
    auto brush = timeBrush(selection, kBrushSteps);
    auto filter = timeFilter(selection, kRuns);
    auto repriced = timeReprice(selection, kRepriceRuns);
    for (const auto *timing : {&brush, &filter, &repriced}) {
        if (!*timing)
            return timing->error();
    }
    report.reprice = std::move(*repriced);
    report.brush = std::move(*brush);
    report.filter = std::move(*filter);
    return report;
}

} // namespace

ExitStatus benchCommand(const QStringList &arguments)
{
    OptionParser options("bench", QStringLiteral("STORE"), Text::tr("Measures the engine on this store."));
    options.addFlag("json", Text::tr("Prints one JSON object."));
    if (!options.parse(arguments, 1, 1))
        return options.exitStatus();
    const auto report = measure(options.positional().first());
    if (!report)
        return fail(report.error());
    const std::string text = options.has("json") ? report->json() : report->text();
    std::fwrite(text.data(), 1, text.size(), stdout);
    return ExitStatus::Done;
}

} // namespace genscope

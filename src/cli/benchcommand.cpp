// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/reprice.h"
#include "cli/commandcontext.h"
#include "cli/options.h"
#include "cli/output.h"
#include "core/format.h"
#include "workspace/dashboard.h"
#include "workspace/latencylab.h"
#include "workspace/tilebrush.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
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

/// What this process has used of all cores. Where other programs take a part of them, this is what a change
/// is measured by.
double cpuMilliseconds()
{
    return static_cast<double>(std::clock()) * 1000 / CLOCKS_PER_SEC;
}

/// Times of one thing, measured again and again.
struct Timing
{
    std::string name;
    double upper = 0.95; ///< the quantile to tell beside the median
    std::vector<double> milliseconds;
    std::vector<double> cpu;

    std::string upperName() const { return upper == 0.99 ? "p99" : "p95"; }
    std::string json() const
    {
        return "{\"steps\":" + std::to_string(milliseconds.size()) +
               ",\"median_ms\":" + number(quantile(milliseconds, 0.5)) + ",\"" + upperName() +
               "_ms\":" + number(quantile(milliseconds, upper)) +
               ",\"cpu_ms\":" + number(quantile(cpu, 0.5)) + '}';
    }
    std::string line() const
    {
        return "  " + name + std::string(28 - std::min<std::size_t>(name.size(), 27), ' ') + "median " +
               number(quantile(milliseconds, 0.5)) + " ms, " + upperName() + ' ' +
               number(quantile(milliseconds, upper)) + " ms, CPU " + number(quantile(cpu, 0.5)) + " ms\n";
    }
};

/// The error of the first run that failed, if any.
Result<Timing> timeRuns(std::string name, int runs, const std::function<Status(int)> &work)
{
    Timing timing{std::move(name), 0.95, {}, {}};
    for (int run = 0; run < runs; ++run) {
        const auto start = Clock::now();
        const double cpu = cpuMilliseconds();
        if (const auto done = work(run); !done)
            return done.error();
        timing.milliseconds.push_back(millisecondsSince(start));
        timing.cpu.push_back(cpuMilliseconds() - cpu);
    }
    return timing;
}

/// Measures all tiles at once, as the dashboard asks for them.
Status runAll(const std::vector<TileSpec> &tiles, const Selection &selection)
{
    for (const TileAnswer &answer : runTiles(tiles, selection)) {
        if (!answer.table)
            return answer.table.error();
    }
    return Done{};
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

/// A window of a tenth of the time dragged over the data: each step selects anew and answers @p answer.
Result<Timing> timeBrush(std::string name, const Selection &selection, int steps,
                         const std::function<Status(const Selection &)> &answer)
{
    const TimeRange covered = selection.covered();
    const std::int64_t span = covered.to->us - covered.from->us;
    auto timing = timeRuns(std::move(name), steps, [&](int step) -> Status {
        Scope scope = selection.scope;
        const std::int64_t from = covered.from->us + span * step / steps;
        scope.range = {Timestamp{from}, Timestamp{from + std::max<std::int64_t>(span / 10, 1)}};
        const auto brushed = makeSelection(selection.snapshot, selection.reader, scope,
                                           selection.context.cache, selection.context.data.stop);
        return brushed ? answer(**brushed) : Status(brushed.error());
    });
    if (timing)
        timing->upper = 0.99;
    return timing;
}

/// The same as the window does it: what a hand brushes over stays prepared between the steps.
Result<Timing> timeTileBrush(const std::shared_ptr<const Selection> &selection,
                             const std::vector<TileSpec> &tiles, int steps)
{
    const TimeRange covered = selection->covered();
    const std::int64_t span = covered.to->us - covered.from->us;
    TileBrush brush(brushedTiles(tiles), selection, selection->scope);
    auto timing = timeRuns("brush", steps, [&](int step) -> Status {
        const std::int64_t from = covered.from->us + span * step / steps;
        const auto tables =
            brush.answer({Timestamp{from}, Timestamp{from + std::max<std::int64_t>(span / 10, 1)}}, {});
        return tables ? Status(Done{}) : Status(tables.error());
    });
    if (timing)
        timing->upper = 0.99;
    return timing;
}

/// Counts and sums by model.
Status sumByModel(const Selection &selection)
{
    Query query;
    query.measures = {Measure::Cost, Measure::Generations};
    query.by = {*Field::parse("model")};
    const auto table = runQuery(query, selection.scope, selection.rows, selection.context);
    return table ? Status(Done{}) : Status(table.error());
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

/// A filter that reads what columns do not hold, with nothing remembered of it.
Result<Timing> timeReading(const char *name, const std::string &filter, const Selection &selection, int runs)
{
    Scope scope = selection.scope;
    const auto parsed = Filter::parse(filter);
    if (!parsed)
        return parsed.error();
    scope.filter = *parsed;
    return timeRuns(name, runs, [&](int) -> Status {
        QueryContext fresh = selection.context;
        fresh.cache = std::make_shared<FieldCache>();
        const auto rows = selectRows(scope, fresh);
        return rows ? Status(Done{}) : Status(rows.error());
    });
}

/// A property of one's own that most events have.
std::string commonProperty(const Selection &selection)
{
    const auto names = selection.reader->propertyNames();
    if (names) {
        for (const PropertyPath &path : *names)
            if (path.scope == PropertyPath::Scope::Event && !path.name.starts_with('$') &&
                path.name.find('`') == std::string::npos)
                return "event.`" + path.name + '`';
    }
    return "event.feature";
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
    double firstDashboardCpuMs = 0;
    std::vector<Timing> tiles;
    std::vector<Timing> others; ///< by their names
    std::size_t memoryBytes = 0;
    std::int64_t storeBytes = 0;

    std::string json() const
    {
        std::string text = "{\"events\":" + std::to_string(events) + ",\"open_ms\":" + number(openMs) +
                           ",\"first_dashboard_ms\":" + number(firstDashboardMs) +
                           ",\"first_dashboard_cpu_ms\":" + number(firstDashboardCpuMs) + ",\"tiles\":{";
        for (const Timing &tile : tiles) {
            if (&tile != tiles.data())
                text += ',';
            text += jsonString(tile.name) + ':' + tile.json();
        }
        text += '}';
        for (const Timing &other : others)
            text += ',' + jsonString(other.name) + ':' + other.json();
        return text + ",\"memory_bytes\":" + std::to_string(memoryBytes) +
               ",\"store_bytes\":" + std::to_string(storeBytes) + "}\n";
    }

    std::string text() const
    {
        std::string lines = "open " + number(openMs) + " ms, first dashboard " + number(firstDashboardMs) +
                            " ms (CPU " + number(firstDashboardCpuMs) + " ms), " + std::to_string(events) +
                            " events, " + std::to_string(memoryBytes / static_cast<std::size_t>(events)) +
                            " bytes an event\n";
        for (const Timing &timing : tiles)
            lines += timing.line();
        for (const Timing &timing : others)
            lines += timing.line();
        return lines;
    }
};

Status measureSteps(const std::shared_ptr<const Selection> &shared, const std::vector<TileSpec> &tiles,
                    BenchReport &report)
{
    const Selection &selection = *shared;
    constexpr int kRuns = 15;
    constexpr int kBrushSteps = 200;
    constexpr int kRepriceRuns = 5;
    constexpr int kReadingRuns = 3;
    const auto timeEach = [&](const std::vector<TileSpec> &specs, std::vector<Timing> &timings) -> Status {
        for (const TileSpec &tile : specs) {
            auto timing = timeRuns(tile.id.toStdString(), kRuns, [&](int) -> Status {
                const auto table = runTile(tile, selection);
                return table ? Status(Done{}) : Status(table.error());
            });
            if (!timing)
                return timing.error();
            timings.push_back(std::move(*timing));
        }
        return Done{};
    };
    const auto latency = latencyTiles({}, selection.scope, selection.covered(), kMostPoints + 1);
    if (const Status timed = timeEach(tiles, report.tiles); !timed)
        return timed;
    if (const Status timed = timeEach(latency, report.others); !timed)
        return timed;
    const auto dashboard = dashboardTiles(selection.scope, selection.covered());
    const auto all = [&](const Selection &current) { return runAll(tiles, current); };
    const std::string property = commonProperty(selection);
    const std::array<std::function<Result<Timing>()>, 12> measurements = {
        [&] { return timeRuns("all_tiles", kRuns, [&](int) { return all(selection); }); },
        [&] { return timeRuns("dashboard", kRuns, [&](int) { return runAll(dashboard, selection); }); },
        [&] { return timeRuns("latency_page", kRuns, [&](int) { return runAll(latency, selection); }); },
        [&] { return timeTileBrush(shared, dashboard, kBrushSteps); },
        [&] { return timeBrush("brush_anew", selection, kBrushSteps, sumByModel); },
        [&] { return timeBrush("brush_all_tiles", selection, kBrushSteps, all); },
        [&] { return timeFilter(selection, kRuns); },
        [&] { return timeReprice(selection, kRepriceRuns); },
        // Texts that no event has, that many have, and the same as a pattern: that has to decode every text.
        [&] { return timeReading("search_rare", "input contains \"qzxjqk\"", selection, kReadingRuns); },
        [&] { return timeReading("search_common", "output contains \"the\"", selection, kReadingRuns); },
        [&] { return timeReading("search_pattern", "output ~ \"(?i)the\"", selection, kReadingRuns); },
        [&] { return timeReading("property_first_use", property + " is set", selection, kReadingRuns); },
    };
    for (const auto &measureOne : measurements) {
        auto timing = measureOne();
        if (!timing)
            return timing.error();
        report.others.push_back(std::move(*timing));
    }
    return Done{};
}

Result<BenchReport> measure(const QString &storePath)
{
    BenchReport report;
    const auto start = Clock::now();
    const auto opened = openSelection(storePath, {});
    if (!opened)
        return opened.error();
    const Selection &selection = **opened;
    report.openMs = millisecondsSince(start);
    report.events = selection.storedEvents;
    if (report.events == 0)
        return makeError(Error::Kind::Io, Text::tr("%1 has no events: nothing to measure").arg(storePath));
    const auto tiles = benchTiles(selection);
    if (const Status first = runAll(tiles, selection); !first)
        return first.error();
    report.firstDashboardMs = millisecondsSince(start);
    report.firstDashboardCpuMs = cpuMilliseconds();
    report.memoryBytes = selection.snapshot->memoryBytes();
    if (const Status measured = measureSteps(*opened, tiles, report); !measured)
        return measured.error();
    if (const auto stats = selection.reader->stats(); stats)
        report.storeBytes = stats->storeBytes;
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

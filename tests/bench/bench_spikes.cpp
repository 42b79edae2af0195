// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How many spikes are found, how many are found that are none, and how long it takes:
//     bench_spikes [--days D] [--generations N] [--seeds FIRST-LAST] [--measure M]
//                                                      made-up traffic, with spikes and quiet; M is
//                                                      latency_p95, error_rate or cost
//     bench_spikes --dump DUMP TRUTH [DUMP TRUTH]...   dumps with a JSON that lists `latency_spikes`
//     bench_spikes --time STORE                        detection in a store
// A spike counts if it holds at least 20 calls (of latencies and costs: successful ones) and comes to twice
// the usual or more. False ones touch no spike that was put in. Rules that come to mind first are measured
// beside ours, over buckets of an hour and of 15 minutes.

#include "analytics/spikes/findspikes.h"
#include "store/importer.h"
#include "support/spiketraffic.h"
#include "workspace/selection.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>

using namespace genscope;
using namespace genscope::test;

namespace {

constexpr std::int64_t kHourUs = 3'600'000'000;
constexpr std::int64_t kLeastCalls = 20;

struct Interval
{
    std::string model;
    std::int64_t fromUs;
    std::int64_t toUs;
};

/// How a method did over some runs.
struct Tally
{
    int counted = 0;
    int found = 0;
    int falseOnes = 0;
    double modelMonths = 0;
    std::vector<double> edges; ///< minutes by which beginnings and ends are off
};

struct Run
{
    QueryContext context;
    RowSet rows;
    std::vector<KnownSpike> spikes;
    SpikeMeasure measure = SpikeMeasure::LatencyP95;
};

[[noreturn]] void fail(const QString &message)
{
    std::fprintf(stderr, "%s\n", qPrintable(message));
    std::exit(1);
}

std::vector<Interval> ours(const Run &run, SpikeSensitivity sensitivity)
{
    SpikeQuery query;
    query.by = *Field::parse("model");
    query.sensitivity = sensitivity;
    query.measure = run.measure;
    const auto spikes = findSpikes(query, run.rows, run.context);
    if (!spikes)
        fail(spikes.error().message);
    std::vector<Interval> intervals;
    for (const Spike &spike : *spikes)
        intervals.push_back({std::get<std::string>(spike.value), spike.from.us, spike.to.us});
    return intervals;
}

/// By model and bucket of the calls' start: the mean latency of successful ones, the share of failed ones, or
/// the sum of costs.
using Means = std::map<std::string, std::map<std::int64_t, double>>;
Means meansOf(const Run &run, std::int64_t widthUs)
{
    std::map<std::string, std::map<std::int64_t, std::pair<double, int>>> sums;
    const Snapshot &snapshot = *run.context.data.snapshot;
    run.rows.forEach([&](std::size_t row) {
        const double latency = snapshot.realAt(row, RealField::Latency);
        const bool fails = (snapshot.intAt(row, IntField::Flags) & IsErrorFlag) != 0;
        if (snapshot.intAt(row, IntField::Kind) != static_cast<std::int64_t>(EventKind::Generation) ||
            !(latency >= 0) || (fails && run.measure != SpikeMeasure::ErrorRate))
            return;
        const double value = run.measure == SpikeMeasure::ErrorRate ? (fails ? 1.0 : 0.0)
                             : run.measure == SpikeMeasure::Cost
                                 ? static_cast<double>(snapshot.intAt(row, IntField::ReportedTotal)) / 1e12
                                 : latency;
        const std::int64_t start = snapshot.intAt(row, IntField::Timestamp) - std::llround(latency * 1e6);
        auto &sum = sums[std::string(snapshot.textAt(row, IntField::Model))][start / widthUs];
        sum.first += value;
        ++sum.second;
    });
    Means means;
    for (const auto &[model, buckets] : sums) {
        for (const auto &[bucket, sum] : buckets)
            means[model][bucket] = run.measure == SpikeMeasure::Cost ? sum.first : sum.first / sum.second;
    }
    return means;
}

struct Moments
{
    double mean = 0;
    double deviation = 0;
    std::size_t count = 0;
};
template<typename Iterator>
Moments momentsOf(Iterator begin, Iterator end)
{
    Moments moments;
    double squares = 0;
    for (auto it = begin; it != end; ++it) {
        ++moments.count;
        moments.mean += it->second;
        squares += it->second * it->second;
    }
    const double count = std::max<double>(1, static_cast<double>(moments.count));
    moments.mean /= count;
    moments.deviation = std::sqrt(std::max(0.0, squares / count - moments.mean * moments.mean));
    return moments;
}

/// Neighbouring buckets that a rule flags make one interval.
/// @param isHigh  given a bucket's mean, the moments of all buckets and of those of the day before it
std::vector<Interval> byRule(const Means &means, std::int64_t widthUs,
                             const std::function<bool(double, const Moments &, const Moments &)> &isHigh)
{
    std::vector<Interval> intervals;
    for (const auto &[model, buckets] : means) {
        const Moments all = momentsOf(buckets.begin(), buckets.end());
        for (auto it = buckets.begin(); it != buckets.end(); ++it) {
            const Moments before = momentsOf(buckets.lower_bound(it->first - 24 * kHourUs / widthUs), it);
            if (!isHigh(it->second, all, before))
                continue;
            const std::int64_t from = it->first * widthUs;
            if (!intervals.empty() && intervals.back().model == model && intervals.back().toUs == from)
                intervals.back().toUs += widthUs;
            else
                intervals.push_back({model, from, from + widthUs});
        }
    }
    return intervals;
}

void count(const Run &run, const std::vector<Interval> &intervals, double modelMonths, Tally &tally)
{
    const auto meet = [](const Interval &interval, const KnownSpike &spike) {
        return interval.model == spike.model && interval.fromUs < spike.toUs && spike.fromUs < interval.toUs;
    };
    tally.modelMonths += modelMonths;
    for (const KnownSpike &spike : run.spikes) {
        if (spike.calls < kLeastCalls || spike.factor < 2)
            continue;
        ++tally.counted;
        const auto found = std::find_if(intervals.begin(), intervals.end(),
                                        [&](const Interval &interval) { return meet(interval, spike); });
        if (found == intervals.end()) {
            if (std::getenv("SHOW_MISSED") != nullptr)
                std::printf("missed %s %lld calls, factor %.1f, %s to %s\n", spike.model.c_str(),
                            static_cast<long long>(spike.calls), spike.factor,
                            isoTime({spike.fromUs}).c_str(), isoTime({spike.toUs}).c_str());
            continue;
        }
        ++tally.found;
        tally.edges.push_back(std::abs(static_cast<double>(found->fromUs - spike.fromUs)) / 6e7);
        tally.edges.push_back(std::abs(static_cast<double>(found->toUs - spike.toUs)) / 6e7);
    }
    for (const Interval &interval : intervals) {
        if (std::none_of(run.spikes.begin(), run.spikes.end(),
                         [&](const KnownSpike &spike) { return meet(interval, spike); }))
            ++tally.falseOnes;
    }
}

double modelMonthsOf(const Run &run)
{
    const Snapshot &snapshot = *run.context.data.snapshot;
    const double days = static_cast<double>(snapshot.lastTimestamp()->us - snapshot.firstTimestamp()->us) /
                        static_cast<double>(kMicrosPerDay);
    return static_cast<double>(meansOf(run, 1LL << 62).size()) * days / 30;
}

/// A method by name, to be counted over runs.
using Tallies = std::vector<std::pair<std::string, Tally>>;

void evaluate(const Run &run, Tallies &tallies)
{
    std::size_t next = 0;
    const double months = modelMonthsOf(run);
    const auto add = [&](const std::string &name, const std::vector<Interval> &intervals) {
        if (tallies.size() == next)
            tallies.emplace_back(name, Tally());
        count(run, intervals, months, tallies[next++].second);
    };
    for (const auto sensitivity : {SpikeSensitivity::Low, SpikeSensitivity::Medium, SpikeSensitivity::High})
        add(std::string("genscope, ").append(spikeSensitivityName(sensitivity)), ours(run, sensitivity));
    for (const std::int64_t minutes : {60, 15}) {
        const std::int64_t widthUs = minutes * 60'000'000;
        const Means means = meansOf(run, widthUs);
        const std::string width = std::to_string(minutes).append(" min");
        add("mean + 3 sigma, " + width,
            byRule(means, widthUs, [](double value, const Moments &all, const Moments &) {
                return value > all.mean + 3 * all.deviation;
            }));
        add("rolling z-score > 3, " + width,
            byRule(means, widthUs, [](double value, const Moments &, const Moments &before) {
                return before.count >= 4 && value > before.mean + 3 * before.deviation;
            }));
        add("5 x rolling average, " + width,
            byRule(means, widthUs, [](double value, const Moments &, const Moments &before) {
                return before.count >= 4 && value > 5 * before.mean;
            }));
    }
}

void print(const char *title, Tallies &tallies)
{
    std::printf(
        "\n%s\n\n| method | spikes | found | recall | false | false per model and 30 days | edges off, "
        "median min |\n|---|---|---|---|---|---|---|\n",
        title);
    for (auto &[name, tally] : tallies) {
        std::sort(tally.edges.begin(), tally.edges.end());
        const std::string recall =
            tally.counted > 0
                ? QString::number(static_cast<double>(tally.found) / tally.counted, 'f', 3).toStdString()
                : std::string("-");
        const std::string edges =
            tally.edges.empty() ? std::string("-")
                                : QString::number(tally.edges[tally.edges.size() / 2], 'f', 1).toStdString();
        std::printf("| %s | %d | %d | %s | %d | %.3f | %s |\n", name.c_str(), tally.counted, tally.found,
                    recall.c_str(), tally.falseOnes, tally.falseOnes / tally.modelMonths, edges.c_str());
    }
    std::fflush(stdout);
}

Run runOf(std::shared_ptr<const Snapshot> snapshot, std::vector<KnownSpike> spikes,
          SpikeMeasure measure = SpikeMeasure::LatencyP95)
{
    Run run;
    run.measure = measure;
    run.rows = RowSet(snapshot->rows(), true);
    run.context = makeQueryContext(std::move(snapshot), nullptr, {}, {});
    run.spikes = std::move(spikes);
    return run;
}

void measureMadeUp(const TrafficOptions &base, std::uint32_t firstSeed, std::uint32_t lastSeed)
{
    Tallies loud;
    Tallies quiet;
    for (std::uint32_t seed = firstSeed; seed <= lastSeed; ++seed) {
        TrafficOptions options = base;
        options.seed = seed;
        Traffic traffic = makeTraffic(options);
        evaluate(runOf(traffic.snapshot, traffic.spikes, base.measure), loud);
        options.spikes = 0;
        options.seed = seed + 1'000'000;
        evaluate(runOf(makeTraffic(options).snapshot, {}, base.measure), quiet);
    }
    std::printf("Made-up traffic: seeds %u to %u, %zu generations in %d days each\n", firstSeed, lastSeed,
                base.generations, base.days);
    print("With spikes:", loud);
    print("Quiet:", quiet);
}

std::vector<KnownSpike> readTruth(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        fail(path + QLatin1String(": cannot be read"));
    const QJsonObject truth = QJsonDocument::fromJson(file.readAll()).object();
    std::vector<KnownSpike> spikes;
    for (const QJsonValue &value : truth[QLatin1String("latency_spikes")].toArray()) {
        const auto time = [&](const char *key) {
            return parseIsoTime(value[QLatin1String(key)].toString().toStdString())->instant().us;
        };
        spikes.push_back({value[QLatin1String("model")].toString().toStdString(), time("start"), time("end"),
                          value[QLatin1String("factor")].toDouble(),
                          static_cast<std::int64_t>(value[QLatin1String("ok_events")].toDouble())});
    }
    return spikes;
}

std::shared_ptr<const Snapshot> snapshotOf(const QString &store)
{
    const auto reader = StoreReader::open(store);
    if (!reader)
        fail(reader.error().message);
    const auto snapshot = (*reader)->loadSnapshot({});
    if (!snapshot)
        fail(snapshot.error().message);
    return *snapshot;
}

void measureDumps(const QStringList &paths)
{
    Tallies loud;
    Tallies quiet;
    for (qsizetype i = 0; i + 1 < paths.size(); i += 2) {
        const QTemporaryDir folder;
        const QString store = folder.filePath(QStringLiteral("dump.genscope"));
        const auto report = importDumps(store, {paths[i]}, {}, {});
        if (!report)
            fail(report.error().message);
        std::vector<KnownSpike> spikes = readTruth(paths[i + 1]);
        const bool isQuiet = spikes.empty();
        evaluate(runOf(snapshotOf(store), std::move(spikes)), isQuiet ? quiet : loud);
    }
    if (!loud.empty())
        print("Dumps with spikes:", loud);
    if (!quiet.empty())
        print("Quiet dumps:", quiet);
}

void measureTime(const QString &store)
{
    const Run run = runOf(snapshotOf(store), {});
    for (const std::string_view name : spikeMeasureNames()) {
        std::vector<double> times;
        std::size_t found = 0;
        for (int i = 0; i < 5; ++i) {
            SpikeQuery query;
            query.by = *Field::parse("model");
            query.measure = *spikeMeasureFromName(name);
            const auto begin = std::chrono::steady_clock::now();
            const auto spikes = findSpikes(query, run.rows, run.context);
            times.push_back(
                std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
            found = spikes ? spikes->size() : 0;
        }
        std::sort(times.begin(), times.end());
        std::printf("%-12.*s by model: median %.0f ms, slowest %.0f ms, %zu spikes\n",
                    static_cast<int>(name.size()), name.data(), times[times.size() / 2], times.back(), found);
    }
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QStringList arguments = application.arguments().mid(1);
    if (arguments.value(0) == QLatin1String("--dump")) {
        measureDumps(arguments.mid(1));
        return 0;
    }
    if (arguments.value(0) == QLatin1String("--time")) {
        measureTime(arguments.value(1));
        return 0;
    }
    TrafficOptions options;
    std::uint32_t first = 101;
    std::uint32_t last = 120;
    for (qsizetype i = 0; i + 1 < arguments.size(); i += 2) {
        const QString &value = arguments[i + 1];
        if (arguments[i] == QLatin1String("--days"))
            options.days = value.toInt();
        else if (arguments[i] == QLatin1String("--generations"))
            options.generations = value.toULongLong();
        else if (arguments[i] == QLatin1String("--measure"))
            options.measure = spikeMeasureFromName(value.toStdString()).value_or(options.measure);
        else if (arguments[i] == QLatin1String("--seeds")) {
            first = value.section(QLatin1Char('-'), 0, 0).toUInt();
            last = value.section(QLatin1Char('-'), -1).toUInt();
        }
    }
    measureMadeUp(options, first, last);
    return 0;
}

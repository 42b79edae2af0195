// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Median times of dashboard queries over a made-up snapshot:
//     bench_query [ROWS] [RUNS]
// Run it under `taskset -c 0` to measure one thread.

#include "support/querytext.h"

#include "analytics/query.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>

using namespace genscope;
using genscope::test::QueryText;

namespace {

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// A week of a busy service: a fifth of the events are spans, the rest calls of twenty models.
class Synthesis
{
public:
    explicit Synthesis(std::size_t rows) : m_rows(rows) {}

    std::shared_ptr<const Snapshot> make()
    {
        const auto start = parseIsoTime("2025-03-27T00:00:00Z")->instant().us;
        SegmentBuilder builder;
        std::vector<std::shared_ptr<const Segment>> segments;
        for (std::size_t i = 0; i < m_rows; ++i) {
            const auto step =
                static_cast<std::int64_t>(i) * 7 * kMicrosPerDay / static_cast<std::int64_t>(m_rows);
            builder.append(row(start + step));
            if (builder.full()) {
                segments.push_back(builder.freeze());
                builder.clear();
            }
        }
        if (builder.rows() > 0)
            segments.push_back(builder.freeze());
        std::array<DictionaryView, kDictFieldCount> views;
        for (std::size_t field = 0; field < views.size(); ++field)
            views[field] = m_dictionaries[field].view();
        return std::make_shared<const Snapshot>(std::move(segments), std::move(views),
                                                std::vector<std::string>{"company"},
                                                std::vector<std::pair<std::uint32_t, std::uint32_t>>{});
    }

private:
    std::int64_t code(DictField field, const char *prefix, std::uint64_t number)
    {
        return m_dictionaries[static_cast<std::size_t>(field)].intern(
            std::string(prefix).append(std::to_string(number)));
    }
    std::uint64_t below(std::uint64_t count) { return m_random() % count; }
    std::uint64_t skewed(std::uint64_t count)
    {
        const double unit = static_cast<double>(m_random() >> 11) / 9007199254740992.0;
        return static_cast<std::uint64_t>(unit * unit * static_cast<double>(count));
    }

    FactRow row(std::int64_t timeUs)
    {
        FactRow row;
        const std::uint64_t number = ++m_number;
        row.uuid = Uuid::derivedFrom(std::to_string(number));
        row[IntField::Timestamp] = timeUs - static_cast<std::int64_t>(below(5'000'000));
        const bool span = below(5) == 0;
        row[IntField::Kind] = static_cast<std::int64_t>(span ? EventKind::Span : EventKind::Generation);
        row[IntField::EventName] = code(DictField::EventName, span ? "$ai_span" : "$ai_generation", 0);
        const std::uint64_t user = skewed(m_rows / 25 + 1);
        row[IntField::DistinctId] = code(DictField::DistinctId, "user-", user);
        row[IntField::PersonId] = code(DictField::PersonId, "5f0c2d3e-person-", user);
        row[IntField::Trace] = code(DictField::Trace, "a517e799-c5c6-432f-trace-", number / 3);
        row[IntField::Session] = code(DictField::Session, "session-", number / 20);
        row[groupIntField(0)] = code(DictField::Group0, "company-", skewed(500));
        if (!span)
            addCall(row);
        return row;
    }

    void addCall(FactRow &row)
    {
        const std::uint64_t model = skewed(20);
        row[IntField::Model] = code(DictField::Model, "model-", model);
        row[IntField::Provider] = code(DictField::Provider, "provider-", model % 5);
        row[IntField::Lib] = code(DictField::Lib, "posthog-ai", 0);
        if (below(10) == 0)
            row[IntField::Tools] = code(DictField::Tools, "search,tool-", below(30));
        const bool error = below(40) == 0;
        row[IntField::HttpStatus] = error ? (below(2) == 0 ? 429 : 500) : 200;
        row[IntField::Flags] = error ? IsErrorFlag | StreamKnownFlag : StreamKnownFlag;
        const double latency = std::exp(m_normal(m_random) * 0.8 + 0.5 + static_cast<double>(model) * 0.05);
        row[RealField::Latency] = std::round(latency * 1000) / 1000;
        row[RealField::TimeToFirstToken] = std::round(latency * 200) / 1000;
        if (error)
            return;
        row[IntField::InputTokens] = static_cast<std::int64_t>(below(8000));
        row[IntField::OutputTokens] = static_cast<std::int64_t>(below(900));
        row[IntField::CacheReadTokens] = static_cast<std::int64_t>(below(2000));
        if (model == 19)
            return; // not in the price book
        row[IntField::BookInput] = row[IntField::InputTokens] * 2'500'000;
        row[IntField::BookOutput] = row[IntField::OutputTokens] * 10'000'000;
        if (model % 4 == 0)
            row[IntField::ReportedTotal] = row[IntField::BookInput] + row[IntField::BookOutput];
    }

    std::size_t m_rows;
    std::uint64_t m_number = 0;
    std::array<Dictionary, kDictFieldCount> m_dictionaries;
    std::mt19937_64 m_random{42};
    std::normal_distribution<double> m_normal;
};

struct Case
{
    const char *name;
    QueryText query;
};

const std::vector<Case> &cases()
{
    constexpr auto kDay = Interval::Day;
    static const std::vector<Case> kCases = {
        {"generations by day", {.measures = "generations", .interval = kDay}},
        {"traces by day", {.measures = "traces", .interval = kDay}},
        {"users by day", {.measures = "users", .interval = kDay}},
        {"cost", {.measures = "cost"}},
        {"cost by day", {.measures = "cost", .interval = kDay}},
        {"cost per user by day", {.measures = "cost_per_user", .interval = kDay}},
        {"cost by model", {.measures = "cost", .by = "model", .top = 25}},
        {"errors by day", {.measures = "errors", .interval = kDay}},
        {"p50 by model and day", {.measures = "latency_p50", .by = "model", .interval = kDay}},
        {"p50 by model and day, top 10",
         {.measures = "latency_p50", .by = "model", .interval = kDay, .top = 10}},
        {"generations by status", {.measures = "generations", .by = "http_status"}},
        {"p50 p95 p99 by model and hour",
         {.measures = "latency_p50,latency_p95,latency_p99", .by = "model", .interval = Interval::Hour}},
        {"p50 p95 p99", {.measures = "latency_p50,latency_p95,latency_p99"}},
        {"cost by customer, top 10", {.measures = "cost", .by = "customer", .top = 10}},
        {"cost by user, top 10", {.measures = "cost", .by = "user", .top = 10}},
        {"cost by user", {.measures = "cost", .by = "user"}},
        {"generations by tool", {.measures = "generations", .by = "tool"}},
        {"generations by hour of day", {.measures = "generations", .by = "hour_of_day"}},
        {"traces and users by user and model", {.measures = "traces,users", .by = "user,model"}},
        {"tokens by minute", {.measures = "total_tokens,cache_hit_rate", .interval = Interval::Minute}},
    };
    return kCases;
}

/// Processor time of all threads, which other processes hardly disturb.
double processorMilliseconds()
{
    return static_cast<double>(std::clock()) * 1000.0 / CLOCKS_PER_SEC;
}

double medianOf(std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

template<typename Work>
void timeIt(const char *name, int runs, Work work)
{
    std::vector<double> times;
    std::vector<double> processor;
    for (int run = 0; run < runs; ++run) {
        const auto start = Clock::now();
        const double processorStart = processorMilliseconds();
        work();
        times.push_back(millisecondsSince(start));
        processor.push_back(processorMilliseconds() - processorStart);
    }
    std::printf("%-38s median %8.2f ms   processor %8.2f ms   first %8.2f ms\n", name, medianOf(times),
                medianOf(processor), times.front());
}

} // namespace

int main(int argc, char **argv)
{
    const auto rows = static_cast<std::size_t>(argc > 1 ? std::atoll(argv[1]) : 1'000'000);
    const int runs = argc > 2 ? std::atoi(argv[2]) : 15;
    auto start = Clock::now();
    const auto snapshot = Synthesis(rows).make();
    std::printf("%zu rows made in %.0f ms, %.1f MB\n", rows, millisecondsSince(start),
                static_cast<double>(snapshot->memoryBytes()) / 1e6);

    start = Clock::now();
    std::string bytes;
    for (const auto &segment : snapshot->segments())
        bytes += segment->serialize();
    std::printf("serialized in %.0f ms, %.1f MB\n", millisecondsSince(start),
                static_cast<double>(bytes.size()) / 1e6);

    Scope scope;
    scope.zone = *Zone::named("Europe/Berlin");
    const auto context = makeQueryContext(snapshot, nullptr, scope, StopToken());
    timeIt("users of a new snapshot", 1, [&] { snapshot->users(); });
    timeIt("select a day of the week", runs, [&] {
        Scope day = scope;
        day.range = {parseIsoTime("2025-03-28T00:30:00Z")->instant(),
                     parseIsoTime("2025-03-29T00:30:00Z")->instant()};
        return selectRows(day, context).ok();
    });
    const auto selected = selectRows(scope, context);
    for (const Case &each : cases()) {
        const Query query = each.query.query();
        timeIt(each.name, runs, [&] {
            if (!runQuery(query, scope, *selected, context))
                std::abort();
        });
    }
    return 0;
}

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// How long filters, roll-ups, orders and lists take on a million events in 250,000 traces:
// bench_lists [EVENTS]. Prints the median and the slowest of some runs.

#include "analytics/lists.h"
#include "analytics/rollup.h"
#include "support/snapshotbuilder.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>

using namespace genscope;
using namespace genscope::test;

namespace {

using Clock = std::chrono::steady_clock;
constexpr int kRuns = 9;

/// Wall clock, and processor time of all threads: on a busy machine only the second says much.
template<typename Work>
void measure(const char *name, Work work)
{
    std::vector<double> wall, processor;
    for (int run = 0; run < kRuns; ++run) {
        const auto begin = Clock::now();
        const std::clock_t processorBegin = std::clock();
        work();
        processor.push_back(1000.0 * static_cast<double>(std::clock() - processorBegin) / CLOCKS_PER_SEC);
        wall.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    }
    std::sort(wall.begin(), wall.end());
    std::sort(processor.begin(), processor.end());
    std::printf("%-56s median %8.2f ms, slowest %8.2f ms, processor %8.2f ms\n", name, wall[kRuns / 2],
                wall.back(), processor[kRuns / 2]);
}

std::string numbered(std::string prefix, std::size_t number)
{
    return prefix.append(std::to_string(number));
}

TestEvent makeEvent(std::size_t index, std::mt19937 &random)
{
    static const char *const kModels[] = {"gpt-4o", "gpt-4o-mini", "claude-sonnet-4", "gemini-2.5-pro",
                                          "llama-3.3-70b"};
    static const char *const kTools[] = {"search", "search,fetch", "write", "fetch,write"};
    const std::size_t trace = index / 4;
    const auto pick = [&](std::size_t count) { return random() % count; };
    TestEvent event;
    event.time = isoTime({1'748'000'000'000'000 + static_cast<std::int64_t>(index) * 2'500'000 +
                          static_cast<std::int64_t>(pick(1'000'000))});
    event.trace = numbered("0197c3a4-trace-", trace);
    event.session = numbered("session-", trace / 5);
    event.user = pick(50) == 0 ? event.trace : numbered("user-", trace * 7919 % 20'000);
    event.groups = {{"company", numbered("company-", trace * 7919 % 500)}};
    if (index % 4 == 3) {
        event.kind = EventKind::Trace;
        event.spanName = numbered("workflow-", trace % 40);
        event.root = true;
        return event;
    }
    event.spanName = numbered("step-", pick(30));
    event.model = kModels[pick(5)];
    event.provider = pick(2) == 0 ? "openai" : "anthropic";
    if (pick(3) == 0)
        event.tools = kTools[pick(4)];
    event.latency = static_cast<double>(100 + pick(8000)) / 1000;
    event.input = static_cast<std::int64_t>(pick(8000));
    event.output = static_cast<std::int64_t>(pick(1000));
    event.reportedCost = static_cast<double>(pick(40'000)) / 1e6;
    event.status = 200;
    if (pick(50) == 0) {
        event.status = 429;
        event.error = numbered("Rate limit reached in region ", pick(30));
    }
    event.properties = {{"event.feature", numbered("chat feature ", pick(200))},
                        {"event.request", numbered("request-", index)}};
    return event;
}

class Bench
{
public:
    explicit Bench(std::size_t events)
    {
        std::mt19937 random(1);
        for (std::size_t i = 0; i < events; ++i)
            m_builder.add(makeEvent(i, random));
        m_context.data.snapshot = m_builder.build();
        m_context.data.source = &m_builder.source();
        m_all = RowSet(events, true);
        m_context.data.snapshot->users();
    }

    void filters()
    {
        for (const char *text :
             {"model = \"gpt-4o\"", "latency > 2s", "cost > 1c", "input_tokens in (1, 2, 3, 4)", "is_error",
              "timestamp >= \"2025-06-01\"", "user contains \"123\"", "trace ~ \"99[0-9]*7$\"",
              "trace = \"0197c3a4-trace-77\"", "tool = \"fetch\"",
              "model = \"gpt-4o\" and cost > 0.005 and not is_error", "http_status = \"429\"",
              "event.feature contains \"feature 17\"", "event.request ~ \"7[0-9]+3$\"",
              "event.request contains \"99\""}) {
            const Filter filter = *Filter::parse(text);
            matchRows(filter, m_context.data, *m_context.cache).ok(); // reads properties once
            measure(text, [&] { check(matchRows(filter, m_context.data, *m_context.cache)); });
        }
    }

    void rollups()
    {
        measure("summariseTraces", [&] { check(summariseTraces(m_all, m_context)); });
        measure("summariseSessions", [&] { check(summariseSessions(m_all, m_context)); });
    }

    void orders()
    {
        KindSet kinds;
        kinds.set();
        for (const char *name : {"timestamp", "cost", "latency", "model", "user", "trace", "event.request"}) {
            const Field field = *Field::parse(name);
            measure(std::string("sortedRows by ").append(name).c_str(),
                    [&] { check(sortedRows(m_all, kinds, field, true, m_context)); });
        }
    }

    void lists()
    {
        for (int kind = 0; kind <= static_cast<int>(ListKind::Embeddings); ++kind) {
            ListQuery query;
            query.kind = static_cast<ListKind>(kind);
            query.limit = 100;
            measure(std::string("list ").append(listKindName(query.kind)).c_str(),
                    [&] { check(runList(query, Scope(), m_all, m_context)); });
        }
    }

private:
    template<typename Answer>
    static void check(const Answer &answer)
    {
        if (!answer) {
            std::fprintf(stderr, "%s\n", qPrintable(answer.error().message));
            std::exit(1);
        }
    }

    SnapshotBuilder m_builder;
    QueryContext m_context;
    RowSet m_all;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    Bench bench(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000);
    bench.filters();
    bench.rollups();
    bench.orders();
    bench.lists();
    return 0;
}

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/rollup.h"
#include "support/snapshotbuilder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>

using namespace genscope;
using namespace genscope::test;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

/// Events of traces and their sums.
class Traces
{
public:
    explicit Traces(const std::vector<TestEvent> &events) : m_builder(events)
    {
        m_context.data.snapshot = m_builder.build();
        m_context.data.source = &m_builder.source();
    }

    const Snapshot &snapshot() const { return *m_context.data.snapshot; }
    const QueryContext &context() const { return m_context; }
    RowSet all() const { return RowSet(snapshot().rows(), true); }

    std::vector<TraceSummary> summaries(const RowSet &rows) const
    {
        auto result = summariseTraces(rows, m_context);
        EXPECT_TRUE(result.ok());
        return result ? std::move(*result) : std::vector<TraceSummary>();
    }
    TraceSummary only() const
    {
        const auto list = summaries(all());
        EXPECT_EQ(list.size(), 1u);
        return list.empty() ? TraceSummary() : list.front();
    }
    std::string_view text(DictField field, std::uint32_t code) const
    {
        return snapshot().dictionary(field).at(code);
    }
    std::vector<std::string> ids(const RowSet &rows) const
    {
        std::vector<std::string> ids;
        for (const TraceSummary &trace : summaries(rows))
            ids.emplace_back(text(DictField::Trace, trace.trace));
        return ids;
    }

private:
    SnapshotBuilder m_builder;
    QueryContext m_context;
};

std::string numbered(std::string prefix, std::size_t number)
{
    return prefix.append(std::to_string(number));
}

RowSet rowsOf(std::size_t size, std::initializer_list<std::size_t> members)
{
    RowSet rows(size);
    for (const std::size_t row : members)
        rows.set(row);
    return rows;
}

TEST(TraceRollup, SumsByKind)
{
    const Traces traces({
        {.time = "2025-06-02T10:00:05Z",
         .trace = "t",
         .isError = true,
         .input = 100,
         .output = 20,
         .reportedCost = 0.5},
        {.time = "2025-06-02T10:00:01Z",
         .kind = EventKind::Embedding,
         .trace = "t",
         .input = 7,
         .reportedCost = 0.25},
        {.time = "2025-06-02T10:00:03Z",
         .kind = EventKind::Span,
         .trace = "t",
         .isError = true,
         .input = 1000,
         .reportedCost = 9.0},
        {.time = "2025-06-02T10:00:09Z",
         .kind = EventKind::Trace,
         .trace = "t",
         .input = 1000,
         .reportedCost = 9.0},
        {.time = "2025-06-02T10:00:00Z", .trace = "", .input = 1},
    });
    const TraceSummary trace = traces.only();
    EXPECT_EQ(trace.events, 4);
    EXPECT_EQ(trace.generations, 1);
    EXPECT_EQ(trace.embeddings, 1);
    EXPECT_EQ(trace.spans, 1);
    EXPECT_EQ(trace.errors, 2);
    EXPECT_EQ(trace.inputTokens, 107) << "generations and embeddings only";
    EXPECT_EQ(trace.outputTokens, 20);
    EXPECT_EQ(trace.costPico, 750'000'000'000);
    EXPECT_EQ(isoTime({trace.firstSeenUs}), "2025-06-02T10:00:01+00:00");
    EXPECT_EQ(isoTime({trace.lastSeenUs}), "2025-06-02T10:00:09+00:00");
}

TEST(TraceRollup, BeginsWithItsFirstStepAndEndsWithItsLast)
{
    const TraceSummary stampedAtTheEnd =
        Traces({{.time = "2025-06-02T10:00:03Z", .trace = "t", .latency = 2.0},
                {.time = "2025-06-02T10:00:04Z", .trace = "t", .latency = 0.5}})
            .only();
    EXPECT_EQ(isoTime({stampedAtTheEnd.startedUs}), "2025-06-02T10:00:01+00:00");
    EXPECT_EQ(isoTime({stampedAtTheEnd.endedUs}), "2025-06-02T10:00:04+00:00");
    const TraceSummary openTelemetry =
        Traces({{.time = "2025-06-02T10:00:03Z", .trace = "t", .startsAtTimestamp = true, .latency = 2.0}})
            .only();
    EXPECT_EQ(isoTime({openTelemetry.startedUs}), "2025-06-02T10:00:03+00:00");
    EXPECT_EQ(isoTime({openTelemetry.endedUs}), "2025-06-02T10:00:05+00:00");
    EXPECT_EQ(isoTime({openTelemetry.lastSeenUs}), "2025-06-02T10:00:03+00:00");
}

TEST(TraceRollup, WhatNoEventSaysIsMissing)
{
    const TraceSummary trace = Traces({{.trace = "t"}, {.trace = "t", .isError = true}}).only();
    EXPECT_EQ(trace.inputTokens, kMissing);
    EXPECT_EQ(trace.costPico, kMissing);
    EXPECT_EQ(trace.unpriced, 1) << "an error without tokens costs nothing";
    EXPECT_TRUE(std::isnan(trace.latencyWall));
    EXPECT_TRUE(std::isnan(trace.latencyPostHog));
    EXPECT_EQ(trace.user, 0u);
}

TEST(TraceRollup, ListsTracesWithAnEventInTheRowsOverAllTheirEvents)
{
    const Traces traces({
        {.time = "2025-06-02T10:00Z", .trace = "old", .input = 1},
        {.time = "2025-06-02T12:00Z", .trace = "new", .input = 2},
        {.time = "2025-06-02T11:00Z", .trace = "old", .input = 4},
        {.time = "2025-06-02T09:00Z", .trace = "other", .input = 8},
    });
    EXPECT_THAT(traces.ids(traces.all()), ElementsAre("new", "old", "other"))
        << "by first event, newest first";
    EXPECT_THAT(traces.ids(rowsOf(4, {2})), ElementsAre("old"));
    EXPECT_EQ(traces.summaries(rowsOf(4, {2})).front().inputTokens, 5);
    EXPECT_THAT(traces.ids(rowsOf(4, {})), IsEmpty());
}

TEST(TraceRollup, PostHogLatencyIsTheSumOfGenerationsIfNothingElseTookTime)
{
    EXPECT_EQ(Traces({{.trace = "t", .latency = 1.0},
                      {.trace = "t", .latency = 2.0},
                      {.kind = EventKind::Span, .trace = "t", .latency = 0.0}})
                  .only()
                  .latencyPostHog,
              3.0);
    // Else that of the trace's direct children and of the trace event itself: counted twice, as there.
    EXPECT_EQ(Traces({{.kind = EventKind::Trace, .trace = "t", .root = true, .latency = 5.0},
                      {.kind = EventKind::Span, .trace = "t", .root = true, .latency = 4.0},
                      {.trace = "t", .latency = 2.0}})
                  .only()
                  .latencyPostHog,
              9.0);
}

TEST(TraceRollup, WallLatencyIsTheUnionOfIntervals)
{
    // Ends at :05 after 3 s, ends at :06 after 2 s: 02..06. Starts at :08 (OTel) for 1 s: 08..09.
    const Traces traces({
        {.time = "2025-06-02T10:00:05Z", .trace = "t", .latency = 3.0},
        {.time = "2025-06-02T10:00:08Z", .trace = "t", .startsAtTimestamp = true, .latency = 1.0},
        {.time = "2025-06-02T10:00:06Z", .trace = "t", .latency = 2.0},
        {.time = "2025-06-02T10:00:20Z", .trace = "t"},
        {.time = "2025-06-02T10:00:20Z", .trace = "t", .latency = 0.0},
    });
    EXPECT_EQ(traces.only().latencyWall, 5.0);
}

TEST(TraceRollup, NameAndUserComeFromTheTraceEventElseFromTheEarliest)
{
    const Traces steps({
        {.time = "2025-06-02T10:03Z", .user = "late", .trace = "t", .spanName = "late"},
        {.time = "2025-06-02T10:01Z",
         .user = "early",
         .trace = "t",
         .session = "s1",
         .spanName = "early",
         .groups = {{"company", "acme"}}},
        {.time = "2025-06-02T10:00Z", .user = "t", .trace = "t"},
        {.time = "2025-06-02T10:02Z", .trace = "t", .session = "s2"},
    });
    const TraceSummary trace = steps.only();
    EXPECT_EQ(steps.text(DictField::SpanName, trace.name), "early");
    EXPECT_EQ(steps.text(DictField::Session, trace.session), "s1");
    EXPECT_EQ(steps.text(DictField::Group0, trace.customer), "acme");
    EXPECT_EQ(steps.text(DictField::DistinctId, steps.snapshot().users().distinctIdOfKey[trace.user]),
              "early");

    const Traces own({
        {.time = "2025-06-02T10:01Z", .user = "early", .trace = "t", .spanName = "early"},
        {.time = "2025-06-02T10:03Z",
         .kind = EventKind::Trace,
         .user = "owner2",
         .trace = "t",
         .spanName = "trace 2"},
        {.time = "2025-06-02T10:02Z",
         .kind = EventKind::Trace,
         .user = "owner",
         .trace = "t",
         .spanName = "trace"},
        {.time = "2025-06-02T10:00Z", .user = "earliest", .trace = "t", .spanName = "earliest"},
    });
    EXPECT_EQ(own.text(DictField::SpanName, own.only().name), "trace");
    EXPECT_EQ(own.text(DictField::DistinctId, own.snapshot().users().distinctIdOfKey[own.only().user]),
              "owner");
}

TEST(TraceRollup, ToolsAreTheDistinctOnesOfGenerations)
{
    const Traces traces({
        {.trace = "t", .tools = "search,fetch"},
        {.trace = "t", .tools = "fetch,write"},
        {.trace = "t", .tools = "search,fetch"},
        {.kind = EventKind::Span, .trace = "t", .tools = "ignored"},
    });
    const auto reader = traces.context().cache->open(*Field::parse("tool"), traces.context().data);
    std::vector<std::string> names;
    for (const std::uint32_t tool : traces.only().tools)
        names.emplace_back((*reader)->member(tool));
    EXPECT_THAT(names, testing::UnorderedElementsAre("search", "fetch", "write"));
}

TEST(TraceRollup, StopsWhenAsked)
{
    const Traces traces({{.trace = "t"}});
    traces.context().data.stop.requestStop();
    const auto result = summariseTraces(traces.all(), traces.context());
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind, Error::Kind::Cancelled);
}

TEST(TraceRollup, AgreesWithTheObviousWayOnRandomTraces)
{
    std::mt19937 random(17);
    std::vector<TestEvent> events;
    for (int i = 0; i < 3000; ++i) {
        TestEvent event;
        event.time = isoTime({1'750'000'000'000'000 + static_cast<std::int64_t>(random() % 600'000) * 1000});
        event.kind = static_cast<EventKind>(random() % 4);
        event.trace = random() % 10 == 0 ? std::string() : numbered("t", random() % 200);
        event.startsAtTimestamp = random() % 3 == 0;
        if (random() % 4 != 0)
            event.latency = static_cast<double>(random() % 20'000) / 1000;
        if (random() % 4 != 0)
            event.reportedCost = static_cast<double>(random() % 100) / 1000;
        events.push_back(std::move(event));
    }
    const Traces traces(events);

    struct Expected
    {
        std::int64_t cost = kMissing;
        std::vector<bool> running =
            std::vector<bool>(700'000); ///< by millisecond from 50 s before the first event
    };
    std::map<std::string, Expected> expected;
    for (const TestEvent &event : events) {
        if (event.trace.empty())
            continue;
        Expected &trace = expected[event.trace];
        const bool spends = event.kind == EventKind::Generation || event.kind == EventKind::Embedding;
        if (spends && event.reportedCost)
            trace.cost = std::max<std::int64_t>(trace.cost, 0) + std::llround(*event.reportedCost * 1e12);
        if (!event.latency)
            continue;
        const std::int64_t time = parseIsoTime(event.time)->instant().us / 1000 - 1'750'000'000'000 + 50'000;
        const std::int64_t length = std::llround(*event.latency * 1000);
        const std::int64_t begin = event.startsAtTimestamp ? time : time - length;
        for (std::int64_t ms = begin; ms < begin + length; ++ms)
            trace.running[static_cast<std::size_t>(ms)] = true;
    }
    const auto summaries = traces.summaries(traces.all());
    ASSERT_EQ(summaries.size(), expected.size());
    for (const TraceSummary &summary : summaries) {
        const std::string id(traces.text(DictField::Trace, summary.trace));
        const Expected &trace = expected[id];
        EXPECT_EQ(summary.costPico, trace.cost) << id;
        const auto running = std::count(trace.running.begin(), trace.running.end(), true);
        if (!std::isnan(summary.latencyWall)) {
            EXPECT_NEAR(summary.latencyWall, static_cast<double>(running) / 1000, 1e-9) << id;
        }
    }
}

TEST(SessionRollup, SumsTheTracesOfWhichAnEventNamesTheSession)
{
    const Traces traces({
        {.time = "2025-06-02T10:00:02Z", .trace = "a", .session = "s", .latency = 2.0, .input = 1},
        {.time = "2025-06-02T10:00:03Z", .trace = "a", .latency = 2.0, .input = 2}, // of s through its trace
        {.time = "2025-06-02T10:00:12Z",
         .kind = EventKind::Trace,
         .trace = "b",
         .session = "s",
         .latency = 9.0},
        {.time = "2025-06-02T10:00:12Z", .trace = "b", .latency = 1.0, .input = 4},
        {.time = "2025-06-02T10:00:20Z", .session = "s", .input = 8}, // without a trace
        {.time = "2025-06-02T10:00:30Z", .trace = "c", .session = "other", .input = 16},
        {.time = "2025-06-02T10:00:30Z", .trace = "d", .input = 32},
        {.time = "2025-06-02T10:00:30Z", .input = 64},
    });
    const auto sessions = summariseSessions(rowsOf(8, {1, 6, 7}), traces.context());
    ASSERT_TRUE(sessions.ok());
    ASSERT_EQ(sessions->size(), 1u);
    const SessionSummary &session = sessions->front();
    EXPECT_EQ(traces.text(DictField::Session, session.totals.session), "s");
    EXPECT_EQ(session.traces, 2);
    EXPECT_EQ(session.totals.events, 5);
    EXPECT_EQ(session.totals.generations, 4);
    EXPECT_EQ(session.totals.inputTokens, 15);
    EXPECT_EQ(session.totals.latencyWall, 12.0 - 0.0) << "00..03 and 03..12";
    EXPECT_EQ(session.totals.latencyPostHog, 4.0 + 9.0) << "the steps of a; the trace event of b";

    const auto all = summariseSessions(traces.all(), traces.context());
    ASSERT_TRUE(all.ok());
    ASSERT_EQ(all->size(), 2u);
    EXPECT_EQ(traces.text(DictField::Session, all->front().totals.session), "other") << "newest first";
}

TEST(SessionRollup, RowsOfSessionsAndTraces)
{
    const Traces traces(
        {{.trace = "a", .session = "s"}, {.trace = "a"}, {.session = "s"}, {.trace = "b"}, {}});
    EXPECT_EQ(rowsOfSessions(rowsOf(5, {2}), traces.context())->words(), rowsOf(5, {0, 1, 2}).words());
    EXPECT_EQ(rowsOfTraces(rowsOf(5, {1, 2}), traces.context())->words(), rowsOf(5, {0, 1}).words());
    EXPECT_EQ(rowsOfTraces(rowsOf(5, {4}), traces.context())->count(), 0u);
}

struct Step
{
    std::string id;
    std::string parent;
};

/// The tree as lines, indented; steps are one second apart, in order, so that the first is the earliest.
std::string tree(const std::vector<Step> &steps, const std::vector<TestEvent> &events = {})
{
    std::vector<TestEvent> list = events;
    for (std::size_t i = list.size(); i < steps.size(); ++i)
        list.push_back({.time = isoTime({static_cast<std::int64_t>(i) * kMicrosPerSecond}),
                        .kind = EventKind::Span,
                        .trace = "t"});
    const Traces traces(list);
    const auto nodes = traceTree(
        traces.snapshot(), 1, [&](std::uint32_t row) { return steps[row].id; },
        [&](std::uint32_t row) { return steps[row].parent; });
    std::string lines;
    for (const TraceNode &node : nodes) {
        lines += std::string(static_cast<std::size_t>(node.depth), '.') + steps[node.row].id + "\n";
        const int depth = node.parent < 0 ? 0 : nodes[static_cast<std::size_t>(node.parent)].depth + 1;
        EXPECT_EQ(node.depth, depth);
    }
    return lines;
}

TEST(TraceTree, ParentsBeforeChildrenSiblingsByStart)
{
    EXPECT_EQ(tree({{"a", "t"}, {"b", "a"}, {"c", ""}, {"d", "b"}, {"e", "a"}}), "a\n.b\n..d\n.e\nc\n");
    EXPECT_EQ(tree({{"child", "root"}, {"root", "t"}}), "root\n.child\n")
        << "a parent is logged after its children";
}

TEST(TraceTree, OrphansComeAfterTheChildrenOfTheTrace)
{
    EXPECT_EQ(tree({{"lost", "gone"}, {"a", "t"}, {"b", "lost"}}), "a\nlost\n.b\n");
}

TEST(TraceTree, CyclesAreCutAtTheirEarliestEvent)
{
    EXPECT_EQ(tree({{"self", "self"}, {"a", "t"}}), "a\nself\n");
    EXPECT_EQ(tree({{"x", "z"}, {"y", "x"}, {"z", "y"}}), "x\n.y\n..z\n");
}

TEST(TraceTree, OfEqualIdsTheEarliestIsTheParent)
{
    EXPECT_EQ(tree({{"a", "t"}, {"a", "t"}, {"b", "a"}}), "a\n.b\na\n");
}

TEST(TraceTree, StartsAreTimestampLessLatencyAndMetricsStayOut)
{
    EXPECT_EQ(tree({{"late", ""}, {"early", ""}, {"otel", ""}, {"metric", ""}, {"feedback", ""}},
                   {{.time = "2025-06-02T10:00:05Z", .trace = "t"},
                    {.time = "2025-06-02T10:00:06Z", .trace = "t", .latency = 5.0},
                    {.time = "2025-06-02T10:00:02Z", .trace = "t", .startsAtTimestamp = true, .latency = 9.0},
                    {.kind = EventKind::Metric, .trace = "t"},
                    {.kind = EventKind::Feedback, .trace = "t"}}),
              "early\notel\nlate\n");
}

TEST(TraceTree, DeepChainsDoNotOverflowTheStack)
{
    std::vector<Step> steps;
    for (std::size_t i = 0; i < 30'000; ++i)
        steps.push_back({numbered("n", i), i == 0 ? "t" : numbered("n", i - 1)});
    std::vector<TestEvent> events(steps.size(),
                                  {.time = "2025-06-02", .kind = EventKind::Span, .trace = "t"});
    const Traces traces(events);
    const auto nodes = traceTree(
        traces.snapshot(), 1, [&](std::uint32_t row) { return steps[row].id; },
        [&](std::uint32_t row) { return steps[row].parent; });
    ASSERT_EQ(nodes.size(), steps.size());
    EXPECT_EQ(nodes.back().depth, 29'999);
}

TEST(TraceTree, NoTraceHasNoTree)
{
    const Traces traces({{}, {}});
    const auto nothing = [](std::uint32_t) { return std::string(); };
    EXPECT_THAT(traceTree(traces.snapshot(), 0, nothing, nothing), IsEmpty());
}

} // namespace

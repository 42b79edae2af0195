// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/dataissues.h"
#include "analytics/issueindex.h"
#include "support/snapshotbuilder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>
#include <set>

using namespace genscope;
using namespace genscope::test;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

/// A call as it should be.
TestEvent sound(int number = 0)
{
    TestEvent event;
    event.user = "ada";
    event.trace = "t" + std::to_string(number / 2);
    event.spanId = "s" + std::to_string(number);
    event.model = "gpt-4o";
    event.provider = "openai";
    event.lib = "posthog-ai";
    event.latency = 1.25 + 0.013 * number;
    event.ttft = 0.41;
    event.input = 1000;
    event.output = 200 + number;
    event.bookInput = 0.01;
    event.bookOutput = 0.02;
    return event;
}

std::vector<TestEvent> many(int count, const std::function<void(TestEvent &, int)> &change = {})
{
    std::vector<TestEvent> events;
    for (int i = 0; i < count; ++i) {
        events.push_back(sound(i));
        if (change)
            change(events.back(), i);
    }
    return events;
}

class Data
{
public:
    explicit Data(const std::vector<TestEvent> &events) : m_builder(events)
    {
        m_context.snapshot = m_builder.build();
        m_context.source = &m_builder.source();
    }
    explicit Data(const TestEvent &event) : Data(std::vector{event}) {}

    std::vector<DataFinding> findings(IssueMask wanted = kAllIssues)
    {
        return findDataIssues(m_context, m_cache, wanted).value();
    }
    /// `code events/checked` of every finding.
    std::vector<std::string> found()
    {
        std::vector<std::string> texts;
        for (const DataFinding &finding : findings()) {
            texts.push_back(std::string(dataIssueCode(finding.issue)) + " " + std::to_string(finding.events) +
                            "/" + std::to_string(finding.checked));
        }
        return texts;
    }
    std::string evidence()
    {
        const auto all = findings();
        return all.size() == 1 ? all.front().evidence.toStdString() : "not one finding";
    }
    std::vector<std::size_t> rows(std::string_view filter)
    {
        std::vector<std::size_t> rows;
        matchRows(Filter::parse(filter).value(), m_context, m_cache)->forEach([&](std::size_t row) {
            rows.push_back(row);
        });
        return rows;
    }
    DataContext &context() { return m_context; }
    FieldCache &cache() { return m_cache; }
    const FakeEventSource &source() const { return m_builder.source(); }

private:
    SnapshotBuilder m_builder;
    DataContext m_context;
    FieldCache m_cache;
};

std::vector<std::string> foundIn(const std::vector<TestEvent> &events)
{
    return Data(events).found();
}

TEST(DataIssues, NothingIsWrongWithSoundEvents)
{
    EXPECT_THAT(foundIn({}), IsEmpty());
    EXPECT_THAT(foundIn(many(300)), IsEmpty());
}

TEST(DataIssues, OddButRightEventsAreNoFindings)
{
    auto events = many(12);
    events[0].isError = true; // an error without anything
    events[0].latency = events[0].ttft = std::nullopt;
    events[0].input = events[0].output = std::nullopt;
    events[0].bookInput = events[0].bookOutput = std::nullopt;
    events[0].model = {};
    events[1].ttft = *events[1].latency; // nothing but a first token
    events[2].output = 0;                // a refusal
    events[3].status = 499;              // the client went away
    events[4].provider = "anthropic";    // counts cache tokens outside of the input
    events[4].cacheExclusive = true;
    events[4].cacheRead = 50'000;
    events[5].provider = "bedrock";
    events[5].model = "claude-sonnet-4";
    events[5].cacheExclusive = true;
    events[5].cacheWrite = 50'000;
    events[6].cacheExclusive = events[6].cacheStated = true; // says so itself
    events[6].cacheRead = 50'000;
    events[7].cacheRead = 1000; // all of the input
    events[8].kind = EventKind::Span;
    events[8].input = events[8].output = std::nullopt;
    events[9].kind = EventKind::Metric; // belongs to no trace, and has no model
    events[9].trace = events[9].model = {};
    events[10].latency = 900; // slow, once
    EXPECT_THAT(foundIn(events), IsEmpty());
}

/// Each with one event of ten that is wrong in one way.
struct OneWrong
{
    const char *name;
    std::function<void(TestEvent &)> change;
    const char *found;
};
void PrintTo(const OneWrong &wrong, std::ostream *out)
{
    *out << wrong.name;
}

class OneWrongEvent : public testing::TestWithParam<OneWrong>
{
};

TEST_P(OneWrongEvent, IsFoundAndNothingElse)
{
    auto events = many(10);
    GetParam().change(events[4]);
    Data data(events);
    EXPECT_THAT(data.found(), ElementsAre(GetParam().found));
    const DataFinding finding = data.findings().front();
    EXPECT_THAT(data.rows(finding.filter().toString()), ElementsAre(4u));
    ASSERT_EQ(finding.examples.size(), 1u);
    EXPECT_EQ(finding.examples.front(), data.context().snapshot->uuidAt(4));
    EXPECT_DOUBLE_EQ(finding.share(),
                     static_cast<double>(finding.events) / static_cast<double>(finding.checked));
    EXPECT_FALSE(finding.evidence.isEmpty());
}

const std::vector<OneWrong> kOneWrong = {
    {"ttftAfterEnd", [](TestEvent &e) { e.ttft = *e.latency + 0.002; }, "ttft_after_end 1/10"},
    {"noInput", [](TestEvent &e) { e.input = {}; }, "tokens_missing 1/10"},
    {"noOutput", [](TestEvent &e) { e.output = {}; }, "tokens_missing 1/10"},
    {"zeroTokens", [](TestEvent &e) { e.input = e.output = 0; }, "tokens_missing 1/10"},
    {"negativeTokens", [](TestEvent &e) { e.input = -5; }, "tokens_negative 1/10"},
    {"cacheOverInput",
     [](TestEvent &e) {
         e.cacheRead = 1500;
         e.cacheExclusive = true; // decided by arithmetic
     },
     "cache_over_input 1/10"},
    {"cacheOverInputStated",
     [](TestEvent &e) {
         e.cacheRead = 800;
         e.cacheWrite = 201;
         e.provider = "anthropic";
         e.cacheStated = true; // as inside of the input
     },
     "cache_over_input 1/10"},
    {"anonymous", [](TestEvent &e) { e.user = e.trace; }, "anonymous_user 1/10"},
    {"ahead", [](TestEvent &e) { e.aheadOfServer = true; }, "clock_ahead 1/10"},
    {"behind", [](TestEvent &e) { e.farBehindServer = true; }, "clock_behind 1/10"},
    {"future", [](TestEvent &e) { e.time = "2190-01-01T00:00:00Z"; }, "future_timestamp 1/10"},
    {"noTrace", [](TestEvent &e) { e.trace = {}; }, "trace_missing 1/10"},
    {"noModel", [](TestEvent &e) { e.model = {}; }, "model_missing 1/10"},
    {"noLatency", [](TestEvent &e) { e.latency = e.ttft = {}; }, "latency_missing 1/10"},
    {"unmarkedError", [](TestEvent &e) { e.status = 503; }, "error_unmarked 1/10"},
    {"noCost", [](TestEvent &e) { e.bookInput = e.bookOutput = {}; }, "cost_missing 1/10"},
    {"negativeCost", [](TestEvent &e) { e.reportedCost = -0.01; }, "cost_negative 1/10"},
};

INSTANTIATE_TEST_SUITE_P(DataIssues, OneWrongEvent, testing::ValuesIn(kOneWrong),
                         [](const auto &wrong) { return std::string(wrong.param.name); });

// --- Units

void inMs(TestEvent &event, int)
{
    event.latency = std::round(*event.latency * 1000);
}

TEST(DataIssues, LatenciesInMillisecondsAreFoundByTheirGroup)
{
    Data data(many(40, [](TestEvent &event, int i) {
        inMs(event, i);
        event.ttft = {};
    }));
    EXPECT_THAT(data.found(), ElementsAre("latency_ms 40/40"));
    EXPECT_EQ(data.evidence(),
              "All from posthog-ai with the model gpt-4o. As seconds, its median would be 1510 s "
              "for 220 output tokens.");
}

TEST(DataIssues, FractionsOfMillisecondsAreFoundIfTheyExceedEveryTimeOut)
{
    EXPECT_THAT(foundIn(many(40,
                             [](TestEvent &event, int i) {
                                 event.latency = *event.latency * 1000 + 0.37;
                                 event.ttft = {};
                                 event.output = 20 + i;
                             })),
                ElementsAre("latency_ms 40/40"));
}

TEST(DataIssues, ASenderInSecondsBesideOneInMillisecondsIsLeftAlone)
{
    Data data(many(80, [](TestEvent &event, int i) {
        if (i % 2 == 0) {
            inMs(event, i);
            event.ttft = {};
            event.lib = "own-client";
        }
    }));
    EXPECT_THAT(data.found(), ElementsAre("latency_ms 40/80"));
    EXPECT_THAT(data.rows("issue = \"latency_ms\" and lib = \"posthog-ai\""), IsEmpty());
}

TEST(DataIssues, SlowCallsAreNoMilliseconds)
{
    // Few of them.
    EXPECT_THAT(foundIn(many(19,
                             [](TestEvent &event, int i) {
                                 inMs(event, i);
                                 event.ttft = {};
                             })),
                IsEmpty());
    // Whole seconds: rounded, and fitting what they gave.
    EXPECT_THAT(foundIn(many(60, [](TestEvent &event, int i) { event.latency = 2 + i % 90; })), IsEmpty());
    // Minutes of thinking, measured to fractions.
    EXPECT_THAT(foundIn(many(60, [](TestEvent &event, int i) { event.latency = 240.5 + i * 1.13; })),
                IsEmpty());
    // A slow hour among usual ones.
    EXPECT_THAT(foundIn(many(60,
                             [](TestEvent &event, int i) {
                                 if (i % 3 == 0)
                                     event.latency = 700 + i;
                             })),
                IsEmpty());
}

TEST(DataIssues, FirstTokensInMillisecondsAreOneFinding)
{
    const auto events = many(40, [](TestEvent &event, int i) { event.ttft = 400 + i; });
    EXPECT_THAT(foundIn(events), ElementsAre("ttft_ms 40/40")) << "and not also later than the end";
    EXPECT_THAT(Data(events).rows("issue = \"ttft_after_end\""), IsEmpty());
    const auto fractions = many(40, [](TestEvent &event, int i) { event.ttft = 400.73 + i; });
    EXPECT_THAT(foundIn(fractions), ElementsAre("ttft_ms 40/40"));
}

TEST(DataIssues, BothInMillisecondsAreTwoFindings)
{
    EXPECT_THAT(foundIn(many(40,
                             [](TestEvent &event, int i) {
                                 inMs(event, i);
                                 event.ttft = 400 + i;
                             })),
                ElementsAre("latency_ms 40/40", "ttft_ms 40/40"));
}

TEST(DataIssues, FirstTokensJustAfterTheEndAreNoMilliseconds)
{
    EXPECT_THAT(foundIn(many(40, [](TestEvent &event, int) { event.ttft = *event.latency * 1.5; })),
                ElementsAre("ttft_after_end 40/40"));
}

// --- Traces

TEST(DataIssues, OneTraceForEachCallIsFoundBySender)
{
    const auto lone = [](int count) {
        return many(count, [](TestEvent &event, int i) { event.trace = "only" + std::to_string(i); });
    };
    EXPECT_THAT(foundIn(lone(50)), ElementsAre("one_per_trace 50/50"));
    EXPECT_THAT(foundIn(lone(49)), IsEmpty()) << "too few to tell";

    auto events = lone(100);
    for (std::size_t i = 0; i < 12; ++i) // six traces of two among 94
        events[i].trace = "both" + std::to_string(i / 2);
    EXPECT_THAT(foundIn(events), IsEmpty()) << "this sender can do it";

    events = lone(100);
    for (TestEvent &event : events)
        event.session = "talk";
    EXPECT_THAT(foundIn(events), IsEmpty()) << "turns of a session";

    events = lone(100);
    for (const TestEvent &other : many(100)) {
        events.push_back(other);
        events.back().lib = "langchain";
    }
    Data data(events);
    EXPECT_THAT(data.found(), ElementsAre("one_per_trace 100/200"));
    EXPECT_THAT(data.rows("issue = \"one_per_trace\" and lib = \"langchain\""), IsEmpty());
}

TEST(DataIssues, SpanIdsThatAreNotUniqueInTheirTraceAreFound)
{
    auto events = many(8);
    events[2].spanId = events[3].spanId; // t1
    events[6].spanId = events[0].spanId; // another trace
    Data data(events);
    EXPECT_THAT(data.found(), ElementsAre("duplicate_span 2/8"));
    EXPECT_THAT(data.rows("issue = \"duplicate_span\""), ElementsAre(2u, 3u));
}

TEST(DataIssues, KeptEventsAreReadOnlyIfSpanIdsAreAskedFor)
{
    auto events = many(8);
    events[2].spanId = events[3].spanId;
    events[5].model = {};
    Data data(events);
    EXPECT_THAT(data.rows("issue = \"model_missing\""), ElementsAre(5u));
    EXPECT_EQ(data.findings(kColumnIssues).size(), 1u);
    EXPECT_EQ(data.source().spanIdReads, 0);
    EXPECT_EQ(data.findings().size(), 2u);
    EXPECT_THAT(data.rows("issue is set"), ElementsAre(2u, 3u, 5u));
    EXPECT_EQ(data.source().spanIdReads, 1) << "once a snapshot";
}

// --- The field

TEST(DataIssues, IssueIsAFieldOfSeveralValues)
{
    auto events = many(4);
    events[1].model = {};
    events[1].trace = {};
    events[2].trace = {};
    Data data(events);
    EXPECT_THAT(data.rows("issue = \"trace_missing\""), ElementsAre(1u, 2u));
    EXPECT_THAT(data.rows("issue != \"trace_missing\""), ElementsAre(0u, 3u));
    EXPECT_THAT(data.rows("issue in (\"model_missing\", \"clock_ahead\")"), ElementsAre(1u));
    EXPECT_THAT(data.rows("issue contains \"MISSING\""), ElementsAre(1u, 2u));
    EXPECT_THAT(data.rows("issue is not set"), ElementsAre(0u, 3u));
    EXPECT_THAT(data.rows("issue = \"no_such_issue\""), IsEmpty());

    const auto reader = data.cache().open(Field::parse("issue").value(), data.context()).value();
    EXPECT_TRUE(reader->manyValued());
    EXPECT_EQ(reader->value(reader->codeAt(1)), "trace_missing,model_missing");
    EXPECT_EQ(reader->codeAt(0), 0u);
}

TEST(DataIssues, BreakDownsCountAnEventUnderEachOfItsIssues)
{
    auto events = many(4);
    events[1].model = {};
    events[1].trace = {};
    events[2].trace = {};
    Data data(events);
    Query query;
    query.measures = {Measure::Generations};
    query.by = {Field::parse("issue").value()};
    Scope scope;
    QueryContext context = makeQueryContext(data.context().snapshot, data.context().source, scope, {});
    const auto table = runQuery(query, scope, RowSet(4, true), context).value();
    std::vector<std::string> rows;
    for (const auto &row : table.rows) {
        const auto *name = std::get_if<std::string>(&row[0]);
        rows.push_back((name ? *name : "none") + " " + std::to_string(std::get<std::int64_t>(row[1])));
    }
    EXPECT_THAT(rows, ElementsAre("trace_missing 2", "none 2", "model_missing 1"));
    EXPECT_EQ(table.total[1], Cell(std::int64_t{4}));
}

TEST(DataIssues, FewAnonymousCallsAreNoFindingButCanBeFiltered)
{
    auto events = many(100);
    for (int i = 0; i < 4; ++i)
        events[static_cast<std::size_t>(i)].user = events[static_cast<std::size_t>(i)].trace;
    Data data(events);
    EXPECT_THAT(data.found(), IsEmpty());
    EXPECT_EQ(data.rows("issue = \"anonymous_user\"").size(), 4u);
    events[4].user = events[4].trace;
    EXPECT_THAT(foundIn(events), ElementsAre("anonymous_user 5/100"));
}

TEST(DataIssues, MissingCostsSayWhy)
{
    auto events = many(8);
    for (std::size_t i = 0; i < 6; ++i)
        events[i].bookInput = events[i].bookOutput = {};
    events[0].model = events[1].model = "new-model";
    events[2].model = "a";
    events[3].model = events[4].model = events[5].model = "b";
    EXPECT_EQ(Data(events).evidence(),
              "3 of 6 from posthog-ai with the model b. Causes: the price book does not "
              "know b (3), new-model (2), a (1).");
}

TEST(DataIssues, WarningsComeBeforeNotesAndTheMostBeforeTheFew)
{
    auto events = many(10);
    for (std::size_t i = 0; i < 9; ++i)
        events[i].latency = events[i].ttft = {};
    events[0].trace = events[1].trace = {};
    events[2].status = 500;
    EXPECT_THAT(foundIn(events),
                ElementsAre("trace_missing 2/10", "error_unmarked 1/10", "latency_missing 9/10"));
}

/// Whatever the events are, a finding's filter matches exactly the events that it counts, and each event is
/// found with its issues by rows, by codes and by filter alike.
TEST(DataIssues, FiltersMatchExactlyWhatFindingsCount)
{
    for (unsigned seed = 1; seed <= 20; ++seed) {
        std::mt19937 random(seed);
        const auto chance = [&random](unsigned oneIn) { return random() % oneIn == 0; };
        const int unit = static_cast<int>(seed % 3);
        Data data(many(400, [&](TestEvent &event, int i) {
            if (unit == 1)
                inMs(event, i);
            if (unit == 2)
                event.ttft = 300 + i % 100;
            for (const OneWrong &wrong : kOneWrong) {
                if (chance(30) && event.latency && event.ttft)
                    wrong.change(event);
            }
            if (chance(20))
                event.spanId = "again";
            if (chance(4))
                event.kind = static_cast<EventKind>(random() % 7);
            if (chance(10))
                event.isError = true;
        }));
        const auto findings = data.findings();
        EXPECT_GE(findings.size(), 10u) << "seed " << seed;
        const auto index = data.cache().issues(kAllIssues, data.context()).value();
        for (const DataFinding &finding : findings) {
            const auto rows = data.rows(finding.filter().toString());
            EXPECT_EQ(static_cast<std::int64_t>(rows.size()), finding.events)
                << dataIssueCode(finding.issue) << ", seed " << seed;
            for (const std::size_t row : rows)
                EXPECT_TRUE(index->at(row) & issueBit(finding.issue));
        }
    }
}

TEST(DataIssues, EveryIssueHasACodeWordsAndARule)
{
    std::set<std::string_view> codes;
    for (int i = 0; i < kDataIssueCount; ++i) {
        const auto issue = static_cast<DataIssue>(i);
        codes.insert(dataIssueCode(issue));
        const IssueWords words = issueWords(issue);
        EXPECT_FALSE(words.title.isEmpty() || words.effect.isEmpty() || words.advice.isEmpty())
            << dataIssueCode(issue);
        EXPECT_TRUE(issueRule(issue).kinds.any()) << dataIssueCode(issue);
    }
    EXPECT_EQ(codes.size(), static_cast<std::size_t>(kDataIssueCount));
}

} // namespace

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/listitems.h"
#include "support/snapshotbuilder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <tuple>

using namespace genscope;
using namespace genscope::test;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

/// A cell as tests read it; `-` is missing.
std::string printed(const Cell &cell)
{
    struct Print
    {
        std::string operator()(std::monostate) const { return "-"; }
        std::string operator()(bool value) const { return value ? "true" : "false"; }
        std::string operator()(std::int64_t value) const { return std::to_string(value); }
        std::string operator()(double value) const
        {
            std::string text = std::to_string(value);
            text.erase(text.find_last_not_of('0') + 1);
            return text.back() == '.' ? text.substr(0, text.size() - 1) : text;
        }
        std::string operator()(const Money &value) const
        {
            return std::string(1, '$').append(value.toString());
        }
        std::string operator()(const std::string &value) const { return value; }
        std::string operator()(const Timestamp &value) const { return isoTime(value).substr(5, 11); }
    };
    return std::visit(Print(), cell);
}

class Lists
{
public:
    explicit Lists(const std::vector<TestEvent> &events) : m_builder(events)
    {
        m_context.data.snapshot = m_builder.build();
        m_context.data.source = &m_builder.source();
    }

    Scope scope;
    std::optional<TimeRange> compared;

    QueryContext &context() { return m_context; }
    RowSet all() const { return RowSet(m_context.data.snapshot->rows(), true); }

    Result<ResultTable> run(const ListQuery &query)
    {
        m_context.data.zone = scope.zone;
        m_context.data.cost = scope.cost;
        m_context.data.customer = scope.customer;
        const auto rows = selectRows(scope, m_context);
        return runList(query, scope, *rows, m_context);
    }
    /// One line a row, cells joined by spaces.
    std::vector<std::string> lines(const ListQuery &query)
    {
        const Result<ResultTable> table = run(query);
        if (!table)
            return {table.error().message.toStdString()};
        std::vector<std::string> lines;
        for (const std::vector<Cell> &row : table->rows) {
            std::string line;
            for (const Cell &cell : row)
                line.append(line.empty() ? "" : " ").append(printed(cell));
            lines.push_back(line);
        }
        return lines;
    }
    std::vector<std::string> lines(ListKind kind, std::vector<std::string> columns, std::string sort = {},
                                   bool descending = true)
    {
        return lines({.kind = kind,
                      .columns = std::move(columns),
                      .sortColumn = std::move(sort),
                      .descending = descending,
                      .limit = {},
                      .compared = compared});
    }
    std::vector<std::uint32_t> sorted(const char *field, bool descending,
                                      KindSet kinds = kindSet({EventKind::Generation}))
    {
        const auto order = sortedRows(all(), kinds, *Field::parse(field), descending, m_context);
        EXPECT_TRUE(order.ok());
        return order ? *order : std::vector<std::uint32_t>();
    }

private:
    SnapshotBuilder m_builder;
    QueryContext m_context;
};

TEST(Lists, KindsHaveNames)
{
    for (const char *name : {"generations", "traces", "sessions", "users", "customers", "errors", "tools",
                             "embeddings", "feedback"}) {
        const auto kind = listKindFromName(name);
        ASSERT_TRUE(kind) << name;
        EXPECT_EQ(listKindName(*kind), name);
    }
    EXPECT_FALSE(listKindFromName("spans"));
}

TEST(Lists, EveryColumnThatIsOfferedCanBeShownAndSortedBy)
{
    Lists lists({{.user = "u",
                  .trace = "t",
                  .session = "s",
                  .tools = "search",
                  .error = "boom",
                  .latency = 1.0,
                  .reportedCost = 0.1,
                  .groups = {{"company", "acme"}}},
                 {.kind = EventKind::Embedding, .user = "u", .trace = "t"},
                 {.kind = EventKind::Feedback, .user = "u", .trace = "t"}});
    for (std::size_t i = 0; i < kListKindCount; ++i) {
        const auto kind = static_cast<ListKind>(i);
        std::vector<std::string> names;
        for (const ListColumnInfo &info : availableListColumns(kind))
            names.push_back(info.name);
        EXPECT_THAT(defaultListColumns(kind), testing::Each(testing::AnyOfArray(names)));
        EXPECT_THAT(names, Contains(defaultListSort(kind).column));
        for (const ListColumnInfo &info : availableListColumns(kind)) {
            const auto table =
                lists.run({.kind = kind, .columns = {info.name}, .sortColumn = info.name, .limit = {}});
            ASSERT_TRUE(table.ok()) << listKindName(kind) << " " << info.name << ": "
                                    << table.error().message.toStdString();
            ASSERT_EQ(table->rows.size(), 1u) << listKindName(kind);
            EXPECT_EQ(table->columns.front().unit, info.unit) << listKindName(kind) << " " << info.name;
        }
    }
}

TEST(Lists, UnknownColumnsAreNamed)
{
    Lists lists({{.user = "u"}});
    for (const char *name : {"banana", "latency"}) {
        const auto table = lists.run({.kind = ListKind::Users, .columns = {"user", name}, .limit = {}});
        ASSERT_FALSE(table.ok());
        EXPECT_EQ(table.error().kind, Error::Kind::Usage);
        EXPECT_THAT(table.error().message.toStdString(), AllOf(HasSubstr(name), HasSubstr("users")));
    }
    EXPECT_FALSE(lists.run({.kind = ListKind::Traces, .sortColumn = "banana", .limit = {}}).ok());
}

TEST(EventLists, GenerationsNewestFirstWithTheirFields)
{
    Lists lists({
        {.time = "2025-06-01T10:00Z",
         .user = "ann",
         .trace = "t1",
         .model = "gpt-4o",
         .isError = true,
         .latency = 0.5,
         .input = 10,
         .reportedCost = 0.25},
        {.time = "2025-06-03T10:00Z",
         .user = "bob",
         .trace = "t2",
         .spanName = "chat",
         .model = "claude",
         .tools = "search,fetch",
         .stream = true},
        {.time = "2025-06-02T10:00Z", .kind = EventKind::Embedding, .model = "ada"},
        {.time = "2025-06-02T10:00Z", .kind = EventKind::Span},
    });
    EXPECT_THAT(
        lists.lines(ListKind::Generations, {"timestamp", "user", "trace_id", "name", "model", "is_error",
                                            "latency", "input_tokens", "cost", "stream", "tools"}),
        ElementsAre("06-03T10:00 bob t2 chat claude false - - - true search,fetch",
                    "06-01T10:00 ann t1 - gpt-4o true 0.5 10 $0.25 - -"));
    EXPECT_THAT(lists.lines(ListKind::Embeddings, {"timestamp", "model", "event"}),
                ElementsAre("06-02T10:00 ada $ai_embedding"));
    EXPECT_THAT(lists.lines(ListKind::Generations, {"uuid"}),
                ElementsAre("00000000-0000-0000-0000-000000000002", "00000000-0000-0000-0000-000000000001"));
}

TEST(EventLists, IdentitiesAndPropertiesComeFromTheKeptEvents)
{
    Lists lists(
        {{.time = "2025-06-02",
          .properties = {{"event.$ai_span_id", "span"},
                         {"event.$ai_generation_id", "gen"},
                         {"event.$ai_parent_id", "p"},
                         {"person.plan", "pro"}}},
         {.time = "2025-06-01", .properties = {{"event.$ai_span_id", "span"}, {"event.feature", "chat"}}}});
    EXPECT_THAT(lists.lines(ListKind::Generations, {"span_id", "parent_id", "person.plan", "event.feature"}),
                ElementsAre("gen p pro -", "span - - chat"));
    EXPECT_THAT(lists.lines(ListKind::Generations, {"span_id"}, "span_id"), ElementsAre("span", "gen"));
}

TEST(EventLists, SortingPutsMissingLastBothWays)
{
    Lists lists({{.time = "2025-06-01", .model = "b", .latency = 2.0},
                 {.time = "2025-06-02", .model = "c"},
                 {.time = "2025-06-03", .model = "a", .latency = 1.0}});
    EXPECT_THAT(lists.lines(ListKind::Generations, {"model"}, "latency", false), ElementsAre("a", "b", "c"));
    EXPECT_THAT(lists.lines(ListKind::Generations, {"model"}, "latency", true), ElementsAre("b", "a", "c"));
    EXPECT_THAT(lists.lines(ListKind::Generations, {"model"}, "model", false), ElementsAre("a", "b", "c"));
}

TEST(EventLists, LimitKeepsTheCountOfAll)
{
    Lists lists({{.model = "a"}, {.model = "b"}, {.model = "c"}});
    const auto table = lists.run({.kind = ListKind::Generations,
                                  .columns = {"model"},
                                  .sortColumn = "model",
                                  .descending = false,
                                  .limit = 2});
    ASSERT_TRUE(table.ok());
    EXPECT_EQ(table->rows.size(), 2u);
    EXPECT_EQ(table->matched, 3);
    EXPECT_EQ(table->columns.size(), 1u) << "the column to sort by is not shown";
    EXPECT_THAT(lists.lines({.kind = ListKind::Generations, .columns = {"model"}, .limit = 0}), IsEmpty());
}

TEST(EventLists, SpeedIsPerEvent)
{
    Lists lists({{.latency = 2.0, .output = 100},
                 {.isError = true, .latency = 2.0, .output = 100},
                 {.latency = 0.0, .output = 100},
                 {.output = 5}});
    EXPECT_THAT(lists.lines(ListKind::Generations, {"tokens_per_second"}, "tokens_per_second"),
                ElementsAre("50", "-", "-", "-"));
}

std::vector<TestEvent> twoTraces()
{
    return {
        {.time = "2025-06-01T10:00:02Z",
         .user = "ann",
         .trace = "t1",
         .session = "s",
         .model = "gpt-4o",
         .tools = "search",
         .latency = 2.0,
         .input = 10,
         .output = 5,
         .reportedCost = 0.5},
        {.time = "2025-06-01T10:00:03Z",
         .user = "ann",
         .trace = "t1",
         .model = "claude",
         .isError = true,
         .latency = 2.0,
         .input = 1},
        {.time = "2025-06-01T10:00:04Z",
         .kind = EventKind::Trace,
         .user = "ann",
         .trace = "t1",
         .spanName = "answer",
         .groups = {{"company", "acme"}}},
        {.time = "2025-06-02T10:00:00Z",
         .user = "t2",
         .trace = "t2",
         .session = "s",
         .properties = {{"event.feature", "chat"}}},
        {.time = "2025-06-02T10:00:00Z", .kind = EventKind::Embedding, .trace = "t2", .reportedCost = 0.25},
    };
}

TEST(RollupLists, TracesAreWholeTraces)
{
    Lists lists(twoTraces());
    lists.scope.filter = *Filter::parse("model = \"gpt-4o\" or trace = \"t2\" and kind = \"embedding\"");
    EXPECT_THAT(
        lists.lines(ListKind::Traces, {"started", "ended", "trace_id", "session_id", "name", "user",
                                       "customer", "generations", "errors", "latency", "latency_posthog",
                                       "input_tokens", "output_tokens", "total_tokens", "cost", "tools"}),
        ElementsAre("06-02T10:00 06-02T10:00 t2 s - - - 1 0 - - - - - $0.25 -",
                    "06-01T10:00 06-01T10:00 t1 s answer ann acme 2 1 3 4 11 5 16 $0.5 search"));
}

TEST(RollupLists, TracesTakeMeasuresAndTheNewestValueOfFields)
{
    Lists lists(twoTraces());
    EXPECT_THAT(lists.lines(ListKind::Traces,
                            {"trace_id", "model", "event.feature", "latency_max", "cost_per_generation",
                             "error_rate", "is_error", "days_seen"},
                            "trace_id", false),
                ElementsAre("t1 claude - 2 $0.25 0.5 true 1", "t2 - chat - $0.125 0 false 1"));
}

TEST(RollupLists, SessionsSumTheirTraces)
{
    Lists lists(twoTraces());
    lists.scope.filter = *Filter::parse("trace = \"t2\"");
    EXPECT_THAT(lists.lines(ListKind::Sessions, {"session_id", "user", "traces", "generations", "embeddings",
                                                 "errors", "latency", "cost", "first_seen", "last_seen"}),
                ElementsAre("s ann 2 3 1 1 3 $0.75 06-01T10:00 06-02T10:00"));
}

TEST(GroupLists, UsersArePersonsWithoutTheAnonymous)
{
    Lists lists({
        {.time = "2025-06-01T10:00Z", .user = "ann", .person = "p1", .trace = "a", .reportedCost = 0.5},
        {.time = "2025-06-02T10:00Z",
         .user = "ann@work",
         .person = "p1",
         .trace = "b",
         .isError = true,
         .reportedCost = 0.25,
         .properties = {{"person.plan", "pro"}}},
        {.time = "2025-06-03T10:00Z", .user = "bob", .trace = "b"},
        {.time = "2025-06-04T10:00Z", .user = "t", .trace = "t"},
        {.time = "2025-06-05T10:00Z", .kind = EventKind::Span, .user = "only spans", .trace = "b"},
    });
    EXPECT_THAT(lists.lines(ListKind::Users, {}), ElementsAre("bob 1 1 0 - 06-03T10:00 06-03T10:00",
                                                              "ann 2 2 1 $0.75 06-01T10:00 06-02T10:00"));
    EXPECT_THAT(
        lists.lines(ListKind::Users, {"user", "person_id", "person.plan", "latency_p95"}, "user", false),
        ElementsAre("ann p1 pro -", "bob - - -"));
    EXPECT_THAT(lists.lines(ListKind::Users, {"user"}, "cost"), ElementsAre("ann", "bob")) << "missing last";
}

TEST(GroupLists, CostIsComparedWithThePeriodBefore)
{
    Lists lists({
        {.time = "2025-06-01T10:00Z", .user = "ann", .trace = "a", .reportedCost = 0.5},
        {.time = "2025-06-02T10:00Z",
         .user = "ann",
         .trace = "b",
         .input = 500,
         .output = 1500,
         .reportedCost = 0.75},
        {.time = "2025-06-02T11:00Z", .user = "bob", .trace = "c", .reportedCost = 0.25},
        {.time = "2025-06-01T11:00Z", .user = "cy", .trace = "d"},
        {.time = "2025-06-02T12:00Z", .user = "cy", .trace = "e", .reportedCost = 1},
    });
    const std::vector<std::string> columns = {"user", "cost", "cost_before", "cost_change",
                                              "cost_per_1k_tokens"};
    EXPECT_THAT(lists.lines(ListKind::Users, columns, "user", false),
                ElementsAre("ann $1.25 - - $0.625", "bob $0.25 - - -", "cy $1 - - -"))
        << "an open range has nothing before it";
    lists.scope.range = {parseIsoTime("2025-06-02")->instant(), parseIsoTime("2025-06-03")->instant()};
    EXPECT_THAT(lists.lines(ListKind::Users, columns, "cost_change"),
                ElementsAre("ann $0.75 $0.5 $0.25 $0.375", "bob $0.25 $0 $0.25 -", "cy $1 - - -"))
        << "who was not there cost nothing; what was unpriced stays unknown";
}

TEST(GroupLists, CostIsComparedWithTheChosenPeriod)
{
    Lists lists({
        {.time = "2025-06-01T10:00Z", .user = "ann", .reportedCost = 0.5},
        {.time = "2025-06-08T10:00Z", .user = "ann", .reportedCost = 0.125},
        {.time = "2025-06-09T10:00Z", .user = "ann", .reportedCost = 2},
    });
    const auto range = [](const char *from, const char *to) {
        return TimeRange{parseIsoTime(from)->instant(), parseIsoTime(to)->instant()};
    };
    lists.scope.range = range("2025-06-09", "2025-06-10");
    const std::vector<std::string> columns = {"user", "cost", "cost_before", "cost_change"};
    EXPECT_THAT(lists.lines(ListKind::Users, columns), ElementsAre("ann $2 $0.125 $1.875"));
    lists.compared = range("2025-06-01", "2025-06-02");
    EXPECT_THAT(lists.lines(ListKind::Users, columns), ElementsAre("ann $2 $0.5 $1.5"));
    lists.compared = range("2025-05-26", "2025-06-02");
    EXPECT_THAT(lists.lines(ListKind::Users, columns), ElementsAre("ann $2 - -"))
        << "hardly recorded: not everybody is new";
}

TEST(GroupLists, FailedStepsHaveUsersToo)
{
    Lists lists({
        {.user = "ann", .trace = "a"},
        {.kind = EventKind::Trace, .user = "bob", .trace = "b", .error = "Unknown error"},
        {.kind = EventKind::Span, .user = "cy", .trace = "c", .error = "tool failed"},
    });
    EXPECT_THAT(lists.lines(ListKind::Users, {"user"}, "user", false), ElementsAre("ann"))
        << "as PostHog, which counts generations";
    lists.scope.filter = *Filter::parse("is_error");
    EXPECT_THAT(lists.lines(ListKind::Users, {"user", "generations", "errors"}, "user", false),
                ElementsAre("bob 0 1", "cy 0 1"));
}

TEST(GroupLists, CustomersFollowTheScope)
{
    Lists lists({{.user = "ann",
                  .model = "gpt-4o",
                  .reportedCost = 1.0,
                  .groups = {{"company", "acme"}},
                  .properties = {{"group.company.tier", "gold"}}},
                 {.user = "bob", .model = "claude", .reportedCost = 2.0, .groups = {{"company", "globex"}}},
                 {.user = "eve", .model = "claude", .status = 200, .reportedCost = 4.0}});
    EXPECT_THAT(lists.lines(ListKind::Customers, {"customer", "cost", "users", "group.company.tier"}),
                ElementsAre("globex $2 1 -", "acme $1 1 gold"));
    lists.scope.customer = *Field::parse("model");
    EXPECT_THAT(lists.lines(ListKind::Customers, {"customer", "cost"}),
                ElementsAre("claude $6", "gpt-4o $1"));
    lists.scope.customer = *Field::parse("http_status");
    EXPECT_THAT(lists.lines(ListKind::Customers, {"customer", "cost", "first_seen"}),
                ElementsAre("200 $4 06-02T00:00"));
}

TEST(GroupLists, ErrorsGroupByNormalisedMessage)
{
    Lists lists({
        {.time = "2025-06-01", .user = "ann", .trace = "a", .session = "s", .error = "Rate limit"},
        {.time = "2025-06-02", .user = "bob", .trace = "b", .error = "Rate limit"},
        {.time = "2025-06-02", .kind = EventKind::Span, .user = "bob", .trace = "b", .error = "Rate limit"},
        {.time = "2025-06-03", .kind = EventKind::Embedding, .trace = "b", .error = "Timeout"},
        {.time = "2025-06-04", .trace = "c", .isError = true},
        {.time = "2025-06-04", .trace = "d"},
        {.time = "2025-06-04", .kind = EventKind::Evaluation, .trace = "e", .error = "not a call"},
    });
    EXPECT_THAT(lists.lines(ListKind::Errors, {}),
                ElementsAre("Rate limit - 3 2 2 1 0 1 2 2 06-01T00:00 06-02T00:00",
                            "Timeout - 1 1 0 0 1 0 0 1 06-03T00:00 06-03T00:00",
                            "- - 1 1 1 0 0 0 0 1 06-04T00:00 06-04T00:00"));
    EXPECT_THAT(lists.lines(ListKind::Errors, {"error_group"}, "last_seen", false),
                ElementsAre("Rate limit", "Timeout", "-"));
}

TEST(GroupLists, OneMessageWithTwoStatusesIsTwoErrors)
{
    Lists lists({{.trace = "a", .status = 429, .error = "Refused"},
                 {.trace = "b", .status = 429, .error = "Refused"},
                 {.trace = "c", .status = 500, .error = "Refused"},
                 {.trace = "d", .error = "Refused"},
                 {.trace = "e", .status = 500, .error = "Timeout"}});
    EXPECT_THAT(lists.lines(ListKind::Errors, {"error", "http_status", "errors", "traces"}),
                ElementsAre("Refused 429 2 2", "Refused 500 1 1", "Refused - 1 1", "Timeout 500 1 1"));
}

TEST(EventLists, FeedbackAndMetricsAreOneList)
{
    Lists lists({{.time = "2025-06-01", .trace = "a"},
                 {.time = "2025-06-02", .kind = EventKind::Feedback, .trace = "a"},
                 {.time = "2025-06-03", .kind = EventKind::Metric, .trace = "b"}});
    EXPECT_THAT(lists.lines(ListKind::Feedback, {"kind", "trace_id"}), ElementsAre("metric b", "feedback a"));
}

TEST(GroupLists, ToolsCountOnceAnEvent)
{
    Lists lists({{.trace = "a", .tools = "search,fetch"},
                 {.trace = "a", .tools = "search"},
                 {.trace = "b", .tools = "search"},
                 {.trace = "c"}});
    EXPECT_THAT(lists.lines(ListKind::Tools, {"tool", "generations", "traces", "single_share"}),
                ElementsAre("search 3 2 0.666667", "fetch 1 1 0"));
    const auto table = lists.run({.kind = ListKind::Tools, .limit = {}});
    ASSERT_TRUE(table.ok());
    EXPECT_EQ(table->matched, 2);
}

TEST(GroupLists, DaysAreTheZones)
{
    Lists lists({{.time = "2025-06-01T21:00Z", .user = "u"},
                 {.time = "2025-06-01T23:00Z", .user = "u"},
                 {.time = "2025-06-01T21:30Z", .user = "u"}});
    EXPECT_THAT(lists.lines(ListKind::Users, {"days_seen"}), ElementsAre("1"));
    lists.scope.zone = *Zone::named("Europe/Berlin");
    EXPECT_THAT(lists.lines(ListKind::Users, {"days_seen"}), ElementsAre("2"));
}

TEST(GroupLists, EqualItemsGoByKey)
{
    Lists lists({{.user = "c"}, {.user = "a"}, {.user = "b"}});
    EXPECT_THAT(lists.lines(ListKind::Users, {"user"}, "generations"), ElementsAre("a", "b", "c"));
    EXPECT_THAT(lists.lines(ListKind::Users, {"user"}, "generations", false), ElementsAre("a", "b", "c"));
}

TEST(Lists, NothingMatchedIsAnEmptyList)
{
    Lists lists({{.user = "u", .trace = "t", .session = "s", .tools = "x"}});
    lists.scope.filter = *Filter::parse("model = \"nothing\"");
    for (int kind = 0; kind <= static_cast<int>(ListKind::Embeddings); ++kind) {
        const auto table = lists.run({.kind = static_cast<ListKind>(kind), .limit = {}});
        ASSERT_TRUE(table.ok());
        EXPECT_EQ(table->matched, 0);
        EXPECT_THAT(table->rows, IsEmpty());
    }
}

TEST(SortedRows, OrdersEveryTypeStably)
{
    Lists lists({
        {.time = "2025-06-03", .model = "b", .stream = true, .latency = 1.5, .reportedCost = -0.5},
        {.time = "2025-06-01", .model = "é", .latency = -1.0, .reportedCost = 2.0},
        {.time = "2025-06-02", .latency = 0.0, .reportedCost = 0.0},
        {.time = "2025-06-01", .model = "B", .stream = false},
        {.time = "2025-06-04", .model = "b", .latency = 1.5, .reportedCost = 2.0},
        {.kind = EventKind::Span},
    });
    EXPECT_THAT(lists.sorted("timestamp", false), ElementsAre(1, 3, 2, 0, 4));
    EXPECT_THAT(lists.sorted("timestamp", true), ElementsAre(4, 0, 2, 1, 3));
    EXPECT_THAT(lists.sorted("model", false), ElementsAre(3, 0, 4, 1, 2)) << "by bytes, missing last";
    EXPECT_THAT(lists.sorted("model", true), ElementsAre(1, 0, 4, 3, 2));
    EXPECT_THAT(lists.sorted("latency", false), ElementsAre(1, 2, 0, 4, 3));
    EXPECT_THAT(lists.sorted("latency", true), ElementsAre(0, 4, 2, 1, 3));
    EXPECT_THAT(lists.sorted("cost", false), ElementsAre(0, 2, 1, 4, 3));
    EXPECT_THAT(lists.sorted("stream", true), ElementsAre(0, 3, 1, 2, 4));
    EXPECT_THAT(lists.sorted("person_id", true), ElementsAre(0, 1, 2, 3, 4)) << "missing everywhere";
    EXPECT_THAT(lists.sorted("model", false, kindSet({EventKind::Span})), ElementsAre(5));
    EXPECT_THAT(lists.sorted("model", false, KindSet()), IsEmpty());
}

TEST(SortedRows, AgreesWithStableSortOnRandomRows)
{
    std::mt19937 random(23);
    std::vector<TestEvent> events(Segment::kRows + 500);
    for (TestEvent &event : events) {
        if (random() % 10 != 0)
            event.input =
                static_cast<std::int64_t>(random() % 100'000) * (random() % 2 == 0 ? 1 : 1'000'000'007);
    }
    Lists lists(events);
    for (const bool descending : {false, true}) {
        std::vector<std::uint32_t> expected(events.size());
        std::iota(expected.begin(), expected.end(), 0u);
        std::stable_sort(expected.begin(), expected.end(), [&](std::uint32_t a, std::uint32_t b) {
            const auto left = events[a].input;
            const auto right = events[b].input;
            if (!left || !right)
                return left.has_value() && !right;
            return descending ? *right < *left : *left < *right;
        });
        EXPECT_EQ(lists.sorted("input_tokens", descending), expected);
    }
}

TEST(SortedRows, ASecondFieldOrdersWhatTheFirstLeavesEqual)
{
    std::mt19937 random(7);
    std::vector<TestEvent> events(500);
    for (TestEvent &event : events) {
        event.model = std::string(1, static_cast<char>('a' + random() % 4));
        event.input = static_cast<std::int64_t>(random() % 5);
        event.latency = static_cast<double>(random() % 3);
    }
    Lists lists(events);
    const KindSet kinds = kindSet({EventKind::Generation});
    std::vector<std::uint32_t> order = lists.sorted("input_tokens", true);
    for (const char *field : {"latency", "model"}) {
        const auto next =
            reorderedRows(order, lists.all(), kinds, *Field::parse(field), false, lists.context());
        ASSERT_TRUE(next.ok());
        order = *next;
    }
    std::vector<std::uint32_t> expected(events.size());
    std::iota(expected.begin(), expected.end(), 0u);
    std::stable_sort(expected.begin(), expected.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::tuple(events[a].model, *events[a].latency, -*events[a].input) <
               std::tuple(events[b].model, *events[b].latency, -*events[b].input);
    });
    EXPECT_EQ(order, expected);
}

TEST(SortedRows, StopsWhenAsked)
{
    Lists lists({{.model = "a"}});
    lists.context().data.stop.requestStop();
    const auto order = sortedRows(lists.all(), kindSet({EventKind::Generation}), *Field::parse("model"),
                                  false, lists.context());
    ASSERT_FALSE(order.ok());
    EXPECT_EQ(order.error().kind, Error::Kind::Cancelled);
    EXPECT_FALSE(lists.run({.kind = ListKind::Generations, .limit = {}}).ok());
}

} // namespace

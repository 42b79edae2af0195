// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/query.h"

#include "support/querytext.h"
#include "support/snapshotbuilder.h"

#include <gtest/gtest.h>

using namespace genscope;
using genscope::test::printed;
using genscope::test::QueryText;
using genscope::test::SnapshotBuilder;
using genscope::test::TestEvent;

namespace {

class Store
{
public:
    Store(const std::vector<TestEvent> &events) : m_builder(events), m_snapshot(m_builder.build()) {}

    Result<ResultTable> run(const Query &query)
    {
        const auto context = makeQueryContext(m_snapshot, &m_builder.source(), scope, StopToken());
        const auto rows = selectRows(scope, context);
        EXPECT_TRUE(rows.ok());
        return runQuery(query, scope, *rows, context);
    }
    Result<ResultTable> run(const QueryText &text) { return run(text.query()); }
    ResultTable table(const QueryText &text) { return table(text.query()); }
    ResultTable table(const Query &query)
    {
        auto answer = run(query);
        EXPECT_TRUE(answer.ok()) << qPrintable(answer ? QString() : answer.error().message);
        return answer ? *answer : ResultTable();
    }
    std::string text(const QueryText &query) { return printed(table(query)); }

    Scope scope;

private:
    SnapshotBuilder m_builder;
    std::shared_ptr<const Snapshot> m_snapshot;
};

Timestamp at(std::string_view text)
{
    return parseIsoTime(text)->instant();
}

TEST(Measures, HaveNamesUnitsAndComeBack)
{
    ASSERT_EQ(measureNames().size(), 45u);
    for (const std::string_view name : measureNames()) {
        const auto measure = measureFromName(name);
        ASSERT_TRUE(measure.has_value()) << name;
        EXPECT_EQ(measureName(*measure), name);
    }
    EXPECT_FALSE(measureFromName("costs").has_value());
    EXPECT_EQ(measureUnit(Measure::CostPerUser), Unit::Usd);
    EXPECT_EQ(measureUnit(Measure::TtftP95), Unit::Seconds);
    EXPECT_EQ(measureUnit(Measure::Users), Unit::Number);
}

TEST(Query, WithoutBucketsAndBreakdownThereIsOneRow)
{
    Store store({{.model = "a", .bookInput = 0.5}, {.model = "b", .bookInput = 0.25}});
    EXPECT_EQ(store.text({.measures = "generations,cost"}), "2 | 0.75\n"
                                                            "total: 2 | 0.75\n");
}

TEST(Query, ColumnsAreNamedAsAskedAndHaveRolesAndUnits)
{
    Store store({{.model = "a"}});
    const auto table =
        store.table({.measures = "cost,errors", .by = "model,event.x", .interval = Interval::Day});
    std::vector<std::string> names;
    for (const auto &column : table.columns)
        names.push_back(column.name);
    EXPECT_EQ(names, (std::vector<std::string>{"bucket", "model", "event.x", "cost", "errors"}));
    EXPECT_EQ(table.columns[0].role, ResultTable::Role::Bucket);
    EXPECT_EQ(table.columns[2].role, ResultTable::Role::Dimension);
    EXPECT_EQ(table.columns[3].unit, Unit::Usd);
    EXPECT_EQ(table.columnIndex("errors"), 4);
    EXPECT_EQ(table.columnIndex("users"), -1);
    EXPECT_EQ(table.interval, Interval::Day);
}

TEST(Query, CountsAndSumsOverNothingAreZeroRatiosAndMoneyAreMissing)
{
    Store store({});
    EXPECT_EQ(store.text({.measures = "generations,users,errors,input_tokens,unpriced,cost,error_rate,"
                                      "latency_avg,latency_p50,latency_max,cache_hit_rate,cost_per_user,"
                                      "cost_per_generation,tokens_per_second"}),
              "0 | 0 | 0 | 0 | 0 | - | - | - | - | - | - | - | - | -\n"
              "total: 0 | 0 | 0 | 0 | 0 | - | - | - | - | - | - | - | - | -\n");
    EXPECT_EQ(store.text({.measures = "cost", .by = "model"}), "total: - | -\n");
    EXPECT_EQ(store.text({.measures = "cost", .interval = Interval::Day}), "total: - | -\n");
}

TEST(Query, MeasuresAreOverGenerationsUnlessKindsWidenThem)
{
    Store store({{.bookInput = 1},
                 {.kind = EventKind::Embedding, .bookInput = 0.5},
                 {.kind = EventKind::Span},
                 {.kind = EventKind::Trace}});
    const auto table = store.table({.measures = "generations,embeddings,spans,cost,unpriced"});
    EXPECT_EQ(printed(table), "1 | 1 | 1 | 1 | 0\n"
                              "total: 1 | 1 | 1 | 1 | 0\n");
    EXPECT_EQ(table.matched, 1);
    const auto wide =
        store.table({.measures = "generations,embeddings,spans,cost,unpriced",
                     .kinds = kindSet({EventKind::Generation, EventKind::Embedding, EventKind::Span})});
    EXPECT_EQ(printed(wide), "1 | 1 | 1 | 1.5 | 1\n"
                             "total: 1 | 1 | 1 | 1.5 | 1\n");
    EXPECT_EQ(wide.matched, 3);
    EXPECT_EQ(wide.unpriced, 1);
}

TEST(Query, RowsComeByTheFirstMeasureThenByValueMissingLast)
{
    Store store({{.model = "z", .bookInput = 1},
                 {.model = "b", .bookInput = 2},
                 {.model = "a", .bookInput = 2},
                 {.model = "unpriced"},
                 {.bookInput = 2}});
    EXPECT_EQ(store.text({.measures = "cost", .by = "model"}), "a | 2\n"
                                                               "b | 2\n"
                                                               "- | 2\n"
                                                               "z | 1\n"
                                                               "unpriced | -\n"
                                                               "total: - | 7\n");
}

TEST(Query, BucketsComeBeforeTheMeasure)
{
    Store store({{.time = "2025-06-02", .model = "a"},
                 {.time = "2025-06-03", .model = "a"},
                 {.time = "2025-06-03", .model = "b"},
                 {.time = "2025-06-03", .model = "b"}});
    EXPECT_EQ(store.text({.measures = "generations", .by = "model", .interval = Interval::Day}),
              "2025-06-02T00:00:00+00:00 | a | 1\n"
              "2025-06-03T00:00:00+00:00 | b | 2\n"
              "2025-06-03T00:00:00+00:00 | a | 1\n"
              "total: - | - | 4\n");
}

TEST(Query, EmptyBucketsArePresentFromTheFirstToTheLastMatchedEvent)
{
    Store store({{.time = "2025-06-02T01:00", .bookInput = 1},
                 {.time = "2025-06-05T23:00", .bookInput = 2},
                 {.time = "2025-06-09T23:00", .kind = EventKind::Span}});
    EXPECT_EQ(store.text({.measures = "generations,cost", .interval = Interval::Day}),
              "2025-06-02T00:00:00+00:00 | 1 | 1\n"
              "2025-06-03T00:00:00+00:00 | 0 | -\n"
              "2025-06-04T00:00:00+00:00 | 0 | -\n"
              "2025-06-05T00:00:00+00:00 | 1 | 2\n"
              "total: - | 2 | 3\n");
}

TEST(Query, EmptyBucketsCoverTheRangeThatWasAskedFor)
{
    Store store({{.time = "2025-06-03T12:00"}, {.time = "2025-06-20"}});
    store.scope.range = {at("2025-06-02T12:00"), at("2025-06-05")};
    EXPECT_EQ(store.text({.measures = "generations", .interval = Interval::Day}),
              "2025-06-02T00:00:00+00:00 | 0\n"
              "2025-06-03T00:00:00+00:00 | 1\n"
              "2025-06-04T00:00:00+00:00 | 0\n"
              "total: - | 1\n");
    // Also where nothing matched.
    store.scope.range = {at("2025-07-01"), at("2025-07-02T00:00:00.000001")};
    EXPECT_EQ(store.text({.measures = "generations", .interval = Interval::Day}),
              "2025-07-01T00:00:00+00:00 | 0\n"
              "2025-07-02T00:00:00+00:00 | 0\n"
              "total: - | 0\n");
    // An open bound is that of the events.
    store.scope.range = {at("2025-06-19"), std::nullopt};
    EXPECT_EQ(store.text({.measures = "generations", .interval = Interval::Day}),
              "2025-06-19T00:00:00+00:00 | 0\n"
              "2025-06-20T00:00:00+00:00 | 1\n"
              "total: - | 1\n");
}

TEST(Query, DaysFollowTheZoneThroughDaylightSaving)
{
    Store store({{.time = "2025-03-29T22:59:59Z"},
                 {.time = "2025-03-29T23:00:00Z"},
                 {.time = "2025-03-30T21:59:59Z"},
                 {.time = "2025-03-30T22:00:00Z"}});
    store.scope.zone = *Zone::named("Europe/Berlin");
    EXPECT_EQ(store.text({.measures = "generations", .interval = Interval::Day}),
              "2025-03-29T00:00:00+01:00 | 1\n"
              "2025-03-30T00:00:00+01:00 | 2\n" // 23 hours
              "2025-03-31T00:00:00+02:00 | 1\n"
              "total: - | 4\n");
}

TEST(Query, TooManyBucketsIsWrongUsage)
{
    Store store({{.time = "2025-01-01"}, {.time = "2025-12-31"}});
    const auto answer = store.run({.measures = "generations", .interval = Interval::Minute});
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().kind, Error::Kind::Usage);
    EXPECT_TRUE(answer.error().message.contains(QStringLiteral("100,000")));
    store.scope.range = {at("2025-01-01"), at("2025-03-11T10:40")}; // exactly 100,000 minutes
    EXPECT_EQ(store.table({.measures = "generations", .interval = Interval::Minute}).rows.size(), 100'000u);
}

TEST(Query, AMissingValueIsAGroupLikeAnyOther)
{
    Store store({{.status = 200}, {.status = 500, .isError = true}, {}, {.status = 200}});
    EXPECT_EQ(store.text({.measures = "generations,error_rate", .by = "http_status"}),
              "200 | 2 | 0\n"
              "500 | 1 | 1\n"
              "- | 1 | 0\n"
              "total: - | 4 | 0.25\n");
    EXPECT_EQ(store.text({.measures = "generations", .by = "is_error"}), "false | 3\n"
                                                                         "true | 1\n"
                                                                         "total: - | 4\n");
}

TEST(Query, PropertiesGroupByText)
{
    Store store({{.properties = {{"event.feature", "10"}}},
                 {.properties = {{"event.feature", "10"}}},
                 {.properties = {{"event.feature", ""}}},
                 {}});
    EXPECT_EQ(store.text({.measures = "generations", .by = "event.feature"}), "10 | 2\n"
                                                                              " | 1\n"
                                                                              "- | 1\n"
                                                                              "total: - | 4\n");
}

TEST(Query, AnEventCountsUnderEachOfItsToolsAndOnceInTheTotal)
{
    Store store({{.trace = "t1", .tools = "search,fetch", .latency = 1},
                 {.trace = "t1", .tools = "fetch", .latency = 3},
                 {.trace = "t2", .latency = 5}});
    EXPECT_EQ(store.text({.measures = "generations,traces,latency_p50", .by = "tool"}),
              "fetch | 2 | 1 | 2\n"
              "search | 1 | 1 | 1\n"
              "- | 1 | 1 | 5\n"
              "total: - | 3 | 2 | 3\n");
}

TEST(Query, TopKeepsTheLargestAndComputesOtherFromItsEvents)
{
    Store store({{.user = "u1", .model = "a", .latency = 1},
                 {.user = "u1", .model = "a", .latency = 1},
                 {.user = "u1", .model = "a", .latency = 1},
                 {.user = "u1", .model = "b", .latency = 1},
                 {.user = "u1", .model = "b", .latency = 1},
                 {.user = "u1", .model = "c", .latency = 2},
                 {.user = "u1", .model = "d", .latency = 4}});
    EXPECT_EQ(store.text({.measures = "generations,users,latency_p50", .by = "model", .top = 2}),
              "a | 3 | 1 | 1\n"
              "Other | 2 | 1 | 3\n"
              "b | 2 | 1 | 1\n"
              "total: - | 7 | 1 | 1\n");
    EXPECT_EQ(store.text({.measures = "generations", .by = "model", .top = 4}), "a | 3\n"
                                                                                "b | 2\n"
                                                                                "c | 1\n"
                                                                                "d | 1\n"
                                                                                "total: - | 7\n");
}

TEST(Query, TopRanksOverEverythingMatchedNotPerBucket)
{
    Store store({{.time = "2025-06-02", .model = "a"},
                 {.time = "2025-06-02", .model = "b"},
                 {.time = "2025-06-03", .model = "b"}});
    EXPECT_EQ(store.text({.measures = "generations", .by = "model", .interval = Interval::Day, .top = 1}),
              "2025-06-02T00:00:00+00:00 | Other | 1\n"
              "2025-06-02T00:00:00+00:00 | b | 1\n"
              "2025-06-03T00:00:00+00:00 | b | 1\n"
              "total: - | - | 3\n");
}

TEST(Query, TopRanksTiesByBytesAndUnpricedLast)
{
    Store store({{.model = "b", .bookInput = 1}, {.model = "a", .bookInput = 1}, {.model = "c"}});
    EXPECT_EQ(store.text({.measures = "cost", .by = "model", .top = 1}), "Other | 1\n"
                                                                         "a | 1\n"
                                                                         "total: - | 2\n");
    EXPECT_EQ(store.text({.measures = "cost", .by = "model", .top = 2}), "a | 1\n"
                                                                         "b | 1\n"
                                                                         "Other | -\n"
                                                                         "total: - | 2\n");
}

TEST(Query, ARealValueNamedOtherIsFoldedIntoOther)
{
    Store store({{.model = "Other"}, {.model = "Other"}, {.model = "a"}, {.model = "b"}});
    EXPECT_EQ(store.text({.measures = "generations", .by = "model", .top = 1}), "Other | 3\n"
                                                                                "a | 1\n"
                                                                                "total: - | 4\n");
    EXPECT_EQ(store.text({.measures = "generations", .by = "model", .top = 9}), "Other | 2\n"
                                                                                "a | 1\n"
                                                                                "b | 1\n"
                                                                                "total: - | 4\n");
}

TEST(Query, TopOfToolsCountsAnEventOnceInOther)
{
    Store store({{.tools = "a"}, {.tools = "a,b,c"}, {.tools = "b"}, {.tools = "a,c"}});
    EXPECT_EQ(store.text({.measures = "generations", .by = "tool", .top = 1}), "Other | 3\n"
                                                                               "a | 3\n"
                                                                               "total: - | 4\n");
}

TEST(Query, TopBelowOneIsWrongUsage)
{
    Store store({{.model = "a"}});
    const auto answer = store.run({.measures = "generations", .by = "model", .top = 0});
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().kind, Error::Kind::Usage);
}

TEST(Query, CostsPerSomethingDivideByWhatHasIt)
{
    // Three events, two traces; the anonymous one has no user.
    Store store({{.user = "u1", .trace = "t1", .bookInput = 1},
                 {.user = "u2", .trace = "t1", .bookInput = 1},
                 {.user = "t2", .trace = "t2", .bookInput = 4}});
    EXPECT_EQ(store.text({.measures = "cost,users,cost_per_generation,cost_per_trace,cost_per_user"}),
              "6 | 2 | 2 | 3 | 1\n"
              "total: 6 | 2 | 2 | 3 | 1\n");
}

TEST(Query, CostPerThousandTokensIsOfAllThatAreMeasured)
{
    Store store({{.model = "a", .input = 500, .output = 1500, .bookInput = 0.75},
                 {.model = "b", .input = 1000, .bookInput = 3},
                 {.model = "c", .bookInput = 1},
                 {.model = "d", .input = 7}});
    EXPECT_EQ(store.text({.measures = "cost_per_1k_tokens", .by = "model"}), "b | 3\n"
                                                                             "a | 0.375\n"
                                                                             "c | -\n"
                                                                             "d | -\n"
                                                                             "total: - | 1.579647489192\n")
        << "none without tokens, none without a price";
}

TEST(Query, CostModes)
{
    Store store({{.reportedCost = 3, .reportedFinal = true, .bookInput = 1}, {.bookInput = 1}, {.input = 9}});
    EXPECT_EQ(store.text({.measures = "cost,unpriced"}), "4 | 1\ntotal: 4 | 1\n");
    store.scope.cost = CostMode::Reported;
    EXPECT_EQ(store.text({.measures = "cost,unpriced"}), "3 | 2\ntotal: 3 | 2\n");
    store.scope.cost = CostMode::Recomputed;
    EXPECT_EQ(store.text({.measures = "cost,unpriced"}), "2 | 1\ntotal: 2 | 1\n");
}

TEST(Query, ErrorsWithoutTokensAreNotUnpriced)
{
    Store store({{.isError = true}, {.isError = true, .input = 5}, {}});
    const auto table = store.table({.measures = "unpriced"});
    EXPECT_EQ(table.unpriced, 2);
    EXPECT_EQ(printed(table), "2\ntotal: 2\n");
}

TEST(Query, CacheHitRateCountsThePromptAsTheEventDoes)
{
    Store inclusive({{.input = 100, .cacheRead = 50}});
    EXPECT_EQ(inclusive.text({.measures = "cache_hit_rate"}), "0.5\ntotal: 0.5\n");
    Store exclusive({{.input = 25, .cacheRead = 50, .cacheWrite = 25, .cacheExclusive = true}});
    EXPECT_EQ(exclusive.text({.measures = "cache_hit_rate"}), "0.5\ntotal: 0.5\n");
}

TEST(Query, TokensPerSecondLeavesErrorsAndZeroLatencyOut)
{
    Store store({{.latency = 2, .output = 100},
                 {.latency = 2, .output = 50},
                 {.isError = true, .latency = 10, .output = 1},
                 {.latency = 0, .output = 1000},
                 {.output = 1000},
                 {.latency = 5}});
    EXPECT_EQ(store.text({.measures = "tokens_per_second,total_tokens"}), "37.5 | 2151\n"
                                                                          "total: 37.5 | 2151\n");
}

TEST(Query, SpeedPercentilesAreOfSingleCalls)
{
    Store store({{.latency = 2, .output = 100},
                 {.latency = 1, .output = 10},
                 {.isError = true, .latency = 10, .output = 1},
                 {.latency = 0, .output = 1000},
                 {.latency = 5}});
    EXPECT_EQ(store.text({.measures = "tokens_per_second_p5,tokens_per_second_p50,tokens_per_second_p99"}),
              "12 | 30 | 49.6\n"
              "total: 12 | 30 | 49.6\n");
    store.scope.filter = *Filter::parse("tokens_per_second < 50");
    EXPECT_EQ(store.text({.measures = "generations"}), "1\ntotal: 1\n");
}

TEST(Query, PercentilesInterpolateBetweenClosestRanks)
{
    Store store({{.latency = 1, .ttft = 0.5}, {.latency = 2}, {.isError = true, .latency = 4}, {}});
    EXPECT_EQ(store.text({.measures = "latency_p50,latency_p90,latency_avg,latency_max,ttft_p99"}),
              "2 | 3.6 | 2.33333 | 4 | 0.5\n"
              "total: 2 | 3.6 | 2.33333 | 4 | 0.5\n");
}

TEST(Query, TopMayBeRankedByAnotherMeasureThanItShows)
{
    Store store({{.model = "rare", .latency = 90},
                 {.model = "usual", .tools = "a", .latency = 1},
                 {.model = "usual", .tools = "a,b", .latency = 3}});
    Query query = QueryText{.measures = "latency_p50", .by = "model", .top = 1}.query();
    EXPECT_EQ(printed(store.table(query)), "rare | 90\nOther | 2\ntotal: - | 3\n");
    query.rankedBy = Measure::Generations;
    EXPECT_EQ(printed(store.table(query)), "Other | 90\nusual | 2\ntotal: - | 3\n");
    query.by = {*Field::parse("tool")};
    EXPECT_EQ(printed(store.table(query)), "Other | 46.5\na | 2\ntotal: - | 3\n");
}

TEST(Query, UsersArePersonsAndCustomersAreWhatTheScopeSays)
{
    Store store({{.user = "web", .person = "P", .model = "m", .groups = {{"company", "acme"}}},
                 {.user = "phone", .person = "P", .groups = {{"company", "acme"}, {"team", "x"}}},
                 {.user = "other", .groups = {{"team", "y"}}}});
    EXPECT_EQ(store.text({.measures = "users,customers"}), "2 | 1\ntotal: 2 | 1\n");
    store.scope.customer = *Field::parse("group.team");
    EXPECT_EQ(store.text({.measures = "users,customers"}), "2 | 2\ntotal: 2 | 2\n");
    EXPECT_EQ(store.text({.measures = "users", .by = "customer"}), "x | 1\n"
                                                                   "y | 1\n"
                                                                   "- | 1\n"
                                                                   "total: - | 2\n");
}

TEST(Query, HugeSumsDoNotWrap)
{
    const double most = 9'000'000; // near the largest cost of one event
    Store store({{.bookInput = most}, {.bookInput = most}, {.bookInput = most}});
    EXPECT_EQ(store.text({.measures = "cost"}), "27000000\ntotal: 27000000\n");
}

TEST(Query, StopsWhenAsked)
{
    SnapshotBuilder builder({{.model = "a"}});
    auto context = makeQueryContext(builder.build(), nullptr, {}, StopToken());
    context.data.stop.requestStop();
    const auto answer = runQuery(QueryText{.measures = "cost"}.query(), {}, RowSet(1, true), context);
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().kind, Error::Kind::Cancelled);
}

TEST(SelectRows, TimeRangeIsHalfOpenAndFiltersApply)
{
    SnapshotBuilder builder({{.time = "2025-06-01T23:59:59.999999Z", .model = "a"},
                             {.time = "2025-06-02", .model = "a"},
                             {.time = "2025-06-02", .model = "b"},
                             {.time = "2025-06-03", .model = "a"}});
    Scope scope;
    const auto selected = [&] {
        const auto context = makeQueryContext(builder.build(), nullptr, scope, StopToken());
        std::vector<std::size_t> rows;
        selectRows(scope, context)->forEach([&](std::size_t row) { rows.push_back(row); });
        return rows;
    };
    EXPECT_EQ(selected(), (std::vector<std::size_t>{0, 1, 2, 3}));
    scope.range = {at("2025-06-02"), at("2025-06-03")};
    EXPECT_EQ(selected(), (std::vector<std::size_t>{1, 2}));
    scope.filter = *Filter::parse("model = \"a\"");
    EXPECT_EQ(selected(), (std::vector<std::size_t>{1}));
    scope.range = {};
    EXPECT_EQ(selected(), (std::vector<std::size_t>{0, 1, 3}));
}

} // namespace

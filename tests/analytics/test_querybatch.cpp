// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/querybatch.h"

#include "analytics/brushedqueries.h"

#include "support/querytext.h"
#include "support/snapshotbuilder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

using namespace genscope;
using genscope::test::printed;
using genscope::test::QueryText;
using genscope::test::SnapshotBuilder;
using genscope::test::TestEvent;

namespace {

/// Three days in several segments, nearly in order of time, as stores grow.
SnapshotBuilder threeDays()
{
    constexpr std::size_t kEvents = 3 * Segment::kRows + 500;
    SnapshotBuilder builder;
    std::mt19937_64 random(3);
    const auto start = parseIsoTime("2025-06-02T00:00:00Z")->instant().us;
    TestEvent event;
    for (std::size_t i = 0; i < kEvents; ++i) {
        const auto late = static_cast<std::int64_t>(random() % 600) * kMicrosPerSecond;
        event.time =
            isoTime({start + static_cast<std::int64_t>(i * 3 * 86'400 / kEvents) * kMicrosPerSecond - late});
        event.kind = random() % 3 == 0 ? EventKind::Span : EventKind::Generation;
        event.user = std::string("u").append(std::to_string(random() % 40));
        event.trace = std::string("t").append(std::to_string(i / 4));
        event.model =
            random() % 9 == 0 ? std::string() : std::string("m").append(std::to_string(random() % 6));
        event.status = random() % 20 == 0 ? std::optional<std::int64_t>(500) : 200;
        event.isError = event.status == 500;
        event.latency =
            random() % 5 == 0 ? std::nullopt : std::optional(static_cast<double>(random() % 9000) / 1000);
        event.input = static_cast<std::int64_t>(random() % 4000);
        event.reportedCost =
            random() % 3 == 0 ? std::optional(static_cast<double>(random() % 500) / 1000) : std::nullopt;
        event.bookInput =
            random() % 4 == 0 ? std::nullopt : std::optional(static_cast<double>(random() % 700) / 1000);
        builder.add(event);
    }
    return builder;
}

TEST(QueryBatch, AnswersAreThoseOfSingleQueries)
{
    SnapshotBuilder builder = threeDays();
    Scope scope;
    scope.zone = *Zone::named("Europe/Berlin");
    const auto context = makeQueryContext(builder.build(), &builder.source(), scope, StopToken());
    const RowSet all = *selectRows(scope, context);
    Scope brushed = scope;
    brushed.range = {parseIsoTime("2025-06-03T05:00:00Z")->instant(),
                     parseIsoTime("2025-06-03T09:00:00Z")->instant()};
    const RowSet some = *selectRows(brushed, context);
    Scope nothing = scope;
    nothing.filter = *Filter::parse("model = \"none\"");
    const RowSet none = *selectRows(nothing, context);

    std::vector<Query> queries;
    for (const char *measures : {"cost", "generations,cost_per_user", "traces,users",
                                 "latency_p50,latency_p99", "errors,spans,input_tokens,tokens_per_second"}) {
        queries.push_back(QueryText{.measures = measures}.query());
        queries.push_back(QueryText{.measures = measures, .interval = Interval::Day}.query());
        queries.push_back(QueryText{.measures = measures, .by = "model", .interval = Interval::Hour}.query());
        queries.push_back(QueryText{.measures = measures, .by = "http_status,model", .top = 1}.query());
    }
    std::vector<BatchedQuery> batch;
    for (const Query &query : queries) {
        batch.push_back({&query, &scope, &all});
        batch.push_back({&query, &brushed, &some});
        batch.push_back({&query, &nothing, &none});
    }
    const auto together = runQueries(batch, context);
    ASSERT_EQ(together.size(), batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const auto alone = runQuery(*batch[i].query, *batch[i].scope, *batch[i].rows, context);
        ASSERT_TRUE(alone.ok() && together[i].ok());
        EXPECT_EQ(printed(*together[i]), printed(*alone)) << i;
        EXPECT_EQ(together[i]->matched, alone->matched);
        EXPECT_EQ(together[i]->unpriced, alone->unpriced);
    }
    EXPECT_EQ(together[0]->matched,
              static_cast<std::int64_t>(
                  (*runQuery(QueryText{.measures = "generations"}.query(), scope, all, context)).matched));
}

TEST(QueryBatch, DaysAndModelsAddUpToTheWhole)
{
    SnapshotBuilder builder = threeDays();
    const Scope scope;
    const auto context = makeQueryContext(builder.build(), &builder.source(), scope, StopToken());
    const RowSet rows = *selectRows(scope, context);
    const auto sumOf = [](const ResultTable &table) {
        Int128 sum = 0;
        for (const auto &row : table.rows)
            sum += std::get<Money>(row.back()).pico;
        return sum;
    };
    const auto days =
        runQuery(QueryText{.measures = "cost", .interval = Interval::Day}.query(), scope, rows, context);
    const auto models = runQuery(QueryText{.measures = "cost", .by = "model"}.query(), scope, rows, context);
    ASSERT_TRUE(days.ok() && models.ok());
    const Int128 whole = std::get<Money>(days->total.back()).pico;
    EXPECT_TRUE(sumOf(*days) == whole);
    EXPECT_TRUE(sumOf(*models) == whole);
    EXPECT_GT(whole, 0);
}

/// What a brush is asked while it moves: distinct counts, percentiles, breakdowns with `Other`, sums.
std::vector<Query> brushedQueries()
{
    return {QueryText{.measures = "cost,generations"}.query(),
            QueryText{.measures = "traces,users,error_rate"}.query(),
            QueryText{.measures = "latency_p50,latency_p95,latency_p99"}.query(),
            QueryText{.measures = "cost", .by = "model", .top = 2}.query(),
            QueryText{.measures = "latency_p95,cost_per_user", .by = "model"}.query(),
            QueryText{.measures = "generations", .by = "http_status", .top = 1}.query()};
}

TEST(BrushedQueries, EveryStepAnswersAsTheQueryOverItsRowsDoes)
{
    SnapshotBuilder builder = threeDays();
    const Scope scope;
    const auto context = makeQueryContext(builder.build(), &builder.source(), scope, StopToken());
    const auto all = std::make_shared<const RowSet>(*selectRows(scope, context));
    const auto errors =
        std::make_shared<const RowSet>(*matchRows(*Filter::parse("is_error"), context.data, *context.cache));
    const std::vector<Query> queries = brushedQueries();
    std::vector<BrushedQueries::Asked> asked;
    for (const Query &query : queries) {
        asked.push_back({query, all});
        asked.push_back({query, errors});
    }
    const auto brushed = BrushedQueries::make(asked, scope, context);
    ASSERT_TRUE(brushed);
    std::mt19937_64 random(11);
    const auto start = parseIsoTime("2025-06-02T00:00:00Z")->instant().us;
    for (int step = 0; step < 25; ++step) {
        const auto minute = [&] {
            return Timestamp{start + static_cast<std::int64_t>(random() % 4320) * 60 * kMicrosPerSecond};
        };
        Scope inRange = scope;
        const auto [a, b] = std::pair(minute(), minute());
        inRange.range = {std::min(a, b), std::max(a, b)};
        const auto together = (*brushed)->answer(inRange.range, {});
        ASSERT_TRUE(together);
        const RowSet rows = *selectRows(inRange, context);
        for (std::size_t i = 0; i < asked.size(); ++i) {
            RowSet own = rows;
            own &= *asked[i].rows;
            const auto alone = runQuery(asked[i].query, inRange, own, context);
            ASSERT_TRUE(alone);
            EXPECT_EQ(printed((*together)[i]), printed(*alone)) << "step " << step << ", query " << i;
            EXPECT_EQ((*together)[i].matched, alone->matched);
            EXPECT_EQ((*together)[i].unpriced, alone->unpriced);
        }
    }
}

TEST(BrushedQueries, WhatIsBrushedInPartsAddsUpToTheWhole)
{
    SnapshotBuilder builder = threeDays();
    const Scope scope;
    const auto context = makeQueryContext(builder.build(), &builder.source(), scope, StopToken());
    const auto all = std::make_shared<const RowSet>(*selectRows(scope, context));
    const auto brushed =
        BrushedQueries::make({{QueryText{.measures = "cost,generations"}.query(), all}}, scope, context);
    ASSERT_TRUE(brushed);
    const auto whole = (*brushed)->answer({}, {});
    std::mt19937_64 random(5);
    const auto start = parseIsoTime("2025-06-02T00:00:00Z")->instant().us;
    for (int round = 0; round < 10; ++round) {
        std::vector<std::int64_t> cuts;
        for (int i = 0; i < 5; ++i)
            cuts.push_back(start + static_cast<std::int64_t>(random() % (3 * 86'400)) * kMicrosPerSecond);
        std::sort(cuts.begin(), cuts.end());
        Int128 cost = 0;
        std::int64_t generations = 0;
        for (std::size_t i = 0; i <= cuts.size(); ++i) {
            TimeRange part;
            if (i > 0)
                part.from = Timestamp{cuts[i - 1]};
            if (i < cuts.size())
                part.to = Timestamp{cuts[i]};
            const auto tables = (*brushed)->answer(part, {});
            const auto &total = tables->front().total;
            cost += std::holds_alternative<Money>(total[0]) ? std::get<Money>(total[0]).pico : 0;
            generations += std::get<std::int64_t>(total[1]);
        }
        EXPECT_TRUE(cost == std::get<Money>(whole->front().total[0]).pico);
        EXPECT_EQ(generations, std::get<std::int64_t>(whole->front().total[1]));
    }
}

TEST(QueryBatch, OneWrongQueryDoesNotSpoilTheOthers)
{
    SnapshotBuilder builder({TestEvent{.model = "a"}, TestEvent{.model = "b"}});
    const Scope scope;
    const auto context = makeQueryContext(builder.build(), &builder.source(), scope, StopToken());
    const RowSet rows = *selectRows(scope, context);
    const Query good = QueryText{.measures = "generations"}.query();
    Query wrong = QueryText{.measures = "generations", .by = "model"}.query();
    wrong.top = 0;
    const auto answers = runQueries({{&wrong, &scope, &rows}, {&good, &scope, &rows}}, context);
    ASSERT_FALSE(answers[0].ok());
    EXPECT_EQ(answers[0].error().kind, Error::Kind::Usage);
    ASSERT_TRUE(answers[1].ok());
    EXPECT_EQ(answers[1]->matched, 2);
}

} // namespace

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/querybatch.h"

#include "support/querytext.h"
#include "support/snapshotbuilder.h"

#include <gtest/gtest.h>

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

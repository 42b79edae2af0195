// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Why a cost changed: more calls, another mix, longer prompts, less cache, other prices.
#include "analytics/costdrivers.h"

#include "support/snapshotbuilder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <sstream>

using namespace genscope;
using namespace genscope::test;

namespace {

constexpr Int128 kDollar = 1'000'000'000'000;

/// @p calls calls of a model at $1 a thousand prompt tokens, $0.10 of cached ones, $10 of the answer.
struct Traffic
{
    std::int64_t calls = 10;
    std::int64_t fresh = 1000; ///< tokens a call
    std::int64_t cached = 0;
    std::int64_t output = 100;
    std::int64_t promptRate = 1'000; ///< microdollars a token
};

CostTally tally(const Traffic &traffic)
{
    CostTally made;
    made.calls = traffic.calls;
    made.prompt = {traffic.calls * traffic.fresh, traffic.calls * traffic.cached, 0};
    made.output = traffic.calls * traffic.output;
    const Int128 micro = 1'000'000;
    made.kindCost[CostTally::Fresh] = {micro * made.prompt[CostTally::Fresh] * traffic.promptRate};
    made.kindCost[CostTally::CacheRead] = {micro * made.prompt[CostTally::CacheRead] * 100};
    made.promptCost = made.kindCost[CostTally::Fresh] + made.kindCost[CostTally::CacheRead];
    made.outputCost = {micro * made.output * 10'000};
    made.cost = made.promptCost + made.outputCost;
    return made;
}

std::string printed(const CostDrivers &drivers)
{
    std::ostringstream out;
    out << drivers.before.toString() << " -> " << drivers.after.toString();
    const std::pair<const char *, Money> parts[] = {
        {"volume", drivers.volume},        {"mix", drivers.mix},          {"prompts", drivers.promptLength},
        {"answers", drivers.answerLength}, {"cache", drivers.cacheShare}, {"price", drivers.price}};
    for (const auto &[name, amount] : parts) {
        if (amount.pico != 0)
            out << ", " << name << ' ' << amount.toString();
    }
    return out.str();
}

/// Of a model that is all there is.
std::string alone(const Traffic &before, const Traffic &after)
{
    return printed(costDriversOf(tally(before), tally(after), before.calls, after.calls));
}

Money sumOf(const CostDrivers &drivers)
{
    return drivers.volume + drivers.mix + drivers.promptLength + drivers.answerLength + drivers.cacheShare +
           drivers.price;
}

} // namespace

TEST(CostDrivers, EachCauseAloneIsFoundWhole)
{
    EXPECT_EQ(alone({}, {}), "20 -> 20");
    EXPECT_EQ(alone({}, {.calls = 15}), "20 -> 30, volume 10");
    EXPECT_EQ(alone({}, {.fresh = 1500}), "20 -> 25, prompts 5");
    EXPECT_EQ(alone({}, {.output = 50}), "20 -> 15, answers -5");
    EXPECT_EQ(alone({}, {.promptRate = 1100}), "20 -> 21, price 1");
    EXPECT_EQ(alone({.fresh = 200, .cached = 800}, {.fresh = 1000}), "12.8 -> 20, cache 7.2");
}

TEST(CostDrivers, AKindOfTokensThatIsNewHasNoOldPriceToChange)
{
    EXPECT_EQ(alone({}, {.fresh = 200, .cached = 800}), "20 -> 12.8, cache -7.2");
    EXPECT_EQ(alone({.output = 0}, {}), "10 -> 20, answers 10");
}

TEST(CostDrivers, CausesTogetherAreTakenOneAfterTheOther)
{
    // Twice the calls, half longer prompts (at the old price), and that price a tenth higher.
    EXPECT_EQ(alone({}, {.calls = 20, .fresh = 1500, .promptRate = 1100}),
              "20 -> 53, volume 20, prompts 10, price 3");
}

TEST(CostDrivers, WithoutPartsOfTheCostTokensCountAtOneRate)
{
    CostTally before = tally({.output = 1000});
    CostTally after = tally({.fresh = 2000, .output = 1000});
    before.knowsParts = false;
    // $110 for 20,000 tokens; 10,000 more are $55 of which $45 were not paid.
    EXPECT_EQ(printed(costDriversOf(before, after, 10, 10)), "110 -> 120, prompts 55, price -45");
}

TEST(CostDrivers, ModelsThatComeOrGoAreMix)
{
    const CostTally some = tally({});
    EXPECT_EQ(printed(costDriversOf({}, some, 10, 20)), "0 -> 20, mix 20");
    EXPECT_EQ(printed(costDriversOf(some, {}, 20, 20)), "20 -> 0, mix -20");
    EXPECT_EQ(printed(costDriversOf({}, some, 0, 10)), "0 -> 20, volume 20");
}

namespace {

std::vector<TestEvent> randomCalls(std::mt19937 &random, int count)
{
    const auto below = [&](int limit) { return std::uniform_int_distribution(0, limit - 1)(random); };
    std::vector<TestEvent> events;
    for (int i = 0; i < count; ++i) {
        TestEvent event;
        event.time = below(2) == 0 ? "2025-06-02T10:00:00Z" : "2025-06-03T10:00:00Z";
        event.model = std::string("model-") + static_cast<char>('a' + below(4));
        event.input = below(5000);
        event.output = below(700);
        event.cacheExclusive = below(2) == 0;
        if (below(2) == 0)
            event.cacheRead = below(3000);
        if (below(8) == 0) {
            event.reportedCost = below(10'000) / 7e5;
        } else if (below(12) != 0) {
            event.bookInput = below(10'000) / 3e6;
            event.bookOutput = below(10'000) / 3e6;
            event.bookCacheRead = *event.bookInput / 3;
            event.bookRequest = below(3) / 1e4;
        }
        events.push_back(event);
    }
    return events;
}

} // namespace

TEST(CostDrivers, AllPartsAddUpToTheChangeWhateverTheCalls)
{
    for (unsigned seed = 0; seed < 200; ++seed) {
        std::mt19937 random(seed);
        SnapshotBuilder builder(randomCalls(random, 1 + static_cast<int>(random() % 60)));
        Scope scope;
        const auto context = makeQueryContext(builder.build(), &builder.source(), scope, {});
        Scope before = scope;
        before.range.to = *parseTimeBound("2025-06-03T00:00:00Z", false, Zone(), {});
        Scope after = scope;
        after.range.from = before.range.to;
        const auto rowsBefore = selectRows(before, context);
        const auto rowsAfter = selectRows(after, context);
        const auto answer =
            explainCostChange(*costBreakdownOf("model"), *rowsBefore, *rowsAfter, scope, context);
        ASSERT_TRUE(answer.ok());
        for (const CostDrivers &row : answer->rows)
            EXPECT_EQ(sumOf(row).toString(), row.change().toString()) << "seed " << seed;
        EXPECT_EQ(sumOf(answer->total).toString(), answer->total.change().toString()) << "seed " << seed;
        const auto cost = [&](const RowSet &rows) {
            Query query;
            query.measures = {Measure::Cost};
            const auto table = runQuery(query, scope, rows, context);
            const auto *money = std::get_if<Money>(&table->total[0]);
            return money ? money->toString() : std::string("0");
        };
        EXPECT_EQ(answer->total.before.toString(), cost(*rowsBefore)) << "seed " << seed;
        EXPECT_EQ(answer->total.after.toString(), cost(*rowsAfter)) << "seed " << seed;
    }
}

namespace {

/// Why the cost of 3 June differs from that of 2 June.
std::vector<std::string> causesBy(const char *field, const std::vector<TestEvent> &events)
{
    SnapshotBuilder builder(events);
    const Scope scope;
    const auto context = makeQueryContext(builder.build(), &builder.source(), scope, {});
    const auto rowsOf = [&](const char *from, const char *to) {
        Scope day = scope;
        day.range = {*parseTimeBound(from, false, Zone(), {}), *parseTimeBound(to, false, Zone(), {})};
        return *selectRows(day, context);
    };
    const auto answer =
        explainCostChange(*costBreakdownOf(field), rowsOf("2025-06-02T00:00:00Z", "2025-06-03T00:00:00Z"),
                          rowsOf("2025-06-03T00:00:00Z", "2025-06-04T00:00:00Z"), scope, context);
    std::vector<std::string> lines;
    for (const CostDrivers &row : answer->rows)
        lines.push_back(std::get<std::string>(row.value) + ": " + printed(row));
    return lines;
}

} // namespace

TEST(CostDrivers, ThePriceBookDividesWhatEventsReportForThePrompt)
{
    // The event says what its prompt cost; by the book a cached token costs a tenth of another.
    TestEvent before{.time = "2025-06-02T10:00:00Z", .model = "m"};
    before.input = 1000;
    before.reportedInput = 1.0;
    before.reportedOutput = 0.0;
    before.bookInput = 2.0;
    before.bookOutput = 0.0;
    TestEvent after = before;
    after.time = "2025-06-03T10:00:00Z";
    after.cacheRead = 500;
    after.reportedInput = 0.55;
    after.bookInput = 1.1;
    after.bookCacheRead = 0.1;
    EXPECT_THAT(causesBy("model", {before, after}), testing::ElementsAre("m: 1 -> 0.55, cache -0.45"));
}

TEST(CostDrivers, AMoveToADearerModelIsMixAndNoPrice)
{
    const auto call = [](const char *time, const char *model, double cost) {
        TestEvent event{.time = time, .model = model};
        event.input = 1000;
        event.bookInput = cost;
        event.bookOutput = 0.0;
        event.groups = {{"company", "acme"}};
        return event;
    };
    EXPECT_THAT(causesBy("customer", {call("2025-06-02T10:00:00Z", "small", 0.25),
                                      call("2025-06-03T10:00:00Z", "large", 2)}),
                testing::ElementsAre("acme: 0.25 -> 2, mix 1.75"));
}

TEST(CostDrivers, AFieldOfManyValuesIsRefused)
{
    SnapshotBuilder builder({TestEvent{.tools = "a,b", .bookInput = 1, .bookOutput = 1}});
    const Scope scope;
    const auto context = makeQueryContext(builder.build(), &builder.source(), scope, {});
    const auto rows = selectRows(scope, context);
    const auto answer = explainCostChange(*costBreakdownOf("tool"), *rows, *rows, scope, context);
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().kind, Error::Kind::Usage);
}

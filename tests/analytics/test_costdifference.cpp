// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What events report of their cost beside what the price book says, and what a "what if" changes.
#include "analytics/costchange.h"
#include "analytics/costdifference.h"
#include "analytics/reprice.h"

#include "support/snapshotbuilder.h"

#include <gtest/gtest.h>

#include <random>
#include <sstream>

using namespace genscope;
using namespace genscope::test;

namespace {

constexpr Timestamp kNow{1'780'000'000 * kMicrosPerSecond}; // 2026-05-28

/// Round rates: $1 per million tokens in, $10 out; a call of 1000 and 100 costs 2 mills.
const char *const kBook = R"({"manual": [
    {"model": "plain", "cost": {"default": {"prompt_token": 1e-6, "completion_token": 1e-5,
      "cache_read_token": 1e-7, "cache_write_token": 2e-6},
      "azure": {"prompt_token": 1.1e-6, "completion_token": 1.1e-5}}},
    {"model": "tiered", "cost": {"default": {"prompt_token": 1e-6, "completion_token": 1e-5},
      "openai": {"prompt_token": 1e-6, "completion_token": 1e-5},
      "openai-flex": {"prompt_token": 5e-7, "completion_token": 5e-6}}},
    {"model": "changed", "cost": {"default": [{"to": "2025-06-01", "prompt_token": 4e-6, "completion_token": 4e-5},
                                              {"from": "2025-06-01", "prompt_token": 1e-6, "completion_token": 1e-5}]}},
    {"model": "long", "cost": {"default": {"prompt_token": 1e-6, "completion_token": 1e-5,
      "context_tiers": [{"min_input_tokens": 200000, "prompt_token": 2e-6, "completion_token": 1.5e-5}]}}},
    {"model": "gemini-2.5-flash", "cost": {"default": {"prompt_token": 1e-6, "completion_token": 1e-5}}},
    {"model": "free", "cost": {"default": {"prompt_token": 0, "completion_token": 0}}}
  ], "openrouter": []})";

std::shared_ptr<const PriceBook> book()
{
    auto read = PriceBook::fromJson(kBook, QStringLiteral("test"));
    EXPECT_TRUE(read.ok()) << read.error().message.toStdString();
    return *read;
}

TestEvent call(const char *model, std::int64_t input, std::int64_t output, std::optional<double> reported)
{
    TestEvent event;
    event.model = model;
    event.provider = "openai";
    event.input = input;
    event.output = output;
    event.reportedCost = reported;
    return event;
}

/// Events priced by the book, in one scope.
class Priced
{
public:
    explicit Priced(const std::vector<TestEvent> &events) : m_builder(events)
    {
        m_stored = m_builder.build();
        DataContext data;
        data.snapshot = m_stored;
        data.source = &m_builder.source();
        auto priced = reprice(data, book(), {}, kNow);
        EXPECT_TRUE(priced.ok());
        m_context = makeQueryContext(*priced, &m_builder.source(), m_scope, {});
        m_rows = *selectRows(m_scope, m_context);
    }

    CostComparison compared(const char *by = "model", KindSet kinds = CostBreakdown().kinds)
    {
        auto breakdown = *costBreakdownOf(by);
        breakdown.kinds = kinds;
        auto answer = compareCosts(breakdown, m_rows, m_scope, m_context, book(), kNow);
        EXPECT_TRUE(answer.ok());
        return *answer;
    }
    CostAnswer answer(const char *assumption, const char *by = "model")
    {
        PricingView view;
        view.whatIf.push_back(*parseSubstitution(assumption));
        auto asked =
            askWhatIf({*costBreakdownOf(by)}, m_rows, m_scope, m_context, m_stored, book(), view, kNow);
        EXPECT_TRUE(asked.ok());
        return *asked;
    }
    Scope &scope() { return m_scope; }

private:
    SnapshotBuilder m_builder;
    Scope m_scope;
    std::shared_ptr<const Snapshot> m_stored;
    QueryContext m_context;
    RowSet m_rows;
};

std::string nameOf(const Cell &value)
{
    if (const auto *instant = std::get_if<Timestamp>(&value))
        return Zone().iso(*instant).substr(0, 10);
    const auto *text = std::get_if<std::string>(&value);
    return text ? *text : "-";
}

/// `model reported-recomputed=difference cause fitting/differing`, a line each.
std::string print(const CostComparison &comparison)
{
    std::ostringstream out;
    for (const CostDifference &row : comparison.rows) {
        out << nameOf(row.value) << ' ' << row.reported.toString() << '-' << row.recomputed.toString() << '='
            << row.difference().toString() << ' ' << costCauseName(row.cause) << ' ' << row.causeEvents << '/'
            << row.differing;
        if (row.factor)
            out << " x" << *row.factor;
        out << '\n';
    }
    return out.str();
}

/// The cause found for one call.
std::string causeOf(const TestEvent &event)
{
    return std::string(costCauseName(Priced({event}).compared().total.cause));
}

TestEvent cached(std::optional<double> reported, bool exclusive = false)
{
    TestEvent event = call("plain", 1000, 100, reported); // 600 fresh, 400 cached: 0.0006 + 0.00004 + 0.001
    event.cacheRead = 400;
    event.cacheExclusive = exclusive;
    return event;
}

} // namespace

TEST(CostDifference, AgreesToTheLastPicodollarOrSaysThatItIsRounding)
{
    EXPECT_EQ(causeOf(call("plain", 1000, 100, 0.002)), "none");
    EXPECT_EQ(causeOf(call("plain", 1234, 57, 0.00180)), "rounding") << "0.001804 to five places";
    EXPECT_EQ(causeOf(call("plain", 1234, 57, 0.001804000001)), "rounding") << "doubles on the way";
}

TEST(CostDifference, FindsCacheMistakes)
{
    EXPECT_EQ(causeOf(cached(0.00164)), "none");
    EXPECT_EQ(causeOf(cached(0.00204)), "cache_counted_twice") << "1000 fresh and 400 cached beside them";
    EXPECT_EQ(causeOf(cached(0.0024)), "cache_counted_twice") << "1400 fresh";
    EXPECT_EQ(causeOf(cached(0.002)), "cache_not_discounted") << "1000 fresh";
    EXPECT_EQ(causeOf(cached(0.0016)), "cache_left_out") << "600 fresh, nothing for the cached";

    EXPECT_EQ(causeOf(cached(0.00204, true)), "none") << "the input does not hold what was cached";
    EXPECT_EQ(causeOf(cached(0.0024, true)), "cache_not_discounted");
    EXPECT_EQ(causeOf(cached(0.002, true)), "cache_left_out");
    EXPECT_EQ(causeOf(cached(0.00164, true)), "cache_left_out") << "taken out of an input that never held it";
}

TEST(CostDifference, FindsTiersMissed)
{
    TestEvent flex = call("tiered", 1000, 100, 0.002);
    flex.serviceTier = "flex";
    EXPECT_EQ(causeOf(flex), "tier_missed");
    EXPECT_EQ(causeOf(call("long", 300'000, 1000, 0.31)), "tier_missed") << "at the price of short prompts";
    EXPECT_EQ(causeOf(call("long", 300'000, 1000, 0.615)), "none");
    EXPECT_EQ(causeOf(call("long", 100'000, 1000, 0.11)), "none");
}

TEST(CostDifference, FindsReasoningMistakes)
{
    TestEvent inside = call("plain", 1000, 100, 0.0026);
    inside.reasoning = 60;
    EXPECT_EQ(causeOf(inside), "reasoning_added") << "they are among the 100 already";
    TestEvent apart = call("gemini-2.5-flash", 1000, 100, 0.002);
    apart.reasoning = 60;
    EXPECT_EQ(causeOf(apart), "reasoning_missed") << "they come on top of the 100";
    apart.reportedCost = 0.0026;
    EXPECT_EQ(causeOf(apart), "none");
}

TEST(CostDifference, FindsOtherPrices)
{
    TestEvent azure = call("plain", 1000, 100, 0.002);
    azure.provider = "azure";
    EXPECT_EQ(causeOf(azure), "other_price") << "the list price instead of azure's";
    TestEvent old = call("changed", 1000, 100, 0.008);
    old.time = "2025-07-01T00:00Z";
    EXPECT_EQ(causeOf(old), "other_price") << "the price of before June";
    EXPECT_EQ(causeOf(call("free", 1000, 100, 0.002)), "other_price");

    Priced dearer(
        {call("plain", 1000, 100, 0.003), call("plain", 500, 70, 0.0018), call("plain", 100, 10, 0.0003)});
    EXPECT_EQ(print(dearer.compared()), "plain 0.0051-0.0034=0.0017 other_price 3/3 x1.5\n")
        << "what all calls have in common is a price";
}

TEST(CostDifference, KnowsCallsOfOtherRatesByWhatTheyHaveInCommon)
{
    std::mt19937_64 random(7);
    std::vector<TestEvent> events;
    for (int i = 0; i < 12; ++i) {
        TestEvent event = cached({});
        event.input = static_cast<std::int64_t>(1000 + random() % 5000);
        event.output = static_cast<std::int64_t>(random() % 900);
        const double fresh = static_cast<double>(*event.input - 400);
        event.reportedCost = (fresh * 1.0 + 400 * 0.31 + static_cast<double>(*event.output) * 10) / 1e6;
        event.groups = {{"company", std::to_string(i % 6)}};
        events.push_back(event);
    }
    EXPECT_EQ(costCauseName(Priced(events).compared().total.cause), "other_price") << "the cache costs more";
    const CostComparison byCustomer = Priced(events).compared("customer");
    for (const CostDifference &row : byCustomer.rows)
        EXPECT_EQ(costCauseName(row.cause), "other_price") << "what is known of all of a model's calls";
    for (TestEvent &event : events)
        event.reportedCost = *event.reportedCost + static_cast<double>(random() % 900) / 1e6;
    EXPECT_EQ(costCauseName(Priced(events).compared().total.cause), "unexplained") << "no rates fit";
    events.resize(3);
    EXPECT_EQ(costCauseName(Priced(events).compared().total.cause), "unexplained") << "three calls fit any";
}

TEST(CostDifference, FindsTheRest)
{
    EXPECT_EQ(causeOf(call("plain", 1000, 100, -0.002)), "negative");
    EXPECT_EQ(causeOf(call("plain", 1000, 100, 0.0)), "reported_as_free") << "unknown is not zero";
    EXPECT_EQ(causeOf(call("plain", 1000, 300, 0.001)), "input_only");
    EXPECT_EQ(causeOf(call("plain", 1000, 300, 0.003)), "output_only");
    EXPECT_EQ(causeOf(call("plain", 1000, 100, 0.0123)), "unexplained");
}

TEST(CostDifference, LargestFirstEachByWhatExplainsMostOfIt)
{
    Priced priced({call("plain", 1000, 100, 0.0021), // 0.1 mill without a cause
                   cached(0.00204), cached(0.00204), // 0.4 mill each
                   call("long", 300'000, 1000, 0.31), call("changed", 1000, 100, 0.002)});
    priced.scope(); // UTC
    EXPECT_EQ(print(priced.compared()), "long 0.31-0.615=-0.305 tier_missed 1/1\n"
                                        "plain 0.00618-0.00528=0.0009 cache_counted_twice 2/3\n"
                                        "changed 0.002-0.002=0 none 0/0\n");
    const CostComparison byDay = priced.compared("day");
    EXPECT_EQ(print(byDay), "2025-06-02 0.31818-0.62228=-0.3041 tier_missed 1/4\n");
    EXPECT_EQ(nameOf(priced.compared("provider").rows[0].value), "openai");
}

TEST(CostDifference, CountsWhatCannotBeCompared)
{
    TestEvent failed = call("unknown", 0, 0, std::nullopt);
    failed.input = failed.output = std::nullopt;
    failed.isError = true;
    TestEvent embedding = call("plain", 1000, 0, 0.5);
    embedding.kind = EventKind::Embedding;
    Priced priced({call("plain", 1000, 100, 0.002), call("plain", 1000, 100, std::nullopt),
                   call("unknown", 10, 10, 1.0), call("unknown", 10, 10, std::nullopt), failed, embedding});
    const CostDifference all = priced.compared().total;
    EXPECT_EQ(all.events, 5) << "embeddings are not asked for";
    EXPECT_EQ(all.pricedBoth, 1);
    EXPECT_EQ(all.notReported, 1);
    EXPECT_EQ(all.unpriced, 2) << "the failed call without tokens costs nothing";
    EXPECT_EQ(all.reported, all.recomputed);
    const KindSet both = kindSet({EventKind::Generation, EventKind::Embedding});
    EXPECT_EQ(priced.compared("model", both).total.pricedBoth, 2);
}

TEST(CostDifference, RowsAddUpToTheTotalWhateverTheyAreBy)
{
    std::mt19937_64 random(4);
    std::vector<TestEvent> events;
    const char *const models[] = {"plain", "long", "changed", "free", "unknown"};
    for (int i = 0; i < 500; ++i) {
        const auto below = [&](std::uint64_t count) { return static_cast<std::int64_t>(random() % count); };
        TestEvent event = call(models[below(5)], below(300'000), below(5000), std::nullopt);
        if (below(4) != 0)
            event.reportedCost = static_cast<double>(below(100'000)) / 1e6 - 0.01;
        event.time = "2025-0" + std::to_string(5 + below(4)) + "-1" + std::to_string(below(10)) + "T12:00Z";
        event.groups = below(3) == 0 ? Texts{} : Texts{{"company", std::to_string(below(7))}};
        events.push_back(std::move(event));
    }
    std::sort(events.begin(), events.end(), [](const auto &a, const auto &b) { return a.time < b.time; });
    Priced priced(events);
    for (const char *by : {"model", "provider", "customer", "day", "month"}) {
        const CostComparison comparison = priced.compared(by);
        CostDifference sum;
        for (const CostDifference &row : comparison.rows) {
            sum.events += row.events;
            sum.pricedBoth += row.pricedBoth;
            sum.differing += row.differing;
            sum.unpriced += row.unpriced;
            sum.notReported += row.notReported;
            sum.reported += row.reported;
            sum.recomputed += row.recomputed;
        }
        const CostDifference &total = comparison.total;
        EXPECT_EQ(sum.events, total.events) << by;
        EXPECT_EQ(sum.pricedBoth, total.pricedBoth) << by;
        EXPECT_EQ(sum.differing, total.differing) << by;
        EXPECT_EQ(sum.unpriced, total.unpriced) << by;
        EXPECT_EQ(sum.notReported, total.notReported) << by;
        EXPECT_EQ(sum.reported, total.reported) << by;
        EXPECT_EQ(sum.recomputed, total.recomputed) << by;
        EXPECT_GT(total.unpriced, 0);
        EXPECT_GT(total.notReported, 0);
        const auto size = [](const CostDifference &row) { return std::abs(row.difference().usd()); };
        EXPECT_TRUE(std::is_sorted(comparison.rows.begin(), comparison.rows.end(),
                                   [&](const auto &a, const auto &b) { return size(a) > size(b); }))
            << by;
    }
}

TEST(CostDifference, NamesWhatItCannotBreakDownBy)
{
    EXPECT_FALSE(costBreakdownOf("nonsense").ok());
    EXPECT_EQ(costBreakdownOf("week")->interval, Interval::Week);
    EXPECT_TRUE(costBreakdownOf("event.feature")->field.has_value());
}

TEST(WhatIf, SaysWhatChangesAndHowManyCallsItIsAbout)
{
    Priced priced({call("plain", 1000, 100, std::nullopt), call("plain", 1000, 100, 0.5),
                   call("changed", 1000, 100, std::nullopt)});
    const CostAnswer answer = priced.answer("plain=x0.5");
    EXPECT_EQ(answer.assumed, 2);
    EXPECT_EQ(answer.total.before->toString(), "0.504") << "what is reported, else the book's";
    EXPECT_EQ(answer.total.after->toString(), "0.004") << "what events report says nothing of an assumption";
    ASSERT_EQ(answer.by.front().rows.size(), 2u);
    EXPECT_EQ(nameOf(answer.by.front().rows[0].value), "plain");
    EXPECT_EQ(answer.by.front().rows[1].change()->toString(), "0");
}

TEST(WhatIf, AlsoAnswersWhereReportedCostsAreShown)
{
    Priced priced({call("plain", 1000, 100, 0.5)});
    priced.scope().cost = CostMode::Reported;
    EXPECT_EQ(priced.answer("plain=x0.5").total.after->toString(), "0.001");
}

TEST(WhatIf, UnknownIsNotFree)
{
    Priced priced({call("plain", 1000, 100, 0.5)});
    const CostAnswer answer = priced.answer("plain=in-no-book");
    EXPECT_FALSE(answer.total.after.has_value());
    EXPECT_FALSE(answer.total.change().has_value());
    EXPECT_EQ(answer.total.unpriced, 1);
}

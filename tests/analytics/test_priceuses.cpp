// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which prices calls use, and why a cost is what it is in each view.
#include "analytics/explainview.h"
#include "analytics/priceuses.h"
#include "analytics/reprice.h"
#include "pricing/pricebook.h"

#include "support/snapshotbuilder.h"

#include <gtest/gtest.h>

#include <sstream>

using namespace genscope;
using namespace genscope::test;

namespace {

constexpr Timestamp kNow{1'780'000'000 * kMicrosPerSecond}; // 2026-05-28

const char *const kBook = R"({"manual": [
    {"model": "m", "cost": {
      "default": [{"to": "2025-06-01", "prompt_token": 4e-6, "completion_token": 0},
                  {"from": "2025-06-01", "prompt_token": 1e-6, "completion_token": 0,
                   "context_tiers": [{"min_input_tokens": 200000, "prompt_token": 2e-6, "completion_token": 0}]}],
      "azure": {"prompt_token": 3e-6, "completion_token": 0}}},
    {"model": "gemini-2.5-pro", "cost": {"default": {"prompt_token": 1e-6, "completion_token": 1e-5}}},
    {"model": "n", "cost": {"default": {"prompt_token": 1e-5, "completion_token": 1e-4}}}
  ], "openrouter": []})";

std::shared_ptr<const PriceBook> book()
{
    auto read = PriceBook::fromJson(kBook, QStringLiteral("test"));
    EXPECT_TRUE(read.ok()) << read.error().message.toStdString();
    return *read;
}

TestEvent call(const char *time, std::int64_t input, const char *provider = "")
{
    return {.time = time, .model = "m", .provider = provider, .input = input, .output = 0};
}

/// `provider from tier: generations cost`, a line each.
std::string print(const std::vector<TestEvent> &events, const PricingView &view = {})
{
    SnapshotBuilder builder(events);
    DataContext data;
    data.snapshot = builder.build();
    data.source = &builder.source();
    const auto prices = book();
    const auto priced = reprice(data, prices, view, kNow);
    EXPECT_TRUE(priced.ok());
    const auto uses = priceUses(**priced, *prices, view, kNow, {});
    EXPECT_TRUE(uses.ok());
    std::ostringstream out;
    for (const ModelPrices &model : prices->tables().manual) {
        for (const ProviderPrices &provider : model.providers) {
            for (const PricePeriod &period : provider.periods) {
                for (const PriceUse &use : *uses) {
                    if (use.period != &period)
                        continue;
                    out << provider.key << (period.valid.from ? " new" : "");
                    if (use.tier)
                        out << " above " << *use.tier;
                    out << ": " << use.generations << ' ' << use.cost.toString() << " as " << use.model
                        << '\n';
                }
            }
        }
    }
    return out.str();
}

/// The exact total of one call of @p model in a view.
std::string explained(const char *assumption, const char *model = "m")
{
    PricingView view;
    if (*assumption != 0)
        view.whatIf.push_back(*parseSubstitution(assumption));
    Usage usage;
    usage.inputTokens = 1000;
    usage.outputTokens = 100;
    usage.reasoningTokens = 50;
    usage.suppliedTotalCost = Decimal::parse("9");
    const PricedCall call{model, "", "", usage, parseIsoTime("2025-07-01T00:00Z")->instant()};
    const Substitution *assumed = view.whatIf.empty() ? nullptr : view.whatIf.data();
    const auto why = explainCostIn(view, assumed, call, *book(), SuppliedCosts::Ignore, kNow);
    return why.costs.total ? why.costs.total->toString() : std::string("-");
}

} // namespace

TEST(PriceUses, AreOfTheVeryPriceThatWasCharged)
{
    TestEvent other = call("2025-07-01T00:00Z", 1000);
    other.model = "not-in-the-book";
    TestEvent embedding = call("2025-07-01T00:00Z", 1000);
    embedding.kind = EventKind::Embedding;
    const std::vector<TestEvent> events = {call("2025-05-01T00:00Z", 1000),
                                           call("2025-07-01T00:00Z", 1000),
                                           call("2025-07-01T00:00Z", 1000),
                                           call("2025-07-01T00:00Z", 300'000),
                                           call("2025-07-01T00:00Z", 1000, "azure"),
                                           other,
                                           embedding};
    EXPECT_EQ(print(events), "default: 1 0.004 as m\n"
                             "default new: 2 0.002 as m\n"
                             "default new above 200000: 1 0.6 as m\n"
                             "azure: 1 0.003 as m\n");
    EXPECT_EQ(print(events, {PriceTime::Today, {}, {}}), "default new: 3 0.003 as m\n"
                                                         "default new above 200000: 1 0.6 as m\n"
                                                         "azure: 1 0.003 as m\n")
        << "at today's prices nothing uses those of then";
}

TEST(PriceUses, PromptsHoldTheCacheThatIsCountedBesideThem)
{
    TestEvent cached = call("2025-07-01T00:00Z", 1000);
    cached.cacheRead = 250'000;
    cached.cacheExclusive = true;
    EXPECT_EQ(print({cached}).substr(0, 24), "default new above 200000");
}

TEST(ExplainView, FollowsTheTimeOfTheView)
{
    Usage usage;
    usage.inputTokens = 1000;
    usage.outputTokens = 0;
    const PricedCall call{"m", "", "", usage, parseIsoTime("2025-05-01T00:00Z")->instant()};
    const auto total = [&](const PricingView &view) {
        return explainCostIn(view, nullptr, call, *book(), SuppliedCosts::Honour, kNow)
            .costs.total->toString();
    };
    EXPECT_EQ(total({}), "0.004");
    EXPECT_EQ(total({PriceTime::Today, {}, {}}), "0.001");
    EXPECT_EQ(total({PriceTime::Instant, parseIsoTime("2025-05-31T00:00Z")->instant(), {}}), "0.004");
    EXPECT_EQ(total({PriceTime::Instant, parseIsoTime("2025-06-01T00:00Z")->instant(), {}}), "0.001");
}

TEST(ExplainView, ExplainsWhatIsAssumed)
{
    EXPECT_EQ(explained(""), "0.001");
    EXPECT_EQ(explained("m=n"), "0.02") << "1000 and 100 tokens of n";
    EXPECT_EQ(explained("m=x3"), "0.003");
    EXPECT_EQ(explained("m=input:2,output:10"), "0.003");
    EXPECT_EQ(explained("m=in-no-book"), "-");
    EXPECT_EQ(explained("gemini-2.5-pro=n", "gemini-2.5-pro"), "0.025") << "the reasoning is output for n";
}

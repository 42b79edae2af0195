// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Costs that other tools were reported to get wrong, in public bug threads.
#include "pricing/pricing.h"
#include "pricing/pricinghelpers.h"

#include <gtest/gtest.h>

using namespace genscope;

namespace {

/// What one call costs at the rates of a book of one row.
ExactCosts cost(const QByteArray &rates, const char *properties)
{
    const auto book = bookFrom(R"([{"model": "m", "cost": {"default": )" + rates + "}}]");
    const Event event = generation(properties);
    return priceCall(callOf(event), *book, SuppliedCosts::Honour);
}

constexpr auto kCached = R"({"prompt_token": 5e-7, "completion_token": 3e-6, "cache_read_token": 5e-8})";

TEST(ReportedCases, CachedTokensInsideThePromptAreNotAddedToIt)
{
    const ExactCosts long_ =
        cost(kCached, R"({"$ai_model": "m", "$ai_provider": "openai", "$ai_input_tokens": 17903,
                                               "$ai_cache_read_input_tokens": 17817})");
    EXPECT_EQ(long_.input->toString(), "0.00093385") << "86 fresh and 17,817 cached, not 35,720";
    EXPECT_EQ(long_.cacheRead->toString(), "0.00089085");

    const ExactCosts short_ =
        cost(kCached, R"({"$ai_model": "m", "$ai_provider": "openai", "$ai_input_tokens": 1999,
                                                "$ai_cache_read_input_tokens": 1792})");
    EXPECT_EQ(short_.input->toString(), "0.0001931") << "207 fresh and 1,792 cached, not 3,791";
}

TEST(ReportedCases, CacheReadsAreNotChargedAsPrompt)
{
    const ExactCosts costs = cost(
        R"({"prompt_token": 3.3e-6, "completion_token": 1.65e-5, "cache_write_token": 4.1e-6,
                 "cache_read_token": 3.3e-7})",
        R"({"$ai_model": "claude-m", "$ai_provider": "bedrock", "$ai_input_tokens": 3, "$ai_output_tokens": 12,
                 "$ai_cache_creation_input_tokens": 25, "$ai_cache_read_input_tokens": 13216})");
    EXPECT_EQ(costs.total->toString(), "0.00467168") << "not 0.20";
}

TEST(ReportedCases, CachedInputAndOutputHaveTheirOwnPrices)
{
    const ExactCosts costs =
        cost(kCached, R"({"$ai_model": "m", "$ai_provider": "openai", "$ai_input_tokens": 20212,
        "$ai_cache_read_input_tokens": 16298, "$ai_output_tokens": 931})");
    EXPECT_EQ(costs.total->toString(), "0.0055649") << "not 0.0137";

    const ExactCosts calls =
        cost(kCached, R"({"$ai_model": "m", "$ai_provider": "openai", "$ai_input_tokens": 73550,
        "$ai_cache_read_input_tokens": 65304, "$ai_output_tokens": 20480})");
    EXPECT_EQ(calls.input->toString(), "0.0073882") << "cached priced apart, not all at full price";
}

TEST(ReportedCases, CachePartsOfAnExclusiveCallAreNotFree)
{
    const ExactCosts costs =
        cost(R"({"prompt_token": 3.3e-6, "completion_token": 1.65e-5, "cache_write_token": 4.125e-6,
                 "cache_read_token": 3.3e-7})",
             R"({"$ai_model": "claude-m", "$ai_provider": "anthropic", "$ai_input_tokens": 1,
                 "$ai_cache_creation_input_tokens": 1190, "$ai_cache_read_input_tokens": 32634, "$ai_output_tokens": 672})");
    EXPECT_EQ(costs.total->toString(), "0.02676927");
    EXPECT_EQ(costs.cacheWrite->toString(), "0.00490875");
    EXPECT_EQ(costs.cacheRead->toString(), "0.01076922");
}

TEST(ReportedCases, TokensThatTheSenderSubtractedAreNotSubtractedAgain)
{
    const ExactCosts costs =
        cost(kCached, R"({"$ai_model": "m", "$ai_provider": "openai", "$ai_input_tokens": 86,
                                               "$ai_cache_read_input_tokens": 17817})");
    EXPECT_EQ(costs.input->toString(), "0.00093385") << "never negative";
}

TEST(ReportedCases, ALongPromptIsPricedByItsOwnTierAsAWhole)
{
    constexpr auto kTiered = R"({"prompt_token": 3e-6, "completion_token": 1.5e-5, "cache_read_token": 3e-7,
        "context_tiers": [{"min_input_tokens": 200000, "prompt_token": 6e-6, "completion_token": 2.25e-5}]})";
    const ExactCosts at =
        cost(kTiered, R"({"$ai_model": "m", "$ai_input_tokens": 200000, "$ai_output_tokens": 1000})");
    EXPECT_EQ(at.total->toString(), "0.615");
    const ExactCosts above =
        cost(kTiered, R"({"$ai_model": "m", "$ai_input_tokens": 200001, "$ai_output_tokens": 1000})");
    EXPECT_EQ(above.total->toString(), "1.222506") << "the whole prompt at the tier's price";
    const ExactCosts cached = cost(kTiered, R"({"$ai_model": "claude-m", "$ai_input_tokens": 1,
        "$ai_cache_read_input_tokens": 200000, "$ai_output_tokens": 1000})");
    EXPECT_EQ(cached.total->toString(), "0.082506") << "cached tokens count for the length of the prompt";
}

} // namespace

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/pricing.h"
#include "pricing/pricinghelpers.h"

#include <gtest/gtest.h>

using namespace genscope;

namespace {

using Pico = EventCosts::Pico;

constexpr std::int64_t operator""_micro(unsigned long long dollars)
{
    return static_cast<std::int64_t>(dollars) * 1'000'000;
}

const PriceBook &book()
{
    static const auto book = bookFrom(R"({
        "manual": [{"model": "embed", "cost": {"default": {"prompt_token": 2e-8, "completion_token": 0}}}],
        "openrouter": [
            {"model": "acme/chat", "cost": {"default": {"prompt_token": 1e-6, "completion_token": 2e-6,
                                                        "cache_read_token": 1e-7, "cache_write_token": 1.25e-6}}},
            {"model": "acme/search", "cost": {"default": {"prompt_token": 1e-6, "completion_token": 1e-6,
                                                          "request": 0.005, "web_search": 0.01}}},
            {"model": "acme/gold", "cost": {"default": {"prompt_token": 1, "completion_token": 1}}},
            {"model": "acme/odd", "cost": {"default": {"prompt_token": 1.5e-12, "completion_token": 2.5e-13}}}]})");
    return *book;
}

EventCosts costsOf(const char *properties)
{
    return genscope::costsOf(generation(properties), book());
}

TEST(CostsOf, KeepsWhatTheBookSaysInPicodollars)
{
    const EventCosts costs =
        costsOf(R"({"$ai_model": "chat", "$ai_provider": "acme", "$ai_input_tokens": 1000,
        "$ai_output_tokens": 100, "$ai_cache_read_input_tokens": 400, "$ai_cache_creation_input_tokens": 200})");
    EXPECT_EQ(costs.bookInput, Pico(690_micro)) << "400 fresh, 400 read, 200 written";
    EXPECT_EQ(costs.bookCacheRead, Pico(40_micro));
    EXPECT_EQ(costs.bookCacheWrite, Pico(250_micro));
    EXPECT_EQ(costs.bookOutput, Pico(200_micro));
    EXPECT_EQ(costs.bookRequest, Pico(0));
    EXPECT_EQ(costs.bookWebSearch, Pico(0));
    EXPECT_EQ(costs.source, CostSource::OpenRouter);
    EXPECT_EQ(costs.model, "acme/chat");
    EXPECT_EQ(costs.provider, "default");
    EXPECT_FALSE(costs.cacheExclusive);
    EXPECT_EQ(costs.reportedTotal, std::nullopt);
    EXPECT_FALSE(costs.reportedFinal);
}

TEST(CostsOf, RoundsEachPartOnceHalfAwayFromZero)
{
    const EventCosts costs =
        costsOf(R"({"$ai_model": "odd", "$ai_input_tokens": 3, "$ai_output_tokens": 1})");
    EXPECT_EQ(costs.bookInput, Pico(5)) << "4.5";
    EXPECT_EQ(costs.bookOutput, Pico(0)) << "0.25";
}

TEST(CostsOf, AnUncountedSideIsUnknownNotZero)
{
    const EventCosts input = costsOf(R"({"$ai_model": "chat", "$ai_input_tokens": 10})");
    EXPECT_EQ(input.bookInput, Pico(10_micro));
    EXPECT_EQ(input.bookOutput, std::nullopt);
    EXPECT_EQ(input.bookRequest, Pico(0));

    const EventCosts nothing = costsOf(R"({"$ai_model": "chat"})");
    EXPECT_EQ(nothing.bookInput, std::nullopt);
    EXPECT_EQ(nothing.bookOutput, std::nullopt);
    EXPECT_EQ(nothing.bookRequest, std::nullopt);
    EXPECT_EQ(nothing.source, CostSource::OpenRouter) << "the row is known though the cost is not";
}

TEST(CostsOf, ARequestFeeIsKnownWithoutCounts)
{
    const EventCosts costs = costsOf(R"({"$ai_model": "search", "$ai_web_search_count": 3})");
    EXPECT_EQ(costs.bookRequest, Pico(5000_micro));
    EXPECT_EQ(costs.bookWebSearch, Pico(30'000_micro));
    EXPECT_EQ(costs.bookInput, std::nullopt);
}

TEST(CostsOf, AnUnknownModelHasNoCost)
{
    const EventCosts costs = costsOf(R"({"$ai_model": "unheard-of", "$ai_input_tokens": 10})");
    EXPECT_EQ(costs.bookInput, std::nullopt);
    EXPECT_EQ(costs.source, CostSource::None);
    EXPECT_EQ(costs.model, "");
}

TEST(CostsOf, PutsWhatTheEventCarriesNextToWhatTheBookSays)
{
    const EventCosts costs =
        costsOf(R"({"$ai_model": "chat", "$ai_input_tokens": 1000, "$ai_output_tokens": 100,
        "$ai_input_cost_usd": 0.0025, "$ai_output_cost_usd": 0.001, "$ai_total_cost_usd": 0.0036})");
    EXPECT_EQ(costs.reportedInput, Pico(2500_micro));
    EXPECT_EQ(costs.reportedOutput, Pico(1000_micro));
    EXPECT_EQ(costs.reportedRequest, std::nullopt);
    EXPECT_EQ(costs.reportedTotal, Pico(3600_micro)) << "the total that is carried, not the sum";
    EXPECT_TRUE(costs.reportedFinal);
    EXPECT_EQ(costs.bookInput, Pico(1000_micro));
    EXPECT_EQ(costs.bookOutput, Pico(200_micro));
    EXPECT_EQ(costs.source, CostSource::Passthrough);
    EXPECT_EQ(costs.model, "");
}

TEST(CostsOf, SumsCarriedPartsWhereBothSidesAreCarriedAndTheTotalIsNot)
{
    for (const char *total : {"null", "0", "\"?\""}) {
        const std::string json = std::string(R"({"$ai_input_cost_usd": 0.1, "$ai_output_cost_usd": 0.2,
            "$ai_request_cost_usd": 0.05, "$ai_web_search_cost_usd": 0.03, "$ai_total_cost_usd": )") +
                                 total + "}";
        const EventCosts costs = costsOf(json.c_str());
        EXPECT_EQ(costs.reportedTotal, Pico(380'000_micro)) << total;
        EXPECT_TRUE(costs.reportedFinal) << total;
    }
}

TEST(CostsOf, ACarriedZeroIsKeptButDoesNotStopTheBook)
{
    const EventCosts costs = costsOf(R"({"$ai_model": "chat", "$ai_input_tokens": 10, "$ai_output_tokens": 1,
        "$ai_input_cost_usd": 0, "$ai_output_cost_usd": 0.2})");
    EXPECT_EQ(costs.reportedInput, Pico(0));
    EXPECT_EQ(costs.reportedOutput, Pico(200'000_micro));
    EXPECT_EQ(costs.reportedTotal, std::nullopt);
    EXPECT_FALSE(costs.reportedFinal);
    EXPECT_EQ(costs.source, CostSource::OpenRouter);
}

TEST(CostsOf, PassthroughMakesACarriedTotalFinalEvenZero)
{
    const EventCosts costs =
        costsOf(R"({"$ai_model": "chat", "$ai_input_tokens": 10, "$ai_cost_passthrough": "true",
                                         "$ai_total_cost_usd": 0})");
    EXPECT_EQ(costs.reportedTotal, Pico(0));
    EXPECT_TRUE(costs.reportedFinal);
    EXPECT_EQ(costs.source, CostSource::Passthrough);
    EXPECT_EQ(costs.bookInput, Pico(10_micro)) << "what-if needs it all the same";

    EXPECT_FALSE(costsOf(R"({"$ai_model": "chat", "$ai_cost_passthrough": true})").reportedFinal);
    EXPECT_FALSE(costsOf(R"({"$ai_model": "chat", "$ai_total_cost_usd": 0})").reportedFinal);
    EXPECT_FALSE(costsOf(R"({"$ai_model": "chat", "$ai_total_cost_usd": 1})").reportedFinal);
}

TEST(CostsOf, CustomPricesGoBeforeTheBook)
{
    const EventCosts costs = costsOf(R"({"$ai_model": "chat", "$ai_input_tokens": 10, "$ai_output_tokens": 1,
        "$ai_input_token_price": 0.5, "$ai_output_token_price": "0.25", "$ai_request_price": 2})");
    EXPECT_EQ(costs.bookInput, Pico(5'000'000_micro));
    EXPECT_EQ(costs.bookOutput, Pico(250'000_micro));
    EXPECT_EQ(costs.bookRequest, Pico(2'000'000_micro));
    EXPECT_EQ(costs.source, CostSource::Custom);
    EXPECT_EQ(costs.model, "custom");
    EXPECT_EQ(costs.provider, "custom");
}

TEST(CostsOf, ACostThatDoesNotFitIsAbsent)
{
    const EventCosts costs =
        costsOf(R"({"$ai_model": "gold", "$ai_input_tokens": 9000000, "$ai_output_tokens": 10000000,
                                         "$ai_total_cost_usd": 1e30})");
    EXPECT_EQ(costs.bookInput, Pico(9'000'000'000'000'000'000));
    EXPECT_EQ(costs.bookOutput, std::nullopt);
    EXPECT_EQ(costs.reportedTotal, std::nullopt);
    EXPECT_EQ(costs.source, CostSource::OpenRouter);
}

TEST(CostsOf, ExtremeCountsDoNotOverflow)
{
    const auto costsOfCounts = [](std::int64_t count) {
        Event event = generation(R"({"$ai_model": "chat"})");
        Usage &usage = event.usage;
        for (Count *each :
             {&usage.inputTokens, &usage.cacheReadTokens, &usage.cacheWriteTokens, &usage.audioInputTokens,
              &usage.imageInputTokens, &usage.cacheReadAudioTokens, &usage.outputTokens,
              &usage.audioOutputTokens, &usage.requestCount, &usage.webSearchCount})
            *each = count;
        return genscope::costsOf(event, book());
    };
    EXPECT_EQ(costsOfCounts(INT64_MAX).bookInput, std::nullopt);
    EXPECT_EQ(costsOfCounts(INT64_MAX).bookOutput, std::nullopt);
    EXPECT_EQ(costsOfCounts(INT64_MIN).bookInput, std::nullopt);
    EXPECT_EQ(costsOfCounts(INT64_MIN).bookOutput, Pico(0)) << "audio is never credited";
}

TEST(CostsOf, OtherKindsHaveOnlyWhatTheyCarry)
{
    const char *const properties = R"({"$ai_model": "chat", "$ai_input_tokens": 10, "$ai_input_cost_usd": 0.1,
                                       "$ai_output_cost_usd": 0.2)";
    for (const EventKind kind : {EventKind::Span, EventKind::Trace, EventKind::Metric, EventKind::Feedback}) {
        Event event = generation((std::string(properties) + "}").c_str());
        event.kind = kind;
        const EventCosts costs = genscope::costsOf(event, book());
        EXPECT_EQ(costs.bookInput, std::nullopt);
        EXPECT_EQ(costs.reportedInput, Pico(100'000_micro));
        EXPECT_EQ(costs.reportedTotal, std::nullopt) << "PostHog sums up nothing on them";
        EXPECT_TRUE(costs.reportedFinal);
        EXPECT_EQ(costs.source, CostSource::None);
    }
    Event event = generation((std::string(properties) + R"(, "$ai_total_cost_usd": 0.5})").c_str());
    event.kind = EventKind::Span;
    EXPECT_EQ(genscope::costsOf(event, book()).reportedTotal, Pico(500'000_micro));
    EXPECT_EQ(genscope::costsOf(event, book()).source, CostSource::Passthrough);
}

TEST(CostsOf, OtherKindsCountTheCacheAsTheySay)
{
    const auto isExclusive = [](const char *properties) {
        Event event = generation(properties);
        event.kind = EventKind::Span;
        return genscope::costsOf(event, book()).cacheExclusive;
    };
    EXPECT_TRUE(isExclusive(R"({"$ai_cache_reporting_exclusive": true})"));
    EXPECT_FALSE(isExclusive(R"({"$ai_cache_reporting_exclusive": false, "$ai_provider": "anthropic"})"));
    EXPECT_FALSE(isExclusive(R"({"$ai_provider": "anthropic"})")) << "PostHog gives no verdict on them";
}

TEST(CostsOf, EmbeddingsAndEvaluationsArePriced)
{
    Event event = generation(R"({"$ai_model": "embed", "$ai_input_tokens": 50})");
    for (const EventKind kind : {EventKind::Embedding, EventKind::Evaluation}) {
        event.kind = kind;
        EXPECT_EQ(genscope::costsOf(event, book()).bookInput, Pico(1_micro));
        EXPECT_EQ(genscope::costsOf(event, book()).source, CostSource::Manual);
    }
}

TEST(PriceCall, CanIgnoreWhatTheEventCarries)
{
    const Event event = generation(R"({"$ai_model": "chat", "$ai_input_tokens": 10, "$ai_output_tokens": 10,
                                       "$ai_input_cost_usd": 1, "$ai_output_cost_usd": 2})");
    const PricedCall call = callOf(event);
    EXPECT_EQ(priceCall(call, book(), SuppliedCosts::Honour).total->toString(), "3");
    EXPECT_EQ(priceCall(call, book(), SuppliedCosts::Ignore).total->toString(), "0.00003");
}

TEST(PriceCall, FillsInWhatTheEventDoesNotCarry)
{
    const Event event = generation(R"({"$ai_model": "chat", "$ai_input_tokens": 10, "$ai_output_tokens": 10,
                                       "$ai_output_cost_usd": 0.5, "$ai_total_cost_usd": 0})");
    const ExactCosts costs = priceCall(callOf(event), book(), SuppliedCosts::Honour);
    EXPECT_EQ(costs.input->toString(), "0.00001");
    EXPECT_EQ(costs.output->toString(), "0.5") << "never overwritten";
    EXPECT_EQ(costs.total->toString(), "0")
        << "a total that is carried stays, even where the parts say otherwise";
    EXPECT_EQ(costSourceName(costs.source), "openrouter");
}

TEST(PriceCall, LeavesAnEventAloneThatNoPriceFits)
{
    const Event event = generation(R"({"$ai_model": "unheard-of", "$ai_input_cost_usd": 0.5})");
    const ExactCosts costs = priceCall(callOf(event), book(), SuppliedCosts::Honour);
    EXPECT_EQ(costs.input->toString(), "0.5");
    EXPECT_FALSE(costs.total) << "PostHog sums up only what it has priced";
    EXPECT_EQ(costs.source, CostSource::None);
}

TEST(PriceCall, GivesTheCacheVerdictOnlyWhereItWasNeeded)
{
    const auto verdict = [](const char *properties) {
        const Event event = generation(properties);
        return priceCall(callOf(event), book(), SuppliedCosts::Honour).cacheReportingExclusive;
    };
    EXPECT_EQ(verdict(R"({"$ai_model": "chat", "$ai_input_tokens": 10})"), std::optional(false));
    EXPECT_EQ(verdict(R"({"$ai_model": "chat", "$ai_provider": "Anthropic", "$ai_input_tokens": 10})"),
              std::optional(true));
    EXPECT_EQ(verdict(R"({"$ai_model": "chat", "$ai_input_tokens": 10, "$ai_cache_read_input_tokens": 11})"),
              std::optional(true))
        << "it cannot be inside";
    EXPECT_EQ(verdict(R"({"$ai_model": "chat", "$ai_output_tokens": 10})"), std::nullopt);
    EXPECT_EQ(verdict(R"({"$ai_model": "unheard-of", "$ai_input_tokens": 10})"), std::nullopt);
    EXPECT_EQ(
        verdict(
            R"({"$ai_input_cost_usd": 1, "$ai_output_cost_usd": 1, "$ai_cache_reporting_exclusive": true})"),
        std::optional(true))
        << "what the event says stays";
}

} // namespace

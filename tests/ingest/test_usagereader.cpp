// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/eventtesting.h"

using namespace genscope;

namespace {

Usage usage(const std::string &properties)
{
    return generation(properties).usage;
}

Amount usd(const char *text)
{
    return Decimal::parse(text);
}

TEST(UsageReader, ReadsEveryCount)
{
    const Usage u = usage(
        R"("$ai_input_tokens":1,"$ai_output_tokens":2,"$ai_cache_read_input_tokens":3,"$ai_cache_creation_input_tokens":4,)"
        R"("$ai_cache_creation_5m_input_tokens":5,"$ai_cache_creation_1h_input_tokens":6,"$ai_reasoning_tokens":7,)"
        R"("$ai_cache_read_audio_tokens":8,"$ai_audio_input_tokens":9,"$ai_image_input_tokens":10,"$ai_audio_output_tokens":11,)"
        R"("$ai_image_output_tokens":12,"$ai_text_output_tokens":13,"$ai_request_count":14,"$ai_web_search_count":15)");
    EXPECT_EQ(u.inputTokens, 1);
    EXPECT_EQ(u.outputTokens, 2);
    EXPECT_EQ(u.cacheReadTokens, 3);
    EXPECT_EQ(u.cacheWriteTokens, 4);
    EXPECT_EQ(u.cacheWrite5mTokens, 5);
    EXPECT_EQ(u.cacheWrite1hTokens, 6);
    EXPECT_EQ(u.reasoningTokens, 7);
    EXPECT_EQ(u.cacheReadAudioTokens, 8);
    EXPECT_EQ(u.audioInputTokens, 9);
    EXPECT_EQ(u.imageInputTokens, 10);
    EXPECT_EQ(u.audioOutputTokens, 11);
    EXPECT_EQ(u.imageOutputTokens, 12);
    EXPECT_EQ(u.textOutputTokens, 13);
    EXPECT_EQ(u.requestCount, 14);
    EXPECT_EQ(u.webSearchCount, 15);
}

TEST(UsageReader, SettlesDriftingCounts)
{
    struct Case
    {
        const char *json;
        Count count;
        int notes;
    };
    const Case cases[] = {
        {"24", 24, 0},
        {"\"24\"", 24, 0},
        {"24.0", 24, 0},
        {"1e3", 1000, 0},
        {"\" +7 \"", 7, 0},
        {"2.5", 3, 0},
        {"0", 0, 0},
        {"-5", -5, 0},
        {"9223372036854775807", INT64_MAX, 0},
        {"9223372036854775808", {}, 1},
        {"1180591620717411303424", {}, 1},
        {"1e400", {}, 1},
        {"-1e400", {}, 1},
        {"\"1e400\"", {}, 1},
        {"\"NaN\"", {}, 1},
        {"\"many\"", {}, 0},
        {"true", {}, 0},
        {"null", {}, 0},
        {"\"\"", {}, 0},
        {"{}", {}, 0},
        {"[3]", {}, 0},
    };
    for (const auto &[json, count, notes] : cases) {
        const Event event = generation(std::string(R"("$ai_input_tokens":)") + json);
        EXPECT_EQ(event.usage.inputTokens, count) << json;
        EXPECT_EQ(static_cast<int>(event.notes.size()), notes) << json;
    }
}

TEST(UsageReader, ReadsMoneyExactly)
{
    struct Case
    {
        const char *json;
        Amount amount;
        int notes;
    };
    const Case cases[] = {
        {"0.008328", usd("0.008328"), 0},
        {"0", usd("0"), 0},
        {"1e-7", usd("0.0000001"), 0},
        {"\"0.25\"", usd("0.25"), 0},
        {"\".5\"", usd("0.5"), 0},
        {"-0.01", usd("-0.01"), 0},
        {"0.1234567890123456789012345678901234567890123", usd("0.12345678901234568"), 0},
        {"1e-60", usd("0"), 0},
        {"1e400", {}, 1},
        {"1e300", {}, 1},
        {"\"Infinity\"", {}, 1},
        {"\"$0.001\"", {}, 0},
        {"\" \"", {}, 0},
        {"true", {}, 0},
        {"{}", {}, 0},
    };
    for (const auto &[json, amount, notes] : cases) {
        const Event event = generation(std::string(R"("$ai_total_cost_usd":)") + json);
        ASSERT_EQ(event.usage.suppliedTotalCost.has_value(), amount.has_value()) << json;
        if (amount) {
            EXPECT_EQ(event.usage.suppliedTotalCost->toString(), amount->toString()) << json;
        }
        EXPECT_EQ(static_cast<int>(event.notes.size()), notes) << json;
    }
}

TEST(UsageReader, ReadsEveryCostAndPrice)
{
    const Usage u = usage(
        R"("$ai_input_cost_usd":0.01,"$ai_output_cost_usd":0.02,"$ai_request_cost_usd":0.03,"$ai_web_search_cost_usd":0.04,)"
        R"("$ai_total_cost_usd":0.1,"$ai_input_token_price":0.001,"$ai_output_token_price":0.002,"$ai_cache_read_token_price":0.003,)"
        R"("$ai_cache_write_token_price":0.004,"$ai_cache_write_1h_token_price":0.005,"$ai_request_price":0.006,)"
        R"("$ai_web_search_price":0.007,"$ai_cost_passthrough":"true")");
    EXPECT_EQ(u.suppliedInputCost, usd("0.01"));
    EXPECT_EQ(u.suppliedOutputCost, usd("0.02"));
    EXPECT_EQ(u.suppliedRequestCost, usd("0.03"));
    EXPECT_EQ(u.suppliedWebSearchCost, usd("0.04"));
    EXPECT_EQ(u.suppliedTotalCost, usd("0.1"));
    EXPECT_EQ(u.inputTokenPrice, usd("0.001"));
    EXPECT_EQ(u.outputTokenPrice, usd("0.002"));
    EXPECT_EQ(u.cacheReadTokenPrice, usd("0.003"));
    EXPECT_EQ(u.cacheWriteTokenPrice, usd("0.004"));
    EXPECT_EQ(u.cacheWrite1hTokenPrice, usd("0.005"));
    EXPECT_EQ(u.requestPrice, usd("0.006"));
    EXPECT_EQ(u.webSearchPrice, usd("0.007"));
    EXPECT_TRUE(u.costPassthrough);
    EXPECT_FALSE(usage(R"("$ai_cost_passthrough":"no")").costPassthrough);
}

TEST(UsageReader, OnlyABooleanDecidesCacheReporting)
{
    EXPECT_EQ(usage(R"("$ai_cache_reporting_exclusive":true)").cacheReportingExclusive, true);
    EXPECT_EQ(usage(R"("$ai_cache_reporting_exclusive":false)").cacheReportingExclusive, false);
    EXPECT_EQ(usage(R"("$ai_cache_reporting_exclusive":"true")").cacheReportingExclusive, std::nullopt);
}

TEST(UsageReader, GarbageTextTokensAreNone)
{
    EXPECT_EQ(usage(R"("$ai_text_output_tokens":"abc")").textOutputTokens, 0);
    EXPECT_EQ(usage(R"("$ai_text_output_tokens":"100")").textOutputTokens, 100);
    EXPECT_EQ(usage(R"("$ai_text_output_tokens":null)").textOutputTokens, std::nullopt);
    EXPECT_EQ(usage(R"("$ai_output_tokens":3)").textOutputTokens, std::nullopt);
}

TEST(UsageReader, ReadsTheServedTier)
{
    EXPECT_EQ(usage(R"("$ai_model_parameters":{"service_tier":"flex"},"$ai_service_tier":"x")").serviceTier,
              "flex");
    EXPECT_EQ(usage(R"("$ai_model_parameters":{},"$ai_service_tier":"priority")").serviceTier, "priority");
}

TEST(RawUsage, ReadsGeminiModalities)
{
    const Usage u = usage(
        R"("$ai_usage":{"promptTokensDetails":[{"modality":"AUDIO","tokenCount":750},{"modality":"Image","tokenCount":40},)"
        R"({"modality":"TEXT","tokenCount":250}],"candidatesTokensDetails":[{"modality":"TEXT","tokenCount":10},)"
        R"({"modality":"IMAGE","tokenCount":1290}],"cacheTokensDetails":[{"modality":"AUDIO","tokenCount":50}]})");
    EXPECT_EQ(u.audioInputTokens, 750);
    EXPECT_EQ(u.imageInputTokens, 40);
    EXPECT_EQ(u.textOutputTokens, 10);
    EXPECT_EQ(u.imageOutputTokens, 1290);
    EXPECT_EQ(u.cacheReadAudioTokens, 50);
}

TEST(RawUsage, ReadsGeminiAsPythonWritesIt)
{
    const Usage u = usage(
        R"("$ai_usage":{"prompt_tokens_details":[{"modality":"AUDIO","token_count":750}],)"
        R"("candidates_tokens_details":[{"modality":"IMAGE","token_count":5}],"cache_tokens_details":[{"modality":"AUDIO","token_count":50}]})");
    EXPECT_EQ(u.audioInputTokens, 750);
    EXPECT_EQ(u.imageOutputTokens, 5);
    EXPECT_EQ(u.cacheReadAudioTokens, 50);
}

TEST(RawUsage, ReadsModalitiesGivenAsAnObject)
{
    const Usage u = usage(
        R"("$ai_usage":{"promptTokensDetails":{"audioTokens":1,"imageTokens":2,"textTokens":3},)"
        R"("outputTokenDetails":{"imageTokens":4,"textTokens":0},"cacheTokensDetails":{"audioTokens":6}})");
    EXPECT_EQ(u.audioInputTokens, 1);
    EXPECT_EQ(u.imageInputTokens, 2);
    EXPECT_EQ(u.imageOutputTokens, 4);
    EXPECT_EQ(u.textOutputTokens, 0) << "no text is an answer";
    EXPECT_EQ(u.cacheReadAudioTokens, 6);
}

TEST(RawUsage, ReadsOpenAiAudio)
{
    const Usage u = usage(
        R"("$ai_usage":{"prompt_tokens":300,"prompt_tokens_details":{"cached_tokens":100,"audio_tokens":200,)"
        R"("cached_tokens_details":{"audio_tokens":50}}})");
    EXPECT_EQ(u.audioInputTokens, 200);
    EXPECT_EQ(u.cacheReadAudioTokens, 50);
}

TEST(RawUsage, ReadsCacheLifetimes)
{
    const Usage anthropic = usage(
        R"("$ai_usage":{"usage":{"raw":{"cache_creation":{"ephemeral_5m_input_tokens":100,"ephemeral_1h_input_tokens":200}}}})");
    EXPECT_EQ(anthropic.cacheWrite5mTokens, 100);
    EXPECT_EQ(anthropic.cacheWrite1hTokens, 200);
    const Usage bedrock = usage(
        R"("$ai_usage":{"providerMetadata":{"amazonBedrock":{"usage":{"cacheDetails":[{"ttl":"T5M","inputTokens":7},{"ttl":"T1H","inputTokens":8}]}}}})");
    EXPECT_EQ(bedrock.cacheWrite5mTokens, 7);
    EXPECT_EQ(bedrock.cacheWrite1hTokens, 8);
}

TEST(RawUsage, IsFoundWhereverSdksPutIt)
{
    for (const char *place :
         {R"({"rawResponse":{"usageMetadata":@}})", R"({"providerMetadata":{"google":@}})",
          R"({"providerMetadata":{"anthropic":{"usage":@}}})",
          R"({"rawUsage":{"providerMetadata":{"google":@}}})", R"({"rawUsage":{"usage":{"raw":@}}})",
          R"({"rawUsage":{"rawResponse":{"usageMetadata":@}}})", R"({"usage":{"raw":@}})", "@"}) {
        std::string json = place;
        json.replace(json.find('@'), 1, R"({"promptTokensDetails":[{"modality":"AUDIO","tokenCount":120}]})");
        EXPECT_EQ(usage(R"("$ai_usage":)" + json).audioInputTokens, 120) << place;
    }
}

TEST(RawUsage, ExplicitPropertiesWin)
{
    const Usage u = usage(
        R"("$ai_audio_input_tokens":5,"$ai_text_output_tokens":6,"$ai_usage":{)"
        R"("promptTokensDetails":[{"modality":"AUDIO","tokenCount":120}],"candidatesTokensDetails":{"textTokens":9}})");
    EXPECT_EQ(u.audioInputTokens, 5);
    EXPECT_EQ(u.textOutputTokens, 6);
}

TEST(RawUsage, TakesOnlyRealNumbers)
{
    for (const char *json :
         {R"([{"modality":"AUDIO","tokenCount":"120"}])", R"([{"modality":"AUDIO","tokenCount":0}])",
          R"([{"modality":7,"tokenCount":1}])", R"(["AUDIO"])", "7", R"("text")"})
        EXPECT_EQ(usage(std::string(R"("$ai_usage":{"promptTokensDetails":)") + json + "}").audioInputTokens,
                  std::nullopt)
            << json;
    EXPECT_EQ(usage(R"("$ai_usage":"text")").audioInputTokens, std::nullopt);
}

} // namespace

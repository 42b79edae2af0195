// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/explain.h"
#include "pricing/pricinghelpers.h"
#include "support/testpaths.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <gtest/gtest.h>

#include <random>

using namespace genscope;

namespace {

using Unknown = CostExplanation::Unknown;

std::string text(const Amount &amount)
{
    return amount ? amount->toString() : "-";
}

/// What the lines of one side of the bill sum up to.
Decimal sumOf(const Products &products, CostKind first, CostKind last)
{
    Decimal sum;
    for (const Product &product : products) {
        if (product.kind >= first && product.kind <= last)
            sum += product.amount();
    }
    return sum;
}

/// The bill must say exactly what priceCall says, part by part.
void expectSound(const PricedCall &call, const PriceBook &book, SuppliedCosts supplied)
{
    const ExactCosts costs = priceCall(call, book, supplied);
    const CostExplanation why = explainCost(call, book, supplied);
    EXPECT_EQ(text(why.costs.total), text(costs.total));
    EXPECT_EQ(why.rule, costs.source);
    if (why.rule == CostSource::Passthrough || why.rule == CostSource::None) {
        EXPECT_TRUE(why.products.empty());
        return;
    }
    const auto expectPart = [&](bool isSupplied, const Amount &part, CostKind first, CostKind last) {
        const Decimal sum = sumOf(why.products, first, last);
        if (isSupplied || part) {
            EXPECT_EQ(sum.toString(), isSupplied ? "0" : part->toString());
        }
    };
    expectPart(why.inputSupplied, costs.input, CostKind::CacheRead, CostKind::InputImage);
    expectPart(why.outputSupplied, costs.output, CostKind::OutputText, CostKind::OutputImage);
    expectPart(why.requestSupplied, costs.request, CostKind::Request, CostKind::Request);
    expectPart(why.webSearchSupplied, costs.webSearch, CostKind::WebSearch, CostKind::WebSearch);
}

TEST(ExplainCost, SumsUpToTheCostOfEveryVector)
{
    const auto read = [](const char *name) {
        QFile file(test::testData(QLatin1String("pricing/")) + QLatin1String(name));
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()) : QJsonDocument();
    };
    const QJsonObject books = read("cost_price_books.json").object();
    const QJsonArray vectors = read("cost_vectors.json").array();
    ASSERT_EQ(vectors.size(), 162);
    for (const QJsonValue &vector : vectors) {
        SCOPED_TRACE(vector[u"name"].toString().toStdString());
        QJsonObject row = vector[u"row"].toObject();
        if (row.contains(u"provider"))
            row[u"cost"] = QJsonObject{{row.take(u"provider").toString(), row[u"cost"]}};
        const QJsonValue named = books[vector[u"book"].toString()];
        const auto book = bookFrom(row.isEmpty() ? named.isObject() ? QJsonDocument(named.toObject()).toJson()
                                                                    : QByteArray("[]")
                                                 : QJsonDocument(QJsonArray{row}).toJson());
        const Event event =
            eventFromProperties(vector[u"event"].toString(), vector[u"properties"].toObject());
        expectSound(callOf(event), *book, SuppliedCosts::Honour);
        expectSound(callOf(event), *book, SuppliedCosts::Ignore);
    }
}

class RandomCalls
{
public:
    Event next()
    {
        Event event;
        event.model =
            pick({"acme/plain", "acme/tiered", "acme/excess", "claude-x", "gemini-2.5-flash", "unheard"});
        event.provider = pick({"", "openai", "anthropic", "gateway", "azure"});
        event.framework = pick({"", "vercel"});
        Usage &usage = event.usage;
        for (Count *count : {&usage.inputTokens, &usage.outputTokens, &usage.cacheReadTokens,
                             &usage.cacheWriteTokens, &usage.cacheWrite5mTokens, &usage.cacheWrite1hTokens,
                             &usage.reasoningTokens, &usage.cacheReadAudioTokens, &usage.audioInputTokens,
                             &usage.imageInputTokens, &usage.audioOutputTokens, &usage.imageOutputTokens,
                             &usage.textOutputTokens, &usage.requestCount, &usage.webSearchCount})
            *count = randomCount();
        for (Amount *amount :
             {&usage.suppliedInputCost, &usage.suppliedOutputCost, &usage.suppliedTotalCost,
              &usage.inputTokenPrice, &usage.outputTokenPrice, &usage.cacheWriteTokenPrice}) {
            if (m_random() % 5 == 0)
                *amount = Decimal(static_cast<std::int64_t>(m_random() % 3), 4);
        }
        if (m_random() % 4 == 0)
            usage.cacheReportingExclusive = m_random() % 2 == 0;
        usage.costPassthrough = m_random() % 8 == 0;
        return event;
    }

private:
    const char *pick(std::initializer_list<const char *> from)
    {
        return *(from.begin() + m_random() % from.size());
    }
    Count randomCount()
    {
        switch (m_random() % 6) {
        case 0:
        case 1:
            return std::nullopt;
        case 2:
            return 0;
        case 3:
            return -static_cast<std::int64_t>(m_random() % 100);
        default:
            return static_cast<std::int64_t>(m_random() % 400'000);
        }
    }

    std::mt19937 m_random{20260922};
};

TEST(ExplainCost, SumsUpToTheCostOfRandomCalls)
{
    const auto book = bookFrom(R"([
        {"model": "acme/plain", "cost": {"default": {"prompt_token": 1e-6, "completion_token": 2e-6, "request": 0.005,
            "web_search": 0.01, "audio": 3e-6, "image": 4e-6, "audio_output": 5e-6}}},
        {"model": "acme/tiered", "cost": {"default": {"prompt_token": 1e-6, "completion_token": 2e-6, "context_tiers":
            [{"min_input_tokens": 100000, "prompt_token": 2e-6, "completion_token": 3e-6}]}}},
        {"model": "acme/excess", "cost": {"default": {"prompt_token": 1e-6, "completion_token": 2e-6, "context_mode":
            "excess", "context_tiers": [{"min_input_tokens": 200000, "prompt_token": 3e-6, "cache_read_token": 1e-7},
                                        {"min_input_tokens": 100000, "prompt_token": 2e-6}]}}},
        {"model": "anthropic/claude-x", "cost": {"default": {"prompt_token": 3e-6, "completion_token": 15e-6}}},
        {"model": "google/gemini-2.5-flash", "cost": {"default": {"prompt_token": 3e-7, "completion_token": 25e-7}}}])");
    RandomCalls calls;
    for (int i = 0; i < 20'000 && !testing::Test::HasFailure(); ++i) {
        SCOPED_TRACE(i);
        const Event event = calls.next();
        expectSound(callOf(event), *book, SuppliedCosts::Honour);
        expectSound(callOf(event), *book, SuppliedCosts::Ignore);
    }
}

/// `kind count x rate of unit x factor`, joined.
std::string bill(const CostExplanation &why)
{
    std::string lines;
    for (const Product &product : why.products) {
        lines += lines.empty() ? "" : "; ";
        lines += std::string(costKindName(product.kind)) + ' ' + Decimal(product.count, 0).toString() +
                 " x " + (product.rate * 1'000'000).toString() + " (" +
                 std::string(infoOf(product.unit).name) + " x " + product.factor.toString() + ')';
        if (product.excessTokens)
            lines += " beyond " + std::to_string(*product.excessTokens);
    }
    return lines;
}

CostExplanation explain(const PriceBook &book, const char *properties, const char *time = "2026-01-01")
{
    Event event = generation(properties);
    event.timestamp = parseIsoTime(time)->instant();
    return explainCost(callOf(event), book, SuppliedCosts::Honour);
}

TEST(ExplainCost, NamesTheRowTheRatesAndWhatStandsInForThem)
{
    const auto book = bookFrom(R"([{"model": "anthropic/claude-x", "source": "price page", "cost": {
        "default": {"prompt_token": 4e-6, "completion_token": 2e-5},
        "anthropic": {"prompt_token": 3e-6, "completion_token": 1.5e-5, "from": "2025-01-01"}}}])");
    const CostExplanation why = explain(
        *book, R"({"$ai_model": "claude-x-20260101", "$ai_provider": "anthropic", "$ai_input_tokens": 10,
            "$ai_cache_read_input_tokens": 1000, "$ai_cache_creation_input_tokens": 100, "$ai_output_tokens": 5})");
    EXPECT_EQ(why.rule, CostSource::OpenRouter);
    EXPECT_EQ(why.unknown, Unknown::Nothing);
    ASSERT_TRUE(why.price);
    EXPECT_EQ(why.price->model, "anthropic/claude-x");
    EXPECT_EQ(why.price->providerKey, "anthropic");
    EXPECT_EQ(why.price->by, MatchedBy::Inside);
    EXPECT_EQ(why.price->matchedText, "claude-x");
    EXPECT_EQ(why.price->source, "price page");
    EXPECT_TRUE(why.cacheExclusive);
    EXPECT_EQ(why.cacheVerdict, CacheVerdict::AnthropicStyle);
    EXPECT_EQ(bill(why),
              "cache_read 1000 x 0.3 (input_token x 0.1); cache_write 100 x 3.75 (input_token x 1.25); "
              "input_text 10 x 3 (input_token x 1); output_text 5 x 15 (output_token x 1)");
    EXPECT_EQ(text(why.costs.total), "0.00078");
}

TEST(ExplainCost, SaysWhatIsNotKnownAndWhy)
{
    const auto book = bookFrom(R"([{"model": "acme/m", "cost": {"default": [
        {"prompt_token": 1e-6, "completion_token": 1e-6, "to": "2025-01-01"},
        {"prompt_token": 1e-6, "completion_token": 1e-6, "from": "2027-01-01"}]}}])");
    EXPECT_EQ(explain(*book, R"({"$ai_input_tokens": 1})").unknown, Unknown::NoModel);
    EXPECT_EQ(explain(*book, R"({"$ai_model": "zzz", "$ai_input_tokens": 1})").unknown,
              Unknown::ModelNotInBook);
    const CostExplanation gap = explain(*book, R"({"$ai_model": "acme/m", "$ai_input_tokens": 1})");
    EXPECT_EQ(gap.unknown, Unknown::NoPriceThen);
    EXPECT_EQ(gap.pricedUntil, parseIsoTime("2025-01-01")->instant());
    EXPECT_EQ(gap.pricedFrom, parseIsoTime("2027-01-01")->instant());
    EXPECT_FALSE(gap.costs.total) << "unknown is not zero";
    const char *then = "2024-01-01";
    EXPECT_EQ(explain(*book, R"({"$ai_model": "acme/m"})", then).unknown, Unknown::NothingCounted);
    EXPECT_EQ(explain(*book, R"({"$ai_model": "acme/m", "$ai_input_tokens": 1})", then).unknown,
              Unknown::OutputCounts);
    EXPECT_EQ(explain(*book, R"({"$ai_model": "acme/m", "$ai_output_tokens": 1})", then).unknown,
              Unknown::InputCounts);
}

TEST(ExplainCost, KeepsWhatTheEventCarries)
{
    const auto book = bookFrom(R"([{"model": "acme/m", "cost": {"default":
        {"prompt_token": 1e-6, "completion_token": 2e-6}}}])");
    const CostExplanation why = explain(*book, R"({"$ai_model": "acme/m", "$ai_input_tokens": 10,
        "$ai_output_tokens": 10, "$ai_output_cost_usd": 0.5})");
    EXPECT_TRUE(why.outputSupplied);
    EXPECT_EQ(bill(why), "input_text 10 x 1 (input_token x 1)");
    EXPECT_EQ(text(why.costs.total), "0.50001");
    const CostExplanation passed = explain(*book, R"({"$ai_model": "acme/m", "$ai_input_tokens": 10,
        "$ai_total_cost_usd": 0.25, "$ai_cost_passthrough": true})");
    EXPECT_EQ(passed.rule, CostSource::Passthrough);
    EXPECT_TRUE(passed.totalSupplied);
    EXPECT_TRUE(passed.products.empty());
}

TEST(ExplainCost, AServiceTierWithoutAPriceOfItsOwnIsSaid)
{
    const auto book = bookFrom(R"([{"model": "acme/m", "cost": {
        "default": {"prompt_token": 1e-6, "completion_token": 1e-6},
        "openai": {"prompt_token": 2e-6, "completion_token": 1e-6},
        "openai-flex": {"prompt_token": 3e-6, "completion_token": 1e-6},
        "openai-batch": {"prompt_token": 4e-6, "completion_token": 1e-6}}}])");
    const auto tier = [&](const char *name) {
        const std::string properties = std::string(R"({"$ai_model": "acme/m", "$ai_provider": "openai",
            "$ai_input_tokens": 1, "$ai_model_parameters": {"service_tier": ")") +
                                       name + "\"}}";
        const CostExplanation why = explain(*book, properties.c_str());
        return why.price->providerKey + (why.serviceTierPriced ? " priced" : "");
    };
    EXPECT_EQ(tier("flex"), "openai-flex priced");
    EXPECT_EQ(tier("batch"), "openai-batch priced");
    EXPECT_EQ(tier("priority"), "openai")
        << "there is no price of its own: the provider's, by PostHog's rule";
    EXPECT_EQ(tier("warp-9"), "openai");
    EXPECT_EQ(tier("default"), "openai");
}

TEST(ExplainCost, IsJson)
{
    const auto book = bookFrom(R"([{"model": "acme/m\"1", "cost": {"default":
        {"prompt_token": 1e-6, "completion_token": 2e-6}}}])");
    const std::string json = explanationJson(
        explain(*book, R"({"$ai_model": "acme/m\"1", "$ai_input_tokens": 10, "$ai_output_tokens": 1})"));
    QJsonParseError error;
    const QJsonDocument read = QJsonDocument::fromJson(QByteArray::fromStdString(json), &error);
    ASSERT_EQ(error.error, QJsonParseError::NoError) << json;
    EXPECT_EQ(read[u"rule"].toString(), QLatin1String("openrouter"));
    EXPECT_EQ(read[u"price"][u"model"].toString(), QLatin1String("acme/m\"1"));
    EXPECT_EQ(read[u"products"].toArray().size(), 2);
    EXPECT_EQ(read[u"total_usd"].toDouble(), 0.000012);
}

TEST(ExcessTiers, ChargeOnlyWhatIsBeyondTheThreshold)
{
    const auto book = bookFrom(R"([{"model": "acme/m", "cost": {"default": {"prompt_token": 1e-6,
        "completion_token": 10e-6, "cache_read_token": 1e-7, "context_mode": "excess", "context_tiers": [
            {"min_input_tokens": 100000, "prompt_token": 2e-6},
            {"min_input_tokens": 200000, "prompt_token": 4e-6, "cache_read_token": 5e-7}]}}}])");
    EXPECT_EQ(bill(explain(*book,
                           R"({"$ai_model": "acme/m", "$ai_input_tokens": 100000, "$ai_output_tokens": 5})")),
              "input_text 100000 x 1 (input_token x 1); output_text 5 x 10 (output_token x 1)");
    EXPECT_EQ(bill(explain(*book,
                           R"({"$ai_model": "acme/m", "$ai_input_tokens": 100001, "$ai_output_tokens": 5})")),
              "input_text 100000 x 1 (input_token x 1); input_text 1 x 2 (input_token x 1) beyond 100000; "
              "output_text 5 x 10 (output_token x 1)")
        << "output is no part of the prompt";
    EXPECT_EQ(bill(explain(*book, R"({"$ai_model": "acme/m", "$ai_input_tokens": 250000,
                                      "$ai_cache_read_input_tokens": 150000})")),
              "cache_read 100000 x 0.1 (cache_read_token x 1); cache_read 50000 x 0.1 (cache_read_token x 1) "
              "beyond "
              "100000; input_text 50000 x 2 (input_token x 1) beyond 100000; input_text 50000 x 4 "
              "(input_token x 1) "
              "beyond 200000")
        << "the cache holds the beginning of the prompt";
}

} // namespace

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// PostHog's own cost cases: properties and prices in, cost properties out. Each row of
// tests/data/pricing/cost_vectors.json is one test.
#include "pricing/costrules.h"
#include "pricing/pricing.h"
#include "pricing/pricinghelpers.h"
#include "support/testpaths.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <gtest/gtest.h>

#include <cmath>
#include <map>

using namespace genscope;

namespace {

QJsonDocument readData(const QString &name)
{
    QFile file(test::testData(QLatin1String("pricing/")) + name);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()) : QJsonDocument();
}

std::vector<QJsonObject> vectors()
{
    std::vector<QJsonObject> all;
    const QJsonArray rows = readData(QStringLiteral("cost_vectors.json")).array();
    for (const QJsonValue &row : rows)
        all.push_back(row.toObject());
    return all;
}

std::shared_ptr<const PriceBook> namedBook(const QString &name)
{
    static const QJsonObject books = readData(QStringLiteral("cost_price_books.json")).object();
    static std::map<QString, std::shared_ptr<const PriceBook>> made;
    auto &book = made[name];
    if (!book)
        book = bookFrom(QJsonDocument(books[name].toObject()).toJson());
    return book;
}

/// The price row that a vector brings along. A row on the `resolved` level is one provider's rates.
std::shared_ptr<const PriceBook> ownBook(const QJsonObject &vector)
{
    QJsonObject row = vector[u"row"].toObject();
    if (row.contains(u"provider"))
        row[u"cost"] = QJsonObject{{row.take(u"provider").toString(), row[u"cost"]}};
    return bookFrom(QJsonDocument(QJsonArray{row}).toJson());
}

const Rates &onlyRates(const PriceBook &book)
{
    return book.openRouterRows().front().providers.front().periods.front().rates;
}

QJsonValue json(const Amount &amount)
{
    return amount ? QJsonValue(amount->toDouble()) : QJsonValue();
}

QJsonValue json(const Count &count)
{
    return count ? QJsonValue(static_cast<double>(*count)) : QJsonValue();
}

QJsonValue json(std::string_view text)
{
    return text.empty() ? QJsonValue() : QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QJsonObject event(const QJsonObject &vector, const Event &event, const PricedCall &call)
{
    if (!isPriced(event.kind))
        return {};
    const ExactCosts costs = priceCall(call, *namedBook(vector[u"book"].toString()), SuppliedCosts::Honour);
    QJsonObject result{
        {QStringLiteral("$ai_input_cost_usd"), json(costs.input)},
        {QStringLiteral("$ai_output_cost_usd"), json(costs.output)},
        {QStringLiteral("$ai_request_cost_usd"), json(costs.request)},
        {QStringLiteral("$ai_web_search_cost_usd"), json(costs.webSearch)},
        {QStringLiteral("$ai_total_cost_usd"), json(costs.total)},
        {QStringLiteral("$ai_model_cost_used"), json(costs.model)},
        {QStringLiteral("$ai_cost_model_provider"), json(costs.provider)},
        {QStringLiteral("$ai_audio_input_tokens"), json(event.usage.audioInputTokens)},
        {QStringLiteral("$ai_cache_creation_5m_input_tokens"), json(event.usage.cacheWrite5mTokens)},
        {QStringLiteral("$ai_cache_creation_1h_input_tokens"), json(event.usage.cacheWrite1hTokens)},
    };
    if (costs.source != CostSource::None)
        result[QStringLiteral("$ai_cost_model_source")] = json(costSourceName(costs.source));
    return result;
}

QJsonObject match(const PriceBook &book, const Event &event)
{
    const PriceBook::Entry entry = book.lookUp(event.model, event.provider, event.usage.serviceTier,
                                               event.usage.inputTokens.value_or(0));
    const PriceBook::Price *price = entry.at(event.timestamp);
    if (!price)
        return {{QStringLiteral("model"), QJsonValue()}};
    return {{QStringLiteral("model"), json(price->match.row->model)},
            {QStringLiteral("source"), json(costSourceName(costSourceOf(price->match.table)))},
            {QStringLiteral("provider"), json(price->provider->key)},
            {QStringLiteral("prompt_token"), price->rates().promptToken.toDouble()}};
}

QJsonObject contextTier(const QJsonObject &vector)
{
    const auto book = ownBook(vector);
    const RateSet &rates = onlyRates(*book).forPrompt(vector[u"properties"][u"prompt_tokens"].toInteger());
    return {{QStringLiteral("prompt_token"), rates.promptToken.toDouble()},
            {QStringLiteral("completion_token"), rates.completionToken.toDouble()},
            {QStringLiteral("cache_read_token"), json(rates.cacheReadToken)}};
}

/// The answer of the part of the pricing that the vector is about, in PostHog's words.
QJsonObject answer(const QJsonObject &vector)
{
    const QString level = vector[u"level"].toString();
    const Event made = eventFromProperties(vector[u"event"].toString(), vector[u"properties"].toObject());
    const PricedCall call = callOf(made);
    const bool exclusive = reportsCacheExclusively(call);

    if (level == QLatin1String("event"))
        return event(vector, made, call);
    if (level == QLatin1String("match"))
        return match(*namedBook(vector[u"book"].toString()), made);
    if (level == QLatin1String("provider"))
        return match(*ownBook(vector), made);
    if (level == QLatin1String("context_tier"))
        return contextTier(vector);
    if (level == QLatin1String("prompt_tokens_for_tier")) {
        return {{QStringLiteral("prompt_tokens"), static_cast<double>(promptTokens(call, exclusive))}};
    }
    const auto book = ownBook(vector);
    if (level == QLatin1String("input_cost")) {
        const InputCost cost = inputCost(call, onlyRates(*book), {exclusive, false, nullptr});
        return {{QStringLiteral("$ai_input_cost_usd"), cost.total.toDouble()},
                {QStringLiteral("$ai_cache_reporting_exclusive"), exclusive}};
    }
    if (level == QLatin1String("output_cost"))
        return {{QStringLiteral("$ai_output_cost_usd"), outputCost(call, onlyRates(*book)).toDouble()}};
    ADD_FAILURE() << "unknown level " << level.toStdString();
    return {};
}

class CostVector : public testing::TestWithParam<QJsonObject>
{
};

TEST_P(CostVector, IsPricedAsPostHogDoes)
{
    const QJsonObject vector = GetParam();
    const double tolerance = 0.5 * std::pow(10, -vector[u"digits"].toInt());
    // Counts that pricing does not read, and what ingest does with the raw usage, are tested there.
    const QStringList notPricing{QStringLiteral("$ai_text_input_tokens"), QStringLiteral("$ai_usage")};

    const QJsonObject got = answer(vector);
    const QJsonObject expected = vector[u"expected"].toObject();
    for (auto it = expected.begin(); it != expected.end(); ++it) {
        if (notPricing.contains(it.key()))
            continue;
        const QJsonValue actual = got[it.key()];
        if (it->isDouble() && actual.isDouble())
            EXPECT_NEAR(actual.toDouble(), it->toDouble(), tolerance) << it.key().toStdString();
        else if (it->isNull())
            EXPECT_TRUE(actual.isNull() || actual.isUndefined()) << it.key().toStdString() << " is set";
        else
            EXPECT_EQ(actual, *it) << it.key().toStdString() << " is "
                                   << actual.toVariant().toString().toStdString();
    }
}

std::string testName(const testing::TestParamInfo<QJsonObject> &info)
{
    std::string name = info.param[u"level"].toString().toStdString() + '_';
    for (const QChar c : info.param[u"name"].toString())
        name += c.unicode() < 128 && c.isLetterOrNumber() ? c.toLatin1() : '_';
    return name + '_' + std::to_string(info.index);
}

INSTANTIATE_TEST_SUITE_P(PostHog, CostVector, testing::ValuesIn(vectors()), testName);

TEST(CostVectors, AreAllThere)
{
    EXPECT_EQ(vectors().size(), 162U);
}

} // namespace

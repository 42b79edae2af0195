// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// PostHog's own cost cases once more, this time from the bytes of an event: what ingest reads must be what
// pricing needs.
#include "ingest/eventtesting.h"
#include "pricing/pricing.h"
#include "support/testpaths.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

using namespace genscope;

namespace {

QJsonDocument readData(const QString &name)
{
    QFile file(test::testData(QLatin1String("pricing/")) + name);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()) : QJsonDocument();
}

Event eventOf(const QJsonObject &vector)
{
    const QJsonObject row{{QStringLiteral("event"), vector[u"event"]},
                          {QStringLiteral("timestamp"), 1},
                          {QStringLiteral("properties"), vector[u"properties"]}};
    return parsed(QJsonDocument(row).toJson(QJsonDocument::Compact).toStdString());
}

bool isPricedKind(EventKind kind)
{
    return kind == EventKind::Generation || kind == EventKind::Embedding || kind == EventKind::Evaluation;
}

TEST(CostVectorsFromBytes, ArePricedAsPostHogDoes)
{
    const QJsonObject books = readData(QStringLiteral("cost_price_books.json")).object();
    int checked = 0;
    for (const QJsonValue &value : readData(QStringLiteral("cost_vectors.json")).array()) {
        const QJsonObject vector = value.toObject();
        if (vector[u"level"].toString() != u"event")
            continue;
        SCOPED_TRACE(vector[u"name"].toString().toStdString());
        const auto book = PriceBook::fromJson(
            QJsonDocument(books[vector[u"book"].toString()].toObject()).toJson(), QStringLiteral("test"));
        ASSERT_TRUE(book.ok());
        const Event event = eventOf(vector);
        ExactCosts costs;
        if (isPricedKind(event.kind))
            costs = priceCall(callOf(event), **book, SuppliedCosts::Honour);
        const double tolerance = 0.5 * std::pow(10, -vector[u"digits"].toInt());
        const QJsonObject expected = vector[u"expected"].toObject();
        const std::pair<QString, Amount> results[] = {
            {QStringLiteral("$ai_input_cost_usd"), costs.input},
            {QStringLiteral("$ai_output_cost_usd"), costs.output},
            {QStringLiteral("$ai_request_cost_usd"), costs.request},
            {QStringLiteral("$ai_web_search_cost_usd"), costs.webSearch},
            {QStringLiteral("$ai_total_cost_usd"), costs.total}};
        for (const auto &[name, amount] : results) {
            if (!expected.contains(name))
                continue;
            ++checked;
            ASSERT_EQ(amount.has_value(), expected[name].isDouble()) << name.toStdString();
            if (amount) {
                EXPECT_NEAR(amount->toDouble(), expected[name].toDouble(), tolerance) << name.toStdString();
            }
        }
    }
    EXPECT_GT(checked, 100);
}

} // namespace

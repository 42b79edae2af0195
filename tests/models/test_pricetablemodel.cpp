// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/pricetablemodel.h"

#include "models/pricedraft.h"
#include "models/priceoverview.h"
#include "models/roles.h"
#include "pricing/pricebook.h"
#include "support/printedmodel.h"

#include <QAbstractItemModelTester>

#include <gtest/gtest.h>

using namespace genscope;
using namespace genscope::test;

namespace {

Decimal decimal(std::string_view text)
{
    return *Decimal::parse(text);
}

PriceLine line(const char *model, std::string_view input, std::int64_t generations = 0)
{
    PriceLine line;
    line.model = QString::fromLatin1(model);
    line.input = decimal(input);
    line.output = decimal("0.00001");
    line.generations = generations;
    line.cost = {Int128{generations} * 1'000'000'000};
    return line;
}

/// How people write numbers and dates, whatever the machine is set to. Models keep the locale they were made
/// in.
struct AmericanEnglish
{
    AmericanEnglish() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
};

class PriceTableModelTest : public testing::Test
{
protected:
    /// The first column, top to bottom.
    std::string models() const
    {
        QStringList names;
        for (int row = 0; row < m_proxy.rowCount(); ++row)
            names += m_proxy.index(row, 0).data().toString();
        return names.join(QLatin1Char(' ')).toStdString();
    }

    AmericanEnglish m_locale;
    PriceTableModel m_model;
    PriceTableProxy m_proxy{&m_model};
    QAbstractItemModelTester m_modelTester{&m_model, QAbstractItemModelTester::FailureReportingMode::Fatal};
    QAbstractItemModelTester m_proxyTester{&m_proxy, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

} // namespace

TEST_F(PriceTableModelTest, RatesArePerMillionTokensAndExact)
{
    PriceLine shown = line("gpt-4o", "0.0000025", 1200);
    shown.cacheRead = decimal("0.00000001875");
    shown.valid.from = parseIsoTime("2025-06-02")->instant();
    shown.source = QStringLiteral("2026-09-22");
    m_model.setLines({shown});
    EXPECT_EQ(printedHeader(m_model),
              "Model | Provider | Input | Output | Cache read | Cache write | Tier | Other "
              "rates | From | To | Source | Generations | Recomputed");
    EXPECT_EQ(printed(m_model), "gpt-4o | any | $2.50 | $10.00 | $0.01875 |  |  |  | 6/2/25 |  | bundled, "
                                "2026-09-22 | 1,200 | $1.20\n");
}

TEST_F(PriceTableModelTest, MissingNumbersSortLastBothWays)
{
    m_model.setLines({line("used-little", "0.1", 1), line("unused", "0.1"), line("used-much", "0.1", 9)});
    m_proxy.sort(PriceTableModel::GenerationsColumn, Qt::DescendingOrder);
    EXPECT_EQ(models(), "used-much used-little unused");
    m_proxy.sort(PriceTableModel::GenerationsColumn, Qt::AscendingOrder);
    EXPECT_EQ(models(), "used-little used-much unused");
}

TEST_F(PriceTableModelTest, RatesSortByValueNotByText)
{
    m_model.setLines({line("nine", "0.000009"), line("ten", "0.00001"), line("hundred", "0.0001")});
    m_proxy.sort(PriceTableModel::InputColumn, Qt::AscendingOrder);
    EXPECT_EQ(models(), "nine ten hundred");
}

TEST_F(PriceTableModelTest, SearchTakesAllWordsInAnyColumnAndOriginNarrows)
{
    PriceLine mine = line("my-gpt", "0.1", 3);
    mine.provider = QStringLiteral("Azure");
    mine.origin = PriceLine::Origin::Hand;
    m_model.setLines({line("gpt-4o", "0.1"), mine, line("o3", "0.1", 5)});
    m_proxy.setSearch(QStringLiteral(" GPT  azure"));
    EXPECT_EQ(models(), "my-gpt");
    m_proxy.setSearch({});
    m_proxy.setOrigin(PriceLine::Origin::Bundled);
    EXPECT_EQ(models(), "gpt-4o o3");
    m_proxy.setOrigin({}, true);
    EXPECT_EQ(models(), "my-gpt o3");
}

TEST(UnpricedModelTest, SaysHowMuchAndOffersAPriceWhereThereIsAName)
{
    const AmericanEnglish locale;
    UnpricedModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const Timestamp first = parseIsoTime("2025-06-02T10:00:00Z")->instant();
    const Timestamp last = parseIsoTime("2025-06-05T23:59:59Z")->instant();
    model.setLines({{QStringLiteral("acme-1"), QStringLiteral("acme"), 1234, 56789, first, last},
                    {{}, {}, 2, 0, first, first},
                    {QStringLiteral("acme-2"), {}, 4, 0, first, first}});
    EXPECT_EQ(printed(model), "acme-1 | acme | 1,234 | 56,789 | 6/2/25 | 6/5/25 | Price this…\n"
                              "(no model named) |  | 2 | 0 | 6/2/25 | 6/2/25 | no name to price\n"
                              "acme-2 |  | 4 | 0 | 6/2/25 | 6/2/25 | no tokens to price\n");
    EXPECT_EQ(model.index(0, UnpricedModel::OfferColumn).data(StyleRole).toInt(),
              static_cast<int>(CellStyle::Link));
}

TEST(PriceLinesTest, ABookGivesALineForEachProviderPeriodAndTier)
{
    const auto book = PriceBook::fromJson(
        R"({"manual":[],"date":"2026-01-02","openrouter":[{"model":"v/m","cost":{
            "default":{"prompt_token":0.000001,"completion_token":0.000002,"web_search":0.01,
                       "context_tiers":[{"min_input_tokens":200000,"prompt_token":0.000004,"completion_token":0.000008}]},
            "azure":[{"to":"2025-01-01","prompt_token":0.000009,"completion_token":0},
                     {"from":"2025-01-01","prompt_token":0.000003,"completion_token":0}]}}]})",
        QStringLiteral("test"));
    ASSERT_TRUE(book.ok()) << qPrintable(book.error().message);
    const AmericanEnglish locale;
    PriceTableModel model;
    const ProviderPrices &azure = (*book)->tables().openRouter.front().providers.back();
    const ProviderPrices &listed = (*book)->tables().openRouter.front().providers.front();
    model.setLines(linesOf(*book, {{&azure.periods.back(), {}, 7, Money{2'000'000'000'000}, "m"},
                                   {&listed.periods.back(), 200'000, 3, Money{1'000'000'000'000}, "m"}}));
    EXPECT_EQ(model.index(3, 0).data(SwatchRole).toString(), QStringLiteral("m")) << "as events call it";
    EXPECT_TRUE(model.index(0, 0).data(SwatchRole).toString().isEmpty()) << "in no chart";
    std::string text;
    for (int row = 0; row < model.rowCount(); ++row) {
        const PriceLine &shown = model.line(row);
        text += QStringLiteral("%1 %2 [%3] %4 %5 %6\n")
                    .arg(shown.provider, formatPerMillion(*shown.input, QLocale::c()), shown.tier,
                         shown.otherRates, model.index(row, PriceTableModel::FromColumn).data().toString())
                    .arg(shown.generations)
                    .toStdString();
    }
    EXPECT_EQ(text, " $1.00 [] web search $0.01 always 0\n"
                    " $4.00 [prompt above 200,000] web search $0.01 always 3\n"
                    "azure $9.00 []  always 0\n"
                    "azure $3.00 []  1/1/25 7\n");
}

TEST(PriceDraftTest, RatesAreReadAsPeopleWriteThemAndStayExact)
{
    const QLocale english(QLocale::English, QLocale::UnitedStates);
    const QLocale german(QLocale::German, QLocale::Germany);
    EXPECT_EQ(parseRate(QStringLiteral(" $2.50"), PriceUnit::InputToken, english)->toString(), "0.0000025");
    EXPECT_EQ(parseRate(QStringLiteral(".075"), PriceUnit::CacheReadToken, english)->toString(),
              "0.000000075");
    EXPECT_EQ(parseRate(QStringLiteral("0,075"), PriceUnit::CacheReadToken, german)->toString(),
              "0.000000075");
    EXPECT_EQ(parseRate(QStringLiteral("0.01"), PriceUnit::WebSearch, english)->toString(), "0.01");
    EXPECT_FALSE(parseRate(QStringLiteral("two"), PriceUnit::InputToken, english).has_value());
    EXPECT_EQ(rateText(decimal("0.0000025"), PriceUnit::InputToken, german), QStringLiteral("2,5"));
}

TEST(PriceDraftTest, WhatCannotBeIsRefusedWithItsReason)
{
    PriceDraft draft;
    EXPECT_TRUE(problemOf(draft).startsWith(QStringLiteral("Which model?")));
    draft.model = QStringLiteral("acme-1");
    EXPECT_EQ(problemOf(draft), QString());
    draft.rates.promptToken = decimal("-0.001");
    EXPECT_EQ(problemOf(draft), QStringLiteral("Input: -0.001: a price cannot be negative"));
    draft.rates.promptToken = decimal("2.5");
    EXPECT_TRUE(problemOf(draft).startsWith(QStringLiteral("Input: 2.5: more than")))
        << qPrintable(problemOf(draft));
    draft.rates.promptToken = decimal("0.0000025");
    draft.valid = {Timestamp{5}, Timestamp{5}};
    EXPECT_EQ(problemOf(draft), QStringLiteral("The last day must be after the first."));
}

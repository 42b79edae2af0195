// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/pricebook.h"

#include <QDate>

#include <gtest/gtest.h>

using namespace genscope;

namespace {

std::string perMillion(const Amount &rate)
{
    return rate ? (*rate * 1'000'000).toString() : "-";
}

/// The price on the day that the book is of.
const PriceBook::Price *priceToday(const char *model, const char *provider)
{
    const auto book = PriceBook::bundled();
    const auto day = parseIsoTime(book->date().toStdString());
    return book->lookUp(model, provider, "", 1000).at(day->instant());
}

/// `row: prompt/completion/cache read/cache write` in USD per million tokens.
std::string price(const char *model, const char *provider = "")
{
    const PriceBook::Price *price = priceToday(model, provider);
    if (!price)
        return "-";
    const Rates &rates = price->rates();
    return price->match.row->model + ": " + perMillion(rates.promptToken) + '/' +
           perMillion(rates.completionToken) + '/' + perMillion(rates.cacheReadToken) + '/' +
           perMillion(rates.cacheWriteToken);
}

TEST(BundledBook, SaysOfWhichDayItIs)
{
    EXPECT_TRUE(QDate::fromString(PriceBook::bundled()->date(), Qt::ISODate).isValid());
}

TEST(BundledBook, PricesTheModelsThatPeopleUse)
{
    EXPECT_EQ(price("gpt-4o-mini"), "openai/gpt-4o-mini: 0.15/0.6/0.075/-");
    EXPECT_EQ(price("gpt-4o-2024-05-13"), "openai/gpt-4o-2024-05-13: 5/15/-/-");
    EXPECT_EQ(price("gpt-5-2025-08-07"), "openai/gpt-5-2025-08-07: 1.25/10/0.125/-") << "not gpt-5.2";
    EXPECT_EQ(price("o3"), "openai/o3: 2/8/0.5/-");
    EXPECT_EQ(price("ft:gpt-4o-mini-2024-07-18:acme::AbC123"),
              "openai/ft:gpt-4o-mini-2024-07-18: 0.3/1.2/0.15/-");
    EXPECT_EQ(price("claude-sonnet-4-5-20250929"), "anthropic/claude-sonnet-4.5: 3/15/0.3/3.75");
    EXPECT_EQ(price("claude-3-5-haiku-latest"), "anthropic/claude-3.5-haiku: 0.8/4/0.08/1");
    EXPECT_EQ(price("gemini-2.0-flash"), "google/gemini-2.0-flash: 0.1/0.4/0.025/-");
    EXPECT_EQ(price("mistral-small-latest"), "mistralai/mistral-small-latest: 0.1/0.3/-/-");
    EXPECT_EQ(price("deepseek/deepseek-chat"), "deepseek/deepseek-chat: 0.27/1.1/0.07/-");
    EXPECT_EQ(price("grok-3-mini"), "x-ai/grok-3-mini: 0.3/0.5/0.075/-");
    EXPECT_EQ(price("command-r-plus"), "cohere/command-r-plus: 2.5/10/-/-");
    EXPECT_EQ(price("sonar-pro"), "perplexity/sonar-pro: 3/15/-/-");
    EXPECT_EQ(price("llama-3.1-8b-instant"), "groq/llama-3.1-8b-instant: 0.05/0.08/-/-");
    EXPECT_EQ(price("amazon.nova-lite-v1:0"), "amazon/nova-lite-v1: 0.06/0.24/0.015/-");
    EXPECT_EQ(price("qwen/qwen-2.5-72b-instruct"), "qwen/qwen-2.5-72b-instruct: 0.12/0.39/-/-");
}

TEST(BundledBook, PricesEmbeddings)
{
    EXPECT_EQ(price("text-embedding-3-small"), "text-embedding-3-small: 0.02/0/-/-");
    EXPECT_EQ(price("gemini-embedding-001"), "google/gemini-embedding-001: 0.15/0/-/-");
    EXPECT_EQ(price("embed-v4.0"), "cohere/embed-v4.0: 0.12/0/-/-");
    EXPECT_EQ(price("voyage-3.5"), "voyageai/voyage-3.5: 0.06/0/-/-");
}

TEST(BundledBook, KnowsPostHogsManualTable)
{
    EXPECT_EQ(price("mistral-large-latest"), "mistral-large-latest: 2/6/-/-");
    EXPECT_EQ(perMillion(PriceBook::bundled()
                             ->find("gemini-2.5-pro-preview-05-06", 250'000)
                             .row->providers[0]
                             .periods.back()
                             .rates.promptToken),
              "2.5");
}

TEST(BundledBook, KnowsBedrocksRegionalPrice)
{
    EXPECT_EQ(price("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "bedrock"),
              "anthropic/claude-sonnet-4.5: 3.3/16.5/0.33/4.125");
    EXPECT_EQ(price("global.anthropic.claude-sonnet-4-5-20250929-v1:0", "bedrock"),
              "anthropic/claude-sonnet-4.5: 3/15/0.3/3.75");
}

TEST(BundledBook, KnowsLongContextPrices)
{
    const Rates &rates = priceToday("gemini-2.5-pro", "gemini")->rates();
    EXPECT_EQ(perMillion(rates.forPrompt(200'000).promptToken), "1.25");
    EXPECT_EQ(perMillion(rates.forPrompt(200'001).promptToken), "2.5");
}

TEST(BundledBook, FindsEveryRowByItsOwnName)
{
    const auto book = PriceBook::bundled();
    EXPECT_GT(book->openRouterRows().size(), 300U);
    for (const ModelPrices &row : book->openRouterRows()) {
        const PriceBook::Match match = book->find(row.model, 0);
        EXPECT_EQ(match.by, MatchedBy::Name) << row.model;
        if (match.table != PriceTable::Manual) {
            EXPECT_EQ(match.row, &row) << row.model;
        }
        EXPECT_EQ(row.providers.front().key, "default") << row.model;
    }
}

} // namespace

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which costs are shown is said wherever money is shown.
#include "workspace/costwords.h"

#include "pricing/pricebook.h"

#include <gtest/gtest.h>

using namespace genscope;

namespace {

/// The book's date as `DATE`.
std::string sentence(const Scope &scope)
{
    QString text = costViewText(scope);
    text.replace(PriceBook::bundled()->date(), QStringLiteral("DATE"));
    return text.toStdString();
}

Scope scopeOf(CostMode cost, std::string_view time = "event", const char *assumption = "")
{
    Scope scope;
    scope.cost = cost;
    EXPECT_TRUE(setPriceTime(scope.pricing, time, Zone()).ok());
    if (*assumption != 0)
        scope.pricing.whatIf.push_back(*parseSubstitution(assumption));
    return scope;
}

} // namespace

TEST(CostWords, SayTheViewAndTheDateOfThePrices)
{
    EXPECT_EQ(sentence(scopeOf(CostMode::Auto)), "cost as reported, else by the price book of DATE");
    EXPECT_EQ(sentence(scopeOf(CostMode::Reported)), "cost as reported");
    EXPECT_EQ(sentence(scopeOf(CostMode::Recomputed)), "cost by the price book of DATE");
    EXPECT_EQ(sentence(scopeOf(CostMode::Recomputed, "today")),
              "cost by the price book of DATE, at today's prices");
    EXPECT_EQ(sentence(scopeOf(CostMode::Recomputed, "2025-03-01")),
              "cost by the price book of DATE, at the prices of 2025-03-01");
    EXPECT_EQ(sentence(scopeOf(CostMode::Auto, "event", "gpt-4o=gpt-4o-mini")),
              R"(what if model = "gpt-4o" => gpt-4o-mini; cost as reported, else by the price book of DATE)");
}

TEST(CostWords, AreFewBesideNumbersAndNoneForTheUsualView)
{
    EXPECT_EQ(costViewNote(scopeOf(CostMode::Auto)), QString());
    EXPECT_EQ(costViewMark(scopeOf(CostMode::Auto)), QString());
    EXPECT_EQ(costViewNote(scopeOf(CostMode::Recomputed, "today")), QStringLiteral("at today's prices"));
    EXPECT_EQ(costViewMark(scopeOf(CostMode::Recomputed, "today")), QStringLiteral("todays-prices"));
    EXPECT_EQ(costViewMark(scopeOf(CostMode::Recomputed, "2025-03-01")),
              QStringLiteral("prices-of-2025-03-01"));
    EXPECT_EQ(costViewNote(scopeOf(CostMode::Auto, "event", "a=x2")), QStringLiteral("what if"));
}

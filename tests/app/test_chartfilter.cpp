// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/chartfilter.h"

#include <gtest/gtest.h>

namespace genscope {

namespace {

ChartPick pickOf(const char *dimension, Cell value, ChartPick::Intent intent = ChartPick::Intent::Only)
{
    ChartPick pick;
    pick.dimension = dimension;
    pick.value = std::move(value);
    pick.intent = intent;
    return pick;
}

std::string after(const char *filter, const ChartPick &pick)
{
    return withPick(*Filter::parse(filter), pick).toString();
}

Cell text(const char *value)
{
    return std::string(value);
}

using Intent = ChartPick::Intent;

TEST(ChartFilter, AClickFiltersToAValueAndASecondOneTakesItBack)
{
    EXPECT_EQ(after("", pickOf("model", text("o3"))), "model = \"o3\"");
    EXPECT_EQ(after("model = \"o3\"", pickOf("model", text("o3"))), "");
    EXPECT_EQ(after("model = \"o3\"", pickOf("model", text("gpt-4o"))), "model = \"gpt-4o\"");
    EXPECT_EQ(after("model in (\"o3\", \"gpt-4o\")", pickOf("model", text("o3"))), "model = \"o3\"");
}

TEST(ChartFilter, CtrlAddsAndTakesAway)
{
    EXPECT_EQ(after("", pickOf("model", text("o3"), Intent::Add)), "model = \"o3\"");
    EXPECT_EQ(after("model = \"o3\"", pickOf("model", text("a\"b"), Intent::Add)),
              "model in (\"a\\\"b\", \"o3\")");
    EXPECT_EQ(after("model in (\"a\", \"o3\")", pickOf("model", text("a"), Intent::Add)), "model = \"o3\"");
    EXPECT_EQ(after("model != \"o3\"", pickOf("model", text("o3"), Intent::Add)), "")
        << "what was excluded comes back";
}

TEST(ChartFilter, AltExcludes)
{
    EXPECT_EQ(after("", pickOf("model", text("o3"), Intent::Exclude)), "model != \"o3\"");
    EXPECT_EQ(after("model != \"o3\"", pickOf("model", text("a"), Intent::Exclude)),
              "model not in (\"a\", \"o3\")");
    EXPECT_EQ(after("model != \"o3\"", pickOf("model", text("o3"), Intent::Exclude)), "");
}

TEST(ChartFilter, RowsWithoutAValueAreAValue)
{
    EXPECT_EQ(after("", pickOf("customer", Cell{})), "customer is not set");
    EXPECT_EQ(after("customer = \"acme\"", pickOf("customer", Cell{}, Intent::Add)),
              "customer = \"acme\" or customer is not set");
    EXPECT_EQ(
        after("customer = \"acme\" or customer is not set", pickOf("customer", text("acme"), Intent::Add)),
        "customer is not set");
    EXPECT_EQ(after("", pickOf("customer", Cell{}, Intent::Exclude)), "customer is set");
}

TEST(ChartFilter, NumbersAreComparedAsNumbers)
{
    EXPECT_EQ(after("", pickOf("http_status", std::int64_t{429})), "http_status = 429");
    EXPECT_EQ(after("http_status = 429", pickOf("http_status", std::int64_t{500}, Intent::Add)),
              "http_status in (429, 500)");
}

TEST(ChartFilter, OtherStandsForAllThatAreNotShownApart)
{
    ChartPick other = pickOf("model", text("Other"));
    other.otherThan = {text("o3"), text("gpt-4o")};
    EXPECT_EQ(after("", other), "model not in (\"gpt-4o\", \"o3\")");
    EXPECT_EQ(after("model not in (\"gpt-4o\", \"o3\")", other), "");
    other.intent = Intent::Exclude;
    EXPECT_EQ(after("", other), "model in (\"gpt-4o\", \"o3\")");
}

TEST(ChartFilter, ConditionsOfOtherFieldsAndKindsStay)
{
    EXPECT_EQ(after("is_error and cost > 1 and model contains \"gpt\"", pickOf("model", text("o3"))),
              "is_error and cost > 1 and model contains \"gpt\" and model = \"o3\"");
    EXPECT_EQ(after("model = \"a\" or provider = \"b\"", pickOf("model", text("o3"))),
              "(model = \"a\" or provider = \"b\") and model = \"o3\"");
}

TEST(ChartFilter, ARangeOfNumbersReplacesTheOneBefore)
{
    ChartPick range;
    range.dimension = "latency";
    range.atLeast = 0.5;
    range.lessThan = 2;
    range.intent = Intent::Only;
    EXPECT_EQ(after("is_error", range), "is_error and latency >= 0.5 and latency < 2");
    range.atLeast = 1;
    EXPECT_EQ(after("latency >= 0.5 and latency < 2", range), "latency >= 1 and latency < 2");
    EXPECT_EQ(after("latency >= 1 and latency < 2", range), "") << "the same again takes it away";
    range.intent = Intent::Exclude;
    EXPECT_EQ(after("", range), "latency < 1 or latency >= 2");
}

TEST(ChartFilter, TellsWhichValuesAreMeant)
{
    const Field model = *Field::parse("model");
    EXPECT_FALSE(choiceOf(*Filter::parse("is_error"), model));
    const auto choice = choiceOf(*Filter::parse("is_error and model in (\"a\", \"b\")"), model);
    ASSERT_TRUE(choice);
    EXPECT_FALSE(choice->isFaint(text("a")));
    EXPECT_TRUE(choice->isFaint(text("c")));
    EXPECT_TRUE(choice->isFaint(text("Other")));
    EXPECT_TRUE(choice->isFaint(Cell{}));
    const auto without = choiceOf(*Filter::parse("model != \"a\""), model);
    ASSERT_TRUE(without);
    EXPECT_TRUE(without->isFaint(text("a")));
    EXPECT_FALSE(without->isFaint(text("Other")));
    EXPECT_EQ(withoutPicks(*Filter::parse("is_error and model != \"a\""), model).toString(), "is_error");
}

} // namespace

} // namespace genscope

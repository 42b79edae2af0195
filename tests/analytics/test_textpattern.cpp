// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/jsonnumber.h"
#include "analytics/textpattern.h"

#include <gtest/gtest.h>

#include <random>

using namespace genscope;

namespace {

TEST(TextPattern, PatternsThatAreSlowOnEveryByteAreFoundOut)
{
    // Needs 2^400 states, so that RE2 falls back to its slowest engine.
    auto pattern = TextPattern::compile("[ab]*a[ab]{400}c");
    ASSERT_TRUE(pattern.ok());
    std::mt19937 random(1);
    std::string text(20'000, 'a');
    for (char &c : text)
        c = random() % 2 == 0 ? 'a' : 'b';
    int calls = 0;
    while (!pattern->isTooExpensive() && calls < 100'000) {
        pattern->matches(text);
        ++calls;
    }
    EXPECT_LT(calls, 100'000);
}

TEST(TextPattern, OrdinaryPatternsKeepTheirLicence)
{
    auto pattern = TextPattern::compile("timeout after [0-9]+ ms.*(retry|abort)");
    ASSERT_TRUE(pattern.ok());
    const std::string text = std::string(2000, 'x') + "timeout after 300 ms, will retry";
    for (int i = 0; i < 20'000; ++i)
        ASSERT_TRUE(pattern->matches(text));
    EXPECT_FALSE(pattern->isTooExpensive());
}

TEST(JsonNumber, KnowsWhatJsonCallsANumber)
{
    for (const char *text : {"0", "-0", "10", "1.5", "-1.5e10", "1E-3", "1e+5", "0.0"})
        EXPECT_TRUE(isJsonNumber(text)) << text;
    for (const char *text :
         {"", "-", "+1", "01", "1.", ".5", "1e", "1e+", "NaN", "Infinity", " 1", "1 ", "0x1", "1_0"})
        EXPECT_FALSE(isJsonNumber(text)) << text;
}

TEST(JsonNumber, ComparesExactlyAndBeyond)
{
    const auto order = [](const char *a, const char *b) {
        return compare(*JsonNumber::parse(a), *JsonNumber::parse(b));
    };
    EXPECT_TRUE(order("0.1", "0.10") == 0);
    EXPECT_TRUE(order("9007199254740993", "9007199254740992") > 0) << "beyond a double's 53 bits";
    EXPECT_TRUE(order("1e400", "1e308") > 0);
    EXPECT_TRUE(order("-1e400", "-1e308") < 0);
    EXPECT_TRUE(order("1e-400", "1") < 0);
    EXPECT_TRUE(order("1e30", "1e-30") > 0) << "aligned they need 60 digits";
}

TEST(JsonNumber, Floors)
{
    const auto floor = [](const char *text) { return JsonNumber::parse(text)->floor(); };
    const std::tuple<const char *, std::int64_t, bool> cases[] = {
        {"3", 3, true},
        {"3.5", 3, false},
        {"-3", -3, true},
        {"-3.5", -4, false},
        {"-0.5", -1, false},
        {"0.5", 0, false},
        {"9223372036854775807", INT64_MAX, false},
        {"1e400", INT64_MAX, false},
        {"-1e400", INT64_MIN, false},
        {"1e-400", 0, false},
        {"9007199254740993", 9007199254740993, true},
    };
    for (const auto &[text, value, exact] : cases) {
        EXPECT_EQ(floor(text).value, value) << text;
        EXPECT_EQ(floor(text).exact, exact) << text;
    }
}

} // namespace

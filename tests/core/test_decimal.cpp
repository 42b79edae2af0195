// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decimal.h"
#include "core/money.h"

#include <gtest/gtest.h>

#include <random>

using namespace genscope;

namespace {

std::string sum(const char *a, const char *b)
{
    return (*Decimal::parse(a) + *Decimal::parse(b)).toString();
}

std::string product(const char *a, const char *b)
{
    return (*Decimal::parse(a) * *Decimal::parse(b)).toString();
}

TEST(Decimal, ReadsJsonNumbersExactly)
{
    EXPECT_EQ(Decimal::parse("0.1")->toString(), "0.1");
    EXPECT_EQ(Decimal::parse("3e-06")->toString(), "0.000003");
    EXPECT_EQ(Decimal::parse("-1.50E2")->toString(), "-150");
    EXPECT_EQ(Decimal::parse("0.046000003814697266")->toString(), "0.046000003814697266");
    EXPECT_EQ(Decimal::parse("0e5")->toString(), "0");
}

TEST(Decimal, RefusesWhatIsNotANumber)
{
    for (const char *text : {"", "-", "1.", ".5", "1e", "0x10", "1 ", " 1", "NaN", "1e400", "--1", "1.2.3"})
        EXPECT_FALSE(Decimal::parse(text)) << text;
}

TEST(Decimal, AddsAndMultipliesWithoutRounding)
{
    EXPECT_EQ(sum("0.1", "0.2"), "0.3");
    EXPECT_EQ(sum("1e-12", "1000000"), "1000000.000000000001");
    EXPECT_EQ(product("14013", "0.0000033"), "0.0462429");
    EXPECT_EQ(product("-2", "0.5"), "-1");
}

TEST(Decimal, OverflowIsInvalidNotWrong)
{
    const Decimal huge = *Decimal::parse("170141183460469231731687303715884105727");
    EXPECT_FALSE((huge + huge).isValid());
    EXPECT_FALSE((huge * huge).isValid());
    EXPECT_FALSE((huge * huge + Decimal(1)).isValid());
    EXPECT_EQ(huge.toPico(), std::nullopt);
}

TEST(Decimal, RoundsOnlyToPicodollarsHalfAwayFromZero)
{
    EXPECT_EQ(Decimal::parse("0.0000000000005")->toPico(), 1);
    EXPECT_EQ(Decimal::parse("0.00000000000049")->toPico(), 0);
    EXPECT_EQ(Decimal::parse("-0.0000000000005")->toPico(), -1);
    EXPECT_EQ(Decimal::parse("1.5")->toPico(), 1'500'000'000'000);
    EXPECT_EQ(Decimal::parse("10000000")->toPico(), std::nullopt) << "does not fit 64 bits";
}

TEST(Decimal, SumsOfRandomPricesMatchIntegers)
{
    std::mt19937_64 random(42);
    for (int round = 0; round < 2000; ++round) {
        const auto tokens = static_cast<std::int64_t>(random() % 1'000'000);
        const auto rate = static_cast<std::int64_t>(random() % 100'000'000); // picodollars per token
        const Decimal cost = Decimal(tokens) * Decimal(Int128{rate}, 12);
        EXPECT_EQ(cost.toPico(), tokens * rate);
    }
}

TEST(Money, PrintsWithoutExponent)
{
    EXPECT_EQ(Money{0}.toString(), "0");
    EXPECT_EQ(Money{1}.toString(), "0.000000000001");
    EXPECT_EQ(Money{-12'500'000'000'000}.toString(), "-12.5");
    EXPECT_EQ((Money{Int128{9'000'000'000'000'000'000} * 1'000'000}.toString()), "9000000000000");
}

TEST(Money, DividesRoundingHalfAwayFromZero)
{
    EXPECT_EQ(Money{10}.dividedBy(4).pico, 3);
    EXPECT_EQ(Money{-10}.dividedBy(4).pico, -3);
    EXPECT_EQ(Money{9}.dividedBy(4).pico, 2);
}

} // namespace

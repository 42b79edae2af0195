// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nearestname.h"

#include <gtest/gtest.h>

using namespace genscope;

namespace {

std::string nearest(std::string_view text)
{
    return std::string(nearestName(text, {"query", "report", "reprice", "latency_p95", "ttft_p95", "cost",
                                          "Europe/Berlin", "Asia/Kolkata"})
                           .value_or("nothing"));
}

TEST(NearestName, ForgivesTypingMistakes)
{
    EXPECT_EQ(nearest("qurey"), "query") << "two letters exchanged";
    EXPECT_EQ(nearest("Querry"), "query") << "a letter too many; case does not count";
    EXPECT_EQ(nearest("repor"), "report") << "a letter too few";
    EXPECT_EQ(nearest("coast"), "cost");
    EXPECT_EQ(nearest("Europe/Berln"), "Europe/Berlin");
}

TEST(NearestName, FindsTheNameOfWhichTheTextIsAPart)
{
    EXPECT_EQ(nearest("p95"), "latency_p95");
    EXPECT_EQ(nearest("berlin"), "Europe/Berlin");
    EXPECT_EQ(nearest("lat"), "nothing") << "whole parts only";
}

TEST(NearestName, DoesNotGuess)
{
    EXPECT_EQ(nearest("foo"), "nothing");
    EXPECT_EQ(nearest(""), "nothing");
    EXPECT_EQ(nearest("q"), "nothing");
    EXPECT_EQ(nearest(std::string(1000, 'q')), "nothing");
}

TEST(NearestName, EndsAMessage)
{
    const std::vector<std::string_view> names = {"query"};
    EXPECT_EQ(didYouMean("qurey", names), QStringLiteral("; did you mean “query”?"));
    EXPECT_EQ(didYouMean("foo", names), QString());
}

} // namespace

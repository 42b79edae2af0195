// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timestamp.h"

#include <gtest/gtest.h>

using namespace genscope;

namespace {

std::string reread(const char *text)
{
    const auto parsed = parseIsoTime(text);
    return parsed ? isoTime(parsed->instant()) : "unreadable";
}

TEST(Timestamp, ReadsTheFormsThatExportsAndSdksUse)
{
    EXPECT_EQ(reread("2025-06-02T10:11:12.123456+00:00"), "2025-06-02T10:11:12.123456+00:00");
    EXPECT_EQ(reread("2025-06-02T10:11:12.123Z"), "2025-06-02T10:11:12.123+00:00");
    EXPECT_EQ(reread("2025-06-02 10:11:12"), "2025-06-02T10:11:12+00:00");
    EXPECT_EQ(reread("2025-06-02T10:11+0530"), "2025-06-02T04:41:00+00:00");
    EXPECT_EQ(reread("2025-06-02T10:11:12-08"), "2025-06-02T18:11:12+00:00");
    EXPECT_EQ(reread("2025-06-02"), "2025-06-02T00:00:00+00:00");
    EXPECT_EQ(reread("2025-06-02T10:11:12.123456789Z"), "2025-06-02T10:11:12.123456+00:00");
    EXPECT_EQ(reread("2025-06-02T24:00:00Z"), "2025-06-03T00:00:00+00:00");
    EXPECT_EQ(reread("2016-12-31T23:59:60Z"), "2017-01-01T00:00:00+00:00");
}

TEST(Timestamp, RefusesImpossibleTimes)
{
    for (const char *text : {"", "yesterday", "2025-13-01", "2025-02-29", "2025-06-02T25:00:00Z",
                             "2025-06-02T10", "2025-06-02T10:11:12+", "2025-06-02T10:11:12Zjunk", "20250602"})
        EXPECT_EQ(reread(text), "unreadable") << text;
}

TEST(Timestamp, TellsWhatATextLeftOut)
{
    EXPECT_TRUE(parseIsoTime("2025-06-02")->dateOnly);
    EXPECT_FALSE(parseIsoTime("2025-06-02T10:11:12")->offsetSeconds);
    EXPECT_EQ(parseIsoTime("2025-06-02T10:11:12+02:00")->offsetSeconds, 7200);
}

TEST(Timestamp, TellsEpochUnitsBySize)
{
    const Timestamp expected{1'750'000'000 * kMicrosPerSecond};
    EXPECT_EQ(timestampFromEpoch(1.75e9), expected);
    EXPECT_EQ(timestampFromEpoch(1.75e12), expected);
    EXPECT_EQ(timestampFromEpoch(1.75e15), expected);
    EXPECT_EQ(timestampFromEpoch(-1), std::nullopt);
}

TEST(Timestamp, CivilTimeRoundTripsEveryDayUntil2200)
{
    for (std::int64_t day = -800; day < 84'100; ++day) {
        const CivilTime civil = civilFromMicros(day * kMicrosPerDay);
        ASSERT_EQ(daysFromCivil(civil.year, civil.month, civil.day), day);
    }
}

} // namespace

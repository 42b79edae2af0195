// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/zone.h"

#include <gtest/gtest.h>

#include <random>

using namespace genscope;

namespace {

Timestamp at(const char *text)
{
    return parseIsoTime(text)->instant();
}

Zone zone(const char *name)
{
    const auto found = Zone::named(name);
    EXPECT_TRUE(found.ok()) << name;
    return *found;
}

TEST(Zone, BucketsFollowDaylightSaving)
{
    const Zone berlin = zone("Europe/Berlin");
    // The day clocks go forward has 23 hours, the day they go back 25.
    EXPECT_EQ(berlin.iso(berlin.bucketStart(at("2025-03-30T12:00:00Z"), Interval::Day)),
              "2025-03-30T00:00:00+01:00");
    EXPECT_EQ(berlin.nextBucket(at("2025-03-29T23:00:00Z"), Interval::Day), at("2025-03-30T22:00:00Z"));
    EXPECT_EQ(berlin.nextBucket(at("2025-10-25T22:00:00Z"), Interval::Day), at("2025-10-26T23:00:00Z"));
    // 02:30 happens twice: two hours of one name, told apart by their offset.
    EXPECT_EQ(berlin.iso(berlin.bucketStart(at("2025-10-26T00:30:00Z"), Interval::Hour)),
              "2025-10-26T02:00:00+02:00");
    EXPECT_EQ(berlin.iso(berlin.bucketStart(at("2025-10-26T01:30:00Z"), Interval::Hour)),
              "2025-10-26T02:00:00+01:00");
}

TEST(Zone, MidnightThatDoesNotExistBeginsTheDayLater)
{
    // Cairo's clocks go from 00:00 to 01:00 on the last Friday of April.
    const Zone cairo = zone("Africa/Cairo");
    EXPECT_EQ(cairo.iso(cairo.bucketStart(at("2025-04-25T10:00:00Z"), Interval::Day)),
              "2025-04-25T01:00:00+03:00");
}

TEST(Zone, WeeksBeginOnMonday)
{
    EXPECT_EQ(isoTime(Zone().bucketStart(at("2025-06-08T23:59:59Z"), Interval::Week)),
              "2025-06-02T00:00:00+00:00");
    EXPECT_EQ(Zone().dayOfWeek(at("2025-06-08T23:59:59Z")), 7);
    EXPECT_EQ(Zone().dayOfWeek(at("2025-06-09T00:00:00Z")), 1);
    EXPECT_EQ(zone("Asia/Kolkata").hourOfDay(at("2025-06-08T20:00:00Z")), 1);
}

class BucketsTile : public ::testing::TestWithParam<const char *>
{
};

TEST_P(BucketsTile, EveryInstantIsInExactlyOneBucket)
{
    const Zone here = zone(GetParam());
    std::mt19937_64 random(7);
    for (const Interval interval :
         {Interval::Minute, Interval::Hour, Interval::Day, Interval::Week, Interval::Month}) {
        for (int i = 0; i < 3000; ++i) {
            // Half of the probes fall near an offset change, where mistakes live.
            Timestamp t{static_cast<std::int64_t>(random() % 2'000'000'000) * kMicrosPerSecond};
            if (i % 2) {
                const auto edge = here.stretchAt(t).endUs;
                if (edge < kLatestTimestamp.us)
                    t.us = edge + (static_cast<std::int64_t>(random() % 172'800) - 86'400) * kMicrosPerSecond;
            }
            const Timestamp start = here.bucketStart(t, interval);
            const Timestamp next = here.nextBucket(start, interval);
            ASSERT_LE(start, t) << isoTime(t) << " " << intervalName(interval);
            ASSERT_LT(t, next) << isoTime(t) << " " << intervalName(interval);
            ASSERT_EQ(here.bucketStart(start, interval), start)
                << isoTime(start) << " " << intervalName(interval);
            ASSERT_EQ(here.bucketStart(next, interval), next)
                << isoTime(next) << " " << intervalName(interval);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Zones, BucketsTile,
                         ::testing::Values("UTC", "Europe/Berlin", "Africa/Cairo", "America/Sao_Paulo",
                                           "Asia/Kolkata", "Australia/Lord_Howe", "+05:45"));

TEST(Zone, ReadsTimeBounds)
{
    const Zone berlin = zone("Europe/Berlin");
    const Timestamp now = at("2025-06-10T12:00:00Z");
    const auto bound = [&](const char *text, bool isEnd) {
        const auto t = parseTimeBound(text, isEnd, berlin, now);
        return t ? isoTime(*t) : "error";
    };
    EXPECT_EQ(bound("2025-06-02", false), "2025-06-01T22:00:00+00:00");
    EXPECT_EQ(bound("2025-06-02", true), "2025-06-02T22:00:00+00:00") << "an end date includes its whole day";
    EXPECT_EQ(bound("2025-06-02T08:00:00", true), "2025-06-02T06:00:00+00:00");
    EXPECT_EQ(bound("2025-06-02T08:00:00Z", true), "2025-06-02T08:00:00+00:00");
    EXPECT_EQ(bound("-7d", false), "2025-06-03T12:00:00+00:00");
    EXPECT_EQ(bound("-90m", false), "2025-06-10T10:30:00+00:00");
    for (const char *text : {"7d", "-d", "-7y", "tomorrow", ""})
        EXPECT_EQ(bound(text, false), "error") << text;
}

TEST(Zone, UnknownNamesAreRefused)
{
    EXPECT_FALSE(Zone::named("Mars/Olympus").ok());
}

} // namespace

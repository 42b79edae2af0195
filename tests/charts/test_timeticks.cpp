// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/timeticks.h"

#include <gtest/gtest.h>

#include <string>

using namespace genscope;

namespace {

const QLocale kBritish(QLocale::English, QLocale::UnitedKingdom);
const QLocale kAmerican(QLocale::English, QLocale::UnitedStates);

Zone zone(const char *name)
{
    return *Zone::named(name);
}

std::vector<Timestamp> buckets(const char *from, Interval interval, int count, const Zone &in)
{
    std::vector<Timestamp> all;
    const Timestamp first{parseIsoTime(from)->instant(0)};
    for (Timestamp bucket = in.bucketStart(first, interval); static_cast<int>(all.size()) < count;
         bucket = in.nextBucket(bucket, interval))
        all.push_back(bucket);
    return all;
}

/// `0:1 Jun 6:06:00` and so on.
std::string ticks(const std::vector<Timestamp> &all, Interval interval, const Zone &in, int most,
                  const QLocale &locale = kBritish)
{
    std::string text;
    for (const AxisTick &tick : timeTicks(all, interval, in, most, locale)) {
        text += text.empty() ? "" : ", ";
        text += std::to_string(static_cast<int>(tick.position)) + "=" + tick.label.toStdString();
    }
    return text;
}

std::string labels(const ValueScale &scale, Unit unit)
{
    std::string text;
    for (const AxisTick &tick : valueTicks(scale, unit, kBritish))
        text += (text.empty() ? "" : ", ") + tick.label.toStdString();
    return text;
}

} // namespace

TEST(TimeTicks, HoursOfADayNameTheDayAtMidnight)
{
    const auto all = buckets("2025-06-02T00:00:00Z", Interval::Hour, 30, Zone());
    EXPECT_EQ(ticks(all, Interval::Hour, Zone(), 6), "0=2 Jun, 6=06:00, 12=12:00, 18=18:00, 24=3 Jun");
    EXPECT_EQ(ticks(all, Interval::Hour, Zone(), 3), "0=2 Jun, 12=12:00, 24=3 Jun");
}

TEST(TimeTicks, DaysThenMondaysThenMonths)
{
    const auto week = buckets("2025-06-02T00:00:00Z", Interval::Day, 4, Zone());
    EXPECT_EQ(ticks(week, Interval::Day, Zone(), 8), "0=2 Jun, 1=3 Jun, 2=4 Jun, 3=5 Jun");
    const auto month = buckets("2025-06-01T00:00:00Z", Interval::Day, 30, Zone());
    EXPECT_EQ(ticks(month, Interval::Day, Zone(), 6), "1=2 Jun, 8=9 Jun, 15=16 Jun, 22=23 Jun, 29=30 Jun");
    const auto quarter = buckets("2024-11-15T00:00:00Z", Interval::Day, 90, Zone());
    EXPECT_EQ(ticks(quarter, Interval::Day, Zone(), 4), "16=Dec, 47=Jan 2025, 78=Feb");
}

TEST(TimeTicks, WeeksAndMonths)
{
    const auto weeks = buckets("2025-01-06T00:00:00Z", Interval::Week, 20, Zone());
    EXPECT_EQ(ticks(weeks, Interval::Week, Zone(), 6), "4=Feb, 8=Mar, 13=Apr, 17=May");
    const auto months = buckets("2023-01-01T00:00:00Z", Interval::Month, 30, Zone());
    EXPECT_EQ(ticks(months, Interval::Month, Zone(), 5),
              "0=Jan 2023, 6=Jul, 12=Jan 2024, 18=Jul, 24=Jan 2025");
    EXPECT_EQ(ticks(months, Interval::Month, Zone(), 3), "0=2023, 12=2024, 24=2025");
}

TEST(TimeTicks, StandAtLocalMidnightThroughDaylightSaving)
{
    const Zone berlin = zone("Europe/Berlin");
    // 2025-03-30 has 23 hours, 2025-10-26 has 25.
    const auto spring = buckets("2025-03-28T23:00:00Z", Interval::Hour, 72, berlin);
    EXPECT_EQ(ticks(spring, Interval::Hour, berlin, 4), "0=29 Mar, 24=30 Mar, 47=31 Mar, 71=1 Apr");
    const auto autumn = buckets("2025-10-24T22:00:00Z", Interval::Hour, 74, berlin);
    EXPECT_EQ(ticks(autumn, Interval::Hour, berlin, 4), "0=25 Oct, 24=26 Oct, 49=27 Oct, 73=28 Oct");
    // Where midnight does not exist, the day begins at one.
    const Zone cairo = zone("Africa/Cairo");
    const auto gap = buckets("2025-04-23T22:00:00Z", Interval::Hour, 50, cairo);
    EXPECT_EQ(ticks(gap, Interval::Hour, cairo, 4), "0=24 Apr, 24=25 Apr, 47=26 Apr");
    // The hour that comes twice has one label.
    const auto night = buckets("2025-10-26T00:00:00Z", Interval::Hour, 4, berlin);
    EXPECT_EQ(ticks(night, Interval::Hour, berlin, 9), "0=02:00, 2=03:00, 3=04:00");
}

TEST(TimeTicks, HalfHourZonesHaveWholeLocalHours)
{
    const Zone kolkata = zone("Asia/Kolkata");
    const auto all = buckets("2025-06-01T18:30:00Z", Interval::Hour, 13, kolkata);
    EXPECT_EQ(ticks(all, Interval::Hour, kolkata, 3), "0=2 Jun, 6=06:00, 12=12:00");
}

TEST(TimeTicks, FollowTheLocale)
{
    const auto all = buckets("2025-06-02T00:00:00Z", Interval::Hour, 24, Zone());
    EXPECT_EQ(ticks(all, Interval::Hour, Zone(), 2, kAmerican), "0=Jun 2, 12=12 PM");
}

TEST(TimeTicks, NeverMoreThanAskedForAndNeverNone)
{
    for (const Interval interval :
         {Interval::Minute, Interval::Hour, Interval::Day, Interval::Week, Interval::Month}) {
        for (const int count : {1, 2, 3, 10, 59, 100, 1000}) {
            const auto all = buckets("2025-01-01T10:07:00Z", interval, count, Zone());
            for (const int most : {1, 2, 5, 12}) {
                const auto found = timeTicks(all, interval, Zone(), most, kBritish).size();
                EXPECT_LE(found, static_cast<std::size_t>(most)) << count << " of " << intervalName(interval);
                EXPECT_GE(found, 1U) << count << " of " << intervalName(interval) << ", at most " << most;
            }
        }
    }
    EXPECT_TRUE(timeTicks({}, Interval::Day, Zone(), 5, kBritish).empty());
}

TEST(BucketText, NamesTheBucketInFull)
{
    const Timestamp noon{parseIsoTime("2025-06-02T12:00:00Z")->instant(0)};
    EXPECT_EQ(bucketText(noon, Interval::Day, Zone(), kBritish), u"Mon 2 Jun 2025");
    EXPECT_EQ(bucketText(noon, Interval::Week, Zone(), kBritish), u"Week of 2 Jun 2025");
    EXPECT_EQ(bucketText(noon, Interval::Month, Zone(), kBritish), u"June 2025");
    EXPECT_EQ(bucketText(noon, Interval::Hour, Zone(), kBritish), u"Mon 2 Jun 2025, 12:00 – 13:00");
    EXPECT_EQ(bucketText(noon, Interval::Hour, zone("Asia/Tokyo"), kBritish),
              u"Mon 2 Jun 2025, 21:00 – 22:00 (+09:00)");
    EXPECT_EQ(bucketText(noon, Interval::Day, Zone(), kAmerican), u"Mon Jun 2, 2025");
}

TEST(ValueScale, IsRoundAndHoldsTheLargest)
{
    EXPECT_EQ(labels(valueScale(0, 168, 6, Unit::Usd), Unit::Usd), "$0, $50, $100, $150, $200");
    EXPECT_EQ(labels(valueScale(0, 0.031, 4, Unit::Usd), Unit::Usd), "$0, $0.01, $0.02, $0.03, $0.04");
    EXPECT_EQ(labels(valueScale(0, 4.2, 5, Unit::Seconds), Unit::Seconds), "0, 1 s, 2 s, 3 s, 4 s, 5 s");
    EXPECT_EQ(labels(valueScale(0, 0.42, 3, Unit::Seconds), Unit::Seconds), "0, 200 ms, 400 ms, 600 ms");
    EXPECT_EQ(labels(valueScale(0, 400, 4, Unit::Seconds), Unit::Seconds), "0, 2 min, 4 min, 6 min, 8 min");
    EXPECT_EQ(labels(valueScale(0, 0.07, 4, Unit::Ratio), Unit::Ratio), "0 %, 2 %, 4 %, 6 %, 8 %");
    EXPECT_EQ(labels(valueScale(0, 12'300, 3, Unit::Tokens), Unit::Tokens), "0, 5 k, 10 k, 15 k");
}

TEST(ValueScale, CountsHaveNoFractions)
{
    EXPECT_EQ(labels(valueScale(0, 2, 6, Unit::Number), Unit::Number), "0, 1, 2");
    EXPECT_EQ(labels(valueScale(0, 0, 6, Unit::Number), Unit::Number), "0, 1");
    EXPECT_EQ(labels(valueScale(0, 9, 4, Unit::Number), Unit::Number), "0, 5, 10");
}

TEST(ValueScale, GoesBelowZeroOnlyForNegatives)
{
    const ValueScale scale = valueScale(-30, 80, 5, Unit::Usd);
    EXPECT_EQ(labels(scale, Unit::Usd), "-$50, -$25, $0, $25, $50, $75, $100");
    EXPECT_EQ(valueScale(3, 8, 5, Unit::Usd).lower, 0);
}

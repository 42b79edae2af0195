// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/calendar.h"

#include <gtest/gtest.h>

using namespace genscope;

namespace {

const Timestamp kNow = parseIsoTime("2025-06-11T21:30:00Z")->instant(); // a Wednesday

std::string period(std::string_view text, const char *zoneName = "UTC", Timestamp now = kNow)
{
    const Zone zone = *Zone::named(zoneName);
    const auto range = parsePeriod(text, zone, now);
    if (!range)
        return range.error().message.toStdString();
    if (!range->from || !range->to)
        return "open";
    return zone.iso(*range->from) + " .. " + zone.iso(*range->to);
}

TEST(Calendar, PeriodsAreWrittenAsInIso8601)
{
    EXPECT_EQ(period("2025"), "2025-01-01T00:00:00+00:00 .. 2026-01-01T00:00:00+00:00");
    EXPECT_EQ(period("2025-Q2"), "2025-04-01T00:00:00+00:00 .. 2025-07-01T00:00:00+00:00");
    EXPECT_EQ(period("2025-12"), "2025-12-01T00:00:00+00:00 .. 2026-01-01T00:00:00+00:00");
    EXPECT_EQ(period("2025-W23"), "2025-06-02T00:00:00+00:00 .. 2025-06-09T00:00:00+00:00");
    EXPECT_EQ(period("2025-06-05"), "2025-06-05T00:00:00+00:00 .. 2025-06-06T00:00:00+00:00");
}

TEST(Calendar, TheFirstWeekIsThatOfThe4thOfJanuary)
{
    EXPECT_EQ(period("2026-W01"), "2025-12-29T00:00:00+00:00 .. 2026-01-05T00:00:00+00:00");
    EXPECT_EQ(period("2026-W53"), "2026-12-28T00:00:00+00:00 .. 2027-01-04T00:00:00+00:00");
    EXPECT_TRUE(period("2025-W53").find("not a period") != std::string::npos) << "2025 has 52 weeks";
}

TEST(Calendar, NamesCountFromNow)
{
    EXPECT_EQ(period("today"), "2025-06-11T00:00:00+00:00 .. 2025-06-12T00:00:00+00:00");
    EXPECT_EQ(period("yesterday"), "2025-06-10T00:00:00+00:00 .. 2025-06-11T00:00:00+00:00");
    EXPECT_EQ(period("this-week"), "2025-06-09T00:00:00+00:00 .. 2025-06-16T00:00:00+00:00");
    EXPECT_EQ(period("last-week"), "2025-06-02T00:00:00+00:00 .. 2025-06-09T00:00:00+00:00");
    EXPECT_EQ(period("last-month"), "2025-05-01T00:00:00+00:00 .. 2025-06-01T00:00:00+00:00");
    EXPECT_EQ(period("last-quarter"), "2025-01-01T00:00:00+00:00 .. 2025-04-01T00:00:00+00:00");
    EXPECT_EQ(period("last-year"), "2024-01-01T00:00:00+00:00 .. 2025-01-01T00:00:00+00:00");
    EXPECT_EQ(period("all"), "open");
}

TEST(Calendar, YearsEndBetweenMonths)
{
    const Timestamp january = parseIsoTime("2025-01-15T12:00:00Z")->instant();
    EXPECT_EQ(period("last-month", "UTC", january), "2024-12-01T00:00:00+00:00 .. 2025-01-01T00:00:00+00:00");
    EXPECT_EQ(period("last-quarter", "UTC", january),
              "2024-10-01T00:00:00+00:00 .. 2025-01-01T00:00:00+00:00");
}

TEST(Calendar, DaysAndMonthsAreThoseOfTheZone)
{
    EXPECT_EQ(period("today", "Asia/Tokyo"), "2025-06-12T00:00:00+09:00 .. 2025-06-13T00:00:00+09:00");
    EXPECT_EQ(period("2025-03", "Europe/Berlin"), "2025-03-01T00:00:00+01:00 .. 2025-04-01T00:00:00+02:00")
        << "an hour shorter than March in UTC";
}

TEST(Calendar, OtherWordsAreRefusedWithAHint)
{
    EXPECT_EQ(period("lastmonth"), "“lastmonth” is not a period; did you mean “last-month”?");
    for (const char *text : {"", "2025-13", "2025-Q5", "2025-6", "2025-06-31", "2025-W00", "1969", "-024-01",
                             "2025-06-05T10:00:00Z"})
        EXPECT_NE(period(text).find("is not a period; give 2025, 2025-Q2"), std::string::npos) << text;
}

} // namespace

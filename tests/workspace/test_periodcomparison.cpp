// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/periodcomparison.h"

#include <gtest/gtest.h>

using namespace genscope;

namespace {

using With = PeriodComparison::With;

Timestamp at(const char *text)
{
    return parseIsoTime(text)->instant();
}

std::string compared(With with, const char *from, const char *to, const Zone &zone)
{
    const auto range = comparedRange({with, {}}, {at(from), at(to)}, zone);
    return range ? zone.iso(*range->from) + " to " + zone.iso(*range->to) : "nothing";
}

TEST(PeriodComparison, ThePreviousPeriodTouchesThisOne)
{
    EXPECT_EQ(compared(With::PreviousPeriod, "2025-06-02T10:00:00Z", "2025-06-02T12:30:00Z", Zone::utc()),
              "2025-06-02T07:30:00+00:00 to 2025-06-02T10:00:00+00:00");
    EXPECT_FALSE(comparedRange({With::PreviousPeriod, {}}, {at("2025-06-02"), std::nullopt}, Zone::utc()));
    EXPECT_FALSE(comparedRange({}, {at("2025-06-02"), at("2025-06-03")}, Zone::utc()));
}

TEST(PeriodComparison, MonthsAreComparedWithMonths)
{
    EXPECT_EQ(compared(With::PreviousPeriod, "2025-03-01T00:00:00Z", "2025-04-01T00:00:00Z", Zone::utc()),
              "2025-02-01T00:00:00+00:00 to 2025-03-01T00:00:00+00:00");
}

TEST(PeriodComparison, DaysStayDaysWhereTheClocksChange)
{
    const Zone berlin = *Zone::named("Europe/Berlin"); // 30 March 2025 has 23 hours
    EXPECT_EQ(
        compared(With::PreviousPeriod, "2025-03-31T00:00:00+02:00", "2025-04-02T00:00:00+02:00", berlin),
        "2025-03-29T00:00:00+01:00 to 2025-03-31T00:00:00+02:00");
    EXPECT_EQ(compared(With::WeekBefore, "2025-03-31T09:00:00+02:00", "2025-03-31T17:00:00+02:00", berlin),
              "2025-03-24T09:00:00+01:00 to 2025-03-24T17:00:00+01:00")
        << "the same hours of the clock";
}

} // namespace

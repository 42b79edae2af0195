// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/timepresets.h"

#include <gtest/gtest.h>

using namespace genscope;

namespace {

Timestamp at(const char *iso)
{
    return parseIsoTime(iso)->instant();
}

Zone berlin()
{
    return *Zone::named("Europe/Berlin");
}

std::string shown(const TimeRange &range, const Zone &zone)
{
    const auto bound = [&zone](std::optional<Timestamp> t) { return t ? zone.iso(*t) : std::string("open"); };
    return bound(range.from) + " .. " + bound(range.to);
}

TEST(TimePresets, CountBackFromNowWhileEventsArrive)
{
    const PresetAnchor anchor = presetAnchor(at("2025-06-10T11:58:00Z"), at("2025-06-10T12:00:00Z"));
    EXPECT_FALSE(anchor.atData);
    EXPECT_EQ(anchor.instant, at("2025-06-10T12:00:00Z"));
}

TEST(TimePresets, CountBackFromTheDataOnceItLiesInThePast)
{
    const PresetAnchor anchor = presetAnchor(at("2024-03-10T11:58:00Z"), at("2025-06-10T12:00:00Z"));
    EXPECT_TRUE(anchor.atData);
    EXPECT_EQ(anchor.instant, at("2024-03-10T11:58:00Z"));
}

TEST(TimePresets, CountBackFromTheDataWhereItsClockIsAhead)
{
    EXPECT_TRUE(presetAnchor(at("2025-06-11T00:00:00Z"), at("2025-06-10T12:00:00Z")).atData);
}

TEST(TimePresets, DaysAreWholeDaysOfTheZoneThroughDaylightSaving)
{
    const PresetAnchor anchor{at("2025-04-01T10:30:00Z"), true};
    EXPECT_EQ(shown(presetRange(TimePreset::Last7Days, anchor, berlin()), berlin()),
              "2025-03-26T00:00:00+01:00 .. 2025-04-02T00:00:00+02:00");
    EXPECT_EQ(shown(presetRange(TimePreset::Last24Hours, anchor, Zone::utc()), Zone::utc()),
              "2025-03-31T11:00:00+00:00 .. 2025-04-01T11:00:00+00:00");
    EXPECT_EQ(shown(presetRange(TimePreset::Last15Minutes, anchor, Zone::utc()), Zone::utc()),
              "2025-04-01T10:16:00+00:00 .. 2025-04-01T10:31:00+00:00");
}

TEST(TimePresets, ARangeIsRecognisedAsThePresetItIs)
{
    const PresetAnchor anchor{at("2025-06-10T12:00:00Z"), true};
    for (const TimePreset preset : kTimePresets)
        EXPECT_EQ(presetOf(presetRange(preset, anchor, berlin()), anchor, berlin()), preset);
    EXPECT_EQ(presetOf({at("2025-06-01T00:00:00Z"), std::nullopt}, anchor, berlin()), std::nullopt);
}

TEST(TimePresets, CalendarPeriodsAreWholeOnesOfTheZone)
{
    const PresetAnchor anchor{at("2025-06-11T23:30:00Z"), true}; // a Wednesday, in Berlin already Thursday
    const auto of = [&](TimePreset preset) {
        return rangeText(presetRange(preset, anchor, berlin()), berlin(), QLocale::c()).toStdString();
    };
    EXPECT_EQ(of(TimePreset::Today), "12 Jun 2025");
    EXPECT_EQ(of(TimePreset::Yesterday), "11 Jun 2025");
    EXPECT_EQ(of(TimePreset::ThisWeek), "9 – 15 Jun 2025");
    EXPECT_EQ(of(TimePreset::LastWeek), "2 – 8 Jun 2025");
    EXPECT_EQ(of(TimePreset::ThisMonth), "1 – 30 Jun 2025");
    EXPECT_EQ(of(TimePreset::LastMonth), "1 – 31 May 2025");
    EXPECT_EQ(of(TimePreset::ThisQuarter), "1 Apr – 30 Jun 2025");
    EXPECT_EQ(of(TimePreset::LastQuarter), "1 Jan – 31 Mar 2025");
}

TEST(TimePresets, OfTwoThatAreTheSameTodayItIsTheChosenOne)
{
    const PresetAnchor sunday{at("2025-06-15T12:00:00Z"), true};
    const TimeRange week = presetRange(TimePreset::ThisWeek, sunday, Zone::utc());
    EXPECT_EQ(week, presetRange(TimePreset::Last7Days, sunday, Zone::utc()));
    EXPECT_EQ(presetOf(week, sunday, Zone::utc()), TimePreset::Last7Days);
    EXPECT_EQ(presetOf(week, sunday, Zone::utc(), TimePreset::ThisWeek), TimePreset::ThisWeek);
    EXPECT_EQ(presetOf(week, sunday, Zone::utc(), TimePreset::LastMonth), TimePreset::Last7Days)
        << "chosen before, and no longer the range";
}

TEST(TimePresets, TheHintSaysWhatLastMeans)
{
    const QLocale c = QLocale::c();
    const QString hint =
        presetHint(TimePreset::Last7Days, {at("2024-03-10T11:58:00Z"), true}, Zone::utc(), c);
    EXPECT_TRUE(hint.startsWith(QStringLiteral("Last 7 days of data, which ends on "))) << qPrintable(hint);
    EXPECT_TRUE(hint.endsWith(QStringLiteral(": 4 – 10 Mar 2024"))) << qPrintable(hint);
    EXPECT_EQ(presetHint(TimePreset::Last7Days, {at("2024-03-10T11:58:00Z"), false}, Zone::utc(), c),
              QStringLiteral("4 – 10 Mar 2024"));
}

TEST(ShiftedRange, MovesDaysThroughDaylightSaving)
{
    const TimeRange week{at("2025-03-31T22:00:00Z"), at("2025-04-07T22:00:00Z")};
    EXPECT_EQ(shown(*shiftedRange(week, -1, berlin()), berlin()),
              "2025-03-25T00:00:00+01:00 .. 2025-04-01T00:00:00+02:00");
    EXPECT_EQ(*shiftedRange(*shiftedRange(week, -1, berlin()), 1, berlin()), week);
}

TEST(ShiftedRange, MovesMonthsByMonths)
{
    const TimeRange march{at("2025-03-01T00:00:00Z"), at("2025-04-01T00:00:00Z")};
    EXPECT_EQ(shown(*shiftedRange(march, -1, Zone::utc()), Zone::utc()),
              "2025-02-01T00:00:00+00:00 .. 2025-03-01T00:00:00+00:00");
    EXPECT_EQ(shown(*shiftedRange(march, 10, Zone::utc()), Zone::utc()),
              "2026-01-01T00:00:00+00:00 .. 2026-02-01T00:00:00+00:00");
}

TEST(ShiftedRange, MovesHoursByTheirLengthAndOpenRangesNotAtAll)
{
    const TimeRange hour{at("2025-03-01T10:00:00Z"), at("2025-03-01T11:00:00Z")};
    EXPECT_EQ(shiftedRange(hour, 1, Zone::utc()),
              (TimeRange{at("2025-03-01T11:00:00Z"), at("2025-03-01T12:00:00Z")}));
    EXPECT_EQ(shiftedRange({}, 1, Zone::utc()), std::nullopt);
    EXPECT_EQ(shiftedRange({hour.from, std::nullopt}, 1, Zone::utc()), std::nullopt);
}

TEST(RangeText, NamesDaysAsPeopleDo)
{
    const auto text = [](const char *from, const char *to) {
        return rangeText({at(from), at(to)}, Zone::utc(), QLocale::c()).toStdString();
    };
    EXPECT_EQ(text("2025-06-02T00:00:00Z", "2025-06-03T00:00:00Z"), "2 Jun 2025");
    EXPECT_EQ(text("2025-06-02T00:00:00Z", "2025-06-09T00:00:00Z"), "2 – 8 Jun 2025");
    EXPECT_EQ(text("2025-05-28T00:00:00Z", "2025-06-09T00:00:00Z"), "28 May – 8 Jun 2025");
    EXPECT_EQ(text("2024-12-30T00:00:00Z", "2025-01-03T00:00:00Z"), "30 Dec 2024 – 2 Jan 2025");
    EXPECT_EQ(text("2025-06-02T14:00:00Z", "2025-06-02T15:30:00Z"), "2 Jun 2025, 14:00 – 15:30");
    EXPECT_EQ(rangeText({}, Zone::utc(), QLocale::c()), QStringLiteral("All time"));
    EXPECT_EQ(rangeText({at("2025-06-02T00:00:00Z"), std::nullopt}, Zone::utc(), QLocale::c()),
              QStringLiteral("since 2 Jun 2025"));
}

} // namespace

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/calendar.h"

#include "core/nearestname.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <charconv>

namespace genscope {

namespace {

struct PeriodName
{
    std::string_view name;
    CalendarUnit unit;
    int before;
};
constexpr std::array kPeriodNames = {
    PeriodName{"today", CalendarUnit::Day, 0},
    PeriodName{"yesterday", CalendarUnit::Day, 1},
    PeriodName{"this-week", CalendarUnit::Week, 0},
    PeriodName{"last-week", CalendarUnit::Week, 1},
    PeriodName{"this-month", CalendarUnit::Month, 0},
    PeriodName{"last-month", CalendarUnit::Month, 1},
    PeriodName{"this-quarter", CalendarUnit::Quarter, 0},
    PeriodName{"last-quarter", CalendarUnit::Quarter, 1},
    PeriodName{"this-year", CalendarUnit::Year, 0},
    PeriodName{"last-year", CalendarUnit::Year, 1},
};
constexpr std::string_view kAll = "all";

/// Of a day since 1970-01-01.
std::int64_t mondayOf(std::int64_t day)
{
    const std::int64_t weekday = ((day + 3) % 7 + 7) % 7; // 1970-01-01 was a Thursday
    return day - weekday;
}

/// @param month  since the year 0, January is 0
std::int64_t firstDayOfMonth(std::int64_t month)
{
    return daysFromCivil(month / 12, static_cast<int>(month % 12) + 1, 1);
}

TimeRange ofDays(std::int64_t first, std::int64_t end, const Zone &zone)
{
    return {zone.instantFromLocal(first * kMicrosPerDay), zone.instantFromLocal(end * kMicrosPerDay)};
}

TimeRange ofMonths(std::int64_t first, int count, const Zone &zone)
{
    return ofDays(firstDayOfMonth(first), firstDayOfMonth(first + count), zone);
}

/// A number of just so many digits, from the front of @p text.
std::optional<int> takeDigits(std::string_view &text, std::size_t count)
{
    int number = 0;
    if (text.size() < count || text.front() == '-')
        return std::nullopt;
    const char *end = text.data() + count;
    if (const auto read = std::from_chars(text.data(), end, number);
        read.ec != std::errc() || read.ptr != end)
        return std::nullopt;
    text.remove_prefix(count);
    return number;
}

std::optional<TimeRange> isoWeek(int year, int week, const Zone &zone)
{
    const std::int64_t first = mondayOf(daysFromCivil(year, 1, 4)); // the 4th is in the first week
    const std::int64_t monday = first + 7 * (week - 1);
    if (week < 1 || monday >= mondayOf(daysFromCivil(year + 1, 1, 4)))
        return std::nullopt;
    return ofDays(monday, monday + 7, zone);
}

/// What is written with digits.
std::optional<TimeRange> writtenPeriod(std::string_view text, const Zone &zone)
{
    const std::string_view whole = text;
    const std::optional<int> year = takeDigits(text, 4);
    if (!year || *year < 1970 || *year >= 2200)
        return std::nullopt;
    if (text.empty())
        return ofMonths(*year * 12, 12, zone);
    const char kind = text.size() > 1 ? text[1] : '\0';
    if (text.front() != '-' || kind == '\0')
        return std::nullopt;
    text.remove_prefix(kind == 'Q' || kind == 'W' ? 2 : 1);
    const std::optional<int> number = takeDigits(text, kind == 'Q' ? 1 : 2);
    if (!number)
        return std::nullopt;
    if (!text.empty()) {
        const auto day = parseIsoTime(whole);
        if (!day || !day->dateOnly)
            return std::nullopt;
        const std::int64_t first = day->localUs / kMicrosPerDay;
        return ofDays(first, first + 1, zone);
    }
    if (kind == 'W')
        return isoWeek(*year, *number, zone);
    const int length = kind == 'Q' ? 3 : 1;
    if (*number < 1 || *number * length > 12)
        return std::nullopt;
    return ofMonths(*year * 12 + (*number - 1) * length, length, zone);
}

Error noPeriod(std::string_view text)
{
    const QString shown = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    std::vector<std::string_view> names{kAll};
    for (const PeriodName &entry : kPeriodNames)
        names.push_back(entry.name);
    if (const QString hint = didYouMean(text, names); !hint.isEmpty())
        return makeError(Error::Kind::Usage,
                         QCoreApplication::translate("Calendar", "“%1” is not a period").arg(shown) + hint);
    return makeError(Error::Kind::Usage,
                     QCoreApplication::translate(
                         "Calendar",
                         "“%1” is not a period; give 2025, 2025-Q2, 2025-06, 2025-W23 or 2025-06-05, today, "
                         "yesterday, this-week, last-month and the like, or all")
                         .arg(shown));
}

} // namespace

TimeRange calendarRange(CalendarUnit unit, int before, Timestamp instant, const Zone &zone)
{
    const CivilTime civil = civilFromMicros(zone.localMicros(instant));
    const std::int64_t day = daysFromCivil(civil.year, civil.month, civil.day);
    const std::int64_t month = civil.year * 12 + civil.month - 1;
    switch (unit) {
    case CalendarUnit::Day:
        return ofDays(day - before, day - before + 1, zone);
    case CalendarUnit::Week: {
        const std::int64_t monday = mondayOf(day) - std::int64_t{7} * before;
        return ofDays(monday, monday + 7, zone);
    }
    case CalendarUnit::Month:
        return ofMonths(month - before, 1, zone);
    case CalendarUnit::Quarter:
        return ofMonths(month - month % 3 - std::int64_t{3} * before, 3, zone);
    case CalendarUnit::Year:
        return ofMonths((civil.year - before) * 12, 12, zone);
    }
    return {};
}

Result<TimeRange> parsePeriod(std::string_view text, const Zone &zone, Timestamp now)
{
    if (text == kAll)
        return TimeRange{};
    const auto named = std::find_if(kPeriodNames.begin(), kPeriodNames.end(),
                                    [text](const PeriodName &entry) { return entry.name == text; });
    if (named != kPeriodNames.end())
        return calendarRange(named->unit, named->before, now, zone);
    if (const auto written = writtenPeriod(text, zone))
        return *written;
    return noPeriod(text);
}

} // namespace genscope

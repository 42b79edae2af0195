// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/periodcomparison.h"

#include "core/calendar.h"

namespace genscope {

namespace {

/// The local start of the month @p months after that of @p monthStart.
Timestamp plusMonths(Timestamp monthStart, std::int64_t months, const Zone &zone)
{
    return *calendarRange(CalendarUnit::Month, static_cast<int>(-months), monthStart, zone).from;
}

std::int64_t monthsBetween(Timestamp from, Timestamp to, const Zone &zone)
{
    const CivilTime a = civilFromMicros(zone.localMicros(from));
    const CivilTime b = civilFromMicros(zone.localMicros(to));
    return (b.year * 12 + b.month) - (a.year * 12 + a.month);
}

} // namespace

bool isStartOf(Interval interval, Timestamp instant, const Zone &zone)
{
    return zone.bucketStart(instant, interval) == instant;
}

Timestamp plusDays(Timestamp instant, std::int64_t days, const Zone &zone)
{
    return zone.instantFromLocal(zone.localMicros(instant) + days * kMicrosPerDay);
}

std::optional<TimeRange> shiftedRange(const TimeRange &range, int periods, const Zone &zone)
{
    if (!range.from || !range.to || *range.to <= *range.from)
        return std::nullopt;
    if (isStartOf(Interval::Month, *range.from, zone) && isStartOf(Interval::Month, *range.to, zone)) {
        const std::int64_t months = monthsBetween(*range.from, *range.to, zone) * periods;
        return TimeRange{plusMonths(*range.from, months, zone), plusMonths(*range.to, months, zone)};
    }
    if (isStartOf(Interval::Day, *range.from, zone) && isStartOf(Interval::Day, *range.to, zone)) {
        const std::int64_t days =
            (zone.localMicros(*range.to) - zone.localMicros(*range.from)) / kMicrosPerDay;
        return TimeRange{plusDays(*range.from, days * periods, zone),
                         plusDays(*range.to, days * periods, zone)};
    }
    const std::int64_t step = (range.to->us - range.from->us) * periods;
    return TimeRange{Timestamp{range.from->us + step}, Timestamp{range.to->us + step}};
}

std::optional<TimeRange> comparedRange(const PeriodComparison &comparison, const TimeRange &range,
                                       const Zone &zone)
{
    switch (comparison.with) {
    case PeriodComparison::With::Nothing:
        break;
    case PeriodComparison::With::PreviousPeriod:
        return shiftedRange(range, -1, zone);
    case PeriodComparison::With::WeekBefore:
        // The same readings of the clock, whatever daylight saving did in between.
        if (range.from && range.to)
            return TimeRange{plusDays(*range.from, -7, zone), plusDays(*range.to, -7, zone)};
        break;
    case PeriodComparison::With::Custom:
        return comparison.range;
    }
    return std::nullopt;
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/timepresets.h"

#include "core/calendar.h"
#include "core/format.h"

#include <QCoreApplication>
#include <QDateTime>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TimeRange)
};

constexpr std::int64_t kMinuteUs = 60 * kMicrosPerSecond;
constexpr std::int64_t kHourUs = 60 * kMinuteUs;

constexpr std::array<std::string_view, kTimePresets.size()> kPresetNames = {
    "15m",        "1h",         "24h",          "7d",           "30d",
    "90d",        "today",      "yesterday",    "this-week",    "last-week",
    "this-month", "last-month", "this-quarter", "last-quarter", "all"};

int presetDays(TimePreset preset)
{
    switch (preset) {
    case TimePreset::Last7Days:
        return 7;
    case TimePreset::Last30Days:
        return 30;
    default:
        return 90;
    }
}

/// The end of the minute, hour or day that holds @p instant.
Timestamp bucketEnd(Timestamp instant, Interval interval, const Zone &zone)
{
    return zone.nextBucket(zone.bucketStart(instant, interval), interval);
}

/// The wall-clock reading as a QDateTime, for QLocale's formats.
QDateTime wallClock(Timestamp instant, const Zone &zone)
{
    return QDateTime::fromMSecsSinceEpoch(zone.localMicros(instant) / 1000, Qt::UTC);
}

QString dayText(const QDate &day, const QLocale &locale)
{
    return locale.toString(day, QStringLiteral("d MMM yyyy"));
}

QString daySpanText(const QDate &first, const QDate &last, const QLocale &locale)
{
    if (first == last)
        return dayText(first, locale);
    QString firstFormat = QStringLiteral("d MMM yyyy");
    if (first.year() == last.year())
        firstFormat = first.month() == last.month() ? QStringLiteral("d") : QStringLiteral("d MMM");
    return Text::tr("%1 – %2").arg(locale.toString(first, firstFormat), dayText(last, locale));
}

QString instantText(const QDateTime &reading, const QLocale &locale)
{
    const auto time = locale.toString(reading.time(), QStringLiteral("HH:mm"));
    return Text::tr("%1, %2").arg(dayText(reading.date(), locale), time);
}

} // namespace

PresetAnchor presetAnchor(std::optional<Timestamp> lastEvent, Timestamp now)
{
    // Within the shortest preset of now (and not ahead of it) the data is live.
    if (!lastEvent || (lastEvent->us <= now.us && lastEvent->us > now.us - 15 * kMinuteUs))
        return {now, false};
    return {*lastEvent, true};
}

std::string_view presetName(TimePreset preset)
{
    return kPresetNames[static_cast<std::size_t>(preset)];
}

std::optional<TimePreset> presetFromName(std::string_view name)
{
    for (const TimePreset preset : kTimePresets) {
        if (presetName(preset) == name)
            return preset;
    }
    return std::nullopt;
}

TimeRange presetRange(TimePreset preset, const PresetAnchor &anchor, const Zone &zone)
{
    switch (preset) {
    case TimePreset::Last15Minutes: {
        const Timestamp to = bucketEnd(anchor.instant, Interval::Minute, zone);
        return {Timestamp{to.us - 15 * kMinuteUs}, to};
    }
    case TimePreset::LastHour: {
        const Timestamp to = bucketEnd(anchor.instant, Interval::Minute, zone);
        return {Timestamp{to.us - kHourUs}, to};
    }
    case TimePreset::Last24Hours: {
        const Timestamp to = bucketEnd(anchor.instant, Interval::Hour, zone);
        return {Timestamp{to.us - 24 * kHourUs}, to};
    }
    case TimePreset::Last7Days:
    case TimePreset::Last30Days:
    case TimePreset::Last90Days: {
        const Timestamp to = bucketEnd(anchor.instant, Interval::Day, zone);
        return {plusDays(to, -presetDays(preset), zone), to};
    }
    case TimePreset::Today:
    case TimePreset::Yesterday:
    case TimePreset::ThisWeek:
    case TimePreset::LastWeek:
    case TimePreset::ThisMonth:
    case TimePreset::LastMonth:
    case TimePreset::ThisQuarter:
    case TimePreset::LastQuarter:
        return *parsePeriod(presetName(preset), zone, anchor.instant);
    case TimePreset::Everything:
        return {};
    }
    return {};
}

std::optional<TimePreset> presetOf(const TimeRange &range, const PresetAnchor &anchor, const Zone &zone,
                                   std::optional<TimePreset> chosen)
{
    if (chosen && presetRange(*chosen, anchor, zone) == range)
        return chosen;
    for (const TimePreset preset : kTimePresets) {
        if (presetRange(preset, anchor, zone) == range)
            return preset;
    }
    return std::nullopt;
}

QString presetText(TimePreset preset)
{
    switch (preset) {
    case TimePreset::Last15Minutes:
        return Text::tr("Last 15 minutes");
    case TimePreset::LastHour:
        return Text::tr("Last hour");
    case TimePreset::Last24Hours:
        return Text::tr("Last 24 hours");
    case TimePreset::Last7Days:
        return Text::tr("Last 7 days");
    case TimePreset::Last30Days:
        return Text::tr("Last 30 days");
    case TimePreset::Last90Days:
        return Text::tr("Last 90 days");
    case TimePreset::Today:
        return Text::tr("Today");
    case TimePreset::Yesterday:
        return Text::tr("Yesterday");
    case TimePreset::ThisWeek:
        return Text::tr("This week");
    case TimePreset::LastWeek:
        return Text::tr("Last week");
    case TimePreset::ThisMonth:
        return Text::tr("This month");
    case TimePreset::LastMonth:
        return Text::tr("Last month");
    case TimePreset::ThisQuarter:
        return Text::tr("This quarter");
    case TimePreset::LastQuarter:
        return Text::tr("Last quarter");
    case TimePreset::Everything:
        return Text::tr("All time");
    }
    return {};
}

QString presetHint(TimePreset preset, const PresetAnchor &anchor, const Zone &zone, const QLocale &locale)
{
    if (preset == TimePreset::Everything)
        return Text::tr("Every event of the store");
    const QString range = rangeText(presetRange(preset, anchor, zone), zone, locale);
    if (!anchor.atData)
        return range;
    return Text::tr("%1 of data, which ends on %2: %3")
        .arg(presetText(preset), formatInstant(anchor.instant, zone, locale), range);
}

QString rangeText(const TimeRange &range, const Zone &zone, const QLocale &locale)
{
    if (!range.from && !range.to)
        return presetText(TimePreset::Everything);
    const auto boundText = [&](Timestamp bound) {
        const QDateTime reading = wallClock(bound, zone);
        return isStartOf(Interval::Day, bound, zone) ? dayText(reading.date(), locale)
                                                     : instantText(reading, locale);
    };
    if (!range.to)
        return Text::tr("since %1").arg(boundText(*range.from));
    if (!range.from)
        return Text::tr("until %1").arg(boundText(*range.to));
    if (isStartOf(Interval::Day, *range.from, zone) && isStartOf(Interval::Day, *range.to, zone)) {
        const QDate last = wallClock(Timestamp{range.to->us - 1}, zone).date();
        return daySpanText(wallClock(*range.from, zone).date(), last, locale);
    }
    const QDateTime from = wallClock(*range.from, zone);
    const QDateTime to = wallClock(*range.to, zone);
    const QString end = from.date() == to.date() ? locale.toString(to.time(), QStringLiteral("HH:mm"))
                                                 : instantText(to, locale);
    return Text::tr("%1 – %2").arg(instantText(from, locale), end);
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/zone.h"

#include "core/nearestname.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <charconv>

namespace genscope {

namespace {

struct IntervalName
{
    Interval interval;
    std::string_view name;
};

constexpr IntervalName kIntervalNames[] = {{Interval::Minute, "minute"},
                                           {Interval::Hour, "hour"},
                                           {Interval::Day, "day"},
                                           {Interval::Week, "week"},
                                           {Interval::Month, "month"}};

std::int64_t floorTo(std::int64_t value, std::int64_t step)
{
    const std::int64_t rest = value % step;
    return value - (rest < 0 ? rest + step : rest);
}

constexpr std::int64_t kMinuteUs = 60 * kMicrosPerSecond;
constexpr std::int64_t kHourUs = 3600 * kMicrosPerSecond;

std::int64_t localBucketStart(std::int64_t localUs, Interval interval)
{
    switch (interval) {
    case Interval::Minute:
        return floorTo(localUs, kMinuteUs);
    case Interval::Hour:
        return floorTo(localUs, kHourUs);
    case Interval::Day:
        return floorTo(localUs, kMicrosPerDay);
    case Interval::Week: {
        // 1970-01-01 was a Thursday, so 1969-12-29 was a Monday.
        constexpr std::int64_t kMonday = -3 * kMicrosPerDay;
        return floorTo(localUs - kMonday, 7 * kMicrosPerDay) + kMonday;
    }
    case Interval::Month: {
        CivilTime civil = civilFromMicros(localUs);
        return daysFromCivil(civil.year, civil.month, 1) * kMicrosPerDay;
    }
    }
    return localUs;
}

} // namespace

std::optional<Interval> intervalFromName(std::string_view name)
{
    for (const auto &entry : kIntervalNames) {
        if (entry.name == name)
            return entry.interval;
    }
    return std::nullopt;
}

std::string_view intervalName(Interval interval)
{
    return kIntervalNames[static_cast<std::size_t>(interval)].name;
}

/// `begins[i]` is where `offsets[i]` starts to hold; the first begins before every event.
struct Zone::Table
{
    QByteArray name;
    std::vector<std::int64_t> begins;
    std::vector<int> offsets;
};

namespace {

constexpr std::int64_t kTableBegin = std::numeric_limits<std::int64_t>::min();

} // namespace

Zone::Zone()
{
    static const auto kUtc = std::make_shared<const Table>(Table{"UTC", {kTableBegin}, {0}});
    m_table = kUtc;
}

Zone Zone::system()
{
    const auto zone = named(QTimeZone::systemTimeZoneId());
    return zone ? *zone : Zone();
}

namespace {

Error unknownZone(const QByteArray &name)
{
    const std::vector<QByteArray> zones = Zone::available();
    std::vector<std::string_view> names;
    names.reserve(zones.size());
    for (const QByteArray &zone : zones)
        names.emplace_back(zone.constData(), static_cast<std::size_t>(zone.size()));
    const QString shown = QString::fromUtf8(name);
    if (const QString hint = didYouMean(name.toStdString(), names); !hint.isEmpty())
        return makeError(Error::Kind::Usage,
                         QCoreApplication::translate("Zone", "unknown time zone “%1”").arg(shown) + hint);
    return makeError(Error::Kind::Usage,
                     QCoreApplication::translate("Zone", "unknown time zone “%1”; give an IANA name such as "
                                                         "Europe/Berlin, or an offset such as +02:00")
                         .arg(shown));
}

} // namespace

Result<Zone> Zone::named(const QByteArray &ianaId)
{
    if (ianaId.isEmpty() || ianaId == "UTC" || ianaId == "Z" || ianaId == "Etc/UTC")
        return Zone();
    QTimeZone source;
    if (ianaId.startsWith('+') || ianaId.startsWith('-'))
        source = QTimeZone("UTC" + ianaId);
    else if (QTimeZone::isTimeZoneIdAvailable(ianaId) || ianaId == QTimeZone::systemTimeZoneId())
        // Of others Qt would take any word for a POSIX rule.
        source = QTimeZone(ianaId);
    if (!source.isValid())
        return unknownZone(ianaId);
    auto table = std::make_shared<Table>();
    table->name = ianaId;
    const QDateTime first = QDateTime::fromSecsSinceEpoch(-86'400 * 2, Qt::UTC);
    table->begins.push_back(kTableBegin);
    table->offsets.push_back(source.offsetFromUtc(first));
    if (source.hasTransitions()) {
        const auto last =
            QDateTime::fromSecsSinceEpoch(kLatestTimestamp.us / kMicrosPerSecond + 86'400 * 366, Qt::UTC);
        for (const auto &change : source.transitions(first, last)) {
            if (change.offsetFromUtc == table->offsets.back())
                continue;
            table->begins.push_back(change.atUtc.toMSecsSinceEpoch() * 1000);
            table->offsets.push_back(change.offsetFromUtc);
        }
    }
    Zone zone;
    zone.m_table = std::move(table);
    return zone;
}

std::vector<QByteArray> Zone::available()
{
    const auto ids = QTimeZone::availableTimeZoneIds();
    std::vector<QByteArray> names(ids.begin(), ids.end());
    std::sort(names.begin(), names.end());
    return names;
}

const QByteArray &Zone::name() const
{
    return m_table->name;
}

Zone::Stretch Zone::stretchAt(Timestamp instant) const
{
    const auto &begins = m_table->begins;
    const auto next = std::upper_bound(begins.begin(), begins.end(), instant.us);
    const auto index = static_cast<std::size_t>(next - begins.begin()) - 1;
    return {begins[index], next == begins.end() ? std::numeric_limits<std::int64_t>::max() : *next,
            m_table->offsets[index]};
}

int Zone::offsetSecondsAt(Timestamp instant) const
{
    if (m_table->begins.size() == 1)
        return m_table->offsets[0];
    return stretchAt(instant).offsetSeconds;
}

Timestamp Zone::instantFromLocal(std::int64_t localUs) const
{
    const auto &begins = m_table->begins;
    // Offsets are within a day of UTC, so only the stretches around that instant can hold the reading.
    const auto first = std::upper_bound(begins.begin(), begins.end(), localUs - kMicrosPerDay * 2);
    for (auto i = static_cast<std::size_t>(first - begins.begin()) - 1; i < begins.size(); ++i) {
        const std::int64_t instant = localUs - std::int64_t{m_table->offsets[i]} * kMicrosPerSecond;
        const std::int64_t end =
            i + 1 < begins.size() ? begins[i + 1] : std::numeric_limits<std::int64_t>::max();
        if (instant < end)
            return {std::max(instant, begins[i])};
    }
    return {localUs};
}

Timestamp Zone::bucketStart(Timestamp instant, Interval interval) const
{
    const Stretch stretch = stretchAt(instant);
    const std::int64_t offsetUs = std::int64_t{stretch.offsetSeconds} * kMicrosPerSecond;
    const std::int64_t localStart = localBucketStart(instant.us + offsetUs, interval);
    const std::int64_t start = localStart - offsetUs;
    if (start >= stretch.beginUs)
        return {start};
    // The bucket began before the offset changed. Hours and minutes restart at the change, so that none
    // overlap.
    if (interval == Interval::Minute || interval == Interval::Hour)
        return {std::max(start, stretch.beginUs)};
    return std::min(instantFromLocal(localStart), instant);
}

Timestamp Zone::nextBucket(Timestamp bucket, Interval interval) const
{
    // The longest bucket that can follow: a probe inside the next bucket, then its start.
    const Stretch stretch = stretchAt(bucket);
    const std::int64_t local = bucket.us + std::int64_t{stretch.offsetSeconds} * kMicrosPerSecond;
    switch (interval) {
    case Interval::Minute:
    case Interval::Hour: {
        const std::int64_t step = interval == Interval::Minute ? kMinuteUs : kHourUs;
        const std::int64_t next = floorTo(local, step) + step - (local - bucket.us);
        return {std::min(next, stretch.endUs)};
    }
    case Interval::Day:
        return instantFromLocal(floorTo(local, kMicrosPerDay) + kMicrosPerDay);
    case Interval::Week:
        return instantFromLocal(localBucketStart(local, Interval::Week) + 7 * kMicrosPerDay);
    case Interval::Month: {
        const CivilTime civil = civilFromMicros(local);
        const bool december = civil.month == 12;
        return instantFromLocal(
            daysFromCivil(civil.year + (december ? 1 : 0), december ? 1 : civil.month + 1, 1) *
            kMicrosPerDay);
    }
    }
    return bucket;
}

int Zone::hourOfDay(Timestamp instant) const
{
    const std::int64_t local = localMicros(instant);
    return static_cast<int>((local - floorTo(local, kMicrosPerDay)) / kHourUs);
}

int Zone::dayOfWeek(Timestamp instant) const
{
    const std::int64_t days = floorTo(localMicros(instant), kMicrosPerDay) / kMicrosPerDay;
    return static_cast<int>(((days + 3) % 7 + 7) % 7) + 1;
}

Result<Timestamp> parseTimeBound(std::string_view text, bool isEnd, const Zone &zone, Timestamp now)
{
    if (text.size() >= 3 && text.front() == '-') {
        std::int64_t count = 0;
        const char *end = text.data() + text.size() - 1;
        const auto read = std::from_chars(text.data() + 1, end, count);
        std::int64_t unit = 0;
        switch (text.back()) {
        case 'm':
            unit = kMinuteUs;
            break;
        case 'h':
            unit = kHourUs;
            break;
        case 'd':
            unit = kMicrosPerDay;
            break;
        case 'w':
            unit = 7 * kMicrosPerDay;
            break;
        }
        if (read.ec == std::errc() && read.ptr == end && unit != 0 && count < 10'000'000)
            return Timestamp{now.us - count * unit};
    } else if (text == "now") {
        return now;
    } else if (const auto parsed = parseIsoTime(text)) {
        if (parsed->offsetSeconds)
            return parsed->instant();
        const Timestamp start = zone.instantFromLocal(parsed->localUs);
        return parsed->dateOnly && isEnd ? zone.nextBucket(start, Interval::Day) : start;
    }
    return makeError(Error::Kind::Usage,
                     QCoreApplication::translate("Zone",
                                                 "“%1” is not a time; give a date (2025-06-02), an instant "
                                                 "(2025-06-02T10:00:00Z) or a span before now (-7d, -24h)")
                         .arg(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))));
}

Timestamp currentTime()
{
    return {QDateTime::currentMSecsSinceEpoch() * 1000};
}

} // namespace genscope

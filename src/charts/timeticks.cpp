// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/timeticks.h"

#include "charts/celltext.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <array>
#include <cmath>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::Charts)
};

enum class TickUnit { Minutes, Days, Weeks, Months };

/// Every @p count units a tick.
struct TickStep
{
    TickUnit unit;
    std::int64_t count;
};

constexpr std::array kSteps{
    TickStep{TickUnit::Minutes, 1},   TickStep{TickUnit::Minutes, 5},   TickStep{TickUnit::Minutes, 10},
    TickStep{TickUnit::Minutes, 15},  TickStep{TickUnit::Minutes, 30},  TickStep{TickUnit::Minutes, 60},
    TickStep{TickUnit::Minutes, 120}, TickStep{TickUnit::Minutes, 180}, TickStep{TickUnit::Minutes, 360},
    TickStep{TickUnit::Minutes, 720}, TickStep{TickUnit::Days, 1},      TickStep{TickUnit::Days, 2},
    TickStep{TickUnit::Weeks, 1},     TickStep{TickUnit::Weeks, 2},     TickStep{TickUnit::Months, 1},
    TickStep{TickUnit::Months, 2},    TickStep{TickUnit::Months, 3},    TickStep{TickUnit::Months, 6},
    TickStep{TickUnit::Months, 12},   TickStep{TickUnit::Months, 24},   TickStep{TickUnit::Months, 60},
    TickStep{TickUnit::Months, 120},  TickStep{TickUnit::Months, 600},
};

std::int64_t floorDiv(std::int64_t value, std::int64_t by)
{
    return value / by - (value % by < 0 ? 1 : 0);
}

/// The number of the period of @p step that holds a wall-clock reading. Ticks stand where it changes.
std::int64_t periodOf(std::int64_t localUs, const TickStep &step)
{
    switch (step.unit) {
    case TickUnit::Minutes:
        // Within the day, so that every six hours means 0, 6, 12, 18.
        return floorDiv(localUs, kMicrosPerDay) * 1440 +
               floorDiv(floorDiv(localUs, 60 * kMicrosPerSecond) - floorDiv(localUs, kMicrosPerDay) * 1440,
                        step.count);
    case TickUnit::Days:
        return floorDiv(floorDiv(localUs, kMicrosPerDay), step.count);
    case TickUnit::Weeks:
        return floorDiv(floorDiv(localUs, kMicrosPerDay) + 3, 7 * step.count); // 1969-12-29 was a Monday
    case TickUnit::Months: {
        const CivilTime civil = civilFromMicros(localUs);
        return floorDiv(civil.year * 12 + civil.month - 1, step.count);
    }
    }
    return 0;
}

std::vector<std::size_t> ticksAt(std::span<const std::int64_t> local, const TickStep &step)
{
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < local.size(); ++i) {
        // What lies before the first bucket is not shown, but decides whether a period begins with it.
        const std::int64_t before = i > 0 ? local[i - 1] : local[0] - 1;
        if (periodOf(local[i], step) != periodOf(before, step))
            found.push_back(i);
    }
    return found;
}

bool dayBeforeMonth(const QLocale &locale)
{
    const QString format = locale.dateFormat(QLocale::ShortFormat);
    return format.indexOf(QLatin1Char('d')) < format.indexOf(QLatin1Char('M'));
}

bool twelveHours(const QLocale &locale)
{
    return locale.timeFormat(QLocale::ShortFormat).contains(QLatin1String("a"), Qt::CaseInsensitive);
}

QDateTime wallClock(std::int64_t localUs)
{
    return QDateTime::fromMSecsSinceEpoch(floorDiv(localUs, 1000), Qt::UTC);
}

QString dayText(const QDateTime &local, const QLocale &locale)
{
    return locale.toString(local, dayBeforeMonth(locale) ? QStringLiteral("d MMM") : QStringLiteral("MMM d"));
}

QString clockText(const QDateTime &local, const QLocale &locale)
{
    if (!twelveHours(locale))
        return local.toString(QStringLiteral("HH:mm"));
    return locale.toString(local.time(),
                           local.time().minute() == 0 ? QStringLiteral("h AP") : QStringLiteral("h:mm AP"));
}

QString tickLabel(std::int64_t localUs, std::int64_t beforeUs, const TickStep &step, const QLocale &locale)
{
    const QDateTime local = wallClock(localUs);
    switch (step.unit) {
    case TickUnit::Minutes:
        // The first tick of a day names the day instead of midnight.
        return floorDiv(localUs, kMicrosPerDay) != floorDiv(beforeUs, kMicrosPerDay)
                   ? dayText(local, locale)
                   : clockText(local, locale);
    case TickUnit::Days:
    case TickUnit::Weeks:
        return dayText(local, locale);
    case TickUnit::Months:
        break;
    }
    if (step.count >= 12)
        return local.toString(QStringLiteral("yyyy"));
    const bool newYear = local.date().year() != wallClock(beforeUs).date().year();
    return locale.toString(local, newYear ? QStringLiteral("MMM yyyy") : QStringLiteral("MMM"));
}

/// 1, 2, 2.5 or 5 times a power of ten, at or above @p step.
double roundStep(double step, bool whole)
{
    const double power = std::pow(10.0, std::floor(std::log10(step)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0, 10.0}) {
        const double rounded = factor * power;
        if (rounded >= step * (1 - 1e-9) && (!whole || rounded == std::floor(rounded)))
            return rounded;
    }
    return 10 * power;
}

double roundSeconds(double step)
{
    if (step <= 10)
        return roundStep(step, false);
    for (const double seconds : {10., 15., 20., 30., 60., 120., 300., 600., 900., 1800., 3600., 7200.,
                                 10'800., 21'600., 43'200., 86'400.}) {
        if (seconds >= step)
            return seconds;
    }
    return 86'400 * roundStep(step / 86'400, true);
}

} // namespace

std::vector<AxisTick> timeTicks(std::span<const Timestamp> buckets, Interval interval, const Zone &zone,
                                int most, const QLocale &locale)
{
    if (buckets.empty() || most < 1)
        return {};
    std::vector<std::int64_t> local;
    local.reserve(buckets.size());
    for (const Timestamp bucket : buckets)
        local.push_back(zone.localMicros(bucket));

    TickStep step = kSteps.back();
    std::vector<std::size_t> found;
    for (const TickStep &candidate : kSteps) {
        // Weeks have no ticks finer than themselves, nor months.
        if ((interval == Interval::Month && candidate.unit != TickUnit::Months) ||
            (interval == Interval::Week && candidate.unit < TickUnit::Weeks))
            continue;
        step = candidate;
        found = ticksAt(local, candidate);
        if (found.size() <= static_cast<std::size_t>(most))
            break;
    }
    if (found.empty())
        found.push_back(0);
    while (found.size() > static_cast<std::size_t>(most))
        found.pop_back();

    std::vector<AxisTick> ticks;
    std::int64_t before = local.front() - 1;
    for (const std::size_t i : found) {
        // The first tick of hours compares with the bucket before, later ones with the tick before.
        ticks.push_back({static_cast<double>(i), tickLabel(local[i], before, step, locale)});
        before = local[i];
    }
    return ticks;
}

QString bucketText(Timestamp bucket, Interval interval, const Zone &zone, const QLocale &locale)
{
    const QDateTime local = wallClock(zone.localMicros(bucket));
    const QString day = locale.toString(local, dayBeforeMonth(locale) ? QStringLiteral("d MMM yyyy")
                                                                      : QStringLiteral("MMM d, yyyy"));
    const QString weekday = locale.standaloneDayName(local.date().dayOfWeek(), QLocale::ShortFormat);
    switch (interval) {
    case Interval::Month:
        return locale.standaloneMonthName(local.date().month(), QLocale::LongFormat) + QLatin1Char(' ') +
               QString::number(local.date().year());
    case Interval::Week:
        return Text::tr("Week of %1").arg(day);
    case Interval::Day:
        return weekday + QLatin1Char(' ') + day;
    case Interval::Hour:
    case Interval::Minute:
        break;
    }
    const QDateTime end = wallClock(zone.localMicros(zone.nextBucket(bucket, interval)));
    QString text = weekday + QLatin1Char(' ') + day + QStringLiteral(", ") + clockText(local, locale) +
                   QStringLiteral(" – ") + clockText(end, locale);
    if (zone.name() != "UTC") // tells the two hours of an autumn night apart
        text += QStringLiteral(" (%1)").arg(QString::fromStdString(zone.iso(bucket)).right(6));
    return text;
}

ValueScale valueScale(double smallest, double largest, int steps, Unit unit)
{
    const double low = std::min(0.0, smallest);
    double high = std::max(0.0, largest);
    if (!(high - low > 0))
        high = unit == Unit::Ratio ? 0.01 : 1;
    const double wanted = (high - low) / std::max(1, steps);
    ValueScale scale;
    if (unit == Unit::Seconds)
        scale.step = roundSeconds(wanted);
    else if (unit == Unit::Number || unit == Unit::Tokens)
        scale.step = std::max(1.0, roundStep(wanted, wanted > 1));
    else
        scale.step = roundStep(wanted, false);
    scale.lower = std::floor(low / scale.step + 1e-9) * scale.step;
    scale.upper = std::ceil(high / scale.step - 1e-9) * scale.step;
    return scale;
}

std::vector<AxisTick> valueTicks(const ValueScale &scale, Unit unit, const QLocale &locale)
{
    std::vector<AxisTick> ticks;
    const auto first = std::llround(scale.lower / scale.step);
    const auto last = std::llround(scale.upper / scale.step);
    const double largest = std::max(std::abs(scale.lower), std::abs(scale.upper));
    for (auto i = first; i <= last; ++i) {
        const double value = static_cast<double>(i) * scale.step;
        ticks.push_back({value, axisText(value, unit, locale, largest)});
    }
    return ticks;
}

} // namespace genscope

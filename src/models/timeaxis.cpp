// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/timeaxis.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace genscope {

namespace {

constexpr double kShortest = 10; ///< microseconds that fill the width at most zoom
constexpr double kMilli = 1e3;
constexpr double kSecond = 1e6;
constexpr double kMinute = 60e6;
constexpr double kHour = 3600e6;

/// Steps that a clock's reader finds round; beyond a day, days.
double tickStep(double shown, int most)
{
    static constexpr std::array<double, 37> kSteps{
        1,           2,           5,           10,           20,           50,
        100,         200,         500,         kMilli,       2 * kMilli,   5 * kMilli,
        10 * kMilli, 20 * kMilli, 50 * kMilli, 100 * kMilli, 200 * kMilli, 500 * kMilli,
        kSecond,     2 * kSecond, 5 * kSecond, 10 * kSecond, 15 * kSecond, 30 * kSecond,
        kMinute,     2 * kMinute, 5 * kMinute, 10 * kMinute, 15 * kMinute, 30 * kMinute,
        kHour,       2 * kHour,   3 * kHour,   6 * kHour,    12 * kHour,   24 * kHour,
        48 * kHour};
    for (const double step : kSteps)
        if (shown / step <= most)
            return step;
    const double days = shown / (24 * kHour) / most;
    const double power = std::pow(10, std::floor(std::log10(days)));
    for (const double times : {1.0, 2.0, 5.0, 10.0})
        if (times * power >= days)
            return times * power * 24 * kHour;
    return 10 * power * 24 * kHour;
}

/// For the context that translators see.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TimeAxis)
};

} // namespace

void TimeAxis::setWhole(std::int64_t fromUs, std::int64_t toUs)
{
    m_wholeFrom = fromUs;
    m_length = std::max(static_cast<double>(toUs - fromUs), kMilli);
    showAll();
}

void TimeAxis::showAll()
{
    m_from = 0;
    m_to = m_length;
}

void TimeAxis::zoom(double factor, double position)
{
    if (!(factor > 0))
        return;
    const double shown = m_to - m_from;
    const double wanted = std::clamp(shown / factor, std::min(kShortest, m_length), m_length);
    const double fixed = m_from + std::clamp(position, 0.0, 1.0) * shown;
    m_from = fixed - std::clamp(position, 0.0, 1.0) * wanted;
    m_to = m_from + wanted;
    keepInside();
}

void TimeAxis::pan(double share)
{
    const double by = share * (m_to - m_from);
    m_from += by;
    m_to += by;
    keepInside();
}

void TimeAxis::reveal(std::int64_t fromUs, std::int64_t toUs)
{
    const double shown = m_to - m_from;
    const double from = static_cast<double>(fromUs - m_wholeFrom);
    const double to = static_cast<double>(toUs - m_wholeFrom);
    if (to >= m_from && from <= m_to)
        return;
    m_from = from - shown / 10;
    m_to = m_from + shown;
    keepInside();
}

bool TimeAxis::isZoomed() const
{
    return m_to - m_from < m_length * 0.999'999;
}

void TimeAxis::keepInside()
{
    const double shown = m_to - m_from;
    m_from = std::clamp(m_from, 0.0, std::max(0.0, m_length - shown));
    m_to = m_from + shown;
}

std::vector<TimeAxis::Tick> TimeAxis::ticks(int most) const
{
    std::vector<Tick> ticks;
    if (most < 1)
        return ticks;
    const double step = tickStep(m_to - m_from, most);
    for (double at = std::ceil(m_from / step) * step; at <= m_to; at += step)
        ticks.push_back({(at - m_from) / (m_to - m_from), offsetLabel(at)});
    return ticks;
}

QString offsetLabel(double microseconds)
{
    const QLocale locale;
    const auto number = [&locale](double value) {
        QString text = locale.toString(value, 'f', 3);
        while (text.endsWith(QLatin1Char('0')))
            text.chop(1);
        if (!text.isEmpty() && !text.back().isDigit())
            text.chop(1);
        return text;
    };
    if (microseconds < 0.5)
        return Text::tr("0");
    if (microseconds < kMilli)
        return Text::tr("%1 µs").arg(number(microseconds));
    if (microseconds < kSecond)
        return Text::tr("%1 ms").arg(number(microseconds / kMilli));
    if (microseconds < kMinute)
        return Text::tr("%1 s").arg(number(microseconds / kSecond));
    const auto whole = static_cast<std::int64_t>(microseconds / kSecond + 1e-6);
    if (microseconds < kHour)
        return whole % 60 == 0 ? Text::tr("%1m").arg(whole / 60)
                               : Text::tr("%1m %2s").arg(whole / 60).arg(whole % 60);
    const std::int64_t minutes = whole / 60;
    return minutes % 60 == 0 ? Text::tr("%1h").arg(minutes / 60)
                             : Text::tr("%1h %2m").arg(minutes / 60).arg(minutes % 60);
}

} // namespace genscope

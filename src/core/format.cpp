// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <cmath>

namespace genscope {

namespace {

struct Scale
{
    double divisor;
    const char *suffix;
};

constexpr Scale kScales[] = {{1e12, " T"}, {1e9, " G"}, {1e6, " M"}, {1e3, " k"}};

/// Decimals that show three significant digits of @p magnitude > 0.
int decimalsForThreeDigits(double magnitude)
{
    return std::clamp(2 - static_cast<int>(std::floor(std::log10(magnitude))), 0, 12);
}

QString withSign(const QString &dollars, bool negative)
{
    return (negative ? QStringLiteral("-$") : QStringLiteral("$")) + dollars;
}

QString trimmedDecimals(double number, int decimals, const QLocale &locale)
{
    QString text = locale.toString(number, 'f', decimals);
    if (decimals == 0)
        return text;
    const QString zero = locale.zeroDigit();
    while (text.endsWith(zero))
        text.chop(1);
    if (text.endsWith(locale.decimalPoint()))
        text.chop(1);
    return text;
}

QString unitText(double value, int decimals, const char *unit, const QLocale &locale)
{
    return locale.toString(value, 'f', decimals) + QLatin1String(unit);
}

QString twoUnits(std::int64_t major, const char *majorUnit, std::int64_t minor, const char *minorUnit,
                 const QLocale &locale)
{
    return locale.toString(static_cast<qlonglong>(major)) + QLatin1String(majorUnit) + QLatin1Char(' ') +
           locale.toString(static_cast<qlonglong>(minor)) + QLatin1String(minorUnit);
}

} // namespace

QString formatMoney(Money money, const QLocale &locale)
{
    const bool negative = money.pico < 0;
    const double usd = std::abs(money.usd());
    if (usd == 0.0 || usd >= 1.0)
        return withSign(locale.toString(usd, 'f', 2), negative);
    const int decimals = std::max(2, decimalsForThreeDigits(usd));
    QString text = trimmedDecimals(usd, decimals, locale);
    const auto point = text.indexOf(locale.decimalPoint());
    if (point < 0 || text.size() - point - 1 < 2)
        text = locale.toString(usd, 'f', 2);
    return withSign(text, negative);
}

QString formatCount(std::int64_t count, const QLocale &locale)
{
    return locale.toString(static_cast<qlonglong>(count));
}

QString formatCompact(double number, const QLocale &locale)
{
    const double magnitude = std::abs(number);
    for (const Scale &scale : kScales) {
        if (magnitude < scale.divisor * 0.9995)
            continue;
        const double scaled = number / scale.divisor;
        return trimmedDecimals(scaled, decimalsForThreeDigits(std::abs(scaled)), locale) +
               QLatin1String(scale.suffix);
    }
    if (magnitude == 0.0)
        return locale.toString(0);
    return trimmedDecimals(number, decimalsForThreeDigits(magnitude), locale);
}

QString formatCompactMoney(double usd, const QLocale &locale)
{
    return withSign(formatCompact(std::abs(usd), locale), usd < 0);
}

QString formatSeconds(double seconds, const QLocale &locale)
{
    if (std::isnan(seconds))
        return {};
    const double magnitude = std::abs(seconds);
    if (magnitude < 0.0005 && magnitude > 0)
        return unitText(seconds * 1e6, 0, " µs", locale);
    if (magnitude < 0.9995)
        return unitText(seconds * 1e3, magnitude < 0.00995 ? 1 : 0, " ms", locale);
    if (magnitude < 9.995)
        return unitText(seconds, 2, " s", locale);
    if (magnitude < 89.95)
        return unitText(seconds, 1, " s", locale);
    const std::int64_t whole = std::llround(seconds);
    if (magnitude < 3599.5)
        return twoUnits(whole / 60, " m", whole % 60, " s", locale);
    const std::int64_t minutes = std::llround(seconds / 60);
    if (magnitude < 86'400.0 * 2)
        return twoUnits(minutes / 60, " h", minutes % 60, " m", locale);
    return twoUnits(minutes / 1440, " d", minutes % 1440 / 60, " h", locale);
}

QString formatRatio(double ratio, const QLocale &locale)
{
    if (std::isnan(ratio))
        return {};
    const double percent = ratio * 100;
    const double magnitude = std::abs(percent);
    const int decimals = magnitude == 0.0 || magnitude >= 99.95 ? 0
                         : magnitude < 0.1                      ? 3
                         : magnitude < 1                        ? 2
                                                                : 1;
    return locale.toString(percent, 'f', decimals) + QStringLiteral(" %");
}

QString formatBytes(std::int64_t bytes, const QLocale &locale)
{
    return locale.formattedDataSize(bytes, bytes < 1000 ? 0 : 1, QLocale::DataSizeSIFormat);
}

QString formatInstant(Timestamp instant, const Zone &zone, const QLocale &locale)
{
    const auto local = QDateTime::fromMSecsSinceEpoch(zone.localMicros(instant) / 1000, Qt::UTC);
    return locale.toString(local.date(), QLocale::ShortFormat) + QLatin1Char(' ') +
           local.time().toString(QStringLiteral("HH:mm:ss"));
}

QString shortenId(const QString &id, int limit)
{
    if (id.size() <= limit || limit < 5)
        return id;
    const int tail = 4;
    return id.left(limit - tail - 1) + QChar(0x2026) + id.right(tail);
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/pricelines.h"

#include "core/format.h"

#include <QCoreApplication>
#include <QDateTime>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::PriceLines)
};

} // namespace

QString formatExact(const Decimal &usd, const QLocale &locale)
{
    if (!usd.isValid())
        return {};
    const bool negative = usd.isNegative();
    const QString digits = QString::fromStdString((negative ? -usd : usd).toString());
    const auto point = digits.indexOf(QLatin1Char('.'));
    QString whole = point < 0 ? digits : digits.left(point);
    QString fraction = point < 0 ? QString() : digits.mid(point + 1);
    for (auto at = whole.size() - 3; at > 0; at -= 3)
        whole.insert(at, locale.groupSeparator());
    while (fraction.size() < 2)
        fraction += QLatin1Char('0');
    return (negative ? QString(QChar(0x2212)) : QString()) + QLatin1Char('$') + whole +
           locale.decimalPoint() + fraction;
}

QString formatPerMillion(const Decimal &perToken, const QLocale &locale)
{
    return formatExact(perToken * Decimal(1'000'000), locale);
}

QString formatPeriodEdge(Timestamp edge, const QLocale &locale)
{
    const auto instant = QDateTime::fromMSecsSinceEpoch(edge.us / 1000, Qt::UTC);
    const QString date = locale.toString(instant.date(), QLocale::ShortFormat);
    return edge.us % kMicrosPerDay == 0
               ? date
               : date + QLatin1Char(' ') + instant.time().toString(QStringLiteral("HH:mm"));
}

QString originText(PriceLine::Origin origin)
{
    switch (origin) {
    case PriceLine::Origin::Bundled:
        return Text::tr("bundled");
    case PriceLine::Origin::OpenRouter:
        return Text::tr("OpenRouter");
    case PriceLine::Origin::File:
        return Text::tr("file");
    case PriceLine::Origin::Hand:
        return Text::tr("by hand");
    }
    return {};
}

} // namespace genscope

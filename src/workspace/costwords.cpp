// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/costwords.h"

#include "pricing/pricebook.h"

#include <QCoreApplication>
#include <QStringList>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CostView)
};

QString dayOf(const PricingView &view)
{
    return view.instant ? QString::fromStdString(isoTime(*view.instant)).left(10) : QString();
}

/// `by the price book of 2025-10-01, at today's prices`
QString priceText(const PricingView &view)
{
    const QString book = Text::tr("by the price book of %1").arg(PriceBook::bundled()->date());
    switch (view.time) {
    case PriceTime::EventDate:
        return book;
    case PriceTime::Today:
        return Text::tr("%1, at today's prices").arg(book);
    case PriceTime::Instant:
        return Text::tr("%1, at the prices of %2").arg(book, dayOf(view));
    }
    return book;
}

} // namespace

QString costViewText(const Scope &scope)
{
    QString text;
    switch (scope.cost) {
    case CostMode::Auto:
        text = Text::tr("cost as reported, else %1").arg(priceText(scope.pricing));
        break;
    case CostMode::Reported:
        text = Text::tr("cost as reported");
        break;
    case CostMode::Recomputed:
        text = Text::tr("cost %1").arg(priceText(scope.pricing));
        break;
    }
    if (scope.pricing.whatIf.empty())
        return text;
    QStringList assumed;
    for (const Substitution &substitution : scope.pricing.whatIf)
        assumed += QString::fromStdString(toString(substitution));
    return Text::tr("what if %1; %2").arg(assumed.join(QStringLiteral("; ")), text);
}

QString costViewNote(const Scope &scope)
{
    if (!scope.pricing.whatIf.empty())
        return Text::tr("what if");
    if (scope.cost == CostMode::Reported)
        return Text::tr("as reported");
    switch (scope.pricing.time) {
    case PriceTime::Today:
        return Text::tr("at today's prices");
    case PriceTime::Instant:
        return Text::tr("at the prices of %1").arg(dayOf(scope.pricing));
    case PriceTime::EventDate:
        break;
    }
    return scope.cost == CostMode::Recomputed ? Text::tr("recomputed") : QString();
}

QString costViewMark(const Scope &scope)
{
    if (!scope.pricing.whatIf.empty())
        return QStringLiteral("what-if");
    if (scope.cost == CostMode::Reported)
        return QStringLiteral("reported");
    switch (scope.pricing.time) {
    case PriceTime::Today:
        return QStringLiteral("todays-prices");
    case PriceTime::Instant:
        return QStringLiteral("prices-of-") + dayOf(scope.pricing);
    case PriceTime::EventDate:
        break;
    }
    return scope.cost == CostMode::Recomputed ? QStringLiteral("recomputed") : QString();
}

} // namespace genscope

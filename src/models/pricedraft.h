// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/resulttable.h"
#include "core/timestamp.h"
#include "pricing/pricerow.h"

#include <QLocale>
#include <QString>

#include <optional>

namespace genscope {

/// A price while a person edits it.
struct PriceDraft
{
    enum class Change {
        NewPrice,       ///< holds from its first day on; what was before stays
        ReplaceHistory, ///< the price was wrong: it is corrected for its whole period
    };

    QString model;       ///< a name, or a pattern with `*`
    QString provider;    ///< a provider key; empty: any
    QString serviceTier; ///< `batch`, `flex`, ...; empty: any
    Rates rates;
    TimeRange valid;
    Change change = Change::NewPrice;
};

/// What a rate is for, to people: `Cache read`.
QString unitText(PriceUnit unit);
/// False for requests and searches, whose rates are for each.
bool isPerToken(PriceUnit unit);

/// The number that a person typed, in USD per million tokens (or for each), as USD per token: `2.50`, `$2.5`,
/// `0,075` where the locale writes so. Nothing if it is no number.
Amount parseRate(const QString &text, PriceUnit unit, const QLocale &locale);
/// The rate as parseRate() reads it; empty if absent.
QString rateText(const Amount &rate, PriceUnit unit, const QLocale &locale);
/// `$2.50 in, $10.00 out per million tokens`
QString ratesSummary(const RateSet &rates, const QLocale &locale);
/// What is wrong with a draft, in words for the person who typed it; empty if nothing is.
QString problemOf(const PriceDraft &draft);

} // namespace genscope

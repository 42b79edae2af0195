// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decimal.h"
#include "core/money.h"
#include "core/timestamp.h"

#include <QLocale>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

struct Rates;

/// A price as the Prices page shows it: one model at one provider for one period and one tier.
struct PriceLine
{
    enum class Origin { Bundled, OpenRouter, File, Hand };

    QString model;                ///< a name, or a pattern with `*`
    QString provider;             ///< a provider key; empty: any
    QString tier;                 ///< words: `above 200,000 tokens`, `batch`; empty: none
    std::optional<Decimal> input; ///< these four: USD per token
    std::optional<Decimal> output;
    std::optional<Decimal> cacheRead;
    std::optional<Decimal> cacheWrite;
    QString otherRates; ///< the rates without a column, in words
    TimeRange valid;
    Origin origin = Origin::Bundled;
    QString source;                     ///< where the fact is from: a file's name, a date
    std::string providerKey;            ///< as the book has it
    bool isListed = false;              ///< matched by containment too
    std::shared_ptr<const Rates> rates; ///< all of them, tiers included; never null in lines of a book
    bool isOwn = false;                 ///< of this store: can be edited, ended and deleted

    // What of the store was priced by it.
    std::int64_t generations = 0;
    Money cost;
    QString usedBy; ///< what events call the model, most of them: its colour in charts; empty: not used
};

/// Generations that no price fits.
struct UnpricedLine
{
    QString model; ///< empty: the events name none
    QString provider;
    std::int64_t generations = 0;
    std::int64_t tokens = 0;
    Timestamp firstSeen;
    Timestamp lastSeen;

    /// A price needs a name, and something to charge for.
    bool canBePriced() const { return !model.isEmpty() && tokens > 0; }
};

/// How the sources of a store's own prices begin; another source is a file's name.
inline constexpr std::string_view kHandSource = "by hand";
inline constexpr std::string_view kOpenRouterSource = "OpenRouter";

/// USD per million tokens, exact, of USD per token: `$2.50`, `$0.0375`, `$1,250.00`. Two decimals or more.
QString formatPerMillion(const Decimal &perToken, const QLocale &locale);
/// An exact amount of dollars: `$0.01`.
QString formatExact(const Decimal &usd, const QLocale &locale);
/// The first day of a period, or the last: a date in UTC, with the time where it is not midnight.
QString formatPeriodEdge(Timestamp edge, const QLocale &locale);
QString originText(PriceLine::Origin origin);

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pricing/pricebook.h"
#include "pricing/priceunit.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// One rate of a price book, flat: what the store's table `price`, price files and `genscope prices list`
/// hold. Rows of the same price (PriceRowKey) and time make up one price together.
struct PriceRow
{
    enum class Match : std::uint8_t {
        Exact,   ///< the model's name, with or without vendor prefix
        Pattern, ///< names that fit, with `*` for any text
        Listed,  ///< as in PostHog's openrouter table: the name, else by containment
    };

    Match match = Match::Exact;
    std::string model;
    std::string provider;    ///< as events name it, or the price table's key; empty: any
    std::string serviceTier; ///< `flex`, `priority`, ...; empty: any
    TimeRange valid;
    PriceUnit unit = PriceUnit::InputToken;
    Decimal rate;                            ///< USD for one
    std::optional<std::int64_t> aboveTokens; ///< of a context tier: the length that its prompts exceed
    TierMode tierMode = TierMode::WholeCall;
    std::string source;

    bool operator==(const PriceRow &) const = default;
};

std::string_view matchName(PriceRow::Match match); ///< `exact pattern listed`
std::optional<PriceRow::Match> matchFromName(std::string_view name);
std::string_view tierModeName(TierMode mode); ///< `whole_call excess`
std::optional<TierMode> tierModeFromName(std::string_view name);

/// What a price is told by: rows that agree in it are rates of one price, at its times.
struct PriceRowKey
{
    PriceRow::Match match;
    std::string model; ///< in lower case
    std::string providerKey;

    auto operator<=>(const PriceRowKey &) const = default;
};
PriceRowKey keyOf(const PriceRow &row);

/// The rows of a book, table by table: the user's, the manual one, the openrouter one.
std::vector<PriceRow> rowsOf(const PriceBook::Tables &tables);
/// The rows of one price.
std::vector<PriceRow> rowsOf(const Rates &rates, const PriceRow &common);

/// @p bundled, overlaid by a user's own rows, which checkPrices() finds no fault with. Exact and pattern rows
/// go before all others; listed ones take the place of a bundled price of the same model and provider for
/// the times that they name.
PriceBook::Tables overlaid(PriceBook::Tables bundled, const std::vector<PriceRow> &own);

} // namespace genscope

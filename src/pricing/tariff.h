// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pricing/costrules.h"
#include "pricing/pricing.h"

#include <string_view>

namespace genscope {

/// The prices that a call falls under.
struct Tariff
{
    const Rates *rates = nullptr;
    CostSource source = CostSource::None;
    std::string_view model;
    std::string_view provider;
    const PriceBook::Price *price = nullptr; ///< null for custom prices
};

Rates customRates(const Usage &usage);

/// Calls @p use with the tariff of @p call, if it has one.
template<typename Use>
void withTariff(const PricedCall &call, const PriceBook &book, const Use &use)
{
    if (hasCustomPrices(call.usage)) {
        const Rates rates = customRates(call.usage);
        use(Tariff{&rates, CostSource::Custom, "custom", "custom", nullptr});
        return;
    }
    if (call.model.empty())
        return;
    const PriceBook::Entry entry =
        book.lookUp(call.model, call.provider, call.usage.serviceTier, call.usage.inputTokens.value_or(0));
    if (const PriceBook::Price *price = entry.at(call.timestamp)) {
        use(Tariff{&price->rates(), costSourceOf(price->match.table), price->match.row->model,
                   price->provider->key, price});
    }
}

/// What a tariff makes of a call. Absent parts are unknown.
struct Parts
{
    Amount input;
    Amount output;
    Amount request;
    Amount webSearch;
    Amount cacheRead;
    Amount cacheWrite;
};

/// Posthog-semantics 2.6 to 2.8. Where nothing at all says what the call used, nothing is known of its cost;
/// @p costSupplied is one thing that says it. @p products, if not null, gets what the parts are sums of.
Parts priceParts(const PricedCall &call, const Tariff &tariff, bool exclusive, bool costSupplied,
                 Products *products = nullptr);

/// The event carries some part of its cost, or all of it.
bool suppliesAnyCost(const Usage &usage);

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/event.h"
#include "core/usage.h"
#include "pricing/pricebook.h"
#include "pricing/quickrates.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace genscope {

/// Where a cost comes from. The order is part of the store's format: append only.
enum class CostSource : std::uint8_t { None, Passthrough, Manual, OpenRouter, Custom, User };
CostSource costSourceOf(PriceTable table);
std::string_view costSourceName(CostSource source); ///< `none passthrough manual openrouter custom user`

/// Costs in USD, exact. An absent part is unknown, not zero (posthog-semantics 2.8).
struct ExactCosts
{
    Amount input; ///< everything on the input side, cache and modality parts included
    Amount output;
    Amount request;
    Amount webSearch;
    Amount total;      ///< the supplied total, else the sum of the parts that are known
    Amount cacheRead;  ///< part of input; only where a price row made it
    Amount cacheWrite; ///< part of input; only where a price row made it
    CostSource source = CostSource::None;
    std::string model;    ///< the price row used ($ai_model_cost_used), or empty
    std::string provider; ///< the provider key used ($ai_cost_model_provider), or empty
    /// $ai_cache_reporting_exclusive as PostHog would leave it: what the event says, else the verdict where
    /// the input side was priced, else absent.
    std::optional<bool> cacheReportingExclusive;
};

/// What one call was, as far as cost rules care. Borrows everything; empty text means absent.
struct PricedCall
{
    std::string_view model;
    std::string_view provider;
    std::string_view framework;
    const Usage &usage;
    Timestamp timestamp; ///< the prices of this time are taken
};
/// Borrows @p event.
PricedCall callOf(const Event &event);

enum class SuppliedCosts { Honour, Ignore };

/// PostHog's cost pipeline (posthog-semantics 2.2 to 2.10). With SuppliedCosts::Ignore it answers what custom
/// prices or the book say, whatever costs the event carries. A part that exact decimals cannot hold is
/// absent, and so is a total over it. @thread any
ExactCosts priceCall(const PricedCall &call, const PriceBook &book, SuppliedCosts supplied);

/// Whether cache tokens are outside of the input tokens (posthog-semantics 2.5).
bool reportsCacheExclusively(const PricedCall &call);

/// The event carries its own prices, which then hold in the place of the book's.
bool hasCustomPrices(const Usage &usage);

/// True for the kinds that PostHog prices: generations, embeddings, evaluations.
bool isPriced(EventKind kind);

/// Costs of one event in picodollars, as kept in the store: what it carries and what the book says, side by
/// side. Each is rounded once, from the exact cost; one that does not fit is absent.
struct EventCosts
{
    using Pico = std::optional<std::int64_t>;

    Pico reportedInput;
    Pico reportedOutput;
    Pico reportedRequest;
    Pico reportedWebSearch;
    /// The supplied total; on kinds that are priced, where it is missing or zero while input and output are
    /// both supplied and non-zero, the sum of the supplied parts.
    Pico reportedTotal;
    /// True if PostHog would stop at the supplied costs: parts that the event does not carry stay unknown.
    bool reportedFinal = false;

    // What custom prices or the book say, as if the event carried no cost. No total is kept: it is the sum of
    // input, output, request and web search; cache parts are inside of input.
    Pico bookInput;
    Pico bookOutput;
    Pico bookCacheRead;
    Pico bookCacheWrite;
    Pico bookRequest;
    Pico bookWebSearch;

    /// Of the cost shown by default: Passthrough where reportedTotal is there, else of the book's.
    CostSource source = CostSource::None;
    std::string model;    ///< the price row used, empty for Passthrough
    std::string provider; ///< the provider key used, empty for Passthrough
    /// Cache tokens are not inside the input tokens. On kinds that are not priced only where the event says
    /// so.
    bool cacheExclusive = false;
};

/// What a price makes of a call, supplied costs aside: the book's part of EventCosts. @p exclusive is the
/// verdict of reportsCacheExclusively(); @p custom: the rates are the event's own. @thread any
PicoCosts costsAt(const PricedCall &call, const Rates &rates, bool exclusive, bool custom = false);

/// Prices an event of a kind that is priced. Others get only the costs that they carry, which are final then:
/// PostHog computes none for them. @thread any
EventCosts costsOf(const Event &event, const PriceBook &book);

} // namespace genscope

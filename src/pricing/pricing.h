// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/event.h"
#include "core/result.h"
#include "pricing/pricebook.h"

#include <cstdint>
#include <optional>
#include <string>

namespace genscope {

/// Where a cost comes from. The order is part of the store's format: append only.
enum class CostSource : std::uint8_t { None, Passthrough, Manual, OpenRouter, Custom };
std::string_view costSourceName(CostSource source); ///< `none passthrough manual openrouter custom`

/// Costs in USD, exact. An absent part is unknown, not zero (posthog-semantics 2.8).
struct ExactCosts
{
    Amount input; ///< everything on the input side, cache and modality parts included
    Amount output;
    Amount request;
    Amount webSearch;
    Amount total;
    Amount cacheRead;  ///< part of input; only where a price row made it
    Amount cacheWrite; ///< part of input; only where a price row made it
    CostSource source = CostSource::None;
    std::string model;    ///< the price row used ($ai_model_cost_used), or empty
    std::string provider; ///< the provider key used ($ai_cost_model_provider), or empty
    std::optional<bool> cacheReportingExclusive; ///< the verdict, where the call has tokens to decide on
};

/// What one call was, as far as cost rules care.
struct PricedCall
{
    std::string_view model;
    std::string_view provider;
    std::string_view framework;
    const Usage &usage;
};

enum class SuppliedCosts { Honour, Ignore };

/// PostHog's cost pipeline (posthog-semantics 2.2 to 2.10). With SuppliedCosts::Ignore it answers what custom
/// prices or the book say, whatever costs the event carries. @thread any
ExactCosts priceCall(const PricedCall &call, const PriceBook &book, SuppliedCosts supplied);

/// Whether cache tokens are outside of the input tokens (posthog-semantics 2.5).
bool reportsCacheExclusively(const PricedCall &call);

/// Costs of one event in picodollars, as kept in the store: what it carries and what the book says, side by
/// side.
struct EventCosts
{
    using Pico = std::optional<std::int64_t>;

    Pico reportedInput;
    Pico reportedOutput;
    Pico reportedRequest;
    Pico reportedWebSearch;
    /// The supplied total, or the sum of supplied input and output (and request, web search) where both are
    /// non-zero.
    Pico reportedTotal;
    /// True if PostHog would stop at the supplied costs: parts that the event does not carry stay unknown.
    bool reportedFinal = false;

    Pico bookInput;
    Pico bookOutput;
    Pico bookCacheRead;
    Pico bookCacheWrite;
    Pico bookRequest;
    Pico bookWebSearch;

    CostSource source =
        CostSource::None; ///< of the cost shown by default: reported where carried, else the book's
    std::string model;
    std::string provider;
    bool cacheExclusive = false;
};

/// Prices a generation, embedding or evaluation; other kinds get only what they carry. @thread any
EventCosts costsOf(const Event &event, const PriceBook &book);

} // namespace genscope

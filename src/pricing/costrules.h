// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/int128.h"
#include "pricing/pricebook.h"
#include "pricing/pricing.h"

namespace genscope {

/// The arithmetic of one call at given rates, exact. Missing counts are 0 here; that a side of which nothing
/// is counted costs an unknown amount, not 0, is for the caller to say.

struct InputCost
{
    Decimal total;
    Decimal cacheRead;  ///< part of total, cached audio included
    Decimal cacheWrite; ///< part of total
};

/// Posthog-semantics 2.6. @p exclusive is the verdict of reportsCacheExclusively(). @p custom: the rates are
/// the event's own, whose cache write price then covers both lifetimes.
/// Where a rate is absent: a cache read costs 0.5 of the prompt rate (0.1 in Anthropic style), a cache write
/// the prompt rate (Anthropic style: 1.25 of it, 2 for one hour), image and audio the prompt rate, cached
/// audio a cache read.
InputCost inputCost(const PricedCall &call, const RateSet &rates, bool exclusive, bool custom);

/// Posthog-semantics 2.7. Where a rate is absent, image and audio cost the completion rate.
Decimal outputCost(const PricedCall &call, const RateSet &rates);

/// 0 without a request rate; a missing count is one request.
Decimal requestCost(const PricedCall &call, const RateSet &rates);
/// 0 without a web search rate; a missing count is no search.
Decimal webSearchCost(const PricedCall &call, const RateSet &rates);

/// What stands in for rates that are absent, and what it is.
Decimal cacheReadRate(const RateSet &rates, bool anthropic);
Decimal cachedAudioRate(const RateSet &rates);
Decimal cacheWriteRate(const RateSet &rates, bool anthropic);
Decimal cacheWrite1hRate(const RateSet &rates, bool custom); ///< Anthropic style only

/// Anthropic's own names for rates and counts hold for the call.
bool isAnthropicStyle(std::string_view model, std::string_view provider);
/// Gemini 2.5 and 3 bill thinking tokens that they leave out of the output tokens: `gemini-2.5-`,
/// `gemini-3-`, `gemini-3.N-` at the start of the name.
bool reportsReasoningApart(std::string_view model);

/// Every token that the prompt sent, cached or not: what context tiers begin at (posthog-semantics 2.10).
Int128 promptTokens(const PricedCall &call, bool exclusive);

/// True if some count is there that the input side is priced by.
bool countsInput(const Usage &usage);
bool countsOutput(const Usage &usage);

} // namespace genscope

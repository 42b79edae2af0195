// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/int128.h"
#include "pricing/pricebook.h"
#include "pricing/priceunit.h"
#include "pricing/pricing.h"

#include <optional>
#include <string_view>
#include <vector>

namespace genscope {

/// The arithmetic of one call at given rates, exact. Missing counts are 0 here; that a side of which nothing
/// is counted costs an unknown amount, not 0, is for the caller to say.

/// What a part of a call is. Names: costKindName().
enum class CostKind : std::uint8_t {
    CacheRead, ///< text read from the cache
    CachedAudio,
    CacheWrite1h,
    CacheWrite, ///< written for five minutes, or for a time that is not said
    InputText,  ///< the rest of the prompt
    InputAudio,
    InputImage,
    OutputText,
    Reasoning, ///< thinking that the provider counts apart from the output
    OutputAudio,
    OutputImage,
    Request,
    WebSearch,
};
std::string_view costKindName(CostKind kind); ///< `cache_read`, `cached_audio`, ... `web_search`

/// One line of a bill: so many of a kind at a rate.
struct Product
{
    CostKind kind = CostKind::InputText;
    Int128 count = 0;
    Decimal rate;                             ///< USD for one
    PriceUnit unit = PriceUnit::InputToken;   ///< the rate of the price that it is made of
    Decimal factor = Decimal(1);              ///< rate = that rate x factor
    std::optional<std::int64_t> excessTokens; ///< charged as the part of the prompt beyond so many tokens

    Decimal amount() const { return rate * Decimal(count, 0); }
};
using Products = std::vector<Product>;

struct InputCost
{
    Decimal total;
    Decimal cacheRead;  ///< part of total, cached audio included
    Decimal cacheWrite; ///< part of total
};

/// How input is charged beside the rates.
struct InputRules
{
    bool exclusive = false; ///< the verdict of reportsCacheExclusively()
    bool custom = false;    ///< the rates are the event's own: its cache write price covers both lifetimes
    /// If not null: its tiers are charged for what is beyond their thresholds. Tokens fill the prompt in the
    /// order of CostKind: cached ones first, as a cache holds the beginning of a prompt, then written ones,
    /// then the rest. What is negative counts as below all thresholds.
    const Rates *excess = nullptr;
};

/// Posthog-semantics 2.6. Where a rate is absent: a cache read costs 0.5 of the prompt rate (0.1 in Anthropic
/// style), a cache write the prompt rate (Anthropic style: 1.25 of it, 2 for one hour), image and audio the
/// prompt rate, cached audio a cache read.
/// @param products  if not null, gets the parts of the sum
InputCost inputCost(const PricedCall &call, const RateSet &rates, const InputRules &rules,
                    Products *products = nullptr);

/// Posthog-semantics 2.7. Where a rate is absent, image and audio cost the completion rate.
Decimal outputCost(const PricedCall &call, const RateSet &rates, Products *products = nullptr);

/// 0 without a request rate; a missing count is one request.
Decimal requestCost(const PricedCall &call, const RateSet &rates, Products *products = nullptr);
/// 0 without a web search rate; a missing count is no search.
Decimal webSearchCost(const PricedCall &call, const RateSet &rates, Products *products = nullptr);

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

/// How it was decided whether cache tokens are outside of the input tokens.
enum class CacheVerdict : std::uint8_t {
    Stated,         ///< the event says so
    AnthropicStyle, ///< exclusive: Anthropic's models report so
    Provable,       ///< exclusive: there are more cache tokens than input tokens
    Assumed,        ///< inclusive: everybody else reports so
};
CacheVerdict cacheVerdict(const PricedCall &call);

} // namespace genscope

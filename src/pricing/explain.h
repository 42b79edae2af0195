// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pricing/costrules.h"
#include "pricing/pricing.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace genscope {

/// Why a call costs what it costs.
struct CostExplanation
{
    /// Why there is no cost, or why some of it is missing.
    enum class Unknown : std::uint8_t {
        Nothing,        ///< all is known
        NoModel,        ///< the event names no model
        ModelNotInBook, ///< no price row fits the model's name
        NoPriceThen,    ///< its prices do not hold at the time of the call
        NothingCounted, ///< the event says nothing of what was used
        InputCounts,    ///< the input side was not counted
        OutputCounts,   ///< the output side was not counted
        TooManyDigits,  ///< exact decimals cannot hold it
    };

    /// The price that was taken from the book.
    struct PriceRowUsed
    {
        PriceTable table = PriceTable::OpenRouter;
        MatchedBy by = MatchedBy::Name;
        std::string model;       ///< of the row
        std::string matchedText; ///< Inside, Around: the spelling of the row's name that was compared
        std::string providerKey;
        TimeRange valid;
        std::string source;
    };

    CostSource rule = CostSource::None; ///< Passthrough: PostHog stops at what the event carries
    Unknown unknown = Unknown::Nothing;
    std::optional<PriceRowUsed> price; ///< absent for custom prices and where no price is used
    /// What the book would be asked for where a price is missing: the end and beginning of the prices around.
    std::optional<Timestamp> pricedUntil;
    std::optional<Timestamp> pricedFrom;

    bool cacheExclusive = false; ///< cache tokens are outside of the input tokens
    CacheVerdict cacheVerdict = CacheVerdict::Assumed;
    Int128 promptTokens = 0;                 ///< what context tiers go by
    std::optional<std::int64_t> contextTier; ///< the threshold of the tier that the prompt ends in
    TierMode tierMode = TierMode::WholeCall;
    std::string serviceTier;
    bool serviceTierPriced = false; ///< there is a price for the tier; else the provider's own was taken

    /// The lines of the bill, of the parts that the event does not carry itself. Those of a side sum up to
    /// it.
    Products products;
    bool inputSupplied = false; ///< the event carries this part, and it was kept
    bool outputSupplied = false;
    bool requestSupplied = false;
    bool webSearchSupplied = false;
    bool totalSupplied = false;
    ExactCosts costs; ///< exactly what priceCall() answers
};

std::string_view unknownName(CostExplanation::Unknown unknown); ///< `nothing`, `no_model`, ...
std::string_view matchedByName(MatchedBy by);                   ///< `name pattern inside around`
std::string_view cacheVerdictName(CacheVerdict verdict);        ///< `stated anthropic_style provable assumed`

/// Explains priceCall(call, book, supplied). @thread any
CostExplanation explainCost(const PricedCall &call, const PriceBook &book, SuppliedCosts supplied);

/// The explanation as a JSON object; described in docs/formats.md.
std::string explanationJson(const CostExplanation &explanation);

} // namespace genscope

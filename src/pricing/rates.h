// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/int128.h"
#include "core/usage.h"

#include <cstdint>
#include <vector>

namespace genscope {

/// USD per single token, request or search. What an absent optional rate falls back to is said in
/// costrules.h.
struct RateSet
{
    Decimal promptToken;
    Decimal completionToken;
    Amount cacheReadToken;
    Amount cacheWriteToken;
    Amount cacheWrite1hToken;
    Amount request;
    Amount webSearch;
    Amount image;
    Amount imageOutput;
    Amount audio;
    Amount audioOutput;
    Amount inputAudioCache;

    bool operator==(const RateSet &) const = default;
};

/// What the rates of a context tier are charged for.
enum class TierMode : std::uint8_t {
    WholeCall, ///< everything in a call whose prompt is longer than the tier's threshold (PostHog's rule)
    Excess,    ///< only the tokens of the prompt beyond the threshold; output, requests and searches never
};

/// The rates of one price, with the ones that long prompts cost.
struct Rates : RateSet
{
    struct ContextTier
    {
        std::int64_t minInputTokens = 0; ///< begins strictly above
        RateSet rates; ///< complete: the base rates, with those that the tier names in their place
    };
    std::vector<ContextTier> contextTiers; ///< in any order, each threshold once
    TierMode tierMode = TierMode::WholeCall;

    /// The tier that a prompt of this length ends in: the highest that begins strictly below it, or null.
    const ContextTier *tierOf(Int128 promptTokens) const;
    /// The rates of a whole call: those of its tier in mode WholeCall, else the base rates.
    const RateSet &forPrompt(Int128 promptTokens) const
    {
        if (contextTiers.empty() || tierMode == TierMode::Excess)
            return *this;
        const ContextTier *tier = tierOf(promptTokens);
        return tier ? tier->rates : *this;
    }
};

} // namespace genscope

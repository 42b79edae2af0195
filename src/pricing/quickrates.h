// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/usage.h"
#include "pricing/rates.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

namespace genscope {

/// A number that is not known, in the plain structures below.
inline constexpr std::int64_t kNotKnown = std::numeric_limits<std::int64_t>::min();

/// The counts of Usage as plain numbers, for pricing very many calls; kNotKnown where the call does not say.
struct CallCounts
{
    std::int64_t input = kNotKnown;
    std::int64_t output = kNotKnown;
    std::int64_t cacheRead = kNotKnown;
    std::int64_t cacheWrite = kNotKnown;
    std::int64_t reasoning = kNotKnown;
    std::int64_t cacheWrite5m = kNotKnown;
    std::int64_t cacheWrite1h = kNotKnown;
    std::int64_t cacheReadAudio = kNotKnown;
    std::int64_t audioInput = kNotKnown;
    std::int64_t imageInput = kNotKnown;
    std::int64_t audioOutput = kNotKnown;
    std::int64_t imageOutput = kNotKnown;
    std::int64_t textOutput = kNotKnown;
    std::int64_t requests = kNotKnown;
    std::int64_t webSearches = kNotKnown;
};
/// The same counts for the cost rules; no supplied costs and prices.
Usage usageOf(const CallCounts &counts);

/// What a price makes of a call, in picodollars; kNotKnown where that is unknown or does not fit. The cache
/// parts are inside of input.
struct PicoCosts
{
    std::int64_t input = kNotKnown;
    std::int64_t output = kNotKnown;
    std::int64_t cacheRead = kNotKnown;
    std::int64_t cacheWrite = kNotKnown;
    std::int64_t request = kNotKnown;
    std::int64_t webSearch = kNotKnown;

    bool operator==(const PicoCosts &) const = default;
};

/// The cost rules (costrules.h) for very many calls of one model, provider and price: what the rates come to
/// for that model is settled once, each call is whole-number arithmetic, and the results are those of the
/// rules to the last picodollar. Rates with too many digits, prices per excess token, and counts above 2^40
/// are left to the rules.
class QuickRates
{
public:
    /// Nothing if the rules themselves are needed.
    static std::optional<QuickRates> of(const Rates &rates, std::string_view model,
                                        std::string_view provider);

    /// False if the rules themselves are needed for this call. @p exclusive as for inputCost().
    bool price(const CallCounts &counts, bool exclusive, PicoCosts &costs) const;

private:
    /// What each kind of token costs, in units of 10^-scale USD, all fallbacks applied.
    struct Table
    {
        std::int64_t minPrompt = 0; ///< holds for prompts longer than this
        std::int64_t prompt = 0;
        std::int64_t completion = 0;
        std::int64_t cacheRead = 0;
        std::int64_t cacheReadAudio = 0;
        std::int64_t cacheWrite = 0;
        std::int64_t cacheWrite1h = 0;
        std::int64_t audioInput = 0;
        std::int64_t imageInput = 0;
        std::int64_t audioOutput = 0;
        std::int64_t imageOutput = 0;
        std::int64_t request = 0;
        std::int64_t webSearch = 0;
    };
    struct Exact;
    std::optional<Table> scaled(const Exact &exact) const;
    std::int64_t pico(Int128 amount) const;
    const Table &tableFor(const CallCounts &counts, bool exclusive) const;
    void priceInput(const CallCounts &counts, const Table &table, bool exclusive, PicoCosts &costs) const;
    void priceOutput(const CallCounts &counts, const Table &table, PicoCosts &costs) const;

    std::vector<Table> m_tables; ///< base rates, then tiers by rising threshold
    bool m_anthropic = false;
    bool m_reasoningApart = false;
    int m_scale = 12;
    std::int64_t m_perPico = 1; ///< 10^(scale - 12)
};

} // namespace genscope

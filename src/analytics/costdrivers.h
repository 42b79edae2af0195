// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/costbreakdown.h"
#include "core/money.h"

#include <array>
#include <cstdint>
#include <vector>

namespace genscope {

/// What the priced calls of one value used and cost in one period.
struct CostTally
{
    /// Prompt tokens are of three kinds with a rate each.
    enum Kind { Fresh, CacheRead, CacheWrite };
    static constexpr std::size_t kKinds = 3;

    std::int64_t calls = 0; ///< that have a cost
    std::int64_t unpriced = 0;
    Money cost;
    std::array<std::int64_t, kKinds> prompt{}; ///< tokens
    std::int64_t output = 0;                   ///< tokens
    Money promptCost;                          ///< as far as it is known, likewise below
    std::array<Money, kKinds> kindCost{};
    Money outputCost;
    bool knowsParts = true; ///< every call says what its prompt and its answer cost
    bool knowsKinds = true; ///< and what the cached tokens in it did

    std::int64_t promptTokens() const { return prompt[Fresh] + prompt[CacheRead] + prompt[CacheWrite]; }
};

/// Why a cost changed from one period to another. The parts add up to change(), to the picodollar.
struct CostDrivers
{
    Cell value; ///< missing in the total
    std::int64_t callsBefore = 0;
    std::int64_t callsAfter = 0;
    std::int64_t unpriced = 0; ///< calls of both periods that are in no amount
    Money before;
    Money after;

    Money volume;       ///< more or fewer calls, at the average cost of all calls before
    Money mix;          ///< calls moved between values, or their models, that cost more or less
    Money promptLength; ///< longer or shorter prompts
    Money answerLength; ///< longer or shorter answers
    Money cacheShare;   ///< another part of the prompt came from, or went into, the cache
    Money price;        ///< paid per token and per request: prices, tiers, fees, and what events report

    Money change() const { return after - before; }
};

/// The drivers of the cost of one model's calls for one value.
/// The steps are taken one after the other (volume, mix, lengths, cache, price), each at what the later ones
/// were before, so that nothing is counted twice; the last is the rest. Amounts are rounded to picodollars;
/// what that makes the rest is put to the mix. A value without calls before is all mix. Where events do not
/// say what the parts of their cost are, tokens count at one rate; where they say what the prompt cost but
/// not what the cached tokens of it did, the price book divides that.
/// @param callsBefore, callsAfter  priced calls of all values
CostDrivers costDriversOf(const CostTally &before, const CostTally &after, std::int64_t callsBefore,
                          std::int64_t callsAfter);

struct CostDriversAnswer
{
    std::vector<CostDrivers> rows; ///< largest change first, whatever its sign
    CostDrivers total;             ///< the sum of the rows
};

/// Explains the change of the cost of @p after's rows against @p before's.
/// @param scope  cost view, zone and customer of both @param context  of the snapshot of both
/// @error Usage for a field of which a call can have several values; Cancelled, Database
/// @thread a worker
Result<CostDriversAnswer> explainCostChange(const CostBreakdown &by, const RowSet &before,
                                            const RowSet &after, const Scope &scope,
                                            const QueryContext &context);

} // namespace genscope

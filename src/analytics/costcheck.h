// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/query.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace genscope {

/// What events report of their cost beside what the price book says, and why they may differ.
struct CostCheck
{
    /// What would turn the book's cost of a call into the reported one.
    enum class Cause : std::uint8_t {
        None,             ///< they agree to half a percent
        Negative,         ///< the reported cost is below zero
        CacheAtFullPrice, ///< tokens read from the cache at the price of fresh input
        CacheTwice,       ///< cached tokens once more at the price of fresh input
        ReasoningMissing, ///< reasoning tokens left out
        ReasoningTwice,   ///< reasoning tokens charged beside the output that holds them
        InputOnly,        ///< the output left out
        OutputOnly,       ///< the input left out
        OtherPrice,       ///< every call by the same factor
        Unknown,
    };
    static constexpr std::size_t kCauseCount = 10;

    struct Line
    {
        Cell value;                ///< of the dimension, or the start of the day; missing: none
        std::int64_t compared = 0; ///< calls that have both costs
        std::int64_t differing = 0;
        Money reported; ///< of the compared calls
        Money recomputed;
        Cause cause = Cause::None;    ///< what explains most of the difference
        std::int64_t fitting = 0;     ///< differing calls that the cause fits
        std::optional<double> factor; ///< OtherPrice: reported / recomputed

        Money difference() const { return reported - recomputed; }
    };
    std::vector<Line> lines;       ///< the largest difference first, either way; their sums are `all`
    Line all;                      ///< without a value
    std::int64_t onlyReported = 0; ///< calls that the book has no price for
    std::int64_t onlyRecomputed = 0;
    std::int64_t unpriced = 0; ///< calls with neither
};

/// How the lines of a check are told apart.
struct CheckBy
{
    std::optional<Field> field; ///< absent: by day of the scope's zone
};

/// Over the generations of @p rows, whatever cost view the scope has. @error Database, Cancelled
Result<CostCheck> checkCosts(const CheckBy &by, const Scope &scope, const RowSet &rows,
                             const QueryContext &context);

} // namespace genscope

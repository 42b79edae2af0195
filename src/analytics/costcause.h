// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace genscope {

/// Why a reported cost is not what the price book says. Each is found by computing the cost under that
/// mistake and seeing that it is the reported one.
enum class CostCause : std::uint8_t {
    None,               ///< no event differs
    Rounding,           ///< equal but for the digits that were reported
    CacheCountedTwice,  ///< cached tokens charged, and charged again among the input tokens
    CacheNotDiscounted, ///< cached tokens charged as if they were new
    CacheLeftOut,       ///< cached tokens not charged, or taken out of an input that does not hold them
    TierMissed,         ///< without the rates of long prompts or of the served tier
    ReasoningMissed,    ///< thinking tokens that come on top of the output left out
    ReasoningAdded,     ///< thinking tokens that are inside of the output charged again
    ReportedAsFree,     ///< reported as 0, which the book does not say
    InputOnly,
    OutputOnly,
    OtherPrice, ///< another row of the book, or the book's prices times a constant factor
    Negative,   ///< below zero
    Unexplained,
};
std::string_view costCauseName(CostCause cause); ///< `none rounding cache_counted_twice ...`

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/spikes/rhythm.h"

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace genscope {

/// How unusual each item is for its time, on the scale of a standard normal number.
struct NormalScores
{
    std::vector<float> scores;
    std::array<float, CallClock::kCells> rhythm{}; ///< that was taken off
    /// How much more sums of consecutive scores spread than those of independent ones, by kBlocks; at
    /// least 1.
    std::array<float, 3> spreads{1, 1, 1};
};

/// Lengths of the runs of calls that overdispersion is looked for in.
inline constexpr std::array<std::size_t, 3> kBlocks = {8, 32, 128};

/// Van der Waerden scores: the normal quantile of an item's rank among the items of its reference days
/// (referenceDays()), after its hour's rhythm is taken off. No assumption on the distribution is made, and
/// one extreme call says no more than that it is above all others. Where calls come in runs that are alike
/// (load, one client's batch), sums of scores spread more than chance would make them; how much more is
/// measured by the median over runs of consecutive calls (an empirical null: B. Efron, JASA 2004).
/// @param values   by item, finite
/// @param skipped  items that nothing is compared with; may be empty
/// @param windows  referenceDays() of the clock
NormalScores normalScores(const CallClock &clock, std::span<const float> values,
                          std::span<const std::uint8_t> skipped,
                          std::span<const std::pair<std::size_t, std::size_t>> windows);

/// How much more the sums of consecutive scores spread than those of independent ones: at least 1, and not
/// less for longer runs. What too few runs tell nothing of is as for shorter ones.
std::array<float, 3> overdispersion(std::span<const float> scores, std::span<const std::uint8_t> skipped);

} // namespace genscope

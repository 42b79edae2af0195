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
    std::array<float, CallClock::kCells> rhythm{};
    float spread = 1; ///< what the scores were divided by
};

/// Van der Waerden scores: the normal quantile of an item's rank among the items of its reference days
/// (referenceDays()), after its hour's rhythm is taken off. No assumption on the distribution is made, and
/// one extreme call says no more than that it is above all others. Where calls come in runs that are alike
/// (load, one client's batch), sums of scores spread more than chance would make them; all scores are divided
/// by how much more, by the median over blocks of consecutive calls (an empirical null: B. Efron, JASA 2004).
/// @param values   by item, finite
/// @param skipped  items that nothing is compared with; may be empty
/// @param windows  referenceDays() of the clock
NormalScores normalScores(const CallClock &clock, std::span<const float> values,
                          std::span<const std::uint8_t> skipped,
                          std::span<const std::pair<std::size_t, std::size_t>> windows);

/// How much more the sums of consecutive scores spread than those of independent ones: at least 1.
float overdispersion(std::span<const float> scores, std::span<const std::uint8_t> skipped);

} // namespace genscope

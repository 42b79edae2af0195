// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/zone.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace genscope {

/// Where items that come by time are in the day and the week of a zone.
struct CallClock
{
    /// Hours of the day on work days, then on weekends.
    static constexpr int kCells = 48;

    struct Day
    {
        std::int64_t number = 0; ///< since 1970, by the wall clock
        std::size_t begin = 0;   ///< its first item
        std::size_t end = 0;
    };
    std::vector<std::uint8_t> cells; ///< of the items
    std::vector<std::int32_t> hours; ///< of the items, since 1970 by the wall clock
    std::vector<Day> days;           ///< those with items
};
/// @param startUs  ascending
CallClock readClock(std::span<const std::int64_t> startUs, const Zone &zone);

/// How much higher than usual a number is in each hour of the day, apart for work days and weekends: the
/// median over days of the hour's median less the level of the week around it, shrunk towards none where few
/// calls say so, and smoothed over neighbouring hours. Medians of days: one bad day does not make a rhythm.
/// @param values   by item
/// @param skipped  items that belong to a spike; may be empty
std::array<float, CallClock::kCells> rhythmOf(const CallClock &clock, std::span<const float> values,
                                              std::span<const std::uint8_t> skipped);

/// For each of the clock's days, the days that it is compared with, as indices [first, second): the week
/// before it; more where that holds too few calls, up to four weeks; what follows, too, where there is too
/// little before it.
/// @param counts  items of each day that can be compared with
std::vector<std::pair<std::size_t, std::size_t>> referenceDays(const CallClock &clock,
                                                               std::span<const std::size_t> counts);

/// The median; reorders. 0 of nothing.
float medianOf(std::span<float> values);

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/snapshot.h"
#include "analytics/spikes/callseries.h"
#include "analytics/spikes/findspikes.h"
#include "analytics/spikes/rhythm.h"
#include "analytics/spikes/spikescan.h"
#include "core/zone.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace genscope {

/// A spike of one value, before it is known how many values were tested.
struct FoundSpike
{
    Spike spike;
    double logP = 0;
};

/// What the search in one value needs.
struct ValueSearch
{
    const SpikeQuery &query;
    SpikeLimits limits;
    const Zone &zone;
    const Snapshot &snapshot;
    std::span<const SpikeCall> calls; ///< by start
};

/// Of latencies and first-token times, with enough calls and factor, by time.
std::vector<FoundSpike> latencySpikes(const ValueSearch &search);
std::vector<FoundSpike> errorSpikes(const ValueSearch &search);
std::vector<FoundSpike> costSpikes(const ValueSearch &search);

/// The calls that a measure counts, with their clock.
struct MeasuredCalls
{
    std::vector<std::int64_t> startUs;
    std::vector<std::uint32_t> index; ///< in the search's calls
    CallClock clock;

    std::size_t size() const { return startUs.size(); }
};
MeasuredCalls measuredCalls(const ValueSearch &search);

/// Marks the items of candidates, but of those that last longer than a day: a change that stays becomes
/// usual.
void skipCandidates(std::vector<std::uint8_t> &skipped, const MeasuredCalls &measured, std::size_t begin,
                    std::size_t end);

/// What @p scan finds once it leaves out what it found at first, so that a spike is not part of what is
/// usual. All that is found is left out in @p skipped then.
template<typename Scan>
std::vector<SpikeCandidate> scanTwice(std::vector<std::uint8_t> &skipped, const MeasuredCalls &measured,
                                      const Scan &scan)
{
    const auto leaveOut = [&](const std::vector<SpikeCandidate> &candidates) {
        for (const SpikeCandidate &candidate : candidates)
            skipCandidates(skipped, measured, candidate.begin, candidate.end);
    };
    const std::vector<SpikeCandidate> first = scan();
    if (first.empty())
        return {};
    leaveOut(first);
    std::vector<SpikeCandidate> candidates = scan();
    std::fill(skipped.begin(), skipped.end(), std::uint8_t{0});
    leaveOut(candidates);
    return candidates;
}

/// The whole minutes that hold the calls [begin, end).
void setMinutes(Spike &spike, const MeasuredCalls &measured, std::size_t begin, std::size_t end);

/// Items of a day's reference that are not skipped and not in [begin, end).
std::vector<std::size_t> referenceItems(const MeasuredCalls &measured,
                                        const std::pair<std::size_t, std::size_t> &days,
                                        std::span<const std::uint8_t> skipped, std::size_t begin,
                                        std::size_t end);

/// Items of each day that are not skipped.
std::vector<std::size_t> countsByDay(const CallClock &clock, std::span<const std::uint8_t> skipped);

} // namespace genscope

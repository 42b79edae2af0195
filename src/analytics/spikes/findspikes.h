// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/query.h"
#include "analytics/spikes/callseries.h"
#include "analytics/spikes/spike.h"

#include <vector>

namespace genscope {

/// What a sensitivity demands of a spike.
struct SpikeLimits
{
    double falseShare;      ///< share of what is reported that may be chance (false discovery rate)
    double leastFactor;     ///< observed / baseline
    std::size_t leastCalls; ///< calls inside that the measure counts
};
SpikeLimits spikeLimits(SpikeSensitivity sensitivity);

/// Intervals in which a measure of a value is significantly above its own baseline, strongest (least likely)
/// first. Those of one value do not overlap. How it decides:
///
///  - **Latency, first token.** Successful calls, by start. Each call gets a score for its own latency and
///  one
///    for what is left of it when the model and the length of the answer are taken off (lengthfit.h): rank
///    scores against the week before, rhythm of the day taken off, overdispersion scaled away
///    (normalscores.h). Stretches of high scores are found by log-likelihood ratios for several shifts; for a
///    p95 also for more than one in twenty calls above the usual p95 (spikescan.h, segments.h).
///  - **Errors.** Log-likelihood ratios of errors against the value's rate of the week before, at that hour.
///  - **Cost.** Buckets of 5 minutes to 4 hours, as the traffic allows; cube roots of their sums (Wilson and
///    Hilferty) against what level and rhythm lead to expect, by their own spread; two buckets at least.
///  - Found spikes are taken out of what everything is compared with, and all is done again.
///  - Of all values' candidates with enough calls and a factor that is large enough, as many are reported as
///    keep the false discovery rate (Benjamini and Hochberg, 1995, over the values tested).
///
/// @param rows  of all kinds; generations are looked at @thread a worker; it uses all cores
/// @error Cancelled; as FieldCache::open()
Result<std::vector<Spike>> findSpikes(const SpikeQuery &query, const RowSet &rows,
                                      const QueryContext &context);

/// Spikes with the calls that they were found in, which explainSpikes() goes on with.
struct SpikeFinding
{
    std::vector<Spike> spikes;
    CallTable calls;
};
/// As findSpikes().
Result<SpikeFinding> findSpikesAndCalls(const SpikeQuery &query, const RowSet &rows,
                                        const QueryContext &context);

} // namespace genscope

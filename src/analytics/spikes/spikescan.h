// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/spikes/segments.h"

#include <cstdint>
#include <span>
#include <vector>

namespace genscope {

/// A stretch of items that chance hardly makes.
struct SpikeCandidate
{
    std::size_t begin = 0;
    std::size_t end = 0;
    double logP = 0; ///< log of how many as strong are expected of chance in the whole series
};

/// The items of a series, looked at through several tests (channels). Each channel scores every item by the
/// log-likelihood ratio of "something is wrong" to "all is as usual", for one idea of how wrong; stretches of
/// high scores are the candidates, and the expected number by chance counts every item as a start in every
/// channel (segments.h).
class SpikeScan
{
public:
    /// Stretches do not cross pauses longer than this.
    static constexpr std::int64_t kLongestPauseUs = 3LL * 3600 * 1'000'000;

    /// @param startUs   ascending; outlives this
    /// @param channels  how many will be added
    SpikeScan(std::span<const std::int64_t> startUs, std::size_t channels);

    /// Scores against a mean raised by @p shift, where they are standard normal when divided by @p spread.
    void addShift(std::span<const float> scores, float shift, float spread);
    /// Scores above 1.645 (one in twenty) against a share of @p share of them.
    void addExceedances(std::span<const float> scores, double share, float spread);
    /// Errors against rates that are @p factor times as high.
    /// @param errors  1 or 0 by item  @param rates  usual ones by item
    void addErrors(std::span<const float> errors, std::span<const float> rates, double factor);

    /// Those that do not overlap, strongest first taken, by position; neighbours with little between them are
    /// one.
    std::vector<SpikeCandidate> candidates() const;

private:
    void add(std::span<const float> ratios);
    void merge(std::vector<SpikeCandidate> &chosen) const;

    std::span<const std::int64_t> m_startUs;
    double m_logStarts;
    std::vector<std::size_t> m_stretches; ///< where pauses end, and the end
    std::vector<SpikeCandidate> m_found;
};

/// The part of [candidate's surroundings] whose scores are best told from the rest, given how far those
/// inside are raised: where a spike begins and ends.
SpikeCandidate sharpened(const SpikeCandidate &candidate, std::span<const float> scores);
/// The same for errors, given their share inside. @param rates  usual ones by item
SpikeCandidate sharpenedErrors(const SpikeCandidate &candidate, std::span<const float> errors,
                               std::span<const float> rates);

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/spikes/spikescan.h"

#include <algorithm>
#include <cmath>

namespace genscope {

namespace {

/// Weaker ones are of no use at any sensitivity.
const double kLeastLogP = std::log(0.05);
/// What lies between two parts of one spike: at most this long, or this few items.
constexpr std::int64_t kSeamUs = 20LL * 60 * 1'000'000;
constexpr std::size_t kSeamItems = 3;
constexpr float kOneInTwenty = 1.645F;

} // namespace

SpikeScan::SpikeScan(std::span<const std::int64_t> startUs, std::size_t channels)
    : m_startUs(startUs),
      m_logStarts(std::log(static_cast<double>(std::max<std::size_t>(startUs.size() * channels, 1))))
{
    for (std::size_t i = 1; i < startUs.size(); ++i) {
        if (startUs[i] - startUs[i - 1] > kLongestPauseUs)
            m_stretches.push_back(i);
    }
    m_stretches.push_back(startUs.size());
}

void SpikeScan::addShift(std::span<const float> scores, float shift, float spread)
{
    std::vector<float> ratios(scores.size());
    for (std::size_t i = 0; i < scores.size(); ++i)
        ratios[i] = shift * (scores[i] / spread - shift / 2);
    add(ratios);
}

void SpikeScan::addExceedances(std::span<const float> scores, double share, float spread)
{
    const double weight = 1.0 / (static_cast<double>(spread) * static_cast<double>(spread));
    const auto above = static_cast<float>(weight * std::log(share / 0.05));
    const auto below = static_cast<float>(weight * std::log((1 - share) / 0.95));
    std::vector<float> ratios(scores.size());
    for (std::size_t i = 0; i < scores.size(); ++i)
        ratios[i] = scores[i] > kOneInTwenty ? above : below;
    add(ratios);
}

void SpikeScan::addErrors(std::span<const float> errors, std::span<const float> rates, double factor)
{
    std::vector<float> ratios(errors.size());
    for (std::size_t i = 0; i < errors.size(); ++i) {
        const double usual = std::clamp(static_cast<double>(rates[i]), 1e-5, 0.99);
        // A rate cannot grow past one; what is rare is not looked for below one in twenty.
        const double raised = std::clamp(factor * usual, std::min(0.05, (1 + usual) / 2), (1 + usual) / 2);
        ratios[i] = static_cast<float>(errors[i] > 0 ? std::log(raised / usual)
                                                     : std::log((1 - raised) / (1 - usual)));
    }
    add(ratios);
}

void SpikeScan::add(std::span<const float> ratios)
{
    std::size_t begin = 0;
    for (const std::size_t end : m_stretches) {
        for (const ScoredSegment &segment :
             maximalSegments(ratios.subspan(begin, end - begin), m_logStarts - kLeastLogP))
            m_found.push_back({begin + segment.begin, begin + segment.end, m_logStarts - segment.score});
        begin = end;
    }
}

std::vector<SpikeCandidate> SpikeScan::candidates() const
{
    std::vector<SpikeCandidate> found = m_found;
    std::sort(found.begin(), found.end(), [](const SpikeCandidate &a, const SpikeCandidate &b) {
        return a.logP != b.logP ? a.logP < b.logP : a.begin < b.begin;
    });
    std::vector<SpikeCandidate> chosen;
    for (const SpikeCandidate &candidate : found) {
        const auto next = std::lower_bound(
            chosen.begin(), chosen.end(), candidate,
            [](const SpikeCandidate &a, const SpikeCandidate &b) { return a.end <= b.begin; });
        if (next == chosen.end() || next->begin >= candidate.end)
            chosen.insert(next, candidate);
    }
    merge(chosen);
    return chosen;
}

void SpikeScan::merge(std::vector<SpikeCandidate> &chosen) const
{
    std::vector<SpikeCandidate> merged;
    for (const SpikeCandidate &candidate : chosen) {
        if (!merged.empty()) {
            SpikeCandidate &last = merged.back();
            const std::int64_t gap = m_startUs[candidate.begin] - m_startUs[last.end - 1];
            if (gap <= kLongestPauseUs && (gap <= kSeamUs || candidate.begin - last.end <= kSeamItems)) {
                last.end = candidate.end;
                last.logP = std::min(last.logP, candidate.logP);
                continue;
            }
        }
        merged.push_back(candidate);
    }
    chosen = std::move(merged);
}

namespace {

/// The best segment around a candidate by @p ratioOf(item), if it is most of it.
template<typename RatioOf>
SpikeCandidate bestAround(const SpikeCandidate &candidate, std::size_t items, const RatioOf &ratioOf)
{
    const std::size_t length = candidate.end - candidate.begin;
    const std::size_t margin = std::max<std::size_t>(length / 2, 10);
    const std::size_t begin = candidate.begin - std::min(margin, candidate.begin);
    const std::size_t end = std::min(candidate.end + margin, items);
    std::vector<float> ratios;
    for (std::size_t i = begin; i < end; ++i)
        ratios.push_back(ratioOf(i));
    const ScoredSegment best = bestSegment(ratios);
    if (best.begin == best.end)
        return candidate;
    return {begin + best.begin, begin + best.end, candidate.logP};
}

double meanOf(std::span<const float> values, const SpikeCandidate &candidate)
{
    double sum = 0;
    for (std::size_t i = candidate.begin; i < candidate.end; ++i)
        sum += static_cast<double>(values[i]);
    return sum / static_cast<double>(candidate.end - candidate.begin);
}

} // namespace

SpikeCandidate sharpened(const SpikeCandidate &candidate, std::span<const float> scores)
{
    constexpr float kLeastShift = 0.3F;
    const auto shift = static_cast<float>(meanOf(scores, candidate));
    if (shift < kLeastShift)
        return candidate; // it is the tail that is raised
    const SpikeCandidate best =
        bestAround(candidate, scores.size(), [&](std::size_t i) { return scores[i] - shift / 2; });
    // What is not half of it is another thing.
    return 2 * (best.end - best.begin) < candidate.end - candidate.begin ? candidate : best;
}

SpikeCandidate sharpenedErrors(const SpikeCandidate &candidate, std::span<const float> errors,
                               std::span<const float> rates)
{
    SpikeCandidate result = candidate;
    for (int pass = 0; pass < 3; ++pass) { // the share inside follows from the ends, and they from it
        const double raised = std::clamp(meanOf(errors, result), 0.01, 0.99);
        result = bestAround(result, errors.size(), [&](std::size_t i) {
            const double usual = std::clamp(static_cast<double>(rates[i]), 1e-5, 0.99);
            return static_cast<float>(errors[i] > 0 ? std::log(raised / usual)
                                                    : std::log((1 - raised) / (1 - usual)));
        });
    }
    return result;
}

} // namespace genscope

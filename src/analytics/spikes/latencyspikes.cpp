// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/percentile.h"
#include "analytics/spikes/normalscores.h"
#include "analytics/spikes/spikescan.h"
#include "analytics/spikes/valuespikes.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace genscope {

namespace {

/// How far scores are raised. The further, the fewer calls decide: about as many as the blocks of kBlocks
/// whose spread is taken for each.
constexpr std::array kShifts = {2.5F, 1.5F, 0.75F};
static_assert(kShifts.size() == kBlocks.size());
constexpr std::array kExceedances = {0.2, 0.6};
/// Fewer calls make no distribution to compare with.
constexpr std::size_t kLeastReference = 20;

class LatencySearch
{
public:
    explicit LatencySearch(const ValueSearch &search) : m_search(search), m_calls(measuredCalls(search))
    {
        m_raw.reserve(m_calls.size());
        m_residual.reserve(m_calls.size());
        for (const std::uint32_t index : m_calls.index) {
            const SpikeCall &call = search.calls[index];
            m_raw.push_back(call.measured);
            m_residual.push_back(call.measured - call.expected);
            m_sameExpected = m_sameExpected && call.expected == search.calls[m_calls.index[0]].expected;
        }
        m_skipped.assign(m_calls.size(), 0);
    }

    std::vector<FoundSpike> run()
    {
        if (m_calls.size() < CallTable::kLeastCalls)
            return {};
        const std::vector<SpikeCandidate> candidates =
            scanTwice(m_skipped, m_calls, [this] { return scan(); });
        if (candidates.empty())
            return {};
        std::vector<FoundSpike> spikes;
        for (const SpikeCandidate &candidate : candidates) {
            FoundSpike found{{}, candidate.logP};
            if (describe(candidate, found.spike))
                spikes.push_back(found);
        }
        return spikes;
    }

private:
    std::vector<SpikeCandidate> scan()
    {
        const std::vector<std::size_t> counts = countsByDay(m_calls.clock, m_skipped);
        m_windows = referenceDays(m_calls.clock, counts);
        const bool tail = m_search.query.measure != SpikeMeasure::LatencyP50;
        m_adjusted = normalScores(m_calls.clock, m_residual, m_skipped, m_windows);
        if (!m_sameExpected)
            m_own = normalScores(m_calls.clock, m_raw, m_skipped, m_windows);
        const NormalScores &own = m_sameExpected ? m_adjusted : m_own;
        SpikeScan scan(m_calls.startUs,
                       kShifts.size() * (m_sameExpected ? 1 : 2) + (tail ? kExceedances.size() : 0));
        for (std::size_t i = 0; i < kShifts.size(); ++i) {
            scan.addShift(m_adjusted.scores, kShifts[i], m_adjusted.spreads[i]);
            if (!m_sameExpected)
                scan.addShift(m_own.scores, kShifts[i], m_own.spreads[i]);
        }
        for (const double share : kExceedances) {
            if (tail)
                scan.addExceedances(own.scores, share, own.spreads[1]);
        }
        return sharpenedAll(scan.candidates());
    }

    /// Ends where the scores end that tell more.
    std::vector<SpikeCandidate> sharpenedAll(const std::vector<SpikeCandidate> &candidates) const
    {
        std::vector<SpikeCandidate> result;
        for (const SpikeCandidate &candidate : candidates) {
            const auto mean = [&](const std::vector<float> &scores) {
                double sum = 0;
                for (std::size_t i = candidate.begin; i < candidate.end; ++i)
                    sum += static_cast<double>(scores[i]);
                return sum;
            };
            const bool own = !m_sameExpected && mean(m_own.scores) > mean(m_adjusted.scores);
            SpikeCandidate sharp = sharpened(candidate, own ? m_own.scores : m_adjusted.scores);
            if (!result.empty())
                sharp.begin = std::max(sharp.begin, result.back().end);
            if (sharp.begin < sharp.end)
                result.push_back(sharp);
        }
        return result;
    }

    bool describe(const SpikeCandidate &candidate, Spike &spike) const
    {
        setMinutes(spike, m_calls, candidate.begin, candidate.end);
        const auto place = [&](Timestamp time) {
            return static_cast<std::size_t>(
                std::lower_bound(m_calls.startUs.begin(), m_calls.startUs.end(), time.us) -
                m_calls.startUs.begin());
        };
        const std::size_t begin = place(spike.from);
        const std::size_t end = place(spike.to);
        if (end - begin < m_search.limits.leastCalls)
            return false;
        const std::size_t day = dayOf(begin);
        const std::vector<std::size_t> reference =
            referenceItems(m_calls, m_windows[day], m_skipped, begin, end);
        if (reference.size() < kLeastReference)
            return false;
        spike.referenceFrom = {m_calls.startUs[reference.front()]};
        spike.referenceTo = {m_calls.startUs[reference.back()] + 1};
        const NormalScores &own = m_sameExpected ? m_adjusted : m_own;
        double usualHere = 0;
        std::vector<double> inside, before;
        for (std::size_t i = begin; i < end; ++i) {
            inside.push_back(seconds(i));
            usualHere += static_cast<double>(own.rhythm[m_calls.clock.cells[i]]);
        }
        usualHere /= static_cast<double>(inside.size());
        for (const std::size_t i : reference)
            before.push_back(seconds(i) *
                             std::exp(usualHere - static_cast<double>(own.rhythm[m_calls.clock.cells[i]])));
        spike.observed = percentile(inside);
        spike.baseline = percentile(before);
        if (!(spike.baseline > 0))
            return false;
        spike.factor = spike.observed / spike.baseline;
        addCause(spike, begin, end, reference, usualHere);
        return spike.factor >= m_search.limits.leastFactor;
    }

    /// How much longer the same answers took, and how much longer others made the calls.
    void addCause(Spike &spike, std::size_t begin, std::size_t end, std::span<const std::size_t> reference,
                  double usualHere) const
    {
        const NormalScores &own = m_sameExpected ? m_adjusted : m_own;
        std::vector<float> residual, raw;
        for (std::size_t i = begin; i < end; ++i) {
            residual.push_back(m_residual[i] - m_adjusted.rhythm[m_calls.clock.cells[i]]);
            raw.push_back(m_raw[i]);
        }
        double slower = static_cast<double>(medianOf(residual));
        double longer = static_cast<double>(medianOf(raw));
        residual.clear();
        raw.clear();
        for (const std::size_t i : reference) {
            residual.push_back(m_residual[i] - m_adjusted.rhythm[m_calls.clock.cells[i]]);
            raw.push_back(m_raw[i] - own.rhythm[m_calls.clock.cells[i]] + static_cast<float>(usualHere));
        }
        slower -= static_cast<double>(medianOf(residual));
        longer -= static_cast<double>(medianOf(raw)) + slower;
        spike.speedFactor = std::exp(slower);
        if (!m_sameExpected)
            spike.lengthFactor = std::exp(longer);
    }

    std::size_t dayOf(std::size_t item) const
    {
        const auto &days = m_calls.clock.days;
        const auto next =
            std::upper_bound(days.begin(), days.end(), item,
                             [](std::size_t place, const CallClock::Day &day) { return place < day.begin; });
        return static_cast<std::size_t>(next - days.begin()) - 1;
    }
    double seconds(std::size_t item) const
    {
        const std::uint32_t row = m_search.calls[m_calls.index[item]].row;
        return m_search.snapshot.realAt(row, m_search.query.measure == SpikeMeasure::TtftP95
                                                 ? RealField::TimeToFirstToken
                                                 : RealField::Latency);
    }
    double percentile(std::vector<double> &values) const
    {
        const double fraction = m_search.query.measure == SpikeMeasure::LatencyP50 ? 0.5 : 0.95;
        double result = 0;
        percentiles(values, std::span(&fraction, 1), std::span(&result, 1));
        return result;
    }

    const ValueSearch &m_search;
    MeasuredCalls m_calls;
    std::vector<float> m_raw;
    std::vector<float> m_residual;
    bool m_sameExpected = true; ///< then there is no length to take off
    std::vector<std::uint8_t> m_skipped;
    std::vector<std::pair<std::size_t, std::size_t>> m_windows;
    NormalScores m_adjusted;
    NormalScores m_own;
};

} // namespace

std::vector<FoundSpike> latencySpikes(const ValueSearch &search)
{
    return LatencySearch(search).run();
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/spikes/spikescan.h"
#include "analytics/spikes/valuespikes.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace genscope {

namespace {

constexpr std::array kFactors = {2.5, 8.0, 30.0};
/// Errors that a rhythm of the day is made of before it counts for half.
constexpr double kRhythmErrors = 5;
/// Fewer are no spike, whatever the rate.
constexpr double kLeastErrors = 4;

struct Tally
{
    double errors = 0;
    double calls = 0;
};

class ErrorSearch
{
public:
    explicit ErrorSearch(const ValueSearch &search) : m_search(search), m_calls(measuredCalls(search))
    {
        m_errors.reserve(m_calls.size());
        for (const std::uint32_t index : m_calls.index)
            m_errors.push_back(search.calls[index].measured);
        m_skipped.assign(m_calls.size(), 0);
    }

    std::vector<FoundSpike> run()
    {
        const std::vector<SpikeCandidate> candidates =
            scanTwice(m_skipped, m_calls, [this] { return scan(); });
        if (candidates.empty())
            return {};
        const std::vector<float> rates = usualRates();
        std::vector<FoundSpike> spikes;
        for (const SpikeCandidate &candidate : candidates) {
            FoundSpike found{{}, candidate.logP};
            if (describe(candidate, rates, found.spike))
                spikes.push_back(found);
        }
        return spikes;
    }

private:
    std::vector<SpikeCandidate> scan() const
    {
        const std::vector<float> rates = usualRates();
        SpikeScan scan(m_calls.startUs, kFactors.size());
        for (const double factor : kFactors)
            scan.addErrors(m_errors, rates, factor);
        std::vector<SpikeCandidate> result;
        for (const SpikeCandidate &candidate : scan.candidates()) {
            SpikeCandidate sharp = sharpenedErrors(candidate, m_errors, rates);
            if (!result.empty())
                sharp.begin = std::max(sharp.begin, result.back().end);
            if (sharp.begin < sharp.end)
                result.push_back(sharp);
        }
        return result;
    }

    /// Of every call: its value's rate in the reference days times what the hour adds to it.
    std::vector<float> usualRates() const
    {
        const std::vector<std::size_t> counts = countsByDay(m_calls.clock, m_skipped);
        const auto windows = referenceDays(m_calls.clock, counts);
        std::vector<Tally> before(m_calls.clock.days.size() + 1); // of all days before
        for (std::size_t day = 0; day < m_calls.clock.days.size(); ++day) {
            before[day + 1] = before[day];
            for (std::size_t i = m_calls.clock.days[day].begin; i < m_calls.clock.days[day].end; ++i)
                count(before[day + 1], i);
        }
        const std::array<double, 24> hours = hourFactors(before.back());
        std::vector<float> rates(m_calls.size());
        for (std::size_t day = 0; day < m_calls.clock.days.size(); ++day) {
            const auto &[first, last] = windows[day];
            // One half error more: what never failed can fail.
            const double rate = (before[last].errors - before[first].errors + 0.5) /
                                (before[last].calls - before[first].calls + 1);
            for (std::size_t i = m_calls.clock.days[day].begin; i < m_calls.clock.days[day].end; ++i)
                rates[i] = static_cast<float>(std::min(0.99, rate * hours[m_calls.clock.cells[i] % 24]));
        }
        return rates;
    }
    void count(Tally &tally, std::size_t item) const
    {
        if (m_skipped[item] != 0)
            return;
        tally.errors += static_cast<double>(m_errors[item]);
        tally.calls += 1;
    }

    /// How much higher than the mean the rate is in each hour of the day, its worst day left out; never lower
    /// than the mean, so that quiet hours are not held against a call.
    std::array<double, 24> hourFactors(const Tally &all) const
    {
        std::array<double, 24> factors;
        factors.fill(1);
        if (all.errors < 1 || m_calls.clock.days.size() < 4)
            return factors;
        std::array<Tally, 24> sums, worst;
        for (const CallClock::Day &day : m_calls.clock.days) {
            for (std::size_t i = day.begin; i < day.end;) {
                const std::size_t hour = m_calls.clock.cells[i] % 24;
                Tally tally;
                for (const std::int32_t now = m_calls.clock.hours[i];
                     i < day.end && m_calls.clock.hours[i] == now; ++i)
                    count(tally, i);
                sums[hour].errors += tally.errors;
                sums[hour].calls += tally.calls;
                if (tally.errors > worst[hour].errors)
                    worst[hour] = tally;
            }
        }
        const double rate = all.errors / all.calls;
        for (std::size_t hour = 0; hour < 24; ++hour) {
            const double errors = sums[hour].errors - worst[hour].errors;
            const double usual = rate * (sums[hour].calls - worst[hour].calls);
            factors[hour] = std::clamp((errors + kRhythmErrors) / (usual + kRhythmErrors), 1.0, 10.0);
        }
        return factors;
    }

    bool describe(const SpikeCandidate &candidate, std::span<const float> rates, Spike &spike) const
    {
        setMinutes(spike, m_calls, candidate.begin, candidate.end);
        const auto place = [&](Timestamp time) {
            return static_cast<std::size_t>(
                std::lower_bound(m_calls.startUs.begin(), m_calls.startUs.end(), time.us) -
                m_calls.startUs.begin());
        };
        const std::size_t begin = place(spike.from);
        const std::size_t end = place(spike.to);
        double errors = 0;
        double usual = 0;
        for (std::size_t i = begin; i < end; ++i) {
            errors += static_cast<double>(m_errors[i]);
            usual += static_cast<double>(rates[i]);
        }
        const auto calls = static_cast<double>(end - begin);
        if (end - begin < m_search.limits.leastCalls || errors < kLeastErrors)
            return false;
        spike.observed = errors / calls;
        spike.baseline = usual / calls;
        spike.factor = spike.observed / spike.baseline;
        const std::vector<std::size_t> counts = countsByDay(m_calls.clock, m_skipped);
        const auto windows = referenceDays(m_calls.clock, counts);
        std::size_t day = 0;
        while (m_calls.clock.days[day].end <= begin)
            ++day;
        const auto reference = referenceItems(m_calls, windows[day], m_skipped, begin, end);
        if (reference.empty())
            return false;
        spike.referenceFrom = {m_calls.startUs[reference.front()]};
        spike.referenceTo = {m_calls.startUs[reference.back()] + 1};
        return spike.factor >= m_search.limits.leastFactor;
    }

    const ValueSearch &m_search;
    MeasuredCalls m_calls;
    std::vector<float> m_errors;
    std::vector<std::uint8_t> m_skipped;
};

} // namespace

std::vector<FoundSpike> errorSpikes(const ValueSearch &search)
{
    return ErrorSearch(search).run();
}

} // namespace genscope

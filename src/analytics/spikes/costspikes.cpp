// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/spikes/normalscores.h"
#include "analytics/spikes/spikescan.h"
#include "analytics/spikes/valuespikes.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace genscope {

namespace {

constexpr std::array kShifts = {2.0F, 3.5F};
constexpr std::array<std::int64_t, 5> kWidthsMinutes = {5, 15, 30, 60, 240};
/// Calls that a bucket holds on average, so that its sum means something.
constexpr double kCallsPerBucket = 10;
/// No single bucket tells more than this: tails of costs are heavy.
constexpr float kMostScore = 5;
constexpr std::size_t kLeastBuckets = 48;
constexpr std::size_t kMostBuckets = 1'000'000;
constexpr std::int64_t kMinuteUs = 60 * kMicrosPerSecond;

/// Sums of a value's costs in buckets of one length, from its first call to its last.
struct CostBuckets
{
    std::int64_t widthUs = 0;
    std::vector<std::int64_t> startUs;
    std::vector<float> dollars;
    std::vector<std::uint32_t> calls;
    CallClock clock;
};

class CostSearch
{
public:
    explicit CostSearch(const ValueSearch &search) : m_search(search) { fill(); }

    std::vector<FoundSpike> run()
    {
        if (m_buckets.startUs.size() < kLeastBuckets)
            return {};
        m_skipped.assign(m_buckets.startUs.size(), 0);
        for (int pass = 0; pass < 2; ++pass) {
            expect();
            m_candidates = scan();
            std::fill(m_skipped.begin(), m_skipped.end(), std::uint8_t{0});
            for (const SpikeCandidate &candidate : m_candidates) {
                if (m_buckets.startUs[candidate.end - 1] - m_buckets.startUs[candidate.begin] < kMicrosPerDay)
                    std::fill(m_skipped.begin() + static_cast<std::ptrdiff_t>(candidate.begin),
                              m_skipped.begin() + static_cast<std::ptrdiff_t>(candidate.end),
                              std::uint8_t{1});
            }
        }
        expect();
        std::vector<FoundSpike> spikes;
        for (const SpikeCandidate &candidate : m_candidates) {
            FoundSpike found{{}, candidate.logP};
            if (describe(candidate, found.spike))
                spikes.push_back(found);
        }
        return spikes;
    }

private:
    void fill()
    {
        std::vector<const SpikeCall *> priced;
        for (const SpikeCall &call : m_search.calls) {
            if (call.counts())
                priced.push_back(&call);
        }
        if (priced.size() < CallTable::kLeastCalls)
            return;
        const std::int64_t first = priced.front()->startUs;
        const std::int64_t span = priced.back()->startUs - first + 1;
        for (const std::int64_t minutes : kWidthsMinutes) {
            m_buckets.widthUs = minutes * kMinuteUs;
            if (static_cast<double>(priced.size()) * static_cast<double>(m_buckets.widthUs) >=
                kCallsPerBucket * static_cast<double>(span))
                break;
        }
        const std::int64_t begin =
            first - ((first % m_buckets.widthUs) + m_buckets.widthUs) % m_buckets.widthUs;
        const auto count = static_cast<std::size_t>((priced.back()->startUs - begin) / m_buckets.widthUs) + 1;
        if (count > kMostBuckets)
            return;
        m_buckets.dollars.assign(count, 0);
        m_buckets.calls.assign(count, 0);
        std::vector<double> sums(count, 0.0);
        for (const SpikeCall *call : priced) {
            const auto bucket = static_cast<std::size_t>((call->startUs - begin) / m_buckets.widthUs);
            sums[bucket] += static_cast<double>(call->measured);
            ++m_buckets.calls[bucket];
        }
        for (std::size_t i = 0; i < count; ++i) {
            m_buckets.dollars[i] = static_cast<float>(sums[i]);
            m_buckets.startUs.push_back(begin + static_cast<std::int64_t>(i) * m_buckets.widthUs);
        }
        m_buckets.clock = readClock(m_buckets.startUs, m_search.zone);
    }

    /// What each bucket usually comes to: the level of the days before it, by the rhythm of its hour. Both
    /// are found in cube roots, in which sums of costs are about normal.
    void expect()
    {
        const std::size_t count = m_buckets.startUs.size();
        std::vector<float> roots(count);
        for (std::size_t i = 0; i < count; ++i)
            roots[i] = std::cbrt(m_buckets.dollars[i]);
        const float scale = scaleOf(roots);
        for (float &root : roots)
            root /= scale;
        const auto shares = hourShares(roots);
        std::vector<float> days = dayLevels(roots, shares);
        m_expected.resize(count);
        for (std::size_t day = 0; day < m_buckets.clock.days.size(); ++day) {
            for (std::size_t i = m_buckets.clock.days[day].begin; i < m_buckets.clock.days[day].end; ++i)
                m_expected[i] = std::max(days[day] * shares[m_buckets.clock.cells[i]], 0.05F) * scale;
        }
        // The spread of a root shrinks slowly as its mean grows: that of x is as its mean.
        m_scores.resize(count);
        std::vector<float> sizes;
        for (std::size_t i = 0; i < count; ++i) {
            m_scores[i] = (std::cbrt(m_buckets.dollars[i]) - m_expected[i]) * std::sqrt(m_expected[i]);
            if (m_skipped[i] == 0)
                sizes.push_back(std::abs(m_scores[i]));
        }
        const float spread = std::max(1.4826F * medianOf(sizes), 1e-6F);
        for (float &score : m_scores)
            score = std::min(score / spread, kMostScore);
        m_spread = overdispersion(m_scores, m_skipped).front();
    }
    static float scaleOf(const std::vector<float> &roots)
    {
        double sum = 0;
        for (const float root : roots)
            sum += static_cast<double>(root);
        return std::max(static_cast<float>(sum / static_cast<double>(roots.size())), 1e-6F);
    }
    /// The median over days of an hour's mean, as a share of the value's mean.
    std::array<float, CallClock::kCells> hourShares(const std::vector<float> &roots) const
    {
        std::array<float, CallClock::kCells> shares;
        shares.fill(1);
        std::array<std::vector<float>, CallClock::kCells> means;
        for (const CallClock::Day &day : m_buckets.clock.days) {
            for (std::size_t i = day.begin; i < day.end;) {
                double sum = 0;
                int count = 0;
                const std::size_t cell = m_buckets.clock.cells[i];
                for (const std::int32_t hour = m_buckets.clock.hours[i];
                     i < day.end && m_buckets.clock.hours[i] == hour; ++i) {
                    sum += m_skipped[i] == 0 ? static_cast<double>(roots[i]) : 0;
                    count += m_skipped[i] == 0 ? 1 : 0;
                }
                if (count > 0)
                    means[cell].push_back(static_cast<float>(sum / count));
            }
        }
        if (m_buckets.clock.days.size() < 3)
            return shares;
        for (std::size_t cell = 0; cell < shares.size(); ++cell) {
            std::vector<float> of = means[cell];
            if (of.size() < 2) { // the hour on all days
                const std::vector<float> &other = means[(cell + 24) % CallClock::kCells];
                of.insert(of.end(), other.begin(), other.end());
            }
            if (of.size() >= 2)
                shares[cell] = medianOf(of);
        }
        return shares;
    }
    /// How high a day is against the rhythm: the higher of the medians of the week and of the three days
    /// before it, so that growing traffic is not taken for a spike. The first days are compared with the
    /// first week.
    std::vector<float> dayLevels(const std::vector<float> &roots,
                                 const std::array<float, CallClock::kCells> &shares) const
    {
        const auto &days = m_buckets.clock.days;
        std::vector<float> own;
        for (const CallClock::Day &day : days) {
            double sum = 0;
            double usual = 0;
            for (std::size_t i = day.begin; i < day.end; ++i) {
                if (m_skipped[i] != 0)
                    continue;
                sum += static_cast<double>(roots[i]);
                usual += static_cast<double>(shares[m_buckets.clock.cells[i]]);
            }
            own.push_back(usual > 0 ? static_cast<float>(sum / usual) : 1.0F);
        }
        const auto median = [&](std::size_t begin, std::size_t end) {
            std::vector<float> some(own.begin() + static_cast<std::ptrdiff_t>(begin),
                                    own.begin() + static_cast<std::ptrdiff_t>(end));
            return medianOf(some);
        };
        std::vector<float> levels;
        for (std::size_t day = 0; day < days.size(); ++day) {
            if (day < 4) {
                levels.push_back(median(0, std::min<std::size_t>(7, days.size())));
                continue;
            }
            levels.push_back(
                std::max(median(day - std::min<std::size_t>(7, day), day), median(day - 3, day)));
        }
        return levels;
    }

    std::vector<SpikeCandidate> scan() const
    {
        SpikeScan scan(m_buckets.startUs, kShifts.size());
        for (const float shift : kShifts)
            scan.addShift(m_scores, shift, m_spread);
        return scan.candidates();
    }

    bool describe(const SpikeCandidate &candidate, Spike &spike) const
    {
        double observed = 0;
        double usual = 0;
        std::size_t calls = 0;
        for (std::size_t i = candidate.begin; i < candidate.end; ++i) {
            observed += static_cast<double>(m_buckets.dollars[i]);
            // A mean of cubes is more than the cube of a mean; what a candidate is told by hides the
            // difference.
            usual += std::pow(static_cast<double>(m_expected[i]), 3);
            calls += m_buckets.calls[i];
        }
        if (candidate.end - candidate.begin < 2 || calls < m_search.limits.leastCalls || !(usual > 0))
            return false;
        spike.from = {m_buckets.startUs[candidate.begin]};
        spike.to = {m_buckets.startUs[candidate.end - 1] + m_buckets.widthUs};
        spike.observed = observed;
        spike.baseline = usual;
        spike.factor = observed / usual;
        const std::int64_t week = 7 * kMicrosPerDay;
        const std::int64_t first = m_buckets.startUs.front();
        spike.referenceTo = {std::max(spike.from.us, std::min(first + week, m_buckets.startUs.back()))};
        spike.referenceFrom = {std::max(first, spike.from.us - week)};
        return spike.factor >= m_search.limits.leastFactor;
    }

    const ValueSearch &m_search;
    CostBuckets m_buckets;
    std::vector<std::uint8_t> m_skipped;
    std::vector<SpikeCandidate> m_candidates;
    std::vector<float> m_expected; ///< cube roots of dollars
    std::vector<float> m_scores;
    float m_spread = 1;
};

} // namespace

std::vector<FoundSpike> costSpikes(const ValueSearch &search)
{
    return CostSearch(search).run();
}

} // namespace genscope

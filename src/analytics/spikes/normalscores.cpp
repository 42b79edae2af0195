// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/spikes/normalscores.h"

#include <boost/math/distributions/normal.hpp>

#include <algorithm>
#include <cmath>

namespace genscope {

namespace {

constexpr int kSteps = 512; ///< of a 32nd, around the median
constexpr float kStepsPerUnit = 32;

/// The normal quantile, from a table: what is between its points is interpolated.
class NormalQuantile
{
public:
    NormalQuantile()
    {
        const boost::math::normal_distribution<double> normal;
        for (int i = 0; i <= kPoints; ++i) {
            const double u = std::clamp(static_cast<double>(i) / kPoints, 0.25 / kPoints, 1 - 0.25 / kPoints);
            m_points[static_cast<std::size_t>(i)] = static_cast<float>(boost::math::quantile(normal, u));
        }
    }
    float at(double u) const
    {
        const double place = u * kPoints;
        const auto index = std::min(static_cast<std::size_t>(place), static_cast<std::size_t>(kPoints - 1));
        const auto part = static_cast<float>(place - static_cast<double>(index));
        return m_points[index] + part * (m_points[index + 1] - m_points[index]);
    }

private:
    static constexpr int kPoints = 4096;
    std::array<float, kPoints + 1> m_points;
};

float normalQuantile(double u)
{
    static const NormalQuantile table;
    return table.at(u);
}

/// Counts of the values of some days, and the scores that follow from them.
class RollingScores
{
public:
    RollingScores(const CallClock &clock, std::span<const std::uint16_t> steps,
                  std::span<const std::uint8_t> skipped)
        : m_clock(clock), m_steps(steps), m_skipped(skipped)
    {
    }

    /// The scores by step, against the days [begin, end).
    const std::array<float, kSteps> &against(std::size_t begin, std::size_t end)
    {
        if (begin == m_begin && end == m_end)
            return m_scores;
        if (begin >= m_end || end <= m_begin)
            restart(begin);
        while (m_begin > begin)
            add(--m_begin, 1);
        while (m_end < end)
            add(m_end++, 1);
        while (m_begin < begin)
            add(m_begin++, -1);
        while (m_end > end)
            add(--m_end, -1);
        score();
        return m_scores;
    }

private:
    void restart(std::size_t day)
    {
        m_counts.fill(0);
        m_total = 0;
        m_begin = m_end = day;
    }
    void add(std::size_t day, int sign)
    {
        for (std::size_t i = m_clock.days[day].begin; i < m_clock.days[day].end; ++i) {
            if (!m_skipped.empty() && m_skipped[i] != 0)
                continue;
            m_counts[m_steps[i]] += sign;
            m_total += sign;
        }
    }
    void score()
    {
        const double total = std::max<double>(1, static_cast<double>(m_total));
        const double edge = 0.5 / (total + 1);
        double below = 0;
        for (std::size_t step = 0; step < kSteps; ++step) {
            const auto count = static_cast<double>(m_counts[step]);
            m_scores[step] = normalQuantile(std::clamp((below + count / 2) / total, edge, 1 - edge));
            below += count;
        }
    }

    const CallClock &m_clock;
    std::span<const std::uint16_t> m_steps;
    std::span<const std::uint8_t> m_skipped;
    std::array<std::int64_t, kSteps> m_counts{};
    std::int64_t m_total = 0;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
    std::array<float, kSteps> m_scores{};
};

} // namespace

NormalScores normalScores(const CallClock &clock, std::span<const float> values,
                          std::span<const std::uint8_t> skipped,
                          std::span<const std::pair<std::size_t, std::size_t>> windows)
{
    NormalScores result;
    result.rhythm = rhythmOf(clock, values, skipped);
    std::vector<float> all(values.begin(), values.end());
    const float middle = medianOf(all);
    std::vector<std::uint16_t> steps(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const float offset = values[i] - result.rhythm[clock.cells[i]] - middle;
        const float step = offset * kStepsPerUnit + kSteps / 2;
        steps[i] = static_cast<std::uint16_t>(std::clamp(step, 0.0F, static_cast<float>(kSteps - 1)));
    }
    RollingScores rolling(clock, steps, skipped);
    result.scores.resize(values.size());
    for (std::size_t day = 0; day < clock.days.size(); ++day) {
        const auto &scores = rolling.against(windows[day].first, windows[day].second);
        for (std::size_t i = clock.days[day].begin; i < clock.days[day].end; ++i)
            result.scores[i] = scores[steps[i]];
    }
    result.spreads = overdispersion(result.scores, skipped);
    return result;
}

std::array<float, 3> overdispersion(std::span<const float> scores, std::span<const std::uint8_t> skipped)
{
    constexpr std::size_t kLeastRuns = 12;
    std::array<float, 3> spreads;
    float worst = 1;
    for (std::size_t block = 0; block < kBlocks.size(); ++block) {
        std::vector<float> sums;
        float sum = 0;
        std::size_t count = 0;
        for (std::size_t i = 0; i < scores.size(); ++i) {
            if (!skipped.empty() && skipped[i] != 0)
                continue;
            sum += scores[i];
            if (++count % kBlocks[block] == 0) {
                sums.push_back(sum / std::sqrt(static_cast<float>(kBlocks[block])));
                sum = 0;
            }
        }
        if (sums.size() >= kLeastRuns) {
            const float middle = medianOf(sums);
            for (float &value : sums)
                value = std::abs(value - middle);
            worst = std::max(worst, 1.4826F * medianOf(sums));
        }
        spreads[block] = worst;
    }
    return spreads;
}

} // namespace genscope

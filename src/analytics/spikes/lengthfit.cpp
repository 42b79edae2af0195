// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/spikes/lengthfit.h"

#include "analytics/columns.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace genscope {

namespace {

constexpr float kLowest = -6.9078F; // a millisecond
constexpr float kStepsPerUnit = 20;
/// A band with fewer calls asks its neighbours as well.
constexpr std::uint64_t kEnough = 30;

using Histogram = std::vector<std::uint64_t>;

std::uint64_t totalOf(const Histogram &histogram)
{
    std::uint64_t total = 0;
    for (const std::uint64_t count : histogram)
        total += count;
    return total;
}

/// Interpolated inside its step.
float medianOf(const Histogram &histogram, std::uint64_t total)
{
    const double half = static_cast<double>(total) / 2;
    double below = 0;
    for (std::size_t step = 0; step < histogram.size(); ++step) {
        const auto count = static_cast<double>(histogram[step]);
        if (count > 0 && below + count >= half)
            return kLowest +
                   static_cast<float>(static_cast<double>(step) + (half - below) / count) / kStepsPerUnit;
        below += count;
    }
    return kLowest;
}

} // namespace

int LengthFit::bandOf(std::int64_t tokens)
{
    if (tokens == kMissing || tokens < 0)
        return kBands - 1;
    const int band = static_cast<int>(3 * std::log2(static_cast<double>(tokens) + 1));
    return std::min(band, kBands - 2);
}

void LengthFit::add(std::uint32_t model, int band, float logSeconds)
{
    if (model >= m_counts.size())
        m_counts.resize(model + 1);
    if (!m_counts[model])
        m_counts[model] = std::make_unique<Counts>();
    const int step = std::clamp(static_cast<int>((logSeconds - kLowest) * kStepsPerUnit), 0, kSteps - 1);
    ++(*m_counts[model])[static_cast<std::size_t>(band * kSteps + step)];
}

void LengthFit::merge(const LengthFit &other)
{
    if (other.m_counts.size() > m_counts.size())
        m_counts.resize(other.m_counts.size());
    for (std::size_t model = 0; model < other.m_counts.size(); ++model) {
        if (!other.m_counts[model])
            continue;
        if (!m_counts[model])
            m_counts[model] = std::make_unique<Counts>();
        for (std::size_t i = 0; i < m_counts[model]->size(); ++i)
            (*m_counts[model])[i] += (*other.m_counts[model])[i];
    }
}

void LengthFit::finish()
{
    m_expected.resize(m_counts.size());
    for (std::size_t model = 0; model < m_counts.size(); ++model) {
        if (!m_counts[model])
            continue;
        const Counts &counts = *m_counts[model];
        const auto gathered = [&](int first, int last) {
            Histogram histogram(kSteps);
            for (int band = std::max(first, 0); band <= std::min(last, kBands - 1); ++band) {
                for (int step = 0; step < kSteps; ++step)
                    histogram[static_cast<std::size_t>(step)] +=
                        counts[static_cast<std::size_t>(band * kSteps + step)];
            }
            return histogram;
        };
        const Histogram all = gathered(0, kBands - 1);
        const std::uint64_t allCount = totalOf(all);
        for (int band = 0; band < kBands; ++band) {
            const bool unknown = band == kBands - 1;
            Histogram histogram = gathered(band, band);
            std::uint64_t count = totalOf(histogram);
            for (int width = 1; count < kEnough && width < kBands && !unknown; ++width) {
                histogram = gathered(band - width, std::min(band + width, kBands - 2));
                count = totalOf(histogram);
            }
            const bool enough = count >= kEnough;
            m_expected[model][static_cast<std::size_t>(band)] =
                enough ? medianOf(histogram, count) : medianOf(all, allCount);
        }
        m_counts[model].reset();
    }
}

} // namespace genscope

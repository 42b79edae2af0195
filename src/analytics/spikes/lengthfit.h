// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace genscope {

/// What a duration usually is, given the model and how long the answer was: the median of the model's calls
/// with about as many output tokens. Most of the spread of latencies is that of answer lengths, so what is
/// left (the residual) shows a slow model within a few calls. A median of every band needs no assumption on
/// how the two hang together, and does not follow the calls of a spike.
class LengthFit
{
public:
    static constexpr int kBands = 48; ///< the last gathers what has no token count

    /// A third of an octave of output tokens each. @param tokens  kMissing where not known
    static int bandOf(std::int64_t tokens);

    /// @param logSeconds  finite
    void add(std::uint32_t model, int band, float logSeconds);
    void merge(const LengthFit &other);
    /// Finds the medians; then nothing can be added.
    void finish();
    /// Log seconds that are usual for a call. After finish(), for models that were added.
    float expected(std::uint32_t model, int band) const
    {
        return m_expected[model][static_cast<std::size_t>(band)];
    }

private:
    static constexpr int kSteps = 400; ///< of a 20th in log seconds, from a millisecond on
    using Counts = std::array<std::uint32_t, static_cast<std::size_t>(kBands) * kSteps>;

    std::vector<std::unique_ptr<Counts>> m_counts; ///< by model
    std::vector<std::array<float, kBands>> m_expected;
};

} // namespace genscope

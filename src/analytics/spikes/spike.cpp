// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/spikes/spike.h"

#include <array>

namespace genscope {

namespace {

constexpr std::array<std::string_view, 5> kMeasures = {"latency_p95", "latency_p50", "ttft_p95", "error_rate",
                                                       "cost"};
constexpr std::array<std::string_view, 3> kSensitivities = {"low", "medium", "high"};

template<typename Enum, std::size_t N>
std::optional<Enum> fromName(const std::array<std::string_view, N> &names, std::string_view name)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (names[i] == name)
            return static_cast<Enum>(i);
    }
    return std::nullopt;
}

} // namespace

std::optional<SpikeMeasure> spikeMeasureFromName(std::string_view name)
{
    return fromName<SpikeMeasure>(kMeasures, name);
}

std::string_view spikeMeasureName(SpikeMeasure measure)
{
    return kMeasures[static_cast<std::size_t>(measure)];
}

std::vector<std::string_view> spikeMeasureNames()
{
    return {kMeasures.begin(), kMeasures.end()};
}

std::optional<SpikeSensitivity> spikeSensitivityFromName(std::string_view name)
{
    return fromName<SpikeSensitivity>(kSensitivities, name);
}

std::string_view spikeSensitivityName(SpikeSensitivity sensitivity)
{
    return kSensitivities[static_cast<std::size_t>(sensitivity)];
}

} // namespace genscope

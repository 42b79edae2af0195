// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/field.h"
#include "analytics/resulttable.h"
#include "core/money.h"
#include "core/timestamp.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// What can spike.
enum class SpikeMeasure { LatencyP95, LatencyP50, TtftP95, ErrorRate, Cost };
std::optional<SpikeMeasure> spikeMeasureFromName(std::string_view name);
std::string_view spikeMeasureName(SpikeMeasure measure); ///< as the measure of a query is called
std::vector<std::string_view> spikeMeasureNames();

/// How little is enough to be reported; docs/user-guide.md has the figures.
enum class SpikeSensitivity { Low, Medium, High };
std::optional<SpikeSensitivity> spikeSensitivityFromName(std::string_view name);
std::string_view spikeSensitivityName(SpikeSensitivity sensitivity);

/// What is looked for.
struct SpikeQuery
{
    SpikeMeasure measure = SpikeMeasure::LatencyP95;
    std::optional<Field> by; ///< each value by itself; absent: all calls together
    SpikeSensitivity sensitivity = SpikeSensitivity::Medium;

    bool operator==(const SpikeQuery &) const = default;
};

/// A value that takes part in a spike beyond its share of the traffic.
struct SpikeDriver
{
    std::string dimension;   ///< a field's name, or `output_tokens` with a range as its value
    Cell value;              ///< missing is a value like any other
    double shareInSpike = 0; ///< of the calls inside
    double shareBefore = 0;  ///< of the calls that the spike is compared with
    double contribution = 0; ///< its part of the excess; those of all values of a dimension add up to 1
};

inline constexpr std::size_t kSpikeTrend = 25; ///< those 10 to 14 lie inside

/// An interval in which a measure of one value is significantly above what is usual for it.
struct Spike
{
    SpikeMeasure measure = SpikeMeasure::LatencyP95;
    Cell value;             ///< of the dimension; missing is a value like any other
    std::uint32_t code = 0; ///< of the value, among those of one answer
    // When the calls started that make it: whole minutes, or buckets of a cost.
    Timestamp from;
    Timestamp to;
    // Seconds, a rate 0..1, or for a cost dollars in [from, to).
    double baseline = 0; ///< what is usual at these hours
    double observed = 0;
    double factor = 0;            ///< observed / baseline
    std::int64_t generations = 0; ///< started inside, with errors
    /// How many intervals at least as strong chance makes of all calls of the value, at most; not above 1.
    double pValue = 1;
    std::optional<Money> cost; ///< of the calls inside; absent where none is priced
    /// For latencies: how much longer the same answers took, and how much longer others made the calls, at
    /// the median; their product is the median's factor.
    std::optional<double> speedFactor;
    std::optional<double> lengthFactor;
    std::vector<SpikeDriver> drivers; ///< largest contribution first; filled by explainSpikes()
    /// The measure in kSpikeTrend equal stretches from two lengths before it to two after it, for a small
    /// line; NaN where nothing started. Filled by explainSpikes().
    std::vector<float> trend;
    // What it is compared with: calls that started in here, outside of spikes.
    Timestamp referenceFrom;
    Timestamp referenceTo;
};

} // namespace genscope

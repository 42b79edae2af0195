// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/snapshot.h"
#include "analytics/spikes/spike.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace genscope::test {

/// A spike that was put into traffic, or that is known of a dump.
struct KnownSpike
{
    std::string model;
    std::int64_t fromUs = 0;
    std::int64_t toUs = 0;
    double factor = 1;
    std::int64_t calls = 0; ///< that started inside and count for the measure: of latencies, successful ones
};

/// What is made up. The same options give the same traffic.
struct TrafficOptions
{
    std::uint32_t seed = 1;
    std::size_t generations = 150'000;
    int days = 7;
    int spikes = 6; ///< 0: a quiet time
    /// What spikes: LatencyP95, ErrorRate or Cost.
    SpikeMeasure measure = SpikeMeasure::LatencyP95;
};

struct Traffic
{
    std::shared_ptr<const Snapshot> snapshot;
    std::vector<KnownSpike> spikes;
};

/// Calls of 24 models as a product makes them: more by day than by night and on weekends, growing by half;
/// latencies of first token and output tokens that follow the load of the hour, wander with their provider,
/// and are alike within a trace; some calls hang for no reason; some fail; one model is new in the middle;
/// one is a sixth slower from some day on. In a spike all latencies, or all costs, of a model are a multiple,
/// from twice to eight times, or a tenth to seven tenths of its calls fail, for half an hour to seven and a
/// half.
Traffic makeTraffic(const TrafficOptions &options);

} // namespace genscope::test

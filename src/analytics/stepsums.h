// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/columns.h"
#include "core/event.h"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace genscope {

/// What the sums of a trace's tree need to know of one event. Times are microseconds since the epoch.
struct TraceStep
{
    int parent = -1; ///< index of a step before this one; -1: a child of the trace
    EventKind kind = EventKind::Span;
    std::int64_t startUs = 0;
    std::int64_t endUs = 0;                                    ///< equal to startUs without a latency
    double latency = std::numeric_limits<double>::quiet_NaN(); ///< seconds
    std::int64_t costPico = kMissing;
    std::int64_t inputTokens = kMissing;
    std::int64_t outputTokens = kMissing;
    bool failed = false;
};

/// A step together with everything below it.
struct StepSums
{
    int below = 0;  ///< steps below it
    int failed = 0; ///< failed steps, itself included
    /// From the first start to the last end: a step without a latency is as long as what is below it.
    std::int64_t startUs = 0;
    std::int64_t endUs = 0;
    /// Each call once, generations and embeddings only. kMissing if none has any.
    std::int64_t costPico = kMissing;
    std::int64_t inputTokens = kMissing;
    std::int64_t outputTokens = kMissing;
    /// PostHog's rule (posthog-semantics 5.2): a step's own value where it has one, else what its children
    /// have by the same rule; what is below a generation never counts. Parallel steps add up.
    std::int64_t postHogCostPico = kMissing;
    std::int64_t postHogInputTokens = kMissing;
    std::int64_t postHogOutputTokens = kMissing;
    double postHogLatency = std::numeric_limits<double>::quiet_NaN(); ///< seconds
    /// How long the trace waited for this step itself, and not for a step below it: making it faster by that
    /// much makes the trace faster by as much. 0 off the critical path.
    std::int64_t criticalUs = 0;
    bool critical = false; ///< on the critical path
};

/// @param steps  parents before their children
/// @return as many, in the same order
std::vector<StepSums> sumSteps(std::span<const TraceStep> steps);

} // namespace genscope

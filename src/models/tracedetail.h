// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/stepsums.h"
#include "workspace/workspace.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace genscope {

/// One event in a trace's tree.
struct TraceEvent
{
    /// Why it stands where it stands.
    enum class Place {
        Child,  ///< below its parent, or the trace's own child
        Orphan, ///< it names a parent that is not there
        Cycle,  ///< its parents lead back to it: the circle was cut here
    };

    std::uint32_t row = 0;
    int parent = -1; ///< index in the list
    EventKind kind = EventKind::Other;
    std::string name;
    std::string model;
    std::string error; ///< normalised
    std::int64_t startUs = 0;
    std::int64_t endUs = 0;        ///< equal to startUs without a latency
    std::optional<double> latency; ///< seconds
    std::optional<double> ttft;    ///< seconds, of streamed generations
    std::optional<std::int64_t> inputTokens;
    std::optional<std::int64_t> outputTokens;
    std::optional<Money> cost;
    bool failed = false;
    bool sharesId = false; ///< an earlier event has its id: what names that as parent went there
    Place place = Place::Child;
    StepSums sums; ///< with everything below
};

/// A trace with its events as a tree, parents before children. Immutable. @thread any
struct TraceDetail
{
    TraceSummary summary;
    std::string id;
    std::string name;
    std::string session;
    std::string user;
    std::string distinctId; ///< of the earliest event: whom PostHog shows as the user
    std::string customer;
    QStringList tools;
    Zone zone;
    std::vector<TraceEvent> events;
    std::vector<std::uint32_t> notes; ///< rows of its metrics and feedback, which are no steps
    std::int64_t startUs = 0;         ///< of the first step to start
    std::int64_t endUs = 0;           ///< of the last to end
    int orphans = 0;
    int cycles = 0;
    int sharedIds = 0;
};

/// @error Database, Cancelled; Usage if there is no such trace @thread a worker
Result<std::shared_ptr<const TraceDetail>> loadTraceDetail(const Selection &selection,
                                                           const std::string &trace);

/// Makes StepSums of its events, and its span of time, of what they say of themselves.
void sumUp(TraceDetail &trace);

} // namespace genscope

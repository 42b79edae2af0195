// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/workspace.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace genscope {

/// One event in a trace's tree.
struct TraceEvent
{
    std::uint32_t row = 0;
    int parent = -1; ///< index in the list
    EventKind kind = EventKind::Other;
    std::string name;
    std::string model;
    std::string error; ///< normalised
    std::int64_t startUs = 0;
    std::optional<double> latency; ///< seconds
    std::optional<std::int64_t> inputTokens;
    std::optional<std::int64_t> outputTokens;
    std::optional<Money> cost;
    bool failed = false;
};

/// A trace with its events as a tree, parents before children. Immutable. @thread any
struct TraceDetail
{
    TraceSummary summary;
    std::string id;
    std::string name;
    std::string session;
    std::string user;
    std::string customer;
    QStringList tools;
    Zone zone;
    std::vector<TraceEvent> events;
};

/// @error Database; Usage if there is no such trace @thread a worker
Result<std::shared_ptr<const TraceDetail>> loadTraceDetail(const Selection &selection,
                                                           const std::string &trace);

} // namespace genscope

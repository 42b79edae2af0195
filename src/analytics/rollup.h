// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/query.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace genscope {

/// One trace, summed by PostHog's rules (posthog-semantics 4.2) and ours where they mislead.
struct TraceSummary
{
    static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

    std::uint32_t trace = 0;   ///< code in DictField::Trace
    std::uint32_t session = 0; ///< code in DictField::Session: the earliest event's that has one
    /// Code in DictField::SpanName: the earliest $ai_trace's, else the earliest event's that has one.
    std::uint32_t name = 0;
    /// User key (Snapshot::Users): the earliest $ai_trace's, else the earliest event's that has one; 0:
    /// anonymous.
    std::uint32_t user = 0;
    std::uint32_t customer = 0;   ///< code of the customer reader's values: the earliest event's; 0: none
    std::int64_t firstSeenUs = 0; ///< earliest timestamp
    std::int64_t lastSeenUs = 0;  ///< latest timestamp
    /// When its first step began and its last one ended: SDKs stamp a call when it ends, OTel when it begins.
    std::int64_t startedUs = 0;
    std::int64_t endedUs = 0;
    std::int64_t events = 0;
    std::int64_t generations = 0;
    std::int64_t embeddings = 0;
    std::int64_t spans = 0;
    std::int64_t errors = 0;             ///< events of PostHog's six kinds
    std::int64_t inputTokens = kMissing; ///< generations and embeddings, as the next three
    std::int64_t outputTokens = kMissing;
    std::int64_t costPico = kMissing; ///< kMissing if none is priced
    std::int64_t unpriced = 0;        ///< without a cost, but for errors without any token count
    double latencyPostHog = kNone;    ///< seconds by PostHog's rule; NaN if no event has a latency
    /// Seconds by PostHog's rule for sessions (4.8): the $ai_trace's latency, else the sum over its
    /// generations, embeddings and spans.
    double latencyInSession = kNone;
    double latencyWall =
        kNone; ///< seconds: the union of the events' intervals; NaN if no event has a latency
    std::vector<std::uint32_t> tools; ///< members of the `tool` reader, by their generations, ascending
};

/// Traces that have at least one event in @p rows, over all of their events, newest first. @error Cancelled,
/// Database
Result<std::vector<TraceSummary>> summariseTraces(const RowSet &rows, const QueryContext &context);

/// A session: the traces of which an event names it, and the events without trace that do.
struct SessionSummary
{
    /// Over all events of the session, as for a trace; but latencyPostHog is PostHog's sum for sessions: each
    /// trace's latencyInSession.
    TraceSummary totals;
    std::int64_t traces = 0;
};

/// Sessions that have at least one event in @p rows, over all of their events, newest (by last event) first.
/// @error Cancelled, Database
Result<std::vector<SessionSummary>> summariseSessions(const RowSet &rows, const QueryContext &context);

/// All rows of the traces (sessions) that have at least one event in @p rows. @error Cancelled
Result<RowSet> rowsOfTraces(const RowSet &rows, const QueryContext &context);
Result<RowSet> rowsOfSessions(const RowSet &rows, const QueryContext &context);

/// A node of one trace's tree.
struct TraceNode
{
    std::uint32_t row = 0;
    std::int64_t startUs = 0; ///< timestamp - latency, or timestamp for OTel events
    int parent = -1;          ///< index in the list, -1 for roots (children of the trace, and orphans)
    int depth = 0;
};

/// All events of one trace but metrics and feedback: every parent directly before its subtree, siblings by
/// start, orphans after the children of the trace; cycles are cut at their earliest event.
/// @p idOf and @p parentOf give an event's span id and parent id (empty if none; an event without span id
/// goes by its uuid).
std::vector<TraceNode> traceTree(const Snapshot &snapshot, std::uint32_t trace,
                                 const std::function<std::string(std::uint32_t)> &idOf,
                                 const std::function<std::string(std::uint32_t)> &parentOf);

} // namespace genscope

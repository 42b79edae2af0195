// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingest/json.h"

#include <functional>
#include <string>

namespace genscope {

// Whole traces as PostHog's window copies them and as its API answers them. Both become events as EventParser
// reads them; the same trace always gives the same events.

using EventTextSink = std::function<void(std::string &&json)>;

/// The tree that “Copy trace JSON” gives: `{"trace_id", "timestamp", "events": [{"type", "name",
/// "children"}]}`.
bool isCopiedTrace(json::Value object);
/// One `$ai_trace` event for the trace and one event for every node. A node has no identity of its own: uuid
/// and span id are derived from the trace id and the position in the tree. It has no time either: the events
/// stand in the order of the tree, a microsecond apart from the trace's timestamp on. There is no user: the
/// events are anonymous.
void eventsOfCopiedTrace(json::Value object, const EventTextSink &take);

/// A trace in an answer of TraceQuery or TracesQuery: `{"id", "createdAt", "person", "events": [...]}`.
bool isQueriedTrace(json::Value object);
/// Its events, with the person, and an `$ai_trace` event for what only the trace says (name, states, totals)
/// unless there is one among them.
void eventsOfQueriedTrace(json::Value object, const EventTextSink &take);

} // namespace genscope

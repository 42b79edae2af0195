// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/conversation.h"
#include "workspace/workspace.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace genscope {

/// One call of a session: what it added to the conversation.
struct SessionTurn
{
    std::uint32_t row = 0; ///< of the snapshot
    std::string trace;     ///< empty: none
    std::string model;
    Timestamp timestamp;
    std::optional<double> latency; ///< seconds
    std::optional<Money> cost;     ///< absent: unpriced
    bool failed = false;
    std::string error;
    int traceNumber = 0; ///< from 1, in the order of the session
    bool beginsTrace = false;
    Conversation conversation;
    /// Messages at the start that the turn before had already.
    std::size_t shared = 0;
};

/// A session as one conversation: the calls of all its traces, one trace after the other. A trace without
/// calls is there with what its `$ai_trace` event carries. Text is untrusted. Immutable. @thread any
struct SessionDetail
{
    std::string id;
    Zone zone;
    int traces = 0;
    std::size_t earlier = 0; ///< turns before the first one here, which were not asked for
    std::vector<SessionTurn> turns;
    QStringList searched; ///< texts that the filter looks for in prompts and outputs
};

/// The last @p most turns of a session, over all of its events; fewer where they are very large.
/// @error Database, Cancelled; Usage if there is no such session @thread a worker
Result<std::shared_ptr<const SessionDetail>> loadSessionDetail(const Selection &selection,
                                                               const std::string &session, std::size_t most);

} // namespace genscope

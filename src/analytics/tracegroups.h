// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/rowset.h"
#include "analytics/snapshot.h"
#include "core/result.h"
#include "core/stoptoken.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace genscope {

/// Which sum of a roll-up each event belongs to.
struct TraceGroups
{
    static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

    std::uint32_t count = 0;              ///< groups are 0 .. count-1
    std::vector<std::uint32_t> ofTrace;   ///< by trace code
    std::vector<std::uint32_t> ofSession; ///< by session code, for events without a trace; may be empty

    /// The traces that have an event in @p rows, each a group.
    static TraceGroups byTrace(const RowSet &rows, const Snapshot &snapshot);
    /// The sessions that have an event in @p rows, each a group; @p sessionOfGroup gets their codes. A trace
    /// belongs to the session that its earliest event with a session names.
    static TraceGroups bySession(const RowSet &rows, const Snapshot &snapshot,
                                 std::vector<std::uint32_t> &sessionOfGroup);

    std::uint32_t of(std::uint32_t trace, std::uint32_t session) const
    {
        return trace != 0 || ofSession.empty() ? ofTrace[trace] : ofSession[session];
    }
    /// Every row that is in a group. @error Cancelled
    Result<RowSet> rows(const Snapshot &snapshot, const StopToken &stop) const;
};

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/lists.h"
#include "analytics/query.h"

#include <optional>
#include <string_view>

namespace genscope {

std::string_view eventMatchName(EventMatch match); ///< `some`, `all`
std::optional<EventMatch> eventMatchFromName(std::string_view name);

/// The part of @p rows that belongs to traces (sessions) of which every event in the scope's time range is
/// in @p rows: what EventMatch::All lists. Events of all kinds count. Rows without a trace (session) stay:
/// no list shows them. @param kind  Traces or Sessions @error Cancelled
Result<RowSet> rowsOfFullMatches(ListKind kind, const Scope &scope, const RowSet &rows,
                                 const QueryContext &context);

} // namespace genscope

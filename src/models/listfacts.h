// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/listrows.h"

#include <optional>
#include <vector>

namespace genscope {

/// What a list's rows add up to, for the line below it.
struct ListFacts
{
    std::int64_t rows = 0;
    std::optional<Money> cost; ///< absent if nothing is priced
    std::int64_t unpriced = 0; ///< lists of events only
    std::int64_t errors = 0;
    std::optional<double> latencyP95; ///< seconds
};

/// @param positions  absent: all rows @error as runQuery() @thread a worker
Result<ListFacts> listFacts(ListKind kind, const ListRows &rows, const std::optional<RowRanges> &positions);

/// How many rows the list has without any filter; nothing where that takes a pass over all events.
/// @thread a worker
std::optional<std::int64_t> storedRows(ListKind kind, const Snapshot &snapshot);

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/query.h"
#include "store/storereader.h"

#include <cstdint>
#include <memory>

namespace genscope {

class PriceBook;

/// The rows that a scope selects in one snapshot, with what is needed to compute on them. Immutable; hold on
/// to it as long as its numbers are shown. @thread any
struct Selection
{
    std::shared_ptr<const Snapshot> snapshot;  ///< at the prices of the scope
    std::shared_ptr<const Snapshot> stored;    ///< as the store has it; the same where nothing differs
    std::shared_ptr<const PriceBook> prices;   ///< of the store; null for an empty workspace
    std::shared_ptr<const StoreReader> reader; ///< null for an empty workspace
    Scope scope;
    RowSet rows; ///< all kinds
    QueryContext context;
    std::uint64_t generation = 0;

    std::int64_t matchedEvents = 0;
    std::int64_t storedEvents = 0;

    /// The range the data covers: from the first event to just after the last one; open if there is none.
    TimeRange covered() const;
};

/// Applies @p scope to @p snapshot.
/// @param cache  readers of properties that an earlier selection of the same snapshot opened, or null
/// @param stop   also of what is computed on the selection's context later, unless that gets another token
/// @error Database, Cancelled; Usage for a filter pattern that is refused
Result<std::shared_ptr<const Selection>> makeSelection(std::shared_ptr<const Snapshot> snapshot,
                                                       std::shared_ptr<const StoreReader> reader,
                                                       const Scope &scope, std::shared_ptr<FieldCache> cache,
                                                       const StopToken &stop);

/// The part of a selection that @p filter matches as well. @error as makeSelection()
Result<RowSet> narrowed(const Selection &selection, const Filter &filter);

} // namespace genscope

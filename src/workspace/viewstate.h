// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/query.h"
#include "workspace/arrangement.h"
#include "workspace/periodcomparison.h"

#include <optional>

namespace genscope {

/// All that undo and redo walk through: what is looked at, what it is held against, into which buckets
/// charts cut time, on which page, and how that is laid out.
struct ViewState
{
    Scope scope;
    PeriodComparison comparison;
    std::optional<Interval> interval; ///< absent: what suits the range
    Arrangement arrangement;

    /// Whether only the arrangement may differ.
    bool looksAtTheSame(const ViewState &other) const
    {
        return scope == other.scope && comparison == other.comparison && interval == other.interval;
    }
    /// The range that the comparison means; nothing if there is none.
    std::optional<TimeRange> comparedRange() const
    {
        return genscope::comparedRange(comparison, scope.range, scope.zone);
    }
};

} // namespace genscope

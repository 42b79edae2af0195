// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/query.h"
#include "workspace/periodcomparison.h"

#include <optional>

namespace genscope {

/// All that undo and redo walk through: what is looked at, what it is held against, and into which buckets
/// charts cut time.
struct ViewState
{
    Scope scope;
    PeriodComparison comparison;
    std::optional<Interval> interval; ///< absent: what suits the range

    /// The range that the comparison means; nothing if there is none.
    std::optional<TimeRange> comparedRange() const
    {
        return genscope::comparedRange(comparison, scope.range, scope.zone);
    }
};

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/dataissue.h"
#include "analytics/field.h"
#include "analytics/filter.h"
#include "core/uuid.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace genscope {

/// Something that looks wrong in the events of a store, over all time. A plain value.
struct DataFinding
{
    DataIssue issue = DataIssue::TtftAfterEnd;
    std::int64_t events = 0;      ///< that have it; exactly what the filter matches
    std::int64_t generations = 0; ///< of these
    std::int64_t checked = 0;     ///< events that could have it
    std::vector<Uuid> examples;   ///< the first few
    QString evidence;             ///< where it comes from and what it was told by, in a sentence or two

    double share() const
    {
        return checked > 0 ? static_cast<double>(events) / static_cast<double>(checked) : 0;
    }
    Filter filter() const; ///< `issue = "CODE"`
};

/// Looks for what is wrong. Warnings come first, what concerns most events first.
/// @param wanted  kColumnIssues is fast (a few hundredths of a second a million events); what is more reads
/// kept
///                events
/// @error Database, Cancelled. @thread any but the GUI's
Result<std::vector<DataFinding>> findDataIssues(const DataContext &context, FieldCache &cache,
                                                IssueMask wanted = kAllIssues);

} // namespace genscope

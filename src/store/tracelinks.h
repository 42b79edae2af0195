// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/stoptoken.h"

#include <QString>

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace genscope {

/// The ids that hang an event into its trace's tree, which no column holds. Empty where the event has none.
struct TraceLink
{
    std::string id;     ///< `$ai_generation_id`, else `$ai_span_id`
    std::string parent; ///< `$ai_parent_id`
};

/// Reads the links of those rows of a store, in one pass over the light blocks that hold them: prompts are
/// not touched. Rows with neither id are left out. @error Database, Cancelled @thread any
Result<std::unordered_map<std::uint32_t, TraceLink>>
readTraceLinks(const QString &storePath, const std::vector<std::uint32_t> &rows, const StopToken &stop);

} // namespace genscope

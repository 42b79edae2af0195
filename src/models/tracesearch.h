// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tracedetail.h"

#include <string>
#include <vector>

namespace genscope {

/// The events of a trace that say @p needle anywhere people look: kind, name, model, error, prompt or output.
/// Upper and lower case are the same. Indices in TraceDetail::events, ascending.
/// @param source  of the content; null: only what the trace itself holds
/// @error Cancelled, Database @thread a worker
Result<std::vector<int>> findInTrace(const TraceDetail &trace, const std::string &needle, std::size_t rows,
                                     const EventSource *source, const StopToken &stop);

} // namespace genscope

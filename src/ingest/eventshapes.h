// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/event.h"
#include "core/result.h"
#include "ingest/eventtime.h"
#include "ingest/json.h"

#include <functional>
#include <string>

namespace genscope {

/// What is inside of a JSON object of another shape than an event: objects that EventParser reads.
struct ShapeSink
{
    std::function<void(RecordKind kind, std::string &&json)> record;
    /// The body of a capture request, and what the request says besides.
    std::function<void(std::string &&body, const CaptureEnvelope &envelope)> body;
    std::function<void(const Error &error)> reject;
};

/// Opens objects that name no event: rows and pages of persons, traces as copied or queried, exports of
/// OpenTelemetry, recorded capture requests. @return false if @p object is none of these
bool openShape(json::Value object, const ShapeSink &sink);

/// What a row of ai_events that is given as an object means, with the columns in their places.
struct TableRow
{
    RecordKind kind = RecordKind::Event;
    std::string json; ///< empty: no row of that table
};
TableRow tableRowOf(json::Value object);

} // namespace genscope

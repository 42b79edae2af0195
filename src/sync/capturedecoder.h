// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/event.h"
#include "ingest/importreport.h"
#include "sync/captureanswers.h"
#include "sync/httpserver.h"

#include <cstddef>
#include <vector>

namespace genscope {

/// What a request for events holds, and how it is answered.
struct DecodedCapture
{
    std::vector<Event> events;
    std::vector<Reject> rejects; ///< of events that could not be read; `file` is the route
    HttpAnswer answer;           ///< once the events are stored; if there are none, at once
};

/// Reads the events of a request by the same rules as a dump. Events that can be read are kept although
/// others of the request cannot. @param most  bytes that its body may decompress to. @thread any
DecodedCapture decodeCapture(HttpRequest request, Timestamp receivedAt, const CapturePolicy &policy,
                             std::size_t most);

} // namespace genscope

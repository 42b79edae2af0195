// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "ingest/json.h"

#include <functional>
#include <string>
#include <string_view>

namespace genscope {

// Traces as OpenTelemetry exports them (OTLP), as the events that PostHog makes of them.

/// Whether @p object is an export of traces: `{"resourceSpans":[...]}`.
bool isOtlpRequest(json::Value object);

/// Takes the events of an export: one for each span that is about a model. A span is one if its name or one
/// of its attributes begins with `gen_ai.`, `llm.`, `ai.` or `traceloop.`; others are left out, as PostHog
/// does. Trace and span id make the uuid, so that a span that is sent again is the same event.
void eventsOfOtlp(json::Value object, const std::function<void(std::string &&json)> &take);

/// The JSON form of an ExportTraceServiceRequest in protobuf. @error Parse: it is none
Result<std::string> otlpJsonOf(std::string_view protobuf);

} // namespace genscope

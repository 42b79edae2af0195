// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "ingest/eventtime.h"
#include "ingest/json.h"
#include "ingest/multipart.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

// Capture requests as SDKs send them: received over the network, saved as a file (the body alone, or head and
// body as curl and proxies write them), or recorded as JSON, one request an object.

/// What a route takes, whatever stands before it in the path (a proxy's prefix, say).
enum class CaptureRoute {
    None,      ///< no events: flags, remote config, health
    Events,    ///< `/batch`, `/e`, `/capture` and their like
    AiEvents,  ///< `/i/v0/ai/batch`: the same body, AI events only
    V1,        ///< `/i/v1/analytics/events`: an envelope, and headers that say the rest
    Multipart, ///< `/i/v0/ai`: one AI event in parts
    Otlp,      ///< `/i/v0/ai/otel`: traces of OpenTelemetry, protobuf or JSON
};
/// The route of a request's target; its query and a slash at the end do not matter.
CaptureRoute captureRouteOf(std::string_view target);

/// A body as it came, with what its decoding depends on.
struct RequestBody
{
    std::string bytes;
    CaptureRoute route = CaptureRoute::Events;
    CaptureEnvelope envelope; ///< what the request says besides its body
};
struct DecodedBody
{
    std::string json;                 ///< what EventParser::parseAll() takes
    std::vector<MultipartPart> parts; ///< of a multipart event
};

/// What a decoded body, and what it decompresses to, may hold. [bytes]
inline constexpr std::size_t kMostDecoded = std::size_t{256} << 20;

/// The JSON of a body: decompressed (gzip, zlib, zstd, brotli, by the bytes themselves), taken out of a form
/// (`data=` BASE64 or LZ-String), read as protobuf, or put together from the parts of a multipart AI event.
/// Blobs of a multipart event that are neither JSON nor text become `data:` URLs.
/// @error Parse: it cannot be decoded; Io: it holds more than @p most bytes
Result<DecodedBody> decodedBody(const RequestBody &body, std::size_t most = kMostDecoded);

/// `?sent_at=` and `?_=` of a request's target: when the client sent it.
std::optional<Timestamp> sentAtOf(std::string_view target);

/// Whether @p object is a recorded request: `{"method", "path", "headers", "body_base64" | "json" | "body"}`.
bool isRecordedRequest(json::Value object);
struct RecordedRequest
{
    CaptureRoute route = CaptureRoute::None;
    RequestBody body;
};
RecordedRequest recordedRequestOf(json::Value object);

/// Whether a file that begins so is a saved body or request that is no plain JSON.
bool looksLikeSavedRequest(std::string_view head);
/// The body of such a file.
RequestBody savedRequestBody(std::string_view file);

} // namespace genscope

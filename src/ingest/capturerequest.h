// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "ingest/eventtime.h"
#include "ingest/json.h"

#include <string>
#include <string_view>

namespace genscope {

// Capture requests that were saved: as a file (the body alone, or head and body as curl and proxies write
// them), or recorded as JSON, one request an object.

/// A body as it came, with what its decoding depends on.
struct RequestBody
{
    std::string bytes;
    std::string contentType;  ///< empty: told from the bytes
    CaptureEnvelope envelope; ///< what the request says besides its body
};

/// The JSON of a body: decompressed (gzip, zlib, by the first bytes), taken out of a form
/// (`data=` BASE64), or put together from the parts of a multipart AI event. Blobs of a multipart event that
/// are neither JSON nor text become `data:` URLs.
/// @error Parse: it cannot be decoded
Result<std::string> bodyText(const RequestBody &body);

/// Whether @p object is a recorded request: `{"method", "path", "headers", "body_base64" | "json" | "body"}`.
bool isRecordedRequest(json::Value object);
struct RecordedRequest
{
    bool isCapture = false; ///< false: it asks for flags, say
    RequestBody body;
};
RecordedRequest recordedRequestOf(json::Value object);

/// Whether a file that begins so is a saved body or request that is no plain JSON.
bool looksLikeSavedRequest(std::string_view head);
/// The body of such a file.
RequestBody savedRequestBody(std::string_view file);

} // namespace genscope

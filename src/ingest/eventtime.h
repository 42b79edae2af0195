// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/timestamp.h"
#include "ingest/capturedobject.h"

#include <optional>
#include <string>

namespace genscope {

/// What a capture body says about all of its events.
struct CaptureEnvelope
{
    std::optional<Timestamp> sentAt;     ///< by the client's clock
    std::optional<Timestamp> receivedAt; ///< by ours; absent for files
    std::string sdk = {};                ///< `posthog-node/5.70.0`: v1 requests say it once for all events
};

/// An ISO text (UTC where it has no offset) or epoch seconds or milliseconds, also as text; nothing if
/// neither.
std::optional<Timestamp> timeOf(json::Value value);

/// When the event happened: its own timestamp, corrected by the client's clock skew where both ends are
/// known; else what `offset` and the envelope say. @error Parse: no usable timestamp
Result<Timestamp> eventTime(const CapturedObject &object, const CaptureEnvelope &envelope);

/// When the server recorded the event, by an export: `created_at`, else `_inserted_at`.
std::optional<Timestamp> recordedTime(const CapturedObject &object);

/// The envelope as the store keeps it (`{"sent_at":...,"received_at":...,"sdk":...}`), empty if it says
/// nothing; and back.
std::string envelopeToJson(const CaptureEnvelope &envelope);
CaptureEnvelope envelopeFromJson(std::string_view json);
/// What the members of a capture body say, and what is known @p around it.
CaptureEnvelope envelopeOf(const CapturedObject &body, const CaptureEnvelope &around);

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/event.h"
#include "core/result.h"

#include <memory>
#include <string>
#include <string_view>

namespace genscope {

/// What a capture body says about all of its events.
struct CaptureEnvelope
{
    std::optional<Timestamp> sentAt;
    std::optional<Timestamp> receivedAt; ///< absent for files
};

/// Turns JSON objects into events. Keeps parser buffers between calls: one per thread.
class EventParser
{
public:
    EventParser();
    ~EventParser();
    EventParser(const EventParser &) = delete;
    EventParser &operator=(const EventParser &) = delete;

    /// One event: a batch-export row (`properties` an object or a JSON string) or a capture event.
    /// @param json  exactly one JSON object; no padding needed
    /// @error Parse: not one JSON object, invalid UTF-8, no event name, no usable timestamp
    Result<Event> parse(std::string_view json, const CaptureEnvelope &envelope = {});
    /// The same from what the store keeps of an event.
    Result<Event> parseStored(std::string_view json, std::string_view context);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Unites two copies of one event (same uuid): properties of either are kept; where both have a different
/// non-null value the one of the copy that is greater by (created_at, bytes) wins, so the order of arrival
/// does not matter. Answers @p a or @p b itself, byte for byte, if it already holds everything. @error Parse
Result<std::string> uniteEvents(std::string_view a, std::string_view b);

/// PostHog's grouping key of an error text (posthog-semantics 1.9).
std::string normaliseError(std::string_view error);

/// The text that a person would read in a heavy JSON value: all string leaves except under keys that only
/// structure it
/// (`role`, `type`, `id`), joined by newlines. For content search. @thread any
std::string decodedText(std::string_view json);

} // namespace genscope

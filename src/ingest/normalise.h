// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/event.h"
#include "core/result.h"
#include "ingest/eventtime.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace genscope {

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
    /// What else a row may be. @error Parse: it is not that
    Result<Event> parseRecord(RecordKind kind, std::string_view json);
    /// The same from what the store keeps of an event.
    Result<Event> parseStored(std::string_view json, std::string_view context);

    /// Takes the events of a text in order. @p element counts from 1 in a list or batch; 0: the text is one
    /// event.
    using EventSink = std::function<void(std::int64_t element, Result<Event> &&event)>;
    /// Every event of a text that may also be a list of events, a capture body
    /// (`{"batch":[...],"sent_at":...}` and the v1 form with `created_at`), or of a shape that openShape()
    /// opens. What is no event is one error; a text without any event is one too.
    /// @param envelope  what is known besides the text: when a request was received, say
    void parseAll(std::string_view json, const CaptureEnvelope &envelope, const EventSink &sink);

private:
    void takeObject(std::int64_t element, const CaptureEnvelope &envelope, const EventSink &sink);

    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Unites two copies of one event (same uuid): properties of either are kept. Where both have a different
/// non-null value, that of the copy with the later created_at wins; without a later one, the greater bytes of
/// the value, so that the order of arrival does not matter. Answers @p a or @p b itself, byte for byte, if it
/// already holds everything.
/// @error Parse
Result<std::string> uniteEvents(std::string_view a, std::string_view b);

/// PostHog's grouping key of an error text (posthog-semantics 1.9).
std::string normaliseError(std::string_view error);

/// The text that a person would read in a heavy JSON value: all string leaves except under keys that only
/// structure it
/// (`role`, `type`, `id`), joined by newlines. A string that holds a JSON list or object is read like one.
/// For content search. @thread any
std::string decodedText(std::string_view json);

} // namespace genscope

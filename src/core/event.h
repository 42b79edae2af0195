// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/timestamp.h"
#include "core/usage.h"
#include "core/uuid.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// What an event stands for. The order is part of the store's format: append only.
enum class EventKind : std::uint8_t {
    Generation, ///< $ai_generation
    Embedding,  ///< $ai_embedding
    Span,       ///< $ai_span
    Trace,      ///< $ai_trace
    Metric,     ///< $ai_metric
    Feedback,   ///< $ai_feedback
    Evaluation, ///< $ai_evaluation
    Other,      ///< any other event, kept because it is an AI event or because all were asked for
};
inline constexpr int kEventKindCount = 8;

EventKind eventKindFromName(std::string_view eventName);
std::string_view eventKindName(EventKind kind); ///< `generation`, ... `other`
std::optional<EventKind> eventKindFromKindName(std::string_view kindName);

/// True for names that begin with `$ai_`; events that carry `$ai_trace_id` are AI events too.
bool isAiEventName(std::string_view eventName);

/// A piece of text inside `Event::raw`.
struct ByteSpan
{
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
};

/// One group an event belongs to. With only `$group_<index>` on the event the type is not known yet and
/// empty.
struct GroupKey
{
    std::string type;
    int index = -1; ///< PostHog's group type index, -1 if not known
    std::string key;
};

/// What `$identify`, `$set`, `$set_once`, `$unset` and `$groupidentify`, or rows of a persons export, say
/// about a person or a group.
struct PropertyUpdate
{
    enum class Target : std::uint8_t {
        Person,
        PersonOnce,
        PersonDeleted, ///< all that was known before is gone
        Group,
    };
    Target target = Target::Person;
    std::string groupType; ///< Group only
    std::string groupKey;  ///< Group only
    std::string json;      ///< an object
};

/// What a captured record is. Nearly all are events.
enum class RecordKind : std::uint8_t {
    Event,
    Content, ///< heavy properties of an event that is told by its uuid only: no name, no timestamp
    Person,  ///< a person as of `timestamp`: distinctId, personId and updates
};

/// One PostHog event after normalisation: types are settled, `""` and null in `$ai_*` are absent, ids are
/// strings. Text is UTF-8; an unpaired surrogate in the JSON becomes U+FFFD here and stays as it was in
/// `raw`.
struct Event
{
    Uuid uuid;
    RecordKind record = RecordKind::Event;
    std::string name;
    EventKind kind = EventKind::Other;
    Timestamp timestamp;
    std::optional<Timestamp> recordedAt; ///< when PostHog took it in (`created_at`, else `_inserted_at`)

    std::string distinctId;
    std::string personId;
    std::string traceId;
    std::string sessionId;
    std::string spanId; ///< $ai_generation_id, else $ai_span_id
    std::string parentId;
    std::string spanName; ///< $ai_span_name, on a trace else $ai_trace_name
    std::string model;
    std::string provider;
    std::string framework;
    std::string lib;             ///< $ai_lib, else $lib
    std::string error;           ///< $ai_error as text, errors only
    std::string errorNormalized; ///< $ai_error_normalized, computed where absent; errors only
    std::vector<std::string>
        tools; ///< distinct names of $ai_tools_called in call order, computed where absent

    std::optional<double> latencySeconds;
    std::optional<double> timeToFirstTokenSeconds;
    std::optional<std::int32_t> httpStatus;
    std::optional<bool> stream;
    bool isError = false;
    bool startsAtTimestamp = false; ///< OTel events are stamped at the start of the call, others at its end

    Usage usage;

    std::vector<GroupKey> groups;
    std::string personProperties; ///< JSON object carried by the event, or empty
    std::vector<PropertyUpdate> updates;

    std::string raw;             ///< the captured JSON object, byte for byte
    std::vector<ByteSpan> heavy; ///< values of the heavy properties inside raw, in order, not overlapping
    /// Equal for events that name the same properties and person properties in the same order.
    std::uint64_t namesHash = 0;
    std::string context; ///< what the envelope of a capture body adds (`{"sent_at":...}`), or empty

    /// Notes on values that could not be kept as numbers (1e400, 2^70 tokens): they count as missing and are
    /// reported.
    std::vector<std::string> notes;

    bool isAiEvent() const { return kind != EventKind::Other || !traceId.empty() || isAiEventName(name); }
    /// True if the user is nobody: SDKs use the trace id as distinct_id when the caller gave none.
    bool isAnonymous() const { return !traceId.empty() && distinctId == traceId; }
};

} // namespace genscope

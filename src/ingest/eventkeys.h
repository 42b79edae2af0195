// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingest/json.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace genscope {

/// The members of a captured event object that normalisation reads. Order as in kEventKeyNames.
enum class EventKey : std::uint8_t {
    Uuid,
    Event,
    Timestamp,
    CreatedAt,
    DistinctId,
    DollarDistinctId,
    PersonId,
    Properties,
    PersonProperties,
    Person,
    Set,
    SetOnce,
    Unset,
    Offset,
    Options,
    Batch,
    SentAt,
    ReceivedAt,
    InsertedAt,
    End
};

inline constexpr std::array<std::string_view, static_cast<std::size_t>(EventKey::End)> kEventKeyNames = {
    "uuid",        "event",      "timestamp",         "created_at", "distinct_id", "$distinct_id",
    "person_id",   "properties", "person_properties", "person",     "$set",        "$set_once",
    "$unset",      "offset",     "options",           "batch",      "sent_at",     "received_at",
    "_inserted_at"};

/// Other names of members: in warehouse tables, in Snowflake's upper case, in API answers. They count where
/// the usual name is missing.
struct EventKeyAlias
{
    std::string_view name;
    EventKey key;
};
inline constexpr std::array kEventKeyAliases = {
    EventKeyAlias{"id", EventKey::Uuid},
    EventKeyAlias{"createdAt", EventKey::Timestamp},
    EventKeyAlias{"set", EventKey::Set},
    EventKeyAlias{"set_once", EventKey::SetOnce},
    EventKeyAlias{"people_set", EventKey::Set},
    EventKeyAlias{"people_set_once", EventKey::SetOnce},
    EventKeyAlias{"UUID", EventKey::Uuid},
    EventKeyAlias{"EVENT", EventKey::Event},
    EventKeyAlias{"TIMESTAMP", EventKey::Timestamp},
    EventKeyAlias{"CREATED_AT", EventKey::CreatedAt},
    EventKeyAlias{"DISTINCT_ID", EventKey::DistinctId},
    EventKeyAlias{"PERSON_ID", EventKey::PersonId},
    EventKeyAlias{"PROPERTIES", EventKey::Properties},
    EventKeyAlias{"PERSON_PROPERTIES", EventKey::PersonProperties},
    EventKeyAlias{"SET", EventKey::Set},
    EventKeyAlias{"SET_ONCE", EventKey::SetOnce},
    EventKeyAlias{"PEOPLE_SET", EventKey::Set},
    EventKeyAlias{"PEOPLE_SET_ONCE", EventKey::SetOnce},
};

/// Content columns of ai_events: an object with one of them is a row of that table, and holds properties
/// outside of `properties`.
inline constexpr std::array<std::string_view, 6> kAiTableColumns = {
    "input", "output", "output_choices", "input_state", "output_state", "tools"};

/// The properties that normalisation reads. Order as in kPropertyNames.
enum class Property : std::uint8_t {
    TraceId,
    SessionId,
    SpanId,
    GenerationId,
    ParentId,
    SpanName,
    TraceName,
    Model,
    Provider,
    Framework,
    AiLib,
    Lib,
    IngestionSource,
    IsError,
    Error,
    ErrorNormalized,
    ToolsCalled,
    OutputChoices,
    Output,
    Input,
    InputState,
    OutputState,
    Tools,
    Latency,
    TimeToFirstToken,
    HttpStatus,
    Stream,
    ModelParameters,
    ServiceTier,
    Usage,
    InputTokens,
    OutputTokens,
    CacheReadTokens,
    CacheWriteTokens,
    CacheWrite5mTokens,
    CacheWrite1hTokens,
    ReasoningTokens,
    CacheReadAudioTokens,
    AudioInputTokens,
    ImageInputTokens,
    AudioOutputTokens,
    ImageOutputTokens,
    TextOutputTokens,
    CacheReportingExclusive,
    RequestCount,
    WebSearchCount,
    InputCost,
    OutputCost,
    RequestCost,
    WebSearchCost,
    TotalCost,
    CostPassthrough,
    InputTokenPrice,
    OutputTokenPrice,
    CacheReadTokenPrice,
    CacheWriteTokenPrice,
    CacheWrite1hTokenPrice,
    RequestPrice,
    WebSearchPrice,
    Groups,
    Group0,
    Group1,
    Group2,
    Group3,
    Group4,
    GroupType,
    GroupKey,
    GroupSet,
    Set,
    SetOnce,
    Unset,
    DistinctId,
    ProcessPersonProfile,
    IgnoreSentAt,
    End
};

inline constexpr std::array<std::string_view, static_cast<std::size_t>(Property::End)> kPropertyNames = {
    "$ai_trace_id",
    "$ai_session_id",
    "$ai_span_id",
    "$ai_generation_id",
    "$ai_parent_id",
    "$ai_span_name",
    "$ai_trace_name",
    "$ai_model",
    "$ai_provider",
    "$ai_framework",
    "$ai_lib",
    "$lib",
    "$ai_ingestion_source",
    "$ai_is_error",
    "$ai_error",
    "$ai_error_normalized",
    "$ai_tools_called",
    "$ai_output_choices",
    "$ai_output",
    "$ai_input",
    "$ai_input_state",
    "$ai_output_state",
    "$ai_tools",
    "$ai_latency",
    "$ai_time_to_first_token",
    "$ai_http_status",
    "$ai_stream",
    "$ai_model_parameters",
    "$ai_service_tier",
    "$ai_usage",
    "$ai_input_tokens",
    "$ai_output_tokens",
    "$ai_cache_read_input_tokens",
    "$ai_cache_creation_input_tokens",
    "$ai_cache_creation_5m_input_tokens",
    "$ai_cache_creation_1h_input_tokens",
    "$ai_reasoning_tokens",
    "$ai_cache_read_audio_tokens",
    "$ai_audio_input_tokens",
    "$ai_image_input_tokens",
    "$ai_audio_output_tokens",
    "$ai_image_output_tokens",
    "$ai_text_output_tokens",
    "$ai_cache_reporting_exclusive",
    "$ai_request_count",
    "$ai_web_search_count",
    "$ai_input_cost_usd",
    "$ai_output_cost_usd",
    "$ai_request_cost_usd",
    "$ai_web_search_cost_usd",
    "$ai_total_cost_usd",
    "$ai_cost_passthrough",
    "$ai_input_token_price",
    "$ai_output_token_price",
    "$ai_cache_read_token_price",
    "$ai_cache_write_token_price",
    "$ai_cache_write_1h_token_price",
    "$ai_request_price",
    "$ai_web_search_price",
    "$groups",
    "$group_0",
    "$group_1",
    "$group_2",
    "$group_3",
    "$group_4",
    "$group_type",
    "$group_key",
    "$group_set",
    "$set",
    "$set_once",
    "$unset",
    "distinct_id",
    "$process_person_profile",
    "$ignore_sent_at",
};

constexpr std::string_view propertyName(Property property)
{
    return kPropertyNames[static_cast<std::size_t>(property)];
}

/// Heavy properties hold prompts and completions; the store keeps them apart from the rest.
inline constexpr Property kHeavyProperties[] = {Property::Input,         Property::Output,
                                                Property::OutputChoices, Property::InputState,
                                                Property::OutputState,   Property::Tools};

constexpr bool isHeavyPropertyName(std::string_view name)
{
    for (const Property property : kHeavyProperties) {
        if (propertyName(property) == name)
            return true;
    }
    return false;
}

/// Finds a name in a fixed list of names, in constant time.
template<std::size_t N>
class NameIndex
{
public:
    explicit constexpr NameIndex(const std::array<std::string_view, N> &names) : m_names(names)
    {
        for (std::size_t i = 0; i < N; ++i) {
            std::size_t slot = hash(names[i]);
            while (m_slots[slot] != 0)
                slot = (slot + 1) % kSlots;
            m_slots[slot] = static_cast<std::uint8_t>(i + 1);
        }
    }

    static constexpr std::size_t kNotFound = N;

    /// The position of @p name in the list, or kNotFound.
    constexpr std::size_t find(std::string_view name) const
    {
        for (std::size_t slot = hash(name); m_slots[slot] != 0; slot = (slot + 1) % kSlots) {
            if (m_names[m_slots[slot] - 1u] == name)
                return m_slots[slot] - 1u;
        }
        return N;
    }

private:
    static constexpr std::size_t kSlots = 256;
    static_assert(N < kSlots / 2);

    static constexpr std::size_t hash(std::string_view name)
    {
        std::uint32_t h = 2166136261u;
        for (const char c : name)
            h = (h ^ static_cast<std::uint8_t>(c)) * 16777619u;
        return (h ^ h >> 16) % kSlots;
    }

    std::array<std::string_view, N> m_names;
    std::array<std::uint8_t, kSlots> m_slots{};
};

} // namespace genscope

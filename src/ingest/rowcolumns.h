// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>

namespace genscope::rowcolumns {

// Names of columns in exports and query answers; rowmapping.h says what becomes of them.

// The members that are written first, in this order; the others follow, and `properties` ends the object.
inline constexpr std::array<std::string_view, 9> kFields = {
    "uuid", "event",    "timestamp", "created_at", "distinct_id", "person_id", "person_properties",
    "$set", "$set_once"};
inline constexpr std::string_view kProperties = "properties";

struct Alias
{
    std::string_view name;
    std::string_view field;
};
inline constexpr std::array<Alias, 9> kAliases = {{{"u", "uuid"},
                                                   {"event_uuid", "uuid"},
                                                   {"createdat", "timestamp"},
                                                   {"person.id", "person_id"},
                                                   {"person.properties", "person_properties"},
                                                   {"set", "$set"},
                                                   {"people_set", "$set"},
                                                   {"set_once", "$set_once"},
                                                   {"people_set_once", "$set_once"}}};

// Columns of ai_events, without the `$ai_` of the property they come from.
inline constexpr std::array<std::string_view, 6> kContentColumns = {
    "input", "output", "output_choices", "input_state", "output_state", "tools"};
inline constexpr std::array<std::string_view, 41> kTypedColumns = {"trace_id",
                                                                   "session_id",
                                                                   "parent_id",
                                                                   "span_id",
                                                                   "span_type",
                                                                   "generation_id",
                                                                   "experiment_id",
                                                                   "span_name",
                                                                   "trace_name",
                                                                   "prompt_name",
                                                                   "model",
                                                                   "provider",
                                                                   "framework",
                                                                   "total_tokens",
                                                                   "input_tokens",
                                                                   "output_tokens",
                                                                   "text_input_tokens",
                                                                   "text_output_tokens",
                                                                   "image_input_tokens",
                                                                   "image_output_tokens",
                                                                   "audio_input_tokens",
                                                                   "audio_output_tokens",
                                                                   "video_input_tokens",
                                                                   "video_output_tokens",
                                                                   "reasoning_tokens",
                                                                   "cache_read_input_tokens",
                                                                   "cache_creation_input_tokens",
                                                                   "web_search_count",
                                                                   "input_cost_usd",
                                                                   "output_cost_usd",
                                                                   "total_cost_usd",
                                                                   "request_cost_usd",
                                                                   "web_search_cost_usd",
                                                                   "audio_cost_usd",
                                                                   "image_cost_usd",
                                                                   "video_cost_usd",
                                                                   "latency",
                                                                   "time_to_first_token",
                                                                   "error",
                                                                   "error_type",
                                                                   "error_normalized"};
// All ids of a person, as pages and tables of persons list them: a list, or one column a position.
inline constexpr std::string_view kDistinctIds = "distinct_ids";
// About the export, the person or the page: nothing that the event says itself.
inline constexpr std::array<std::string_view, 18> kBesideProperties = {"team_id",
                                                                       "_inserted_at",
                                                                       "inserted_at",
                                                                       "_timestamp",
                                                                       "bq_ingested_timestamp",
                                                                       "databricks_ingested_timestamp",
                                                                       "retention_days",
                                                                       "elements",
                                                                       "elements_chain",
                                                                       "site_url",
                                                                       "person_mode",
                                                                       "person",
                                                                       "person_version",
                                                                       "person_distinct_id_version",
                                                                       "is_deleted",
                                                                       "is_identified",
                                                                       "version",
                                                                       "name"};

} // namespace genscope::rowcolumns

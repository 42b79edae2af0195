// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/columnname.h"

#include "ingest/json.h"
#include "ingest/jsondocument.h"

#include <algorithm>
#include <charconv>

namespace genscope {

namespace {

constexpr std::string_view kContent[] = {"input",       "output",       "output_choices",
                                         "input_state", "output_state", "tools"};
/// Columns that stand behind the name of a table, or that one of its own names precedes (`person.id`).
constexpr std::string_view kMembers[] = {
    "uuid",   "event",          "timestamp", "created_at", "distinct_id",       "person_id", "properties",
    "person", "elements_chain", "trace_id",  "session_id", "person_properties", "team_id"};
constexpr std::string_view kObjects[] = {"properties", "person_properties", "person.properties",
                                         "set",        "set_once",          "$set",
                                         "$set_once",  "people_set",        "people_set_once"};
constexpr std::string_view kNumberColumns[] = {"team_id",        "retention_days",
                                               "person_version", "person_distinct_id_version",
                                               "latency",        "time_to_first_token"};

/// Properties that hold objects or lists.
constexpr std::string_view kStructures[] = {"$ai_input",
                                            "$ai_output",
                                            "$ai_output_choices",
                                            "$ai_input_state",
                                            "$ai_output_state",
                                            "$ai_tools",
                                            "$ai_tools_called",
                                            "$ai_usage",
                                            "$ai_error",
                                            "$ai_model_parameters",
                                            "$set",
                                            "$set_once",
                                            "$groups",
                                            "$group_set",
                                            "$active_feature_flags"};
constexpr std::string_view kBooleans[] = {"$ai_is_error",         "$ai_stream",
                                          "$ai_cost_passthrough", "$ai_cache_reporting_exclusive",
                                          "$ignore_sent_at",      "$process_person_profile",
                                          "$is_identified",       "is_error",
                                          "is_deleted",           "is_identified"};
constexpr std::string_view kNumbers[] = {"$ai_latency", "$ai_time_to_first_token", "$ai_http_status",
                                         "$ai_temperature"};
/// Objects whose leaves no person wrote.
constexpr std::string_view kMachineWritten[] = {"$ai_usage", "$ai_model_parameters"};

std::string lowered(std::string_view text)
{
    std::string lower(text);
    for (char &c : lower) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

/// Without spaces around it, and without quotes or backticks if it is wholly in them.
std::string_view bare(std::string_view name)
{
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t begin = name.find_first_not_of(kSpace);
    if (begin == std::string_view::npos)
        return {};
    name = name.substr(begin, name.find_last_not_of(kSpace) - begin + 1);
    for (const char quote : {'`', '"', '\''}) {
        if (name.size() > 2 && name.front() == quote && name.find(quote, 1) == name.size() - 1)
            return name.substr(1, name.size() - 2);
    }
    return name;
}

template<std::size_t N>
bool contains(const std::string_view (&names)[N], std::string_view name)
{
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

/// `toString(uuid)` -> `uuid`, `JSONExtractString(properties, '$ai_model')` -> `properties.$ai_model`: a
/// column without an alias carries the text of its expression. Functions that make another value of it stay.
std::string withoutFunctions(std::string_view name)
{
    static constexpr std::string_view kConversions[] = {
        "tostring",   "tofloat", "toint",  "tobool",   "todatetime", "todatetime64",
        "totimezone", "touuid",  "ifnull", "coalesce", "nullif",     "assumenotnull"};
    std::string text(bare(name));
    for (;;) {
        const std::size_t open = text.find('(');
        if (open == std::string::npos || !text.ends_with(')'))
            return text;
        const std::string function = lowered(bare(text.substr(0, open)));
        const std::string inside = text.substr(open + 1, text.size() - open - 2);
        const std::size_t comma = inside.find(',');
        const std::string first(bare(inside.substr(0, comma)));
        if (function.starts_with("jsonextract") && comma != std::string::npos) {
            const std::string_view rest = std::string_view(inside).substr(comma + 1);
            return first + "." + std::string(bare(rest.substr(0, rest.find(','))));
        }
        const bool oneArgument = comma == std::string::npos || inside.find('(') == std::string::npos;
        if (!contains(kConversions, function) || !oneArgument)
            return text;
        text = first;
    }
}

/// `events.uuid`, `e.uuid` -> `uuid`: a table or its alias before a column; `*.` likewise.
std::string_view withoutTable(std::string_view name)
{
    constexpr std::string_view kTables[] = {"events", "ai_events", "e", "ev", "a", "ae", "ai", "t"};
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos)
        return name;
    const std::string_view table = name.substr(0, dot);
    const std::string_view rest = bare(name.substr(dot + 1));
    if (table == "*" && !rest.empty())
        return rest;
    if (!contains(kTables, lowered(bare(table))))
        return name;
    const std::string head = lowered(rest.substr(0, rest.find('.')));
    return contains(kMembers, head) || contains(kContent, head) ? rest : name;
}

bool countsSomething(std::string_view name)
{
    return name.ends_with("_tokens") || name.ends_with("_usd") || name.ends_with("_count") ||
           name.ends_with("_price");
}

CellKind propertyKind(std::string_view path)
{
    const std::size_t dot = path.find('.');
    const std::string_view name = path.substr(0, dot);
    if (dot != std::string_view::npos)
        return contains(kMachineWritten, name) ? CellKind::Guess : CellKind::Text;
    if (contains(kStructures, name))
        return CellKind::Structure;
    if (contains(kBooleans, name))
        return CellKind::Boolean;
    return contains(kNumbers, name) || (name.starts_with("$ai_") && countsSomething(name)) ? CellKind::Number
                                                                                           : CellKind::Text;
}

/// As JSON writes numbers: `007` and `1.` are none.
bool isJsonNumber(std::string_view text)
{
    const bool beginsLikeOne = text.front() == '-' || (text.front() >= '0' && text.front() <= '9');
    json::Document document;
    return beginsLikeOne && document.read(text) && document.root().raw().size() == text.size();
}

/// true, false, or empty if it is neither.
std::string_view booleanText(std::string_view text, bool digitsToo)
{
    if (text == "true" || text == "True" || text == "TRUE" || (digitsToo && text == "1"))
        return "true";
    if (text == "false" || text == "False" || text == "FALSE" || (digitsToo && text == "0"))
        return "false";
    return {};
}

/// The value that @p text holds, for the kinds that are JSON already; empty: it stays a string.
std::string_view valueIn(CellKind kind, std::string_view text)
{
    const bool isContainer = text.find_first_of("{[") == text.find_first_not_of(" \t\r\n");
    json::Document document;
    switch (kind) {
    case CellKind::Text:
        return {};
    case CellKind::Number:
        return isJsonNumber(text) ? text : std::string_view();
    case CellKind::Boolean:
        return booleanText(text, true);
    case CellKind::Guess:
        return isJsonNumber(text) ? text : booleanText(text, false);
    case CellKind::Structure:
        return isContainer && document.read(text) ? document.root().raw() : std::string_view();
    case CellKind::Object:
        return isContainer && document.read(text) && document.root().isObject() ? document.root().raw()
                                                                                : std::string_view();
    case CellKind::Json:
        return document.read(text) ? document.root().raw() : std::string_view();
    }
    return {};
}

} // namespace

std::string plainColumnName(std::string_view column)
{
    std::string name(bare(withoutTable(withoutFunctions(column))));
    const bool hasLower = std::any_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    return hasLower ? name : lowered(name);
}

CellKind cellKind(std::string_view plainName)
{
    if (contains(kObjects, plainName))
        return CellKind::Object;
    if (contains(kContent, plainName) || plainName == "elements")
        return CellKind::Json;
    for (const std::string_view prefix : {"properties.", ""}) {
        if (plainName.starts_with(prefix) && plainName.substr(prefix.size()).starts_with('$'))
            return propertyKind(plainName.substr(prefix.size()));
    }
    if (contains(kBooleans, plainName))
        return CellKind::Boolean;
    const bool isPath = plainName.find('.') != std::string_view::npos;
    return contains(kNumberColumns, plainName) || (!isPath && countsSomething(plainName)) ? CellKind::Number
                                                                                          : CellKind::Text;
}

void appendCell(std::string &json, CellKind kind, std::string_view text)
{
    const std::string_view value = valueIn(kind, text);
    if (value.empty())
        json += json::quoted(text);
    else
        json += value;
}

} // namespace genscope

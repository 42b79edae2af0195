// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Names: of lists, of their columns, and which are shown first.
#include "analytics/listitems.h"

#include "analytics/fieldunit.h"
#include "core/nearestname.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace genscope {

namespace {

using Role = ResultTable::Role;

constexpr std::array<std::string_view, kListKindCount> kKindNames{
    "generations", "traces", "sessions", "users", "customers", "errors", "tools", "embeddings", "feedback"};

/// Names of list columns that fields have another name for.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kFieldAliases{{
    {"trace_id", "trace"},
    {"session_id", "session"},
    {"name", "span_name"},
    {"error_group", "error"},
    {"tools", "tool"},
}};

constexpr std::array<std::string_view, 37> kEventColumns{
    "timestamp",
    "started",
    "uuid",
    "trace_id",
    "session_id",
    "span_id",
    "parent_id",
    "event",
    "kind",
    "name",
    "user",
    "person_id",
    "distinct_id",
    "customer",
    "model",
    "provider",
    "error",
    "error_group",
    "is_error",
    "http_status",
    "latency",
    "ttft",
    "input_tokens",
    "output_tokens",
    "total_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
    "tokens_per_second",
    "cost",
    "cost_source",
    "cost_model",
    "cost_provider",
    "priced",
    "stream",
    "tools",
    "issue",
};
constexpr std::array<std::string_view, 8> kEventDetailColumns{
    "lib",          "cost_input",      "cost_output", "cost_cache_read", "cost_cache_write",
    "cost_request", "cost_web_search", "hour_of_day",
};
constexpr std::array<std::string_view, 23> kTraceColumns{
    "started",  "ended",    "trace_id",        "session_id",   "name",          "user",
    "customer", "events",   "generations",     "embeddings",   "spans",         "errors",
    "is_error", "latency",  "latency_posthog", "input_tokens", "output_tokens", "total_tokens",
    "cost",     "unpriced", "tools",           "first_seen",   "last_seen",
};
constexpr std::array<std::string_view, 22> kSessionColumns{
    "first_seen",   "last_seen", "started",  "ended",           "session_id",   "user",
    "customer",     "traces",    "events",   "generations",     "embeddings",   "spans",
    "errors",       "is_error",  "latency",  "latency_posthog", "input_tokens", "output_tokens",
    "total_tokens", "cost",      "unpriced", "tools",
};

std::string_view keyOf(ListKind kind)
{
    switch (kind) {
    case ListKind::Users:
        return "user";
    case ListKind::Customers:
        return "customer";
    case ListKind::Errors:
        return "error";
    case ListKind::Tools:
        return "tool";
    case ListKind::Generations:
    case ListKind::Traces:
    case ListKind::Sessions:
    case ListKind::Embeddings:
    case ListKind::Feedback:
        break;
    }
    return {};
}

/// The unit of columns that are neither fields nor measures, and of those that fields and measures share.
Unit unitOfName(std::string_view name)
{
    if (name == "latency" || name == "latency_posthog")
        return Unit::Seconds;
    if (name == "cost_before" || name == "cost_change")
        return Unit::Usd;
    if (name == "days_seen" || name == "events")
        return Unit::Number;
    if (name == "single_share")
        return Unit::Ratio;
    if (const std::optional<Measure> measure = measureFromName(name))
        return measureUnit(*measure);
    const std::optional<Field> field = listField(name);
    return field ? unitOf(*field) : Unit::None;
}

ListColumnInfo infoOf(std::string_view name)
{
    const Unit unit = unitOfName(name);
    return {std::string(name), unit, unit == Unit::None ? Role::Field : Role::Measure};
}

template<typename Names>
void add(std::vector<ListColumnInfo> &infos, const Names &names)
{
    for (const auto &name : names) {
        const auto same = [&](const ListColumnInfo &info) { return info.name == name; };
        if (std::none_of(infos.begin(), infos.end(), same))
            infos.push_back(infoOf(name));
    }
}

} // namespace

std::optional<ListKind> listKindFromName(std::string_view name)
{
    const auto found = std::find(kKindNames.begin(), kKindNames.end(), name);
    if (found == kKindNames.end())
        return std::nullopt;
    return static_cast<ListKind>(found - kKindNames.begin());
}

std::string_view listKindName(ListKind kind)
{
    return kKindNames[static_cast<std::size_t>(kind)];
}

std::vector<std::string> defaultListColumns(ListKind kind)
{
    switch (kind) {
    case ListKind::Generations:
        return {"timestamp",     "model", "user",  "latency",  "input_tokens",
                "output_tokens", "cost",  "error", "trace_id", "uuid"};
    case ListKind::Embeddings:
        return {"timestamp", "model", "user", "latency", "input_tokens", "cost", "error", "trace_id", "uuid"};
    case ListKind::Traces:
        return {"started", "name",         "user",          "generations", "errors",
                "latency", "input_tokens", "output_tokens", "cost",        "trace_id"};
    case ListKind::Sessions:
        return {"session_id", "user", "traces",     "generations", "errors",
                "latency",    "cost", "first_seen", "last_seen"};
    case ListKind::Users:
        return {"user", "traces", "generations", "errors", "cost", "first_seen", "last_seen"};
    case ListKind::Customers:
        return {"customer", "users", "traces", "generations", "errors", "cost", "first_seen", "last_seen"};
    case ListKind::Errors:
        return {"error",      "http_status", "errors", "traces",    "generations", "spans",
                "embeddings", "sessions",    "users",  "days_seen", "first_seen",  "last_seen"};
    case ListKind::Feedback:
        return {"timestamp",
                "kind",
                "event.$ai_metric_name",
                "event.$ai_metric_value",
                "event.$ai_feedback_text",
                "user",
                "trace_id",
                "uuid"};
    case ListKind::Tools:
        return {"tool",         "generations", "traces",     "users",    "sessions",
                "single_share", "days_seen",   "first_seen", "last_seen"};
    }
    return {};
}

ListSort defaultListSort(ListKind kind)
{
    switch (kind) {
    case ListKind::Generations:
    case ListKind::Embeddings:
    case ListKind::Feedback:
        return {"timestamp", true};
    case ListKind::Traces:
        return {"started", true};
    case ListKind::Sessions:
    case ListKind::Users:
        return {"last_seen", true};
    case ListKind::Customers:
        return {"cost", true};
    case ListKind::Errors:
        return {"traces", true};
    case ListKind::Tools:
        return {"generations", true};
    }
    return {};
}

std::vector<ListColumnInfo> availableListColumns(ListKind kind)
{
    std::vector<ListColumnInfo> infos;
    add(infos, defaultListColumns(kind));
    switch (kind) {
    case ListKind::Generations:
    case ListKind::Embeddings:
    case ListKind::Feedback:
        add(infos, kEventColumns);
        add(infos, kEventDetailColumns);
        add(infos, std::array{"day_of_week"});
        return infos;
    case ListKind::Traces:
        add(infos, kTraceColumns);
        break;
    case ListKind::Sessions:
        add(infos, kSessionColumns);
        break;
    case ListKind::Users:
        add(infos, std::array{"person_id", "cost_before", "cost_change"});
        break;
    case ListKind::Tools:
        add(infos, std::array{"single_share"});
        break;
    case ListKind::Customers:
        add(infos, std::array{"cost_before", "cost_change"});
        break;
    case ListKind::Errors:
        break;
    }
    add(infos, std::array{"first_seen", "last_seen", "days_seen"});
    add(infos, measureNames());
    return infos;
}

Error unknownListColumn(ListKind kind, std::string_view name)
{
    const std::vector<ListColumnInfo> columns = availableListColumns(kind);
    std::vector<std::string_view> names = Field::builtinNames();
    names.insert(names.begin(), columns.size(), {});
    std::transform(columns.begin(), columns.end(), names.begin(),
                   [](const ListColumnInfo &column) { return std::string_view(column.name); });
    if (const QString hint = didYouMean(name, names); !hint.isEmpty())
        return makeError(
            Error::Kind::Usage,
            QCoreApplication::translate("genscope::Lists", "“%1” is not a column of the list of %2")
                    .arg(QString::fromUtf8(name), QString::fromUtf8(listKindName(kind))) +
                hint);
    return makeError(
        Error::Kind::Usage,
        QCoreApplication::translate(
            "genscope::Lists",
            "“%1” is not a column of the list of %2; columns are fields such as %3, measures, or "
            "properties as event.NAME, person.NAME, group.TYPE.NAME")
            .arg(QString::fromUtf8(name), QString::fromUtf8(listKindName(kind)),
                 QString::fromStdString(defaultListColumns(kind).front())));
}

std::optional<Field> listField(std::string_view columnName)
{
    const auto alias = std::find_if(kFieldAliases.begin(), kFieldAliases.end(),
                                    [&](const auto &entry) { return entry.first == columnName; });
    const Result<Field> field = Field::parse(alias == kFieldAliases.end() ? columnName : alias->second);
    return field ? std::optional(*field) : std::nullopt;
}

std::optional<Field> listKeyField(ListKind kind)
{
    const std::string_view key = keyOf(kind);
    return key.empty() ? std::nullopt : listField(key);
}

} // namespace genscope

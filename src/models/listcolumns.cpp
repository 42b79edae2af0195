// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/listcolumns.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

namespace genscope {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("ListColumn", text);
}

struct Known
{
    std::string_view name;
    const char *title;
    CellStyle style = CellStyle::Text;
    std::string_view field = {}; ///< what filters call it, where that is another name
    const char *hint = nullptr;
};

// clang-format off
constexpr Known kKnown[] = {
    {"timestamp", QT_TRANSLATE_NOOP("ListColumn", "Time"), CellStyle::Instant},
    {"started", QT_TRANSLATE_NOOP("ListColumn", "Started"), CellStyle::Instant},
    {"ended", QT_TRANSLATE_NOOP("ListColumn", "Ended"), CellStyle::Instant},
    {"first_seen", QT_TRANSLATE_NOOP("ListColumn", "First seen"), CellStyle::Instant},
    {"last_seen", QT_TRANSLATE_NOOP("ListColumn", "Last seen"), CellStyle::Instant},
    {"uuid", QT_TRANSLATE_NOOP("ListColumn", "ID"), CellStyle::Id},
    {"trace_id", QT_TRANSLATE_NOOP("ListColumn", "Trace"), CellStyle::Id, "trace"},
    {"trace", QT_TRANSLATE_NOOP("ListColumn", "Trace"), CellStyle::Id},
    {"session_id", QT_TRANSLATE_NOOP("ListColumn", "Session"), CellStyle::Id, "session"},
    {"session", QT_TRANSLATE_NOOP("ListColumn", "Session"), CellStyle::Id},
    {"span_id", QT_TRANSLATE_NOOP("ListColumn", "Span ID"), CellStyle::Id},
    {"parent_id", QT_TRANSLATE_NOOP("ListColumn", "Parent ID"), CellStyle::Id},
    {"event", QT_TRANSLATE_NOOP("ListColumn", "Event")},
    {"kind", QT_TRANSLATE_NOOP("ListColumn", "Kind")},
    {"name", QT_TRANSLATE_NOOP("ListColumn", "Name"), CellStyle::Text, "span_name"},
    {"span_name", QT_TRANSLATE_NOOP("ListColumn", "Name")},
    {"user", QT_TRANSLATE_NOOP("ListColumn", "User"), CellStyle::Id},
    {"distinct_id", QT_TRANSLATE_NOOP("ListColumn", "Distinct ID"), CellStyle::Id},
    {"person_id", QT_TRANSLATE_NOOP("ListColumn", "Person ID"), CellStyle::Id},
    {"customer", QT_TRANSLATE_NOOP("ListColumn", "Customer")},
    {"model", QT_TRANSLATE_NOOP("ListColumn", "Model"), CellStyle::Model},
    {"provider", QT_TRANSLATE_NOOP("ListColumn", "Provider")},
    {"lib", QT_TRANSLATE_NOOP("ListColumn", "Library")},
    {"stream", QT_TRANSLATE_NOOP("ListColumn", "Streamed")},
    {"http_status", QT_TRANSLATE_NOOP("ListColumn", "HTTP status"), CellStyle::Number},
    {"is_error", QT_TRANSLATE_NOOP("ListColumn", "Failed"), CellStyle::Error},
    {"error", QT_TRANSLATE_NOOP("ListColumn", "Error"), CellStyle::Error, "error",
     QT_TRANSLATE_NOOP("ListColumn", "The error text without ids and numbers, so that equal errors group")},
    {"error_group", QT_TRANSLATE_NOOP("ListColumn", "Error group"), CellStyle::Error, "error"},
    {"errors", QT_TRANSLATE_NOOP("ListColumn", "Errors"), CellStyle::Number},
    {"error_rate", QT_TRANSLATE_NOOP("ListColumn", "Error rate"), CellStyle::Number},
    {"tool", QT_TRANSLATE_NOOP("ListColumn", "Tool")},
    {"tools", QT_TRANSLATE_NOOP("ListColumn", "Tools"), CellStyle::Text, "tool"},
    {"tool_calls", QT_TRANSLATE_NOOP("ListColumn", "Tool calls"), CellStyle::Number},
    {"calls", QT_TRANSLATE_NOOP("ListColumn", "Calls"), CellStyle::Number},
    {"latency", QT_TRANSLATE_NOOP("ListColumn", "Latency"), CellStyle::Number},
    {"latency_s", QT_TRANSLATE_NOOP("ListColumn", "Latency"), CellStyle::Number, {},
     QT_TRANSLATE_NOOP("ListColumn", "Wall clock: the union of the events' intervals")},
    {"latency_posthog_s", QT_TRANSLATE_NOOP("ListColumn", "Latency (PostHog)"), CellStyle::Number, {},
     QT_TRANSLATE_NOOP("ListColumn", "PostHog's rule, which adds up parallel calls")},
    {"latency_wall", QT_TRANSLATE_NOOP("ListColumn", "Latency"), CellStyle::Number, {},
     QT_TRANSLATE_NOOP("ListColumn", "Wall clock: the union of the events' intervals")},
    {"latency_posthog", QT_TRANSLATE_NOOP("ListColumn", "Latency (PostHog)"), CellStyle::Number, {},
     QT_TRANSLATE_NOOP("ListColumn", "PostHog's rule, which adds up parallel calls")},
    {"latency_avg", QT_TRANSLATE_NOOP("ListColumn", "Mean latency"), CellStyle::Number},
    {"latency_p50", QT_TRANSLATE_NOOP("ListColumn", "p50 latency"), CellStyle::Number},
    {"latency_p90", QT_TRANSLATE_NOOP("ListColumn", "p90 latency"), CellStyle::Number},
    {"latency_p95", QT_TRANSLATE_NOOP("ListColumn", "p95 latency"), CellStyle::Number},
    {"latency_p99", QT_TRANSLATE_NOOP("ListColumn", "p99 latency"), CellStyle::Number},
    {"latency_max", QT_TRANSLATE_NOOP("ListColumn", "Longest latency"), CellStyle::Number},
    {"ttft", QT_TRANSLATE_NOOP("ListColumn", "First token"), CellStyle::Number, {},
     QT_TRANSLATE_NOOP("ListColumn", "Time to first token")},
    {"ttft_avg", QT_TRANSLATE_NOOP("ListColumn", "Mean first token"), CellStyle::Number},
    {"ttft_p50", QT_TRANSLATE_NOOP("ListColumn", "p50 first token"), CellStyle::Number},
    {"ttft_p95", QT_TRANSLATE_NOOP("ListColumn", "p95 first token"), CellStyle::Number},
    {"ttft_p99", QT_TRANSLATE_NOOP("ListColumn", "p99 first token"), CellStyle::Number},
    {"tokens", QT_TRANSLATE_NOOP("ListColumn", "Tokens"), CellStyle::Number, "total_tokens",
     QT_TRANSLATE_NOOP("ListColumn", "Input → output (∑ total)")},
    {"input_tokens", QT_TRANSLATE_NOOP("ListColumn", "Input tokens"), CellStyle::Number},
    {"output_tokens", QT_TRANSLATE_NOOP("ListColumn", "Output tokens"), CellStyle::Number},
    {"total_tokens", QT_TRANSLATE_NOOP("ListColumn", "Total tokens"), CellStyle::Number},
    {"cache_read_tokens", QT_TRANSLATE_NOOP("ListColumn", "Cache read"), CellStyle::Number},
    {"cache_write_tokens", QT_TRANSLATE_NOOP("ListColumn", "Cache write"), CellStyle::Number},
    {"reasoning_tokens", QT_TRANSLATE_NOOP("ListColumn", "Reasoning tokens"), CellStyle::Number},
    {"cache_hit_rate", QT_TRANSLATE_NOOP("ListColumn", "Cache hits"), CellStyle::Number},
    {"tokens_per_second", QT_TRANSLATE_NOOP("ListColumn", "Tokens/s"), CellStyle::Number, {},
     QT_TRANSLATE_NOOP("ListColumn", "Output tokens per second of latency")},
    {"cost", QT_TRANSLATE_NOOP("ListColumn", "Cost"), CellStyle::Number},
    {"cost_input", QT_TRANSLATE_NOOP("ListColumn", "Input cost"), CellStyle::Number},
    {"cost_output", QT_TRANSLATE_NOOP("ListColumn", "Output cost"), CellStyle::Number},
    {"cost_cache_read", QT_TRANSLATE_NOOP("ListColumn", "Cache read cost"), CellStyle::Number},
    {"cost_cache_write", QT_TRANSLATE_NOOP("ListColumn", "Cache write cost"), CellStyle::Number},
    {"cost_request", QT_TRANSLATE_NOOP("ListColumn", "Request cost"), CellStyle::Number},
    {"cost_web_search", QT_TRANSLATE_NOOP("ListColumn", "Web search cost"), CellStyle::Number},
    {"cost_per_generation", QT_TRANSLATE_NOOP("ListColumn", "Cost per generation"), CellStyle::Number},
    {"cost_per_trace", QT_TRANSLATE_NOOP("ListColumn", "Cost per trace"), CellStyle::Number},
    {"cost_per_user", QT_TRANSLATE_NOOP("ListColumn", "Cost per user"), CellStyle::Number},
    {"cost_source", QT_TRANSLATE_NOOP("ListColumn", "Cost source"), CellStyle::Text, {},
     QT_TRANSLATE_NOOP("ListColumn", "Where the price book's cost comes from")},
    {"cost_model", QT_TRANSLATE_NOOP("ListColumn", "Priced as"), CellStyle::Model},
    {"cost_provider", QT_TRANSLATE_NOOP("ListColumn", "Priced at")},
    {"priced", QT_TRANSLATE_NOOP("ListColumn", "Priced")},
    {"unpriced", QT_TRANSLATE_NOOP("ListColumn", "Unpriced"), CellStyle::Number},
    {"hour_of_day", QT_TRANSLATE_NOOP("ListColumn", "Hour"), CellStyle::Number},
    {"day_of_week", QT_TRANSLATE_NOOP("ListColumn", "Weekday"), CellStyle::Number},
    {"events", QT_TRANSLATE_NOOP("ListColumn", "Events"), CellStyle::Number},
    {"generations", QT_TRANSLATE_NOOP("ListColumn", "Generations"), CellStyle::Number},
    {"embeddings", QT_TRANSLATE_NOOP("ListColumn", "Embeddings"), CellStyle::Number},
    {"spans", QT_TRANSLATE_NOOP("ListColumn", "Spans"), CellStyle::Number},
    {"traces", QT_TRANSLATE_NOOP("ListColumn", "Traces"), CellStyle::Number},
    {"sessions", QT_TRANSLATE_NOOP("ListColumn", "Sessions"), CellStyle::Number},
    {"users", QT_TRANSLATE_NOOP("ListColumn", "Users"), CellStyle::Number},
    {"customers", QT_TRANSLATE_NOOP("ListColumn", "Customers"), CellStyle::Number},
    {"days_seen", QT_TRANSLATE_NOOP("ListColumn", "Days seen"), CellStyle::Number},
    {"single_share", QT_TRANSLATE_NOOP("ListColumn", "Alone"), CellStyle::Number, {},
     QT_TRANSLATE_NOOP("ListColumn", "Share of calls in which it is the only tool")},
};
// clang-format on

/// Shown at first where the kind has them: PostHog's columns, then what its users ask for.
std::vector<std::string> preferred(ListKind kind)
{
    switch (kind) {
    case ListKind::Generations:
        return {"timestamp", "uuid", "trace_id", "user", "model", "error", "latency", "tokens", "cost"};
    case ListKind::Embeddings:
        return {"timestamp", "uuid", "trace_id", "user", "model", "error", "latency", "input_tokens", "cost"};
    case ListKind::Traces:
    case ListKind::Sessions:
    case ListKind::Users:
    case ListKind::Customers:
    case ListKind::Errors:
    case ListKind::Tools:
        break;
    }
    return defaultListColumns(kind);
}

const Known *knownColumn(const std::string &name)
{
    const auto found =
        std::find_if(std::begin(kKnown), std::end(kKnown), [&](const Known &k) { return k.name == name; });
    return found == std::end(kKnown) ? nullptr : &*found;
}

bool isProperty(const std::string &name)
{
    return name.find('.') != std::string::npos;
}

const ListColumnInfo *infoOf(ListKind kind, const std::string &name)
{
    static const auto kInfos = [] {
        std::array<std::vector<ListColumnInfo>, 8> infos;
        for (std::size_t i = 0; i < infos.size(); ++i)
            infos[i] = availableListColumns(static_cast<ListKind>(i));
        return infos;
    }();
    const auto &infos = kInfos[static_cast<std::size_t>(kind)];
    const auto found =
        std::find_if(infos.begin(), infos.end(), [&](const ListColumnInfo &i) { return i.name == name; });
    return found == infos.end() ? nullptr : &*found;
}

/// `event.feature` -> `feature`; the whole path is in the hint.
QString propertyTitle(const Field &field, const std::string &name)
{
    const std::string &title = field.path.name.empty() ? name : field.path.name;
    return QString::fromStdString(title);
}

std::vector<std::string> partsOf(const std::string &name)
{
    if (name == "tokens")
        return {"total_tokens", "input_tokens", "output_tokens"};
    return {name};
}

} // namespace

ListColumn listColumn(ListKind kind, const std::string &name)
{
    ListColumn column;
    column.name = name;
    column.parts = partsOf(name);
    const Known *known = isProperty(name) ? nullptr : knownColumn(name);
    if (known != nullptr) {
        column.title = translated(known->title);
        column.style = known->style;
        if (known->hint != nullptr)
            column.hint = translated(known->hint);
    }
    const bool other = known != nullptr && !known->field.empty();
    auto field = Field::parse(other ? known->field : std::string_view(name));
    if (field)
        column.field = std::move(*field);
    if (known == nullptr) {
        column.title = column.field ? propertyTitle(*column.field, name) : QString::fromStdString(name);
        column.hint = QString::fromStdString(name);
    }
    if (const ListColumnInfo *info = infoOf(kind, column.parts.front()))
        column.unit = info->unit;
    if (name == "tokens")
        column.unit = Unit::Tokens;
    return column;
}

std::vector<std::string> listColumnNames(ListKind kind)
{
    std::vector<std::string> names = shownByDefault(kind);
    const auto add = [&names](const std::string &name) {
        if (std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    };
    for (const ListColumnInfo &info : availableListColumns(kind))
        add(info.name);
    if (isEventList(kind))
        add("tokens_per_second");
    return names;
}

std::vector<std::string> shownByDefault(ListKind kind)
{
    std::vector<std::string> names = preferred(kind);
    // Input and output tokens read better as one column.
    const auto input = std::find(names.begin(), names.end(), "input_tokens");
    const auto output = std::find(names.begin(), names.end(), "output_tokens");
    if (input != names.end() && output != names.end()) {
        *input = "tokens";
        names.erase(output);
        names.erase(std::remove(names.begin(), names.end(), "total_tokens"), names.end());
    }
    return names;
}

std::string propertyColumnName(const PropertyPath &path)
{
    const auto quoted = [](const std::string &name, bool mayHaveDots) {
        const bool bare = std::all_of(name.begin(), name.end(), [mayHaveDots](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                   c == '$' || c == '-' || (c == '.' && mayHaveDots) || static_cast<unsigned char>(c) >= 0x80;
        });
        return bare && !name.empty() ? name : '`' + name + '`';
    };
    switch (path.scope) {
    case PropertyPath::Scope::Event:
        return "event." + quoted(path.name, true);
    case PropertyPath::Scope::Person:
        return "person." + quoted(path.name, true);
    case PropertyPath::Scope::Group:
        return "group." + quoted(path.groupType, false) + '.' + quoted(path.name, true);
    }
    return {};
}

bool isEventList(ListKind kind)
{
    return kind == ListKind::Generations || kind == ListKind::Embeddings;
}

KindSet eventKindsOf(ListKind kind)
{
    return kindSet({kind == ListKind::Embeddings ? EventKind::Embedding : EventKind::Generation});
}

std::string keyColumnOf(ListKind kind)
{
    switch (kind) {
    case ListKind::Generations:
    case ListKind::Embeddings:
        return "uuid";
    case ListKind::Traces:
        return "trace_id";
    case ListKind::Sessions:
        return "session_id";
    case ListKind::Users:
        return "user";
    case ListKind::Customers:
        return "customer";
    case ListKind::Errors:
        return "error";
    case ListKind::Tools:
        return "tool";
    }
    return {};
}

std::optional<Field> keyFieldOf(ListKind kind)
{
    return listColumn(kind, keyColumnOf(kind)).field;
}

std::vector<std::string> footerColumnsOf(ListKind kind)
{
    std::vector<std::string> names;
    for (const char *name : {"cost", "errors", "latency", "latency_s", "latency_wall"})
        if (infoOf(kind, name) != nullptr)
            names.emplace_back(name);
    return names;
}

QString listTitle(ListKind kind)
{
    switch (kind) {
    case ListKind::Generations:
        return QCoreApplication::translate("ListKind", "Generations");
    case ListKind::Traces:
        return QCoreApplication::translate("ListKind", "Traces");
    case ListKind::Sessions:
        return QCoreApplication::translate("ListKind", "Sessions");
    case ListKind::Users:
        return QCoreApplication::translate("ListKind", "Users");
    case ListKind::Customers:
        return QCoreApplication::translate("ListKind", "Customers");
    case ListKind::Errors:
        return QCoreApplication::translate("ListKind", "Errors");
    case ListKind::Tools:
        return QCoreApplication::translate("ListKind", "Tools");
    case ListKind::Embeddings:
        return QCoreApplication::translate("ListKind", "Embeddings");
    }
    return {};
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tablecolumns.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

namespace genscope {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("TableColumn", text);
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
    {"timestamp", QT_TRANSLATE_NOOP("TableColumn", "Time"), CellStyle::Instant},
    {"started", QT_TRANSLATE_NOOP("TableColumn", "Started"), CellStyle::Instant},
    {"ended", QT_TRANSLATE_NOOP("TableColumn", "Ended"), CellStyle::Instant},
    {"first_seen", QT_TRANSLATE_NOOP("TableColumn", "First seen"), CellStyle::Instant},
    {"last_seen", QT_TRANSLATE_NOOP("TableColumn", "Last seen"), CellStyle::Instant},
    {"uuid", QT_TRANSLATE_NOOP("TableColumn", "ID"), CellStyle::Id},
    {"trace_id", QT_TRANSLATE_NOOP("TableColumn", "Trace"), CellStyle::Id, "trace"},
    {"trace", QT_TRANSLATE_NOOP("TableColumn", "Trace"), CellStyle::Id},
    {"session_id", QT_TRANSLATE_NOOP("TableColumn", "Session"), CellStyle::Id, "session"},
    {"session", QT_TRANSLATE_NOOP("TableColumn", "Session"), CellStyle::Id},
    {"span_id", QT_TRANSLATE_NOOP("TableColumn", "Span ID"), CellStyle::Id},
    {"parent_id", QT_TRANSLATE_NOOP("TableColumn", "Parent ID"), CellStyle::Id},
    {"event", QT_TRANSLATE_NOOP("TableColumn", "Event")},
    {"kind", QT_TRANSLATE_NOOP("TableColumn", "Kind")},
    {"name", QT_TRANSLATE_NOOP("TableColumn", "Name"), CellStyle::Text, "span_name"},
    {"span_name", QT_TRANSLATE_NOOP("TableColumn", "Name")},
    {"user", QT_TRANSLATE_NOOP("TableColumn", "User")},
    {"distinct_id", QT_TRANSLATE_NOOP("TableColumn", "Distinct ID")},
    {"person_id", QT_TRANSLATE_NOOP("TableColumn", "Person ID"), CellStyle::Id},
    {"customer", QT_TRANSLATE_NOOP("TableColumn", "Customer")},
    {"model", QT_TRANSLATE_NOOP("TableColumn", "Model"), CellStyle::Model},
    {"provider", QT_TRANSLATE_NOOP("TableColumn", "Provider")},
    {"lib", QT_TRANSLATE_NOOP("TableColumn", "Library")},
    {"stream", QT_TRANSLATE_NOOP("TableColumn", "Streamed")},
    {"http_status", QT_TRANSLATE_NOOP("TableColumn", "HTTP status"), CellStyle::Number},
    {"is_error", QT_TRANSLATE_NOOP("TableColumn", "Failed"), CellStyle::Error},
    {"error", QT_TRANSLATE_NOOP("TableColumn", "Error"), CellStyle::Error, "error",
     QT_TRANSLATE_NOOP("TableColumn", "The error text without ids and numbers, so that equal errors group")},
    {"error_group", QT_TRANSLATE_NOOP("TableColumn", "Error group"), CellStyle::Error, "error"},
    {"errors", QT_TRANSLATE_NOOP("TableColumn", "Errors"), CellStyle::Number},
    {"error_rate", QT_TRANSLATE_NOOP("TableColumn", "Error rate"), CellStyle::Number},
    {"issue", QT_TRANSLATE_NOOP("TableColumn", "Data issues"), CellStyle::Text, {},
     QT_TRANSLATE_NOOP("TableColumn", "What looks wrong in the event: see the page Quality")},
    {"tool", QT_TRANSLATE_NOOP("TableColumn", "Tool")},
    {"tools", QT_TRANSLATE_NOOP("TableColumn", "Tools"), CellStyle::Text, "tool"},
    {"tool_calls", QT_TRANSLATE_NOOP("TableColumn", "Tool calls"), CellStyle::Number},
    {"calls", QT_TRANSLATE_NOOP("TableColumn", "Calls"), CellStyle::Number},
    {"latency", QT_TRANSLATE_NOOP("TableColumn", "Latency"), CellStyle::Number},
    {"latency_s", QT_TRANSLATE_NOOP("TableColumn", "Latency"), CellStyle::Number, {},
     QT_TRANSLATE_NOOP("TableColumn", "Wall clock: the union of the events' intervals")},
    {"latency_posthog_s", QT_TRANSLATE_NOOP("TableColumn", "Latency (PostHog)"), CellStyle::Number, {},
     QT_TRANSLATE_NOOP("TableColumn", "PostHog's rule, which adds up parallel calls")},
    {"latency_wall", QT_TRANSLATE_NOOP("TableColumn", "Latency"), CellStyle::Number, {},
     QT_TRANSLATE_NOOP("TableColumn", "Wall clock: the union of the events' intervals")},
    {"latency_posthog", QT_TRANSLATE_NOOP("TableColumn", "Latency (PostHog)"), CellStyle::Number, {},
     QT_TRANSLATE_NOOP("TableColumn", "PostHog's rule, which adds up parallel calls")},
    {"latency_avg", QT_TRANSLATE_NOOP("TableColumn", "Mean latency"), CellStyle::Number},
    {"latency_p50", QT_TRANSLATE_NOOP("TableColumn", "p50 latency"), CellStyle::Number},
    {"latency_p90", QT_TRANSLATE_NOOP("TableColumn", "p90 latency"), CellStyle::Number},
    {"latency_p95", QT_TRANSLATE_NOOP("TableColumn", "p95 latency"), CellStyle::Number},
    {"latency_p99", QT_TRANSLATE_NOOP("TableColumn", "p99 latency"), CellStyle::Number},
    {"latency_max", QT_TRANSLATE_NOOP("TableColumn", "Longest latency"), CellStyle::Number},
    {"ttft", QT_TRANSLATE_NOOP("TableColumn", "First token"), CellStyle::Number, {},
     QT_TRANSLATE_NOOP("TableColumn", "Time to first token")},
    {"ttft_avg", QT_TRANSLATE_NOOP("TableColumn", "Mean first token"), CellStyle::Number},
    {"ttft_p50", QT_TRANSLATE_NOOP("TableColumn", "p50 first token"), CellStyle::Number},
    {"ttft_p95", QT_TRANSLATE_NOOP("TableColumn", "p95 first token"), CellStyle::Number},
    {"ttft_p99", QT_TRANSLATE_NOOP("TableColumn", "p99 first token"), CellStyle::Number},
    {"tokens", QT_TRANSLATE_NOOP("TableColumn", "Tokens"), CellStyle::Number, "total_tokens",
     QT_TRANSLATE_NOOP("TableColumn", "Input → output (∑ total)")},
    {"input_tokens", QT_TRANSLATE_NOOP("TableColumn", "Input tokens"), CellStyle::Number},
    {"output_tokens", QT_TRANSLATE_NOOP("TableColumn", "Output tokens"), CellStyle::Number},
    {"total_tokens", QT_TRANSLATE_NOOP("TableColumn", "Total tokens"), CellStyle::Number},
    {"cache_read_tokens", QT_TRANSLATE_NOOP("TableColumn", "Cache read"), CellStyle::Number},
    {"cache_write_tokens", QT_TRANSLATE_NOOP("TableColumn", "Cache write"), CellStyle::Number},
    {"reasoning_tokens", QT_TRANSLATE_NOOP("TableColumn", "Reasoning tokens"), CellStyle::Number},
    {"cache_hit_rate", QT_TRANSLATE_NOOP("TableColumn", "Cache hits"), CellStyle::Number},
    {"tokens_per_second", QT_TRANSLATE_NOOP("TableColumn", "Tokens/s"), CellStyle::Number, {},
     QT_TRANSLATE_NOOP("TableColumn", "Output tokens per second of latency")},
    {"cost", QT_TRANSLATE_NOOP("TableColumn", "Cost"), CellStyle::Number},
    {"cost_input", QT_TRANSLATE_NOOP("TableColumn", "Input cost"), CellStyle::Number},
    {"cost_output", QT_TRANSLATE_NOOP("TableColumn", "Output cost"), CellStyle::Number},
    {"cost_cache_read", QT_TRANSLATE_NOOP("TableColumn", "Cache read cost"), CellStyle::Number},
    {"cost_cache_write", QT_TRANSLATE_NOOP("TableColumn", "Cache write cost"), CellStyle::Number},
    {"cost_request", QT_TRANSLATE_NOOP("TableColumn", "Request cost"), CellStyle::Number},
    {"cost_web_search", QT_TRANSLATE_NOOP("TableColumn", "Web search cost"), CellStyle::Number},
    {"cost_per_generation", QT_TRANSLATE_NOOP("TableColumn", "Cost per generation"), CellStyle::Number},
    {"cost_per_trace", QT_TRANSLATE_NOOP("TableColumn", "Cost per trace"), CellStyle::Number},
    {"cost_per_user", QT_TRANSLATE_NOOP("TableColumn", "Cost per user"), CellStyle::Number},
    {"cost_per_1k_tokens", QT_TRANSLATE_NOOP("TableColumn", "Cost per 1k tokens"), CellStyle::Number, {},
     QT_TRANSLATE_NOOP("TableColumn", "Cost for each thousand input and output tokens")},
    {"cost_before", QT_TRANSLATE_NOOP("TableColumn", "Cost before"), CellStyle::Number, {},
     QT_TRANSLATE_NOOP("TableColumn", "Cost in the compared period: the one chosen under Compare, else the one of the same length just before. Empty where the data do not reach back to it")},
    {"cost_change", QT_TRANSLATE_NOOP("TableColumn", "Change"), CellStyle::Number, {},
     QT_TRANSLATE_NOOP("TableColumn", "Cost against the compared period: the one chosen under Compare, else the one of the same length just before. Needs a time range with both ends, and data that reach back")},
    {"cost_source", QT_TRANSLATE_NOOP("TableColumn", "Cost source"), CellStyle::Text, {},
     QT_TRANSLATE_NOOP("TableColumn", "Where the price book's cost comes from")},
    {"cost_model", QT_TRANSLATE_NOOP("TableColumn", "Priced as"), CellStyle::Model},
    {"cost_provider", QT_TRANSLATE_NOOP("TableColumn", "Priced at")},
    {"priced", QT_TRANSLATE_NOOP("TableColumn", "Priced")},
    {"unpriced", QT_TRANSLATE_NOOP("TableColumn", "Unpriced"), CellStyle::Number},
    {"hour_of_day", QT_TRANSLATE_NOOP("TableColumn", "Hour"), CellStyle::Number},
    {"day_of_week", QT_TRANSLATE_NOOP("TableColumn", "Weekday"), CellStyle::Number},
    {"events", QT_TRANSLATE_NOOP("TableColumn", "Events"), CellStyle::Number},
    {"generations", QT_TRANSLATE_NOOP("TableColumn", "Generations"), CellStyle::Number},
    {"embeddings", QT_TRANSLATE_NOOP("TableColumn", "Embeddings"), CellStyle::Number},
    {"spans", QT_TRANSLATE_NOOP("TableColumn", "Spans"), CellStyle::Number},
    {"traces", QT_TRANSLATE_NOOP("TableColumn", "Traces"), CellStyle::Number},
    {"sessions", QT_TRANSLATE_NOOP("TableColumn", "Sessions"), CellStyle::Number},
    {"users", QT_TRANSLATE_NOOP("TableColumn", "Users"), CellStyle::Number},
    {"customers", QT_TRANSLATE_NOOP("TableColumn", "Customers"), CellStyle::Number},
    {"days_seen", QT_TRANSLATE_NOOP("TableColumn", "Days seen"), CellStyle::Number},
    {"event.$ai_metric_name", QT_TRANSLATE_NOOP("TableColumn", "Metric")},
    {"event.$ai_metric_value", QT_TRANSLATE_NOOP("TableColumn", "Value")},
    {"event.$ai_feedback_text", QT_TRANSLATE_NOOP("TableColumn", "Feedback"), CellStyle::Text, {},
     QT_TRANSLATE_NOOP("TableColumn", "What the user wrote")},
    {"single_share", QT_TRANSLATE_NOOP("TableColumn", "Alone"), CellStyle::Number, {},
     QT_TRANSLATE_NOOP("TableColumn", "Share of calls in which it is the only tool")},
};
// clang-format on

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
        std::array<std::vector<ListColumnInfo>, kListKindCount> infos;
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
    if (name == "cost_change")
        return {"cost_change", "cost_before"};
    return {name};
}

} // namespace

TableColumn tableColumn(ListKind kind, const std::string &name)
{
    TableColumn column;
    column.name = name;
    column.parts = partsOf(name);
    const Known *known = knownColumn(name);
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

std::vector<std::string> tableColumnNames(ListKind kind)
{
    std::vector<std::string> names = shownByDefault(kind);
    const auto add = [&names](const std::string &name) {
        if (std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    };
    for (const ListColumnInfo &info : availableListColumns(kind))
        add(info.name);
    return names;
}

bool isTableColumn(ListKind kind, const std::string &name)
{
    if (name == "tokens")
        return infoOf(kind, "total_tokens") != nullptr;
    return isProperty(name) ? Field::parse(name).ok() : infoOf(kind, name) != nullptr;
}

std::vector<std::string> shownByDefault(ListKind kind)
{
    std::vector<std::string> names = defaultListColumns(kind);
    // Input and output tokens read better as one column.
    const auto input = std::find(names.begin(), names.end(), "input_tokens");
    const auto output = std::find(names.begin(), names.end(), "output_tokens");
    if (input != names.end() && output != names.end()) {
        *input = "tokens";
        names.erase(output);
        names.erase(std::remove(names.begin(), names.end(), "total_tokens"), names.end());
    }
    // In the window the money stands where it is seen beside the open details.
    if (kind == ListKind::Generations)
        return {"timestamp", "model", "cost", "latency", "tokens", "user", "error", "trace_id", "uuid"};
    if (kind == ListKind::Traces)
        return {"started", "name", "cost", "latency", "errors", "tokens", "generations", "user", "trace_id"};
    // Who became dearer is asked of those who pay.
    const auto cost = std::find(names.begin(), names.end(), "cost");
    if (kind == ListKind::Users)
        names.insert(cost + 1, {"cost_change", "cost_per_trace"});
    else if (kind == ListKind::Customers)
        names.insert(cost + 1, {"cost_change", "cost_per_user", "cost_per_1k_tokens"});
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
    return kind == ListKind::Generations || kind == ListKind::Embeddings || kind == ListKind::Feedback;
}

KindSet eventKindsOf(ListKind kind)
{
    if (kind == ListKind::Feedback)
        return kindSet({EventKind::Feedback, EventKind::Metric});
    return kindSet({kind == ListKind::Embeddings ? EventKind::Embedding : EventKind::Generation});
}

std::string keyColumnOf(ListKind kind)
{
    switch (kind) {
    case ListKind::Generations:
    case ListKind::Embeddings:
    case ListKind::Feedback:
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
    return tableColumn(kind, keyColumnOf(kind)).field;
}

std::vector<std::string> footerColumnsOf(ListKind kind)
{
    if (isEventList(kind))
        return {"trace_id"}; // the footer asks the engine; a row leads to its trace
    std::vector<std::string> names;
    for (const char *name : {"cost", "errors", "latency"})
        if (infoOf(kind, name) != nullptr)
            names.emplace_back(name);
    if (kind == ListKind::Errors)
        names.emplace_back("http_status"); // the other half of a row's key
    return names;
}

bool addsUp(ListKind kind, const TableColumn &column)
{
    // An event counts under each of its tools.
    if (column.style != CellStyle::Number || kind == ListKind::Tools)
        return false;
    const std::string &name = column.parts.front();
    if (column.unit == Unit::Usd)
        return name.find("_per_") == std::string::npos;
    if (column.unit == Unit::Tokens)
        return true;
    if (column.unit == Unit::Seconds)
        return name == "latency" || name == "latency_posthog";
    constexpr std::string_view kCounts[] = {"events", "generations", "embeddings",
                                            "spans",  "errors",      "unpriced"};
    return std::find(std::begin(kCounts), std::end(kCounts), name) != std::end(kCounts);
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
    case ListKind::Feedback:
        return QCoreApplication::translate("ListKind", "Feedback");
    }
    return {};
}

} // namespace genscope

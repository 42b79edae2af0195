// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/tracetree.h"

#include "core/uuid.h"
#include "ingest/eventtime.h"
#include "ingest/objecttext.h"
#include "ingest/scalars.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace genscope {

namespace {

struct Renamed
{
    std::string_view member;
    std::string_view property;
};

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Members that are renamed become properties under the new name, the others under their own, except those
/// in @p left.
void addProperties(ObjectText &properties, json::Value object, std::span<const Renamed> renamed,
                   std::initializer_list<std::string_view> left)
{
    for (json::MemberReader reader(object); reader.next();) {
        if (isOneOf(reader.key(), left))
            continue;
        const auto known = std::find_if(renamed.begin(), renamed.end(), [&reader](const Renamed &entry) {
            return entry.member == reader.key();
        });
        properties.add(known == renamed.end() ? reader.key() : known->property, reader.value());
    }
}

std::string eventNameOf(std::string_view type)
{
    if (isOneOf(type, {"generation", "embedding", "trace"}))
        return "$ai_" + std::string(type);
    return "$ai_span";
}

/// Prompt and answer, which a copied generation holds in one list: the assistant's messages at its end are
/// the answer.
void addMessages(ObjectText &properties, json::Value messages)
{
    std::vector<json::Value> all;
    for (json::ElementReader reader(messages); reader.next();)
        all.push_back(reader.value());
    auto answer = all.end();
    while (answer != all.begin() && json::member(*std::prev(answer), "role").text() == "assistant")
        --answer;
    const auto list = [](auto begin, auto end) {
        std::string json = "[";
        for (auto it = begin; it != end; ++it)
            json.append(it == begin ? "" : ",").append(it->raw());
        return json + "]";
    };
    if (answer != all.begin())
        properties.add("$ai_input", list(all.begin(), answer));
    if (answer != all.end())
        properties.add("$ai_output_choices", list(answer, all.end()));
}

void addMetrics(ObjectText &properties, json::Value metrics)
{
    static constexpr std::array<Renamed, 3> kRenamed = {{{"latency", "$ai_latency"},
                                                         {"time_to_first_token", "$ai_time_to_first_token"},
                                                         {"cost", "$ai_total_cost_usd"}}};
    addProperties(properties, metrics, kRenamed, {"tokens"});
    const json::Value tokens = json::member(metrics, "tokens");
    properties.add("$ai_input_tokens", json::member(tokens, "input"));
    properties.add("$ai_output_tokens", json::member(tokens, "output"));
}

/// Makes the events of one copied trace.
class CopiedTrace
{
public:
    CopiedTrace(json::Value object, const EventTextSink &take)
        : m_object(object),
          m_take(take),
          m_traceId(idOf(json::member(object, "trace_id"))),
          m_started(timeOf(json::member(object, "timestamp")))
    {
    }

    void run()
    {
        const std::vector<json::Value> nodes = childrenOf(json::member(m_object, "events"));
        const bool namesItself = std::any_of(nodes.begin(), nodes.end(), [](json::Value node) {
            return json::member(node, "type").text() == "trace";
        });
        if (!namesItself)
            takeTrace();
        pushAll(nodes, {}, m_traceId, 1);
        while (!m_open.empty()) { // no recursion: a tree may be as deep as its text is long
            const Node node = std::move(m_open.back());
            m_open.pop_back();
            takeNode(node);
        }
    }

private:
    struct Node
    {
        json::Value json;
        std::string path; ///< `0.3.1`
        std::string parent;
        int depth = 0;
    };
    static constexpr int kDeepest = 2000; ///< what is deeper stays a property

    static std::vector<json::Value> childrenOf(json::Value list)
    {
        std::vector<json::Value> children;
        for (json::ElementReader reader(list); reader.next();) {
            if (reader.value().isObject())
                children.push_back(reader.value());
        }
        return children;
    }

    void pushAll(const std::vector<json::Value> &nodes, const std::string &path, const std::string &parent,
                 int depth)
    {
        for (std::size_t i = nodes.size(); i-- > 0;)
            m_open.push_back(
                {nodes[i], (path.empty() ? path : path + ".") + std::to_string(i), parent, depth});
    }

    Uuid uuidAt(std::string_view path) const
    {
        return Uuid::derivedFrom("copied trace\n" + m_traceId + "\n" + std::string(path));
    }

    void takeTrace()
    {
        static constexpr std::array<Renamed, 4> kRenamed = {{{"name", "$ai_span_name"},
                                                             {"input", "$ai_input_state"},
                                                             {"output", "$ai_output_state"},
                                                             {"total_latency", "$ai_latency"}}};
        ObjectText properties;
        properties.addText("$ai_trace_id", m_traceId);
        addProperties(properties, m_object, kRenamed, {"trace_id", "timestamp", "events"});
        takeEvent("$ai_trace", uuidAt({}), std::move(properties));
    }

    void takeNode(const Node &node)
    {
        const std::string type = json::member(node.json, "type").text();
        const Uuid uuid = uuidAt(node.path);
        const bool callsModel = type == "generation" || type == "embedding";
        const std::array<Renamed, 6> renamed = {{{"name", "$ai_span_name"},
                                                 {"model", "$ai_model"},
                                                 {"provider", "$ai_provider"},
                                                 {"available_tools", "$ai_tools"},
                                                 {"input", callsModel ? "$ai_input" : "$ai_input_state"},
                                                 {"output", callsModel ? "$ai_output" : "$ai_output_state"}}};
        ObjectText properties;
        properties.addText("$ai_trace_id", m_traceId);
        properties.addText("$ai_span_id", uuid.toString());
        properties.addText("$ai_parent_id", node.parent);
        addProperties(properties, node.json, renamed, {"type", "messages", "error", "metrics", "children"});
        addMessages(properties, json::member(node.json, "messages"));
        addMetrics(properties, json::member(node.json, "metrics"));
        const json::Value error = json::member(node.json, "error");
        if (error.isPresent() && !error.isEmptyString()) {
            properties.add("$ai_is_error", "true");
            properties.add("$ai_error", error);
        }
        const json::Value children = json::member(node.json, "children");
        const bool descends = node.depth < kDeepest;
        if (!descends)
            properties.add("children", children);
        takeEvent(eventNameOf(type), uuid, std::move(properties));
        if (descends)
            pushAll(childrenOf(children), node.path, uuid.toString(), node.depth + 1);
    }

    void takeEvent(const std::string &name, const Uuid &uuid, ObjectText &&properties)
    {
        ObjectText event;
        event.addText("uuid", uuid.toString());
        event.addText("event", name);
        if (m_started)
            event.addText("timestamp", isoTime({m_started->us + m_count++}));
        else
            event.add("timestamp", json::member(m_object, "timestamp"));
        event.addText("distinct_id", m_traceId);
        event.add("properties", properties.take());
        m_take(event.take());
    }

    const json::Value m_object;
    const EventTextSink &m_take;
    const std::string m_traceId;
    const std::optional<Timestamp> m_started;
    std::vector<Node> m_open;
    std::int64_t m_count = 0;
};

} // namespace

bool isCopiedTrace(json::Value object)
{
    return json::member(object, "trace_id").isPresent() && json::member(object, "events").isArray();
}

void eventsOfCopiedTrace(json::Value object, const EventTextSink &take)
{
    CopiedTrace(object, take).run();
}

bool isQueriedTrace(json::Value object)
{
    return json::member(object, "id").isPresent() && json::member(object, "createdAt").isPresent() &&
           json::member(object, "events").isArray();
}

void eventsOfQueriedTrace(json::Value object, const EventTextSink &take)
{
    const json::Value person = json::member(object, "person");
    const auto addPerson = [person](ObjectText &event) {
        event.add("distinct_id", json::member(person, "distinct_id"));
        event.add("person_id", json::member(person, "uuid"));
        event.add("person_properties", json::member(person, "properties"));
    };
    bool hasTraceEvent = false;
    for (json::ElementReader reader(json::member(object, "events")); reader.next();) {
        const json::Value captured = reader.value();
        hasTraceEvent |= json::member(captured, "event").text() == "$ai_trace";
        ObjectText event;
        event.add("uuid", json::member(captured, "id"));
        event.add("event", json::member(captured, "event"));
        event.add("timestamp", json::member(captured, "createdAt"));
        addPerson(event);
        event.add("properties", json::member(captured, "properties"));
        take(event.take());
    }
    bool saysMore = false;
    for (const std::string_view name : {"traceName", "inputState", "outputState"})
        saysMore |= json::member(object, name).isPresent();
    if (hasTraceEvent || !saysMore)
        return;
    static constexpr std::array<Renamed, 5> kRenamed = {{{"id", "$ai_trace_id"},
                                                         {"traceName", "$ai_span_name"},
                                                         {"inputState", "$ai_input_state"},
                                                         {"outputState", "$ai_output_state"},
                                                         {"totalLatency", "$ai_latency"}}};
    ObjectText properties;
    addProperties(properties, object, kRenamed, {"createdAt", "person", "events"});
    ObjectText event;
    event.addText("uuid", Uuid::derivedFrom("queried trace\n" + idOf(json::member(object, "id"))).toString());
    event.addText("event", "$ai_trace");
    event.add("timestamp", json::member(object, "createdAt"));
    addPerson(event);
    event.add("properties", properties.take());
    take(event.take());
}

} // namespace genscope

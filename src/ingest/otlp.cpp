// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/otlp.h"

#include "core/timestamp.h"
#include "core/uuid.h"
#include "ingest/objecttext.h"
#include "ingest/otlpattributes.h"
#include "ingest/scalars.h"

#include <QByteArray>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <optional>

namespace genscope {

namespace {

/// An id in hexadecimal. JSON that was made from protobuf without knowing OTLP has them in BASE64.
std::string hexId(json::Value value, std::size_t bytes)
{
    const std::string text = value.text();
    if (text.size() == bytes * 2)
        return text;
    const auto decoded = QByteArray::fromBase64Encoding(QByteArray::fromStdString(text));
    if (decoded && static_cast<std::size_t>(decoded.decoded.size()) == bytes)
        return decoded.decoded.toHex().toStdString();
    return text;
}

std::optional<std::int64_t> nanoseconds(json::Value value)
{
    const auto text = numberText(value);
    const auto number = text ? wholeNumber(*text) : std::nullopt;
    return number && *number > 0 ? number : std::nullopt;
}

/// Seconds with nine decimals at most.
std::string secondsText(std::int64_t nanoseconds)
{
    constexpr std::int64_t kPerSecond = 1'000'000'000;
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%lld.%09lld", static_cast<long long>(nanoseconds / kPerSecond),
                  static_cast<long long>(nanoseconds % kPerSecond));
    std::string seconds = text.data();
    seconds.resize(seconds.find_last_not_of('0') + 1);
    if (seconds.ends_with('.'))
        seconds.pop_back();
    return seconds;
}

bool isError(json::Value status)
{
    const json::Value code = json::member(status, "code");
    return code.raw() == "2" || code.raw() == "\"STATUS_CODE_ERROR\"";
}

/// Names of properties that attributes have under other names; the first that is there counts.
struct Renamed
{
    std::string_view property;
    std::array<std::string_view, 5> attributes;
};

constexpr std::array<std::string_view, 5> kModel = {
    {"gen_ai.response.model", "ai.response.model", "gen_ai.request.model", "ai.model.id", "llm.model_name"}};
constexpr std::array<std::string_view, 5> kProvider = {
    {"gen_ai.provider.name", "gen_ai.system", "ai.model.provider", "llm.provider", "llm.system"}};
constexpr std::array<std::string_view, 6> kUser = {
    {"posthog.distinct_id", "ai.telemetry.metadata.posthog_distinct_id", "user.id", "enduser.id",
     "traceloop.association.properties.user_id", "ai.telemetry.metadata.userId"}};

constexpr std::array<Renamed, 16> kNumbersAndNames = {{
    {"$ai_input_tokens",
     {{"gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "ai.usage.inputTokens",
       "ai.usage.promptTokens", "llm.token_count.prompt"}}},
    {"$ai_output_tokens",
     {{"gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens", "ai.usage.outputTokens",
       "ai.usage.completionTokens", "llm.token_count.completion"}}},
    {"$ai_cache_read_input_tokens",
     {{"gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens",
       "ai.usage.cachedInputTokens", "llm.token_count.prompt_details.cache_read"}}},
    {"$ai_cache_creation_input_tokens",
     {{"gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_creation_input_tokens",
       "llm.token_count.prompt_details.cache_write"}}},
    {"$ai_reasoning_tokens",
     {{"gen_ai.usage.reasoning.output_tokens", "ai.usage.reasoningTokens",
       "llm.token_count.completion_details.reasoning"}}},
    {"$ai_session_id",
     {{"gen_ai.conversation.id", "session.id", "traceloop.association.properties.session_id",
       "ai.telemetry.metadata.sessionId"}}},
    {"$ai_base_url", {{"server.address"}}},
    {"$ai_lib", {{"telemetry.sdk.name"}}},
    {"$ai_lib_version", {{"telemetry.sdk.version"}}},
    {"$ai_time_to_first_token", {{"gen_ai.response.time_to_first_chunk"}}},
    {"$ai_stream", {{"gen_ai.request.stream"}}},
    {"$ai_http_status", {{"http.response.status_code", "http.status_code"}}},
    {"$ai_completion_id", {{"gen_ai.response.id", "ai.response.id"}}},
    {"$ai_total_cost_usd", {{"llm.cost.total"}}},
    {"$ai_agent_name", {{"gen_ai.agent.name"}}},
    {"$ai_tool_name", {{"gen_ai.tool.name", "ai.toolCall.name"}}},
}};

/// Settings of the call, by their names in `$ai_model_parameters`.
constexpr std::array<Renamed, 8> kParameters = {{
    {"temperature", {{"gen_ai.request.temperature", "ai.settings.temperature"}}},
    {"max_tokens", {{"gen_ai.request.max_tokens", "ai.settings.maxOutputTokens", "ai.settings.maxTokens"}}},
    {"top_p", {{"gen_ai.request.top_p", "ai.settings.topP"}}},
    {"top_k", {{"gen_ai.request.top_k", "ai.settings.topK"}}},
    {"frequency_penalty", {{"gen_ai.request.frequency_penalty", "ai.settings.frequencyPenalty"}}},
    {"presence_penalty", {{"gen_ai.request.presence_penalty", "ai.settings.presencePenalty"}}},
    {"seed", {{"gen_ai.request.seed", "ai.settings.seed"}}},
    {"stop", {{"gen_ai.request.stop_sequences", "ai.settings.stopSequences"}}},
}};

std::string listOf(const std::vector<std::string> &elements)
{
    std::string json = "[";
    for (const std::string &element : elements)
        json.append(json.size() == 1 ? "" : ",").append(element);
    return json + "]";
}

/// Messages that older instrumentations write as events of the span.
struct SpanMessages
{
    std::vector<std::string> input;
    std::vector<std::string> output;
    std::string error;
    std::vector<std::string> others;

    explicit SpanMessages(json::Value events)
    {
        for (json::ElementReader reader(events); reader.next();)
            take(reader.value());
    }

private:
    void take(json::Value event)
    {
        constexpr std::string_view kPrefix = "gen_ai.";
        constexpr std::string_view kSuffix = ".message";
        const std::string name = json::member(event, "name").text();
        OtlpAttributes attributes;
        attributes.add(json::member(event, "attributes"));
        if (name == "gen_ai.choice") {
            output.push_back(choice(attributes));
        } else if (name.starts_with(kPrefix) && name.ends_with(kSuffix)) {
            const std::string role =
                name.substr(kPrefix.size(), name.size() - kPrefix.size() - kSuffix.size());
            ObjectText message;
            message.addText("role", role);
            attributes.take({"gen_ai.system", "role"});
            for (const auto &[key, value] : attributes.all())
                message.add(key, parsedText(value));
            input.push_back(message.take());
        } else if (name == "exception") {
            error = attributes.text({"exception.message", "exception.type"});
            others.emplace_back(event.raw());
        } else {
            others.emplace_back(event.raw());
        }
    }

    static std::string choice(OtlpAttributes &attributes)
    {
        const std::string message = attributes.takeParsed({"message"});
        if (!message.empty())
            return message;
        ObjectText choice;
        choice.addText("role", "assistant");
        attributes.take({"gen_ai.system", "index"});
        for (const auto &[key, value] : attributes.all())
            choice.add(key, parsedText(value));
        return choice.take();
    }
};

/// One span on its way to an event.
class SpanEvent
{
public:
    SpanEvent(json::Value resource, json::Value scope, json::Value span) : m_scope(scope), m_span(span)
    {
        m_attributes.add(json::member(resource, "attributes"));
        m_resourceUser = m_attributes.text(kUser);
        m_attributes.add(json::member(span, "attributes"));
        m_name = json::member(span, "name").text();
    }

    bool isAboutModels() const
    {
        constexpr std::array<std::string_view, 4> kPrefixes = {"gen_ai.", "llm.", "ai.", "traceloop."};
        return std::any_of(kPrefixes.begin(), kPrefixes.end(), [this](std::string_view prefix) {
            return m_name.starts_with(prefix) || m_attributes.anyBeginsWith(prefix);
        });
    }

    std::string json();

private:
    std::string eventName() const;
    void addIds();
    void addTimes();
    void addError();
    void addCall();
    void addContent();
    std::string vercelAnswer();

    json::Value m_scope;
    json::Value m_span;
    OtlpAttributes m_attributes;
    std::string m_resourceUser;
    std::string m_name;
    std::string m_traceId;
    std::string m_spanId;
    std::string m_timestamp;
    ObjectText m_properties;
};

/// The kind of call, by all conventions that say one.
std::string SpanEvent::eventName() const
{
    constexpr std::string_view kGeneration = "$ai_generation";
    constexpr std::string_view kEmbedding = "$ai_embedding";
    const std::string operation = m_attributes.text({"gen_ai.operation.name"});
    const std::string vercel = m_attributes.text({"ai.operationId"});
    const std::string request = m_attributes.text({"llm.request.type", "openinference.span.kind"});
    if (operation == "chat" || operation == "generate_content" || operation == "text_completion" ||
        vercel.ends_with(".doGenerate") || vercel.ends_with(".doStream") || request == "chat" ||
        request == "completion" || request == "LLM")
        return std::string(kGeneration);
    if (operation == "embeddings" || (vercel.starts_with("ai.embed") && vercel.ends_with(".doEmbed")) ||
        request.starts_with("embedding") || request == "EMBEDDING")
        return std::string(kEmbedding);
    const json::Value parent = json::member(m_span, "parentSpanId");
    return parent.isString() && !parent.isEmptyString() ? "$ai_span" : "$ai_trace";
}

void SpanEvent::addIds()
{
    constexpr std::size_t kTraceBytes = 16;
    constexpr std::size_t kSpanBytes = 8;
    m_traceId = hexId(json::member(m_span, "traceId"), kTraceBytes);
    m_spanId = hexId(json::member(m_span, "spanId"), kSpanBytes);
    m_properties.addText("$ai_ingestion_source", "otel");
    m_properties.addText("$ai_trace_id", m_traceId);
    m_properties.addText("$ai_span_id", m_spanId);
    const std::string parent = hexId(json::member(m_span, "parentSpanId"), kSpanBytes);
    if (!parent.empty())
        m_properties.addText("$ai_parent_id", parent);
    m_properties.addText("$ai_span_name", m_name);
    m_properties.addText("$otel_span_name", m_name);
    m_properties.add("$otel_span_kind", json::member(m_span, "kind"));
    m_properties.add("$otel_scope_name", json::member(m_scope, "name"));
    m_properties.add("$otel_scope_version", json::member(m_scope, "version"));
}

void SpanEvent::addTimes()
{
    const json::Value start = json::member(m_span, "startTimeUnixNano");
    const json::Value end = json::member(m_span, "endTimeUnixNano");
    m_properties.add("$otel_start_time_unix_nano", start);
    m_properties.add("$otel_end_time_unix_nano", end);
    const auto from = nanoseconds(start);
    const auto to = nanoseconds(end);
    if (from)
        m_timestamp = isoTime({*from / 1000});
    if (from && to && *to >= *from)
        m_properties.add("$ai_latency", secondsText(*to - *from));
    const json::Value milliseconds(m_attributes.find("ai.response.msToFirstChunk"));
    if (const auto first = numberOf(milliseconds))
        m_properties.add("$ai_time_to_first_token", std::to_string(*first / 1000));
}

void SpanEvent::addError()
{
    const json::Value status = json::member(m_span, "status");
    if (!isError(status))
        return;
    m_properties.add("$ai_is_error", "true");
    std::string error = json::member(status, "message").text();
    if (error.empty())
        error = SpanMessages(json::member(m_span, "events")).error;
    if (error.empty())
        error = m_attributes.text({"error.type"});
    if (!error.empty())
        m_properties.addText("$ai_error", error);
}

void SpanEvent::addCall()
{
    const bool isVercel = !m_attributes.find("ai.operationId").empty();
    if (const std::string model = m_attributes.take(kModel); !model.empty())
        m_properties.add("$ai_model", model);
    if (std::string provider = m_attributes.text(kProvider); !provider.empty()) {
        if (isVercel) // `openai.responses`: the provider, and which of its APIs
            provider.resize(std::min(provider.find('.'), provider.size()));
        m_properties.addText("$ai_provider", provider);
    }
    if (isVercel)
        m_properties.addText("$ai_framework", "vercel");
    for (const Renamed &renamed : kNumbersAndNames)
        m_properties.add(renamed.property, m_attributes.take(renamed.attributes));
    ObjectText parameters;
    for (const Renamed &renamed : kParameters)
        parameters.add(renamed.property, m_attributes.take(renamed.attributes));
    if (!parameters.empty())
        m_properties.add("$ai_model_parameters", parameters.take());
    const std::string reasons = m_attributes.take({"gen_ai.response.finish_reasons"});
    const std::string reason = m_attributes.take({"ai.response.finishReason"});
    json::ElementReader first{json::Value(std::string_view(reasons))};
    if (first.next())
        m_properties.add("$ai_stop_reason", first.value());
    else
        m_properties.add("$ai_stop_reason", reason);
}

/// Vercel's SDK writes text, object and tool calls of the answer apart.
std::string SpanEvent::vercelAnswer()
{
    const std::string text = m_attributes.take({"ai.response.text", "ai.response.object"});
    const std::string calls = m_attributes.takeParsed({"ai.response.toolCalls"});
    if (text.empty() && calls.empty())
        return {};
    ObjectText message;
    message.addText("role", "assistant");
    message.add("content", text);
    message.add("tool_calls", calls);
    return '[' + message.take() + ']';
}

void SpanEvent::addContent()
{
    SpanMessages messages(json::member(m_span, "events"));
    std::string input =
        m_attributes.takeParsed({"gen_ai.input.messages", "ai.prompt.messages", "ai.prompt", "gen_ai.prompt",
                                 "traceloop.entity.input", "input.value", "ai.value", "ai.values"});
    if (const std::string list = m_attributes.takeList("gen_ai.prompt"); input.empty())
        input = list;
    if (input.empty() && !messages.input.empty())
        input = listOf(messages.input);
    std::string output = m_attributes.takeParsed(
        {"gen_ai.output.messages", "gen_ai.completion", "traceloop.entity.output", "output.value"});
    if (const std::string list = m_attributes.takeList("gen_ai.completion"); output.empty())
        output = list;
    if (const std::string answer = vercelAnswer(); output.empty())
        output = answer;
    if (output.empty() && !messages.output.empty())
        output = listOf(messages.output);
    const bool isCall = eventName() == "$ai_generation" || eventName() == "$ai_embedding";
    m_properties.add(isCall ? "$ai_input" : "$ai_input_state", input);
    m_properties.add(isCall ? "$ai_output_choices" : "$ai_output_state", output);
    m_properties.add("$ai_instructions", m_attributes.takeParsed({"gen_ai.system_instructions"}));
    m_properties.add("$ai_tools", m_attributes.takeParsed({"gen_ai.tool.definitions", "ai.prompt.tools"}));
    if (!messages.others.empty())
        m_properties.add("$otel_span_events", listOf(messages.others));
    if (const json::Value links = json::member(m_span, "links"); links.raw() != "[]")
        m_properties.add("$otel_span_links", links);
}

std::string SpanEvent::json()
{
    const std::string name = eventName();
    std::string user = m_attributes.text({"posthog.distinct_id"});
    if (user.empty())
        user = m_resourceUser.empty() ? m_attributes.text(kUser) : m_resourceUser;
    addIds();
    if (user.empty()) { // as SDKs do without a user
        user = m_traceId;
        m_properties.add("$process_person_profile", "false");
    }
    addTimes();
    addError();
    addContent();
    addCall();
    for (const auto &[key, value] : m_attributes.all())
        m_properties.add(key, value);

    ObjectText event;
    event.addText("uuid", Uuid::derivedFrom(m_traceId + ' ' + m_spanId).toString());
    event.addText("event", name);
    event.addText("distinct_id", user);
    if (!m_timestamp.empty())
        event.addText("timestamp", m_timestamp);
    event.add("properties", m_properties.take());
    return event.take();
}

} // namespace

bool isOtlpRequest(json::Value object)
{
    return json::member(object, "resourceSpans").isArray();
}

void eventsOfOtlp(json::Value object, const std::function<void(std::string &&json)> &take)
{
    for (json::ElementReader resources(json::member(object, "resourceSpans")); resources.next();) {
        const json::Value resource = json::member(resources.value(), "resource");
        for (json::ElementReader scopes(json::member(resources.value(), "scopeSpans")); scopes.next();) {
            const json::Value scope = json::member(scopes.value(), "scope");
            for (json::ElementReader spans(json::member(scopes.value(), "spans")); spans.next();) {
                SpanEvent event(resource, scope, spans.value());
                if (event.isAboutModels())
                    take(event.json());
            }
        }
    }
}

} // namespace genscope

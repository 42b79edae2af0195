// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/event.h"

#include <charconv>
#include <optional>
#include <string>

namespace genscope {

/// One event as text, a field a line, empty fields left out: for comparing whole files of events.
class EventDescription
{
public:
    explicit EventDescription(const Event &event)
    {
        add("event", event.name);
        add("uuid", event.uuid.toString());
        add("kind", std::string(eventKindName(event.kind)));
        add("timestamp", isoTime(event.timestamp));
        add("distinct_id", event.distinctId);
        add("anonymous", event.isAnonymous() ? "yes" : "");
        add("person_id", event.personId);
        add("trace", event.traceId);
        add("session", event.sessionId);
        add("span", event.spanId);
        add("parent", event.parentId);
        add("span_name", event.spanName);
        add("model", event.model);
        add("provider", event.provider);
        add("framework", event.framework);
        add("lib", event.lib);
        add("latency", event.latencySeconds);
        add("ttft", event.timeToFirstTokenSeconds);
        add("http_status", event.httpStatus);
        add("stream", event.stream ? (*event.stream ? "yes" : "no") : "");
        add("error", event.isError ? event.errorNormalized : "");
        addUsage(event.usage);
        for (const std::string &tool : event.tools)
            add("tool", tool);
        for (const GroupKey &group : event.groups)
            add("group", group.type + "=" + group.key);
        add("person_properties", event.personProperties);
        for (const PropertyUpdate &update : event.updates)
            add("update", update.groupType + update.groupKey + update.json);
        for (const ByteSpan &span : event.heavy)
            add("heavy", std::to_string(span.length));
        for (const std::string &note : event.notes)
            add("note", note);
    }

    const std::string &text() const { return m_text; }

private:
    void addUsage(const Usage &usage)
    {
        add("input_tokens", usage.inputTokens);
        add("output_tokens", usage.outputTokens);
        add("cache_read", usage.cacheReadTokens);
        add("cache_write", usage.cacheWriteTokens);
        add("cache_write_5m", usage.cacheWrite5mTokens);
        add("cache_write_1h", usage.cacheWrite1hTokens);
        add("reasoning", usage.reasoningTokens);
        add("audio_input", usage.audioInputTokens);
        add("image_output", usage.imageOutputTokens);
        add("text_output", usage.textOutputTokens);
        add("web_searches", usage.webSearchCount);
        if (usage.cacheReportingExclusive)
            add("exclusive", *usage.cacheReportingExclusive ? "yes" : "no");
        for (const auto &[name, amount] : {std::pair{"input_cost", usage.suppliedInputCost},
                                           std::pair{"output_cost", usage.suppliedOutputCost},
                                           std::pair{"total_cost", usage.suppliedTotalCost},
                                           std::pair{"input_price", usage.inputTokenPrice}}) {
            if (amount)
                add(name, amount->toString());
        }
        add("tier", usage.serviceTier);
    }

    template<typename T>
    void add(const char *name, const std::optional<T> &number)
    {
        if (!number)
            return;
        char buffer[64];
        const auto written = std::to_chars(buffer, buffer + sizeof buffer, *number);
        add(name, std::string(buffer, written.ptr));
    }
    void add(const char *name, const std::string &value)
    {
        if (!value.empty())
            m_text += std::string(name) + ": " + value + '\n';
    }
    void add(const char *name, const char *value) { add(name, std::string(value)); }

    std::string m_text;
};

} // namespace genscope

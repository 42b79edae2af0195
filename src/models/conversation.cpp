// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/conversation.h"

#include "core/event.h"
#include "models/conversationparts.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace genscope {

namespace {

using Role = ConversationMessage::Role;
using Origin = ConversationMessage::Origin;
using Kind = ConversationPart::Kind;

constexpr int kMaxWrappers = 8; ///< envelopes inside envelopes that are looked into

std::optional<Role> roleFromName(const JsonValue &name)
{
    static constexpr std::array<std::pair<std::string_view, Role>, 14> kRoles{{
        {"user", Role::User},
        {"human", Role::User},
        {"HumanMessage", Role::User},
        {"system", Role::System},
        {"developer", Role::System},
        {"SystemMessage", Role::System},
        {"assistant", Role::Assistant},
        {"ai", Role::Assistant},
        {"model", Role::Assistant},
        {"AIMessage", Role::Assistant},
        {"AIMessageChunk", Role::Assistant},
        {"tool", Role::Tool},
        {"function", Role::Tool},
        {"ToolMessage", Role::Tool},
    }};
    for (const auto &[text, role] : kRoles)
        if (name.equals(text))
            return role;
    return std::nullopt;
}

/// Programs wrap what they tell the model in one XML element; it is not what the user said.
bool isInternal(const ConversationMessage &message)
{
    if (message.role != Role::User || message.parts.size() != 1 || message.parts.front().kind != Kind::Text)
        return false;
    const QString text = message.parts.front().text.trimmed();
    for (const char *tag : {"system-reminder", "system_reminder", "system_reminder_message",
                            "attached_context", "voice_mode"}) {
        const QLatin1String name(tag);
        if (text.startsWith(QLatin1Char('<') + name + QLatin1Char('>')) &&
            text.endsWith(QLatin1String("</") + name + QLatin1Char('>')))
            return true;
    }
    return false;
}

/// Reads one side of a conversation.
class SideReader
{
public:
    SideReader(Origin origin, Conversation &out) : m_origin(origin), m_out(out) {}

    void read(const JsonValue &value, int depth = 0)
    {
        if (!value.hasContent())
            return;
        if (value.isArray()) {
            for (int i = 0; i < value.size(); ++i)
                read(value.at(i), depth);
            return;
        }
        if (!value.isObject())
            return readScalar(value);
        if (depth < kMaxWrappers && readWrapper(value, depth))
            return;
        if (looksLikePart(value))
            return readLoosePart(value);
        if (readMessage(value))
            return;
        ConversationMessage &message = start(defaultRole(), {});
        message.parts.push_back(rawPart(value));
        ++m_out.unknownCount;
    }

private:
    Role defaultRole() const { return m_origin == Origin::Input ? Role::User : Role::Assistant; }

    ConversationMessage &start(Role role, const QString &name)
    {
        ConversationMessage message;
        message.role = role;
        message.roleName = name;
        message.origin = m_origin;
        message.finishReason = std::exchange(m_finishReason, {});
        m_loose = false;
        m_out.messages.push_back(std::move(message));
        return m_out.messages.back();
    }

    /// Responses list a turn's reasoning, calls and message as items of their own: they are one message.
    ConversationMessage &startOrJoin(Role role, const QString &name)
    {
        if (!m_loose || m_out.messages.back().role != role)
            return start(role, name);
        ConversationMessage &message = m_out.messages.back();
        message.roleName = name;
        return message;
    }

    void readScalar(const JsonValue &value)
    {
        ConversationMessage &message = start(defaultRole(), {});
        message.parts.push_back({Kind::Text, {}, {}, readableText(value)});
        message.internal = isInternal(message);
    }

    /// Parts without a message around them (Responses items, lists of blocks) make one message together,
    /// but a tool's answer is its own.
    void readLoosePart(const JsonValue &value)
    {
        std::vector<ConversationPart> parts;
        appendParts(value, parts);
        for (ConversationPart &part : parts) {
            const bool result = part.kind == Kind::ToolResult;
            const bool call = part.kind == Kind::ToolCall || part.kind == Kind::Reasoning;
            const Role role = result ? Role::Tool : call ? Role::Assistant : defaultRole();
            const bool joins = m_loose && m_out.messages.back().role == role;
            ConversationMessage &message = joins ? m_out.messages.back() : start(role, {});
            m_loose = true;
            message.parts.push_back(std::move(part));
        }
    }

    /// Envelopes: whole API answers, LangChain's serialised objects, graph states.
    bool readWrapper(const JsonValue &value, int depth)
    {
        const JsonValue choices = value["choices"].isArray() ? value["choices"] : value["candidates"];
        if (choices.isArray()) {
            read(choices, depth + 1);
            return true;
        }
        if (value["message"].isObject() && !value["role"].exists()) {
            m_finishReason = value["finish_reason"].isString() ? value["finish_reason"].text() : QString();
            read(value["message"], depth + 1);
            return true;
        }
        if (value["content"].isObject() && value["content"]["parts"].isArray()) { // a Gemini candidate
            m_finishReason = value["finishReason"].isString() ? value["finishReason"].text() : QString();
            read(value["content"], depth + 1);
            return true;
        }
        if (value["messages"].isArray() && !value["role"].exists()) {
            read(value["messages"], depth + 1);
            return true;
        }
        if (value["type"].equals("constructor") && value["kwargs"].isObject())
            return readLangChain(value, depth);
        const JsonValue kwargs = value["lc_kwargs"];
        if (kwargs["messages"].isArray() && !value["content"].exists()) {
            read(kwargs["messages"], depth + 1);
            return true;
        }
        const JsonValue output = value["output"]; // a Responses API answer
        if (value["object"].equals("response") && output.isArray()) {
            read(output, depth + 1);
            return true;
        }
        return false;
    }

    bool readLangChain(const JsonValue &value, int depth)
    {
        const JsonValue kwargs = value["kwargs"];
        if (kwargs["messages"].isArray()) {
            read(kwargs["messages"], depth + 1);
            return true;
        }
        const JsonValue id = value["id"];
        const auto role = roleFromName(id.at(id.size() - 1));
        if (!role || !kwargs["content"].exists())
            return false;
        fill(start(*role, id.at(id.size() - 1).text()), kwargs);
        return true;
    }

    bool readMessage(const JsonValue &value)
    {
        const JsonValue named = value["role"].isString() ? value["role"] : value["type"];
        auto role = roleFromName(named);
        const bool hasBody =
            value["content"].exists() || value["parts"].isArray() || value["tool_calls"].isArray();
        if (!role && !(value["role"].isString() && (hasBody || value["type"].isString())))
            return false;
        if (looksLikePartWithRole(value)) {
            std::vector<ConversationPart> parts;
            appendParts(value, parts);
            ConversationMessage &message = start(role.value_or(Role::Other), named.text());
            message.parts = std::move(parts);
            return true;
        }
        if (!hasBody)
            return false;
        fill(startOrJoin(role.value_or(Role::Other), named.text()), value);
        return true;
    }

    /// OpenAI's agents SDK puts a role on items that are calls and results themselves.
    static bool looksLikePartWithRole(const JsonValue &value)
    {
        const JsonValue type = value["type"];
        return type.equals("function_call") || type.equals("function_call_result") ||
               type.equals("function_call_output");
    }

    void fill(ConversationMessage &message, const JsonValue &value)
    {
        const JsonValue stop =
            value["stop_reason"].isString() ? value["stop_reason"] : value["finish_reason"];
        if (message.finishReason.isEmpty() && stop.isString())
            message.finishReason = stop.text();
        const JsonValue reasoning =
            value["reasoning_content"].hasContent() ? value["reasoning_content"] : value["reasoning"];
        if (reasoning.isString() && reasoning.hasContent())
            message.parts.push_back({Kind::Reasoning, {}, {}, reasoning.text()});
        const JsonValue content = value["content"].hasContent() ? value["content"] : value["parts"];
        if (message.role == Role::Tool && !holdsResults(content))
            message.parts.push_back(answerOf(value, content));
        else
            appendParts(content, message.parts);
        if (value["refusal"].hasContent())
            message.parts.push_back({Kind::Text, {}, {}, value["refusal"].text()});
        appendToolCalls(value["tool_calls"], message.parts);
        if (value["function_call"].isObject())
            message.parts.push_back(oldFunctionCall(value["function_call"]));
        if (value["audio"].isObject())
            appendAudio(value["audio"], message.parts);
        message.internal = isInternal(message);
    }

    static bool holdsResults(const JsonValue &content)
    {
        std::vector<ConversationPart> parts;
        if (content.isArray() && content.at(0).isObject())
            appendParts(content.at(0), parts);
        return !parts.empty() && parts.front().kind == Kind::ToolResult;
    }

    static ConversationPart answerOf(const JsonValue &message, const JsonValue &content)
    {
        const JsonValue id =
            message["tool_call_id"].exists() ? message["tool_call_id"] : message["toolCallId"];
        return {Kind::ToolResult, message["name"].isString() ? message["name"].text() : QString(),
                id.isString() ? id.text() : QString(), readableText(content)};
    }

    static ConversationPart oldFunctionCall(const JsonValue &call)
    {
        return {Kind::ToolCall, call["name"].text(), {}, readableText(call["arguments"])};
    }

    static void appendAudio(const JsonValue &audio, std::vector<ConversationPart> &parts)
    {
        ConversationPart part{Kind::Media, QStringLiteral("audio"), {}, {}};
        if (audio["transcript"].isString())
            part.text = audio["transcript"].text();
        parts.push_back(std::move(part));
    }

    Origin m_origin;
    Conversation &m_out;
    QString m_finishReason;
    bool m_loose = false; ///< the last message was made of loose parts
};

JsonValue firstWithContent(const JsonValue &object, std::initializer_list<std::string_view> keys)
{
    for (const std::string_view key : keys)
        if (object[key].hasContent())
            return object[key];
    return {};
}

/// Numbers the calls, and gives results the number of theirs: by id, else the first call of that tool that
/// has no result yet.
void pairTools(Conversation &conversation)
{
    std::vector<ConversationPart *> calls;
    const auto callOf = [&calls](const ConversationPart &result) -> ConversationPart * {
        for (auto call = calls.rbegin(); call != calls.rend(); ++call)
            if (!result.callId.isEmpty() && (*call)->callId == result.callId)
                return *call;
        for (ConversationPart *call : calls)
            if (!call->answered && !result.title.isEmpty() && call->title == result.title &&
                (call->callId.isEmpty() || result.callId.isEmpty()))
                return call;
        return nullptr;
    };
    for (ConversationMessage &message : conversation.messages) {
        for (ConversationPart &part : message.parts) {
            if (part.kind == Kind::ToolCall) {
                calls.push_back(&part);
                part.call = static_cast<int>(calls.size());
            } else if (part.kind == Kind::ToolResult) {
                if (ConversationPart *call = callOf(part)) {
                    call->answered = true;
                    part.call = call->call;
                    part.calledTool = call->title;
                }
            }
        }
    }
}

/// Said the same, whatever became of it since.
bool sameMessage(const ConversationMessage &a, const ConversationMessage &b)
{
    return a.role == b.role && std::equal(a.parts.begin(), a.parts.end(), b.parts.begin(), b.parts.end(),
                                          [](const ConversationPart &x, const ConversationPart &y) {
                                              return x.kind == y.kind && x.title == y.title &&
                                                     x.callId == y.callId && x.text == y.text;
                                          });
}

/// Content that came as a JSON text (`"[{\"role\": ...}]"`) is read as JSON.
void readSide(const JsonValue &value, Origin origin, Conversation &out)
{
    SideReader reader(origin, out);
    if (value.isString()) {
        const QString text = value.text();
        if (text.startsWith(QLatin1Char('[')) || text.startsWith(QLatin1Char('{'))) {
            const auto inner = JsonTree::parse(text.toStdString());
            if (inner && (inner.value()->root().isArray() || inner.value()->root().isObject()))
                return reader.read(inner.value()->root());
        }
    }
    reader.read(value);
}

} // namespace

Conversation conversationOf(const JsonValue &properties, EventKind kind)
{
    const bool isStep = kind == EventKind::Span || kind == EventKind::Trace;
    const JsonValue input = isStep ? firstWithContent(properties, {"$ai_input_state", "$ai_input"})
                                   : firstWithContent(properties, {"$ai_input", "$ai_input_state"});
    const JsonValue output =
        isStep ? firstWithContent(properties, {"$ai_output_state", "$ai_output_choices", "$ai_output"})
               : firstWithContent(properties, {"$ai_output_choices", "$ai_output", "$ai_output_state"});
    Conversation conversation;
    conversation.hasInput = input.exists();
    conversation.hasOutput = output.exists();
    readSide(input, Origin::Input, conversation);
    readSide(output, Origin::Output, conversation);
    pairTools(conversation);
    return conversation;
}

std::size_t sharedMessages(const Conversation &now, const Conversation &before)
{
    std::size_t shared = 0;
    while (shared < now.messages.size() && shared < before.messages.size() &&
           now.messages[shared].origin == Origin::Input &&
           sameMessage(now.messages[shared], before.messages[shared]))
        ++shared;
    return shared;
}

} // namespace genscope

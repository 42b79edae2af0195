// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/conversationparts.h"

#include "core/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <string_view>

namespace genscope {

namespace {

using Kind = ConversationPart::Kind;

// Nothing is cut where content is kept: the views fold what is long.
constexpr PrettyLimits kWhole{1u << 31, 1u << 31};

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

template<std::size_t N>
bool oneOf(const JsonValue &value, const std::array<std::string_view, N> &names)
{
    for (const std::string_view name : names)
        if (value.equals(name))
            return true;
    return false;
}

/// The first of @p keys that the object has with content.
JsonValue firstOf(const JsonValue &object, std::initializer_list<std::string_view> keys)
{
    for (const std::string_view key : keys) {
        const JsonValue value = object[key];
        if (value.hasContent())
            return value;
    }
    return {};
}

/// Arguments that came as a JSON string are JSON too.
QString argumentsText(const JsonValue &value)
{
    if (!value.exists() || value.isNull())
        return {};
    return readableText(value);
}

constexpr std::array<std::string_view, 5> kTextTypes{"text", "input_text", "output_text", "refusal",
                                                     "summary_text"};
constexpr std::array<std::string_view, 4> kReasoningTypes{"thinking", "redacted_thinking", "reasoning",
                                                          "reasoning_text"};
constexpr std::array<std::string_view, 7> kCallTypes{
    "tool_use", "tool-call", "tool_call", "function_call", "tool-use", "server_tool_use", "mcp_tool_use"};
constexpr std::array<std::string_view, 8> kResultTypes{
    "tool_result",        "tool-result",     "function_call_output", "function_call_result",
    "tool_call_response", "mcp_tool_result", "tool-error",           "web_search_tool_result"};
constexpr std::array<std::string_view, 6> kBuiltInCalls{"web_search_call",       "code_interpreter_call",
                                                        "image_generation_call", "mcp_call",
                                                        "file_search_call",      "computer_call"};
constexpr std::array<std::string_view, 14> kMediaTypes{
    "image",      "image_url", "input_image", "audio",     "input_audio", "output_audio", "file",
    "input_file", "document",  "video",       "video_url", "media",       "blob",         "uri"};

bool isBuiltInCall(const JsonValue &type)
{
    return oneOf(type, kBuiltInCalls);
}

// --- Media: named and measured, never loaded ---

QString payloadText(const JsonValue &data)
{
    if (!data.isString())
        return {};
    const std::string_view token = data.raw();
    const std::string_view inner = token.substr(1, token.size() - 2);
    if (inner.size() < 200)
        return data.text(); // a URL, or a placeholder such as `[base64 image/png redacted]`
    return formatBytes(static_cast<std::int64_t>(inner.size()), QLocale());
}

/// `data:image/png;base64,iVBOR...` -> its media type.
QString mediaTypeOfDataUrl(const JsonValue &url)
{
    if (!url.isString())
        return {};
    const std::string_view token = url.raw();
    if (token.substr(1, 5) != "data:")
        return {};
    const std::size_t end = token.find_first_of(";,", 6);
    return end == std::string_view::npos || end > 100 ? QString() : textOf(token.substr(6, end - 6));
}

/// The object that holds the bytes or address of a media part: OpenAI, Anthropic and Gemini nest it under
/// different names.
JsonValue mediaBody(const JsonValue &part)
{
    const JsonValue nested =
        firstOf(part, {"image_url", "input_audio", "file", "source", "inline_data", "inlineData", "file_data",
                       "fileData", "video_url", "audio", "image"});
    return nested.isObject() ? nested : part;
}

constexpr std::size_t kLargestImage = 24'000'000; ///< bytes of base64 that are kept to be drawn

/// The base64 of an image that came along: formats that are drawn from their own bytes alone. Never SVG,
/// which may name files and addresses.
QByteArray imageBase64(const JsonValue &data, const QStringList &facts, const QString &dataType)
{
    static const QStringList kDrawn{QStringLiteral("image/png"),  QStringLiteral("image/jpeg"),
                                    QStringLiteral("image/jpg"),  QStringLiteral("image/gif"),
                                    QStringLiteral("image/webp"), QStringLiteral("png"),
                                    QStringLiteral("jpeg"),       QStringLiteral("jpg"),
                                    QStringLiteral("gif"),        QStringLiteral("webp")};
    if (!data.isString() || data.raw().size() < 40 || data.raw().size() > kLargestImage)
        return {};
    const bool drawn =
        dataType.isEmpty()
            ? std::any_of(facts.begin(), facts.end(),
                          [](const QString &fact) { return kDrawn.contains(fact, Qt::CaseInsensitive); })
            : kDrawn.contains(dataType, Qt::CaseInsensitive);
    if (!drawn)
        return {};
    QByteArray bytes = data.text().toLatin1();
    if (!dataType.isEmpty()) {
        const qsizetype comma = bytes.indexOf(',');
        if (comma < 0 || !bytes.left(comma).endsWith(";base64"))
            return {};
        bytes.remove(0, comma + 1);
    } else if (bytes.startsWith("http")) { // an address, which is never followed
        return {};
    }
    return bytes;
}

ConversationPart mediaPart(const JsonValue &part, const QString &type)
{
    const JsonValue body = mediaBody(part);
    JsonValue data = firstOf(body, {"data", "url", "file_data", "file_uri", "fileUri", "uri", "file_id",
                                    "image_url", "content", "text"});
    if (!data.isString())
        data = firstOf(part, {"image_url", "image", "audio", "file", "data", "url", "video_url"});
    QStringList facts;
    for (const JsonValue &fact :
         {firstOf(body, {"filename", "file_name", "name", "title"}),
          firstOf(body, {"media_type", "mime_type", "mimeType", "mediaType", "format"})})
        if (fact.isString())
            facts += fact.text();
    const QString dataType = mediaTypeOfDataUrl(data);
    if (!dataType.isEmpty())
        facts += dataType;
    const QString payload = dataType.isEmpty() || data.raw().size() >= 200 ? payloadText(data) : QString();
    if (!payload.isEmpty())
        facts += payload;
    ConversationPart result{Kind::Media, type, {}, facts.join(QStringLiteral(", "))};
    result.imageBase64 = imageBase64(data, facts, dataType);
    const JsonValue transcript = firstOf(body, {"transcript"});
    if (transcript.isString())
        result.text += QLatin1Char('\n') + transcript.text();
    return result;
}

// --- Tools ---

ConversationPart toolCall(const JsonValue &part)
{
    const JsonValue nested = firstOf(part, {"function", "functionCall", "function_call"});
    const JsonValue body = nested.isObject() ? nested : part;
    ConversationPart result{Kind::ToolCall, {}, {}, {}};
    result.title = firstOf(body, {"name", "toolName", "tool_name", "lg_name"}).text();
    result.callId =
        firstOf(part, {"call_id", "callId", "toolCallId", "tool_call_id", "tool_use_id", "id"}).text();
    result.text = argumentsText(firstOf(body, {"arguments", "args", "input", "parameters"}));
    return result;
}

ConversationPart builtInCall(const JsonValue &part)
{
    const JsonValue name = firstOf(part, {"name"});
    ConversationPart result{
        Kind::ToolCall, name.isString() ? name.text() : part["type"].text(), part["id"].text(), {}};
    const JsonValue body = firstOf(part, {"action", "arguments", "code", "queries", "query"});
    result.text = body.exists() ? argumentsText(body) : prettyJson(part, kWhole).text;
    return result;
}

ConversationPart toolResult(const JsonValue &part)
{
    const JsonValue nested = firstOf(part, {"functionResponse", "function_response"});
    const JsonValue body = nested.isObject() ? nested : part;
    ConversationPart result{Kind::ToolResult, {}, {}, {}};
    result.title = firstOf(body, {"name", "toolName", "tool_name"}).text();
    result.callId =
        firstOf(part, {"tool_use_id", "call_id", "callId", "toolCallId", "tool_call_id", "id"}).text();
    result.text = readableText(firstOf(body, {"content", "output", "result", "response", "error"}));
    return result;
}

// --- Text ---

ConversationPart textPart(const JsonValue &part)
{
    JsonValue text = firstOf(part, {"text", "content", "refusal"});
    if (text.isObject()) // OpenAI assistants: {text: {value}}
        text = firstOf(text, {"value", "text"});
    return {Kind::Text, {}, {}, readableText(text)};
}

ConversationPart reasoningPart(const JsonValue &part)
{
    const JsonValue text =
        firstOf(part, {"thinking", "summary", "reasoning", "text", "content", "encrypted_content", "data"});
    return {Kind::Reasoning, {}, {}, readableText(text)};
}

/// Gemini's parts have no type: the member that is there says it.
bool appendUntyped(const JsonValue &part, std::vector<ConversationPart> &parts)
{
    if (part["text"].isString()) {
        const bool thought = part["thought"].raw() == "true";
        parts.push_back({thought ? Kind::Reasoning : Kind::Text, {}, {}, part["text"].text()});
    } else if (part["functionCall"].isObject() || part["function_call"].isObject()) {
        parts.push_back(toolCall(part));
    } else if (part["functionResponse"].isObject() || part["function_response"].isObject()) {
        parts.push_back(toolResult(part));
    } else if (part["inlineData"].isObject() || part["inline_data"].isObject() ||
               part["fileData"].isObject()) {
        parts.push_back(mediaPart(part, QStringLiteral("media")));
    } else if (part["image_url"].exists()) {
        parts.push_back(mediaPart(part, QStringLiteral("image")));
    } else if (part["executableCode"].isObject()) {
        parts.push_back({Kind::ToolCall,
                         QStringLiteral("executableCode"),
                         {},
                         readableText(part["executableCode"]["code"])});
    } else {
        return false;
    }
    return true;
}

void appendPart(const JsonValue &part, std::vector<ConversationPart> &parts)
{
    if (!part.isObject()) {
        if (part.hasContent())
            parts.push_back({Kind::Text, {}, {}, part.text()});
        return;
    }
    const JsonValue type = part["type"];
    if (oneOf(type, kTextTypes))
        parts.push_back(textPart(part));
    else if (oneOf(type, kReasoningTypes))
        parts.push_back(reasoningPart(part));
    else if (oneOf(type, kCallTypes) ||
             (type.equals("function") && (part["function"].isObject() || part["name"].exists())))
        parts.push_back(toolCall(part));
    else if (oneOf(type, kResultTypes) || (type.equals("function") && part["tool_name"].exists()))
        parts.push_back(toolResult(part));
    else if (isBuiltInCall(type))
        parts.push_back(builtInCall(part));
    else if (oneOf(type, kMediaTypes))
        parts.push_back(mediaPart(part, type.text()));
    else if (type.exists() || !appendUntyped(part, parts))
        parts.push_back(rawPart(part));
}

/// A list of plain texts reads as one text.
bool isTextList(const JsonValue &list)
{
    for (int i = 0; i < list.size(); ++i) {
        const JsonValue element = list.at(i);
        if (!element.isString() && !(oneOf(element["type"], kTextTypes) && element["text"].isString()))
            return false;
    }
    return list.size() > 0;
}

QString joinedTexts(const JsonValue &list)
{
    QStringList texts;
    for (int i = 0; i < list.size(); ++i) {
        const JsonValue element = list.at(i);
        texts += element.isString() ? element.text() : element["text"].text();
    }
    return texts.join(QLatin1Char('\n'));
}

bool mayBeJson(const QString &text)
{
    const QString trimmed = text.size() < 1'000'000 ? text.trimmed() : QString();
    return (trimmed.startsWith(QLatin1Char('{')) && trimmed.endsWith(QLatin1Char('}'))) ||
           (trimmed.startsWith(QLatin1Char('[')) && trimmed.endsWith(QLatin1Char(']')));
}

} // namespace

bool looksLikePart(const JsonValue &value)
{
    if (!value.isObject() || value["role"].exists())
        return false;
    const JsonValue type = value["type"];
    if (type.isString())
        return oneOf(type, kTextTypes) || oneOf(type, kReasoningTypes) || oneOf(type, kCallTypes) ||
               oneOf(type, kResultTypes) || isBuiltInCall(type) || oneOf(type, kMediaTypes) ||
               type.equals("function");
    return value["text"].isString() || value["functionCall"].isObject() ||
           value["functionResponse"].isObject() || value["inlineData"].isObject() ||
           value["inline_data"].isObject();
}

void appendParts(const JsonValue &content, std::vector<ConversationPart> &parts)
{
    if (!content.isArray())
        return appendPart(content, parts);
    for (int i = 0; i < content.size(); ++i)
        appendPart(content.at(i), parts);
}

void appendToolCalls(const JsonValue &calls, std::vector<ConversationPart> &parts)
{
    for (int i = 0; i < calls.size(); ++i)
        parts.push_back(toolCall(calls.at(i)));
}

ConversationPart rawPart(const JsonValue &value)
{
    return {Kind::Raw, {}, {}, prettyJson(value, kWhole).text};
}

QString readableText(const JsonValue &value)
{
    if (!value.exists() || value.isNull())
        return {};
    if (value.isArray() && isTextList(value))
        return joinedTexts(value);
    if (oneOf(value["type"], kTextTypes) && value["text"].isString())
        return value["text"].text();
    if (!value.isString())
        return prettyJson(value, kWhole).text;
    const QString text = value.text();
    if (mayBeJson(text)) {
        const auto inner = JsonTree::parse(text.toStdString());
        if (inner)
            return prettyJson(inner.value()->root(), kWhole).text;
    }
    return text;
}

} // namespace genscope

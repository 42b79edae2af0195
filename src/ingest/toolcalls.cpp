// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/toolcalls.h"

#include "ingest/jsondocument.h"

#include <algorithm>
#include <array>

namespace genscope {

namespace {

constexpr std::size_t kMaxNameLength = 200;
constexpr std::size_t kMaxTools = 100;

class ToolNames
{
public:
    bool full() const { return m_names.size() >= kMaxTools; }
    bool empty() const { return m_names.empty(); }
    std::vector<std::string> take() { return std::move(m_names); }

    void add(std::string name)
    {
        constexpr std::string_view kSpace = " \t\r\n\v\f";
        name.erase(0, std::min(name.find_first_not_of(kSpace), name.size()));
        name.erase(name.find_last_not_of(kSpace) + 1);
        if (name.empty() || full())
            return;
        std::replace(name.begin(), name.end(), ',', '_');
        if (name.size() > kMaxNameLength) {
            std::size_t end = kMaxNameLength;
            while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80)
                --end; // not inside a character
            name.resize(end);
        }
        m_names.push_back(std::move(name));
    }

private:
    std::vector<std::string> m_names;
};

void readToolCalls(json::Value calls, ToolNames &names)
{
    for (json::ElementReader reader(calls); !names.full() && reader.next();)
        names.add(json::member(json::member(reader.value(), "function"), "name").text());
}

void readParts(json::Value parts, ToolNames &names)
{
    for (json::ElementReader reader(parts); !names.full() && reader.next();) {
        const std::string type = json::member(reader.value(), "type").text();
        if (type == "tool_call" || type == "tool_use")
            names.add(json::member(reader.value(), "name").text());
        else if (type == "function" || type == "tool-call")
            names.add(json::member(json::member(reader.value(), "function"), "name").text());
    }
}

/// The last members of those names, found in one pass over what may be a long answer.
template<std::size_t kCount>
std::array<json::Value, kCount> membersOf(json::Value object,
                                          const std::array<std::string_view, kCount> &names)
{
    std::array<json::Value, kCount> found;
    for (json::MemberReader reader(object); reader.next();) {
        const auto name = std::find(names.begin(), names.end(), reader.key());
        if (name != names.end())
            found[static_cast<std::size_t>(name - names.begin())] = reader.value();
    }
    return found;
}

void readChoice(json::Value choice, ToolNames &names)
{
    using Names = std::array<std::string_view, 3>;
    const auto [type, name, wrapped] = membersOf(choice, Names{"type", "name", "message"});
    if (type.text() == "function_call" && name.isString() && !name.isEmptyString()) {
        names.add(name.text());
        return;
    }
    const json::Value message = wrapped.isObject() ? wrapped : choice;
    const auto [calls, content, parts] = membersOf(message, Names{"tool_calls", "content", "parts"});
    readToolCalls(calls, names);
    readParts(content, names);
    readParts(parts, names);
}

void readChoices(json::Value choices, ToolNames &names)
{
    const json::Value wrapped = json::member(choices, "choices");
    for (json::ElementReader reader(wrapped.isArray() ? wrapped : choices); !names.full() && reader.next();)
        readChoice(reader.value(), names);
}

/// `ResponseFunctionToolCall(arguments='..', name='X', ..)` as the OpenAI Agents SDK prints it in Python: the
/// last `name='` before the closing parenthesis, as PostHog's pattern finds it.
void readPythonRepr(std::string_view text, ToolNames &names)
{
    constexpr std::string_view kCall = "ResponseFunctionToolCall(";
    constexpr std::string_view kName = "name='";
    for (std::size_t at = text.find(kCall); at != std::string_view::npos && !names.full();) {
        const std::size_t begin = at + kCall.size();
        const std::size_t end = std::min(text.find(')', begin), text.size());
        const std::size_t name = text.substr(begin, end - begin).rfind(kName);
        at = begin;
        if (name != std::string_view::npos) {
            const std::size_t nameBegin = begin + name + kName.size();
            const std::size_t nameEnd = text.find('\'', nameBegin);
            if (nameEnd == std::string_view::npos)
                return;
            names.add(std::string(text.substr(nameBegin, nameEnd - nameBegin)));
            at = nameEnd;
        }
        at = text.find(kCall, at);
    }
}

} // namespace

std::vector<std::string> toolsCalledIn(json::Value outputChoices)
{
    ToolNames names;
    if (outputChoices.isString()) {
        constexpr std::size_t kLongestText = 500'000; // PostHog's limit
        const std::string text = outputChoices.text();
        if (text.size() > kLongestText)
            return {};
        json::Document document;
        if (document.read(text))
            readChoices(document.root(), names);
        if (names.empty())
            readPythonRepr(text, names);
    } else {
        readChoices(outputChoices, names);
    }
    return names.take();
}

std::vector<std::string> toolsListedIn(json::Value toolsCalled)
{
    ToolNames names;
    for (json::ElementReader reader(toolsCalled); reader.next();)
        names.add(reader.value().text());
    const std::string text = toolsCalled.text();
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t comma = std::min(text.find(',', at), text.size());
        names.add(text.substr(at, comma - at));
        at = comma + 1;
    }
    return names.take();
}

std::vector<std::string> distinctInOrder(std::vector<std::string> names)
{
    auto end = names.begin();
    for (auto it = names.begin(); it != names.end(); ++it) {
        if (std::find(names.begin(), end, *it) != end)
            continue;
        if (it != end)
            *end = std::move(*it);
        ++end;
    }
    names.erase(end, names.end());
    return names;
}

} // namespace genscope

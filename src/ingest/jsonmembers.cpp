// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/jsonmembers.h"

#include <utility>

namespace genscope::json {

namespace {

std::size_t skipSpace(std::string_view text, std::size_t at)
{
    while (at < text.size() && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t'))
        ++at;
    return at;
}

/// Goes through an object's members; what becomes of a value is up to the visitor.
/// @param visit  (key without quotes, where its value begins) -> the position behind the value, 0 to give up
/// @return the position behind the object; 0 if given up or if a key has escapes
template<typename Visit>
std::size_t visitMembers(std::string_view text, std::size_t at, Visit visit)
{
    at = skipSpace(text, at + 1);
    while (at < text.size() && text[at] != '}') {
        const std::size_t keyEnd = skipString(text, at);
        const std::string_view key = text.substr(at + 1, keyEnd - at - 2);
        if (key.find('\\') != std::string_view::npos)
            return 0;
        const std::size_t value = skipSpace(text, skipSpace(text, keyEnd) + 1);
        at = visit(key, value);
        if (at == 0)
            return 0;
        at = skipSpace(text, at);
        if (at < text.size() && text[at] == ',')
            at = skipSpace(text, at + 1);
    }
    return at + 1;
}

} // namespace

std::optional<Value> memberOfMember(Value object, std::string_view holder, std::string_view name)
{
    if (!object.isObject())
        return std::nullopt;
    const std::string_view text = object.raw();
    Value found;
    bool isSeen = false;
    const auto inner = [&](std::string_view key, std::size_t value) {
        const std::size_t end = skipValue(text, value);
        if (key == name)
            found = Value(text.substr(value, end - value));
        return end;
    };
    const std::size_t end = visitMembers(text, 0, [&](std::string_view key, std::size_t value) {
        if (key != holder)
            return skipValue(text, value);
        if (std::exchange(isSeen, true) || text[value] != '{')
            return std::size_t{0};
        return visitMembers(text, value, inner);
    });
    return end == 0 ? std::nullopt : std::optional(found);
}

} // namespace genscope::json

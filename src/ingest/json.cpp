// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/json.h"

#include <cstring>
#include <optional>

namespace genscope::json {

namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// What may stand behind a number or a literal.
bool endsScalar(char c)
{
    return c == ',' || c == '}' || c == ']' || isSpace(c);
}

std::size_t skipSpace(std::string_view text, std::size_t at)
{
    while (at < text.size() && isSpace(text[at]))
        ++at;
    return at;
}

void appendUtf8(std::string &out, std::uint32_t code)
{
    const auto byte = [&out](std::uint32_t value) { out += static_cast<char>(value); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0 | code >> 6);
        byte(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        byte(0xE0 | code >> 12);
        byte(0x80 | (code >> 6 & 0x3F));
        byte(0x80 | (code & 0x3F));
    } else {
        byte(0xF0 | code >> 18);
        byte(0x80 | (code >> 12 & 0x3F));
        byte(0x80 | (code >> 6 & 0x3F));
        byte(0x80 | (code & 0x3F));
    }
}

/// The code unit of the `\uXXXX` at @p at, if there is one.
std::optional<std::uint32_t> codeUnit(std::string_view text, std::size_t at)
{
    if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u')
        return std::nullopt;
    std::uint32_t unit = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
        const char c = text[i];
        const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
        unit = unit << 4 | static_cast<std::uint32_t>(digit);
    }
    return unit;
}

char simpleEscape(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c; // " \ /
    }
}

/// Decodes the escape at @p at and answers the position behind it.
std::size_t appendEscape(std::string &out, std::string_view text, std::size_t at, Surrogates unpaired)
{
    const auto unit = codeUnit(text, at);
    if (!unit) {
        out += simpleEscape(text[at + 1]);
        return at + 2;
    }
    const bool high = *unit >= 0xD800 && *unit < 0xDC00;
    const bool low = *unit >= 0xDC00 && *unit < 0xE000;
    if (high) {
        const auto second = codeUnit(text, at + 6);
        if (second && *second >= 0xDC00 && *second < 0xE000) {
            appendUtf8(out, 0x10000 + ((*unit - 0xD800) << 10) + (*second - 0xDC00));
            return at + 12;
        }
    }
    if (high || low)
        out += unpaired == Surrogates::Replace ? kReplacement : text.substr(at, 6);
    else
        appendUtf8(out, *unit);
    return at + 6;
}

} // namespace

std::string Value::text() const
{
    return isString() ? decodeString(m_raw.substr(1, m_raw.size() - 2)) : std::string();
}

MemberReader::MemberReader(Value object) : m_text(object.isObject() ? object.raw() : std::string_view()) {}

bool MemberReader::next()
{
    if (m_at >= m_text.size())
        return false;
    m_at = skipSpace(m_text, m_at + 1); // behind { or ,
    if (m_text[m_at] == '}') {
        m_at = m_text.size();
        return false;
    }
    const std::size_t keyEnd = skipString(m_text, m_at);
    m_rawKey = m_text.substr(m_at, keyEnd - m_at);
    m_key = m_rawKey.substr(1, m_rawKey.size() - 2);
    if (m_key.find('\\') != std::string_view::npos) {
        m_decodedKey = decodeString(m_key);
        m_key = m_decodedKey;
    }
    const std::size_t colon = skipSpace(m_text, keyEnd);
    const std::size_t begin = skipSpace(m_text, colon + 1);
    const std::size_t end = skipValue(m_text, begin);
    m_value = Value(m_text.substr(begin, end - begin));
    m_at = skipSpace(m_text, end);
    if (m_text[m_at] == '}')
        m_at = m_text.size();
    return true;
}

ElementReader::ElementReader(Value array) : m_text(array.isArray() ? array.raw() : std::string_view()) {}

bool ElementReader::next()
{
    if (m_at >= m_text.size())
        return false;
    const std::size_t begin = skipSpace(m_text, m_at + 1); // behind [ or ,
    if (m_text[begin] == ']') {
        m_at = m_text.size();
        return false;
    }
    const std::size_t end = skipValue(m_text, begin);
    m_value = Value(m_text.substr(begin, end - begin));
    m_at = skipSpace(m_text, end);
    if (m_text[m_at] == ']')
        m_at = m_text.size();
    return true;
}

Value member(Value object, std::string_view name)
{
    Value found;
    for (MemberReader reader(object); reader.next();) {
        if (reader.key() == name)
            found = reader.value();
    }
    return found;
}

std::string decodeString(std::string_view inside, Surrogates unpaired)
{
    std::string out;
    out.reserve(inside.size());
    for (std::size_t at = 0; at < inside.size();) {
        const void *escape = std::memchr(inside.data() + at, '\\', inside.size() - at);
        const std::size_t stop =
            escape ? static_cast<std::size_t>(static_cast<const char *>(escape) - inside.data())
                   : inside.size();
        out.append(inside, at, stop - at);
        at = escape ? appendEscape(out, inside, stop, unpaired) : stop;
    }
    return out;
}

std::string quoted(std::string_view text)
{
    static constexpr char kHex[] = "0123456789abcdef";
    std::string out = "\"";
    out.reserve(text.size() + 2);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t stop = skipPlainText(text, at);
        out.append(text, at, stop - at);
        at = stop;
        if (at == text.size())
            break;
        const char c = text[at++];
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else {
            out += "\\u00";
            out += kHex[c >> 4];
            out += kHex[c & 15];
        }
    }
    out += '"';
    return out;
}

std::string compact(Value value)
{
    const std::string_view text = value.raw();
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '"') {
            const std::size_t end = skipString(text, at);
            out.append(text, at, end - at);
            at = end;
        } else {
            if (!isSpace(text[at]))
                out += text[at];
            ++at;
        }
    }
    return out;
}

std::size_t skipString(std::string_view text, std::size_t at)
{
    for (++at;;) {
        at = skipPlainText(text, at);
        if (at >= text.size())
            return text.size();
        if (text[at] == '"')
            return at + 1;
        at += 2;
    }
}

std::size_t skipValue(std::string_view text, std::size_t at)
{
    std::size_t depth = 0;
    for (; at < text.size();) {
        switch (text[at]) {
        case '"':
            at = skipString(text, at);
            break;
        case '{':
        case '[':
            ++depth;
            ++at;
            continue;
        case '}':
        case ']':
            --depth;
            ++at;
            break;
        case ',':
        case ':':
        case ' ':
        case '\n':
        case '\r':
        case '\t':
            ++at;
            continue;
        default: // a number or literal
            while (at < text.size() && !endsScalar(text[at]))
                ++at;
        }
        if (depth == 0)
            return at;
    }
    return at;
}

} // namespace genscope::json

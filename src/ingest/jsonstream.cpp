// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/jsonstream.h"

#include "ingest/dumpformat.h"
#include "ingest/json.h"

#include <algorithm>

namespace genscope {

char JsonStream::peek()
{
    constexpr std::string_view kSpace = " \t\r\n";
    for (;;) {
        const std::size_t next = m_text.find_first_not_of(kSpace, m_at);
        if (next != std::string::npos) {
            consume(next - m_at);
            return m_text[m_at];
        }
        consume(m_text.size() - m_at);
        if (!more())
            return '\0';
    }
}

JsonStream::Read JsonStream::readValue(std::string *value, std::size_t most)
{
    const char first = peek();
    m_depth = 0;
    m_escaped = false;
    m_done = false;
    m_inString = false;
    m_isScalar = first != '{' && first != '[' && first != '"';
    std::size_t length = 0;
    for (;;) {
        const std::size_t begin = m_at;
        const std::size_t end = valuePiece();
        length += end - begin;
        if (value && length <= most)
            value->append(m_text, begin, end - begin);
        consume(end - begin);
        if (m_done || !more())
            break;
    }
    if (length > most)
        return Read::TooLarge;
    return m_done || (m_isScalar && length > 0) ? Read::Whole : Read::Cut;
}

/// The position behind what is there of the value; m_done tells whether it ends there.
std::size_t JsonStream::valuePiece()
{
    if (m_isScalar) {
        const std::size_t end = m_text.find_first_of(",]} \t\r\n", m_at);
        m_done = end != std::string::npos;
        return m_done ? std::max(end, m_at + 1) : m_text.size(); // a stray bracket is a value too
    }
    std::size_t at = m_at;
    while (at < m_text.size()) {
        if (m_inString) {
            if (std::exchange(m_escaped, false)) {
                ++at;
                continue;
            }
            at = json::skipPlainText(m_text, at);
            if (at == m_text.size())
                break;
            m_escaped = m_text[at] == '\\';
            m_inString = m_text[at] != '"';
        } else {
            const char c = m_text[at];
            m_inString = c == '"';
            m_depth += c == '{' || c == '[';
            m_depth -= c == '}' || c == ']';
        }
        ++at;
        if (m_depth == 0 && !m_inString) {
            m_done = true;
            break;
        }
    }
    return at;
}

void JsonStream::consume(std::size_t count)
{
    if (m_copy && m_copy->size() <= m_copyMost)
        m_copy->append(m_text, m_at, count);
    m_at += count;
}

bool JsonStream::more()
{
    if (m_ended || m_error)
        return false;
    m_text.erase(0, m_at);
    m_at = 0;
    const std::size_t before = m_text.size();
    if (const Status read = appendFrom(m_source, m_text, m_ended); !read) {
        m_error = read.error();
        return false;
    }
    return m_text.size() > before;
}

} // namespace genscope

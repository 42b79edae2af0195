// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/jsondocument.h"

#include <QCoreApplication>

#include <simdjson.h>

#include <cstring>

namespace genscope::json {

/// One pass over a text. Every step answers what may stand next.
class Document::Scanner
{
public:
    Scanner(Document &document, std::string_view text) : m_document(document), m_text(text)
    {
        m_document.m_open.clear();
    }

    bool run();

private:
    enum class Next { Value, FirstKey, Key, FirstElement, AfterValue, Done, Failed };

    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool isDigit() const { return peek() >= '0' && peek() <= '9'; }
    void skipSpace()
    {
        while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t')
            ++m_at;
    }
    Next fail(Fault::Kind kind)
    {
        m_document.m_fault = {kind, m_at};
        return Next::Failed;
    }
    /// The current byte is wrong, or there is none.
    Next failHere() { return fail(m_at < m_text.size() ? Fault::Kind::Unexpected : Fault::Kind::EndsEarly); }

    Next value();
    Next firstKey();
    Next key();
    Next firstElement();
    Next afterValue();
    Next close();

    bool string();
    bool escape();
    bool number();
    bool digits();
    bool literal(std::string_view word);

    bool recordsHere() const
    {
        const auto &open = m_document.m_open;
        return open.size() <= kRecordedDepth && open.back() == '{' && open.front() == '{';
    }

    static constexpr std::size_t kRecordedDepth = 2;

    Document &m_document;
    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_current[kRecordedDepth + 1] =
        {}; ///< by depth: index of the member whose value is being read
    std::size_t m_valueBegin[kRecordedDepth + 1] = {};
};

bool Document::Scanner::run()
{
    skipSpace();
    if (m_at == m_text.size()) {
        fail(Fault::Kind::Empty);
        return false;
    }
    const std::size_t begin = m_at;
    for (Next next = Next::Value;;) {
        switch (next) {
        case Next::Value:
            next = value();
            break;
        case Next::FirstKey:
            next = firstKey();
            break;
        case Next::Key:
            next = key();
            break;
        case Next::FirstElement:
            next = firstElement();
            break;
        case Next::AfterValue:
            next = afterValue();
            break;
        case Next::Failed:
            return false;
        case Next::Done: {
            m_document.m_root = Value(m_text.substr(begin, m_at - begin));
            skipSpace();
            if (m_at != m_text.size())
                fail(Fault::Kind::TextBehind);
            return m_at == m_text.size();
        }
        }
    }
}

Document::Scanner::Next Document::Scanner::value()
{
    switch (peek()) {
    case '{':
        m_document.m_open.push_back('{');
        ++m_at;
        return Next::FirstKey;
    case '[':
        m_document.m_open.push_back('[');
        ++m_at;
        return Next::FirstElement;
    case '"':
        return string() ? Next::AfterValue : Next::Failed;
    case 't':
        return literal("true") ? Next::AfterValue : Next::Failed;
    case 'f':
        return literal("false") ? Next::AfterValue : Next::Failed;
    case 'n':
        return literal("null") ? Next::AfterValue : Next::Failed;
    default:
        return number() ? Next::AfterValue : Next::Failed;
    }
}

Document::Scanner::Next Document::Scanner::firstKey()
{
    skipSpace();
    return peek() == '}' ? close() : key();
}

Document::Scanner::Next Document::Scanner::key()
{
    skipSpace();
    if (peek() != '"')
        return failHere();
    const std::size_t begin = m_at + 1;
    if (!string())
        return Next::Failed;
    std::string_view name = m_text.substr(begin, m_at - begin - 1);
    skipSpace();
    if (peek() != ':')
        return failHere();
    ++m_at;
    skipSpace();
    if (recordsHere()) {
        if (name.find('\\') != std::string_view::npos)
            name = m_document.m_decodedKeys.emplace_back(decodeString(name));
        const std::size_t depth = m_document.m_open.size();
        const std::int32_t parent = depth == 1 ? -1 : static_cast<std::int32_t>(m_current[depth - 1]);
        m_current[depth] = m_document.m_members.size();
        m_valueBegin[depth] = m_at;
        m_document.m_members.push_back({name, {}, parent});
    }
    return Next::Value;
}

Document::Scanner::Next Document::Scanner::firstElement()
{
    skipSpace();
    return peek() == ']' ? close() : Next::Value;
}

Document::Scanner::Next Document::Scanner::close()
{
    ++m_at;
    m_document.m_open.pop_back();
    return Next::AfterValue;
}

Document::Scanner::Next Document::Scanner::afterValue()
{
    auto &open = m_document.m_open;
    if (open.empty())
        return Next::Done;
    const bool inObject = open.back() == '{';
    if (inObject && recordsHere()) {
        const std::size_t begin = m_valueBegin[open.size()];
        m_document.m_members[m_current[open.size()]].value = Value(m_text.substr(begin, m_at - begin));
    }
    skipSpace();
    if (peek() == ',') {
        ++m_at;
        skipSpace();
        return inObject ? Next::Key : Next::Value;
    }
    return peek() == (inObject ? '}' : ']') ? close() : failHere();
}

bool Document::Scanner::string()
{
    for (++m_at;;) {
        m_at = skipPlainText(m_text, m_at);
        if (m_at >= m_text.size()) {
            fail(Fault::Kind::EndsInString);
            return false;
        }
        if (m_text[m_at] == '"') {
            ++m_at;
            return true;
        }
        if (m_text[m_at] != '\\') {
            fail(Fault::Kind::ControlCharacter);
            return false;
        }
        if (!escape())
            return false;
    }
}

bool Document::Scanner::escape()
{
    ++m_at;
    switch (peek()) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        ++m_at;
        return true;
    case 'u':
        ++m_at;
        for (int i = 0; i < 4; ++i, ++m_at) {
            const char c = static_cast<char>(peek() | 0x20);
            if (!isDigit() && (c < 'a' || c > 'f')) {
                failHere();
                return false;
            }
        }
        return true;
    default:
        failHere();
        return false;
    }
}

bool Document::Scanner::digits()
{
    if (!isDigit()) {
        failHere();
        return false;
    }
    while (isDigit())
        ++m_at;
    return true;
}

bool Document::Scanner::number()
{
    if (peek() == '-')
        ++m_at;
    if (peek() == '0')
        ++m_at;
    else if (!digits())
        return false;
    if (peek() == '.') {
        ++m_at;
        if (!digits())
            return false;
    }
    if (peek() == 'e' || peek() == 'E') {
        ++m_at;
        if (peek() == '+' || peek() == '-')
            ++m_at;
        return digits();
    }
    return true;
}

bool Document::Scanner::literal(std::string_view word)
{
    for (const char c : word) {
        if (peek() != c) {
            failHere();
            return false;
        }
        ++m_at;
    }
    return true;
}

bool Document::read(std::string_view text)
{
    m_fault = {};
    m_root = {};
    m_members.clear();
    m_decodedKeys.clear();
    if (!simdjson::validate_utf8(text)) {
        m_fault = {Fault::Kind::InvalidUtf8, 0};
        return false;
    }
    return Scanner(*this, text).run();
}

QString Fault::describe(std::string_view text) const
{
    const auto position = static_cast<qulonglong>(offset + 1);
    switch (kind) {
    case Kind::None:
        break;
    case Kind::InvalidUtf8:
        return QCoreApplication::translate("Json", "invalid UTF-8");
    case Kind::Empty:
        return QCoreApplication::translate("Json", "nothing there");
    case Kind::EndsEarly:
    case Kind::EndsInString:
        return QCoreApplication::translate("Json", "cut off after %1 bytes").arg(position - 1);
    case Kind::ControlCharacter:
        return QCoreApplication::translate("Json", "a control character inside a string, at byte %1")
            .arg(position);
    case Kind::TextBehind:
        return QCoreApplication::translate("Json", "more text behind the end, at byte %1").arg(position);
    case Kind::Unexpected: {
        // A few characters; a cut at a UTF-8 boundary is not worth code, QString shows a replacement.
        const std::string_view shown = text.substr(offset, 12);
        return QCoreApplication::translate("Json", "unexpected “%1” at byte %2")
            .arg(QString::fromUtf8(shown.data(), static_cast<qsizetype>(shown.size())))
            .arg(position);
    }
    }
    return {};
}

} // namespace genscope::json

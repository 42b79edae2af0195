// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/filterlexer.h"

#include <algorithm>
#include <array>

namespace genscope {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Letters beyond ASCII are letters of names, too.
bool startsWord(char c)
{
    return isLetter(c) || c == '_' || c == '`' || static_cast<unsigned char>(c) >= 0x80;
}

bool continuesWord(char c)
{
    return startsWord(c) || isDigit(c) || c == '$' || c == '.' || c == '-';
}

constexpr std::array<std::string_view, 5> kUnits{"ms", "s", "c", "k", "$"};
constexpr std::array<std::string_view, 11> kSymbols{"!=", "!~", "<=", ">=", "=", "<",
                                                    ">",  "~",  "(",  ")",  ","};

} // namespace

FilterToken FilterLexer::next()
{
    while (isSpace(at(m_at)))
        ++m_at;
    FilterToken token;
    token.offset = m_at;
    if (m_at >= m_text.size())
        return token;
    const char c = m_text[m_at];
    if (startsNumber(m_at))
        return number(std::move(token));
    if (c == '"')
        return quoted(std::move(token));
    if (startsWord(c))
        return word(std::move(token));
    return symbol(std::move(token));
}

bool FilterLexer::startsNumber(std::size_t position) const
{
    for (int sign = 0; sign < 2 && (at(position) == '-' || at(position) == '$'); ++sign)
        ++position;
    return isDigit(at(position));
}

FilterToken FilterLexer::number(FilterToken token)
{
    std::size_t end = m_at;
    for (; at(end) == '-' || at(end) == '$'; ++end) {
        if (at(end) == '$')
            token.unit.push_back('$');
        else
            token.text.push_back('-');
    }
    const auto digits = [&] {
        for (; isDigit(at(end)); ++end)
            token.text += m_text[end];
    };
    digits();
    if (at(end) == '.' && isDigit(at(end + 1))) {
        token.text += m_text[end++];
        digits();
    }
    if (at(end) == 'e' || at(end) == 'E') {
        const std::size_t sign = at(end + 1) == '-' || at(end + 1) == '+' ? 1 : 0;
        if (isDigit(at(end + 1 + sign))) {
            token.text.append(m_text, end, 1 + sign);
            end += 1 + sign;
            digits();
        }
    }
    const std::size_t unitBegin = end;
    while (continuesWord(at(end)))
        ++end;
    const std::string_view suffix = m_text.substr(unitBegin, end - unitBegin);
    if (token.text.size() > 1 && token.text.starts_with('0') && isDigit(token.text[1]))
        return broken(std::move(token), FilterToken::Trouble::BadNumber, end);
    if (!suffix.empty()) {
        const bool known = std::find(kUnits.begin(), kUnits.end() - 1, suffix) != kUnits.end() - 1;
        if (!known || !token.unit.empty())
            return broken(std::move(token),
                          isLetter(suffix.front()) ? FilterToken::Trouble::BadUnit
                                                   : FilterToken::Trouble::BadNumber,
                          end);
        token.unit += suffix;
    }
    token.kind = FilterToken::Kind::Number;
    token.length = end - token.offset;
    m_at = end;
    return token;
}

FilterToken FilterLexer::quoted(FilterToken token)
{
    for (std::size_t end = m_at + 1; end < m_text.size(); ++end) {
        char c = m_text[end];
        if (c == '"') {
            token.kind = FilterToken::Kind::Text;
            token.length = end + 1 - token.offset;
            m_at = end + 1;
            return token;
        }
        // Only these two are escapes, so that patterns can be written without doubling: "\d+".
        if (c == '\\' && (at(end + 1) == '"' || at(end + 1) == '\\'))
            c = m_text[++end];
        token.text += c;
    }
    return broken(std::move(token), FilterToken::Trouble::OpenQuote, m_text.size());
}

FilterToken FilterLexer::word(FilterToken token)
{
    std::size_t end = m_at;
    while (continuesWord(at(end))) {
        if (m_text[end] == '`') {
            const std::size_t close = m_text.find('`', end + 1);
            if (close == m_text.npos)
                return broken(std::move(token), FilterToken::Trouble::OpenBacktick, m_text.size());
            end = close;
        }
        ++end;
    }
    token.kind = FilterToken::Kind::Word;
    token.length = end - token.offset;
    token.text = m_text.substr(token.offset, token.length);
    m_at = end;
    return token;
}

FilterToken FilterLexer::symbol(FilterToken token)
{
    const std::string_view rest = m_text.substr(m_at);
    for (const std::string_view candidate : kSymbols) {
        if (rest.starts_with(candidate)) {
            token.kind = FilterToken::Kind::Symbol;
            token.length = candidate.size();
            token.text += candidate;
            m_at += candidate.size();
            return token;
        }
    }
    const auto trouble =
        rest.front() == '\'' ? FilterToken::Trouble::SingleQuote : FilterToken::Trouble::Stray;
    return broken(std::move(token), trouble, m_at + 1);
}

FilterToken FilterLexer::broken(FilterToken token, FilterToken::Trouble trouble, std::size_t end)
{
    token.kind = FilterToken::Kind::Broken;
    token.trouble = trouble;
    token.length = end - token.offset;
    token.text = m_text.substr(token.offset, token.length);
    m_at = m_text.size(); // nothing behind it can be trusted
    return token;
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace genscope {

/// A word of a filter text.
struct FilterToken
{
    enum class Kind : std::uint8_t {
        End,
        Word,   ///< a keyword or a field, backticks included
        Number, ///< text is a JSON number, unit what surrounds it
        Text,   ///< text is the value, without quotes and escapes
        Symbol, ///< text is an operator, a parenthesis or a comma
        Broken, ///< what follows the last good word cannot be read; text says why, see Trouble
    };
    enum class Trouble : std::uint8_t {
        None,
        OpenQuote,
        OpenBacktick,
        SingleQuote,
        BadNumber,
        BadUnit,
        Stray
    };

    Kind kind = Kind::End;
    Trouble trouble = Trouble::None;
    std::size_t offset = 0; ///< bytes
    std::size_t length = 0;
    std::string text;
    std::string unit; ///< `ms s c k $` or empty
};

/// Cuts a filter text into words, left to right. @p text outlives the lexer.
class FilterLexer
{
public:
    explicit FilterLexer(std::string_view text) : m_text(text) {}

    FilterToken next();

private:
    char at(std::size_t position) const { return position < m_text.size() ? m_text[position] : '\0'; }
    bool startsNumber(std::size_t position) const;
    FilterToken number(FilterToken token);
    FilterToken quoted(FilterToken token);
    FilterToken word(FilterToken token);
    FilterToken symbol(FilterToken token);
    FilterToken broken(FilterToken token, FilterToken::Trouble trouble, std::size_t end);

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace genscope

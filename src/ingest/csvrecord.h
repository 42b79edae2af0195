// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

// CSV as RFC 4180 has it, with any delimiter. A quote counts only where a cell begins, so that one inside of
// an unquoted cell is a character like any other; a line end inside of quotes belongs to the cell.

/// Finds the ends of records while a text is read piece by piece.
class CsvScanner
{
public:
    explicit CsvScanner(char delimiter) : m_delimiter(delimiter) {}

    /// Goes on in @p text from @p at on, to behind the line end of the record, or to the end of @p text.
    /// @return whether the record ended
    bool scan(std::string_view text, std::size_t &at);
    bool insideQuotes() const { return m_state == State::Quoted; }
    /// The line that is being read, from 1.
    std::int64_t line() const { return m_line; }

private:
    enum class State { CellStart, Unquoted, Quoted, QuoteInQuoted };

    char m_delimiter;
    State m_state = State::CellStart;
    std::int64_t m_line = 1;
};

/// The cells of one record, without the quotes around them.
class CsvCells
{
public:
    /// @p record: without its line end; must outlive what is read from this
    void split(std::string_view record, char delimiter);
    const std::vector<std::string_view> &cells() const { return m_cells; }

private:
    std::string_view unquoted(std::string_view record, std::size_t &at, char delimiter);

    std::vector<std::string_view> m_cells;
    std::string m_decoded; ///< of cells that hold quotes; never longer than the record
};

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/csvrecord.h"

#include <algorithm>

namespace genscope {

bool CsvScanner::scan(std::string_view text, std::size_t &at)
{
    while (at < text.size()) {
        if (m_state == State::Quoted) {
            const std::size_t quote = std::min(text.find('"', at), text.size());
            m_line += std::count(text.begin() + static_cast<std::ptrdiff_t>(at),
                                 text.begin() + static_cast<std::ptrdiff_t>(quote), '\n');
            at = quote;
            if (at == text.size())
                return false;
            ++at;
            m_state = State::QuoteInQuoted;
            continue;
        }
        const char c = text[at++];
        if (c == '\n') {
            ++m_line;
            m_state = State::CellStart;
            return true;
        }
        if (c == m_delimiter)
            m_state = State::CellStart;
        else if (c == '"' && m_state != State::Unquoted)
            m_state = State::Quoted; // a first quote, or the second of two inside of quotes
        else
            m_state = State::Unquoted;
    }
    return false;
}

void CsvCells::split(std::string_view record, char delimiter)
{
    m_cells.clear();
    m_decoded.clear();
    m_decoded.reserve(record.size()); // so that views of it stay valid
    for (std::size_t at = 0;; ++at) {
        if (at < record.size() && record[at] == '"') {
            m_cells.push_back(unquoted(record, at, delimiter));
        } else {
            const std::size_t end = std::min(record.find(delimiter, at), record.size());
            m_cells.push_back(record.substr(at, end - at));
            at = end;
        }
        if (at >= record.size())
            return;
    }
}

/// The cell whose quote stands at @p at, which is moved to the delimiter behind it.
std::string_view CsvCells::unquoted(std::string_view record, std::size_t &at, char delimiter)
{
    ++at;
    const std::size_t close = std::min(record.find('"', at), record.size());
    const std::size_t behind = std::min(close + 1, record.size());
    if (behind == record.size() || record[behind] == delimiter) { // most cells hold no quote
        const std::string_view cell = record.substr(at, close - at);
        at = behind;
        return cell;
    }
    const std::size_t begin = m_decoded.size();
    for (;;) {
        const std::size_t quote = std::min(record.find('"', at), record.size());
        m_decoded += record.substr(at, quote - at);
        at = std::min(quote + 1, record.size());
        if (at == record.size() || record[at] != '"')
            break;
        m_decoded += '"';
        ++at;
    }
    // Something behind the closing quote is against the rules; it is kept.
    const std::size_t end = std::min(record.find(delimiter, at), record.size());
    m_decoded += record.substr(at, end - at);
    at = end;
    return std::string_view(m_decoded).substr(begin);
}

} // namespace genscope

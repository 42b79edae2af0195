// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/csvtext.h"

namespace genscope {

namespace {

/// What a spreadsheet takes as the beginning of a formula, or strips before looking for one.
constexpr std::string_view kFormulaStarts = "=+-@\t\r";
constexpr std::string_view kNeedsQuotes = ",\"\r\n";

} // namespace

void CsvText::separate()
{
    if (m_cells++ > 0)
        m_out += ',';
    else
        m_rowStart = m_out.size();
}

void CsvText::text(std::string_view text)
{
    separate();
    const bool guard = isFormulaText(text);
    const bool quote = text.empty() || text.find_first_of(kNeedsQuotes) != std::string_view::npos;
    if (quote)
        m_out += '"';
    if (guard)
        m_out += '\'';
    for (const char c : text) {
        if (c == '"')
            m_out += '"';
        m_out += c;
    }
    if (quote)
        m_out += '"';
}

void CsvText::number(std::string_view digits)
{
    separate();
    m_out += digits;
}

void CsvText::missing()
{
    separate();
}

void CsvText::endRow()
{
    // A lone empty cell would be a blank line, which readers skip.
    if (m_cells == 1 && m_out.size() == m_rowStart)
        m_out += "\"\"";
    m_out += '\n';
    m_cells = 0;
}

bool isFormulaText(std::string_view text)
{
    return !text.empty() && kFormulaStarts.find(text.front()) != std::string_view::npos;
}

} // namespace genscope

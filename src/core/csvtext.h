// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace genscope {

/// Writes comma-separated values (RFC 4180 with `\n`, UTF-8 without BOM) that a spreadsheet cannot mistake
/// for formulas: a *text* that begins with `= + - @`, tab or CR gets a leading `'`; numbers are never
/// altered.
class CsvText
{
public:
    /// Appends to @p out, which outlives the writer.
    explicit CsvText(std::string &out) : m_out(out) {}

    void text(std::string_view text); ///< an empty text is `""`, so that it differs from a missing one
    void number(std::string_view digits);
    void missing();
    void endRow();

private:
    void separate();

    std::string &m_out;
    std::size_t m_rowStart = 0;
    int m_cells = 0;
};

/// True for a text that a spreadsheet would take for a formula.
bool isFormulaText(std::string_view text);

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/resulttable.h"

#include <string>
#include <string_view>

namespace genscope {

/// Writes comma-separated values (RFC 4180 with `\n`, UTF-8 without BOM) that a spreadsheet cannot mistake
/// for formulas: a *text* that begins with `= + - @`, tab or CR gets a leading `'`; numbers are never
/// altered.
class CsvWriter
{
public:
    /// Appends to @p out, which outlives the writer.
    explicit CsvWriter(std::string &out) : m_out(out) {}

    void text(std::string_view text); ///< an empty text is `""`, so that it differs from a missing one
    void number(std::string_view digits);
    void missing();
    /// @p unit decides how a double is written, @p zone the offset of an instant.
    void cell(const Cell &cell, Unit unit, const Zone &zone);
    void endRow();

private:
    void separate();

    std::string &m_out;
    std::size_t m_rowStart = 0;
    int m_cells = 0;
};

/// Header line and rows, without the total row (cli.md "Query result").
std::string toCsv(const ResultTable &table);

/// The shortest decimal digits that read back as the same double; no exponent for money, and none for others
/// of everyday size. Empty for NaN and infinities.
std::string exactNumber(double number, Unit unit);

} // namespace genscope

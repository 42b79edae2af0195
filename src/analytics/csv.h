// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/resulttable.h"
#include "core/csvtext.h"

#include <string>
#include <string_view>

namespace genscope {

/// Writes cells of result tables as comma-separated values.
class CsvWriter : public CsvText
{
public:
    using CsvText::CsvText;

    /// @p unit decides how a double is written, @p zone the offset of an instant.
    void cell(const Cell &cell, Unit unit, const Zone &zone);
};

/// Header line and rows, without the total row (cli.md "Query result").
std::string toCsv(const ResultTable &table);

/// The shortest decimal digits that read back as the same double; no exponent for money, and none for others
/// of everyday size. Empty for NaN and infinities.
std::string exactNumber(double number, Unit unit);

} // namespace genscope

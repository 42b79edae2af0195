// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/listrows.h"

#include <QString>

#include <string>
#include <vector>

namespace genscope {

/// A number as the filter language and files write it: exact, without unit. Empty for anything else.
QString plainNumber(const Cell &cell);
/// Any value without shortening: texts as they are, instants as ISO 8601 with the zone's offset.
QString plainText(const Cell &cell, const Zone &zone);

/// What rows are copied as.
enum class CopyFormat {
    Tsv,      ///< as people read it: titles above, composed cells as shown; for spreadsheets
    Csv,      ///< as exported, one number a column
    Markdown, ///< a table of what is shown
    Json,     ///< a list of objects by column name; missing values are left out
};

/// The rows with a header, for the clipboard. @param columns  names, from left to right
/// @thread any
QString copiedRows(const ListRows &rows, const RowRanges &positions, const std::vector<std::string> &columns,
                   CopyFormat format);

/// `"text"` with everything escaped that JSON wants escaped.
std::string jsonText(const std::string &utf8);
/// A row as a JSON object of the columns that have a value; without line breaks.
std::string jsonRow(const ListRows &rows, std::size_t position);

} // namespace genscope

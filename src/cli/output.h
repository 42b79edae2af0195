// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/tablejson.h"
#include "cli/options.h"
#include "core/result.h"

#include <string>

namespace genscope {

/// One object per row, keys as the columns.
std::string tableJsonLines(const ResultTable &table);
/// Aligned columns for a terminal: control characters are shown escaped, what is missing as `-`, numbers with
/// at most 12 digits. @param withTotal  with the total in a last line
std::string tableText(const ResultTable &table, bool withTotal = false);

/// Where a table's total is written.
enum class Totals { None, InJson, InJsonAndText };

/// Writes a table as @p options say, to standard output or to the file of `--out` (whole or not at all).
/// @error Io
Status writeTable(const ResultTable &table, Totals totals, const OptionParser &options);
/// The same for ready text.
Status writeOutput(const std::string &text, const OptionParser &options);

} // namespace genscope

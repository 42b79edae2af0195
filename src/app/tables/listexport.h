// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "models/listrows.h"

#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace genscope {

/// What is written of a list.
struct ListExport
{
    /// Its selection, columns and order; `previous` may hold the rows as shown.
    ListRequest request;
    /// Positions in `request.previous`; absent: all rows.
    std::optional<RowRanges> positions;
    QString path;
    bool jsonLines = false;     ///< an object a line rather than comma-separated values
    bool byteOrderMark = false; ///< some spreadsheets take UTF-8 for UTF-8 only with one
};

/// Writes JSON Lines, or comma-separated values by the rules of docs/user-guide.md: exact numbers, ISO times
/// with offset, texts that a spreadsheet would run made harmless. The file is written whole or not at all.
/// @param onProgress  rows written of all; called a few times a second at most
/// @return rows written @error Io naming the file, Cancelled, Database @thread a worker
Result<std::int64_t> exportList(const ListExport &what,
                                const std::function<void(std::int64_t done, std::int64_t total)> &onProgress,
                                const StopToken &stop);

/// Every column that can be written: those of the kind by name, with composed ones taken apart, then @p shown
/// properties.
std::vector<std::string> allExportColumns(ListKind kind, const std::vector<std::string> &shown);

} // namespace genscope

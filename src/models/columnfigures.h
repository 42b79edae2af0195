// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/listrows.h"

#include <optional>
#include <vector>

namespace genscope {

/// What the numbers of a column come to.
struct ColumnFigures
{
    std::size_t column = 0;
    std::int64_t count = 0; ///< rows that have a number
    Cell sum;               ///< exact for money and counts; missing where sums mean nothing
    Cell mean;
    Cell p95;
    double largest = 0; ///< dollars, seconds ...
};

/// Of every numeric column, over the rows at @p positions; absent: over all. One column at a time is held in
/// memory. @error Cancelled, Database @thread a worker
Result<std::vector<ColumnFigures>> columnFigures(ListKind kind, const ListRows &rows,
                                                 const std::optional<RowRanges> &positions,
                                                 const StopToken &stop);

/// How often a value occurs in a column.
struct ValueCount
{
    Cell value;
    std::int64_t count = 0;
};
struct ValueCounts
{
    std::vector<ValueCount> values; ///< most frequent first, at most as many as were asked for
    std::int64_t rows = 0;          ///< all of them
    std::size_t distinct = 0;       ///< missing counts as one
};
/// @error Cancelled @thread a worker
Result<ValueCounts> valueCounts(const ListRows &rows, std::size_t column, std::size_t limit,
                                const StopToken &stop);

} // namespace genscope

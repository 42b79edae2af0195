// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/costbreakdown.h"
#include "analytics/costcause.h"
#include "core/money.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace genscope {

class PriceBook;

/// Reported against recomputed, over the events of one value.
struct CostDifference
{
    Cell value; ///< missing in the total
    std::int64_t events = 0;
    std::int64_t pricedBoth = 0;  ///< report a cost, and the book prices them: what the money is over
    std::int64_t differing = 0;   ///< of them, however little
    std::int64_t unpriced = 0;    ///< the book does not price them; errors without tokens left out
    std::int64_t notReported = 0; ///< the book prices them, but they carry no cost
    Money reported;
    Money recomputed;
    CostCause cause = CostCause::None; ///< of the largest part of the difference
    std::int64_t causeEvents = 0;      ///< that have it
    Money causeDifference;             ///< of them
    std::optional<double> factor;      ///< OtherPrice: reported / recomputed, where it is constant

    Money difference() const { return reported - recomputed; }
};

struct CostComparison
{
    std::vector<CostDifference> rows; ///< largest difference first, whatever its sign
    CostDifference total;
};
/// What events report of their cost beside what the price book says, and why they may differ, whatever cost
/// view the scope has. @param context  of a snapshot at the book's prices, without substitutions
/// @param now  what "today" means @error Cancelled, Database, Usage
Result<CostComparison> compareCosts(const CostBreakdown &by, const RowSet &rows, const Scope &scope,
                                    const QueryContext &context, const std::shared_ptr<const PriceBook> &book,
                                    Timestamp now);

} // namespace genscope

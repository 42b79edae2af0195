// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/costcause.h"
#include "analytics/query.h"
#include "analytics/resulttable.h"
#include "core/money.h"
#include "core/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace genscope {

class PriceBook;

/// What is compared by: a field, or days, weeks ... of the scope's zone.
struct CostBreakdown
{
    std::optional<Field> field;
    std::optional<Interval> interval; ///< without field
};

/// Reported against recomputed, over the events of a value that PostHog prices.
struct CostDifference
{
    Cell value; ///< missing in the total
    std::int64_t events = 0;
    std::int64_t pricedBoth = 0;  ///< report a cost, and the book prices them: what the money is over
    std::int64_t unpriced = 0;    ///< the book does not price them; errors without tokens left out
    std::int64_t notReported = 0; ///< carry no cost
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
/// @param context  of a snapshot at the prices of the scope  @param now  what "today" means
/// @error Cancelled, Database, Usage
Result<CostComparison> compareCosts(const CostBreakdown &by, const RowSet &rows, const Scope &scope,
                                    const QueryContext &context, const std::shared_ptr<const PriceBook> &book,
                                    Timestamp now);

/// What traffic costs, and what it would cost.
struct CostChange
{
    Cell value;
    std::int64_t events = 0;
    std::int64_t unpriced = 0;   ///< under the assumption
    std::optional<Money> before; ///< absent where nothing is priced: unknown is not zero
    std::optional<Money> after;  ///< likewise

    std::optional<Money> change() const
    {
        return before && after ? std::optional(*after - *before) : std::nullopt;
    }
};
struct CostChanges
{
    std::vector<CostChange> rows; ///< largest change first, whatever its sign
    CostChange total;
};
/// @p before and @p after are the same rows at different prices. @error as compareCosts()
Result<CostChanges> compareSnapshots(const CostBreakdown &by, const RowSet &rows, const Scope &scope,
                                     const QueryContext &before, const Snapshot &after);

} // namespace genscope

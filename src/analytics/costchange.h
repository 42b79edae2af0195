// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/costbreakdown.h"
#include "core/money.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace genscope {

class PriceBook;

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
/// @p before and @p after are the same rows at different prices. @error Cancelled, Database, Usage
Result<CostChanges> compareSnapshots(const CostBreakdown &by, const RowSet &rows, const Scope &scope,
                                     const QueryContext &before, const Snapshot &after);

/// What a "what if" changes, broken down in several ways.
struct CostAnswer
{
    std::vector<CostChanges> by; ///< as asked
    std::int64_t assumed = 0;    ///< events with a cost that are priced otherwise
    CostChange total;
};
/// In the cost view of @p scope; where that is what events report, what they do not is recomputed.
/// @param stored  the rows' snapshot as the store has it @param view  with its substitutions
/// @param now  what "today" means @error as compareSnapshots() @thread a worker; it uses all cores
Result<CostAnswer> askWhatIf(const std::vector<CostBreakdown> &by, const RowSet &rows, const Scope &scope,
                             const QueryContext &context, const std::shared_ptr<const Snapshot> &stored,
                             const std::shared_ptr<const PriceBook> &book, const PricingView &view,
                             Timestamp now);

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/callprices.h"
#include "analytics/field.h"
#include "analytics/pricingview.h"
#include "analytics/snapshot.h"
#include "core/result.h"
#include "pricing/pricebook.h"

#include <memory>
#include <vector>

namespace genscope {

/// Prices the events of snapshots of one store anew, as costsOf() would have, from the columns alone. What it
/// answers shares all columns with the snapshot that it was given, except for costs that changed. Segments
/// that it has priced before are not priced again.
/// @thread one at a time; it uses all cores
class Repricer
{
public:
    /// @param now  what "today" means in @p view
    Repricer(std::shared_ptr<const PriceBook> book, PricingView view, Timestamp now);
    ~Repricer();
    Repricer(const Repricer &) = delete;
    Repricer &operator=(const Repricer &) = delete;

    const PricingView &view() const { return m_prices.view(); }

    /// @param data   the snapshot as the store has it, and what the filters of substitutions read
    /// @param cache  for these filters
    /// @error Cancelled; as matchRows()
    Result<std::shared_ptr<const Snapshot>> apply(const DataContext &data, FieldCache &cache);

private:
    using Segments = std::vector<std::shared_ptr<const Segment>>;
    Result<std::vector<RowSet>> assumedRows(const DataContext &data, FieldCache &cache) const;
    std::shared_ptr<const Segment> priced(const Snapshot &snapshot, std::size_t index,
                                          const std::vector<RowSet> &assumed);

    CallPriceTable m_prices;
    Segments m_from; ///< priced last, and ...
    Segments m_to;   ///< ... what came of them; null where it was stopped before
};

/// The same for once. @p data as Repricer::apply().
Result<std::shared_ptr<const Snapshot>> reprice(const DataContext &data,
                                                const std::shared_ptr<const PriceBook> &book,
                                                const PricingView &view, Timestamp now);

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/query.h"
#include "analytics/reprice.h"
#include "core/result.h"
#include "pricing/pricebook.h"
#include "workspace/selection.h"

#include <cstdint>
#include <memory>

namespace genscope {

/// Shows the snapshots of one store at the prices that a scope asks for, of the price book as it is now: what
/// an import once made of a call never freezes. Keeps what it priced, so that a growing store is priced
/// piece by piece.
/// @thread one at a time
class StorePricing
{
public:
    explicit StorePricing(std::shared_ptr<const PriceBook> book);

    const std::shared_ptr<const PriceBook> &book() const { return m_book; }
    std::int64_t fingerprint() const { return m_fingerprint; } ///< of the book
    /// @p data.snapshot itself if the store was priced so. @param data  the snapshot as the store has it
    /// @error Cancelled; as matchRows()
    Result<std::shared_ptr<const Snapshot>> priced(const DataContext &data, const PricingView &view);

private:
    const std::shared_ptr<const PriceBook> m_book;
    const std::int64_t m_fingerprint;
    std::unique_ptr<Repricer> m_repricer; ///< for the view asked for last
};

/// Applies @p scope, its prices included, to @p stored, the snapshot as the store has it.
/// @error as makeSelection()
Result<std::shared_ptr<const Selection>> makePricedSelection(const std::shared_ptr<const Snapshot> &stored,
                                                             std::shared_ptr<const StoreReader> reader,
                                                             StorePricing &pricing, const Scope &scope,
                                                             std::shared_ptr<FieldCache> cache,
                                                             const StopToken &stop);

/// The same scope at the prices that the book has, without what its "what if" assumes: what is compared with
/// the book needs the book. A copy of @p selection if it assumes nothing. @param now  what "today" means
/// @error as makeSelection(); @thread a worker
Result<std::shared_ptr<const Selection>> withoutWhatIf(const Selection &selection, Timestamp now);

} // namespace genscope

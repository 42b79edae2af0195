// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/priceuses.h"
#include "models/pricelines.h"
#include "workspace/selection.h"

#include <string>
#include <vector>

namespace genscope {

class PriceBook;
struct RateSet;

/// What prices and the store have to do with each other.
struct PriceOverview
{
    std::vector<PriceUse> uses;
    std::vector<UnpricedLine> unpriced; ///< the largest first
    std::int64_t unpricedGenerations = 0;
};

/// Over all events of the store, whatever range and filter are set, in the selection's cost view, but without
/// its "what if": that is none of the book's. @error as runQuery() @thread a worker
Result<PriceOverview> priceOverview(const Selection &selection, const PriceBook &book);

/// Every price of a book, one line for each period and tier, with what it priced.
std::vector<PriceLine> linesOf(const std::shared_ptr<const PriceBook> &book,
                               const std::vector<PriceUse> &uses);

/// The rates of a set that have no column of their own, in words.
QString otherRatesText(const RateSet &rates, const QLocale &locale);

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    /// What one row of the book priced.
    struct Use
    {
        std::string model;    ///< the row's
        std::string provider; ///< the provider key's
        std::int64_t generations = 0;
        Money cost;
    };
    std::vector<Use> uses;
    std::vector<UnpricedLine> unpriced; ///< the largest first
    std::int64_t unpricedGenerations = 0;
};

/// Over all events of the store, whatever range and filter are set, in the selection's cost view.
/// @error as runQuery() @thread a worker
Result<PriceOverview> priceOverview(const Selection &selection, const PriceBook &book);

/// Every price of a book, one line for each period and tier, with what it priced.
std::vector<PriceLine> linesOf(const std::shared_ptr<const PriceBook> &book,
                               const std::vector<PriceOverview::Use> &uses);

/// The rates of a set that have no column of their own, in words.
QString otherRatesText(const RateSet &rates, const QLocale &locale);

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pricing/pricerow.h"

#include <optional>
#include <string>
#include <vector>

namespace genscope {

/// What a newer price list would change, for a preview; and the rows that change it.
struct PriceDiff
{
    struct Change
    {
        std::string model;
        std::string provider; ///< provider key, `default` for the list price
        PriceUnit unit = PriceUnit::InputToken;
        Amount before; ///< absent: not priced so far
        Decimal after;
        std::optional<double> percent; ///< of the price before; absent if that was absent or zero
        bool isNewPrice = false;       ///< the whole price is new to the book
        bool dropsTiers = false;       ///< long-context rates of the price before are left out: they are old
    };
    std::vector<Change> changes; ///< in the order of the list
    int newPrices = 0;
    int changedPrices = 0;
    int unchangedPrices = 0;
    std::vector<std::string>
        vanished;               ///< models of the book that the list does not name; they keep their price
    std::vector<PriceRow> rows; ///< what to add to the user's own
};

/// Compares a list of prices with match `listed` to the book's openrouter table at @p asOf. Only what the
/// list names is compared: a list without cache rates takes none away. A changed price begins at @p asOf; a
/// new one holds at all times, so that calls from before the update are priced. Where input and output cost
/// what they did, rates and tiers that the list does not name are carried over.
PriceDiff diffPrices(const PriceBook &book, const std::vector<PriceRow> &list, Timestamp asOf);

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "pricing/pricerow.h"

#include <vector>

namespace genscope {

/// What an edit may do to the prices that are there.
enum class PriceEdit {
    KeepHistory, ///< a new price ends the one before; one that would vanish wholly is an error
    Replace,     ///< what the new price covers is gone
};

/// A user's rows after an edit.
struct EditedPrices
{
    std::vector<PriceRow> rows;
    int added = 0;
    int ended = 0;   ///< rows whose time was cut
    int removed = 0; ///< rows that are gone
};

/// @p own with @p added: a price (PriceRowKey) is taken over as a whole, so that all rows of it, of whatever
/// unit, end where the new price begins. Adding what is there already changes nothing. @error Usage if
/// history would be lost, naming the price
Result<EditedPrices> withPrices(const std::vector<PriceRow> &own, const std::vector<PriceRow> &added,
                                PriceEdit mode);

/// @p own with every price of this key ended at @p time; rows that begin later are gone.
EditedPrices withPriceEnded(const std::vector<PriceRow> &own, const PriceRowKey &key, Timestamp time);

} // namespace genscope

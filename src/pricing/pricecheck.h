// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "pricing/pricerow.h"

#include <QString>

#include <cstddef>
#include <vector>

namespace genscope {

/// What is wrong with one row.
struct PriceProblem
{
    std::size_t row = 0; ///< index in the rows that were checked
    QString reason;      ///< names other rows by the numbers that rowNumber gives them
};

/// Rows that cannot be prices, or not together: names missing; rates negative, absurd or not exact; times
/// that end before they begin; two rates for the same thing at the same time; tiers of both modes in one
/// price; a price without an input or output rate (0 is one, absent is not). Empty: the rows are sound.
/// @param numbers  the number of each row in its file, for the reasons; without it they count from 1
std::vector<PriceProblem> checkPrices(const std::vector<PriceRow> &rows,
                                      const std::vector<int> &numbers = {});

} // namespace genscope

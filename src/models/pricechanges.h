// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/resulttable.h"
#include "models/pricechangesmodel.h"
#include "pricing/pricebook.h"
#include "pricing/pricediff.h"
#include "pricing/pricerow.h"

#include <functional>
#include <optional>
#include <vector>

namespace genscope {

/// What rows would change, to be looked at and chosen from.
struct PricePreview
{
    std::vector<PriceChangeLine> lines;
    std::vector<int> priceOfRow; ///< by row: the price that it belongs to, as in PriceChangeLine
    int prices = 0;
};

/// Rows of a file beside a store's own ones, or, where it has none, beside the price that @p book has under
/// that very name at @p now.
PricePreview previewOf(const std::vector<PriceRow> &rows, const std::vector<PriceRow> &own,
                       const PriceBook &book, Timestamp now);
/// A newer list beside the book; rows are those of the diff.
PricePreview previewOf(const PriceDiff &diff);
/// The rows of the prices that @p isChosen says yes to.
std::vector<PriceRow> chosenRows(const std::vector<PriceRow> &rows, const PricePreview &preview,
                                 const std::function<bool(int price)> &isChosen);

/// A price that may be close to that of a model the book does not know.
struct NearPrice
{
    QString model;                ///< of the row
    const Rates *rates = nullptr; ///< lives as long as the book
};
/// The row whose name begins like @p model for the longest; nothing if less than four characters agree.
std::optional<NearPrice> nearestPrice(const PriceBook &book, const QString &model);

} // namespace genscope

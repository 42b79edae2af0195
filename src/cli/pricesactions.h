// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commandcontext.h"
#include "cli/options.h"
#include "pricing/priceedit.h"
#include "pricing/pricerow.h"

#include <utility>
#include <vector>

namespace genscope {

/// The actions of `genscope prices STORE ACTION`. Each gets what follows the action's name, and the store.
ExitStatus listPricesAction(const QString &store, const QStringList &arguments);
ExitStatus checkPricesAction(const QString &store, const QStringList &arguments);
ExitStatus exportPricesAction(const QString &store, const QStringList &arguments);
ExitStatus setPriceAction(const QString &store, const QStringList &arguments);
ExitStatus importPricesAction(const QString &store, const QStringList &arguments);
ExitStatus updatePricesAction(const QString &store, const QStringList &arguments);

/// Appends a row to a table, cell by cell.
template<typename... Values>
void addRow(ResultTable &table, Values &&...values)
{
    std::vector<Cell> &row = table.rows.emplace_back();
    row.reserve(sizeof...(values));
    (row.emplace_back(std::forward<Values>(values)), ...);
}

/// Price rows as a table; rates in USD for one.
ResultTable priceRowTable(const std::vector<PriceRow> &rows);
/// What an edit did, in words.
QString editSummary(const EditedPrices &edited);

/// Models in the data without a price, with their volume: model, provider, generations.
Result<ResultTable> unpricedModels(const Selection &selection);

} // namespace genscope

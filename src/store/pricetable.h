// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pricing/pricerow.h"
#include "store/connection.h"

#include <functional>
#include <memory>
#include <vector>

namespace genscope {

/// The user's own prices, the table `price` of a store. @error Database; Parse if a row is none, naming it
Result<std::vector<PriceRow>> readPrices(const Connection &connection);
/// The same of a store that is not open. @error as Connection::open()
Result<std::vector<PriceRow>> readPrices(const QString &storePath);

/// The bundled book, overlaid by the store's own prices. @error as readPrices()
Result<std::shared_ptr<const PriceBook>> priceBookOf(const Connection &connection);
Result<std::shared_ptr<const PriceBook>> priceBookOf(const QString &storePath);

using PriceEditFunction = std::function<Result<std::vector<PriceRow>>(const std::vector<PriceRow> &own)>;
/// Replaces the store's own prices by what @p edit makes of them, all or nothing, in one transaction. Rows
/// that checkPrices() finds fault with are refused. What was imported keeps the costs that it has.
/// @return the rows as they are now. @error that of @p edit, Usage, Io, Database, Cancelled
Result<std::vector<PriceRow>> editPrices(const QString &storePath, const PriceEditFunction &edit,
                                         const WriterWait &wait = {}, const StopToken &stop = {});

} // namespace genscope

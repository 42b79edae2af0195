// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <cstdint>
#include <optional>
#include <string>

namespace genscope {

class Connection;

/// The fingerprint (fingerprintOf()) of the price book that all costs in the store's columns were made with;
/// nothing where that is not known, or several were. @error Database
Result<std::optional<std::int64_t>> pricedWith(const Connection &connection);
/// Inside of the transaction that makes it true. @error Database
Status setPricedWith(const Connection &connection, const std::optional<std::int64_t> &fingerprint);

/// How many of the store's @p events its columns hold. They may end early, so that a small commit does not
/// write the last segment anew: what they lack is in the table `event`. @error Database
Result<std::int64_t> columnRows(const Connection &connection, std::int64_t events);
/// Nothing: all of them. Inside of the transaction that makes it true. @error Database
Status setColumnRows(const Connection &connection, const std::optional<std::int64_t> &rows);

/// Names this store among all others: other stores, and what rebuildStore() makes of this one, have another.
/// @error Database
Result<std::string> storeId(const Connection &connection);
/// Gives the store a new one. @error Database
Status renewStoreId(const Connection &connection);

} // namespace genscope

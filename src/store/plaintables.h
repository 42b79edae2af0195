// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "store/connection.h"

#include <functional>
#include <string_view>

namespace genscope {

/// Copies the rows of every table that cannot be made from the kept events: sources, rejects, prices, and
/// whatever later schemas add. Columns that one of the stores does not have are left out; of a table that is
/// damaged what can be read is copied. @error Database if the new store cannot be written
Status copyPlainTables(const Connection &from, const Connection &to);

/// Calls @p use for each row of @p sql up to one that cannot be read. @error what @p use answered
Status forEachReadableRow(const Connection &connection, std::string_view sql,
                          const std::function<Status(const Statement &row)> &use);

} // namespace genscope

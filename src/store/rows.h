// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "store/connection.h"
#include "store/statement.h"

#include <string_view>
#include <type_traits>

namespace genscope {

/// Calls @p use(row) for each row that @p statement, with its parameters bound, answers. @p use answers
/// nothing, or a Status that ends the reading if it is an error. @error Database, and what @p use answers
template<typename Use>
Status forEachRow(Statement &statement, const Use &use)
{
    for (;;) {
        const Result<bool> row = statement.step();
        if (!row)
            return row.error();
        if (!*row)
            return Done{};
        if constexpr (std::is_void_v<std::invoke_result_t<Use, const Statement &>>) {
            use(statement);
        } else if (const Status used = use(statement); !used) {
            return used;
        }
    }
}

/// The same for a statement without parameters.
template<typename Use>
Status forEachRow(const Connection &connection, std::string_view sql, const Use &use)
{
    Result<Statement> statement = connection.prepare(sql);
    if (!statement)
        return statement.error();
    return forEachRow(*statement, use);
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/query.h"

#include <vector>

namespace genscope {

/// A query as runQuery() takes it. What is pointed to outlives the call.
struct BatchedQuery
{
    const Query *query = nullptr;
    const Scope *scope = nullptr;
    const RowSet *rows = nullptr;
};

/// Answers several queries in one pass over the events, such as all tiles of a dashboard: rows are listed and
/// columns decoded once for all of them. The answers, in the order of the queries, are those of runQuery().
/// Queries over the same rows point to the same set, so that they share the list. @error as runQuery(), each
/// by itself
std::vector<Result<ResultTable>> runQueries(const std::vector<BatchedQuery> &queries,
                                            const QueryContext &context);

} // namespace genscope

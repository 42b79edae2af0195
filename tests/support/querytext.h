// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/query.h"

#include <optional>
#include <string>
#include <string_view>

namespace genscope::test {

/// A query as text: `{.measures = "cost,users", .by = "model", .interval = Interval::Day}`.
struct QueryText
{
    std::string_view measures;
    std::string_view by = {};
    std::optional<Interval> interval = {};
    std::optional<int> top = {};
    KindSet kinds = kindSet({EventKind::Generation});

    Query query() const; ///< fails the test on unknown names
};

/// One cell: `-` if missing, times as ISO in @p zone.
std::string printed(const Cell &cell, const Zone &zone);
/// A table as lines, cells divided by ` | `, with the total as the last line.
std::string printed(const ResultTable &table);

} // namespace genscope::test

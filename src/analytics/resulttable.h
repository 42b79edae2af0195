// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/money.h"
#include "core/timestamp.h"
#include "core/zone.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace genscope {

/// One value of a result; monostate is "missing" (JSON null, empty CSV cell).
using Cell = std::variant<std::monostate, bool, std::int64_t, double, Money, std::string, Timestamp>;

enum class Unit {
    None,
    Number,
    Tokens,
    Usd,
    Seconds,
    Ratio, ///< 0..1
    TokensPerSecond,
};

/// A table of numbers by time bucket and dimension values. Charts, tables, exports and the command line all
/// take this.
struct ResultTable
{
    enum class Role { Bucket, Dimension, Measure, Field };
    struct Column
    {
        std::string name; ///< the text it was asked for by
        Role role = Role::Measure;
        Unit unit = Unit::None;
    };

    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows;
    std::vector<Cell> total; ///< over everything matched; missing for buckets and dimensions; empty for lists
    std::int64_t matched = 0;
    std::int64_t unpriced = 0;
    Zone zone; ///< of bucket instants
    /// Set with an interval: the buckets' length, for charts.
    std::optional<Interval> interval;
    /// Index of the row that gathers the values past top N, per table: its dimension reads `Other`.
    static constexpr std::string_view kOther = "Other";

    int columnIndex(std::string_view name) const; ///< -1 if absent
};

/// True for the value that gathers everything past top N.
bool isOther(const Cell &cell);

} // namespace genscope

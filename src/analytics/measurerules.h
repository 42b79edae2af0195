// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/query.h"
#include "analytics/segmentcolumns.h"

#include <span>
#include <string_view>

namespace genscope {

/// Which events a number is made of.
enum class EventStream : std::uint8_t { Measured, Generations, Embeddings, Spans };
inline constexpr int kEventStreamCount = 4;

/// What is added up over the events of a group.
struct Ingredient
{
    enum class Kind : std::uint8_t {
        None,
        Events,
        Errors,
        Unpriced,
        Traces,
        Sessions,
        Users,
        Customers,
        Sum,
        RealSum,
        RealMax,
        TokenRate,
        Percentiles, ///< all fractions that are asked for of a column are found together
    };
    Kind kind = Kind::None;
    EventStream stream = EventStream::Measured;
    NumberSource number = NumberSource::InputTokens; ///< Sum
    RealSource real = RealSource::Latency;           ///< RealSum, RealMax, Percentiles

    bool operator==(const Ingredient &) const = default;
};

/// How a measure is made of its ingredients.
struct MeasureRule
{
    enum class Shape : std::uint8_t {
        Events,           ///< count of a
        Sum,              ///< sum of a
        Money,            ///< sum of a in dollars
        CountRatio,       ///< count of a / count of b
        SumRatio,         ///< sum of a / sum of b
        MoneyPer,         ///< sum of a in dollars / count of b
        MoneyPerThousand, ///< sum of a in dollars / thousands of the sum of b
        Average,          ///< of a
        Real,             ///< the number of a: maximum, percentile
        Rate,             ///< sum of a / seconds of a
    };
    Measure measure;
    std::string_view name;
    Unit unit;
    Shape shape;
    Ingredient a;
    Ingredient b;
    double fraction = 0; ///< Percentiles
};

std::span<const MeasureRule> measureRules(); ///< in the order of Measure
const MeasureRule &ruleOf(Measure measure);

} // namespace genscope

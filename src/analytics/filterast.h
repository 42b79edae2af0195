// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/filter.h"
#include "analytics/jsonnumber.h"
#include "analytics/rollupfield.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

enum class FilterOp : std::uint8_t {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    In,
    NotIn,
    Contains,
    NotContains,
    Matches,
    NotMatches,
    IsSet,
    IsNotSet,
};
std::string_view filterOpText(FilterOp op); ///< `=`, `not in`, ...
/// The operator that matches exactly the other events; nothing for the orderings, which missing values fail
/// both ways.
std::optional<FilterOp> oppositeOf(FilterOp op);
/// True for `!=`, `not in`, `not contains`, `!~`, `is not set`.
bool isNegative(FilterOp op);

/// What a name in a filter stands for, as far as units and literals care.
enum class FilterValueKind : std::uint8_t {
    Text,
    Number,   ///< without unit: `http_status`, `hour_of_day`
    Count,    ///< tokens: `k`
    Money,    ///< USD: `$`, `c`
    Seconds,  ///< `s`, `ms`
    Boolean,  ///< may stand alone
    Instant,  ///< compares with quoted dates
    Property, ///< whatever was captured; may stand alone
    Content,  ///< decoded text of the input or the output
};

/// The left side of a comparison.
struct FilterSubject
{
    Field field;
    std::optional<EventSource::Content> content =
        std::nullopt;                                 ///< set: `input`, `output`; field means nothing
    std::optional<RollupField> rollup = std::nullopt; ///< set: `trace.cost`; field means nothing

    FilterValueKind kind() const;
    std::string text() const; ///< as the language writes it
    bool operator==(const FilterSubject &other) const
    {
        return content == other.content && rollup == other.rollup &&
               (content || rollup || field == other.field);
    }
};

struct FilterLiteral
{
    enum class Kind : std::uint8_t { Text, Number, Boolean };
    Kind kind = Kind::Text;
    std::string text;     ///< Text: the value; Number: as written, with its unit
    JsonNumber number;    ///< Number: in USD, seconds or tokens
    bool boolean = false; ///< Boolean

    static FilterLiteral ofText(std::string_view value);
    static FilterLiteral ofBoolean(bool value);
    /// @p text is a JSON number without unit.
    static std::optional<FilterLiteral> ofNumber(std::string_view text);

    std::string toString() const; ///< as the language writes it
    bool operator==(const FilterLiteral &other) const;
};

/// Text in double quotes that reads back as @p value.
std::string quotedFilterText(std::string_view value);

/// A node of the expression tree.
struct Filter::Node
{
    enum class Kind : std::uint8_t { And, Or, Not, Compare };
    Kind kind = Kind::Compare;
    std::vector<std::shared_ptr<const Node>> children; ///< And, Or: two or more; Not: one

    // Compare:
    FilterSubject subject;
    FilterOp op = FilterOp::Equal;
    std::vector<FilterLiteral> values; ///< In, NotIn: one or more; IsSet, IsNotSet: none; others: one

    bool operator==(const Node &other) const;
};

} // namespace genscope

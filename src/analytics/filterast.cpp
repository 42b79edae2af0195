// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/filterast.h"

#include "analytics/fieldunit.h"

#include <algorithm>
#include <array>

namespace genscope {

namespace {

struct OpInfo
{
    std::string_view text;
    std::optional<FilterOp> opposite;
    bool negative = false;
};

const OpInfo &infoOf(FilterOp op)
{
    static constexpr std::array<OpInfo, 14> kOps{{
        {"=", FilterOp::NotEqual},
        {"!=", FilterOp::Equal, true},
        {"<", std::nullopt},
        {"<=", std::nullopt},
        {">", std::nullopt},
        {">=", std::nullopt},
        {"in", FilterOp::NotIn},
        {"not in", FilterOp::In, true},
        {"contains", FilterOp::NotContains},
        {"not contains", FilterOp::Contains, true},
        {"~", FilterOp::NotMatches},
        {"!~", FilterOp::Matches, true},
        {"is set", FilterOp::IsNotSet},
        {"is not set", FilterOp::IsSet, true},
    }};
    return kOps[static_cast<std::size_t>(op)];
}

FilterValueKind kindOf(RollupField::Measure measure)
{
    using Measure = RollupField::Measure;
    switch (measure) {
    case Measure::Cost:
        return FilterValueKind::Money;
    case Measure::Latency:
    case Measure::LatencyPostHog:
        return FilterValueKind::Seconds;
    case Measure::InputTokens:
    case Measure::OutputTokens:
        return FilterValueKind::Count;
    case Measure::Errors:
    case Measure::Generations:
    case Measure::Events:
    case Measure::Unpriced:
    case Measure::Traces:
        break;
    }
    return FilterValueKind::Number;
}

/// Of a field whose numbers are in that unit; of one that has no numbers, text.
FilterValueKind kindOf(Unit unit)
{
    switch (unit) {
    case Unit::Usd:
        return FilterValueKind::Money;
    case Unit::Seconds:
        return FilterValueKind::Seconds;
    case Unit::Tokens:
        return FilterValueKind::Count;
    case Unit::TokensPerSecond:
    case Unit::Number:
    case Unit::Ratio:
        return FilterValueKind::Number;
    case Unit::None:
        break;
    }
    return FilterValueKind::Text;
}

} // namespace

std::string_view filterOpText(FilterOp op)
{
    return infoOf(op).text;
}

std::optional<FilterOp> oppositeOf(FilterOp op)
{
    return infoOf(op).opposite;
}

bool isNegative(FilterOp op)
{
    return infoOf(op).negative;
}

FilterValueKind FilterSubject::kind() const
{
    if (content)
        return FilterValueKind::Content;
    if (rollup)
        return kindOf(rollup->measure);
    switch (field.id) {
    case Field::Id::HttpStatus:
    case Field::Id::HourOfDay:
    case Field::Id::DayOfWeek:
        return FilterValueKind::Number;
    case Field::Id::IsError:
    case Field::Id::Stream:
    case Field::Id::Priced:
        return FilterValueKind::Boolean;
    case Field::Id::Timestamp:
    case Field::Id::Started:
        return FilterValueKind::Instant;
    case Field::Id::Property:
        return FilterValueKind::Property;
    default:
        return kindOf(unitOf(field));
    }
}

std::string FilterSubject::text() const
{
    if (content)
        return *content == EventSource::Content::Input ? "input" : "output";
    return rollup ? rollup->text() : field.text;
}

FilterLiteral FilterLiteral::ofText(std::string_view value)
{
    FilterLiteral literal;
    literal.text = value;
    return literal;
}

FilterLiteral FilterLiteral::ofBoolean(bool value)
{
    FilterLiteral literal;
    literal.kind = Kind::Boolean;
    literal.boolean = value;
    return literal;
}

std::optional<FilterLiteral> FilterLiteral::ofNumber(std::string_view text)
{
    const std::optional<JsonNumber> number = JsonNumber::parse(text);
    if (!number)
        return std::nullopt;
    FilterLiteral literal;
    literal.kind = Kind::Number;
    literal.text = text;
    literal.number = *number;
    return literal;
}

std::string FilterLiteral::toString() const
{
    switch (kind) {
    case Kind::Text:
        return quotedFilterText(text);
    case Kind::Number:
        return text;
    case Kind::Boolean:
        break;
    }
    return boolean ? "true" : "false";
}

bool FilterLiteral::operator==(const FilterLiteral &other) const
{
    if (kind != other.kind)
        return false;
    switch (kind) {
    case Kind::Text:
        return text == other.text;
    case Kind::Number:
        return number == other.number;
    case Kind::Boolean:
        break;
    }
    return boolean == other.boolean;
}

std::string quotedFilterText(std::string_view value)
{
    std::string quoted = "\"";
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char next = i + 1 < value.size() ? value[i + 1] : '"';
        // A backslash stands for itself unless the next character would make an escape of it.
        if (value[i] == '"' || (value[i] == '\\' && (next == '"' || next == '\\')))
            quoted += '\\';
        quoted += value[i];
    }
    return quoted + '"';
}

bool Filter::Node::operator==(const Node &other) const
{
    const auto sameTree = [](const auto &a, const auto &b) { return *a == *b; };
    return kind == other.kind &&
           std::equal(children.begin(), children.end(), other.children.begin(), other.children.end(),
                      sameTree) &&
           (kind != Kind::Compare || (subject == other.subject && op == other.op && values == other.values));
}

} // namespace genscope

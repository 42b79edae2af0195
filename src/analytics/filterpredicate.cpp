// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/filterpredicate.h"

#include "analytics/columns.h"
#include "core/timestamp.h"

#include <cmath>
#include <limits>

namespace genscope {

namespace {

constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min() + 1; // the one below is kMissing
constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();

bool holds(FilterOp op, std::weak_ordering order)
{
    switch (op) {
    case FilterOp::Less:
        return order < 0;
    case FilterOp::LessEqual:
        return order <= 0;
    case FilterOp::Greater:
        return order > 0;
    case FilterOp::GreaterEqual:
        return order >= 0;
    default:
        return order == 0;
    }
}

FilterOp positive(FilterOp op)
{
    return isNegative(op) ? oppositeOf(op).value_or(op) : op;
}

IntRange intRangeOf(FilterOp op, std::int64_t floor, bool exact)
{
    switch (op) {
    case FilterOp::Less:
        if (!exact)
            return {kLowest, floor};
        return floor <= kLowest ? IntRange{} : IntRange{kLowest, floor - 1};
    case FilterOp::LessEqual:
        return {kLowest, floor};
    case FilterOp::Greater:
        return floor == kHighest ? IntRange{} : IntRange{std::max(floor + 1, kLowest), kHighest};
    case FilterOp::GreaterEqual:
        if (exact)
            return {std::max(floor, kLowest), kHighest};
        return floor == kHighest ? IntRange{} : IntRange{std::max(floor + 1, kLowest), kHighest};
    default:
        return exact && floor >= kLowest ? IntRange{floor, floor} : IntRange{};
    }
}

} // namespace

Result<TextPredicate> TextPredicate::of(const Filter::Node &term)
{
    TextPredicate predicate(positive(term.op));
    switch (predicate.m_op) {
    case FilterOp::Equal:
    case FilterOp::In:
        for (const FilterLiteral &literal : term.values) {
            if (literal.kind == FilterLiteral::Kind::Number)
                predicate.m_numbers.push_back(literal.number);
            else if (literal.kind == FilterLiteral::Kind::Boolean)
                predicate.m_texts.insert(literal.boolean ? "true" : "false");
            else
                predicate.m_texts.insert(literal.text);
        }
        break;
    case FilterOp::Contains:
        predicate.m_search.emplace(term.values.front().text);
        break;
    case FilterOp::Matches: {
        Result<TextPattern> pattern = TextPattern::compile(term.values.front().text);
        if (!pattern)
            return pattern.error();
        predicate.m_pattern = std::move(*pattern);
        break;
    }
    case FilterOp::IsSet:
        break;
    default:
        predicate.m_bound = term.values.front();
        break;
    }
    return predicate;
}

bool TextPredicate::matches(std::string_view value)
{
    switch (m_op) {
    case FilterOp::Equal:
    case FilterOp::In:
        return equalsAny(value);
    case FilterOp::Contains:
        return m_search->isIn(value);
    case FilterOp::Matches:
        return m_pattern->matches(value);
    case FilterOp::IsSet:
        return true;
    default:
        return isOrdered(value);
    }
}

std::unique_ptr<TextHint> TextPredicate::hint() const
{
    if (m_search)
        return m_search->hint();
    return m_pattern ? m_pattern->hint() : nullptr;
}

bool TextPredicate::equalsAny(std::string_view value) const
{
    if (m_texts.size() == 1) {
        if (*m_texts.begin() == value)
            return true;
    } else if (!m_texts.empty() && m_texts.contains(std::string(value))) {
        return true;
    }
    if (m_numbers.empty())
        return false;
    const std::optional<JsonNumber> number = JsonNumber::parse(value);
    return number && std::find(m_numbers.begin(), m_numbers.end(), *number) != m_numbers.end();
}

bool TextPredicate::isOrdered(std::string_view value) const
{
    if (m_bound->kind == FilterLiteral::Kind::Text)
        return holds(m_op, value <=> std::string_view(m_bound->text));
    const std::optional<JsonNumber> number = JsonNumber::parse(value);
    return number && holds(m_op, compare(*number, m_bound->number));
}

IntRange intRange(FilterOp op, const JsonNumber &number)
{
    const JsonNumber::Floor floor = number.floor();
    return intRangeOf(op, floor.value, floor.exact);
}

RealRange realRange(FilterOp op, double number)
{
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    switch (op) {
    case FilterOp::Less:
        return {-kInfinity, std::nextafter(number, -kInfinity)};
    case FilterOp::LessEqual:
        return {-kInfinity, number};
    case FilterOp::Greater:
        return {std::nextafter(number, kInfinity), kInfinity};
    case FilterOp::GreaterEqual:
        return {number, kInfinity};
    default:
        return {number, number};
    }
}

std::optional<std::vector<IntRange>> intRanges(const Filter::Node &term, int scale)
{
    const FilterOp op = positive(term.op);
    if (op == FilterOp::IsSet)
        return std::vector<IntRange>{{kLowest, kHighest}};
    std::vector<IntRange> ranges;
    for (const FilterLiteral &literal : term.values) {
        if (literal.kind == FilterLiteral::Kind::Text)
            return std::nullopt;
        if (literal.kind == FilterLiteral::Kind::Boolean)
            continue; // no number is a boolean
        const IntRange range = intRange(op, literal.number.scaledDown(-scale));
        if (!range.isEmpty())
            ranges.push_back(range);
    }
    return ranges;
}

std::optional<std::vector<RealRange>> realRanges(const Filter::Node &term)
{
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    const FilterOp op = positive(term.op);
    if (op == FilterOp::IsSet)
        return std::vector<RealRange>{{-kInfinity, kInfinity}};
    std::vector<RealRange> ranges;
    for (const FilterLiteral &literal : term.values) {
        if (literal.kind == FilterLiteral::Kind::Text)
            return std::nullopt;
        if (literal.kind == FilterLiteral::Kind::Number)
            ranges.push_back(realRange(op, literal.number.toDouble()));
    }
    return ranges;
}

std::vector<IntRange> instantRanges(const Filter::Node &term, const Zone &zone)
{
    const FilterOp op = positive(term.op);
    if (op == FilterOp::IsSet)
        return {{kLowest, kHighest}};
    std::vector<IntRange> ranges;
    for (const FilterLiteral &literal : term.values) {
        const std::optional<ParsedTime> time = parseIsoTime(literal.text);
        if (!time)
            continue; // e.g. Filter::equals() with a text that is no time: equal to nothing
        const Timestamp instant =
            time->offsetSeconds ? time->instant() : zone.instantFromLocal(time->localUs);
        if (const IntRange range = intRangeOf(op, instant.us, true); !range.isEmpty())
            ranges.push_back(range);
    }
    return ranges;
}

} // namespace genscope

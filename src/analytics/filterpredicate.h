// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/filterast.h"
#include "analytics/textpattern.h"
#include "core/result.h"
#include "core/zone.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace genscope {

/// The condition of a term on a value as text, negation left out: `!=` tests what `=` tests. A number literal
/// compares numerically with texts that are wholly a JSON number and matches no other; a text literal
/// compares bytes; `true` and `false` match those texts. Not to be shared by threads.
class TextPredicate
{
public:
    /// @error Usage for a pattern that RE2 refuses
    static Result<TextPredicate> of(const Filter::Node &term);

    bool matches(std::string_view value);
    /// What texts that match hold; null if that cannot be said.
    std::unique_ptr<TextHint> hint() const;
    bool isTooExpensive() const { return m_pattern && m_pattern->isTooExpensive(); }

private:
    explicit TextPredicate(FilterOp op) : m_op(op) {}
    bool equalsAny(std::string_view value) const;
    bool isOrdered(std::string_view value) const;

    FilterOp m_op;                           ///< a positive one
    std::unordered_set<std::string> m_texts; ///< Equal, In
    std::vector<JsonNumber> m_numbers;       ///< Equal, In
    std::optional<FilterLiteral> m_bound;    ///< orderings
    std::optional<FoldedSearch> m_search;
    std::optional<TextPattern> m_pattern;
};

/// Whole numbers low .. high, both included. Never holds kMissing.
struct IntRange
{
    std::int64_t low = 0;
    std::int64_t high = -1;

    bool isEmpty() const { return low > high; }
    bool contains(std::int64_t value) const
    {
        // One comparison: below low wraps around to more than the span.
        const auto base = static_cast<std::uint64_t>(low);
        return static_cast<std::uint64_t>(value) - base <= static_cast<std::uint64_t>(high) - base;
    }
    bool operator==(const IntRange &) const = default;
};

/// Reals low .. high, both included. NaN is in none.
struct RealRange
{
    double low = 0;
    double high = -1;

    bool contains(double value) const { return (value >= low) & (value <= high); } // without a branch
};

/// Which values @p op and @p literal match: what numbers and instants are tested with. Negation left out, as
/// above. Nothing if the term has to compare texts.
IntRange intRange(FilterOp op, const JsonNumber &number);
RealRange realRange(FilterOp op, double number);

/// The condition on a column of whole numbers: a value matches if it is in one of the ranges. @p scale: a
/// column's value is a number times 10^scale (money: 12). @return nothing if the term has text literals that
/// must be compared as text
std::optional<std::vector<IntRange>> intRanges(const Filter::Node &term, int scale);
std::optional<std::vector<RealRange>> realRanges(const Filter::Node &term);
/// For instants: every literal is a quoted date, read in @p zone.
std::vector<IntRange> instantRanges(const Filter::Node &term, const Zone &zone);

} // namespace genscope

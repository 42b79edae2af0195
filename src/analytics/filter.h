// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/field.h"
#include "analytics/rowset.h"
#include "core/result.h"

#include <QString>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// A filter expression (cli.md "The filter language"). A plain immutable value without reference to data:
/// copies share the tree, and the zone that dates are read in comes with the data. @thread any
class Filter
{
public:
    struct Node; ///< see filterast.h

    Filter() = default; ///< matches everything

    /// @error Usage whose message names the position (from 1, in characters) and what was expected
    static Result<Filter> parse(std::string_view text);
    /// Where parsing fails, for the filter bar: bytes of the UTF-8 text, and what was expected there.
    struct Problem
    {
        std::size_t offset = 0;
        std::size_t length = 0; ///< 0 at the end of the text
        QString message;        ///< without the position
    };
    static std::optional<Problem> check(std::string_view text);

    bool isEmpty() const { return m_root == nullptr; }
    /// Text that parses to the same filter; parentheses only where needed. Empty for the empty filter.
    std::string toString() const;
    /// The parts joined by `and` at the top: the window's chips. Each is a filter of its own.
    std::vector<Filter> conjuncts() const;
    /// Joined by `and`; empty filters add nothing.
    static Filter all(const std::vector<Filter> &filters);
    /// Joined by `or`; matches everything if one of them does, or if there is none.
    static Filter any(const std::vector<Filter> &filters);
    /// `field = "value"`: exactly the events that a breakdown by @p field shows under @p value. Numbers and
    /// booleans are written as such where the field is of that type.
    static Filter equals(const Field &field, std::string_view value);
    static Filter isMissing(const Field &field); ///< `field is not set`
    /// The filter that matches all other events; uses the opposite operator where there is one. The empty
    /// filter has no opposite and stays empty.
    Filter negated() const;

    const Node *root() const { return m_root.get(); }
    bool operator==(const Filter &other) const; ///< the same tree, whatever the spacing of the text

private:
    explicit Filter(std::shared_ptr<const Node> root) : m_root(std::move(root)) {}
    std::shared_ptr<const Node> m_root;
};

/// The rows of all kinds that @p filter matches. Cheap conditions go first, and content is read only for the
/// rows that they leave undecided. @error Database, Cancelled; Usage for a pattern that is too expensive
Result<RowSet> matchRows(const Filter &filter, const DataContext &context, FieldCache &cache);

} // namespace genscope

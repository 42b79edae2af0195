// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/field.h"
#include "analytics/rowset.h"
#include "core/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// A filter expression (cli.md "The filter language"). A plain immutable value without reference to data.
class Filter
{
public:
    struct Node;

    Filter() = default; ///< matches everything

    /// @error Usage whose message names the position (from 1) and what was expected
    static Result<Filter> parse(std::string_view text);
    /// Where parsing fails, for the filter bar: byte offset and what was expected.
    struct Problem
    {
        std::size_t offset = 0;
        std::size_t length = 0;
        QString message;
    };
    static std::optional<Problem> check(std::string_view text);

    bool isEmpty() const { return m_root == nullptr; }
    /// Text that parses to the same filter; parentheses only where needed.
    std::string toString() const;
    /// The parts joined by `and` at the top: the window's chips. Each is a filter of its own.
    std::vector<Filter> conjuncts() const;
    static Filter all(const std::vector<Filter> &filters);            ///< joined by `and`
    static Filter any(const std::vector<Filter> &filters);            ///< joined by `or`
    static Filter equals(const Field &field, std::string_view value); ///< `field = "value"`
    static Filter isMissing(const Field &field);                      ///< `field is not set`
    Filter negated() const;

    const Node *root() const { return m_root.get(); }

private:
    explicit Filter(std::shared_ptr<const Node> root) : m_root(std::move(root)) {}
    friend class FilterParser;
    std::shared_ptr<const Node> m_root;
};

/// The rows of all kinds that @p filter matches. @error Database, Cancelled; Usage for a pattern that RE2
/// refuses
Result<RowSet> matchRows(const Filter &filter, const DataContext &context, FieldCache &cache);

} // namespace genscope

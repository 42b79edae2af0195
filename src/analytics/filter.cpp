// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/filter.h"

#include "analytics/filterast.h"
#include "analytics/filterparser.h"

#include <QCoreApplication>

#include <algorithm>

namespace genscope {

namespace {

using NodePtr = std::shared_ptr<const Filter::Node>;
using Kind = Filter::Node::Kind;

std::size_t characterCount(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & '\xC0') != '\x80'; }));
}

void writeTerm(const Filter::Node &term, std::string &out)
{
    const bool flag = term.op == FilterOp::Equal && term.subject.kind() == FilterValueKind::Boolean &&
                      term.values.front() == FilterLiteral::ofBoolean(true);
    out += term.subject.text();
    if (flag)
        return;
    out += ' ';
    out += filterOpText(term.op);
    if (term.values.empty())
        return;
    const bool list = term.op == FilterOp::In || term.op == FilterOp::NotIn;
    out += list ? " (" : " ";
    for (std::size_t i = 0; i < term.values.size(); ++i) {
        if (i > 0)
            out += ", ";
        out += term.values[i].toString();
    }
    if (list)
        out += ')';
}

void write(const Filter::Node &node, std::string &out);

void writeOperand(const Filter::Node &parent, const Filter::Node &child, std::string &out)
{
    // `or` binds weakest, then `and`, then `not`. An operand of the parent's own kind would become part of
    // it.
    const bool group = child.kind == Kind::Or || (child.kind == Kind::And && parent.kind != Kind::Or);
    if (group)
        out += '(';
    write(child, out);
    if (group)
        out += ')';
}

void write(const Filter::Node &node, std::string &out)
{
    switch (node.kind) {
    case Kind::Compare:
        return writeTerm(node, out);
    case Kind::Not:
        out += "not ";
        return writeOperand(node, *node.children.front(), out);
    case Kind::And:
    case Kind::Or:
        break;
    }
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        if (i > 0)
            out += node.kind == Kind::And ? " and " : " or ";
        writeOperand(node, *node.children[i], out);
    }
}

NodePtr join(Kind kind, const std::vector<NodePtr> &roots)
{
    if (roots.size() <= 1)
        return roots.empty() ? nullptr : roots.front();
    auto node = std::make_shared<Filter::Node>();
    node->kind = kind;
    for (const NodePtr &root : roots) {
        if (root->kind == kind)
            node->children.insert(node->children.end(), root->children.begin(), root->children.end());
        else
            node->children.push_back(root);
    }
    return node;
}

FilterLiteral literalFor(const FilterSubject &subject, std::string_view value)
{
    switch (subject.kind()) {
    case FilterValueKind::Boolean:
        if (value == "true" || value == "false")
            return FilterLiteral::ofBoolean(value == "true");
        break;
    case FilterValueKind::Number:
    case FilterValueKind::Count:
    case FilterValueKind::Money:
    case FilterValueKind::Seconds:
        if (const auto number = FilterLiteral::ofNumber(value))
            return *number;
        break;
    case FilterValueKind::Text:
    case FilterValueKind::Instant:
    case FilterValueKind::Property: // `10` and `"10"` are one group
    case FilterValueKind::Content:
        break;
    }
    return FilterLiteral::ofText(value);
}

NodePtr termOf(const Field &field, FilterOp op, std::vector<FilterLiteral> values)
{
    auto term = std::make_shared<Filter::Node>();
    term->subject.field = field;
    term->op = op;
    term->values = std::move(values);
    return term;
}

} // namespace

Result<Filter> Filter::parse(std::string_view text)
{
    FilterParser parser(text);
    NodePtr root = parser.parse();
    if (const std::optional<Problem> &problem = parser.problem()) {
        const std::size_t position = characterCount(text.substr(0, problem->offset)) + 1;
        return makeError(Error::Kind::Usage,
                         QCoreApplication::translate("genscope::FilterParser", "Filter, position %1: %2")
                             .arg(QString::number(position), problem->message));
    }
    return Filter(std::move(root));
}

std::optional<Filter::Problem> Filter::check(std::string_view text)
{
    FilterParser parser(text);
    parser.parse();
    return parser.problem();
}

std::string Filter::toString() const
{
    std::string text;
    if (m_root)
        write(*m_root, text);
    return text;
}

std::vector<Filter> Filter::conjuncts() const
{
    std::vector<Filter> parts;
    if (!m_root)
        return parts;
    if (m_root->kind != Kind::And)
        return {*this};
    for (const NodePtr &child : m_root->children)
        parts.push_back(Filter(child));
    return parts;
}

Filter Filter::all(const std::vector<Filter> &filters)
{
    std::vector<NodePtr> roots;
    for (const Filter &filter : filters) {
        if (filter.m_root)
            roots.push_back(filter.m_root);
    }
    return Filter(join(Kind::And, roots));
}

Filter Filter::any(const std::vector<Filter> &filters)
{
    std::vector<NodePtr> roots;
    for (const Filter &filter : filters) {
        if (!filter.m_root)
            return {};
        roots.push_back(filter.m_root);
    }
    return Filter(join(Kind::Or, roots));
}

Filter Filter::equals(const Field &field, std::string_view value)
{
    return Filter(termOf(field, FilterOp::Equal, {literalFor(FilterSubject{field, std::nullopt}, value)}));
}

Filter Filter::isMissing(const Field &field)
{
    return Filter(termOf(field, FilterOp::IsNotSet, {}));
}

Filter Filter::negated() const
{
    if (!m_root)
        return {};
    if (m_root->kind == Kind::Not)
        return Filter(m_root->children.front());
    const bool flag = m_root->kind == Kind::Compare && m_root->op == FilterOp::Equal &&
                      m_root->subject.kind() == FilterValueKind::Boolean;
    if (m_root->kind == Kind::Compare && !flag) {
        if (const std::optional<FilterOp> opposite = oppositeOf(m_root->op)) {
            auto term = std::make_shared<Node>(*m_root);
            term->op = *opposite;
            return Filter(std::move(term));
        }
    }
    auto negation = std::make_shared<Node>();
    negation->kind = Kind::Not;
    negation->children.push_back(m_root);
    return Filter(std::move(negation));
}

bool Filter::operator==(const Filter &other) const
{
    if (!m_root || !other.m_root)
        return m_root == other.m_root;
    return *m_root == *other.m_root;
}

} // namespace genscope

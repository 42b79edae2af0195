// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/chartfilter.h"

#include "analytics/filterast.h"
#include "app/drilldown.h"
#include "charts/celltext.h"

#include <QLocale>

#include <algorithm>

namespace genscope {

namespace {

using Keys = ValueChoice::Keys;

std::string keyOf(const FilterLiteral &literal)
{
    if (literal.kind == FilterLiteral::Kind::Boolean)
        return literal.boolean ? "true" : "false";
    return literal.text;
}

/// Adds what a comparison of values says to @p choice; false if it says anything else.
bool readComparison(const Filter::Node &node, const Field &field, ValueChoice &choice)
{
    if (node.kind != Filter::Node::Kind::Compare || node.subject.content || !(node.subject.field == field))
        return false;
    const auto addTo = [&node](Keys &keys) {
        for (const FilterLiteral &literal : node.values)
            keys.insert(keyOf(literal));
        return true;
    };
    switch (node.op) {
    case FilterOp::Equal:
    case FilterOp::In:
        return addTo(choice.only);
    case FilterOp::NotEqual:
    case FilterOp::NotIn:
        return addTo(choice.without);
    case FilterOp::IsNotSet:
        choice.only.insert(std::nullopt);
        return true;
    case FilterOp::IsSet:
        choice.without.insert(std::nullopt);
        return true;
    default:
        return false;
    }
}

/// The same for a whole part of a filter: `model in ("a", "b") or model is not set` is one as well.
bool readPart(const Filter &part, const Field &field, ValueChoice &choice)
{
    const Filter::Node *root = part.root();
    if (root == nullptr)
        return false;
    if (root->kind == Filter::Node::Kind::Not) { // a bare boolean, negated
        ValueChoice inner;
        if (!readComparison(*root->children.front(), field, inner) || inner.only.empty())
            return false;
        choice.without.merge(inner.only);
        return true;
    }
    if (root->kind != Filter::Node::Kind::Or)
        return readComparison(*root, field, choice);
    ValueChoice inner;
    const bool values = std::all_of(root->children.begin(), root->children.end(),
                                    [&](const auto &child) { return readComparison(*child, field, inner); });
    if (!values || !inner.without.empty())
        return false;
    choice.only.merge(inner.only);
    return true;
}

bool isOrdering(const Filter::Node &node, const Field &field)
{
    if (node.kind == Filter::Node::Kind::Or) // what a range that was excluded leaves
        return std::all_of(node.children.begin(), node.children.end(),
                           [&field](const auto &child) { return isOrdering(*child, field); });
    const bool orders = node.op == FilterOp::Less || node.op == FilterOp::LessEqual ||
                        node.op == FilterOp::Greater || node.op == FilterOp::GreaterEqual;
    return node.kind == Filter::Node::Kind::Compare && !node.subject.content && node.subject.field == field &&
           orders;
}

bool isRange(const Filter &part, const Field &field)
{
    return part.root() != nullptr && isOrdering(*part.root(), field);
}

Filter parsed(const std::string &text)
{
    const auto filter = Filter::parse(text);
    return filter ? *filter : Filter();
}

/// `field in (...)` as short as it can be said, or the opposite. @p keys without the missing one.
Filter membership(const Field &field, const Keys &keys, bool in)
{
    std::vector<std::string> literals;
    for (const auto &key : keys) {
        if (!key)
            continue;
        const Filter equal = Filter::equals(field, *key);
        if (equal.root() != nullptr && !equal.root()->values.empty())
            literals.push_back(equal.root()->values.front().toString());
    }
    if (literals.empty())
        return {};
    const std::string subject = FilterSubject{field, {}}.text();
    if (literals.size() == 1)
        return parsed(subject + (in ? " = " : " != ") + literals.front());
    std::string text = subject + (in ? " in (" : " not in (");
    for (const std::string &literal : literals)
        text += (&literal == &literals.front() ? "" : ", ") + literal;
    return parsed(text + ')');
}

Filter conditionOf(const Field &field, const ValueChoice &choice)
{
    std::vector<Filter> parts;
    if (!choice.only.empty()) {
        std::vector<Filter> either;
        if (const Filter in = membership(field, choice.only, true); !in.isEmpty())
            either.push_back(in);
        if (choice.only.count(std::nullopt) > 0)
            either.push_back(Filter::isMissing(field));
        if (!either.empty())
            parts.push_back(Filter::any(either));
    }
    if (const Filter notIn = membership(field, choice.without, false); !notIn.isEmpty())
        parts.push_back(notIn);
    if (choice.without.count(std::nullopt) > 0)
        parts.push_back(Filter::isMissing(field).negated());
    return Filter::all(parts);
}

std::optional<std::string> keyOfCell(const Cell &value)
{
    return isMissing(value) ? std::nullopt : std::optional(cellKey(value));
}

void toggle(Keys &keys, const std::optional<std::string> &key)
{
    if (keys.erase(key) == 0)
        keys.insert(key);
}

/// `Other` stands for all that are not shown apart from it: it is chosen by leaving those out.
ValueChoice pickedOther(const ChartPick &pick, const ValueChoice &now)
{
    Keys shown;
    for (const Cell &value : pick.otherThan)
        shown.insert(keyOfCell(value));
    ValueChoice picked;
    (pick.intent == ChartPick::Intent::Exclude ? picked.only : picked.without) = shown;
    if (picked.only == now.only && picked.without == now.without)
        return {};
    return picked;
}

ValueChoice pickedValue(const ChartPick &pick, ValueChoice choice)
{
    const auto key = keyOfCell(*pick.value);
    switch (pick.intent) {
    case ChartPick::Intent::Rows:
    case ChartPick::Intent::Only: {
        const bool again = choice.only == Keys{key} && choice.without.empty();
        choice = {};
        if (!again)
            choice.only = {key};
        break;
    }
    case ChartPick::Intent::Add:
        if (choice.without.erase(key) == 0)
            toggle(choice.only, key);
        break;
    case ChartPick::Intent::Exclude:
        choice.only.erase(key);
        toggle(choice.without, key);
        break;
    }
    return choice;
}

std::string numberText(double value)
{
    return QString::number(value, 'f', QLocale::FloatingPointShortest).toStdString();
}

Filter rangeCondition(const Field &field, const ChartPick &pick)
{
    const std::string subject = FilterSubject{field, {}}.text();
    std::vector<Filter> parts;
    const bool excludes = pick.intent == ChartPick::Intent::Exclude;
    if (pick.atLeast)
        parts.push_back(parsed(subject + (excludes ? " < " : " >= ") + numberText(*pick.atLeast)));
    if (pick.lessThan)
        parts.push_back(parsed(subject + (excludes ? " >= " : " < ") + numberText(*pick.lessThan)));
    return excludes ? Filter::any(parts) : Filter::all(parts);
}

/// The condition of one dimension.
Filter withOnePick(const Filter &filter, const ChartPick &pick)
{
    const auto field = Field::parse(pick.dimension);
    if (pick.dimension.empty() || !field)
        return filter;
    if (pick.atLeast || pick.lessThan) {
        const Filter condition = rangeCondition(*field, pick);
        const Filter rest = withoutPicks(filter, *field);
        const Filter changed = Filter::all({rest, condition});
        return changed == filter ? rest : changed;
    }
    if (!pick.value)
        return filter;
    const ValueChoice now = choiceOf(filter, *field).value_or(ValueChoice{});
    const ValueChoice next = isOther(*pick.value) ? pickedOther(pick, now) : pickedValue(pick, now);
    return Filter::all({withoutPicks(filter, *field), conditionOf(*field, next)});
}

} // namespace

Filter withPick(const Filter &filter, const ChartPick &pick)
{
    Filter changed = withOnePick(filter, pick);
    for (const ChartPick &other : pick.also)
        changed = withPick(changed, other);
    return changed;
}

Filter withoutPicks(const Filter &filter, const Field &field)
{
    std::vector<Filter> kept;
    for (const Filter &part : filter.conjuncts()) {
        ValueChoice choice;
        if (!readPart(part, field, choice) && !isRange(part, field))
            kept.push_back(part);
    }
    return Filter::all(kept);
}

std::optional<ValueChoice> choiceOf(const Filter &filter, const Field &field)
{
    ValueChoice choice;
    choice.dimension = field.text;
    bool any = false;
    for (const Filter &part : filter.conjuncts())
        any = readPart(part, field, choice) || any;
    return any ? std::optional(choice) : std::nullopt;
}

} // namespace genscope

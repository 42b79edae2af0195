// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/rowmapping.h"

#include "ingest/columnname.h"
#include "ingest/eventkeys.h"
#include "ingest/jsondocument.h"
#include "ingest/rowcolumns.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace genscope {

namespace {

using namespace rowcolumns;

template<std::size_t N>
bool contains(const std::array<std::string_view, N> &names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string_view behind(std::string_view name, std::string_view prefix)
{
    return name.size() > prefix.size() && name.starts_with(prefix) ? name.substr(prefix.size())
                                                                   : std::string_view();
}

bool isPosition(std::string_view name)
{
    constexpr std::size_t kMostDigits = 6;
    return !name.empty() && name.size() <= kMostDigits &&
           std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
           (name.size() == 1 || name.front() != '0');
}

std::size_t positionOf(std::string_view name)
{
    std::size_t position = 0;
    std::from_chars(name.data(), name.data() + name.size(), position);
    return position;
}

/// The length of the name of the property that a flattened path leads into. Other names than PostHog's own
/// that begin with `$` (`$feature/a.b`) hold the customer's dots, unless a list is under them.
std::size_t firstPart(std::string_view path)
{
    const std::size_t dot = std::min(path.find('.'), path.size());
    const std::string_view first = path.substr(0, dot);
    const bool isOurs =
        !first.starts_with('$') || first.starts_with("$ai_") ||
        std::find(kPropertyNames.begin(), kPropertyNames.end(), first) != kPropertyNames.end();
    const std::string_view rest = path.substr(std::min(dot + 1, path.size()));
    return isOurs || isPosition(rest.substr(0, rest.find('.'))) ? dot : path.size();
}

json::Value cellOf(std::span<const json::Value> row, std::optional<std::size_t> column)
{
    return column && *column < row.size() && row[*column].isPresent() ? row[*column] : json::Value();
}

/// The JSON that a text holds, if it is valid.
std::string validInnerJson(json::Value value)
{
    std::string text = innerJson(value);
    json::Document document;
    if (text.empty() || !document.read(text))
        return {};
    return std::string(document.root().raw());
}

void appendMember(std::string &object, std::string_view name, std::string_view value)
{
    object += object.empty() ? '{' : ',';
    object += json::quoted(name);
    object += ':';
    object += value;
}

} // namespace

std::string innerJson(json::Value value)
{
    if (!value.isString())
        return {};
    return json::decodeString(value.raw().substr(1, value.raw().size() - 2), json::Surrogates::KeepEscaped);
}

RowMapping::Node &RowMapping::Node::child(std::string_view childName)
{
    const auto known = childIndex.find(childName);
    if (known != childIndex.end())
        return children[known->second];
    childIndex.emplace(childName, children.size());
    Node node;
    node.name = childName;
    children.push_back(std::move(node));
    return children.back();
}

RowMapping::Node &RowMapping::Node::descend(std::string_view path)
{
    constexpr int kDeepest = 1000; // what is deeper keeps its dots
    Node *node = this;
    for (int depth = 0;; ++depth) {
        const std::size_t dot = depth < kDeepest ? path.find('.') : std::string_view::npos;
        node = &node->child(path.substr(0, dot));
        if (dot == std::string_view::npos)
            return *node;
        path.remove_prefix(dot + 1);
    }
}

void RowMapping::Node::sortPositions()
{
    const auto others = std::stable_partition(children.begin(), children.end(),
                                              [](const Node &node) { return isPosition(node.name); });
    hasPositions = others != children.begin();
    std::sort(children.begin(), others,
              [](const Node &a, const Node &b) { return positionOf(a.name) < positionOf(b.name); });
    childIndex.clear();
    for (Node &node : children)
        node.sortPositions();
}

RowMapping::RowMapping(const std::vector<std::string> &columns) : m_columns(columns.size())
{
    for (const std::string_view field : kFields)
        member(field);
    for (std::size_t column = 0; column < columns.size(); ++column)
        place(column, plainColumnName(columns[column]));
    settleId();
    m_kind = judge();
    // `properties` comes last, behind everything that a reader looks for first.
    auto &members = m_root.children;
    std::stable_partition(members.begin(), members.end(),
                          [](const Node &node) { return node.name != kProperties; });
    for (Node &node : members)
        node.sortPositions();
}

void RowMapping::place(std::size_t column, std::string_view name)
{
    const auto alias = std::find_if(kAliases.begin(), kAliases.end(),
                                    [name](const Alias &known) { return known.name == name; });
    if (alias != kAliases.end())
        name = alias->field;
    if (name == "*")
        m_wholeEvent = column;
    else if (name == "id")
        m_id = column;
    else if (name == kProperties || name == "person_properties")
        setColumn(member(name), column, Node::Form::Properties);
    else if (name == kDistinctIds)
        setColumn(member(name), column, Node::Form::JsonText);
    else if (const auto position = behind(name, "distinct_ids."); !position.empty())
        setColumn(member(kDistinctIds).child(position), column, Node::Form::Plain);
    else if (contains(kFields, name) || contains(kBesideProperties, name))
        setColumn(member(name), column, Node::Form::Plain);
    else if (const auto ofEvent = behind(name, "properties."); !ofEvent.empty())
        placeProperty(column, ofEvent);
    else if (const auto ofPerson = behind(name, "person.properties."); !ofPerson.empty())
        placeBelow(member("person_properties"), column, ofPerson);
    else if (const auto carried = behind(name, "person_properties."); !carried.empty())
        placeBelow(member("person_properties"), column, carried);
    else if (const auto aboutPerson = behind(name, "person."); !aboutPerson.empty())
        setColumn(member(name), column, Node::Form::Plain);
    else if (contains(kContentColumns, name))
        placeProperty(column, "$ai_" + std::string(name), Node::Form::JsonText);
    else if (contains(kTypedColumns, name))
        placeProperty(column, "$ai_" + std::string(name));
    else if (name == "is_error")
        placeProperty(column, "$ai_is_error", Node::Form::Flag);
    else if (name == "ip")
        placeProperty(column, "$ip");
    else if (!name.empty())
        placeProperty(column, name);
    m_hasContent |= contains(kContentColumns, name);
}

void RowMapping::placeProperty(std::size_t column, std::string_view path, Node::Form form)
{
    m_hasContent |= isHeavyPropertyName(path.substr(0, firstPart(path)));
    placeBelow(member(kProperties), column, path, form);
}

void RowMapping::placeBelow(Node &properties, std::size_t column, std::string_view path, Node::Form form)
{
    const std::size_t first = firstPart(path);
    Node &property = properties.child(path.substr(0, first));
    setColumn(first == path.size() ? property : property.descend(path.substr(first + 1)), column, form);
}

/// Of two columns for one place the first counts.
void RowMapping::setColumn(Node &node, std::size_t column, Node::Form form)
{
    if (node.column)
        return;
    node.column = column;
    node.form = form;
}

bool RowMapping::has(std::string_view name) const
{
    return std::any_of(m_root.children.begin(), m_root.children.end(), [name](const Node &node) {
        return node.name == name && (node.column || !node.children.empty());
    });
}

/// A column `id` is the uuid of an event that has no other, or a person's id.
void RowMapping::settleId()
{
    if (!m_id)
        return;
    if (has("event") && !has("uuid"))
        setColumn(member("uuid"), *m_id, Node::Form::Plain);
    else if (!has("event") && !has("uuid") && !has("person_id") && !has(kDistinctIds) && !m_hasContent)
        setColumn(member("person_id"), *m_id, Node::Form::Plain);
    else
        setColumn(member("id"), *m_id, Node::Form::Plain);
}

std::vector<std::string_view> RowMapping::missingColumns() const
{
    std::vector<std::string_view> missing;
    for (const std::string_view name : {"event", "timestamp"}) {
        if (!m_wholeEvent && !has(name))
            missing.push_back(name);
    }
    return missing;
}

RowKind RowMapping::judge() const
{
    if (m_wholeEvent || (has("event") && (has("uuid") || has("timestamp"))))
        return RowKind::Event;
    if (has("event"))
        return RowKind::Other;
    if (has(kDistinctIds) && (has("id") || has("uuid")))
        return RowKind::ListedPerson;
    if (has("uuid") && has(kProperties)) // content columns are in the properties by now
        return RowKind::Content;
    const bool namesPerson = has("person_id") || has("distinct_id");
    const bool saysSomething = has(kProperties) || (has("person_id") && has("distinct_id"));
    return namesPerson && saysSomething ? RowKind::Person : RowKind::Other;
}

std::string RowMapping::object(std::span<const json::Value> row) const
{
    if (const json::Value whole = cellOf(row, m_wholeEvent); whole.isObject())
        return std::string(whole.raw());
    const std::string object = containerOf(m_root, row);
    return object.empty() ? "{}" : object;
}

/// The JSON at a place; empty if the row has nothing for it.
std::string RowMapping::valueOf(const Node &node, std::span<const json::Value> row)
{
    if (node.form == Node::Form::Properties || (node.name == kProperties && !node.column))
        return propertiesOf(node, row);
    const json::Value cell = cellOf(row, node.column);
    if (!cell.isPresent())
        return node.children.empty() ? std::string() : containerOf(node, row);
    if (node.form == Node::Form::Flag && (cell.raw() == "0" || cell.raw() == "\"0\""))
        return "false";
    if (node.form == Node::Form::Flag && (cell.raw() == "1" || cell.raw() == "\"1\""))
        return "true";
    if (node.form == Node::Form::JsonText && cell.isString()) {
        if (cell.isEmptyString())
            return {};
        const std::string inner = validInnerJson(cell);
        if (!inner.empty())
            return inner;
    }
    return std::string(cell.raw());
}

std::string RowMapping::containerOf(const Node &node, std::span<const json::Value> row)
{
    if (node.hasPositions)
        return listOrObjectOf(node, row);
    std::string json;
    for (const Node &child : node.children) {
        const std::string value = valueOf(child, row);
        if (value.empty())
            continue;
        appendMember(json, child.name, value);
        if (child.form != Node::Form::Properties && cellOf(row, child.column).isPresent())
            appendBehind(json, child.name, child, row);
    }
    return json.empty() ? json : json + '}';
}

/// A list if all that the row has here is positions, few of them empty. Counts of a list that was cut
/// (`distinct_ids.total`) are left out of it.
std::string RowMapping::listOrObjectOf(const Node &node, std::span<const json::Value> row)
{
    std::vector<std::pair<const Node *, std::string>> values;
    bool isList = true;
    for (const Node &child : node.children) {
        std::string value = valueOf(child, row);
        if (value.empty() || (child.name == "total" && isList && !values.empty()))
            continue;
        isList &= isPosition(child.name);
        values.emplace_back(&child, std::move(value));
    }
    if (values.empty())
        return {};
    const std::size_t mostEmpty = 16 + 4 * values.size();
    isList = isList && positionOf(values.back().first->name) < mostEmpty;
    std::string json;
    std::size_t length = 0; // of the list so far
    for (const auto &[child, value] : values) {
        if (!isList) {
            appendMember(json, child->name, value);
            continue;
        }
        for (const std::size_t position = positionOf(child->name); length < position; ++length)
            json += json.empty() ? "[null" : ",null";
        json += json.empty() ? '[' : ',';
        json += value;
        ++length;
    }
    return json + (isList ? ']' : '}');
}

/// Where a row has both `a` and `a.b`, the dot is part of a name.
void RowMapping::appendBehind(std::string &json, const std::string &name, const Node &node,
                              std::span<const json::Value> row)
{
    for (const Node &child : node.children) {
        const std::string dotted = name + '.' + child.name;
        if (cellOf(row, child.column).isPresent())
            appendMember(json, dotted, valueOf(child, row));
        appendBehind(json, dotted, child, row);
    }
}

std::string RowMapping::propertiesOf(const Node &node, std::span<const json::Value> row)
{
    const json::Value cell = cellOf(row, node.column);
    std::string json = cell.isObject() ? std::string(cell.raw()) : validInnerJson(cell);
    if (!json.starts_with('{')) {
        const bool unreadable = cell.isPresent() && !cell.isEmptyString();
        const std::string collected = containerOf(node, row);
        return unreadable && collected.empty() ? std::string(cell.raw()) : collected;
    }
    std::string added;
    for (const Node &child : node.children) {
        const json::Value own = json::member(json::Value(std::string_view(json)), child.name);
        if (own.isPresent() && !own.isEmptyString())
            continue;
        const std::string value = valueOf(child, row);
        if (!value.empty())
            appendMember(added, child.name, value);
    }
    if (added.empty())
        return json;
    const bool hasMembers = json::MemberReader(json::Value(std::string_view(json))).next();
    json.resize(json.rfind('}'));
    if (!hasMembers)
        return added + '}';
    return json + ',' + added.substr(1) + '}';
}

} // namespace genscope

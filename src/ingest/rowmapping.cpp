// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/rowmapping.h"

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

std::string_view inside(std::string_view name, char open, char close)
{
    const bool enclosed = name.size() >= 2 && name.front() == open && name.back() == close;
    return enclosed ? name.substr(1, name.size() - 2) : name;
}

/// The name without what SQL puts around it; in lower case if it has no lower-case letter (Snowflake).
std::string plainName(std::string_view name)
{
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t begin = name.find_first_not_of(kSpace);
    if (begin == std::string_view::npos)
        return {};
    name = name.substr(begin, name.find_last_not_of(kSpace) - begin + 1);
    name = inside(inside(name, '"', '"'), '`', '`');
    constexpr std::string_view kToString = "toString(";
    if (name.starts_with(kToString) && name.ends_with(')'))
        name = inside(inside(name.substr(kToString.size(), name.size() - kToString.size() - 1), '"', '"'),
                      '`', '`');
    for (const std::string_view prefix : {"*.", "events.", "ai_events."}) {
        if (name.size() > prefix.size() && name.starts_with(prefix)) {
            name.remove_prefix(prefix.size());
            break;
        }
    }
    std::string plain(name);
    if (std::none_of(plain.begin(), plain.end(), [](char c) { return c >= 'a' && c <= 'z'; }))
        std::transform(plain.begin(), plain.end(), plain.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return plain;
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

/// The length of the first part of a flattened path: of a known property name, dots and all, or up to the
/// first dot.
std::size_t firstPart(std::string_view path)
{
    std::size_t longest = 0;
    for (const std::string_view known : kPropertyNames) {
        const bool fits =
            path.starts_with(known) && (path.size() == known.size() || path[known.size()] == '.');
        if (fits)
            longest = std::max(longest, known.size());
    }
    return longest > 0 ? longest : std::min(path.find('.'), path.size());
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
    const auto known = std::find_if(children.begin(), children.end(),
                                    [childName](const Node &node) { return node.name == childName; });
    if (known != children.end())
        return *known;
    Node node;
    node.name = childName;
    children.push_back(std::move(node));
    return children.back();
}

RowMapping::Node &RowMapping::Node::descend(std::string_view path)
{
    Node *node = this;
    for (;;) {
        const std::size_t dot = path.find('.');
        node = &node->child(path.substr(0, dot));
        if (dot == std::string_view::npos)
            return *node;
        path.remove_prefix(dot + 1);
    }
}

void RowMapping::Node::sortArrays()
{
    isArray = !children.empty() && std::all_of(children.begin(), children.end(),
                                               [](const Node &node) { return isPosition(node.name); });
    if (isArray) {
        std::sort(children.begin(), children.end(),
                  [](const Node &a, const Node &b) { return positionOf(a.name) < positionOf(b.name); });
    }
    for (Node &node : children)
        node.sortArrays();
}

RowMapping::RowMapping(const std::vector<std::string> &columns) : m_columns(columns.size())
{
    for (const std::string_view field : kFields)
        member(field);
    for (std::size_t column = 0; column < columns.size(); ++column)
        place(column, plainName(columns[column]));
    settleId();
    m_kind = judge();
    // `properties` comes last, behind everything that a reader looks for first.
    auto &members = m_root.children;
    std::stable_partition(members.begin(), members.end(),
                          [](const Node &node) { return node.name != kProperties; });
    for (Node &node : members)
        node.sortArrays();
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
    else if (contains(kFields, name) || contains(kBesideProperties, name))
        setColumn(member(name), column, Node::Form::Plain);
    else if (const auto ofEvent = behind(name, "properties."); !ofEvent.empty())
        placeProperty(column, ofEvent);
    else if (const auto ofPerson = behind(name, "person.properties."); !ofPerson.empty())
        setColumn(member("person_properties").descend(ofPerson), column, Node::Form::Plain);
    else if (const auto carried = behind(name, "person_properties."); !carried.empty())
        setColumn(member("person_properties").descend(carried), column, Node::Form::Plain);
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
    const std::size_t first = firstPart(path);
    Node &property = member(kProperties).child(path.substr(0, first));
    m_hasContent |= isHeavyPropertyName(property.name);
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
    else if (!has("event") && !has("uuid") && !has("person_id") && !m_hasContent)
        setColumn(member("person_id"), *m_id, Node::Form::Plain);
    else
        setColumn(member("id"), *m_id, Node::Form::Plain);
}

RowKind RowMapping::judge() const
{
    if (m_wholeEvent || (has("event") && (has("uuid") || has("timestamp"))))
        return RowKind::Event;
    if (has("event"))
        return RowKind::Other;
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
    std::string json;
    std::size_t length = 0; // of the array so far
    for (const Node &child : node.children) {
        const std::string value = valueOf(child, row);
        if (value.empty())
            continue;
        if (!node.isArray) {
            appendMember(json, child.name, value);
            continue;
        }
        for (const std::size_t position = positionOf(child.name); length < position; ++length)
            json += json.empty() ? "[null" : ",null";
        json += json.empty() ? '[' : ',';
        json += value;
        ++length;
    }
    if (!json.empty())
        json += node.isArray ? ']' : '}';
    return json;
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

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/otlpattributes.h"

#include "ingest/jsondocument.h"
#include "ingest/objecttext.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

namespace genscope {

namespace {

constexpr int kDeepest = 200; ///< nesting of values; protobuf allows 100

std::string plainValue(json::Value any, int depth);

std::string plainList(json::Value values, int depth)
{
    std::string json = "[";
    for (json::ElementReader reader(values); reader.next();) {
        const std::string value = plainValue(reader.value(), depth);
        json.append(json.size() == 1 ? "" : ",").append(value.empty() ? "null" : value);
    }
    return json + "]";
}

std::string plainObject(json::Value pairs, int depth)
{
    ObjectText object;
    for (json::ElementReader reader(pairs); reader.next();)
        object.add(json::member(reader.value(), "key").text(),
                   plainValue(json::member(reader.value(), "value"), depth));
    return object.take();
}

/// A number that may be written as a string.
std::string plainNumber(json::Value value)
{
    if (!value.isString())
        return std::string(value.raw());
    const std::string text = value.text();
    json::Document document;
    if (document.read(text) && document.root().isNumber())
        return text;
    return std::string(value.raw()); // NaN, Infinity
}

std::string plainValue(json::Value any, int depth)
{
    if (depth > kDeepest)
        return std::string(any.raw());
    json::MemberReader reader(any);
    if (!reader.next())
        return {};
    const std::string_view kind = reader.key();
    const json::Value value = reader.value();
    if (kind == "intValue" || kind == "doubleValue")
        return plainNumber(value);
    if (kind == "arrayValue")
        return plainList(json::member(value, "values"), depth + 1);
    if (kind == "kvlistValue")
        return plainObject(json::member(value, "values"), depth + 1);
    return std::string(value.raw()); // stringValue, boolValue, bytesValue
}

/// Values by dotted paths, on their way to be nested.
struct Node
{
    std::string json;
    std::map<std::string, Node> children;

    std::string text() const
    {
        if (children.empty())
            return json;
        const bool isList = std::all_of(children.begin(), children.end(), [](const auto &child) {
            return child.first.find_first_not_of("0123456789") == std::string::npos;
        });
        if (!isList) {
            ObjectText object;
            for (const auto &[name, child] : children)
                object.add(name, child.text());
            return object.take();
        }
        std::vector<std::pair<std::size_t, std::string>> elements;
        for (const auto &[name, child] : children) {
            std::size_t index = 0;
            std::from_chars(name.data(), name.data() + name.size(), index);
            elements.emplace_back(index, child.text());
        }
        std::sort(elements.begin(), elements.end());
        std::string list = "[";
        for (const auto &[index, element] : elements)
            list.append(list.size() == 1 ? "" : ",").append(element);
        return list + "]";
    }
};

} // namespace

std::string plainOtlpValue(json::Value any)
{
    return plainValue(any, 0);
}

std::string parsedText(std::string json)
{
    if (!json.starts_with('"'))
        return json;
    const std::string text = json::Value(std::string_view(json)).text();
    json::Document document;
    const bool holds = document.read(text) && (document.root().isArray() || document.root().isObject());
    return holds ? text : json;
}

void OtlpAttributes::add(json::Value list)
{
    for (json::ElementReader reader(list); reader.next();) {
        const std::string name = json::member(reader.value(), "key").text();
        std::string json = plainOtlpValue(json::member(reader.value(), "value"));
        if (json.empty())
            continue;
        const auto known = std::find_if(m_attributes.begin(), m_attributes.end(),
                                        [&name](const Attribute &has) { return has.name == name; });
        if (known != m_attributes.end())
            known->json = std::move(json);
        else
            m_attributes.push_back({name, std::move(json)});
    }
}

std::string_view OtlpAttributes::find(std::string_view name) const
{
    const auto known = std::find_if(m_attributes.begin(), m_attributes.end(),
                                    [name](const Attribute &has) { return has.name == name; });
    return known == m_attributes.end() ? std::string_view() : known->json;
}

std::string OtlpAttributes::text(Names names) const
{
    for (const std::string_view name : names) {
        const json::Value value(find(name));
        if (value.isString() && !value.isEmptyString())
            return value.text();
    }
    return {};
}

bool OtlpAttributes::anyBeginsWith(std::string_view prefix) const
{
    return std::any_of(m_attributes.begin(), m_attributes.end(),
                       [prefix](const Attribute &has) { return has.name.starts_with(prefix); });
}

std::string OtlpAttributes::take(Names names)
{
    std::string taken;
    for (const std::string_view name : names) {
        const auto known = std::find_if(m_attributes.begin(), m_attributes.end(),
                                        [name](const Attribute &has) { return has.name == name; });
        if (known == m_attributes.end())
            continue;
        if (taken.empty())
            taken = std::move(known->json);
        m_attributes.erase(known);
    }
    return taken;
}

std::string OtlpAttributes::takeParsed(std::initializer_list<std::string_view> names)
{
    return parsedText(take(names));
}

std::string OtlpAttributes::takeList(std::string_view prefix)
{
    const auto isElement = [prefix](const std::string &name) {
        return name.size() > prefix.size() + 1 && name.starts_with(prefix) && name[prefix.size()] == '.' &&
               name[prefix.size() + 1] >= '0' && name[prefix.size() + 1] <= '9';
    };
    Node root;
    std::vector<Attribute> rest;
    for (Attribute &attribute : m_attributes) {
        if (!isElement(attribute.name)) {
            rest.push_back(std::move(attribute));
            continue;
        }
        Node *node = &root;
        std::string_view path = std::string_view(attribute.name).substr(prefix.size() + 1);
        for (;;) {
            const std::size_t dot = path.find('.');
            node = &node->children[std::string(path.substr(0, dot))];
            if (dot == std::string_view::npos)
                break;
            path.remove_prefix(dot + 1);
        }
        node->json = std::move(attribute.json);
    }
    m_attributes = std::move(rest);
    return root.children.empty() ? std::string() : root.text();
}

} // namespace genscope

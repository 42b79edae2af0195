// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jsontree.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <simdjson.h>

#include <algorithm>

namespace genscope {

namespace ondemand = simdjson::ondemand;

namespace {

constexpr int kMaxDepth = 1000; ///< deeper than anything that ingest lets in

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

std::string_view trimmedEnd(std::string_view text)
{
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

JsonType typeOf(ondemand::json_type type)
{
    switch (type) {
    case ondemand::json_type::array:
        return JsonType::Array;
    case ondemand::json_type::object:
        return JsonType::Object;
    case ondemand::json_type::number:
        return JsonType::Number;
    case ondemand::json_type::string:
        return JsonType::String;
    case ondemand::json_type::boolean:
        return JsonType::Boolean;
    case ondemand::json_type::null:
        return JsonType::Null;
    }
    return JsonType::Null;
}

QString withoutLoneSurrogates(QString text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (!c.isSurrogate())
            continue;
        if (c.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate())
            ++i;
        else
            text[i] = QChar(QChar::ReplacementCharacter);
    }
    return text;
}

} // namespace

/// Fills the nodes in document order.
struct JsonTree::Builder
{
    JsonTree &tree;

    std::uint32_t offsetOf(std::string_view token) const
    {
        return static_cast<std::uint32_t>(token.data() - tree.m_text.data());
    }

    std::int32_t append(std::int32_t parent, JsonType type, std::string_view token)
    {
        Node node;
        node.parent = parent;
        node.type = type;
        node.offset = offsetOf(token);
        node.length = static_cast<std::uint32_t>(trimmedEnd(token).size());
        tree.m_nodes.push_back(node);
        return static_cast<std::int32_t>(tree.m_nodes.size()) - 1;
    }

    /// Containers end at the bracket behind their last child.
    void close(std::int32_t index)
    {
        Node &node = tree.m_nodes[static_cast<std::size_t>(index)];
        std::size_t end = node.offset + 1;
        if (static_cast<std::size_t>(index) + 1 < tree.m_nodes.size()) {
            // The last node whose parent is this one was closed before; walk up from the newest node to it.
            std::int32_t last = static_cast<std::int32_t>(tree.m_nodes.size()) - 1;
            while (tree.m_nodes[static_cast<std::size_t>(last)].parent != index)
                last = tree.m_nodes[static_cast<std::size_t>(last)].parent;
            const Node &child = tree.m_nodes[static_cast<std::size_t>(last)];
            end = child.offset + child.length;
        }
        while (end < tree.m_text.size() && isSpace(tree.m_text[end]))
            ++end;
        node.length = static_cast<std::uint32_t>(std::min(end + 1, tree.m_text.size()) - node.offset);
    }

    /// simdjson looks at the first character only as long as nobody asks for the value.
    template<typename Value>
    void scalar(Value &value, std::int32_t parent, JsonType type)
    {
        const std::string_view token = trimmedEnd(std::string_view(value.raw_json_token()));
        if (type == JsonType::Boolean && token != "true" && token != "false")
            throw simdjson::simdjson_error(simdjson::T_ATOM_ERROR);
        if (type == JsonType::Null && token != "null")
            throw simdjson::simdjson_error(simdjson::N_ATOM_ERROR);
        if (type == JsonType::String && (token.size() < 2 || token.back() != '"'))
            throw simdjson::simdjson_error(simdjson::STRING_ERROR);
        append(parent, type, token);
    }

    void value(ondemand::value value, std::int32_t parent, int depth = 0)
    {
        const JsonType type = typeOf(value.type());
        if (type != JsonType::Object && type != JsonType::Array)
            return scalar(value, parent, type);
        if (depth > kMaxDepth)
            throw simdjson::simdjson_error(simdjson::DEPTH_ERROR);
        const std::int32_t index = append(parent, type, value.raw_json_token());
        if (type == JsonType::Object)
            members(value.get_object(), index, depth + 1);
        else
            elements(value.get_array(), index, depth + 1);
        close(index);
    }

    void members(ondemand::object object, std::int32_t index, int depth)
    {
        for (auto field : object) {
            const auto key = field.key();
            const char *keyText = key.value_unsafe().raw();
            if (key.error() != simdjson::SUCCESS)
                throw simdjson::simdjson_error(key.error());
            const std::size_t child = tree.m_nodes.size();
            value(field.value(), index, depth);
            Node &node = tree.m_nodes[child];
            node.keyOffset = static_cast<std::uint32_t>(keyText - 1 - tree.m_text.data());
            node.keyLength = keyLengthAt(node.keyOffset);
        }
    }

    void elements(ondemand::array array, std::int32_t index, int depth)
    {
        for (auto element : array)
            value(element.value(), index, depth);
    }

    std::uint32_t keyLengthAt(std::uint32_t offset) const
    {
        std::size_t end = offset + 1;
        while (end < tree.m_text.size() && tree.m_text[end] != '"')
            end += tree.m_text[end] == '\\' ? 2 : 1;
        return static_cast<std::uint32_t>(std::min(end + 1, tree.m_text.size()) - offset);
    }

    void document(ondemand::document &document)
    {
        const JsonType type = typeOf(document.type());
        if (type != JsonType::Object && type != JsonType::Array) {
            scalar(document, -1, type);
            return;
        }
        value(document.get_value(), -1);
        const Node &root = tree.m_nodes.front();
        if (root.offset + root.length != trimmedEnd(tree.m_text).size())
            throw simdjson::simdjson_error(simdjson::TAPE_ERROR);
    }
};

Result<std::shared_ptr<const JsonTree>> JsonTree::parse(std::string json)
{
    auto tree = std::make_shared<JsonTree>();
    tree->m_text = std::move(json);
    tree->m_text.reserve(tree->m_text.size() + simdjson::SIMDJSON_PADDING);
    try { // simdjson's exceptions end here
        ondemand::parser parser;
        const simdjson::padded_string_view view(tree->m_text.data(), tree->m_text.size(),
                                                tree->m_text.capacity());
        ondemand::document document = parser.iterate(view);
        Builder{*tree}.document(document);
    } catch (const simdjson::simdjson_error &error) {
        return makeError(Error::Kind::Parse, QCoreApplication::translate("JsonTree", "This is not JSON: %1.")
                                                 .arg(QLatin1String(error.what())));
    }
    tree->linkChildren();
    return std::shared_ptr<const JsonTree>(std::move(tree));
}

void JsonTree::linkChildren()
{
    for (std::size_t i = 1; i < m_nodes.size(); ++i) {
        Node &parent = m_nodes[static_cast<std::size_t>(m_nodes[i].parent)];
        m_nodes[i].row = parent.childCount++;
    }
    std::uint32_t next = 0;
    for (Node &node : m_nodes) {
        node.firstChild = next;
        next += node.childCount;
    }
    m_children.resize(next);
    for (std::size_t i = 1; i < m_nodes.size(); ++i) {
        const Node &parent = m_nodes[static_cast<std::size_t>(m_nodes[i].parent)];
        m_children[parent.firstChild + m_nodes[i].row] = static_cast<std::int32_t>(i);
    }
}

JsonType JsonValue::type() const
{
    return m_node < 0 ? JsonType::Missing : m_tree->m_nodes[static_cast<std::size_t>(m_node)].type;
}

bool JsonValue::hasContent() const
{
    switch (type()) {
    case JsonType::Missing:
    case JsonType::Null:
        return false;
    case JsonType::Boolean:
    case JsonType::Number:
        return true;
    case JsonType::String:
        return raw().size() > 2;
    case JsonType::Object:
    case JsonType::Array:
        return size() > 0;
    }
    return false;
}

int JsonValue::size() const
{
    return m_node < 0 ? 0 : static_cast<int>(m_tree->m_nodes[static_cast<std::size_t>(m_node)].childCount);
}

JsonValue JsonValue::at(int index) const
{
    if (index < 0 || index >= size())
        return {};
    const auto &node = m_tree->m_nodes[static_cast<std::size_t>(m_node)];
    return {m_tree, m_tree->m_children[node.firstChild + static_cast<std::size_t>(index)]};
}

JsonValue JsonValue::operator[](std::string_view key) const
{
    if (!isObject())
        return {};
    for (int i = size() - 1; i >= 0; --i) {
        const JsonValue member = at(i);
        const std::string_view token = member.rawKey();
        const std::string_view plain = token.substr(1, token.size() - 2);
        if (plain == key)
            return member;
        if (plain.find('\\') != std::string_view::npos &&
            decodeJsonString(token) == QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())))
            return member;
    }
    return {};
}

JsonValue JsonValue::parent() const
{
    if (m_node < 0)
        return {};
    const std::int32_t parent = m_tree->m_nodes[static_cast<std::size_t>(m_node)].parent;
    return parent < 0 ? JsonValue() : JsonValue(m_tree, parent);
}

int JsonValue::row() const
{
    return m_node < 0 ? 0 : static_cast<int>(m_tree->m_nodes[static_cast<std::size_t>(m_node)].row);
}

QString JsonValue::key() const
{
    const std::string_view token = rawKey();
    return token.empty() ? QString() : decodeJsonString(token);
}

std::string_view JsonValue::rawKey() const
{
    if (m_node < 0)
        return {};
    const auto &node = m_tree->m_nodes[static_cast<std::size_t>(m_node)];
    return m_tree->slice(node.keyOffset, node.keyLength);
}

std::string_view JsonValue::raw() const
{
    if (m_node < 0)
        return {};
    const auto &node = m_tree->m_nodes[static_cast<std::size_t>(m_node)];
    return m_tree->slice(node.offset, node.length);
}

QString JsonValue::text() const
{
    const std::string_view token = raw();
    if (isString())
        return decodeJsonString(token);
    return QString::fromUtf8(token.data(), static_cast<qsizetype>(token.size()));
}

bool JsonValue::equals(std::string_view text) const
{
    const std::string_view token = raw();
    return isString() && token.size() == text.size() + 2 && token.substr(1, text.size()) == text;
}

QString decodeJsonString(std::string_view token)
{
    if (token.size() < 2)
        return {};
    const std::string_view inner = token.substr(1, token.size() - 2);
    if (inner.find('\\') == std::string_view::npos)
        return QString::fromUtf8(inner.data(), static_cast<qsizetype>(inner.size()));
    const QByteArray array = '[' + QByteArray(token.data(), static_cast<qsizetype>(token.size())) + ']';
    return withoutLoneSurrogates(QJsonDocument::fromJson(array).array().at(0).toString());
}

Result<std::shared_ptr<const JsonTree>> propertiesTree(std::shared_ptr<const JsonTree> tree,
                                                       JsonValue &properties)
{
    properties = tree->root()["properties"];
    if (!properties.isString())
        return tree;
    auto inner = JsonTree::parse(properties.text().toStdString());
    if (inner)
        properties = (*inner)->root();
    return inner;
}

} // namespace genscope

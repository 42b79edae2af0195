// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

enum class JsonType : std::uint8_t { Missing, Null, Boolean, Number, String, Object, Array };

class JsonTree;

/// A value inside a JsonTree, or nothing (Missing): every question to nothing has an empty answer, so that
/// paths can be followed without checks. Valid as long as the tree lives. @thread any
class JsonValue
{
public:
    JsonValue() = default;
    JsonValue(const JsonTree *tree, std::int32_t node) : m_tree(tree), m_node(node) {}

    JsonType type() const;
    bool exists() const { return m_node >= 0; }
    bool isNull() const { return type() == JsonType::Null; }
    bool isString() const { return type() == JsonType::String; }
    bool isObject() const { return type() == JsonType::Object; }
    bool isArray() const { return type() == JsonType::Array; }
    /// Neither missing, null, an empty string, nor an empty container.
    bool hasContent() const;

    int size() const; ///< members or elements; 0 for scalars
    JsonValue at(int index) const;
    /// The member @p key; the last one if an object has it twice.
    JsonValue operator[](std::string_view key) const;

    std::int32_t node() const { return m_node; }
    JsonValue parent() const;
    int row() const; ///< position in the parent
    QString key() const;
    std::string_view rawKey() const; ///< as captured, with quotes; empty in arrays

    std::string_view raw() const; ///< as captured, without surrounding white space
    /// Strings decoded, everything else as captured.
    QString text() const;
    /// True for the string @p text, which has nothing to escape: for the type names and roles of messages.
    bool equals(std::string_view text) const;

private:
    const JsonTree *m_tree = nullptr;
    std::int32_t m_node = -1;
};

/// A JSON document with its text: order, duplicate keys and the digits of numbers stay as captured.
/// Immutable.
/// @thread any
class JsonTree
{
public:
    /// @error Parse if @p json is not one JSON document
    static Result<std::shared_ptr<const JsonTree>> parse(std::string json);

    JsonValue root() const { return {this, 0}; }
    std::size_t nodeCount() const { return m_nodes.size(); }

private:
    friend class JsonValue;
    struct Builder;
    struct Node
    {
        std::uint32_t keyOffset = 0;
        std::uint32_t keyLength = 0; ///< with quotes; 0 in arrays
        std::uint32_t offset = 0;
        std::uint32_t length = 0;
        std::int32_t parent = -1;
        std::uint32_t row = 0;
        std::uint32_t firstChild = 0; ///< in m_children
        std::uint32_t childCount = 0;
        JsonType type = JsonType::Null;
    };

    void linkChildren();
    std::string_view slice(std::uint32_t offset, std::uint32_t length) const
    {
        return std::string_view(m_text).substr(offset, length);
    }

    std::string m_text;
    std::vector<Node> m_nodes;
    std::vector<std::int32_t> m_children;
};

/// The text of a JSON string token (with its quotes); unpaired surrogates become U+FFFD.
QString decodeJsonString(std::string_view token);

/// How prettyJson() cuts what nobody reads on a screen. Sizes are bytes of UTF-8.
struct PrettyLimits
{
    std::size_t stringBytes = 2'000;  ///< longer strings are cut; their size is said
    std::size_t totalBytes = 256'000; ///< the text ends after about this many bytes
};
struct PrettyText
{
    QString text;
    bool cut = false; ///< a string or the end was left out
};
/// Indented by two spaces, tokens as captured.
PrettyText prettyJson(const JsonValue &value, const PrettyLimits &limits = {});

/// Batch exports may carry the properties as a JSON text inside the JSON. @param tree  of an event
/// @return the tree that holds them. @error Parse
Result<std::shared_ptr<const JsonTree>> propertiesTree(std::shared_ptr<const JsonTree> tree,
                                                       JsonValue &properties);

} // namespace genscope

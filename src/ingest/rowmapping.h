// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingest/json.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// What the rows of a table are, judged by the names of its columns.
enum class RowKind : std::uint8_t {
    Other,        ///< nothing that can be imported (the sums of a report, say)
    Event,        ///< one event a row
    Content,      ///< prompts and answers of events that are told by their uuid only
    Person,       ///< what is known of a person under one distinct id
    ListedPerson, ///< what is known of a person, with all distinct ids beside it
};

/// Turns the rows of a table (a `/query` answer, a CSV file) into the JSON objects that EventParser reads.
/// The same row under the same header always gives the same bytes.
///
/// Columns are known by name, in lower or upper case, quoted or not, with or without `*.`, also as
/// `toString(uuid)`:
/// - the fields of an event: `uuid` (also `u`, `id`), `event`, `timestamp`, `created_at`, `distinct_id`,
///   `person_id`, `person_properties` (also `person.properties`), `set` and `set_once` (also
///   `people_set...`);
/// - `properties`, an object or JSON text, and single properties: `properties.$ai_model`, `$group_0`, deeper
///   ones as flattened by an export (`properties.$ai_input.0.role`: a row whose names at some place are all
///   numbers has a list there), and the typed columns of ai_events (`model`, `input_tokens`, ...). What
///   `properties` holds itself counts more;
/// - the content columns of ai_events (`input`, `output_choices`, ...), whose cells are JSON text;
/// - columns about the export itself (`team_id`, `_inserted_at`, ...) become members beside `properties`, any
///   other column becomes a property of its name.
/// @thread several at once
class RowMapping
{
public:
    explicit RowMapping(const std::vector<std::string> &columns);

    RowKind kind() const { return m_kind; }
    std::size_t columns() const { return m_columns; }
    /// Of the columns that every event needs, those that are not there.
    std::vector<std::string_view> missingColumns() const;
    /// The object that a row means. @p row holds a value for each column, Absent where a cell is empty; cells
    /// behind the last column count for nothing.
    std::string object(std::span<const json::Value> row) const;

private:
    /// Where the value of a column goes: a member of the object, or something deeper in it.
    struct Node
    {
        enum class Form : std::uint8_t {
            Plain,
            Flag,       ///< 0 and 1 mean false and true
            JsonText,   ///< a text holds JSON
            Properties, ///< a text holds an object; what it lacks comes from the children
        };
        std::string name;
        Form form = Form::Plain;
        bool hasPositions = false; ///< some children are named by numbers, and come first in their order
        std::optional<std::size_t> column;
        std::vector<Node> children;
        std::map<std::string, std::size_t, std::less<>> childIndex; ///< until sortPositions()

        Node &child(std::string_view childName);
        Node &descend(std::string_view path);
        void sortPositions();
    };

    void place(std::size_t column, std::string_view name);
    void placeProperty(std::size_t column, std::string_view path, Node::Form form = Node::Form::Plain);
    static void placeBelow(Node &properties, std::size_t column, std::string_view path,
                           Node::Form form = Node::Form::Plain);
    static void setColumn(Node &node, std::size_t column, Node::Form form);
    Node &member(std::string_view name) { return m_root.child(name); }
    bool has(std::string_view name) const;
    RowKind judge() const;
    void settleId();
    static std::string valueOf(const Node &node, std::span<const json::Value> row);
    static std::string containerOf(const Node &node, std::span<const json::Value> row);
    static std::string listOrObjectOf(const Node &node, std::span<const json::Value> row);
    static void appendBehind(std::string &json, const std::string &name, const Node &node,
                             std::span<const json::Value> row);
    static std::string propertiesOf(const Node &node, std::span<const json::Value> row);

    Node m_root; ///< its children in the order in which they are written
    std::size_t m_columns = 0;
    std::optional<std::size_t> m_wholeEvent; ///< a column `*` with an object in it
    std::optional<std::size_t> m_id;         ///< a column `id`: of an event or of a person
    bool m_hasContent = false;
    RowKind m_kind = RowKind::Other;
};

/// JSON that stands inside of a JSON string, as it was meant: decoded, but for unpaired surrogates, which
/// stay escapes. Empty if @p value is no string.
std::string innerJson(json::Value value);

} // namespace genscope

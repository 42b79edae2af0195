// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace genscope {

/// The name of a column without what SQL and exports put around it: quotes, `*.` of an event table, a table
/// before a known column (`events.uuid`), conversions (`toString(uuid)`,
/// `JSONExtractString(properties, '$ai_model')` -> `properties.$ai_model`); in lower case if it has no
/// lower-case letter (Snowflake).
std::string plainColumnName(std::string_view column);

/// How the text of a cell becomes a JSON value. What does not fit stays a string: no text is ever changed.
enum class CellKind : std::uint8_t {
    Text,      ///< always a string: ids, names, what customers named
    Object,    ///< the text of a JSON object
    Json,      ///< the text of any JSON value
    Structure, ///< the text of a JSON object or list; a string by itself
    Number,
    Boolean, ///< also as Python (`True`) and ClickHouse (`1`) write it
    Guess,   ///< a number or boolean: values that no person wrote, such as raw token counts
};

/// Of the cells of a column with that plain name, in a table whose cells are all text.
CellKind cellKind(std::string_view plainName);

/// @p text, which is not empty, as a JSON value.
void appendCell(std::string &json, CellKind kind, std::string_view text);

} // namespace genscope

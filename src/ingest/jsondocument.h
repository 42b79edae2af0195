// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingest/json.h"

#include <QString>

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace genscope::json {

/// Why a text is not JSON.
struct Fault
{
    enum class Kind : std::uint8_t {
        None,
        InvalidUtf8,
        Empty,
        EndsEarly,
        EndsInString,
        Unexpected,       ///< something that may not stand there
        ControlCharacter, ///< unescaped inside a string
        TextBehind,       ///< something follows the value
    };

    Kind kind = Kind::None;
    std::size_t offset = 0; ///< in bytes

    /// For people: `unexpected “,” at byte 57`.
    QString describe(std::string_view text) const;
};

/// Validates a JSON text completely (RFC 8259, UTF-8) in one pass, and notes where the members of the root
/// object and of the objects directly in it stand. No limit on depth or size; no copy.
///
/// Why not simdjson's parsers: its DOM refuses a document for one unpaired surrogate or one huge number
/// anywhere in it, which real SDK data holds, and does not say where a value stood in the text; its on-demand
/// parser does not validate what it is not asked for. tests/ingest checks this one against simdjson's DOM.
class Document
{
public:
    struct Member
    {
        std::string_view key; ///< decoded
        Value value;
        std::int32_t parent = -1; ///< index of the member whose value holds this one; -1: the root
    };

    /// @p text must outlive what is read from this. @return false if it is not exactly one JSON value
    bool read(std::string_view text);

    const Fault &fault() const { return m_fault; }
    Value root() const { return m_root; }
    /// In the order of the text, duplicates included.
    const std::vector<Member> &members() const { return m_members; }

private:
    class Scanner;

    Fault m_fault;
    Value m_root;
    std::vector<Member> m_members;
    std::vector<char> m_open; ///< the containers around the current value
    std::deque<std::string> m_decodedKeys;
};

} // namespace genscope::json

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingest/json.h"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// A value of OTLP (`{"intValue":"42"}`) as plain JSON; empty if it holds nothing. 64-bit integers, which are
/// strings there, become numbers.
std::string plainOtlpValue(json::Value any);

/// Attributes by name, in their order, as plain JSON. What is taken is no longer there.
class OtlpAttributes
{
public:
    /// Adds a list of `{"key","value"}`; a name that is there already gets the new value.
    void add(json::Value list);

    /// The JSON of an attribute; empty if it is missing.
    std::string_view find(std::string_view name) const;
    /// The text of the first of @p names that is a string with something in it.
    using Names = std::span<const std::string_view>; ///< empty ones count for nothing
    std::string text(Names names) const;
    std::string text(std::initializer_list<std::string_view> names) const
    {
        return text(Names(names.begin(), names.size()));
    }
    bool anyBeginsWith(std::string_view prefix) const;

    /// Takes out the first of @p names that is there, and the others; empty if there is none.
    std::string take(Names names);
    std::string take(std::initializer_list<std::string_view> names)
    {
        return take(Names(names.begin(), names.size()));
    }
    /// The same, where a text that holds JSON counts as that JSON.
    std::string takeParsed(std::initializer_list<std::string_view> names);
    /// Takes `PREFIX.0.role`, `PREFIX.0.tool_calls.1.name` ... out, as one JSON list; empty if there are
    /// none.
    std::string takeList(std::string_view prefix);

    struct Attribute
    {
        std::string name;
        std::string json;
    };
    const std::vector<Attribute> &all() const { return m_attributes; }

private:
    std::vector<Attribute> m_attributes;
};

/// The JSON that the string @p json holds, if it holds a list or an object; else @p json.
std::string parsedText(std::string json);

} // namespace genscope

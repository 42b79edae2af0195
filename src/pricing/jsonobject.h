// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pricing/jsontext.h"

#include <string>
#include <string_view>
#include <utility>

namespace genscope {

/// The inside of a JSON object or list, put together part by part. Values are JSON already.
class JsonMembers
{
public:
    explicit JsonMembers(std::string separator = ",") : m_separator(std::move(separator)) {}

    void append(std::string_view json)
    {
        if (!m_text.empty())
            m_text += m_separator;
        m_text += json;
    }
    void add(std::string_view name, std::string_view json)
    {
        append(jsonQuoted(name));
        m_text += ':';
        m_text += json;
    }
    void addText(std::string_view name, std::string_view text) { add(name, jsonQuoted(text)); }

    const std::string &text() const { return m_text; }
    std::string object() const { return inside('{', '}'); }
    std::string list() const { return inside('[', ']'); }

private:
    std::string inside(char open, char close) const
    {
        std::string json(1, open);
        json += m_text;
        json += close;
        return json;
    }

    std::string m_separator;
    std::string m_text;
};

} // namespace genscope

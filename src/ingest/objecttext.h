// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingest/json.h"

#include <string>
#include <string_view>
#include <utility>

namespace genscope {

/// Writes a JSON object member by member. What is absent or null is left out.
class ObjectText
{
public:
    void add(std::string_view name, std::string_view json)
    {
        if (!json::Value(json).isPresent())
            return;
        m_json += m_json.empty() ? '{' : ',';
        m_json += json::quoted(name);
        m_json += ':';
        m_json += json;
    }
    void add(std::string_view name, json::Value value) { add(name, value.raw()); }
    void addText(std::string_view name, std::string_view text) { add(name, json::quoted(text)); }

    bool empty() const { return m_json.empty(); }
    /// The object, `{}` if nothing was added.
    std::string take() { return m_json.empty() ? "{}" : std::exchange(m_json, {}) + '}'; }

private:
    std::string m_json;
};

} // namespace genscope

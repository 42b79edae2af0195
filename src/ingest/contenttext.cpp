// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/jsondocument.h"
#include "ingest/normalise.h"

#include <vector>

namespace genscope {

namespace {

bool isStructural(std::string_view key)
{
    return key == "role" || key == "type" || key == "id";
}

/// Collects the string leaves of a validated JSON text. Iterative, because content may be nested at any
/// depth.
class LeafReader
{
public:
    explicit LeafReader(std::string_view json) : m_json(json) {}

    std::string run()
    {
        while (m_at < m_json.size())
            step();
        return std::move(m_out);
    }

private:
    void step()
    {
        switch (m_json[m_at]) {
        case '"':
            string();
            return;
        case '{':
        case '[':
            m_open.push_back(m_json[m_at]);
            m_keyNext = m_json[m_at] == '{';
            m_skipNext = false;
            break;
        case '}':
        case ']':
            if (!m_open.empty())
                m_open.pop_back();
            m_keyNext = false;
            break;
        case ',':
            m_keyNext = !m_open.empty() && m_open.back() == '{';
            m_skipNext = false;
            break;
        default:
            break;
        }
        ++m_at;
    }

    void string()
    {
        const std::size_t end = json::skipString(m_json, m_at);
        const std::string_view inside = m_json.substr(m_at + 1, end - m_at - 2);
        m_at = end;
        if (m_keyNext) {
            m_skipNext = isStructural(inside);
            m_keyNext = false;
        } else if (!m_skipNext && !inside.empty()) {
            if (!m_out.empty())
                m_out += '\n';
            m_out += json::decodeString(inside);
        }
    }

    std::string_view m_json;
    std::size_t m_at = 0;
    std::vector<char> m_open;
    bool m_keyNext = false;
    bool m_skipNext = false;
    std::string m_out;
};

} // namespace

std::string decodedText(std::string_view json)
{
    const json::Value value(json);
    if (!value.isString())
        return LeafReader(json).run();
    std::string text = value.text();
    json::Document inner;
    const bool holdsJson = (text.starts_with('[') || text.starts_with('{')) && inner.read(text);
    return holdsJson ? LeafReader(inner.root().raw()).run() : text;
}

} // namespace genscope

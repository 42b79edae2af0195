// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/propertycounter.h"

#include "ingest/capturedobject.h"
#include "ingest/json.h"
#include "store/connection.h"

namespace genscope {

void PropertyCounts::addEvent(std::string_view json)
{
    addMembers(json, true);
}

void PropertyCounts::addEventProperties(std::string_view json)
{
    addMembers(json, false);
}

void PropertyCounts::addMembers(std::string_view json, bool persons)
{
    std::string storage;
    for (json::MemberReader event{json::Value(json)}; event.next();) {
        const bool properties = event.key() == "properties";
        if (!properties && !(persons && event.key() == "person_properties"))
            continue;
        const auto scope = properties ? PropertyPath::Scope::Event : PropertyPath::Scope::Person;
        for (json::MemberReader property{objectOf(event.value(), storage)}; property.next();)
            add(scope, {}, property.key());
    }
}

void PropertyCounts::add(PropertyPath::Scope scope, std::string_view groupType, std::string_view name,
                         std::int64_t count)
{
    m_key.assign(1, static_cast<char>(scope));
    m_key.append(groupType).push_back('\0');
    m_key += name;
    const auto known = m_counts.find(std::string_view(m_key));
    if (known != m_counts.end())
        known->second += count;
    else
        m_counts.emplace(m_key, count);
}

void PropertyCounts::add(const PropertyCounts &other)
{
    for (const auto &[key, count] : other.m_counts)
        m_counts[key] += count;
}

Status PropertyCounts::save(const Connection &connection) const
{
    Result<Statement> upsert =
        connection.prepare("INSERT INTO property (scope, group_type, name, count) VALUES (?1, ?2, ?3, ?4)"
                           " ON CONFLICT (scope, group_type, name) DO UPDATE SET count = count + ?4");
    if (!upsert)
        return upsert.error();
    for (const auto &[key, count] : m_counts) {
        const std::string_view rest = std::string_view(key).substr(1);
        const std::size_t end = rest.find('\0');
        upsert->bind(1, static_cast<std::int64_t>(key.front()));
        upsert->bindText(2, rest.substr(0, end));
        upsert->bindText(3, rest.substr(end + 1));
        upsert->bind(4, count);
        if (const Status done = upsert->run(); !done)
            return done;
    }
    return Done{};
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/propertycounter.h"

#include "ingest/capturedobject.h"
#include "ingest/json.h"
#include "store/connection.h"

namespace genscope {

namespace {

bool isKeyOf(std::string_view key, PropertyPath::Scope scope, std::string_view groupType,
             std::string_view name)
{
    return key.size() == groupType.size() + name.size() + 2 && key.front() == static_cast<char>(scope) &&
           key.substr(1, groupType.size()) == groupType && key[groupType.size() + 1] == '\0' &&
           key.ends_with(name);
}

} // namespace

void PropertyCounts::addEvent(std::string_view json, int times)
{
    addMembers(json, true, times);
}

void PropertyCounts::addEventProperties(std::string_view json)
{
    addMembers(json, false, 1);
}

void PropertyCounts::addMembers(std::string_view json, bool persons, int times)
{
    std::string storage;
    for (json::MemberReader event{json::Value(json)}; event.next();) {
        const bool properties = event.key() == "properties";
        if (!properties && !(persons && event.key() == "person_properties"))
            continue;
        const auto scope = properties ? PropertyPath::Scope::Event : PropertyPath::Scope::Person;
        for (json::MemberReader property{objectOf(event.value(), storage)}; property.next();)
            add(scope, {}, property.key(), times);
    }
}

void PropertyCounts::add(PropertyPath::Scope scope, std::string_view groupType, std::string_view name,
                         int times)
{
    Counts::value_type *entry = m_last ? m_last->second.next : nullptr;
    if (!entry || !isKeyOf(entry->first, scope, groupType, name)) {
        m_key.assign(1, static_cast<char>(scope));
        m_key.append(groupType).push_back('\0');
        m_key += name;
        entry = &*m_counts.try_emplace(m_key).first;
        if (m_last)
            m_last->second.next = entry;
    }
    entry->second.count += times;
    m_last = entry;
}

void PropertyCounts::add(const PropertyCounts &other)
{
    for (const auto &[key, count] : other.m_counts)
        m_counts[key].count += count.count;
}

void PropertyCounts::clear()
{
    m_counts.clear();
    m_last = nullptr;
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
        upsert->bind(4, count.count);
        if (const Status done = upsert->run(); !done)
            return done;
    }
    return Done{};
}

} // namespace genscope

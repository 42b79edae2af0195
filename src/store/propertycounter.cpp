// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/propertycounter.h"

#include "ingest/capturedobject.h"
#include "store/connection.h"

#include <algorithm>

namespace genscope {

namespace {

// Dumps in which every event names other properties must not fill the memory.
constexpr std::size_t kMaxKinds = 20'000;
constexpr std::size_t kMaxNames = 100'000;

} // namespace

void PropertyCounter::count(const Event &event, std::int64_t events)
{
    const auto [kind, added] = m_kinds.try_emplace(event.namesHash);
    if (added)
        readNames(event, kind->second);
    kind->second.events += events;
}

void PropertyCounter::readNames(const Event &event, Kind &kind)
{
    std::string storage;
    const auto add = [&](PropertyPath::Scope scope, json::Value properties) {
        for (json::MemberReader member(properties); member.next();)
            kind.names.push_back(&entry(scope, {}, member.key()));
    };
    const json::Value raw{std::string_view(event.raw)};
    add(PropertyPath::Scope::Event, objectOf(json::member(raw, "properties"), storage));
    add(PropertyPath::Scope::Person, json::Value(std::string_view(event.personProperties)));
    // A name that stands twice is still one property.
    std::sort(kind.names.begin(), kind.names.end());
    kind.names.erase(std::unique(kind.names.begin(), kind.names.end()), kind.names.end());
}

void PropertyCounter::addName(PropertyPath::Scope scope, std::string_view groupType, std::string_view name)
{
    entry(scope, groupType, name);
}

PropertyCounter::Counts::value_type &PropertyCounter::entry(PropertyPath::Scope scope,
                                                            std::string_view groupType, std::string_view name)
{
    std::string key(1, static_cast<char>(scope));
    key.append(groupType).push_back('\0');
    key += name;
    return *m_counts.try_emplace(std::move(key)).first;
}

void PropertyCounter::settle()
{
    for (auto &[hash, kind] : m_kinds) {
        for (Counts::value_type *name : kind.names)
            name->second.count += kind.events;
        kind.events = 0;
    }
    if (m_kinds.size() > kMaxKinds)
        m_kinds.clear();
}

void PropertyCounter::forEach(const Visit &visit)
{
    settle();
    for (const auto &[key, count] : m_counts) {
        const std::string_view rest = std::string_view(key).substr(1);
        const std::size_t end = rest.find('\0');
        visit(static_cast<PropertyPath::Scope>(key.front()), rest.substr(0, end), rest.substr(end + 1),
              count.count);
    }
}

void PropertyCounter::add(PropertyCounter &other)
{
    other.forEach([this](PropertyPath::Scope scope, std::string_view groupType, std::string_view name,
                         std::int64_t count) { entry(scope, groupType, name).second.count += count; });
}

Status PropertyCounter::save(const Connection &connection)
{
    settle();
    Result<Statement> upsert = connection.prepare(
        "INSERT INTO property (scope, group_type, name, count) VALUES (?1, ?2, ?3, ?4)"
        " ON CONFLICT (scope, group_type, name) DO UPDATE SET count = count + ?4 WHERE ?4 <> 0");
    if (!upsert)
        return upsert.error();
    for (auto &[key, count] : m_counts) {
        if (count.count == 0 && !count.isNew)
            continue;
        const std::string_view rest = std::string_view(key).substr(1);
        const std::size_t end = rest.find('\0');
        upsert->bind(1, static_cast<std::int64_t>(key.front()));
        upsert->bindText(2, rest.substr(0, end));
        upsert->bindText(3, rest.substr(end + 1));
        upsert->bind(4, count.count);
        if (const Status done = upsert->run(); !done)
            return done;
        count = {0, false};
    }
    if (m_counts.size() > kMaxNames) {
        m_kinds.clear(); // they point to the counts
        m_counts.clear();
    }
    return Done{};
}

} // namespace genscope

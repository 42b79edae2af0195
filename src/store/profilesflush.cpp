// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/profiles.h"

#include "store/grouptypes.h"
#include "store/storeddictionaries.h"

#include <algorithm>
#include <utility>

// How a ProfileWriter writes what changed.

namespace genscope {

namespace {

constexpr std::size_t kMaxRemembered = 100'000;

} // namespace

Result<ProfileWriter::Persons> ProfileWriter::flush(StoredDictionaries &dictionaries, GroupTypes &groupTypes)
{
    if (const Status done = flushPersons(); !done)
        return done.error();
    if (const Status done = flushGroups(); !done)
        return done.error();
    if (const Status done = registerGroups(dictionaries, groupTypes); !done)
        return done.error();
    Result<Persons> persons = flushMappings(dictionaries);
    if (persons)
        forgetIfLarge();
    return persons;
}

Status ProfileWriter::flushPersons()
{
    for (auto *entry : m_touchedPersons) {
        Profile &profile = entry->second;
        profile.touched = false;
        profile.settle();
        if (!std::exchange(profile.changed, false))
            continue;
        const std::string properties = profile.bag.toJson();
        const std::string times = profile.bag.timesToJson();
        m_upsertPerson.bindText(1, entry->first);
        m_upsertPerson.bindText(2, properties);
        m_upsertPerson.bindText(3, times);
        if (const Status done = m_upsertPerson.run(); !done)
            return done;
    }
    m_touchedPersons.clear();
    return Done{};
}

Status ProfileWriter::flushGroups()
{
    for (auto *entry : m_touchedGroups) {
        Profile &profile = entry->second;
        profile.touched = false;
        if (!std::exchange(profile.changed, false))
            continue;
        const std::string properties = profile.bag.toJson();
        const std::string times = profile.bag.timesToJson();
        m_upsertGroup.bindText(1, entry->first.first);
        m_upsertGroup.bindText(2, entry->first.second);
        m_upsertGroup.bindText(3, properties);
        m_upsertGroup.bindText(4, times);
        if (const Status done = m_upsertGroup.run(); !done)
            return done;
    }
    m_touchedGroups.clear();
    return Done{};
}

/// Every group of a kept event is known, even without properties.
Status ProfileWriter::registerGroups(StoredDictionaries &dictionaries, GroupTypes &groupTypes)
{
    for (const auto &[provisionalName, slot] : groupTypes.takeRenamed()) {
        Result<Statement> remove = m_connection.prepare("DELETE FROM group_key WHERE type = ?1");
        if (!remove)
            return remove.error();
        remove->bindText(1, provisionalName);
        if (const Status done = remove->run(); !done)
            return done;
        m_registered[static_cast<std::size_t>(slot)] = 0;
    }
    const std::vector<std::string> names = groupTypes.names();
    for (std::size_t slot = 0; slot < names.size(); ++slot) {
        const Dictionary &keys = dictionaries.at(groupDictField(static_cast<int>(slot)));
        for (std::uint32_t code = std::max(m_registered[slot], 1u); code < keys.size(); ++code) {
            m_registerGroup.bindText(1, names[slot]);
            m_registerGroup.bindText(2, keys.at(code));
            if (const Status done = m_registerGroup.run(); !done)
                return done;
        }
        m_registered[slot] = keys.size();
    }
    return Done{};
}

Result<ProfileWriter::Persons> ProfileWriter::flushMappings(StoredDictionaries &dictionaries)
{
    Persons persons;
    for (auto *entry : m_touchedMappings) {
        Mapping &mapping = entry->second;
        mapping.touched = false;
        if (mapping.person.empty())
            continue;
        if (const std::uint32_t code = dictionaries.at(DictField::DistinctId).find(entry->first))
            persons.emplace_back(code, dictionaries.intern(DictField::PersonId, mapping.person));
        if (!std::exchange(mapping.changed, false))
            continue;
        m_upsertMapping.bindText(1, entry->first);
        m_upsertMapping.bindText(2, mapping.person);
        m_upsertMapping.bind(3, mapping.timestampUs);
        if (const Status done = m_upsertMapping.run(); !done)
            return done.error();
    }
    m_touchedMappings.clear();
    return persons;
}

void ProfileWriter::forgetIfLarge()
{
    const auto clearIfLarge = [this](auto &remembered) {
        if (remembered.size() <= kMaxRemembered)
            return;
        remembered.clear();
        m_knowsAll = false;
    };
    clearIfLarge(m_persons);
    clearIfLarge(m_groups);
    clearIfLarge(m_mappings);
}

} // namespace genscope

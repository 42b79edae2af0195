// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/profiles.h"

#include "ingest/json.h"
#include "store/grouptypes.h"
#include "store/storeddictionaries.h"

// Inlined, as the texts are short.
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <tuple>

namespace genscope {

namespace {

bool saysSomethingOfPerson(const Event &event)
{
    for (const PropertyUpdate &update : event.updates) {
        if (update.target != PropertyUpdate::Target::Group)
            return true;
    }
    return false;
}

} // namespace

bool concernsPerson(const Event &event, bool kept)
{
    const bool says =
        event.record == RecordKind::Person || saysSomethingOfPerson(event) || (kept && !event.isAnonymous());
    return says && !personKeyOf(event).empty();
}

std::size_t ProfileWriter::TextHash::operator()(const std::string &text) const
{
    return XXH3_64bits(text.data(), text.size());
}

void ProfileWriter::Profile::carry(std::string_view json, std::int64_t timestampUs)
{
    const std::uint64_t hash = XXH3_64bits(json.data(), json.size());
    if (hash == carriedHash && carried == json) {
        if (timestampUs > carriedUs) {
            carriedUs = timestampUs;
            carriedPending = true;
        }
        return;
    }
    settle();
    carried = json;
    carriedHash = hash;
    carriedUs = timestampUs;
    carriedPending = true;
}

void ProfileWriter::Profile::settle()
{
    if (carriedPending)
        changed |= bag.applyObject(carried, carriedUs, PropertyOrigin::Carried);
    carriedPending = false;
}

Result<std::unique_ptr<ProfileWriter>>
ProfileWriter::open(const Connection &connection, StoredDictionaries &dictionaries, PropertyCounter &names)
{
    std::unique_ptr<ProfileWriter> writer(new ProfileWriter(connection, names));
    if (const Status prepared = writer->prepare(dictionaries); !prepared)
        return prepared.error();
    return writer;
}

Status ProfileWriter::prepare(StoredDictionaries &dictionaries)
{
    const struct
    {
        Statement *statement;
        const char *sql;
    } statements[] = {
        {&m_selectPerson, "SELECT properties, property_times FROM person WHERE key = ?1"},
        {&m_upsertPerson, "INSERT INTO person (key, properties, property_times) VALUES (?1, ?2, ?3)"
                          " ON CONFLICT (key) DO UPDATE SET properties = ?2, property_times = ?3"},
        {&m_selectGroup, "SELECT properties, property_times FROM group_key WHERE type = ?1 AND key = ?2"},
        {&m_upsertGroup,
         "INSERT INTO group_key (type, key, properties, property_times) VALUES (?1, ?2, ?3, ?4)"
         " ON CONFLICT (type, key) DO UPDATE SET properties = ?3, property_times = ?4"},
        {&m_registerGroup, "INSERT INTO group_key (type, key, properties, property_times)"
                           " VALUES (?1, ?2, '{}', '0') ON CONFLICT DO NOTHING"},
        {&m_selectMapping, "SELECT person_id, timestamp_us FROM person_distinct WHERE distinct_id = ?1"},
        {&m_upsertMapping,
         "INSERT INTO person_distinct (distinct_id, person_id, timestamp_us) VALUES (?1, ?2, ?3)"
         " ON CONFLICT (distinct_id) DO UPDATE SET person_id = ?2, timestamp_us = ?3"},
    };
    for (const auto &entry : statements) {
        Result<Statement> prepared = m_connection.prepare(entry.sql);
        if (!prepared)
            return prepared.error();
        *entry.statement = std::move(*prepared);
    }
    const Result<std::int64_t> known =
        m_connection.integer("SELECT EXISTS (SELECT 1 FROM person) OR EXISTS (SELECT 1 FROM group_key)"
                             " OR EXISTS (SELECT 1 FROM person_distinct)");
    if (!known)
        return known.error();
    m_knowsAll = *known == 0;
    for (int slot = 0; slot < kMaxGroupTypes; ++slot)
        m_registered[static_cast<std::size_t>(slot)] = dictionaries.at(groupDictField(slot)).size();
    return Done{};
}

Status ProfileWriter::apply(const Event &event, bool kept)
{
    if (const Status done = applyPerson(event, kept); !done)
        return done;
    return applyGroups(event);
}

Status ProfileWriter::applyPerson(const Event &event, bool kept)
{
    if (!concernsPerson(event, kept))
        return Done{};
    const Result<Profile *> profile = person(personKeyOf(event));
    if (!profile)
        return profile.error();
    if (kept && !event.isAnonymous() && !event.personProperties.empty())
        (*profile)->carry(event.personProperties, event.timestamp.us);
    bool deleted = false;
    for (const PropertyUpdate &update : event.updates) {
        if (update.target == PropertyUpdate::Target::Group)
            continue;
        if (update.target == PropertyUpdate::Target::PersonDeleted) {
            deleted = true;
            if ((*profile)->bag.markDeleted(event.timestamp.us)) {
                (*profile)->changed = true;
                m_names.addName(PropertyPath::Scope::Person, {}, PropertyBag::kDeletedAt);
            }
            continue;
        }
        const auto origin = update.target == PropertyUpdate::Target::PersonOnce ? PropertyOrigin::SetOnce
                                                                                : PropertyOrigin::Set;
        if ((*profile)->bag.applyObject(update.json, event.timestamp.us, origin)) {
            (*profile)->changed = true;
            tellNames(update);
        }
    }
    return event.isAnonymous() || deleted
               ? Status(Done{})
               : applyMapping(event.distinctId, event.personId, event.timestamp.us);
}

/// @param person  empty: the distinct id has been seen, and no more
Status ProfileWriter::applyMapping(const std::string &distinctId, const std::string &person,
                                   std::int64_t timestampUs)
{
    if (distinctId.empty())
        return Done{};
    const Result<Mapping *> found = mapping(distinctId);
    if (!found)
        return found.error();
    Mapping &known = **found;
    if (person.empty() || (known.timestampUs == timestampUs && known.person == person))
        return Done{};
    const bool newer =
        known.person.empty() || std::tie(timestampUs, person) > std::tie(known.timestampUs, known.person);
    if (newer) {
        known.person = person;
        known.timestampUs = timestampUs;
        known.changed = true;
    }
    return Done{};
}

Status ProfileWriter::mergePerson(const std::string &key, const PropertyBag &bag)
{
    const Result<Profile *> known = person(key);
    if (!known)
        return known.error();
    (*known)->settle();
    (*known)->changed |= (*known)->bag.apply(bag);
    tellNames(PropertyPath::Scope::Person, {}, bag);
    return Done{};
}

Status ProfileWriter::mergeMapping(const std::string &distinctId, const std::string &person,
                                   std::int64_t timestampUs)
{
    return applyMapping(distinctId, person, timestampUs);
}

Status ProfileWriter::mergeGroup(const std::string &type, const std::string &key, const PropertyBag &bag)
{
    const Result<Profile *> known = group(type, key);
    if (!known)
        return known.error();
    (*known)->changed |= (*known)->bag.apply(bag);
    tellNames(PropertyPath::Scope::Group, type, bag);
    return Done{};
}

Status ProfileWriter::applyGroups(const Event &event)
{
    for (const PropertyUpdate &update : event.updates) {
        if (update.target != PropertyUpdate::Target::Group || update.groupKey.empty())
            continue;
        const Result<Profile *> profile = group(update.groupType, update.groupKey);
        if (!profile)
            return profile.error();
        if ((*profile)->bag.applyObject(update.json, event.timestamp.us, PropertyOrigin::Set)) {
            (*profile)->changed = true;
            tellNames(update);
        }
    }
    return Done{};
}

void ProfileWriter::tellNames(const PropertyUpdate &update)
{
    const bool ofGroup = update.target == PropertyUpdate::Target::Group;
    const auto scope = ofGroup ? PropertyPath::Scope::Group : PropertyPath::Scope::Person;
    for (json::MemberReader member{json::Value(std::string_view(update.json))}; member.next();)
        m_names.addName(scope, update.groupType, member.key());
}

void ProfileWriter::tellNames(PropertyPath::Scope scope, const std::string &groupType, const PropertyBag &bag)
{
    bag.forEachName([&](std::string_view name) { m_names.addName(scope, groupType, name); });
}

Result<ProfileWriter::Profile *> ProfileWriter::person(const std::string &key)
{
    const auto [entry, added] = m_persons.try_emplace(key);
    Profile &profile = entry->second;
    if (added && m_knowsAll)
        profile.changed = true; // known from now on, even without properties
    else if (added) {
        m_selectPerson.bindText(1, key);
        const Result<bool> row = m_selectPerson.step();
        if (!row)
            return row.error();
        if (*row)
            profile.bag = PropertyBag::fromJson(m_selectPerson.bytes(0), m_selectPerson.bytes(1));
        else
            profile.changed = true;
        m_selectPerson.reset();
    }
    if (!profile.touched) {
        profile.touched = true;
        m_touchedPersons.push_back(&*entry);
    }
    return &profile;
}

Result<ProfileWriter::Profile *> ProfileWriter::group(const std::string &type, const std::string &key)
{
    const auto [entry, added] = m_groups.try_emplace(GroupId(type, key));
    Profile &profile = entry->second;
    if (added && m_knowsAll)
        profile.changed = true;
    else if (added) {
        m_selectGroup.bindText(1, type);
        m_selectGroup.bindText(2, key);
        const Result<bool> row = m_selectGroup.step();
        if (!row)
            return row.error();
        if (*row)
            profile.bag = PropertyBag::fromJson(m_selectGroup.bytes(0), m_selectGroup.bytes(1));
        else
            profile.changed = true;
        m_selectGroup.reset();
    }
    if (!profile.touched) {
        profile.touched = true;
        m_touchedGroups.push_back(&*entry);
    }
    return &profile;
}

Result<ProfileWriter::Mapping *> ProfileWriter::mapping(const std::string &distinctId)
{
    const auto [entry, added] = m_mappings.try_emplace(distinctId);
    Mapping &mapping = entry->second;
    if (added && !m_knowsAll) {
        m_selectMapping.bindText(1, distinctId);
        const Result<bool> row = m_selectMapping.step();
        if (!row)
            return row.error();
        if (*row) {
            mapping.person = m_selectMapping.bytes(0);
            mapping.timestampUs = m_selectMapping.integer(1);
        }
        m_selectMapping.reset();
    }
    if (!mapping.touched) {
        mapping.touched = true;
        m_touchedMappings.push_back(&*entry);
    }
    return &mapping;
}

} // namespace genscope

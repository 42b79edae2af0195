// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/profilecheck.h"

#include "ingest/json.h"
#include "store/profiles.h"

namespace genscope {

namespace {

constexpr std::size_t kMaxRemembered = 50'000;

std::string eventWords(const Event &event)
{
    return "event " + event.uuid.toString();
}

void addNames(const Event &event, PropertyCounter &names)
{
    for (const PropertyUpdate &update : event.updates) {
        const bool ofGroup = update.target == PropertyUpdate::Target::Group;
        const auto scope = ofGroup ? PropertyPath::Scope::Group : PropertyPath::Scope::Person;
        if (ofGroup ? update.groupKey.empty() : personKeyOf(event).empty())
            continue;
        for (json::MemberReader member{json::Value(std::string_view(update.json))}; member.next();)
            names.addName(scope, update.groupType, member.key());
    }
}

} // namespace

Result<std::unique_ptr<ProfileCheck>> ProfileCheck::open(const Connection &connection)
{
    std::unique_ptr<ProfileCheck> check(new ProfileCheck);
    const std::pair<Statement *, const char *> statements[] = {
        {&check->m_person, "SELECT properties, property_times FROM person WHERE key = ?1"},
        {&check->m_mapping, "SELECT timestamp_us, person_id FROM person_distinct WHERE distinct_id = ?1"},
        {&check->m_group, "SELECT properties, property_times FROM group_key WHERE type = ?1 AND key = ?2"},
    };
    for (const auto &[statement, sql] : statements) {
        Result<Statement> prepared = connection.prepare(sql);
        if (!prepared)
            return prepared.error();
        *statement = std::move(*prepared);
    }
    return check;
}

Status ProfileCheck::check(const Event &event, ProblemList &problems, PropertyCounter &names)
{
    if (const Status checked = checkGroups(event, problems); !checked)
        return checked;
    addNames(event, names);
    if (!concernsPerson(event, true))
        return Done{};
    if (const Status checked = checkPerson(event, personKeyOf(event), problems); !checked)
        return checked;
    return event.isAnonymous() ? Status(Done{}) : checkMapping(event, problems);
}

Status ProfileCheck::checkPerson(const Event &event, const std::string &key, ProblemList &problems)
{
    const Result<Person *> found = person(key);
    if (!found)
        return found.error();
    Person &person = **found;
    if (!person.bag) {
        problems.add(Damage::ProfileLacks, "person", eventWords(event) + ": no person " + json::quoted(key));
        return Done{};
    }
    bool covered = true;
    if (!event.isAnonymous() && !event.personProperties.empty() &&
        (event.personProperties != person.carried || event.timestamp.us > person.carriedUs)) {
        covered = person.bag->covers(event.personProperties, event.timestamp.us, PropertyOrigin::Carried);
        person.carried = event.personProperties;
        person.carriedUs = event.timestamp.us;
    }
    for (const PropertyUpdate &update : event.updates) {
        if (update.target == PropertyUpdate::Target::Group)
            continue;
        const auto origin = update.target == PropertyUpdate::Target::PersonOnce ? PropertyOrigin::SetOnce
                                                                                : PropertyOrigin::Set;
        covered = covered && person.bag->covers(update.json, event.timestamp.us, origin);
    }
    if (!covered)
        problems.add(Damage::ProfileLacks, "person.properties",
                     eventWords(event) + ": person " + json::quoted(key) + " lacks what it says");
    return Done{};
}

Status ProfileCheck::checkMapping(const Event &event, ProblemList &problems)
{
    if (event.distinctId.empty() || event.personId.empty())
        return Done{};
    const Result<Mapping> known = mapping(event.distinctId);
    if (!known)
        return known.error();
    if (*known < Mapping(event.timestamp.us, event.personId))
        problems.add(Damage::ProfileLacks, "person_distinct",
                     eventWords(event) + ": distinct id " + json::quoted(event.distinctId) + " is person " +
                         json::quoted(event.personId) + ", not " + json::quoted(known->second));
    return Done{};
}

Status ProfileCheck::checkGroups(const Event &event, ProblemList &problems)
{
    for (const PropertyUpdate &update : event.updates) {
        if (update.target != PropertyUpdate::Target::Group || update.groupKey.empty())
            continue;
        const Result<std::optional<PropertyBag>> bag = group(update.groupType, update.groupKey);
        if (!bag)
            return bag.error();
        if (!*bag || !(*bag)->covers(update.json, event.timestamp.us, PropertyOrigin::Set))
            problems.add(Damage::ProfileLacks, "group_key.properties",
                         eventWords(event) + ": group " + json::quoted(update.groupType) + " " +
                             json::quoted(update.groupKey) + " lacks what it says");
    }
    return Done{};
}

Result<ProfileCheck::Person *> ProfileCheck::person(const std::string &key)
{
    if (m_persons.size() > kMaxRemembered)
        m_persons.clear();
    const auto [entry, added] = m_persons.try_emplace(key);
    if (added) {
        m_person.bindText(1, key);
        const Result<bool> row = m_person.step();
        if (row && *row)
            entry->second.bag = PropertyBag::fromJson(m_person.bytes(0), m_person.bytes(1));
        m_person.reset();
        if (!row)
            return row.error();
    }
    return &entry->second;
}

Result<ProfileCheck::Mapping> ProfileCheck::mapping(const std::string &distinctId)
{
    if (m_mappings.size() > kMaxRemembered)
        m_mappings.clear();
    const auto [entry, added] = m_mappings.try_emplace(distinctId);
    if (added) {
        m_mapping.bindText(1, distinctId);
        const Result<bool> row = m_mapping.step();
        if (row && *row)
            entry->second = {m_mapping.integer(0), std::string(m_mapping.bytes(1))};
        m_mapping.reset();
        if (!row)
            return row.error();
    }
    return entry->second;
}

Result<std::optional<PropertyBag>> ProfileCheck::group(const std::string &type, const std::string &key)
{
    m_group.bindText(1, type);
    m_group.bindText(2, key);
    const Result<bool> row = m_group.step();
    std::optional<PropertyBag> bag;
    if (row && *row)
        bag = PropertyBag::fromJson(m_group.bytes(0), m_group.bytes(1));
    m_group.reset();
    if (!row)
        return row.error();
    return bag;
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/dictionary.h"
#include "core/event.h"
#include "core/result.h"
#include "store/connection.h"
#include "store/propertybag.h"
#include "store/propertycounter.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace genscope {

class GroupTypes;
class StoredDictionaries;

/// Whether an event says something of a person: events of anonymous users and such that are not kept only by
/// setting properties.
bool concernsPerson(const Event &event, bool kept);
/// The key in the table `person` of the person that an event is about.
inline const std::string &personKeyOf(const Event &event)
{
    return event.personId.empty() ? event.distinctId : event.personId;
}

/// Keeps what is known of persons and groups (tables `person`, `person_distinct`, `group_key`) in step with
/// the events. What it knows does not depend on the order of the events. Persons of events that are left out
/// count only where such an event says something about them.
class ProfileWriter
{
public:
    /// @param dictionaries  as in the store
    /// @param names  is told the names of properties that events set. @error Database
    static Result<std::unique_ptr<ProfileWriter>>
    open(const Connection &connection, StoredDictionaries &dictionaries, PropertyCounter &names);

    /// True while nothing is in the store that is not in memory: then only flush() uses the connection.
    bool knowsAll() const { return m_knowsAll; }
    /// Takes in what @p event says. @p kept: it is in the store, not only passed by. @error Database
    Status apply(const Event &event, bool kept);

    // Take in what was known before, of events that were not kept among others. @error Database
    Status mergePerson(const std::string &key, const PropertyBag &bag);
    Status mergeMapping(const std::string &distinctId, const std::string &person, std::int64_t timestampUs);
    Status mergeGroup(const std::string &type, const std::string &key, const PropertyBag &bag);

    /// The persons of distinct ids, as codes of the columns.
    using Persons = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
    /// Writes what changed since the last call, inside of the current transaction, and answers which distinct
    /// ids of kept events have a new or another person. @error Database
    Result<Persons> flush(StoredDictionaries &dictionaries, GroupTypes &groupTypes);

private:
    struct Profile
    {
        PropertyBag bag;
        bool changed = false;
        bool touched = false;
        /// The last object that an event carried, not yet in the bag: most events of a person carry the same.
        std::string carried;
        std::uint64_t carriedHash = 0;
        std::int64_t carriedUs = 0;
        bool carriedPending = false;

        void carry(std::string_view json, std::int64_t timestampUs);
        void settle();
    };
    struct Mapping
    {
        std::string person; ///< empty: none known
        std::int64_t timestampUs = 0;
        bool changed = false;
        bool touched = false;
    };
    /// Each event looks for two texts: XXH3 takes a quarter of the time that std::hash does.
    struct TextHash
    {
        std::size_t operator()(const std::string &text) const;
    };
    using GroupId = std::pair<std::string, std::string>; ///< type, key
    struct GroupIdHash
    {
        std::size_t operator()(const GroupId &id) const
        {
            return std::hash<std::string>()(id.first) * 31 + std::hash<std::string>()(id.second);
        }
    };

    ProfileWriter(const Connection &connection, PropertyCounter &names)
        : m_connection(connection), m_names(names)
    {
    }
    Status prepare(StoredDictionaries &dictionaries);
    Result<Profile *> person(const std::string &key);
    Result<Profile *> group(const std::string &type, const std::string &key);
    Result<Mapping *> mapping(const std::string &distinctId);
    Status applyPerson(const Event &event, bool kept);
    Status applyMapping(const std::string &distinctId, const std::string &person, std::int64_t timestampUs);
    void tellNames(PropertyPath::Scope scope, const std::string &groupType, const PropertyBag &bag);
    Status applyGroups(const Event &event);
    void tellNames(const PropertyUpdate &update);
    Status flushPersons();
    Status flushGroups();
    Status registerGroups(StoredDictionaries &dictionaries, GroupTypes &groupTypes);
    Result<Persons> flushMappings(StoredDictionaries &dictionaries);
    void forgetIfLarge();

    const Connection &m_connection;
    bool m_knowsAll = false;
    Statement m_selectPerson;
    Statement m_upsertPerson;
    Statement m_selectGroup;
    Statement m_upsertGroup;
    Statement m_registerGroup;
    Statement m_selectMapping;
    Statement m_upsertMapping;

    std::unordered_map<std::string, Profile, TextHash> m_persons;
    std::unordered_map<GroupId, Profile, GroupIdHash> m_groups;
    std::unordered_map<std::string, Mapping, TextHash> m_mappings;
    std::vector<std::pair<const std::string, Profile> *> m_touchedPersons;
    std::vector<std::pair<const GroupId, Profile> *> m_touchedGroups;
    std::vector<std::pair<const std::string, Mapping> *> m_touchedMappings;
    std::array<std::uint32_t, kMaxGroupTypes> m_registered{}; ///< group codes below are in `group_key`
    PropertyCounter &m_names;
};

} // namespace genscope

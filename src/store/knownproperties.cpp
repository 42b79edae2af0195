// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/knownproperties.h"

#include "store/eventjson.h"
#include "store/rows.h"

namespace genscope {

Result<PropertyBag> knownPersonProperties(const Connection &connection, std::string_view personOrDistinctId)
{
    Result<Statement> select = connection.prepare(
        "WITH wanted(person) AS (SELECT coalesce("
        "  (SELECT person_id FROM person_distinct WHERE distinct_id = ?1), ?1))"
        " SELECT properties, property_times FROM person, wanted WHERE key = wanted.person"
        " UNION ALL SELECT properties, property_times FROM wanted, person_distinct, person"
        "  WHERE person_id = wanted.person AND key = distinct_id AND key <> wanted.person");
    if (!select)
        return select.error();
    select->bindText(1, personOrDistinctId);
    PropertyBag bag;
    const Status done = forEachRow(*select, [&bag](const Statement &row) {
        bag.apply(PropertyBag::fromJson(row.bytes(0), row.bytes(1)));
    });
    if (!done)
        return done.error();
    return bag;
}

Result<PropertyBag> knownGroupProperties(const Connection &connection, std::string_view type,
                                         std::string_view key)
{
    Result<Statement> select =
        connection.prepare("SELECT properties, property_times FROM group_key WHERE type = ?1 AND key = ?2");
    if (!select)
        return select.error();
    select->bindText(1, type);
    select->bindText(2, key);
    const Result<bool> row = select->step();
    if (!row)
        return row.error();
    return *row ? PropertyBag::fromJson(select->bytes(0), select->bytes(1)) : PropertyBag();
}

Result<KnownValues> KnownValues::ofPersons(const Connection &connection, std::string_view name)
{
    KnownValues known;
    Result<Statement> mappings = connection.prepare("SELECT distinct_id, person_id FROM person_distinct");
    if (!mappings)
        return mappings.error();
    const Status mapped = forEachRow(*mappings, [&known](const Statement &row) {
        known.m_personOfDistinctId.emplace(row.bytes(0), row.bytes(1));
    });
    if (!mapped)
        return mapped.error();

    Result<Statement> persons = connection.prepare("SELECT key, properties, property_times FROM person");
    if (!persons)
        return persons.error();
    std::unordered_map<std::string, PropertyBag> bags;
    const Status read = forEachRow(*persons, [&](const Statement &row) {
        const PropertyBag all = PropertyBag::fromJson(row.bytes(1), row.bytes(2));
        if (all.value(name).empty())
            return;
        std::string key(row.bytes(0));
        const auto mapping = known.m_personOfDistinctId.find(key);
        bags[mapping == known.m_personOfDistinctId.end() ? key : mapping->second].apply(all);
    });
    if (!read)
        return read.error();
    for (const auto &[key, bag] : bags) {
        if (std::optional<std::string> text = propertyText(json::Value(bag.value(name))))
            known.m_values.emplace(key, std::move(*text));
    }
    return known;
}

Result<KnownValues> KnownValues::ofGroups(const Connection &connection, std::string_view type,
                                          std::string_view name)
{
    KnownValues known;
    Result<Statement> groups = connection.prepare("SELECT key, properties FROM group_key WHERE type = ?1");
    if (!groups)
        return groups.error();
    groups->bindText(1, type);
    const Status read = forEachRow(*groups, [&](const Statement &row) {
        const json::Value value = json::member(json::Value(row.bytes(1)), name);
        if (std::optional<std::string> text = propertyText(value))
            known.m_values.emplace(row.bytes(0), std::move(*text));
    });
    if (!read)
        return read.error();
    return known;
}

const std::string *KnownValues::find(std::string_view key) const
{
    std::string id(key);
    if (const auto mapping = m_personOfDistinctId.find(id); mapping != m_personOfDistinctId.end())
        id = mapping->second;
    const auto value = m_values.find(id);
    return value == m_values.end() ? nullptr : &value->second;
}

} // namespace genscope

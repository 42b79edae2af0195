// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/personrow.h"

#include "ingest/eventtime.h"
#include "ingest/objecttext.h"
#include "ingest/scalars.h"

#include <QCoreApplication>

#include <algorithm>

namespace genscope {

namespace {

json::Value firstPresent(json::Value object, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names) {
        const json::Value value = json::member(object, name);
        if (value.isPresent() && !value.isEmptyString())
            return value;
    }
    return {};
}

/// When the row was true. A version counts as microseconds behind it.
Timestamp asOf(json::Value row)
{
    Timestamp time = timeOf(firstPresent(row, {"_inserted_at", "created_at"})).value_or(Timestamp{});
    constexpr std::int64_t kLessThanASecond = kMicrosPerSecond - 1;
    const auto text = numberText(firstPresent(row, {"person_version", "version"}));
    const auto version = text ? wholeNumber(*text) : std::nullopt;
    if (version)
        time.us += std::clamp<std::int64_t>(*version, 0, kLessThanASecond);
    return time;
}

bool isDeleted(json::Value row)
{
    const json::Value deleted = json::member(row, "is_deleted");
    return booleanOf(deleted).value_or(numberOf(deleted).value_or(0) != 0);
}

} // namespace

bool isPersonRow(json::Value object)
{
    const auto has = [object](std::string_view name) { return json::member(object, name).isPresent(); };
    return has("person_id") && (has("person_version") || has("person_distinct_id_version"));
}

bool isListedPerson(json::Value object)
{
    return json::member(object, "distinct_ids").isArray() && json::member(object, "id").isPresent();
}

Result<Event> personOf(json::Value row)
{
    Event person;
    person.record = RecordKind::Person;
    person.distinctId = idOf(firstPresent(row, {"distinct_id"}));
    person.personId = idOf(firstPresent(row, {"person_id", "id"}));
    if (person.distinctId.empty() && person.personId.empty())
        return makeError(Error::Kind::Parse,
                         QCoreApplication::translate("EventParser", "a person without an id"));
    person.timestamp = asOf(row);
    std::string storage;
    const json::Value properties = objectOf(json::member(row, "properties"), storage);
    if (isDeleted(row))
        person.updates.push_back({PropertyUpdate::Target::PersonDeleted, {}, {}, {}});
    else if (json::MemberReader(properties).next())
        person.updates.push_back({PropertyUpdate::Target::Person, {}, {}, std::string(properties.raw())});
    person.raw = std::string(row.raw());
    return person;
}

void rowsOfListedPerson(json::Value object, const std::function<void(std::string &&json)> &take)
{
    const json::Value id = firstPresent(object, {"uuid", "id"});
    for (json::ElementReader reader(json::member(object, "distinct_ids")); reader.next();) {
        ObjectText row;
        row.add("distinct_id", reader.value());
        row.add("person_id", id);
        row.add("created_at", json::member(object, "created_at"));
        row.add("properties", json::member(object, "properties"));
        take(row.take());
    }
}

} // namespace genscope

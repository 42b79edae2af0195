// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/personsandgroups.h"

#include "ingest/scalars.h"

#include <algorithm>

namespace genscope {

namespace {

/// The JSON of the object that @p value is or holds as text; empty if there is none or nothing in it.
std::string objectJson(json::Value value)
{
    std::string storage;
    const json::Value object = objectOf(value, storage);
    return json::MemberReader(object).next() ? std::string(object.raw()) : std::string();
}

void addUpdate(std::vector<PropertyUpdate> &updates, PropertyUpdate::Target target, json::Value value)
{
    std::string json = objectJson(value);
    if (!json.empty())
        updates.push_back({target, {}, {}, std::move(json)});
}

/// `$unset` is a list of names: a property that is null counts as missing.
void addUnset(std::vector<PropertyUpdate> &updates, json::Value names)
{
    std::string json;
    for (json::ElementReader reader(names); reader.next();) {
        if (reader.value().isString())
            json.append(json.empty() ? "{" : ",").append(reader.value().raw()).append(":null");
    }
    if (!json.empty())
        updates.push_back({PropertyUpdate::Target::Person, {}, {}, json + '}'});
}

/// Anonymous: PostHog keeps no person for it. v1 bodies say so in `options`.
bool isPersonless(const CapturedObject &object)
{
    const json::Value option = json::member(object.field(EventKey::Options), "process_person_profile");
    return booleanOf(object.property(Property::ProcessPersonProfile)) == false || booleanOf(option) == false;
}

} // namespace

std::vector<GroupKey> groupsOf(const CapturedObject &object)
{
    std::vector<GroupKey> groups;
    std::string storage;
    for (json::MemberReader reader(objectOf(object.property(Property::Groups), storage)); reader.next();) {
        std::string key = idOf(reader.value());
        if (key.empty())
            continue;
        const auto same = std::find_if(groups.begin(), groups.end(), [&reader](const GroupKey &group) {
            return group.type == reader.key();
        });
        if (same != groups.end())
            same->key = std::move(key);
        else
            groups.push_back({std::string(reader.key()), -1, std::move(key)});
    }
    const std::size_t typed = groups.size();
    for (int index = 0; index <= 4; ++index) {
        std::string key = idOf(
            object.property(static_cast<std::size_t>(Property::Group0) + static_cast<std::size_t>(index)));
        if (key.empty())
            continue;
        // PostHog makes $group_<index> of $groups: the same key is the same group. Where two types have that
        // key, which index is whose stays open.
        const auto matches =
            std::count_if(groups.begin(), groups.begin() + static_cast<std::ptrdiff_t>(typed),
                          [&key](const GroupKey &group) { return group.key == key; });
        if (matches == 0) {
            groups.push_back({{}, index, std::move(key)});
        } else if (matches == 1) {
            std::find_if(groups.begin(), groups.end(), [&key](const GroupKey &group) {
                return group.key == key;
            })->index = index;
        }
    }
    return groups;
}

std::vector<PropertyUpdate> updatesOf(const CapturedObject &object, std::string_view eventName)
{
    using Target = PropertyUpdate::Target;
    std::vector<PropertyUpdate> updates;
    if (!isPersonless(object)) {
        // Members of the event itself come last: PostHog lets them override those in properties.
        addUpdate(updates, Target::Person, object.property(Property::Set));
        addUpdate(updates, Target::Person, object.field(EventKey::Set));
        addUpdate(updates, Target::PersonOnce, object.field(EventKey::SetOnce));
        addUpdate(updates, Target::PersonOnce, object.property(Property::SetOnce));
        addUnset(updates, object.property(Property::Unset));
        addUnset(updates, object.field(EventKey::Unset));
    }
    if (eventName == "$groupidentify") {
        std::string type = idOf(object.property(Property::GroupType));
        std::string key = idOf(object.property(Property::GroupKey));
        std::string json = objectJson(object.property(Property::GroupSet));
        if (!type.empty() && !key.empty() && !json.empty())
            updates.push_back({Target::Group, std::move(type), std::move(key), std::move(json)});
    }
    return updates;
}

} // namespace genscope

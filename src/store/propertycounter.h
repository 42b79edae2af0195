// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/eventsource.h"
#include "core/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace genscope {

class Connection;

/// How often each property name was seen: what completion and column choosers offer.
class PropertyCounts
{
public:
    /// Counts the event and person properties of an event, given its JSON.
    void addEvent(std::string_view json);
    /// Counts only `properties`.
    void addEventProperties(std::string_view json);
    void add(PropertyPath::Scope scope, std::string_view groupType, std::string_view name,
             std::int64_t count = 1);
    void add(const PropertyCounts &other);
    void clear() { m_counts.clear(); }

    /// Adds the counts to the store's `property` table. @error Database
    Status save(const Connection &connection) const;

private:
    void addMembers(std::string_view json, bool persons);

    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    /// By scope, group type and name, with a 0 byte between group type and name.
    std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> m_counts;
    std::string m_key;
};

} // namespace genscope

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

/// How many kept events carry each property name: what completion and column choosers offer. Names that only
/// `$identify` and the like told count 0 times.
class PropertyCounts
{
public:
    PropertyCounts() = default;
    PropertyCounts(PropertyCounts &&) = default;
    PropertyCounts &operator=(PropertyCounts &&) = default;

    /// Counts the event and person properties of an event, given its JSON, @p times over.
    void addEvent(std::string_view json, int times = 1);
    /// Counts only `properties`.
    void addEventProperties(std::string_view json);
    void add(PropertyPath::Scope scope, std::string_view groupType, std::string_view name, int times = 1);
    void add(const PropertyCounts &other);
    void clear();

    /// Adds the counts to the store's `property` table. @error Database
    Status save(const Connection &connection) const;

private:
    void addMembers(std::string_view json, bool persons, int times);

    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    struct Count;
    /// By scope, group type and name, with a 0 byte between group type and name.
    using Counts = std::unordered_map<std::string, Count, Hash, std::equal_to<>>;
    struct Count
    {
        std::int64_t count = 0;
        Counts::value_type *next = nullptr; ///< what was counted after it last time
    };

    Counts m_counts;
    /// What was counted last: most events name the same properties in the same order as the one before.
    Counts::value_type *m_last = nullptr;
    std::string m_key;
};

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/eventsource.h"
#include "core/event.h"
#include "core/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace genscope {

class Connection;

/// How many kept events carry each property name: what completion and column choosers offer. Names that only
/// `$identify` and the like told count 0 times.
class PropertyCounter
{
public:
    /// Counts the event and person properties of an event.
    void addEvent(const Event &event);
    /// Makes a name known without counting it.
    void addName(PropertyPath::Scope scope, std::string_view groupType, std::string_view name);
    /// Adds what was counted since the last call to the store's `property` table. @error Database
    Status save(const Connection &connection);

private:
    struct Count
    {
        std::int64_t count = 0;
        bool isNew = true; ///< not in the table yet
    };
    /// By scope, group type and name, with a 0 byte between group type and name.
    using Counts = std::unordered_map<std::string, Count>;
    /// Events that name the same properties. There are few such kinds, so that names are looked up once a
    /// kind.
    struct Kind
    {
        std::vector<Counts::value_type *> names;
        std::int64_t events = 0;
    };

    Counts::value_type &entry(PropertyPath::Scope scope, std::string_view groupType, std::string_view name);
    void readNames(const Event &event, Kind &kind);

    Counts m_counts;
    std::unordered_map<std::uint64_t, Kind> m_kinds; ///< by Event::namesHash
};

} // namespace genscope

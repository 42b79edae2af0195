// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/eventsource.h"
#include "core/event.h"
#include "core/result.h"

#include <cstdint>
#include <functional>
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
    void addEvent(const Event &event) { count(event, 1); }
    /// Takes back what addEvent() counted, now or in another import.
    void removeEvent(const Event &event) { count(event, -1); }
    /// Makes a name known without counting it.
    void addName(PropertyPath::Scope scope, std::string_view groupType, std::string_view name);
    /// Adds what was counted since the last call to the store's `property` table. @error Database
    Status save(const Connection &connection);

    using Visit = std::function<void(PropertyPath::Scope scope, std::string_view groupType,
                                     std::string_view name, std::int64_t count)>;
    /// Tells every name with what was counted since the last save().
    void forEach(const Visit &visit);
    /// Adds what another one counted.
    void add(PropertyCounter &other);
    /// Bounds the memory that counting takes, where save() is never called.
    void settle();

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

    void count(const Event &event, std::int64_t events);
    Counts::value_type &entry(PropertyPath::Scope scope, std::string_view groupType, std::string_view name);
    void readNames(const Event &event, Kind &kind);

    Counts m_counts;
    std::unordered_map<std::uint64_t, Kind> m_kinds; ///< by Event::namesHash
};

} // namespace genscope

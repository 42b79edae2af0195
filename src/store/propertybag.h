// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>

namespace genscope {

/// How a value of a person's or group's property became known.
enum class PropertyOrigin : std::uint8_t {
    SetOnce, ///< `$set_once`: holds only where nothing else is known, and then the earliest does
    Carried, ///< in the person_properties of an event
    Set,     ///< `$set`, `$group_set`, a row of a persons export
    Deleted, ///< marks when the person was deleted
};

/// The newest known properties of a person or group, property by property. What it holds does not depend on
/// the order in which values arrive: newer beats older by event timestamp; at one timestamp `$set` beats what
/// the event carries, and then the greater bytes win. Of a deleted person nothing counts that is not newer.
class PropertyBag
{
public:
    /// The property that says when a person was deleted.
    static constexpr std::string_view kDeletedAt = "$deleted_at";

    /// @return whether anything changed
    bool apply(std::string_view name, std::string_view json, std::int64_t timestampUs, PropertyOrigin origin);
    /// Every member of a JSON object.
    bool applyObject(std::string_view json, std::int64_t timestampUs, PropertyOrigin origin);
    bool apply(const PropertyBag &other);
    /// Forgets what was known at @p timestampUs, and does not take it in again.
    bool markDeleted(std::int64_t timestampUs);

    /// True if applying those values would change nothing.
    bool covers(std::string_view json, std::int64_t timestampUs, PropertyOrigin origin) const;

    bool empty() const { return m_values.empty(); }
    /// The value of a property as JSON; empty if it is not known.
    std::string_view value(std::string_view name) const;
    template<typename Visit>
    void forEachName(const Visit &visit) const
    {
        for (const auto &entry : m_values)
            visit(std::string_view(entry.first));
    }
    /// `{"plan":"pro","seats":28}`, sorted by name.
    std::string toJson() const;
    /// When and how each value became known: `{"plan":[1748822655463000,1],...}` (microseconds and
    /// PropertyOrigin), or only the number of microseconds if all were carried by one event.
    std::string timesToJson() const;
    /// From toJson() and timesToJson(). What cannot be read is left out.
    static PropertyBag fromJson(std::string_view properties, std::string_view times);

private:
    struct Value
    {
        std::string json;
        std::int64_t timestampUs = 0;
        PropertyOrigin origin = PropertyOrigin::Carried;
    };
    static bool beats(const Value &a, const Value &b);
    bool apply(std::string_view name, Value value);
    void forgetUntil(std::int64_t timestampUs);

    static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::min();

    std::map<std::string, Value, std::less<>> m_values;
    std::int64_t m_deletedUs = kNever;
};

} // namespace genscope

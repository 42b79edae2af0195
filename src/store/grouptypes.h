// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/event.h"
#include "core/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace genscope {

class Connection;

/// The group types of a store, each with the slot that its keys have in the columns: first seen, first slot.
/// Events name a type (`$groups`), or only PostHog's index of it (`$group_0`): then it is the type that was
/// seen with that index, else one called `group_<index>` until its name is known.
class GroupTypes
{
public:
    /// @error Database
    static Result<GroupTypes> load(const Connection &connection);

    /// The slot of a group's type, taken if it is new; nothing if all slots are taken.
    std::optional<int> slotOf(const GroupKey &group);
    /// The same of a type that is known already.
    std::optional<int> knownSlotOf(const GroupKey &group) const;
    std::vector<std::string> names() const; ///< by slot
    /// Provisional names that gave way to real ones since the last call, with their slots.
    std::vector<std::pair<std::string, int>> takeRenamed() { return std::exchange(m_renamed, {}); }

    /// Writes what is new since the last call. @error Database
    Status saveNew(const Connection &connection);

private:
    struct Type
    {
        std::string name;
        int index = -1; ///< PostHog's, -1 if not known
        bool saved = false;
    };
    std::optional<int> slotNamed(std::string_view name) const;
    std::optional<int> slotIndexed(int index) const;
    std::optional<int> take(std::string name, int index);

    std::vector<Type> m_types;
    std::vector<std::pair<std::string, int>> m_renamed;
};

} // namespace genscope

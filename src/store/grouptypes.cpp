// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/grouptypes.h"

#include "analytics/dictionary.h"
#include "store/connection.h"
#include "store/rows.h"

namespace genscope {

namespace {

std::string provisionalName(int index)
{
    return "group_" + std::to_string(index);
}

} // namespace

Result<GroupTypes> GroupTypes::load(const Connection &connection)
{
    GroupTypes loaded;
    const Status read = forEachRow(connection, "SELECT name, group_index FROM group_type ORDER BY slot",
                                   [&loaded](const Statement &row) {
                                       const int index =
                                           row.isNull(1) ? -1 : static_cast<int>(row.integer(1));
                                       loaded.m_types.push_back({std::string(row.bytes(0)), index, true});
                                   });
    if (!read)
        return read.error();
    return loaded;
}

std::optional<int> GroupTypes::slotOf(const GroupKey &group)
{
    if (group.type.empty()) {
        if (const auto known = slotIndexed(group.index))
            return known;
        return take(provisionalName(group.index), group.index);
    }
    if (const auto known = slotNamed(group.type)) {
        Type &type = m_types[static_cast<std::size_t>(*known)];
        if (type.index < 0 && group.index >= 0 && !slotIndexed(group.index)) {
            type.index = group.index;
            type.saved = false;
        }
        return known;
    }
    if (const auto indexed = slotIndexed(group.index)) {
        Type &type = m_types[static_cast<std::size_t>(*indexed)];
        if (type.name == provisionalName(group.index)) {
            m_renamed.emplace_back(std::exchange(type.name, group.type), *indexed);
            type.saved = false;
            return indexed;
        }
        return take(group.type, -1);
    }
    return take(group.type, group.index);
}

std::optional<int> GroupTypes::knownSlotOf(const GroupKey &group) const
{
    return group.type.empty() ? slotIndexed(group.index) : slotNamed(group.type);
}

std::vector<std::string> GroupTypes::names() const
{
    std::vector<std::string> names;
    for (const Type &type : m_types)
        names.push_back(type.name);
    return names;
}

Status GroupTypes::saveNew(const Connection &connection)
{
    for (std::size_t slot = 0; slot < m_types.size(); ++slot) {
        Type &type = m_types[slot];
        if (type.saved)
            continue;
        Result<Statement> upsert =
            connection.prepare("INSERT INTO group_type (slot, name, group_index) VALUES (?1, ?2, ?3)"
                               " ON CONFLICT (slot) DO UPDATE SET name = ?2, group_index = ?3");
        if (!upsert)
            return upsert.error();
        upsert->bind(1, static_cast<std::int64_t>(slot));
        upsert->bindText(2, type.name);
        if (type.index >= 0)
            upsert->bind(3, std::int64_t{type.index});
        if (const Status done = upsert->run(); !done)
            return done;
        type.saved = true;
    }
    return Done{};
}

std::optional<int> GroupTypes::slotNamed(std::string_view name) const
{
    for (std::size_t slot = 0; slot < m_types.size(); ++slot) {
        if (m_types[slot].name == name)
            return static_cast<int>(slot);
    }
    return std::nullopt;
}

std::optional<int> GroupTypes::slotIndexed(int index) const
{
    for (std::size_t slot = 0; slot < m_types.size(); ++slot) {
        if (index >= 0 && m_types[slot].index == index)
            return static_cast<int>(slot);
    }
    return std::nullopt;
}

std::optional<int> GroupTypes::take(std::string name, int index)
{
    if (m_types.size() >= kMaxGroupTypes)
        return std::nullopt;
    m_types.push_back({std::move(name), index, false});
    return static_cast<int>(m_types.size()) - 1;
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/columns.h"
#include "analytics/dictionary.h"
#include "core/timestamp.h"

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace genscope {

/// All events of a store at one moment, as columns. Row numbers are the store's insertion order and never
/// change. Immutable; a newer snapshot shares the segments that did not change. @thread any
class Snapshot
{
public:
    Snapshot() = default;
    Snapshot(std::vector<std::shared_ptr<const Segment>> segments,
             std::array<DictionaryView, kDictFieldCount> dictionaries, std::vector<std::string> groupTypes,
             std::vector<std::pair<std::uint32_t, std::uint32_t>> distinctToPerson);

    std::size_t rows() const { return m_rows; }
    std::size_t segmentCount() const { return m_segments.size(); }
    const Segment &segment(std::size_t index) const { return *m_segments[index]; }
    const std::vector<std::shared_ptr<const Segment>> &segments() const { return m_segments; }
    const DictionaryView &dictionary(DictField field) const
    {
        return m_dictionaries[static_cast<std::size_t>(field)];
    }
    /// Names of the group types, by slot, first seen first.
    const std::vector<std::string> &groupTypes() const { return m_groupTypes; }

    std::int64_t intAt(std::size_t row, IntField field) const;
    double realAt(std::size_t row, RealField field) const;
    const Uuid &uuidAt(std::size_t row) const;
    /// The text of a dictionary field of a row; empty where missing.
    std::string_view textAt(std::size_t row, IntField field) const;

    std::size_t memoryBytes() const;
    std::optional<Timestamp> firstTimestamp() const;
    std::optional<Timestamp> lastTimestamp() const;

    /// The user of each event. Users are persons: person_id where the event or another event of its
    /// distinct_id has one, else distinct_id. Made on first use, then shared. @thread any
    struct Users
    {
        std::vector<std::uint32_t>
            keyOfDistinctId; ///< DistinctId code -> user key, for events without person_id
        std::vector<std::uint32_t> keyOfPersonId; ///< PersonId code -> user key
        /// user key -> the DistinctId code seen first (smallest timestamp, then bytes); key 0 is nobody
        std::vector<std::uint32_t> distinctIdOfKey;
    };
    const Users &users() const;

private:
    struct Derived;
    std::vector<std::shared_ptr<const Segment>> m_segments;
    std::array<DictionaryView, kDictFieldCount> m_dictionaries;
    std::vector<std::string> m_groupTypes;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_distinctToPerson;
    std::size_t m_rows = 0;
    std::shared_ptr<Derived> m_derived;
};

/// What a committed batch changed: segments by index (new, or replaced), and the grown dictionaries.
struct SnapshotUpdate
{
    std::vector<std::pair<std::size_t, std::shared_ptr<const Segment>>> segments;
    std::array<DictionaryView, kDictFieldCount> dictionaries;
    std::vector<std::string> groupTypes;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> distinctToPerson; ///< codes, newest known
};

/// The snapshot after @p update. Cheap: unchanged segments are shared. @thread any
std::shared_ptr<const Snapshot> applyUpdate(const Snapshot &base, const SnapshotUpdate &update);

} // namespace genscope

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

struct SnapshotUpdate;

/// All events of a store at one moment, as columns. Row numbers are the store's insertion order and never
/// change. Immutable; a newer snapshot shares the segments that did not change. @thread any
class Snapshot
{
public:
    Snapshot(); ///< no events
    Snapshot(std::vector<std::shared_ptr<const Segment>> segments,
             std::array<DictionaryView, kDictFieldCount> dictionaries, std::vector<std::string> groupTypes,
             std::vector<std::pair<std::uint32_t, std::uint32_t>> distinctToPerson,
             std::optional<std::int64_t> pricedWith = std::nullopt);

    std::size_t rows() const { return m_rows; }
    std::size_t segmentCount() const { return m_segments.size(); }
    const Segment &segment(std::size_t index) const { return *m_segments[index]; }
    const std::vector<std::shared_ptr<const Segment>> &segments() const { return m_segments; }
    const Segment &segmentOf(std::size_t row) const { return *m_segments[row / Segment::kRows]; }
    const DictionaryView &dictionary(DictField field) const
    {
        return m_dictionaries[static_cast<std::size_t>(field)];
    }
    /// The fingerprint of the price book that all its costs were made with, if it was one.
    const std::optional<std::int64_t> &pricedWith() const { return m_pricedWith; }
    /// Names of the group types, by slot, first seen first.
    const std::vector<std::string> &groupTypes() const { return m_groupTypes; }

    std::int64_t intAt(std::size_t row, IntField field) const
    {
        return segmentOf(row).ints(field).at(row % Segment::kRows);
    }
    double realAt(std::size_t row, RealField field) const
    {
        return segmentOf(row).reals(field).at(row % Segment::kRows);
    }
    const Uuid &uuidAt(std::size_t row) const { return segmentOf(row).uuid(row % Segment::kRows); }
    /// The facts of a row: for the few, as it reads every column.
    FactRow rowAt(std::size_t row) const { return segmentOf(row).row(row % Segment::kRows); }
    /// The text of a dictionary field of a row; empty where missing.
    std::string_view textAt(std::size_t row, IntField field) const;

    /// The same events with other costs: segments of the same rows, and the dictionaries of their price rows.
    std::shared_ptr<const Snapshot> withCosts(std::vector<std::shared_ptr<const Segment>> segments,
                                              DictionaryView costModels, DictionaryView costProviders) const;

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

        std::uint32_t keyCount() const { return static_cast<std::uint32_t>(distinctIdOfKey.size()); }
        /// The user of an event with these codes and flags; 0 for anonymous events.
        std::uint32_t keyOf(std::uint32_t distinctId, std::uint32_t personId, std::int64_t flags) const
        {
            if ((flags & AnonymousFlag) != 0)
                return 0;
            return personId != 0 ? keyOfPersonId[personId] : keyOfDistinctId[distinctId];
        }
    };
    const Users &users() const;
    /// The DistinctId code's person (a PersonId code), as the store knows it; 0 if it has none.
    std::uint32_t knownPersonOf(std::uint32_t distinctId) const
    {
        return distinctId < m_personOfDistinctId.size() ? m_personOfDistinctId[distinctId] : 0;
    }

private:
    friend std::shared_ptr<const Snapshot> applyUpdate(const Snapshot &base, const SnapshotUpdate &update);
    struct Derived;
    void setPersons(const std::vector<std::pair<std::uint32_t, std::uint32_t>> &distinctToPerson);
    void finish();

    std::vector<std::shared_ptr<const Segment>> m_segments;
    std::array<DictionaryView, kDictFieldCount> m_dictionaries;
    std::vector<std::string> m_groupTypes;
    std::optional<std::int64_t> m_pricedWith;
    std::vector<std::uint32_t> m_personOfDistinctId; ///< DistinctId code -> PersonId code
    std::size_t m_rows = 0;
    std::shared_ptr<Derived> m_derived;
};

/// What a committed batch changed: segments by index (new, or replaced), and the grown dictionaries.
struct SnapshotUpdate
{
    std::vector<std::pair<std::size_t, std::shared_ptr<const Segment>>> segments;
    std::array<DictionaryView, kDictFieldCount> dictionaries;
    std::vector<std::string> groupTypes;
    /// (DistinctId code, PersonId code): at least those that are new or changed.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> distinctToPerson;
    std::optional<std::int64_t> pricedWith; ///< as Snapshot::pricedWith(), after it
};

/// True if @p update follows on @p base: no segment is missing between them. False if @p base is older than
/// what the update was made from.
bool continues(const Snapshot &base, const SnapshotUpdate &update);

/// The snapshot after @p update, which continues @p base. Cheap: unchanged segments are shared. @thread any
std::shared_ptr<const Snapshot> applyUpdate(const Snapshot &base, const SnapshotUpdate &update);

} // namespace genscope

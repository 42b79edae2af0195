// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/columns.h"
#include "ingest/normalise.h"
#include "pricing/pricebook.h"
#include "store/blockreader.h"
#include "store/eventtable.h"
#include "store/grouptypes.h"
#include "store/profilecheck.h"
#include "store/storeddictionaries.h"
#include "store/verifyreport.h"

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace genscope {

/// What all checking threads read.
struct CheckContext
{
    QString storePath;
    std::shared_ptr<const PriceBook> prices;
    bool comparePrices = true;
    const StoredDictionaries *dictionaries = nullptr; ///< indexed; null if damaged
    const GroupTypes *groupTypes = nullptr;
};

/// Rows of the `event` table that follow each other, with their copies and their segment.
struct EventChunk
{
    std::vector<StoredEvent> events;
    std::vector<std::pair<std::int64_t, EventOrigin>> copies; ///< row and origin, by row
    std::shared_ptr<const Segment> segment;                   ///< null if damaged
};

/// What is counted of a store while its events are checked.
struct CheckCounts
{
    std::int64_t events = 0;
    std::unordered_map<std::int64_t, std::int64_t> recordsOfBlock;
    std::unordered_map<std::int64_t, std::int64_t> newOfSource; ///< events that came first from there
    ProblemList problems;

    void add(const CheckCounts &other);
};

/// Compares rows of the `event` table with the original bytes, and the columns with the rows.
/// @thread one; several at the same time with one context
class EventCheck
{
public:
    explicit EventCheck(const CheckContext &context);
    /// @error Database
    Status open();

    /// @error Database if the store cannot be read at all; what is wrong in it is a problem
    Result<CheckCounts> check(const EventChunk &chunk);
    /// Properties counted so far.
    PropertyCounter &names() { return m_names; }

private:
    void compareColumns(const StoredEvent &stored, const EventChunk &chunk);
    std::optional<KeptEvent> read(const StoredEvent &stored, const EventOrigin &origin);
    std::optional<Event> parse(const StoredEvent &stored, const KeptEvent &kept);
    void compareFacts(const StoredEvent &stored, const Event &event);
    void compareValue(const StoredEvent &stored, IntField field, std::int64_t expected);
    Status checkEvent(const StoredEvent &stored,
                      std::span<const std::pair<std::int64_t, EventOrigin>> copies);
    void checkUnion(const StoredEvent &stored, const std::string &current,
                    const std::vector<std::pair<std::int64_t, std::string>> &captured);
    std::string words(const StoredEvent &stored) const;
    std::string valueWords(IntField field, std::int64_t value) const;

    const CheckContext &m_context;
    std::unique_ptr<Connection> m_connection;
    std::unique_ptr<ProfileCheck> m_profiles;
    BlockCache m_cache{6};
    EventParser m_parser;
    PropertyCounter m_names;
    CheckCounts m_counts; ///< of the chunk that is being checked
};

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/event.h"
#include "core/result.h"
#include "ingest/normalise.h"
#include "store/blockwriter.h"
#include "store/connection.h"
#include "store/eventtable.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace genscope {

/// What to put in the place of a kept event.
struct UnitedEvent
{
    std::optional<Event> event; ///< nothing: the kept one already holds everything
    EventOrigin origin;
};

/// What the store keeps of a copy: an event, or content of one. @error Parse
Result<Event> parseKept(EventParser &parser, const KeptEvent &kept);

/// A captured copy of an event.
struct CapturedCopy
{
    std::int64_t rawHash = 0;
    std::string_view raw;
};
/// What the copies of one event say together; the same whatever order they are given in. @error Parse
Result<std::string> uniteCopies(std::vector<CapturedCopy> copies);

/// The captured copies of one event that differ. The `event` table refers to what they say together: one of
/// them if it holds everything, else a united JSON made of all. Whatever else was captured is kept in
/// `event_copy`, so that the result is the same in whatever order copies come, and none is lost.
class EventCopies
{
public:
    EventCopies(const Connection &connection, BlockWriter &blocks, const EventTable::Known &known)
        : m_connection(connection), m_blocks(blocks), m_known(known)
    {
    }

    /// Whether these very bytes were kept before. @error Database
    Result<bool> contains(std::int64_t rawHash) const;
    /// Adds a copy that is not contained. @error Database, Parse
    Result<UnitedEvent> unite(const Event &copy, std::uint64_t rawHash, std::int64_t source,
                              EventParser &parser);

private:
    struct Copy
    {
        EventOrigin origin; ///< place.block 0: the new one, not in the store yet
        KeptEvent kept;
    };
    Result<std::vector<Copy>> captured() const;
    Status keepAside(const EventOrigin &origin);
    Status takeBack(std::int64_t rawHash);

    const Connection &m_connection;
    BlockWriter &m_blocks;
    EventTable::Known m_known;
};

} // namespace genscope

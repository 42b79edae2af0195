// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/knownhashes.h"

#include "core/event.h"
#include "store/connection.h"
#include "store/rows.h"

#include <bit>

namespace genscope {

KnownHashes::KnownHashes(std::size_t count) : m_slots(std::bit_ceil(count + count / 2 + 2)) {}

Result<KnownHashes> KnownHashes::load(const Connection &connection, bool allEvents)
{
    const Result<std::int64_t> events = connection.integer("SELECT max(id) FROM event");
    if (!events)
        return events.error();
    const Result<std::int64_t> copies = connection.integer("SELECT count(*) FROM event_copy");
    if (!copies)
        return copies.error();
    Result<Statement> select = connection.prepare(
        "SELECT raw_hash FROM event WHERE united IS NULL AND (?1 OR kind <> ?2 OR trace > 0)"
        " UNION ALL SELECT raw_hash FROM event_copy WHERE captured");
    if (!select)
        return select.error();
    select->bind(1, std::int64_t{allEvents ? 1 : 0});
    select->bind(2, static_cast<std::int64_t>(EventKind::Other));
    KnownHashes hashes(static_cast<std::size_t>(*events + *copies));
    const Status read = forEachRow(*select, [&hashes](const Statement &row) {
        hashes.insert(static_cast<std::uint64_t>(row.integer(0)));
    });
    if (!read)
        return read.error();
    return hashes;
}

bool KnownHashes::contains(std::uint64_t hash) const
{
    if (hash == 0)
        return false;
    std::size_t slot = hash & (m_slots.size() - 1);
    while (m_slots[slot] != 0 && m_slots[slot] != hash)
        slot = (slot + 1) & (m_slots.size() - 1);
    return m_slots[slot] == hash;
}

void KnownHashes::insert(std::uint64_t hash)
{
    if (contains(hash) || hash == 0)
        return;
    std::size_t slot = hash & (m_slots.size() - 1);
    while (m_slots[slot] != 0)
        slot = (slot + 1) & (m_slots.size() - 1);
    m_slots[slot] = hash;
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/eventtable.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace genscope {

/// Inserts rows into the `event` table on a thread of its own: SQLite takes as long for that as everything
/// else takes that only one thread can do in an import. Between insert() and settle() nobody else may use the
/// table's connection.
/// @thread one, besides its own
class EventInserter
{
public:
    explicit EventInserter(EventTable &table);
    /// Drops the rows that are not inserted yet.
    ~EventInserter();
    EventInserter(const EventInserter &) = delete;
    EventInserter &operator=(const EventInserter &) = delete;

    /// As EventTable::insert(), but an error may be that of a row before. @error Database
    Status insert(std::int64_t row, const FactRow &facts, const EventOrigin &origin);
    /// Waits until every row is in the table, so that the connection may be used. @error Database
    Status settle();

private:
    static constexpr std::size_t kRows = 256; ///< handed over at once
    static constexpr std::size_t kMostWaiting = 16;
    using Rows = std::vector<StoredEvent>;

    void work();
    Status insertAll(const Rows &rows);

    EventTable &m_table;
    Rows m_filling;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Rows> m_waiting;
    bool m_inserting = false;
    bool m_closing = false;
    Status m_state = Done{}; ///< after an error nothing more is inserted
    std::thread m_thread;
};

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/eventinserter.h"

#include <utility>

namespace genscope {

EventInserter::EventInserter(EventTable &table) : m_table(table), m_thread([this] { work(); }) {}

EventInserter::~EventInserter()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

Status EventInserter::insert(std::int64_t row, const FactRow &facts, const EventOrigin &origin)
{
    m_filling.push_back({row, facts, origin});
    if (m_filling.size() < kRows)
        return Done{};
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_waiting.size() < kMostWaiting; });
    m_waiting.push_back(std::exchange(m_filling, {}));
    const Status state = m_state;
    lock.unlock();
    m_changed.notify_all();
    m_filling.reserve(kRows);
    return state;
}

Status EventInserter::settle()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_waiting.empty() && !m_inserting; });
    if (!m_state)
        return m_state;
    // The few that are left here, now that the connection is this thread's: where one event in two is a copy,
    // waiting for the other thread each time would take longer than what it does.
    m_state = insertAll(m_filling);
    m_filling.clear();
    return m_state;
}

Status EventInserter::insertAll(const Rows &rows)
{
    for (const StoredEvent &row : rows) {
        if (const Status inserted = m_table.insert(row.row, row.facts, row.origin); !inserted)
            return inserted;
    }
    return Done{};
}

void EventInserter::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_closing || !m_waiting.empty(); });
        if (m_closing)
            return;
        const Rows rows = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_inserting = true;
        const bool good = m_state.ok();
        lock.unlock();
        m_changed.notify_all();
        const Status inserted = good ? insertAll(rows) : Status(Done{});
        lock.lock();
        if (!inserted)
            m_state = inserted;
        m_inserting = false;
        m_changed.notify_all();
    }
}

} // namespace genscope

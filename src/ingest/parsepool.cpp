// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/parsepool.h"

#include <chrono>

namespace genscope {

ParsePool::ParsePool(int threads, KnownText isKnown)
    : m_capacity(static_cast<std::size_t>(threads) * 2 + 2), m_isKnown(std::move(isKnown))
{
    m_threads.reserve(static_cast<std::size_t>(threads));
    for (int i = 0; i < threads; ++i)
        m_threads.emplace_back([this] { work(); });
}

ParsePool::~ParsePool()
{
    stop();
    for (auto &thread : m_threads)
        thread.join();
}

bool ParsePool::add(Task task)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock,
                   [this] { return m_stopped || m_added - m_taken < static_cast<std::int64_t>(m_capacity); });
    if (m_stopped)
        return false;
    m_waiting.emplace_back(m_added++, std::move(task));
    m_changed.notify_all();
    return true;
}

void ParsePool::finish()
{
    const std::lock_guard lock(m_mutex);
    m_finished = true;
    m_changed.notify_all();
}

std::optional<ParsePool::Done> ParsePool::take(int milliseconds)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, std::chrono::milliseconds(milliseconds),
                       [this] { return m_done.contains(m_taken) || (m_finished && m_taken == m_added); });
    const auto next = m_done.find(m_taken);
    if (next == m_done.end())
        return std::nullopt;
    Done done = std::move(next->second);
    m_done.erase(next);
    ++m_taken;
    m_changed.notify_all();
    return done;
}

bool ParsePool::drained() const
{
    const std::lock_guard lock(m_mutex);
    return m_finished && m_taken == m_added;
}

void ParsePool::stop()
{
    const std::lock_guard lock(m_mutex);
    m_stopped = true;
    m_changed.notify_all();
}

void ParsePool::work()
{
    EventParser parser;
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_stopped || !m_waiting.empty(); });
        if (m_stopped)
            return;
        auto [number, task] = std::move(m_waiting.front());
        m_waiting.pop_front();
        lock.unlock();
        ParsedChunk parsed;
        if (task.format)
            parsed = task.format->parse(task.chunk, parser, m_isKnown);
        task.chunk = {};
        lock.lock();
        m_done.emplace(number, Done{std::move(task), std::move(parsed)});
        m_changed.notify_all();
    }
}

} // namespace genscope

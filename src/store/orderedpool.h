// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace genscope {

/// Works tasks off on all cores and answers them in the order they were added. The owner bounds memory by how
/// many it lets be under way:
///
///     for (Task &task : tasks) {
///         pool.add(std::move(task));
///         if (pool.isFull())
///             use(pool.take());
///     }
///     while (pool.underWay() > 0)
///         use(pool.take());
///
/// @thread add(), take() and the rest on one; the work on several
template<typename Task, typename Answer>
class OrderedPool
{
public:
    using Work = std::function<Answer(Task &&task)>;

    /// @param makeWork  called on each thread, for what a thread needs of its own: a connection, a parser
    explicit OrderedPool(const std::function<Work()> &makeWork)
    {
        const std::size_t threads = std::max(1u, std::thread::hardware_concurrency());
        m_most = threads + 2;
        for (std::size_t i = 0; i < threads; ++i)
            m_threads.emplace_back([this, makeWork] { run(makeWork()); });
    }
    /// Drops what is not begun, and waits for the rest.
    ~OrderedPool()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_closing = true;
        }
        m_changed.notify_all();
    }
    OrderedPool(const OrderedPool &) = delete;
    OrderedPool &operator=(const OrderedPool &) = delete;

    void add(Task task)
    {
        auto slot = std::make_shared<Slot>();
        slot->task = std::move(task);
        {
            const std::lock_guard lock(m_mutex);
            m_slots.push_back(slot);
            m_toDo.push_back(std::move(slot));
        }
        m_changed.notify_all();
    }
    std::size_t underWay() const { return m_slots.size(); }
    bool isFull() const { return underWay() >= m_most; }
    /// The answer to the oldest task; waits for it. Something must be under way.
    Answer take()
    {
        std::unique_lock lock(m_mutex);
        const std::shared_ptr<Slot> slot = m_slots.front();
        m_changed.wait(lock, [&slot] { return slot->answer.has_value(); });
        m_slots.pop_front();
        return std::move(*slot->answer);
    }

private:
    struct Slot
    {
        Task task;
        std::optional<Answer> answer;
    };

    void run(const Work &work)
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            m_changed.wait(lock, [this] { return m_closing || !m_toDo.empty(); });
            if (m_closing)
                return;
            const std::shared_ptr<Slot> slot = std::move(m_toDo.front());
            m_toDo.pop_front();
            lock.unlock();
            Answer answer = work(std::move(slot->task));
            lock.lock();
            slot->answer.emplace(std::move(answer));
            m_changed.notify_all();
        }
    }

    std::size_t m_most = 0;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::shared_ptr<Slot>> m_slots; ///< added and not taken; touched by the owner's thread only
    std::deque<std::shared_ptr<Slot>> m_toDo;
    bool m_closing = false;
    std::vector<std::jthread> m_threads; ///< joined first
};

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingest/dumpformat.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace genscope {

/// Parses chunks on several threads and hands them back in the order they were added. At most a few chunks
/// are between add() and take(), which bounds memory.
class ParsePool
{
public:
    /// A chunk to parse, and what the taker needs to know about it. Without a format there is nothing to
    /// parse; if it is not the last of a file either, it only says something about one.
    struct Task
    {
        QString source; ///< the file's path, or `archive.zip/path/inside`
        const DumpFormat *format = nullptr;
        Chunk chunk;
        std::int64_t bytesRead = 0; ///< of the file since the task before
        bool lastOfFile = false;
        QString note;       ///< about the file
        QString damage;     ///< one reject about the whole file
        QString unreadable; ///< why the file could not be read (on)
    };
    struct Done
    {
        Task task; ///< without its bytes
        ParsedChunk parsed;
    };

    ParsePool(int threads, KnownText isKnown);
    ~ParsePool(); ///< stops and joins
    ParsePool(const ParsePool &) = delete;
    ParsePool &operator=(const ParsePool &) = delete;

    /// Waits while too much is under way. @return false if stopped. @thread the reading one
    bool add(Task task);
    /// Nothing more will be added.
    void finish();
    /// The next chunk in order. @return nothing if it is not parsed after @p milliseconds
    std::optional<Done> take(int milliseconds);
    /// True if everything that was added has been taken, and finish() was called.
    bool drained() const;
    void stop();
    const std::atomic<bool> &stopped() const { return m_stopped; }

private:
    void work();

    const std::size_t m_capacity;
    const KnownText m_isKnown;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::pair<std::int64_t, Task>> m_waiting;
    std::map<std::int64_t, Done> m_done;
    std::int64_t m_added = 0;
    std::int64_t m_taken = 0;
    bool m_finished = false;
    std::atomic<bool> m_stopped{false};
    std::vector<std::thread> m_threads;
};

} // namespace genscope

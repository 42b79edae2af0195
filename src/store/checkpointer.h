// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace genscope {

class Connection;

/// Copies committed batches from the log into the store, over a connection and on a thread of its own: a
/// writer that did it would wait for the disk twice, once for the log and once for the store. What it does
/// not get done is left to SQLite, which copies the rest when the log has become long and at the end.
/// @thread one, besides its own
class Checkpointer
{
public:
    explicit Checkpointer(const QString &storePath);
    ~Checkpointer();
    Checkpointer(const Checkpointer &) = delete;
    Checkpointer &operator=(const Checkpointer &) = delete;

    /// There is a new batch. Does not wait for anything.
    void tellCommitted();

private:
    void work();
    void copy(const Connection &connection);

    const QString m_storePath;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_committed = false; ///< something since the last copy()
    bool m_closing = false;
    std::thread m_thread;
};

} // namespace genscope

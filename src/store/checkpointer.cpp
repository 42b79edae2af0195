// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/checkpointer.h"

#include "store/connection.h"

#include <sqlite3.h>

#include <utility>

namespace genscope {

Checkpointer::Checkpointer(const QString &storePath) : m_storePath(storePath), m_thread([this] { work(); }) {}

Checkpointer::~Checkpointer()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

void Checkpointer::tellCommitted()
{
    {
        const std::lock_guard lock(m_mutex);
        m_committed = true;
    }
    m_changed.notify_all();
}

void Checkpointer::work()
{
    Result<std::unique_ptr<Connection>> connection = Error();
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_closing || m_committed; });
        if (m_closing)
            return;
        m_committed = false;
        lock.unlock();
        if (!connection)
            connection = Connection::open(m_storePath, Connection::Access::Write);
        if (connection)
            copy(**connection);
        lock.lock();
    }
}

void Checkpointer::copy(const Connection &connection)
{
    // PASSIVE waits for nobody. Whatever keeps it from copying, a reader or a full disk, the batch is safe in
    // the log.
    sqlite3_wal_checkpoint_v2(connection.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/storeaccess.h"

#include "store/writelock.h"

#include <QFileInfo>

#include <utility>

namespace genscope {

namespace {

constexpr int kLookMs = 1000;

} // namespace

StoreAccess::StoreAccess(QObject *parent) : QObject(parent)
{
    m_timer.setInterval(kLookMs);
    connect(&m_timer, &QTimer::timeout, this, &StoreAccess::look);
}

void StoreAccess::watch(const QString &storePath, const FileState &read)
{
    if (storePath != m_path) {
        release();
        m_path = storePath;
        const QFileInfo file(m_path);
        if (file.isWritable() && QFileInfo(file.absolutePath()).isWritable()) {
            // By its real name, so that links to one store are one store.
            m_lock = std::make_unique<QLockFile>(file.canonicalFilePath() + QStringLiteral(".window"));
        }
    }
    noteRead(read);
    tryLock();
    m_timer.start();
}

void StoreAccess::release()
{
    m_timer.stop();
    m_lock.reset();
    m_path.clear();
    if (!std::exchange(m_reason, {}).isEmpty())
        Q_EMIT changed();
}

void StoreAccess::look()
{
    if (m_lock && !m_lock->isLocked())
        tryLock();
    const FileState now = stateOf(m_path);
    if (now == m_read)
        return;
    m_read = now;
    Q_EMIT storeWritten();
}

void StoreAccess::tryLock()
{
    if (m_lock && !m_lock->isLocked())
        (void)tryLockFile(*m_lock, std::chrono::milliseconds(0));
    const QString reason = m_lock && m_lock->isLocked() ? QString() : whyNot();
    if (std::exchange(m_reason, reason) != reason)
        Q_EMIT changed();
}

QString StoreAccess::whyNot() const
{
    if (!m_lock || m_lock->error() != QLockFile::LockFailedError)
        return tr("The store cannot be written: its file or folder is read-only.");
    qint64 process = 0;
    QString host;
    QString program;
    if (!m_lock->getLockInfo(&process, &host, &program))
        return tr("The store is open in another Genscope.");
    return tr("The store is open in another Genscope (process %1 on %2).").arg(process).arg(host);
}

StoreAccess::FileState StoreAccess::stateOf(const QString &storePath)
{
    const QFileInfo file(storePath);
    FileState state;
    state.size = file.size();
    state.modified = file.lastModified();
    // Readers make and remove an empty log.
    const QFileInfo log(storePath + QStringLiteral("-wal"));
    if (log.exists() && log.size() > 0) {
        state.logSize = log.size();
        state.logModified = log.lastModified();
    }
    return state;
}

} // namespace genscope

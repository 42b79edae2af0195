// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/writelock.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>

#include <chrono>

namespace genscope {

namespace {

constexpr qint64 kSignFadesMs = 3000; // one who was killed while it waited does not count for longer

QString wantedPath(const QString &storePath)
{
    return storePath + QStringLiteral(".wanted");
}

QString editPath(const QString &storePath)
{
    return storePath + QStringLiteral(".edit");
}

/// The sign beside a store that somebody waits for it: a file whose time is kept current, and that goes with
/// the one who waits.
class WaitingSign
{
public:
    explicit WaitingSign(const QString &path) : m_file(path) {}
    ~WaitingSign()
    {
        if (m_file.isOpen())
            m_file.remove();
    }
    Q_DISABLE_COPY_MOVE(WaitingSign)

    static bool isUp(const QString &path)
    {
        const QFileInfo sign(path);
        return sign.exists() && sign.lastModified().msecsTo(QDateTime::currentDateTime()) < kSignFadesMs;
    }
    void renew()
    {
        if (!m_file.isOpen() || !m_file.exists()) { // another who waited may have taken it away
            m_file.close();
            if (!m_file.open(QIODevice::WriteOnly))
                return; // then the one who holds the store does not know, and lets go when it is done
        }
        m_file.setFileTime(QDateTime::currentDateTimeUtc(), QFileDevice::FileModificationTime);
    }

private:
    QFile m_file;
};

} // namespace

bool isWantedByOthers(const QString &storePath)
{
    return WaitingSign::isUp(wantedPath(storePath));
}

bool isEditWaiting(const QString &storePath)
{
    return WaitingSign::isUp(editPath(storePath));
}

Status beginEditing(const Connection &connection, const WriterWait &wait, const StopToken &stop)
{
    WaitingSign sign(editPath(connection.path()));
    sign.renew(); // at once: the lock is free for an instant only
    WriterWait asking = wait;
    asking.whileWaiting = [&] {
        sign.renew();
        if (wait.whileWaiting)
            wait.whileWaiting();
    };
    return connection.beginWriting(asking, stop);
}

bool tryLockFile(QLockFile &lock, std::chrono::milliseconds patience)
{
    constexpr int kSecondsToSayWho = 5; // for a program that was just about to
    lock.setStaleLockTime(0);           // only a lock whose program is gone is stale, however old it is
    if (lock.tryLock(static_cast<int>(patience.count())))
        return true;
    qint64 process = 0;
    QString host;
    QString program;
    if (lock.error() != QLockFile::LockFailedError || lock.getLockInfo(&process, &host, &program))
        return false;
    const QDateTime made = QFileInfo(lock.fileName()).lastModified();
    return made.isValid() && made.secsTo(QDateTime::currentDateTime()) > kSecondsToSayWho &&
           lock.removeStaleLockFile() && lock.tryLock(0);
}

Result<std::unique_ptr<QLockFile>> lockForWriting(const QString &path, const WriterWait &wait,
                                                  const StopToken &stop)
{
    auto lock = std::make_unique<QLockFile>(path + QStringLiteral(".lock"));
    const auto giveUpAt = std::chrono::steady_clock::now() + wait.patience;
    bool told = false;
    WaitingSign sign(wantedPath(path));
    while (!tryLockFile(*lock, std::chrono::milliseconds(100))) {
        if (lock->error() == QLockFile::UnknownError)
            return makeError(Error::Kind::Io,
                             QCoreApplication::translate("Store", "%1: cannot be written: no space left, or "
                                                                  "its drive is gone.")
                                 .arg(path));
        if (lock->error() != QLockFile::LockFailedError)
            return makeError(Error::Kind::Io,
                             QCoreApplication::translate("Store", "%1: cannot be written: its folder does "
                                                                  "not exist or is not writable.")
                                 .arg(path));
        if (std::chrono::steady_clock::now() >= giveUpAt)
            return makeError(Error::Kind::Io,
                             QCoreApplication::translate("Store", "%1: another program is still writing to "
                                                                  "this store. Try again when it is done.")
                                 .arg(path));
        if (stop.stopRequested())
            return makeError(Error::Kind::Cancelled, QCoreApplication::translate("Store", "Cancelled."));
        sign.renew();
        if (!told && wait.onWaiting)
            wait.onWaiting(QCoreApplication::translate("Store",
                                                       "%1: another program is writing to this store; "
                                                       "waiting.")
                               .arg(path));
        told = true;
    }
    return lock;
}

} // namespace genscope

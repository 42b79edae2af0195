// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/filereplacement.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <sqlite3.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <thread>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <unistd.h>
#endif

namespace genscope {

namespace {

Error fileError(const QString &path)
{
    return makeError(Error::Kind::Io,
                     QStringLiteral("%1: %2").arg(path, QString::fromLocal8Bit(strerror(errno))));
}

/// Makes what was written to a file, or to the list of a folder, survive a power cut.
Status makeDurable(const QString &path)
{
#ifdef Q_OS_UNIX
    const int file = open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return fileError(path);
    const int synced = fsync(file);
    const Status done = synced == 0 ? Status(Done{}) : Status(fileError(path));
    close(file);
    return done;
#else
    Q_UNUSED(path)
    return Done{};
#endif
}

} // namespace

FileReplacement::FileReplacement(const Connection &old, const WriterWait &wait, const StopToken &stop)
    : m_old(old), m_wait(wait), m_stop(stop)
{
}

FileReplacement::~FileReplacement()
{
    m_old.rollback();
}

Status FileReplacement::begin()
{
    return m_old.beginWriting(m_wait, m_stop);
}

/// Ends WAL mode, which only the last one who has the file open can.
Status FileReplacement::foldInLog()
{
    const auto giveUpAt = std::chrono::steady_clock::now() + m_wait.patience;
    bool told = false;
    for (;;) {
        Result<Statement> mode = m_old.prepare("PRAGMA journal_mode = DELETE");
        if (!mode)
            return mode.error();
        const Result<bool> row = mode->step();
        if (row && *row && mode->bytes(0) == "delete")
            return Done{};
        const int code = sqlite3_errcode(m_old.handle()) & 0xff;
        if (!row && code != SQLITE_BUSY && code != SQLITE_LOCKED)
            return row.error();
        if (m_stop.stopRequested())
            return makeError(Error::Kind::Cancelled, QCoreApplication::translate("Store", "Cancelled."));
        if (std::chrono::steady_clock::now() >= giveUpAt)
            return makeError(Error::Kind::Io,
                             QCoreApplication::translate("Store", "%1: another program still has this store "
                                                                  "open. Close it there and try again.")
                                 .arg(m_old.path()));
        if (!std::exchange(told, true) && m_wait.onWaiting)
            m_wait.onWaiting(
                QCoreApplication::translate("Store", "%1: another program has this store open; waiting.")
                    .arg(m_old.path()));
        mode->reset();
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

Status FileReplacement::finish(const QString &newFile, bool keepOld)
{
    const QString path = m_old.path();
    QFile::setPermissions(newFile, QFileInfo(path).permissions());
    if (const Status synced = makeDurable(newFile); !synced)
        return synced;
    const Result<std::int64_t> version = m_old.integer("PRAGMA data_version");
    m_old.rollback(); // the mode cannot be changed inside of a transaction
    if (const Status folded = foldInLog(); !folded)
        return folded;
    if (sqlite3_exec(m_old.handle(), "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr) != SQLITE_OK || !version ||
        *version != *m_old.integer("PRAGMA data_version"))
        return makeError(Error::Kind::Io,
                         QCoreApplication::translate("Store", "%1: another program wrote to this store "
                                                              "meanwhile. Try again.")
                             .arg(path));
    if (keepOld) {
        if (const Status kept = keep(); !kept)
            return kept;
    }
    if (std::rename(QFile::encodeName(newFile).constData(), QFile::encodeName(path).constData()) != 0)
        return fileError(path);
    return makeDurable(QFileInfo(path).absolutePath());
}

Status FileReplacement::keep()
{
    const QString path = m_old.path();
    m_keptOld = path + QStringLiteral(".damaged");
    for (int number = 2; QFileInfo::exists(m_keptOld); ++number)
        m_keptOld = QStringLiteral("%1.damaged%2").arg(path).arg(number);
#ifdef Q_OS_UNIX
    if (link(QFile::encodeName(path).constData(), QFile::encodeName(m_keptOld).constData()) == 0)
        return Done{};
#endif
    if (QFile::copy(path, m_keptOld)) // a file system without links
        return Done{};
    return makeError(Error::Kind::Io,
                     QCoreApplication::translate("Store", "%1: the damaged store could not be kept as %2.")
                         .arg(path, m_keptOld));
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QLockFile>
#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>

namespace genscope {

/// Whether a window may change the store that it shows. The first window on a store holds `STORE.window`;
/// others, and windows on a file that cannot be written, only read. Once the first one is gone another takes
/// its place. A window that crashed holds nothing. The command line is not kept out: its writers and a
/// window's take turns batch by batch.
///
/// Also notices that another program wrote to the store.
/// @thread GUI
class StoreAccess final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StoreAccess)
public:
    /// What tells that a store was written to. @thread any
    struct FileState
    {
        qint64 size = 0;
        qint64 logSize = 0;
        QDateTime modified;
        QDateTime logModified;
        bool operator==(const FileState &) const = default;
    };
    static FileState stateOf(const QString &storePath);

    explicit StoreAccess(QObject *parent = nullptr);

    /// Looks after that store, and lets go of the one before. @param read  the state before it was read
    void watch(const QString &storePath, const FileState &read);
    void release();

    bool isReadOnly() const { return !m_reason.isEmpty(); }
    /// Why the store cannot be changed, as a sentence; empty if it can.
    const QString &reason() const { return m_reason; }
    void noteRead(const FileState &read) { m_read = read; }

Q_SIGNALS:
    void changed();      ///< isReadOnly() or reason()
    void storeWritten(); ///< since noteRead(), by whomever

private:
    void look();
    void tryLock();
    QString whyNot() const;

    QString m_path;
    std::unique_ptr<QLockFile> m_lock; ///< null if the file cannot be written
    QString m_reason;
    FileState m_read;
    QTimer m_timer;
};

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "ingest/importreport.h"
#include "store/importer.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QThreadPool>

#include <vector>

namespace genscope {

/// Imports dumps into a store, one request after the other.
/// @thread GUI; importing happens on a thread of its own, which lets the GUI go before it
class ImportQueue final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ImportQueue)
public:
    explicit ImportQueue(QObject *parent = nullptr);
    ~ImportQueue() override; ///< cancels, and waits for the thread

    /// Starts importing, or queues the files behind what runs.
    void add(const QString &store, const QStringList &paths);
    bool isRunning() const { return m_running; }
    /// Ends the running import behind its last whole batch and forgets what is queued.
    void cancel();

Q_SIGNALS:
    void started(const QStringList &paths);
    void progressed(const genscope::Progress &progress, const genscope::ImportReport &soFar);
    void committed(const QString &store, const genscope::SnapshotUpdate &update);
    void ended(const QString &store, const genscope::Result<genscope::ImportReport> &report);
    void notice(const QString &message);

private:
    struct Request
    {
        QString store;
        QStringList paths;
    };
    void start(const Request &request);
    void finish(const QString &store, const Result<ImportReport> &report);

    std::vector<Request> m_waiting;
    bool m_running = false;
    StopToken m_stop;
    QThreadPool m_thread;
};

} // namespace genscope

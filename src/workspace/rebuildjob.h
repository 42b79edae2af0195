// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/stoptoken.h"
#include "store/rebuild.h"

#include <QObject>
#include <QString>
#include <QThreadPool>

namespace genscope {

/// Rebuilds a store on a worker. One at a time.
/// @thread GUI
class RebuildJob final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RebuildJob)
public:
    explicit RebuildJob(QObject *parent = nullptr);
    ~RebuildJob() override; ///< stops it, which leaves the store as it was

    bool isRunning() const { return m_running; }
    /// Does nothing while one is running.
    void start(const QString &storePath);
    void cancel() { m_stop.requestStop(); }

Q_SIGNALS:
    void started(const QString &storePath);
    void progressed(std::int64_t eventsDone, std::int64_t eventsTotal);
    void waiting(const QString &message); ///< for another program
    void finished(const QString &storePath, const genscope::RebuildReport &report);
    void failed(const QString &storePath, const genscope::Error &error);

private:
    void end(const QString &storePath, const Result<RebuildReport> &report);

    bool m_running = false;
    StopToken m_stop;
    QThreadPool m_pool; ///< destroyed first: joins the worker
};

} // namespace genscope

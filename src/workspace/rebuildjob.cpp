// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/rebuildjob.h"

#include <memory>

namespace genscope {

RebuildJob::RebuildJob(QObject *parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

RebuildJob::~RebuildJob()
{
    m_stop.requestStop();
    m_pool.waitForDone();
}

void RebuildJob::start(const QString &storePath)
{
    if (m_running)
        return;
    m_running = true;
    m_stop = StopToken();
    RebuildOptions options;
    options.wait.onWaiting = [this](const QString &message) {
        QMetaObject::invokeMethod(
            this, [this, message] { Q_EMIT waiting(message); }, Qt::QueuedConnection);
    };
    options.onProgress = [this](std::int64_t done, std::int64_t total) {
        QMetaObject::invokeMethod(
            this, [this, done, total] { Q_EMIT progressed(done, total); }, Qt::QueuedConnection);
    };
    Q_EMIT started(storePath);
    m_pool.start([this, storePath, options, stop = m_stop] {
        auto report = std::make_shared<Result<RebuildReport>>(rebuildStore(storePath, options, stop));
        QMetaObject::invokeMethod(
            this, [this, storePath, report] { end(storePath, *report); }, Qt::QueuedConnection);
    });
}

void RebuildJob::end(const QString &storePath, const Result<RebuildReport> &report)
{
    m_running = false;
    if (report)
        Q_EMIT finished(storePath, *report);
    else
        Q_EMIT failed(storePath, report.error());
}

} // namespace genscope

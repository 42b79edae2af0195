// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/importqueue.h"

#include <memory>
#include <utility>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace genscope {

namespace {

/// Lets the GUI thread go before this one, and before the threads that this one starts: on Linux they inherit
/// it.
void yieldToTheGui()
{
#ifdef Q_OS_LINUX
    constexpr int kNice = 10;
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kNice);
#endif
}

} // namespace

ImportQueue::ImportQueue(QObject *parent) : QObject(parent)
{
    m_thread.setMaxThreadCount(1);
}

ImportQueue::~ImportQueue()
{
    cancel();
    m_thread.waitForDone();
}

void ImportQueue::add(const QString &store, const QStringList &paths)
{
    if (m_running)
        m_waiting.push_back({store, paths});
    else
        start({store, paths});
}

void ImportQueue::cancel()
{
    m_stop.requestStop();
    m_waiting.clear();
}

void ImportQueue::start(const Request &request)
{
    m_running = true;
    m_stop = StopToken();
    auto soFar = std::make_shared<ImportReport>(); // only touched by the importing thread

    ImportOptions options;
    options.onWaiting = [this](const QString &message) {
        QMetaObject::invokeMethod(
            this, [this, message] { Q_EMIT notice(message); }, Qt::QueuedConnection);
    };
    options.onProgress = [this, soFar](const Progress &progress) {
        QMetaObject::invokeMethod(
            this, [this, progress, report = *soFar] { Q_EMIT progressed(progress, report); },
            Qt::QueuedConnection);
    };
    options.onCommit = [this, soFar, store = request.store](const SnapshotUpdate &update,
                                                            const ImportReport &report) {
        *soFar = report;
        QMetaObject::invokeMethod(
            this, [this, store, update] { Q_EMIT committed(store, update); }, Qt::QueuedConnection);
    };
    Q_EMIT started(request.paths);
    m_thread.start([this, request, options, stop = m_stop] {
        yieldToTheGui();
        auto report =
            std::make_shared<Result<ImportReport>>(importDumps(request.store, request.paths, options, stop));
        QMetaObject::invokeMethod(
            this, [this, store = request.store, report] { finish(store, *report); }, Qt::QueuedConnection);
    });
}

void ImportQueue::finish(const QString &store, const Result<ImportReport> &report)
{
    m_running = false;
    Q_EMIT ended(store, report);
    if (m_running || m_waiting.empty()) // a listener may have started another
        return;
    const Request next = std::move(m_waiting.front());
    m_waiting.erase(m_waiting.begin());
    start(next);
}

} // namespace genscope

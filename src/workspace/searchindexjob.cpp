// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/searchindexjob.h"

#include "store/searchindex.h"
#include "workspace/workspace.h"

#include <algorithm>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace genscope {

namespace {

constexpr int kPauseMs = 60'000; // each time the index is read and written as a whole
constexpr auto kTellAfter = std::chrono::milliseconds(500);
constexpr auto kTellEvery = std::chrono::milliseconds(100);

/// Lets everything else go before this thread, and before those that it starts: on Linux they inherit it.
void goLast()
{
#ifdef Q_OS_LINUX
    constexpr int kNice = 19;
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kNice);
#endif
}

} // namespace

SearchIndexJob::SearchIndexJob(Workspace *workspace, QObject *parent)
    : QObject(parent), m_workspace(workspace)
{
    m_pool.setMaxThreadCount(1);
    m_delay.setSingleShot(true);
    connect(&m_delay, &QTimer::timeout, this, &SearchIndexJob::start);
    connect(workspace, &Workspace::opened, this, [this] {
        m_stop.requestStop(); // of the store before
        m_delay.stop();
        m_sinceEnd.invalidate();
        m_resting = false;
    });
    connect(workspace, &Workspace::closed, this, [this] {
        m_stop.requestStop();
        m_delay.stop();
        m_asked.reset();
    });
    connect(workspace, &Workspace::importStarted, this, [this] { m_stop.requestStop(); });
    connect(workspace, &Workspace::accessChanged, this, &SearchIndexJob::wait);
    connect(workspace, &Workspace::selectionChanged, this, &SearchIndexJob::wait);
}

SearchIndexJob::~SearchIndexJob()
{
    m_stop.requestStop();
    m_pool.waitForDone();
}

void SearchIndexJob::cancel()
{
    m_resting = true;
    m_stop.requestStop();
}

void SearchIndexJob::wait()
{
    if (!m_workspace->isOpen() || m_workspace->isReadOnly() || m_resting ||
        m_workspace->selection()->stored == m_asked || m_delay.isActive())
        return;
    const qint64 pause = m_sinceEnd.isValid() ? kPauseMs - m_sinceEnd.elapsed() : 0;
    m_delay.start(std::max(m_delayMs, static_cast<int>(std::max<qint64>(pause, 0))));
}

void SearchIndexJob::start()
{
    if (!m_workspace->isOpen() || m_workspace->isReadOnly() || m_resting)
        return;
    if (m_running || m_workspace->isImporting()) {
        m_delay.start(m_delayMs); // later
        return;
    }
    m_asked = m_workspace->selection()->stored;
    m_running = true;
    m_stop = StopToken();
    SearchIndexOptions options;
    using Clock = std::chrono::steady_clock;
    options.onProgress = [this, next = Clock::now() + kTellAfter](std::int64_t done,
                                                                  std::int64_t total) mutable {
        if (Clock::now() < next)
            return;
        next = Clock::now() + kTellEvery;
        QMetaObject::invokeMethod(
            this,
            [this, done, total] {
                if (m_running)
                    Q_EMIT progressed(done, total);
            },
            Qt::QueuedConnection);
    };
    m_pool.start([this, store = m_workspace->storePath(), options, stop = m_stop] {
        goLast();
        const auto report = updateSearchIndex(store, options, stop);
        const bool complete = report.ok() || report.error().kind == Error::Kind::Cancelled;
        QMetaObject::invokeMethod(
            this, [this, complete] { end(complete); }, Qt::QueuedConnection);
    });
}

void SearchIndexJob::end(bool complete)
{
    m_running = false;
    m_sinceEnd.start();
    m_resting = m_resting || !complete;
    Q_EMIT ended();
    wait(); // more may have come
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/listener.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

namespace genscope {

namespace {

constexpr int kLookMs = 150;
constexpr int kColumnsMs = 300; ///< views are made from columns

/// What two commits changed, the later one last, as one change.
void append(SnapshotUpdate &update, const SnapshotUpdate &later)
{
    if (later.segments.empty())
        return; // the store was let go
    for (const auto &segment : later.segments) {
        const auto known = std::find_if(update.segments.begin(), update.segments.end(),
                                        [&segment](const auto &has) { return has.first == segment.first; });
        if (known == update.segments.end())
            update.segments.push_back(segment);
        else
            known->second = segment.second;
    }
    update.dictionaries = later.dictionaries;
    update.groupTypes = later.groupTypes;
    update.pricedWith = later.pricedWith;
    update.distinctToPerson.insert(update.distinctToPerson.end(), later.distinctToPerson.begin(),
                                   later.distinctToPerson.end());
}

} // namespace

struct Listener::Commits
{
    std::mutex mutex;
    std::optional<SnapshotUpdate> update;

    void add(const SnapshotUpdate &later)
    {
        const std::lock_guard lock(mutex);
        if (!update)
            update.emplace();
        append(*update, later);
    }
    std::optional<SnapshotUpdate> take()
    {
        const std::lock_guard lock(mutex);
        return std::exchange(update, std::nullopt);
    }
};

Listener::Listener(Workspace *workspace, QObject *parent) : QObject(parent), m_workspace(workspace)
{
    m_pool.setMaxThreadCount(1);
    m_timer.setInterval(kLookMs);
    connect(&m_timer, &QTimer::timeout, this, &Listener::look);
    const auto leaveOtherStore = [this] {
        if (m_workspace->storePath() != m_store)
            stop();
    };
    connect(m_workspace, &Workspace::opened, this, leaveOtherStore);
    connect(m_workspace, &Workspace::closed, this, leaveOtherStore);
}

Listener::~Listener()
{
    m_stop.requestStop();
    m_pool.waitForDone();
}

void Listener::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

void Listener::start(CaptureServer::Options options)
{
    if (m_state != State::Off || !m_workspace->isOpen() || m_workspace->isReadOnly())
        return;
    m_store = m_workspace->storePath();
    m_stop = StopToken();
    m_status = {};
    m_commits = std::make_shared<Commits>();
    options.writer.onCommit = [commits = m_commits](const SnapshotUpdate &update, const ImportReport &) {
        commits->add(update);
    };
    options.writer.columnsEvery = std::chrono::milliseconds(kColumnsMs);
    options.wait.onWaiting = [this](const QString &message) {
        QMetaObject::invokeMethod(
            this, [this, message] { Q_EMIT notice(message); }, Qt::QueuedConnection);
    };
    setState(State::Starting);
    m_pool.start([this, options, store = m_store, stop = m_stop] {
        auto made = CaptureServer::start(store, options, stop);
        auto server = std::make_shared<Result<std::shared_ptr<CaptureServer>>>(
            made ? Result<std::shared_ptr<CaptureServer>>(std::shared_ptr<CaptureServer>(std::move(*made)))
                 : Result<std::shared_ptr<CaptureServer>>(made.error()));
        QMetaObject::invokeMethod(
            this, [this, server, stop] { started(*server, stop); }, Qt::QueuedConnection);
    });
}

void Listener::started(const Result<std::shared_ptr<CaptureServer>> &server, const StopToken &stop)
{
    if (!server) {
        setState(State::Off);
        if (server.error().kind != Error::Kind::Cancelled)
            Q_EMIT failed(server.error());
        return;
    }
    m_server = *server;
    m_address = m_server->address();
    m_workspace->setLive(true);
    m_timer.start();
    setState(State::Listening);
    if (stop.stopRequested()) // meanwhile
        this->stop();
}

void Listener::look()
{
    if (const auto update = m_commits->take())
        m_workspace->takeCommit(m_store, *update);
    if (!m_server)
        return;
    m_status = m_server->status();
    Q_EMIT statusChanged();
}

void Listener::stop()
{
    m_stop.requestStop();
    if (m_state != State::Listening)
        return;
    setState(State::Stopping);
    m_pool.start([this, server = m_server] {
        const auto status = std::make_shared<CaptureStatus>(server->stop());
        QMetaObject::invokeMethod(
            this,
            [this, status] {
                m_timer.stop();
                look(); // the last commits
                m_server.reset();
                m_status = *status;
                m_status.eventsPerSecond = 0;
                m_address.clear();
                m_workspace->setLive(false);
                setState(State::Off);
                Q_EMIT statusChanged();
            },
            Qt::QueuedConnection);
    });
}

} // namespace genscope

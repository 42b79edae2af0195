// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/puller.h"

#include "core/zone.h"
#include "store/synctable.h"

#include <QPointer>

#include <algorithm>
#include <memory>
#include <utility>

namespace genscope {

namespace {

using namespace std::chrono_literals;

constexpr auto kAfterOpening = 5s; ///< what is shown first comes first

} // namespace

Puller::Puller(Workspace *workspace, KeyRing &ring, QObject *parent)
    : QObject(parent), m_workspace(workspace), m_ring(ring)
{
    m_pool.setMaxThreadCount(1);
    m_sidePool.setMaxThreadCount(2);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { sync(By::Schedule); });
    connect(m_workspace, &Workspace::opened, this, &Puller::lookAtStore);
    connect(m_workspace, &Workspace::closed, this, &Puller::leaveStore);
    connect(m_workspace, &Workspace::accessChanged, this, &Puller::schedule);
}

Puller::~Puller()
{
    m_stop.requestStop();
    m_testStop.requestStop();
    m_quit.requestStop();
    m_pool.waitForDone();
    m_sidePool.waitForDone();
}

// --- The store

void Puller::leaveStore()
{
    m_stop.requestStop();
    m_timer.stop();
    m_store.clear();
    forgetProject();
    Q_EMIT changed();
}

void Puller::forgetProject()
{
    m_project.reset();
    m_key.clear();
    m_sessionOnly = false;
    m_since.reset();
    m_lastFailure.clear();
    m_state = {};
}

/// Which project is the opened store pulled from?
void Puller::lookAtStore()
{
    if (m_store == m_workspace->storePath())
        return;
    leaveStore();
    m_store = m_workspace->storePath();
    m_sidePool.start([this, store = m_store] {
        const auto states = std::make_shared<Result<std::vector<SyncState>>>(loadSyncStates(store));
        const auto take = [this, store, states] {
            if (store != m_store || m_project || !*states || (*states)->empty())
                return;
            const SyncState &newest = (*states)->front();
            const auto project =
                remoteProjectOf(QString::fromStdString(newest.host), QString::fromStdString(newest.project));
            if (!project)
                return;
            m_project = *project;
            m_state = newest;
            schedule();
            Q_EMIT changed();
        };
        QMetaObject::invokeMethod(this, take, Qt::QueuedConnection);
    });
}

// --- When

QDateTime Puller::nextRun() const
{
    return m_timer.isActive() ? QDateTime::currentDateTime().addMSecs(m_timer.remainingTime()) : QDateTime();
}

RequestBudget::Use Puller::budget() const
{
    return m_project ? RequestBudget::of(m_project->hostText(), m_project->id)->use() : RequestBudget::Use();
}

void Puller::setInterval(std::chrono::minutes interval)
{
    m_interval = interval;
    schedule();
    Q_EMIT changed();
}

/// An interval after the last attempt, whoever made it.
void Puller::schedule()
{
    m_timer.stop();
    if (!m_project || m_interval.count() <= 0 || m_syncing || m_workspace->isReadOnly())
        return;
    const auto since = m_state.lastAttempt
                           ? std::chrono::microseconds(currentTime().us - m_state.lastAttempt->us)
                           : std::chrono::microseconds(m_interval);
    const std::chrono::microseconds left = m_interval - std::max(since, std::chrono::microseconds(0));
    m_timer.start(std::max(std::chrono::duration_cast<std::chrono::milliseconds>(left),
                           std::chrono::milliseconds(kAfterOpening)));
}

// --- Keys

void Puller::keepKey(const RemoteProject &project, const QByteArray &key)
{
    m_key = key;
    const auto written = [self = QPointer<Puller>(this), project](const Status &done) {
        if (!self || self->m_project != project)
            return;
        self->m_sessionOnly = !done;
        if (!done)
            Q_EMIT self->notice(
                tr("%1 The key is kept in memory, until Genscope ends.").arg(done.error().message));
        Q_EMIT self->changed();
    };
    m_ring.write(project, key, written);
}

void Puller::withKey(const RemoteProject &project,
                     const std::function<void(const Result<QByteArray> &)> &then)
{
    if (m_project == project && !m_key.isEmpty()) {
        then(m_key);
        return;
    }
    m_ring.read(project, [self = QPointer<Puller>(this), store = m_store, project,
                          then](const Result<QByteArray> &key) {
        if (!self || self->m_store != store)
            return;
        if (key && !key->isEmpty()) {
            then(key);
            return;
        }
        const QString why = key ? QString() : QLatin1Char(' ') + key.error().message;
        then(makeError(Error::Kind::Usage,
                       tr("There is no key for project %1 at %2. Connect again and give it.%3")
                           .arg(project.id, project.hostText(), why)));
    });
}

// --- Syncs

void Puller::connectTo(const RemoteProject &project, const QByteArray &key, std::optional<Timestamp> since)
{
    if (!m_workspace->isOpen() || m_workspace->isReadOnly() || m_syncing)
        return;
    m_store = m_workspace->storePath();
    if (m_project != project)
        forgetProject();
    m_project = project;
    m_since = since;
    if (!key.isEmpty())
        keepKey(project, key);
    sync(By::User);
}

void Puller::syncNow()
{
    sync(By::User);
}

void Puller::sync(By by)
{
    if (!m_project || m_syncing || m_workspace->isReadOnly())
        return;
    withKey(*m_project, [this, by, project = *m_project](const Result<QByteArray> &key) {
        if (m_project != project || m_syncing)
            return;
        if (!key) {
            fail(key.error(), by);
            m_timer.stop(); // until somebody gives one
            Q_EMIT changed();
            return;
        }
        m_key = *key;
        start(by);
    });
}

void Puller::start(By by)
{
    m_timer.stop();
    m_syncing = true;
    m_stop = StopToken();
    m_progress = {};
    SyncOptions options;
    options.pace = m_pace;
    options.plan.since = std::exchange(m_since, std::nullopt);
    options.wait.onWaiting = [this](const QString &message) {
        QMetaObject::invokeMethod(
            this, [this, message] { Q_EMIT notice(message); }, Qt::QueuedConnection);
    };
    options.onProgress = [this](const SyncProgress &progress) {
        const auto show = [this, progress] {
            m_progress = progress;
            Q_EMIT changed();
        };
        QMetaObject::invokeMethod(this, show, Qt::QueuedConnection);
    };
    options.onCommit = [this, store = m_store](const SnapshotUpdate &update, const ImportReport &) {
        QMetaObject::invokeMethod(
            this, [this, store, update] { m_workspace->takeCommit(store, update); }, Qt::QueuedConnection);
    };
    m_workspace->setLive(true);
    Q_EMIT changed();
    m_pool.start([this, store = m_store, project = *m_project, key = m_key, options, stop = m_stop, by] {
        const auto report = std::make_shared<SyncReport>(syncProject(store, project, key, options, stop));
        QMetaObject::invokeMethod(
            this, [this, store, report, by] { took(store, *report, by); }, Qt::QueuedConnection);
    });
}

void Puller::took(const QString &store, const SyncReport &report, By by)
{
    m_syncing = false;
    m_workspace->setLive(false);
    if (store == m_store && m_project) {
        const auto state = remoteProjectOf(QString::fromStdString(report.state.host),
                                           QString::fromStdString(report.state.project));
        if (state && m_project->isCurrent() && m_project->host == state->host) { // it has a number now
            m_project = *state;
            keepKey(*state, m_key);
        }
        if (state && *m_project == *state)
            m_state = report.state;
        m_state.lastAttempt = currentTime(); // also where nothing could be noted
        if (!report.error)
            m_lastFailure.clear();
        else if (report.error->kind != Error::Kind::Cancelled)
            fail(*report.error, by);
        for (const QString &text : report.events.notes)
            Q_EMIT notice(text);
    }
    schedule();
    Q_EMIT changed();
}

void Puller::fail(const Error &error, By by)
{
    m_state.lastError = error.message.toStdString();
    if (error.kind == Error::Kind::Network && !m_sessionOnly)
        m_key.clear(); // it may be another one in the key ring meanwhile
    if (by == By::Schedule && m_lastFailure == error.message)
        return;
    m_lastFailure = error.message;
    Q_EMIT failed(error);
}

void Puller::stop()
{
    m_stop.requestStop();
}

void Puller::disconnectFromProject()
{
    if (!m_project)
        return;
    m_stop.requestStop();
    m_timer.stop();
    m_ring.remove(*m_project, [](const Status &) {});
    m_pool.start(
        [this, store = m_store, project = *m_project, quit = m_quit] { // behind a sync that is just ending
            const auto removed = std::make_shared<Status>(
                removeSyncState(store, project.hostText().toStdString(), project.id.toStdString(), quit));
            const auto tell = [this, removed] {
                if (!*removed && removed->error().kind != Error::Kind::Cancelled)
                    Q_EMIT failed(removed->error());
            };
            QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
        });
    forgetProject();
    Q_EMIT changed();
}

void Puller::test(const RemoteProject &project, const QByteArray &key)
{
    m_testStop.requestStop(); // the newest counts
    m_testStop = StopToken();
    const auto ask = [this, project](const Result<QByteArray> &found) {
        if (!found) {
            ConnectionTest test;
            test.problem = found.error().message;
            Q_EMIT tested(test);
            return;
        }
        m_sidePool.start([this, project, key = *found, stop = m_testStop] {
            const ConnectionTest test = testConnection(project, key, stop);
            const auto tell = [this, test, stop] {
                if (!stop.stopRequested())
                    Q_EMIT tested(test);
            };
            QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
        });
    };
    if (key.isEmpty())
        withKey(project, ask);
    else
        ask(key);
}

} // namespace genscope

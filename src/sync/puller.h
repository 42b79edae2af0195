// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "core/stoptoken.h"
#include "sync/connectiontest.h"
#include "sync/keyring.h"
#include "sync/remoteproject.h"
#include "sync/syncrun.h"
#include "workspace/workspace.h"

#include <QDateTime>
#include <QThreadPool>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>

namespace genscope {

/// The project that the open store is pulled from: syncs on demand and on a schedule while the store is open,
/// shows the workspace what comes, and knows how far it is. Keys are in the key ring; where there is none, in
/// memory until the program ends.
/// @thread GUI; syncs and tests run on others
class Puller final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Puller)
public:
    explicit Puller(Workspace *workspace, KeyRing &ring, QObject *parent = nullptr);
    ~Puller() override; ///< stops, and waits for it

    /// Pulls that project into the open store from now on, and at once. @p key goes to the key ring; empty:
    /// the one that is kept for the project. @p since: how far back.
    void connectTo(const RemoteProject &project, const QByteArray &key, std::optional<Timestamp> since);
    void syncNow();
    void stop();
    /// Pulls no more and forgets the key. Events stay.
    void disconnectFromProject();
    /// Asks the project a few small questions with that key, or the kept one; then tested().
    void test(const RemoteProject &project, const QByteArray &key);

    const std::optional<RemoteProject> &project() const { return m_project; }
    bool isSyncing() const { return m_syncing; }
    const SyncProgress &progress() const { return m_progress; }
    /// As of the last sync that this window knows of.
    const SyncState &state() const { return m_state; }
    /// Requests of this process to the project in the last hour, and how many it allows itself.
    RequestBudget::Use budget() const;
    /// When it syncs by itself next; invalid: only on demand.
    QDateTime nextRun() const;
    std::chrono::minutes interval() const { return m_interval; }
    /// Zero: only on demand.
    void setInterval(std::chrono::minutes interval);
    /// The pulling ends with the program, because the key is in memory only.
    bool hasKeyForSessionOnly() const { return m_sessionOnly; }
    /// Pauses of syncs, as in SyncOptions; for tests.
    void setPace(double pace) { m_pace = pace; }

Q_SIGNALS:
    void changed(); ///< project, state, progress or schedule
    void tested(const genscope::ConnectionTest &test);
    /// A sync came to nothing. One that began by itself does not say the same again.
    void failed(const genscope::Error &error);
    void notice(const QString &message);

private:
    enum class By { User, Schedule };
    void lookAtStore();
    void leaveStore();
    void forgetProject();
    void sync(By by);
    /// Calls @p then with the kept key of a project, unless the project or the store changed meanwhile.
    void withKey(const RemoteProject &project, const std::function<void(const Result<QByteArray> &)> &then);
    void start(By by);
    void took(const QString &store, const SyncReport &report, By by);
    void fail(const Error &error, By by);
    void keepKey(const RemoteProject &project, const QByteArray &key);
    void schedule();

    Workspace *m_workspace;
    KeyRing &m_ring;
    QString m_store;
    std::optional<RemoteProject> m_project;
    QByteArray m_key; ///< in memory, for this session
    bool m_sessionOnly = false;
    std::optional<Timestamp> m_since;
    SyncState m_state;
    SyncProgress m_progress;
    bool m_syncing = false;
    QString m_lastFailure; ///< told already
    StopToken m_stop;
    std::chrono::minutes m_interval{15};
    double m_pace = 1;
    QTimer m_timer;
    StopToken m_testStop;
    StopToken m_quit;
    QThreadPool m_pool;     ///< one thread; joined first
    QThreadPool m_sidePool; ///< two: tests, and looks into the store
};

} // namespace genscope

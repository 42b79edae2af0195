// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "core/stoptoken.h"
#include "sync/captureserver.h"
#include "workspace/workspace.h"

#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <memory>

namespace genscope {

/// The capture endpoint of a window: takes what SDKs send into the open store, and shows the workspace what
/// was written. It ends when the store is closed or another is opened.
/// @thread GUI; the endpoint has threads of its own, and is started and stopped on another one
class Listener final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Listener)
public:
    enum class State { Off, Starting, Listening, Stopping };

    explicit Listener(Workspace *workspace, QObject *parent = nullptr);
    ~Listener() override; ///< stops, and waits for it

    /// Listens for the open store; nothing if there is none, it is read-only, or this is not Off. Only where
    /// is taken from @p options, and who may send.
    void start(CaptureServer::Options options);
    void stop();

    State state() const { return m_state; }
    QString address() const { return m_address; } ///< empty unless Listening
    const CaptureStatus &status() const { return m_status; }

Q_SIGNALS:
    void stateChanged();
    void statusChanged();
    void failed(const genscope::Error &error);
    void notice(const QString &message); ///< while it starts: why it takes long

private:
    struct Commits;
    void setState(State state);
    void started(const Result<std::shared_ptr<CaptureServer>> &server, const StopToken &stop);
    void look();

    Workspace *m_workspace;
    State m_state = State::Off;
    QString m_store;
    QString m_address;
    StopToken m_stop;
    CaptureStatus m_status;
    std::shared_ptr<CaptureServer> m_server;
    std::shared_ptr<Commits> m_commits; ///< of the writing thread, since the last look
    QTimer m_timer;
    QThreadPool m_pool; ///< one thread; joined first
};

} // namespace genscope

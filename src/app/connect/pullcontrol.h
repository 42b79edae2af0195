// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "app/messagebar.h"
#include "sync/remoteproject.h"

#include <QByteArray>
#include <QPointer>

#include <functional>
#include <optional>

class QSettings;
class QWidget;

namespace genscope {

class ConnectDialog;
class DocumentController;
class KeyRing;
class MainActions;
class Puller;
class StatusLine;
class Workspace;

/// The window's side of pulling: its actions, its job and its place in the status line, and the dialog.
class PullControl final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PullControl)
public:
    struct Parts
    {
        Workspace *workspace = nullptr;
        DocumentController *documents = nullptr;
        const MainActions *actions = nullptr;
        StatusLine *status = nullptr;
        QSettings *settings = nullptr;
        KeyRing *keyRing = nullptr; ///< null: that of the session
    };
    PullControl(const Parts &parts, QWidget *window);

    Puller *puller() const { return m_puller; }
    /// That the open store is pulled from.
    const std::optional<RemoteProject> &project() const;
    /// The dialog, shown; the one that is open already, if there is one.
    ConnectDialog *showDialog();

Q_SIGNALS:
    void messageRaised(const genscope::Message &message);
    void statusRaised(const QString &text);

private:
    void connectTo(const RemoteProject &project, const QByteArray &key, int historyDays);
    void setInterval(int minutes);
    void showState();

    Parts m_parts;
    QWidget *m_window;
    Puller *m_puller;
    QPointer<ConnectDialog> m_dialog;
    std::function<void()> m_onceOpen; ///< when the store that is made for a project is there
};

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog> // before <compare>, which moc of Qt 6.4 cannot read first

#include "sync/connectiontest.h"
#include "sync/remoteproject.h"

#include <optional>

class QComboBox;
class QFormLayout;
class QGroupBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace genscope {

class Puller;
class Workspace;

/// The connection of the open store to a PostHog project: what it is, whether it works, how far the pulling
/// is, and when it goes on. Without an open store it says for which one to make. Does not block.
class ConnectDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectDialog)
public:
    ConnectDialog(Workspace *workspace, Puller *puller, QWidget *parent = nullptr);

    QComboBox *region() const { return m_region; }
    QLineEdit *host() const { return m_host; }
    QLineEdit *project() const { return m_project; }
    QLineEdit *key() const { return m_key; }
    QComboBox *interval() const { return m_interval; }
    QPushButton *testButton() const { return m_test; }
    QPushButton *connectButton() const { return m_connect; }
    QPushButton *disconnectButton() const { return m_disconnect; }
    QString answer() const; ///< about the connection
    QString status() const; ///< about the pulling

Q_SIGNALS:
    /// Pull that into the open store, or a new one. @p key is empty where the kept one is meant.
    void connectRequested(const genscope::RemoteProject &project, const QByteArray &key, int historyDays);
    void intervalChosen(int minutes); ///< 0: only on demand

private:
    QWidget *makeForm();
    void fillForm(QFormLayout &rows);
    QWidget *makeStatus();
    void showOwnHost();
    void setHost(const RemoteProject &project);
    void takeAddress();
    std::optional<RemoteProject> typedProject();
    QByteArray typedKey() const;
    enum class Tone { Plain, Problem };
    void say(const QString &text, Tone tone);
    void testConnection();
    void connectToProject();
    void showTested(const ConnectionTest &test);
    void showState();

    Workspace *m_workspace;
    Puller *m_puller;
    QFormLayout *m_rows = nullptr;
    QComboBox *m_region = nullptr;
    QLineEdit *m_host = nullptr;
    QLineEdit *m_project = nullptr;
    QLineEdit *m_key = nullptr;
    QComboBox *m_since = nullptr;
    QLabel *m_answer = nullptr;
    QPushButton *m_test = nullptr;
    QPushButton *m_connect = nullptr;
    QGroupBox *m_statusBox = nullptr;
    QLabel *m_status = nullptr;
    QComboBox *m_interval = nullptr;
    QPushButton *m_sync = nullptr;
    QPushButton *m_disconnect = nullptr;
};

} // namespace genscope

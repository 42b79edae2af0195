// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget> // before <compare>, which moc of Qt 6.4 cannot read first

class QLabel;
class QPushButton;
class QSettings;
class QSpinBox;
class QTableView;

namespace genscope {

class CapturedEventModel;
class CaptureTroubleModel;
class Listener;
class SnippetBox;
class Workspace;

/// The live page: where SDKs send to, how much comes, what came last, and what went wrong.
class ListenPage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ListenPage)
public:
    /// @param settings  outlives the page; remembers the port
    ListenPage(Workspace *workspace, Listener *listener, QSettings *settings, QWidget *parent = nullptr);

    /// Listens on the chosen port, for the open store.
    void startListening();
    QPushButton *startButton() const { return m_start; }
    QSpinBox *portBox() const { return m_port; }
    SnippetBox *snippets() const { return m_snippets; }
    QString stateText() const;
    QString figuresText() const;
    CapturedEventModel *events() const { return m_events; }
    CaptureTroubleModel *troubles() const { return m_troubles; }

private:
    QWidget *makeHead();
    QWidget *makeTables();
    void showState();
    void showStatus();

    Workspace *m_workspace;
    Listener *m_listener;
    QSettings *m_settings;
    QLabel *m_state;
    QLabel *m_figures;
    QPushButton *m_start;
    QSpinBox *m_port;
    SnippetBox *m_snippets;
    CapturedEventModel *m_events;
    CaptureTroubleModel *m_troubles;
    QLabel *m_waiting = nullptr;
    QTableView *m_eventTable = nullptr;
    QWidget *m_troubleBox = nullptr;
};

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/listen/listenpage.h"

#include "app/listen/snippetbox.h"
#include "app/tables/celldelegate.h"
#include "app/tables/tablestyle.h"
#include "charts/theme.h"
#include "core/format.h"
#include "models/capturemodels.h"
#include "sync/listener.h"
#include "workspace/workspace.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace genscope {

namespace {

const QString kPortKey = QStringLiteral("listen/port");

QTableView *makeTable(QAbstractItemModel *model, const QString &name, std::initializer_list<int> widths,
                      QWidget *parent)
{
    auto *table = new QTableView(parent);
    table->setModel(model);
    dressTable(table, name);
    table->setItemDelegate(new CellDelegate(table));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    int column = 0;
    for (const int width : widths)
        table->setColumnWidth(column++, width);
    table->horizontalHeader()->setStretchLastSection(true);
    return table;
}

} // namespace

ListenPage::ListenPage(Workspace *workspace, Listener *listener, QSettings *settings, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_listener(listener),
      m_settings(settings),
      m_state(new QLabel(this)),
      m_figures(new QLabel(this)),
      m_start(new QPushButton(this)),
      m_port(new QSpinBox(this)),
      m_snippets(new SnippetBox(this)),
      m_events(new CapturedEventModel(this)),
      m_troubles(new CaptureTroubleModel(this))
{
    setAccessibleName(tr("Listen for SDKs"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(10);
    layout->addWidget(makeHead());
    layout->addWidget(m_snippets);
    layout->addWidget(makeTables(), 1);

    connect(m_start, &QPushButton::clicked, this, [this] {
        if (m_listener->state() == Listener::State::Off)
            startListening();
        else
            m_listener->stop();
    });
    connect(m_port, &QSpinBox::valueChanged, this, &ListenPage::showState);
    connect(listener, &Listener::stateChanged, this, &ListenPage::showState);
    connect(listener, &Listener::statusChanged, this, &ListenPage::showStatus);
    connect(workspace, &Workspace::opened, this, &ListenPage::showState);
    connect(workspace, &Workspace::accessChanged, this, &ListenPage::showState);
    showState();
    showStatus();
}

QWidget *ListenPage::makeHead()
{
    m_state->setFont(titleFont(font()));
    m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_figures->setForegroundRole(QPalette::PlaceholderText);
    m_port->setRange(1, 65'535);
    m_port->setValue(m_settings->value(kPortKey, CaptureServer::kUsualPort).toInt());
    m_port->setAccessibleName(tr("Port"));
    auto *portName = new QLabel(tr("&Port"), this);
    portName->setBuddy(m_port);

    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_state);
    words->addWidget(m_figures);
    auto *head = new QWidget(this);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->addLayout(words, 1);
    row->addWidget(portName);
    row->addWidget(m_port);
    row->addWidget(m_start);
    return head;
}

QWidget *ListenPage::makeTables()
{
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    auto *latest = new QWidget(splitter);
    auto *latestRows = new QVBoxLayout(latest);
    latestRows->setContentsMargins(0, 0, 0, 0);
    m_waiting = new QLabel(latest);
    m_waiting->setAlignment(Qt::AlignCenter);
    m_waiting->setForegroundRole(QPalette::PlaceholderText);
    m_eventTable = makeTable(m_events, tr("Latest events"), {180, 130, 170, 170, 80, 80, 80, 140}, latest);
    latestRows->addWidget(m_waiting, 1);
    latestRows->addWidget(m_eventTable, 1);

    m_troubleBox = new QWidget(splitter);
    auto *troubleRows = new QVBoxLayout(m_troubleBox);
    troubleRows->setContentsMargins(0, 0, 0, 0);
    auto *title = new QLabel(tr("Errors"), m_troubleBox);
    title->setFont(titleFont(font()));
    troubleRows->addWidget(title);
    troubleRows->addWidget(makeTable(m_troubles, tr("Errors"), {180, 70, 170}, m_troubleBox), 1);
    constexpr int kMostTroubleHeight = 220;
    m_troubleBox->setMaximumHeight(kMostTroubleHeight);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    return splitter;
}

void ListenPage::startListening()
{
    CaptureServer::Options options;
    options.port = static_cast<std::uint16_t>(m_port->value());
    m_settings->setValue(kPortKey, m_port->value());
    m_listener->start(std::move(options));
}

void ListenPage::showState()
{
    const Listener::State state = m_listener->state();
    const bool isOff = state == Listener::State::Off;
    const QString address = state == Listener::State::Listening
                                ? m_listener->address()
                                : QStringLiteral("http://127.0.0.1:%1").arg(m_port->value());
    switch (state) {
    case Listener::State::Off:
        m_state->setText(m_workspace->isReadOnly()
                             ? m_workspace->readOnlyReason()
                             : tr("Not listening. SDKs would send to %1.").arg(address));
        m_start->setText(tr("&Listen"));
        break;
    case Listener::State::Starting:
        m_state->setText(tr("Starting on %1…").arg(address));
        m_start->setText(tr("&Stop"));
        break;
    case Listener::State::Listening:
        m_state->setText(tr("Listening on %1").arg(address));
        m_start->setText(tr("&Stop"));
        break;
    case Listener::State::Stopping:
        m_state->setText(tr("Stopping…"));
        m_start->setText(tr("&Stop"));
        break;
    }
    m_start->setEnabled(state != Listener::State::Stopping && !(isOff && m_workspace->isReadOnly()));
    m_port->setEnabled(isOff);
    m_snippets->setSnippets(sdkSnippets(address));
    m_waiting->setText(isOff ? tr("Press Listen, and give these lines to a program that uses a PostHog SDK.")
                             : tr("Waiting for the first event…"));
}

void ListenPage::showStatus()
{
    const CaptureStatus &status = m_listener->status();
    const QLocale locale;
    m_figures->setText(
        tr("%1 events/s · %2 new · %3 requests · %4 refused · %5 rejected · %6 connections")
            .arg(formatCompact(status.eventsPerSecond, locale), formatCount(status.report.newEvents, locale),
                 formatCount(status.requests, locale), formatCount(status.refused, locale),
                 formatCount(status.report.rejected, locale), formatCount(status.connections, locale)));
    const Zone &zone = m_workspace->scope().zone;
    m_events->setStatus(status, zone);
    m_troubles->setStatus(status, zone);
    m_waiting->setVisible(m_events->rowCount() == 0);
    m_eventTable->setVisible(m_events->rowCount() > 0);
    m_troubleBox->setVisible(m_troubles->rowCount() > 0);
}

QString ListenPage::stateText() const
{
    return m_state->text();
}

QString ListenPage::figuresText() const
{
    return m_figures->text();
}

} // namespace genscope

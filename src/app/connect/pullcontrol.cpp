// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connect/pullcontrol.h"

#include "app/connect/connectdialog.h"
#include "app/connect/pullwords.h"
#include "app/documentcontroller.h"
#include "app/jobarea.h"
#include "app/mainactions.h"
#include "app/statusline.h"
#include "core/zone.h"
#include "sync/puller.h"
#include "workspace/workspace.h"

#include <QAction>
#include <QSettings>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <utility>

namespace genscope {

namespace {

const QString kIntervalKey = QStringLiteral("pull/minutes");
constexpr int kUsualMinutes = 15;
constexpr int kLongestMinutes = 24 * 60;
constexpr int kLookMs = 10'000; ///< how far behind grows

} // namespace

PullControl::PullControl(const Parts &parts, QWidget *window)
    : QObject(window),
      m_parts(parts),
      m_window(window),
      m_puller(new Puller(parts.workspace, parts.keyRing != nullptr ? *parts.keyRing : systemKeyRing(), this))
{
    m_puller->setInterval(std::chrono::minutes(
        std::clamp(parts.settings->value(kIntervalKey, kUsualMinutes).toInt(), 0, kLongestMinutes)));
    connect(parts.actions->connectProject, &QAction::triggered, this, &PullControl::showDialog);
    connect(parts.actions->pullNow, &QAction::triggered, m_puller, &Puller::syncNow);
    connect(parts.status, &StatusLine::pullActivated, this, &PullControl::showDialog);
    connect(parts.status->pullJob(), &JobArea::cancelRequested, m_puller, &Puller::stop);
    connect(parts.documents, &DocumentController::connectingRequested, this, [this] {
        if (const auto connectNow = std::exchange(m_onceOpen, {}))
            connectNow();
    });
    connect(m_puller, &Puller::changed, this, &PullControl::showState);
    connect(m_puller, &Puller::failed, this, [this](const Error &error) {
        Q_EMIT messageRaised(
            {Message::Severity::Error, error.message, {}, tr("Connection…"), [self = QPointer(this)] {
                 if (self)
                     self->showDialog();
             }});
    });
    connect(m_puller, &Puller::notice, this, &PullControl::statusRaised);
    connect(parts.workspace, &Workspace::opened, this, &PullControl::showState);
    connect(parts.workspace, &Workspace::closed, this, &PullControl::showState);
    connect(parts.workspace, &Workspace::accessChanged, this, &PullControl::showState);
    auto *clock = new QTimer(this);
    connect(clock, &QTimer::timeout, this, &PullControl::showState);
    clock->start(kLookMs);
    showState();
}

const std::optional<RemoteProject> &PullControl::project() const
{
    return m_puller->project();
}

ConnectDialog *PullControl::showDialog()
{
    if (!m_dialog) {
        m_dialog = new ConnectDialog(m_parts.workspace, m_puller, m_window);
        connect(m_dialog, &ConnectDialog::connectRequested, this, &PullControl::connectTo);
        connect(m_dialog, &ConnectDialog::intervalChosen, this, &PullControl::setInterval);
    }
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
    return m_dialog;
}

/// Into the open store; without one, a store is made for it first.
void PullControl::connectTo(const RemoteProject &project, const QByteArray &key, int historyDays)
{
    const Timestamp since{currentTime().us - historyDays * kMicrosPerDay};
    if (m_parts.workspace->isOpen()) {
        m_puller->connectTo(project, key, since);
        return;
    }
    m_onceOpen = [this, project, key, since] { m_puller->connectTo(project, key, since); };
    m_parts.documents->openForConnecting(project.isCurrent() ? QString() : project.id);
}

void PullControl::setInterval(int minutes)
{
    m_parts.settings->setValue(kIntervalKey, minutes);
    m_puller->setInterval(std::chrono::minutes(minutes));
}

void PullControl::showState()
{
    const bool canWrite = !m_parts.workspace->isReadOnly();
    const bool isConnected = m_puller->project().has_value();
    m_parts.actions->connectProject->setEnabled(canWrite);
    m_parts.actions->pullNow->setEnabled(canWrite && isConnected && !m_puller->isSyncing());
    JobArea *job = m_parts.status->pullJob();
    if (!m_puller->isSyncing()) {
        job->end();
    } else {
        const QString words = pullingWords(*m_puller);
        if (job->isHidden())
            job->begin(words, true, tr("Stop; what was pulled so far is kept"));
        job->setTitle(words);
        const SyncProgress &progress = m_puller->progress();
        constexpr std::int64_t kSteps = 1000;
        if (progress.historyDone < 1) // of all else nobody knows how much there is
            job->setShare(static_cast<std::int64_t>(progress.historyDone * kSteps), kSteps);
    }
    m_parts.status->setPull(pullSummary(*m_puller), pullFacts(*m_puller, m_parts.workspace->scope().zone));
}

} // namespace genscope

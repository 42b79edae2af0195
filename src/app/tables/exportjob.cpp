// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/exportjob.h"

#include <QDir>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>

namespace genscope {

namespace {

constexpr int kPollMs = 100;
constexpr int kBarSteps = 1'000;

} // namespace

ExportJob::ExportJob(Workspace *workspace, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_bar(new QProgressBar),
      m_cancel(new QPushButton(tr("Cancel"))),
      m_timer(new QTimer(this))
{
    m_bar->setAccessibleName(tr("Export progress"));
    m_bar->setFixedWidth(160);
    m_bar->setTextVisible(false);
    m_cancel->setAccessibleName(tr("Cancel the export"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_bar);
    layout->addWidget(m_cancel);
    hide();
    m_timer->setInterval(kPollMs);
    connect(m_timer, &QTimer::timeout, this, &ExportJob::showProgress);
    connect(m_cancel, &QPushButton::clicked, this, &ExportJob::cancel);
}

ExportJob::~ExportJob()
{
    m_stop.requestStop();
}

void ExportJob::start(ListExport what)
{
    if (m_running)
        return;
    m_running = true;
    m_stop = StopToken();
    m_counters = std::make_shared<Counters>();
    m_bar->setRange(0, 0);
    m_timer->start();
    show();
    const QString path = what.path;
    m_workspace->compute<Result<std::int64_t>>(
        this, QStringLiteral("export"),
        [what = std::move(what), counters = m_counters, stop = m_stop](const Selection &) {
            const auto onProgress = [&counters](std::int64_t done, std::int64_t total) {
                counters->total = total;
                counters->done = done;
            };
            return exportList(what, onProgress, stop);
        },
        [this, path](Result<std::int64_t> written) { end(written, path); });
}

void ExportJob::cancel()
{
    m_stop.requestStop();
}

void ExportJob::showProgress()
{
    const std::int64_t total = m_counters->total;
    if (total == 0)
        return; // still reading columns
    m_bar->setRange(0, kBarSteps);
    m_bar->setValue(static_cast<int>(m_counters->done * kBarSteps / total));
}

void ExportJob::end(const Result<std::int64_t> &written, const QString &path)
{
    m_running = false;
    m_timer->stop();
    hide();
    if (written)
        Q_EMIT finished(true, tr("Wrote %n row(s) to %1.", nullptr, static_cast<int>(*written))
                                  .arg(QDir::toNativeSeparators(path)));
    else
        Q_EMIT finished(false, written.error().message);
}

} // namespace genscope

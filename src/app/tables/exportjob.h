// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/tables/listexport.h"

#include <QWidget>

#include <atomic>
#include <memory>

class QProgressBar;
class QPushButton;
class QTimer;

namespace genscope {

/// A running export with its progress bar and cancel button; hidden while none runs. One at a time.
/// Destroyed, it stops the export.
class ExportJob final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ExportJob)
public:
    explicit ExportJob(Workspace *workspace, QWidget *parent = nullptr);
    ~ExportJob() override;

    bool isRunning() const { return m_running; }
    void start(ListExport what);
    void cancel();

Q_SIGNALS:
    void finished(bool written, const QString &message);

private:
    struct Counters
    {
        std::atomic<std::int64_t> done{0};
        std::atomic<std::int64_t> total{0};
    };
    void showProgress();
    void end(const Result<std::int64_t> &written, const QString &path);

    Workspace *m_workspace;
    QProgressBar *m_bar;
    QPushButton *m_cancel;
    QTimer *m_timer;
    std::shared_ptr<Counters> m_counters;
    StopToken m_stop;
    bool m_running = false;
};

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/progress.h"

class QLabel;
class QProgressBar;
class QToolButton;

namespace genscope {

/// The running job in the status bar: what it does, how far it is, how long it takes, and a way to stop it.
class JobArea final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(JobArea)
public:
    explicit JobArea(QWidget *parent = nullptr);

    /// @param title  such as `Importing events.jsonl`
    /// @param stopHint  what stopping leaves behind
    void begin(const QString &title, bool cancellable, const QString &stopHint = {});
    /// Other words for what it does now.
    void setTitle(const QString &title);
    void setProgress(const Progress &progress);
    /// The same for jobs that know how many events there are.
    void setEvents(std::int64_t done, std::int64_t total);
    /// The same for jobs that only know which part is done.
    void setShare(std::int64_t done, std::int64_t total);
    void end();
    QString text() const;

Q_SIGNALS:
    void cancelRequested();

private:
    QString m_title;
    QLabel *m_label;
    QProgressBar *m_bar;
    QToolButton *m_cancel;
};

/// `120 MB of 1.6 GB, 45,000 events, 38 MB/s, 40 s left`: what is known of it.
QString progressText(const Progress &progress, const QLocale &locale);

} // namespace genscope

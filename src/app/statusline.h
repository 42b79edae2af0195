// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStatusBar>
#include <QTimer>

class QLabel;

namespace genscope {

class JobArea;
class LinkButton;
class Workspace;

/// The status bar of trust: the running job, and what the numbers stand on (rows, store, zone, price book,
/// memory).
class StatusLine final : public QStatusBar
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusLine)
public:
    explicit StatusLine(Workspace *workspace, QWidget *parent = nullptr);

    JobArea *job() const { return m_job; }         ///< the running import
    JobArea *openJob() const { return m_openJob; } ///< the store being opened
    JobArea *pullJob() const { return m_pullJob; } ///< the running pull
    JobArea *rebuildJob() const { return m_rebuildJob; }
    JobArea *indexJob() const { return m_indexJob; }   ///< the search index
    JobArea *reportJob() const { return m_reportJob; } ///< the running report, with a stop of its own
    /// All the texts that are shown, for tests and screen readers.
    QString text() const;
    LinkButton *prices() const { return m_prices; }
    /// How far the project is that the store is pulled from. @param summary  empty: there is none
    void setPull(const QString &summary, const QString &facts);

Q_SIGNALS:
    void pricesActivated(); ///< what the prices are is asked for
    void pullActivated();   ///< how the project is pulled

private:
    QLabel *addPart(const QString &name, const QString &hint);
    void watchImport();
    void showSelection();
    void showStore();
    void showPrices();
    void showMemory();

    Workspace *m_workspace;
    JobArea *m_job;
    JobArea *m_openJob;
    JobArea *m_reportJob;
    JobArea *m_pullJob;
    JobArea *m_rebuildJob;
    JobArea *m_indexJob;
    LinkButton *m_pull;
    QLabel *m_rows;
    QLabel *m_store;
    QLabel *m_zone;
    LinkButton *m_prices;
    QLabel *m_memory;
    QTimer m_refresh;
};

} // namespace genscope

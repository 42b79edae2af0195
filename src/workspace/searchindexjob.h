// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stoptoken.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <cstdint>
#include <memory>

namespace genscope {

class Snapshot;
class Workspace;

/// Keeps the search index of the open store up to date, in the background and behind everything else: some
/// seconds after data came, at most once a minute while more keeps coming, never during an import: what is
/// not indexed is read. A store that is read-only is left to who may write it. Stopped by the user, it rests
/// until a store is opened. A store whose folder cannot be written has no index, which only makes searches
/// slower.
/// @thread GUI
class SearchIndexJob final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SearchIndexJob)
public:
    explicit SearchIndexJob(Workspace *workspace, QObject *parent = nullptr);
    ~SearchIndexJob() override; ///< stops it; what was done is kept

    bool isRunning() const { return m_running; }
    void cancel();
    void setDelay(int milliseconds) { m_delayMs = milliseconds; } ///< for tests

Q_SIGNALS:
    void progressed(std::int64_t blocksDone, std::int64_t blocksTotal); ///< only where it takes a while
    void ended();

private:
    void wait();
    void start();
    void end(bool complete);

    Workspace *m_workspace;
    QTimer m_delay;
    int m_delayMs = 3000;                    ///< opening a store and its first pages come first
    std::shared_ptr<const Snapshot> m_asked; ///< what was last looked after
    QElapsedTimer m_sinceEnd;
    bool m_running = false;
    bool m_resting = false; ///< the user stopped it, or it cannot be done
    StopToken m_stop;
    QThreadPool m_pool; ///< destroyed first: joins the worker
};

} // namespace genscope

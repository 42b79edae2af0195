// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/lists.h"
#include "analytics/query.h"
#include "analytics/rollup.h"
#include "core/progress.h"
#include "core/result.h"
#include "ingest/importreport.h"
#include "store/storereader.h"
#include "workspace/loadedstore.h"
#include "workspace/selection.h"
#include "workspace/viewstate.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace genscope {

/// The open document: one store with its columns, scope (time range, zone, filter, cost view) and running
/// job. Views watch it and never each other: they read selection() after selectionChanged() and ask it to
/// compute().
/// @thread GUI; all computing happens on workers
class Workspace final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Workspace)
public:
    explicit Workspace(QObject *parent = nullptr);
    ~Workspace() override; ///< cancels and joins its workers

    bool isOpen() const;
    QString storePath() const; ///< empty if none is open
    using OpenMode = genscope::OpenMode;
    /// Opens a store beside the current one, which stays until the new one is loaded; then opened() or
    /// failed().
    void open(const QString &storePath, OpenMode mode = OpenMode::Existing);
    /// Reads the open store again, for what another program wrote into it. Scope and undo stay. An import of
    /// our own keeps the view current anyway; while it runs this does nothing.
    void reload();
    /// Reads the open store's prices again, after they were edited, and shows all costs by them.
    void reloadPrices();
    void close();
    /// The open store can be looked at and not changed: another window has it open, or its file cannot be
    /// written. Imports are refused. Changes that others make are shown as they come.
    bool isReadOnly() const;
    QString readOnlyReason() const; ///< a sentence; empty if the store can be changed

    /// Imports dumps into the open store on a worker. One import runs at a time; files given meanwhile are
    /// queued.
    void importFiles(const QStringList &paths);
    bool isImporting() const;
    void cancelImport();

    /// While on, a writer of this process takes events into the open store as they come, and tells
    /// takeCommit(): what it wrote is in the view without reading the store again. Each writer ends its own.
    void setLive(bool live);
    /// Takes in what it committed to @p store.
    void takeCommit(const QString &store, const SnapshotUpdate &update);

    const Scope &scope() const { return view().scope; }
    void setScope(const Scope &scope); ///< recorded for undo
    void setTimeRange(const TimeRange &range);
    void setZone(const Zone &zone);
    void setFilter(const Filter &filter);
    void setCostMode(CostMode mode);
    void setPricing(const PricingView &pricing);
    void setCustomer(const std::optional<Field> &customer);
    /// The scope, and what else is undone with it. Everything that is set is announced by scopeChanged().
    const ViewState &view() const;
    void setView(const ViewState &view); ///< one step to undo
    /// Another page, or pages laid out otherwise, as one step to undo. Numbers stay as they are.
    void setArrangement(const Arrangement &arrangement);
    /// What pages show without having been asked to: no step.
    void amendArrangement(const Arrangement &arrangement);
    void setComparison(const PeriodComparison &comparison);
    void setInterval(const std::optional<Interval> &interval);
    /// Selects @p scope for as long as a hand moves: selection() follows, scope() and undo do not change.
    /// Steps that come faster than they are computed are skipped, but the newest is always shown. Whatever
    /// is set, or endPreview(), ends it.
    void preview(const Scope &scope);
    void endPreview(); ///< back to scope()
    bool isPreviewing() const;
    /// The scope of the hand while it moves, else scope().
    const Scope &shownScope() const;
    bool canUndo() const;
    bool canRedo() const;
    void undo();
    void redo();

    /// The newest finished selection; never null, empty before a store is open.
    std::shared_ptr<const Selection> selection() const;
    bool isBusy() const; ///< a newer selection is being computed

    /// Runs @p work on a worker and hands its answer to @p done on the GUI thread, unless @p context is
    /// destroyed or
    /// @p context asks again under the same @p slot before: answers to stale questions are dropped, and the
    /// stop token of the selection that @p work got is then requested to stop.
    template<typename T>
    void compute(QObject *context, const QString &slot, std::function<T(const Selection &)> work,
                 std::function<void(T)> done)
    {
        auto answer = std::make_shared<std::optional<T>>();
        auto current = selection();
        computeImpl(
            context, slot,
            [answer, current, work = std::move(work)](const StopToken &stop) {
                Selection stoppable = *current;
                stoppable.context.data.stop = stop;
                answer->emplace(work(stoppable));
            },
            [answer, done = std::move(done)] { done(std::move(**answer)); });
    }
    /// Convenience for charts: runQuery() over the current selection.
    void query(QObject *context, const QString &slot, const Query &query,
               std::function<void(Result<ResultTable>)> done);

Q_SIGNALS:
    void opened(); ///< a store was loaded; scope was reset to openingRange() of its data
    void closed();
    void accessChanged();       ///< isReadOnly(), or why
    void arrangementRestored(); ///< undo or redo brought back another one: pages follow
    void scopeChanged();        ///< at once, before the selection is recomputed
    void selectionChanged();    ///< selection() is new (scope or data changed)
    void busyChanged(bool busy);
    void openFailed(const genscope::Error &error); ///< open() came to nothing; the open store stays
    void failed(const genscope::Error &error);     ///< anything else, for the message bar
    void importStarted(const QStringList &paths);
    void importProgress(const genscope::Progress &progress, const genscope::ImportReport &soFar);
    void importFinished(const genscope::ImportReport &report, const QString &storePath);
    /// Ended early; failed() is emitted as well.
    void importFailed(const genscope::Error &error, const QString &storePath);
    void notice(const QString &message); ///< worth knowing, nothing is wrong: for the message bar
    void undoChanged();

private:
    enum class Loading { Open, Reload };
    void finishLoad(const Result<LoadedStore> &loaded, Loading loading);
    void load(const QString &path, OpenMode mode, Loading loading);
    void adopt(const LoadedStore &loaded);
    void followStore();
    void followPrices();
    void absorb(const QString &store, const SnapshotUpdate &update, int refreshMs);
    void finishImport(const QString &store, const Result<ImportReport> &report);
    void scopeWasSet();
    void viewWasRestored(const ViewState &before);
    enum class Why { ScopeChanged, DataChanged, Preview };
    void reselect(Why why);
    void publish(const Result<std::shared_ptr<const Selection>> &made);
    void computeImpl(QObject *context, const QString &slot, std::function<void(const StopToken &)> work,
                     std::function<void()> done);
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace genscope

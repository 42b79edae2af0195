// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/workspace.h"

#include "store/pricetable.h"
#include "workspace/answerslots.h"
#include "workspace/dashboard.h"
#include "workspace/importqueue.h"
#include "workspace/pricing.h"
#include "workspace/storeaccess.h"
#include "workspace/viewhistory.h"

#include <QElapsedTimer>
#include <QThreadPool>
#include <QTimer>

#include <utility>

namespace genscope {

namespace {

constexpr int kPricesMs = 2000; ///< after writes of our own
/// While an import runs, views are refreshed at most this often: charts fill as data arrives, and the hand
/// stays free.
constexpr int kRefreshDuringImportMs = 500;

constexpr int kRefreshLiveMs = 250; ///< a call is seen within a second of being sent
/// So long after a commit of our own it may be what was noticed of the store.
constexpr int kOwnCommitMs = 3000;

std::shared_ptr<const Selection> emptySelection()
{
    auto selection = std::make_shared<Selection>();
    selection->snapshot = std::make_shared<Snapshot>();
    selection->stored = selection->snapshot;
    selection->context = makeQueryContext(selection->snapshot, nullptr, selection->scope, {});
    return selection;
}

} // namespace

struct Workspace::Impl
{
    std::shared_ptr<const StoreReader> reader;
    std::shared_ptr<const Snapshot> snapshot = std::make_shared<Snapshot>(); ///< as the store has it
    std::shared_ptr<StorePricing> pricing; ///< used by the selecting worker alone; null with reader
    std::shared_ptr<const Selection> selection = emptySelection();
    ViewHistory history;
    std::optional<Scope> preview;

    StoreAccess access;
    StopToken openStop;
    bool opening = false;
    bool reloading = false;
    bool reloadDue = false; ///< the snapshot missed something that is in the store: read it anew
    StopToken storeStop;    ///< of what is read from the open store for more than one question
    StopToken selectStop;
    bool selecting = false;
    bool selectAgain = false;
    std::uint64_t generation = 0;
    QTimer refreshTimer;
    QTimer pricesTimer;

    int live = 0;              ///< writers of this process
    QElapsedTimer sinceCommit; ///< of the live writer

    // Destroyed first: joins the workers before the state they report to goes.
    ImportQueue imports;
    QThreadPool loadPool;
    QThreadPool selectPool;
    std::unique_ptr<AnswerSlots> answers = std::make_unique<AnswerSlots>();
};

Workspace::Workspace(QObject *parent) : QObject(parent), m_impl(std::make_unique<Impl>())
{
    m_impl->loadPool.setMaxThreadCount(1);
    m_impl->selectPool.setMaxThreadCount(1);
    m_impl->refreshTimer.setSingleShot(true);
    connect(&m_impl->refreshTimer, &QTimer::timeout, this, [this] { reselect(Why::DataChanged); });
    m_impl->pricesTimer.setSingleShot(true);
    m_impl->pricesTimer.setInterval(kPricesMs);
    connect(&m_impl->pricesTimer, &QTimer::timeout, this, &Workspace::reloadPrices);
    connect(&m_impl->imports, &ImportQueue::started, this, &Workspace::importStarted);
    connect(&m_impl->imports, &ImportQueue::progressed, this, &Workspace::importProgress);
    connect(&m_impl->imports, &ImportQueue::notice, this, &Workspace::notice);
    connect(&m_impl->imports, &ImportQueue::committed, this,
            [this](const QString &store, const SnapshotUpdate &update) {
                absorb(store, update, kRefreshDuringImportMs);
            });
    connect(&m_impl->imports, &ImportQueue::ended, this, &Workspace::finishImport);
    connect(&m_impl->access, &StoreAccess::changed, this, &Workspace::accessChanged);
    connect(&m_impl->access, &StoreAccess::storeWritten, this, &Workspace::followStore);
}

Workspace::~Workspace()
{
    m_impl->openStop.requestStop();
    m_impl->storeStop.requestStop();
    m_impl->selectStop.requestStop();
    m_impl->imports.cancel();
    m_impl->loadPool.waitForDone();
    m_impl->selectPool.waitForDone();
    m_impl->answers.reset();
}

bool Workspace::isOpen() const
{
    return m_impl->reader != nullptr;
}

QString Workspace::storePath() const
{
    return isOpen() ? m_impl->reader->path() : QString();
}

bool Workspace::isReadOnly() const
{
    return m_impl->access.isReadOnly();
}

QString Workspace::readOnlyReason() const
{
    return m_impl->access.reason();
}

/// Another program wrote to the store. What an import of our own writes is in the view already.
void Workspace::followStore()
{
    const bool isOurs =
        m_impl->live > 0 && m_impl->sinceCommit.isValid() && !m_impl->sinceCommit.hasExpired(kOwnCommitMs);
    if (!isImporting() && !m_impl->reloading && !isOurs)
        reload();
    else
        followPrices();
}

/// Beside what this process writes, another one may have edited prices: events are in the view already, those
/// are not.
void Workspace::followPrices()
{
    if (!m_impl->pricesTimer.isActive())
        m_impl->pricesTimer.start();
}

void Workspace::open(const QString &storePath, OpenMode mode)
{
    m_impl->openStop.requestStop(); // the newest request wins, also over a reload
    m_impl->opening = true;
    load(storePath, mode, Loading::Open);
}

void Workspace::reload()
{
    if (isOpen() && !isImporting() && !m_impl->opening)
        load(storePath(), OpenMode::Existing, Loading::Reload);
}

void Workspace::reloadPrices()
{
    if (!isOpen())
        return;
    m_impl->loadPool.start([this, store = storePath()] {
        auto prices = std::make_shared<Result<std::shared_ptr<const PriceBook>>>(priceBookOf(store));
        auto pricing = *prices ? std::make_shared<StorePricing>(**prices) : nullptr;
        QMetaObject::invokeMethod(
            this,
            [this, store, prices, pricing] {
                if (!pricing)
                    Q_EMIT failed(prices->error());
                else if (store == storePath() && pricing->fingerprint() != m_impl->pricing->fingerprint()) {
                    m_impl->pricing = pricing;
                    reselect(Why::DataChanged);
                }
            },
            Qt::QueuedConnection);
    });
}

void Workspace::load(const QString &storePath, OpenMode mode, Loading loading)
{
    m_impl->openStop = StopToken();
    m_impl->reloading = loading == Loading::Reload;
    const StopToken stop = m_impl->openStop;
    m_impl->loadPool.start([this, storePath, mode, loading, stop] {
        auto loaded = std::make_shared<Result<LoadedStore>>(loadStore(storePath, mode, stop));
        QMetaObject::invokeMethod(
            this,
            [this, loaded, loading, stop] {
                if (!stop.stopRequested()) // else another store was asked for meanwhile, or it was closed
                    finishLoad(*loaded, loading);
            },
            Qt::QueuedConnection);
    });
}

void Workspace::finishLoad(const Result<LoadedStore> &loaded, Loading loading)
{
    m_impl->reloading = false;
    if (loading == Loading::Open)
        m_impl->opening = false;
    if (!loaded) {
        if (loading == Loading::Open)
            Q_EMIT openFailed(loaded.error());
        else
            Q_EMIT failed(loaded.error());
        return;
    }
    if (loading == Loading::Open) {
        adopt(*loaded);
    } else if (isImporting()) {
        m_impl->reloadDue = true; // what was read may be older than what the import brought meanwhile
    } else {
        m_impl->access.noteRead(loaded->state);
        m_impl->reader = loaded->reader;
        m_impl->snapshot = loaded->snapshot;
        m_impl->pricing = loaded->pricing;
        reselect(Why::DataChanged);
        if (m_impl->live > 0 && std::exchange(m_impl->reloadDue, false))
            reload(); // more was committed meanwhile
    }
}

void Workspace::adopt(const LoadedStore &loaded)
{
    if (isImporting() && loaded.reader->path() != storePath())
        cancelImport();
    m_impl->reloadDue = isImporting(); // a batch may have been committed after the store was read
    std::exchange(m_impl->storeStop, StopToken()).requestStop();
    m_impl->reader = loaded.reader;
    m_impl->snapshot = loaded.snapshot;
    m_impl->pricing = loaded.pricing;
    m_impl->access.watch(storePath(), loaded.state);
    Scope scope;
    scope.zone = this->scope().zone;
    scope.cost = this->scope().cost;
    if (const auto first = m_impl->snapshot->firstTimestamp())
        scope.range = openingRange({first, m_impl->snapshot->lastTimestamp()}, scope.zone);
    m_impl->preview.reset();
    m_impl->history.reset({scope, {}, {}, view().arrangement});
    Q_EMIT opened();
    Q_EMIT scopeChanged();
    Q_EMIT undoChanged();
    reselect(Why::ScopeChanged);
}

void Workspace::close()
{
    m_impl->openStop.requestStop();
    if (std::exchange(m_impl->opening, false))
        Q_EMIT openFailed(makeError(Error::Kind::Cancelled, tr("Opening was stopped.")));
    if (!isOpen())
        return;
    m_impl->selectStop.requestStop();
    std::exchange(m_impl->storeStop, StopToken()).requestStop();
    cancelImport();
    m_impl->access.release();
    m_impl->reader.reset();
    m_impl->snapshot = std::make_shared<Snapshot>();
    m_impl->pricing.reset();
    m_impl->preview.reset();
    m_impl->selection = emptySelection();
    ++m_impl->generation;
    Q_EMIT closed();
    Q_EMIT selectionChanged();
}

// --- Import

void Workspace::importFiles(const QStringList &paths)
{
    if (!isOpen() || paths.isEmpty())
        return;
    if (isReadOnly()) {
        Q_EMIT failed(makeError(Error::Kind::Io, tr("Nothing was imported. %1").arg(readOnlyReason())));
        return;
    }
    m_impl->imports.add(storePath(), paths);
}

bool Workspace::isImporting() const
{
    return m_impl->imports.isRunning();
}

void Workspace::cancelImport()
{
    m_impl->imports.cancel();
}

void Workspace::absorb(const QString &store, const SnapshotUpdate &update, int refreshMs)
{
    if (store != storePath() || m_impl->reloadDue)
        return;
    if (!continues(*m_impl->snapshot, update)) {
        // Another program wrote to the store since it was read: what it wrote is only in the store.
        m_impl->reloadDue = true;
        return;
    }
    m_impl->snapshot = applyUpdate(*m_impl->snapshot, update);
    if (!m_impl->refreshTimer.isActive())
        m_impl->refreshTimer.start(refreshMs);
}

void Workspace::setLive(bool live)
{
    m_impl->live += live ? 1 : -1;
}

void Workspace::takeCommit(const QString &store, const SnapshotUpdate &update)
{
    if (store != storePath())
        return;
    m_impl->sinceCommit.start();
    if (m_impl->reloading) {
        m_impl->reloadDue = true; // what is being read may be older
        return;
    }
    m_impl->access.noteRead(StoreAccess::stateOf(store));
    if (update.segments.empty())
        return;
    absorb(store, update, kRefreshLiveMs);
    followPrices();
    if (!isImporting() && std::exchange(m_impl->reloadDue, false))
        reload();
}

void Workspace::finishImport(const QString &store, const Result<ImportReport> &report)
{
    if (store == storePath()) {
        m_impl->access.noteRead(StoreAccess::stateOf(store)); // it is in the view already
        m_impl->refreshTimer.stop();
        if (std::exchange(m_impl->reloadDue, false))
            reload();
        else
            reselect(Why::DataChanged);
        followPrices();
    }
    if (report) {
        Q_EMIT importFinished(*report, store);
    } else {
        Q_EMIT importFailed(report.error(), store);
        Q_EMIT failed(report.error());
    }
}

// --- Scope

const ViewState &Workspace::view() const
{
    return m_impl->history.current();
}

void Workspace::setView(const ViewState &view)
{
    m_impl->history.push(view);
    scopeWasSet();
}

void Workspace::setArrangement(const Arrangement &arrangement)
{
    if (view().arrangement == arrangement)
        return;
    ViewState changed = view();
    changed.arrangement = arrangement;
    m_impl->history.push(std::move(changed));
    Q_EMIT undoChanged();
}

void Workspace::amendArrangement(const Arrangement &arrangement)
{
    m_impl->history.amend(arrangement);
}

void Workspace::preview(const Scope &scope)
{
    if (!isOpen())
        return;
    m_impl->preview = scope;
    reselect(Why::Preview);
}

void Workspace::endPreview()
{
    if (std::exchange(m_impl->preview, std::nullopt))
        reselect(Why::ScopeChanged);
}

bool Workspace::isPreviewing() const
{
    return m_impl->preview.has_value();
}

const Scope &Workspace::shownScope() const
{
    return m_impl->preview ? *m_impl->preview : scope();
}

void Workspace::scopeWasSet()
{
    m_impl->preview.reset();
    Q_EMIT scopeChanged();
    Q_EMIT undoChanged();
    reselect(Why::ScopeChanged);
}

bool Workspace::canUndo() const
{
    return m_impl->history.canUndo();
}

bool Workspace::canRedo() const
{
    return m_impl->history.canRedo();
}

void Workspace::undo()
{
    if (!canUndo())
        return;
    const ViewState before = view();
    m_impl->history.undo();
    viewWasRestored(before);
}

void Workspace::redo()
{
    if (!canRedo())
        return;
    const ViewState before = view();
    m_impl->history.redo();
    viewWasRestored(before);
}

/// Where pages alone differ, nothing is computed anew.
void Workspace::viewWasRestored(const ViewState &before)
{
    if (before.arrangement != view().arrangement)
        Q_EMIT arrangementRestored();
    if (before.looksAtTheSame(view()))
        Q_EMIT undoChanged();
    else
        scopeWasSet();
}

// --- Selection

std::shared_ptr<const Selection> Workspace::selection() const
{
    return m_impl->selection;
}

bool Workspace::isBusy() const
{
    return m_impl->selecting;
}

void Workspace::reselect(Why why)
{
    if (!isOpen())
        return;
    if (m_impl->selecting) {
        // The newest request replaces a queued one; there is never a backlog. More data lets the running one
        // finish, so that a slow filter still shows something while an import runs; and so does a hand that
        // moves, else nothing would follow a fast one.
        m_impl->selectAgain = true;
        if (why == Why::ScopeChanged)
            m_impl->selectStop.requestStop();
        return;
    }
    m_impl->selecting = true;
    m_impl->selectAgain = false;
    m_impl->selectStop = StopToken();
    Q_EMIT busyChanged(true);

    const bool sameData =
        m_impl->selection->stored == m_impl->snapshot; // properties do not change with prices
    auto cache =
        sameData ? m_impl->selection->context.cache : std::make_shared<FieldCache>(m_impl->storeStop);
    m_impl->selectPool.start([this, snapshot = m_impl->snapshot, reader = m_impl->reader,
                              pricing = m_impl->pricing, scope = shownScope(), cache,
                              stop = m_impl->selectStop] {
        auto made = std::make_shared<Result<std::shared_ptr<const Selection>>>(
            makePricedSelection(snapshot, reader, *pricing, scope, cache, stop));
        QMetaObject::invokeMethod(
            this, [this, made] { publish(*made); }, Qt::QueuedConnection);
    });
}

void Workspace::publish(const Result<std::shared_ptr<const Selection>> &made)
{
    m_impl->selecting = false;
    const bool current = made.ok() && (*made)->reader == m_impl->reader;
    const bool scopeOvertaken = m_impl->selectAgain && m_impl->selectStop.stopRequested();
    if (current && !scopeOvertaken) {
        auto selection = std::make_shared<Selection>(**made);
        selection->generation = ++m_impl->generation;
        selection->context.data.stop = StopToken(); // that was for selecting
        m_impl->selection = std::move(selection);
        Q_EMIT selectionChanged();
    }
    if (m_impl->selectAgain && isOpen()) {
        reselect(Why::DataChanged);
        return;
    }
    Q_EMIT busyChanged(false);
    if (!made && made.error().kind != Error::Kind::Cancelled)
        Q_EMIT failed(made.error());
}

void Workspace::computeImpl(QObject *context, const QString &slot,
                            std::function<void(const StopToken &)> work, std::function<void()> done)
{
    m_impl->answers->ask(context, slot, std::move(work), std::move(done));
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mainwindow.h"

#include "app/aboutdialog.h"
#include "app/arrangementkeeper.h"
#include "app/connect/pullcontrol.h"
#include "app/costchangedialog.h"
#include "app/documentcontroller.h"
#include "app/droptarget.h"
#include "app/filterbar.h"
#include "app/icons.h"
#include "app/importreportdialog.h"
#include "app/jobarea.h"
#include "app/listen/listenpage.h"
#include "app/messagebar.h"
#include "app/pagerail.h"
#include "app/pagestack.h"
#include "app/prices/pricespage.h"
#include "app/prices/whatifbar.h"
#include "app/prices/whatifdialog.h"
#include "app/reportexport.h"
#include "app/savedviewsmenu.h"
#include "app/scopebars.h"
#include "app/startpage.h"
#include "app/statusline.h"
#include "app/tables/tablepage.h"
#include "app/timerangebutton.h"
#include "app/topbar.h"
#include "app/viewtaker.h"
#include "models/tablecolumns.h"
#include "workspace/qualitycheck.h"
#include "workspace/searchindexjob.h"
#include "workspace/viewlist.h"
#include "workspace/workspace.h"

#include <QAction>
#include <QCloseEvent>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QScreen>
#include <QSettings>
#include <QUrl>
#include <QVBoxLayout>

namespace genscope {

namespace {

const QString kGeometryKey = QStringLiteral("window/geometry");
const QString kStateKey = QStringLiteral("window/state");
const QString kRailKey = QStringLiteral("window/railCollapsed");
const QString kLastStoreKey = QStringLiteral("lastStore");
const QString kZoneKey = QStringLiteral("scope/zone"); // absent: the system's
const QString kReportFolderKey = QStringLiteral("folders/report");

} // namespace

MainWindow::MainWindow(const Services &services, Appearance *appearance)
    : m_services(services),
      m_appearance(appearance),
      m_workspace(new Workspace(this)),
      m_actions(this),
      m_documents(new DocumentController(m_workspace, services, this)),
      m_searchIndex(new SearchIndexJob(m_workspace, this)),
      m_viewList(new ViewList(m_workspace, this)),
      m_savedViews(new SavedViewsMenu(m_viewList, m_actions.views, services.dialogs, this))
{
    setWindowIcon(applicationIcon());
    setWindowTitle(tr("Genscope"));
    setMinimumSize(640, 480);
    makeCentre();
    m_status = new StatusLine(m_workspace, this);
    setStatusBar(m_status);
    connect(m_status, &StatusLine::pricesActivated, this, [this] {
        if (m_workspace->isOpen())
            visit(PageId::Prices);
    });
    if (!services.reportProgram.isEmpty())
        m_report = new ReportExport(services.reportProgram, this);
    m_actions.exportReport->setVisible(m_report != nullptr);

    m_arrangement = new ArrangementKeeper(m_workspace, m_pages, this);
    connect(m_arrangement, &ArrangementKeeper::pageRestored, this, [this](PageId id) {
        m_history.visit(id);
        showPage(id);
    });

    connectFileActions();
    connectViewActions();
    connectDocuments();
    connectPages();
    connectWorkspace();
    connectViews();
    makePull();
    if (m_report != nullptr)
        connectReport();
    restoreLayout();
    showPage(PageId::Dashboard);
    showOpenState();
    updateActions();
}

MainWindow::~MainWindow()
{
    // The views watch the workspace, which dies with the other children: it must not call them then.
    m_workspace->disconnect();
}

// --- Making

void MainWindow::makeCentre()
{
    m_rail = new PageRail(this);
    for (const PageId id : kPages)
        m_rail->addPage(m_actions.page(id), beginsGroup(id));
    m_topBar = new TopBar(m_workspace, m_services.now, this);
    m_filterBar = new FilterBar(m_workspace, m_services.settings, this);
    m_whatIf = new WhatIfBar(m_workspace, this);
    connect(m_topBar, &TopBar::whatIfRequested, this, &MainWindow::askWhatIf);
    connect(m_whatIf, &WhatIfBar::editRequested, this, &MainWindow::askWhatIf);
    m_messages = new MessageBar(this);
    m_pages = new PageStack(m_workspace, m_services, this);

    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    m_scopeBars = new ScopeBars({m_topBar, m_filterBar}, this);
    column->addWidget(m_scopeBars);
    column->addWidget(m_whatIf);
    column->addWidget(m_messages);
    column->addWidget(m_pages, 1);
    auto *centre = new QWidget(this);
    auto *layout = new QHBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_rail);
    layout->addLayout(column, 1);
    setCentralWidget(centre);

    auto *drop = new DropTarget(this);
    drop->setHint(tr("Drop event dumps, folders or a store to open them"));
    connect(drop, &DropTarget::dropped, m_documents, &DocumentController::openPaths);
}

void MainWindow::connectFileActions()
{
    const auto on = [this](QAction *action, auto function) {
        connect(action, &QAction::triggered, this, function);
    };
    on(m_actions.openFiles, [this] { m_documents->chooseFiles(); });
    on(m_actions.openFolder, [this] { m_documents->chooseFolder(); });
    on(m_actions.importDumps, [this] { m_documents->chooseDumps(); });
    on(m_actions.importNew, [this] { m_documents->chooseDumpsForNewStore(); });
    on(m_actions.importReport, [this] { showImportReport(); });
    on(m_actions.exportReport, [this] { exportReport(); });
    on(m_actions.closeStore, [this] { m_documents->closeStore(); });
    on(m_actions.quit, [this] { close(); });
    // On the page of prices these are about prices.
    on(m_actions.undo, [this] { editsPrices() ? m_pages->prices()->undo() : m_workspace->undo(); });
    on(m_actions.redo, [this] { editsPrices() ? m_pages->prices()->redo() : m_workspace->redo(); });
    on(m_actions.find, [this] {
        if (!m_pages->find())
            m_filterBar->focusEdit();
    });
    on(m_actions.shortcuts, [this] { showShortcuts(); });
    on(m_actions.about, [this] { showAbout(); });
}

void MainWindow::connectViewActions()
{
    for (const PageId id : kPages) {
        connect(m_actions.page(id), &QAction::triggered, this, [this, id] { visit(id); });
    }
    connect(m_actions.back, &QAction::triggered, this, [this] { goTo(m_history.back()); });
    connect(m_actions.forward, &QAction::triggered, this, [this] { goTo(m_history.forward()); });
    connect(m_actions.previousPeriod, &QAction::triggered, this, [this] { m_topBar->shiftPeriod(-1); });
    connect(m_actions.nextPeriod, &QAction::triggered, this, [this] { m_topBar->shiftPeriod(1); });
    connect(m_actions.costChange, &QAction::triggered, this,
            [this] { (new CostChangeDialog(m_workspace, this))->show(); });
    connect(m_actions.refresh, &QAction::triggered, m_workspace, &Workspace::reload);
    connect(m_actions.railNames, &QAction::toggled, this, [this](bool on) { m_rail->setCollapsed(!on); });
    connect(m_rail, &PageRail::collapsedChanged, m_actions.railNames,
            [this](bool collapsed) { m_actions.railNames->setChecked(!collapsed); });
    connect(m_actions.fullScreen, &QAction::triggered, this,
            [this](bool on) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, on)); });
    for (std::size_t i = 0; i < m_actions.appearance.size(); ++i) {
        const auto mode = static_cast<AppearanceMode>(i);
        m_actions.appearance[i]->setChecked(m_appearance->mode() == mode);
        connect(m_actions.appearance[i], &QAction::triggered, m_appearance,
                [this, mode] { m_appearance->setMode(mode); });
    }
}

void MainWindow::connectDocuments()
{
    connect(m_documents, &DocumentController::messageRaised, m_messages, &MessageBar::show);
    connect(m_documents, &DocumentController::statusRaised, this,
            [this](const QString &text) { m_status->showMessage(text, 8000); });
    connect(m_documents, &DocumentController::openingStarted, this,
            [this](const QString &name) { m_status->openJob()->begin(tr("Opening %1").arg(name), false); });
    connect(m_documents, &DocumentController::openingEnded, this, [this] { m_status->openJob()->end(); });
    connectRebuild();
    connectSearchIndex();
    connect(m_documents, &DocumentController::reportChanged, this, &MainWindow::updateActions);
    connect(m_documents, &DocumentController::reportRequested, this, &MainWindow::showImportReport);
    const auto showRecent = [this] { m_pages->start()->setRecent(m_documents->recent().entries()); };
    connect(m_documents, &DocumentController::recentChanged, this, showRecent);
    showRecent();

    connect(m_pages->start(), &StartPage::openFilesRequested, m_documents, &DocumentController::chooseFiles);
    connect(m_pages->start(), &StartPage::openFolderRequested, m_documents,
            &DocumentController::chooseFolder);
    connect(m_pages->start(), &StartPage::sampleRequested, m_documents, &DocumentController::openSample);
    connect(m_pages->start(), &StartPage::storeRequested, m_documents, &DocumentController::openStore);
    connect(m_pages->start(), &StartPage::forgetRequested, m_documents, &DocumentController::forgetRecent);
}

void MainWindow::connectPages()
{
    connect(m_pages, &PageStack::messageRaised, m_messages, &MessageBar::show);
    connect(m_pages, &PageStack::statusRaised, this,
            [this](const QString &text) { m_status->showMessage(text, 8000); });
    connect(m_pages, &PageStack::pageRequested, this, &MainWindow::visit);
    connect(m_pages, &PageStack::drillRequested, this, &MainWindow::drillDown);
    connect(m_pages, &PageStack::scopeExplanationChanged, this,
            [this] { m_scopeBars->explain(m_pages->scopeExplanation()); });
    connect(m_pages->prices(), &PricesPage::undoChanged, this, &MainWindow::updateActions);
    connect(m_pages->start(), &StartPage::listenRequested, m_documents,
            &DocumentController::openForListening);
    connect(m_documents, &DocumentController::listeningRequested, this, [this] {
        visit(PageId::Listen);
        m_pages->listen()->startListening();
    });
}

void MainWindow::connectRebuild()
{
    connect(m_documents, &DocumentController::messageWithdrawn, m_messages, &MessageBar::withdraw);
    JobArea *job = m_status->rebuildJob();
    connect(m_documents, &DocumentController::rebuildStarted, this, [job](const QString &name) {
        job->begin(tr("Rebuilding %1").arg(name), true, tr("Stop; the store stays as it is"));
    });
    connect(m_documents, &DocumentController::rebuildProgressed, job, &JobArea::setEvents);
    connect(m_documents, &DocumentController::rebuildEnded, job, &JobArea::end);
    connect(job, &JobArea::cancelRequested, m_documents, &DocumentController::cancelRebuild);
}

void MainWindow::connectSearchIndex()
{
    JobArea *job = m_status->indexJob();
    connect(m_searchIndex, &SearchIndexJob::progressed, job, [job](std::int64_t done, std::int64_t total) {
        if (job->isHidden())
            job->begin(tr("Indexing prompts and outputs"), true,
                       tr("Stop until the store is opened again; searches are slower without"));
        job->setShare(done, total);
    });
    connect(m_searchIndex, &SearchIndexJob::ended, job, &JobArea::end);
    connect(job, &JobArea::cancelRequested, m_searchIndex, &SearchIndexJob::cancel);
}

void MainWindow::connectWorkspace()
{
    connect(m_workspace, &Workspace::opened, this, [this] {
        m_history = {};
        m_services.settings->setValue(kLastStoreKey, m_workspace->storePath());
        showOpenState();
        showPage(PageId::Dashboard);
    });
    connect(m_workspace, &Workspace::closed, this, [this] {
        m_services.settings->remove(kLastStoreKey);
        showOpenState();
    });
    connect(m_workspace, &Workspace::scopeChanged, this, &MainWindow::rememberZone);
    connect(m_workspace, &Workspace::accessChanged, this, &MainWindow::updateActions);
    connect(m_workspace, &Workspace::undoChanged, this, &MainWindow::updateActions);
    connect(m_workspace, &Workspace::scopeChanged, this, &MainWindow::updateActions);
}

void MainWindow::makePull()
{
    m_pull = new PullControl(
        {m_workspace, m_documents, &m_actions, m_status, m_services.settings, m_services.keyRing}, this);
    connect(m_pages->start(), &StartPage::connectRequested, m_pull, &PullControl::showDialog);
    m_pages->setRemoteProject([this] { return m_pull->project(); });
    connect(m_pull, &PullControl::messageRaised, m_messages, &MessageBar::show);
    connect(m_pull, &PullControl::statusRaised, this,
            [this](const QString &text) { m_status->showMessage(text, 8000); });
}

void MainWindow::connectReport()
{
    JobArea *job = m_status->reportJob();
    connect(m_report, &ReportExport::finished, this, [this, job](const QString &folder) {
        job->end();
        updateActions();
        const QString page = QDir(folder).filePath(QStringLiteral("index.html"));
        m_messages->show({Message::Severity::Notice,
                          tr("The report is in %1.").arg(QDir::toNativeSeparators(folder)),
                          {},
                          tr("Open"),
                          [page] { QDesktopServices::openUrl(QUrl::fromLocalFile(page)); }});
    });
    connect(m_report, &ReportExport::failed, this, [this, job](const QString &reason) {
        job->end();
        updateActions();
        if (!reason.isEmpty())
            m_messages->show(
                {Message::Severity::Error, tr("The report could not be written."), reason, {}, {}});
    });
    connect(job, &JobArea::cancelRequested, m_report, &ReportExport::cancel);
}

void MainWindow::connectViews()
{
    m_savedViews->setCurrent([this] {
        return shownView(*m_workspace, *m_pages, page(), m_services.now(), m_topBar->timeRange()->chosen());
    });
    connect(m_savedViews, &SavedViewsMenu::opened, this, &MainWindow::openView);
    connect(m_savedViews, &SavedViewsMenu::failed, this, [this](const QString &text) {
        m_messages->show({Message::Severity::Error, text, {}, {}, {}});
    });
    connect(m_savedViews, &SavedViewsMenu::done, this,
            [this](const QString &text) { m_status->showMessage(text, 8000); });
}

// --- Pages

void MainWindow::openView(const SavedView &view)
{
    const PageId id = pageFromName(view.page).value_or(PageId::Dashboard);
    const Scope scope = view.scopeAt(newestAnchor(*m_workspace, m_services.now()));
    m_history.visit(id, m_workspace->scope(), scope);
    m_topBar->timeRange()->setChosen(view.preset);
    m_arrangement->show(view, id, scope);
    showPage(id);
}

void MainWindow::showPage(PageId id)
{
    m_actions.page(id)->setChecked(true);
    if (m_workspace->isOpen())
        m_pages->showPage(id);
    updateActions();
}

void MainWindow::visit(PageId id)
{
    m_history.visit(id);
    m_arrangement->setPage(id);
    showPage(id);
}

bool MainWindow::editsPrices() const
{
    return m_workspace->isOpen() && m_pages->showsPrices();
}

void MainWindow::goTo(const PageHistory::Place &place)
{
    m_arrangement->setPage(place.page, place.scope);
    showPage(place.page);
}

void MainWindow::drillDown(PageId id, const Scope &scope)
{
    m_history.visit(id, m_workspace->scope(), scope);
    m_arrangement->setPage(id, scope);
    showPage(id);
}

void MainWindow::showOpenState()
{
    const bool open = m_workspace->isOpen();
    for (QWidget *part : std::initializer_list<QWidget *>{m_rail, m_scopeBars})
        part->setVisible(open);
    if (!open) {
        m_pages->start()->setRecent(m_documents->recent().entries());
        m_pages->showStart();
    }
    setWindowTitle(open ? tr("%1 – Genscope").arg(QFileInfo(m_workspace->storePath()).completeBaseName())
                        : tr("Genscope"));
    updateActions();
}

void MainWindow::updateActions()
{
    const bool open = m_workspace->isOpen();
    for (QAction *action : m_actions.pages)
        action->setEnabled(open);
    for (QAction *action : {m_actions.closeStore, m_actions.find, m_actions.refresh, m_actions.costChange})
        action->setEnabled(open);
    m_savedViews->setEnabled(open, open && !m_workspace->isReadOnly());
    m_actions.exportReport->setEnabled(open && m_report != nullptr && !m_report->isRunning());
    m_actions.importDumps->setEnabled(!m_workspace->isReadOnly());
    m_actions.importDumps->setToolTip(
        plainToolTip(m_workspace->readOnlyReason())); // its text, if there is no reason
    m_actions.importReport->setEnabled(m_documents->lastReport().has_value());
    const bool prices = editsPrices();
    m_actions.undo->setEnabled(open && (prices ? m_pages->prices()->canUndo() : m_workspace->canUndo()));
    m_actions.redo->setEnabled(open && (prices ? m_pages->prices()->canRedo() : m_workspace->canRedo()));
    m_actions.back->setEnabled(open && m_history.canGoBack());
    m_actions.forward->setEnabled(open && m_history.canGoForward());
    m_actions.previousPeriod->setEnabled(open && m_topBar->canShift());
    m_actions.nextPeriod->setEnabled(open && m_topBar->canShift());
}

// --- Actions

void MainWindow::openPaths(const QStringList &paths)
{
    m_documents->openPaths(paths);
}

void MainWindow::openLastStore()
{
    const QString path = m_services.settings->value(kLastStoreKey).toString();
    if (!path.isEmpty() && QFileInfo::exists(path))
        m_documents->openStore(path);
}

void MainWindow::showImportReport()
{
    const auto &report = m_documents->lastReport();
    if (!report)
        return;
    const bool sameStore =
        m_workspace->isOpen() && m_workspace->storePath() == m_documents->lastReportStore();
    auto *dialog =
        new ImportReportDialog(*report, m_workspace->scope().zone,
                               sameStore ? m_pages->qualityCheck() : nullptr, m_services.dialogs, this);
    connect(dialog, &ImportReportDialog::eventsRequested, m_pages, &PageStack::showFinding);
    connect(dialog, &ImportReportDialog::failed, this, [this](const QString &text) {
        m_messages->show({Message::Severity::Error, text, {}, {}, {}});
    });
    dialog->show();
}

void MainWindow::exportReport()
{
    const QString start = m_services.settings->value(kReportFolderKey, m_services.documentsFolder).toString();
    m_services.dialogs->openFolder(this, tr("Folder for the report"), start, [this](const QString &folder) {
        m_services.settings->setValue(kReportFolderKey, folder);
        m_report->start(m_workspace->storePath(), folder, m_workspace->scope());
        m_status->reportJob()->begin(tr("Writing the report"), true);
        updateActions();
    });
}

void MainWindow::askWhatIf()
{
    auto *dialog = new WhatIfDialog(m_workspace, m_workspace->scope().pricing, m_services.now, this);
    connect(dialog, &WhatIfDialog::applied, this, [this](const PricingView &view) {
        Scope scope = m_workspace->scope();
        scope.pricing = view;
        if (scope.cost == CostMode::Reported) // what events report cannot be assumed
            scope.cost = CostMode::Auto;
        m_workspace->setScope(scope);
    });
    dialog->show();
}

void MainWindow::showShortcuts()
{
    (new ShortcutSheet(m_actions.sections(), this))->show();
}

void MainWindow::showAbout()
{
    (new AboutDialog(this))->show();
}

// --- Remembered

void MainWindow::rememberZone()
{
    const Zone &zone = m_workspace->scope().zone;
    if (zone == Zone::system())
        m_services.settings->remove(kZoneKey);
    else
        m_services.settings->setValue(kZoneKey, zone.name());
}

void MainWindow::restoreLayout()
{
    QSettings &settings = *m_services.settings;
    if (!restoreGeometry(settings.value(kGeometryKey).toByteArray()))
        resize(QSize(1280, 800).boundedTo(screen()->availableSize()));
    restoreState(settings.value(kStateKey).toByteArray());
    const auto zone = Zone::named(settings.value(kZoneKey).toByteArray());
    m_workspace->setZone(settings.contains(kZoneKey) && zone ? *zone : Zone::system());
    m_rail->setCollapsed(settings.value(kRailKey, false).toBool());
    m_actions.railNames->setChecked(!m_rail->isCollapsed());
    m_actions.fullScreen->setChecked(isFullScreen());
}

void MainWindow::saveLayout()
{
    QSettings &settings = *m_services.settings;
    settings.setValue(kGeometryKey, saveGeometry());
    settings.setValue(kStateKey, saveState());
    settings.setValue(kRailKey, m_rail->isCollapsed());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveLayout();
    event->accept();
}

} // namespace genscope

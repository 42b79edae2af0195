// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow> // before <compare>, which moc of Qt 6.4 cannot read first

#include "analytics/lists.h"
#include "app/mainactions.h"
#include "app/pagehistory.h"
#include "app/pagestack.h"
#include "app/services.h"

namespace genscope {

class ArrangementKeeper;
class DocumentController;
class FilterBar;
class ScopeBars;
class ImportReportDialog;
class MessageBar;
class PageRail;
class PullControl;
class ReportExport;
class SavedViewsMenu;
class SearchIndexJob;
class StatusLine;
class TopBar;
class ViewList;
class WhatIfBar;
struct SavedView;
class Workspace;

/// The window: pages around one workspace. It wires, and holds no data.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MainWindow)
public:
    MainWindow(const Services &services, Appearance *appearance);
    ~MainWindow() override;

    /// Opens stores, dumps and folders, as if dropped on the window.
    void openPaths(const QStringList &paths);

    /// Opens the store that was open when the program ended, if it is still there.
    void openLastStore();

    PageId page() const { return m_history.current(); }
    Workspace *workspace() const { return m_workspace; }
    DocumentController *documents() const { return m_documents; }
    PageStack *pages() const { return m_pages; }
    DashboardPage *dashboard() const { return m_pages->dashboard(); }
    PricesPage *pricesPage() const { return m_pages->prices(); }
    StartPage *startPage() const { return m_pages->start(); }
    FilterBar *filterBar() const { return m_filterBar; }
    WhatIfBar *whatIfBar() const { return m_whatIf; }
    TopBar *topBar() const { return m_topBar; }
    MessageBar *messages() const { return m_messages; }
    QualityPage *qualityPage() const { return m_pages->quality(); }
    SpikesPage *spikesPage() const { return m_pages->spikes(); }
    ListenPage *listenPage() const { return m_pages->listen(); }
    StatusLine *statusLine() const { return m_status; }
    PullControl *pull() const { return m_pull; }
    PageRail *rail() const { return m_rail; }
    SavedViewsMenu *savedViews() const { return m_savedViews; }
    ViewList *viewList() const { return m_viewList; }
    const MainActions &actions() const { return m_actions; }

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void makeCentre();
    void connectFileActions();
    void connectViewActions();
    void connectDocuments();
    void connectPages();
    void connectWorkspace();
    void connectRebuild();
    void connectSearchIndex();
    void connectViews();
    void connectReport();
    void makePull();

    /// Shows a page, to come back from.
    void visit(PageId id);
    void showPage(PageId id);
    bool editsPrices() const; ///< undo, redo and find are about prices
    void goTo(const PageHistory::Place &place);
    void drillDown(PageId id, const Scope &scope);
    void openView(const SavedView &view);
    void showOpenState();
    void rememberZone();
    void updateActions();
    void showImportReport();
    void exportReport();
    void askWhatIf();
    void showShortcuts();
    void showAbout();
    void restoreLayout();
    void saveLayout();

    Services m_services;
    Appearance *m_appearance;
    Workspace *m_workspace;
    MainActions m_actions;
    PageHistory m_history;
    ArrangementKeeper *m_arrangement = nullptr;
    DocumentController *m_documents;
    SearchIndexJob *m_searchIndex;
    ViewList *m_viewList;
    SavedViewsMenu *m_savedViews;
    ReportExport *m_report = nullptr; ///< null if this build cannot write reports

    PageRail *m_rail = nullptr;
    TopBar *m_topBar = nullptr;
    FilterBar *m_filterBar = nullptr;
    ScopeBars *m_scopeBars = nullptr; ///< around both
    WhatIfBar *m_whatIf = nullptr;
    MessageBar *m_messages = nullptr;
    StatusLine *m_status = nullptr;
    PageStack *m_pages = nullptr;
    PullControl *m_pull = nullptr;
};

} // namespace genscope

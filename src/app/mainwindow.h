// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow> // before <compare>, which moc of Qt 6.4 cannot read first

#include "analytics/lists.h"
#include "app/mainactions.h"
#include "app/pagehistory.h"
#include "app/services.h"

#include <array>

class QStackedWidget;

namespace genscope {

class DashboardPage;
struct DataFinding;
class DocumentController;
class FilterBar;
class ImportReportDialog;
class ListenPage;
class Listener;
class MessageBar;
class PageRail;
class PricesPage;
class QualityCheck;
class QualityPage;
class ReportExport;
class StartPage;
class StatusLine;
class TopBar;
class WhatIfBar;
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
    DashboardPage *dashboard() const { return m_dashboard; }
    PricesPage *pricesPage() const { return m_prices; }
    StartPage *startPage() const { return m_start; }
    FilterBar *filterBar() const { return m_filterBar; }
    WhatIfBar *whatIfBar() const { return m_whatIf; }
    TopBar *topBar() const { return m_topBar; }
    MessageBar *messages() const { return m_messages; }
    QualityPage *qualityPage() const { return m_quality; }
    ListenPage *listenPage() const { return m_listenPage; }
    StatusLine *statusLine() const { return m_status; }
    PageRail *rail() const { return m_rail; }
    const MainActions &actions() const { return m_actions; }

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void makeCentre();
    void makePages();
    QWidget *makeTablePage(ListKind kind);
    QWidget *makePricesPage();
    QWidget *makeListenPage();
    void connectFileActions();
    void connectViewActions();
    void connectDocuments();
    void connectWorkspace();
    void connectRebuild();
    void connectReport();

    /// Shows a page, to come back from.
    void visit(PageId id);
    void showPage(PageId id);
    bool editsPrices() const; ///< undo, redo and find are about prices
    void goTo(const PageHistory::Place &place);
    void drillDown(PageId id, const Scope &scope);
    void showOpenState();
    void rememberZone();
    void updateActions();
    void showImportReport();
    void showFinding(const DataFinding &finding);
    void tellImportQuality();
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
    DocumentController *m_documents;
    QualityCheck *m_check;
    Listener *m_listener;
    ReportExport *m_report = nullptr; ///< null if this build cannot write reports

    PageRail *m_rail = nullptr;
    TopBar *m_topBar = nullptr;
    FilterBar *m_filterBar = nullptr;
    WhatIfBar *m_whatIf = nullptr;
    MessageBar *m_messages = nullptr;
    StatusLine *m_status = nullptr;
    QStackedWidget *m_stack = nullptr;
    StartPage *m_start = nullptr;
    DashboardPage *m_dashboard = nullptr;
    PricesPage *m_prices = nullptr;
    QualityPage *m_quality = nullptr;
    ListenPage *m_listenPage = nullptr;
    std::array<QWidget *, kPages.size()> m_pages{};
};

} // namespace genscope

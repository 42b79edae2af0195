// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arrangementkeeper.h"

#include "app/dashboardpage.h"
#include "app/pagestack.h"
#include "app/tables/tablepage.h"
#include "app/viewtaker.h"
#include "workspace/workspace.h"

#include <QScopedValueRollback>

namespace genscope {

namespace {

TableLayout layoutOf(const TablePage &page)
{
    TableLayout layout = page.tableLayout();
    layout.widths.clear();
    return layout;
}

} // namespace

ArrangementKeeper::ArrangementKeeper(Workspace *workspace, PageStack *pages, QObject *parent)
    : QObject(parent), m_workspace(workspace), m_pages(pages)
{
    connect(workspace, &Workspace::opened, this, &ArrangementKeeper::keepAll);
    connect(workspace, &Workspace::arrangementRestored, this, &ArrangementKeeper::restore);
    connect(pages->dashboard(), &DashboardPage::layoutChanged, this, &ArrangementKeeper::keepDashboard);
    for (const PageId id : kPages)
        if (TablePage *table = pages->table(id))
            connect(table, &TablePage::layoutChanged, this, [this, id] { keepTable(id); });
}

/// What a store begins with is no step.
void ArrangementKeeper::keepAll()
{
    Arrangement arrangement;
    arrangement.page = pageName(PageId::Dashboard);
    arrangement.dashboard = m_pages->dashboard()->layoutJson();
    for (const PageId id : kPages)
        if (const TablePage *table = m_pages->table(id))
            arrangement.tables[std::string(pageName(id))] = layoutOf(*table);
    m_workspace->amendArrangement(arrangement);
}

void ArrangementKeeper::keepTable(PageId page)
{
    if (m_restoring || !m_workspace->isOpen())
        return;
    Arrangement arrangement = m_workspace->view().arrangement;
    arrangement.tables[std::string(pageName(page))] = layoutOf(*m_pages->table(page));
    m_workspace->setArrangement(arrangement);
}

void ArrangementKeeper::keepDashboard()
{
    if (m_restoring || !m_workspace->isOpen())
        return;
    Arrangement arrangement = m_workspace->view().arrangement;
    arrangement.dashboard = m_pages->dashboard()->layoutJson();
    m_workspace->setArrangement(arrangement);
}

void ArrangementKeeper::setPage(PageId page, const std::optional<Scope> &scope)
{
    if (!m_workspace->isOpen())
        return;
    ViewState view = m_workspace->view();
    if (page != PageId::Prices)
        view.arrangement.page = pageName(page);
    if (scope) {
        view.scope = *scope;
        m_workspace->setView(view);
    } else {
        m_workspace->setArrangement(view.arrangement);
    }
}

void ArrangementKeeper::show(const SavedView &saved, PageId page, const Scope &scope)
{
    const QScopedValueRollback guard(m_restoring, true);
    ViewState view = m_workspace->view();
    view.scope = scope;
    view.arrangement.page = pageName(page);
    if (TablePage *table = m_pages->table(page); table != nullptr && saved.table) {
        table->setTableLayout(*saved.table);
        view.arrangement.tables[std::string(pageName(page))] = layoutOf(*table);
    }
    if (!saved.dashboard.isEmpty() && m_pages->dashboard()->setLayoutJson(saved.dashboard))
        view.arrangement.dashboard = m_pages->dashboard()->layoutJson();
    m_workspace->setView(view);
}

void ArrangementKeeper::restore()
{
    const QScopedValueRollback guard(m_restoring, true);
    const Arrangement arrangement = m_workspace->view().arrangement;
    for (const PageId id : kPages) {
        TablePage *table = m_pages->table(id);
        const auto kept = arrangement.tables.find(std::string(pageName(id)));
        if (table == nullptr || kept == arrangement.tables.end() || layoutOf(*table) == kept->second)
            continue;
        TableLayout layout = kept->second;
        layout.widths = table->tableLayout().widths;
        table->setTableLayout(layout);
    }
    // One that this version wrote itself: it can be read.
    (void)m_pages->dashboard()->setLayoutJson(arrangement.dashboard);
    if (const auto page = pageFromName(arrangement.page))
        Q_EMIT pageRestored(*page);
}

} // namespace genscope

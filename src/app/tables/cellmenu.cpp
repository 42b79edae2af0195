// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What a table page offers on a cell: use it as a filter, copy it, go where it leads.
#include "app/tables/tablepage.h"

#include "app/tables/detailpane.h"
#include "app/tables/listview.h"
#include "app/tables/summarypane.h"
#include "app/tables/valuepopup.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

namespace genscope {

QMenu *TablePage::cellMenu(const QModelIndex &index)
{
    auto *menu = new QMenu(this);
    addFilterActions(*menu, index);
    const QString value = index.data(FullTextRole).toString();
    QAction *copy =
        menu->addAction(tr("Copy value"), this, [value] { QGuiApplication::clipboard()->setText(value); });
    copy->setEnabled(!value.isEmpty());
    QMenu *copyRows = menu->addMenu(tr("Copy selected rows"));
    copyRows->addAction(tr("For a spreadsheet (TSV)"), m_copyAction, &QAction::trigger);
    copyRows->addActions(m_copyAs);
    const int section = index.column();
    menu->addAction(tr("Values and their share…"), this, [this, section] {
        showValues(section, m_view->mapToGlobal(QPoint(m_view->columnLeft(section), 0)));
    });
    if (isEventList(kind()) || kind() == ListKind::Traces)
        menu->addAction(tr("Compare the two selected\tCtrl+D"), this, &TablePage::compareSelected)
            ->setEnabled(m_view->selectedRowCount() == 2);
    menu->addSeparator();
    if (isEventList(kind()))
        menu->addAction(tr("Explain this cost"), this, [this, row = index.row()] { explainCost(row); });
    addListActions(*menu, index.row());
    addRemoteActions(*menu, index.row());
    return menu;
}

/// As in Wireshark: to this alone, or joined with what is filtered already.
void TablePage::addFilterActions(QMenu &menu, const QModelIndex &index)
{
    using Match = ListModel::Match;
    const auto add = [&menu, this](const QString &text, const std::optional<Filter> &filter, auto apply) {
        if (!filter)
            return;
        QAction *action = menu.addAction(text, this, [apply, filter = *filter] { apply(filter); });
        action->setToolTip(QString::fromStdString(filter->toString()));
    };
    const auto joined = [this](const Filter &filter) { Q_EMIT filterRequested(filter); };
    const auto either = [this](const Filter &filter) {
        m_workspace->setFilter(Filter::any({m_workspace->scope().filter, filter}));
    };
    const auto equal = m_model->cellFilter(index, Match::Equal);
    const bool filtered = !m_workspace->scope().filter.isEmpty();
    add(tr("Filter to this"), equal, [this](const Filter &filter) { filterTo(filter); });
    add(tr("Exclude this"), m_model->cellFilter(index, Match::NotEqual), joined);
    if (filtered) {
        add(tr("And this"), equal, joined);
        add(tr("Or this"), equal, either);
    }
    add(tr("Filter to this and more"), m_model->cellFilter(index, Match::AtLeast), joined);
    add(tr("Filter to this and less"), m_model->cellFilter(index, Match::AtMost), joined);
    if (!menu.isEmpty())
        menu.addSeparator();
}

void TablePage::filterTo(const Filter &filter)
{
    m_workspace->setFilter(filter);
}

/// Where the store was pulled from, the same is a click away.
void TablePage::addRemoteActions(QMenu &menu, int row)
{
    const auto project = m_services.remote.current();
    if (!project)
        return;
    QUrl link;
    if (kind() == ListKind::Users) {
        const QString user = m_model->rowText(row, "user");
        if (!user.isEmpty())
            link = userLink(*project, user);
    } else if (isEventList(kind()) || kind() == ListKind::Traces) {
        const QString trace = m_model->rowText(row, "trace_id");
        if (!trace.isEmpty())
            link =
                traceLink(*project, trace, isEventList(kind()) ? m_model->rowText(row, "uuid") : QString());
    }
    if (!link.isEmpty())
        menu.addAction(tr("Open in PostHog"), this, [this, link] { m_services.remote.open(link); });
}

void TablePage::addListActions(QMenu &menu, int row)
{
    const QString trace = m_model->rowText(row, "trace_id");
    if (!trace.isEmpty() && (isEventList(kind()) || kind() == ListKind::Traces)) {
        std::optional<std::uint32_t> select;
        if (isEventList(kind()))
            select = m_model->rows()->rowId(static_cast<std::size_t>(row));
        menu.addAction(tr("Open trace"), this, [this, trace, select] {
            openDetail();
            m_detail->showTrace(trace, select);
        });
    }
    const auto filter = m_model->rowFilter(row);
    if (!filter)
        return;
    for (const ListKind list : listsBehind(kind()))
        menu.addAction(tr("Show its %1").arg(listTitle(list).toLower()), this,
                       [this, list, filter = *filter] { Q_EMIT openListRequested(list, filter); });
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What a table page offers on a cell: use it as a filter, copy it, go where it leads.
#include "app/tables/tablepage.h"

#include "app/tables/detailpane.h"
#include "app/tables/listview.h"
#include "app/tables/summarypane.h"

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
    menu->addAction(tr("Copy selected rows"), m_copyAction, &QAction::trigger);
    if (isEventList(kind()) || kind() == ListKind::Traces)
        menu->addAction(tr("Compare the two selected\tCtrl+D"), this, &TablePage::compareSelected)
            ->setEnabled(m_view->selectedRowCount() == 2);
    menu->addSeparator();
    if (isEventList(kind()))
        menu->addAction(tr("Explain this cost"), this, [this, row = index.row()] { explainCost(row); });
    addListActions(*menu, index.row());
    return menu;
}

void TablePage::addFilterActions(QMenu &menu, const QModelIndex &index)
{
    using Match = ListModel::Match;
    const struct
    {
        Match match;
        QString text;
    } kOffers[] = {{Match::Equal, tr("Filter to this")},
                   {Match::NotEqual, tr("Exclude this")},
                   {Match::AtLeast, tr("Filter to this and more")},
                   {Match::AtMost, tr("Filter to this and less")}};
    for (const auto &offer : kOffers) {
        const auto filter = m_model->cellFilter(index, offer.match);
        if (!filter)
            continue;
        QAction *action =
            menu.addAction(offer.text, this, [this, filter = *filter] { Q_EMIT filterRequested(filter); });
        action->setToolTip(QString::fromStdString(filter->toString()));
    }
    if (!menu.isEmpty())
        menu.addSeparator();
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

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What a table page offers on a column's header.
#include "app/tables/listview.h"
#include "app/tables/tablepage.h"
#include "app/tables/valuepopup.h"

#include <QActionGroup>
#include <QMenu>

#include <algorithm>

namespace genscope {

namespace {

constexpr std::size_t kShownValues = 200;

} // namespace

QMenu *TablePage::headerMenu(int section)
{
    auto *menu = new QMenu(this);
    const TableColumn column = m_model->rows()->columns()[static_cast<std::size_t>(section)];
    menu->addAction(tr("Sort by this"), this, [this, name = column.name] { m_model->sortBy(name, false); });
    QAction *also = menu->addAction(tr("Also sort by this (Shift+click)"), this,
                                    [this, name = column.name] { m_model->sortBy(name, true); });
    also->setEnabled(m_model->sortColumn() != column.name);
    menu->addSeparator();
    menu->addAction(tr("Values and their share…"), this, [this, section] {
        showValues(section, m_view->mapToGlobal(QPoint(m_view->columnLeft(section), 0)));
    });
    menu->addSeparator();
    addMarkActions(*menu, column);
    addPlaceActions(*menu, column);
    return menu;
}

void TablePage::addMarkActions(QMenu &menu, const TableColumn &column)
{
    if (column.style != CellStyle::Number || column.unit == Unit::None)
        return;
    auto *group = new QActionGroup(&menu);
    const struct
    {
        CellMark mark;
        QString text;
    } kMarks[] = {{CellMark::None, tr("Numbers only")},
                  {CellMark::Bar, tr("Numbers with bars")},
                  {CellMark::Heat, tr("Numbers with heat")}};
    for (const auto &offer : kMarks) {
        QAction *action = menu.addAction(offer.text, this, [this, name = column.name, mark = offer.mark] {
            m_model->setMark(name, mark);
            arrangedByHand();
        });
        action->setCheckable(true);
        action->setActionGroup(group);
        action->setChecked(m_model->markOf(column.name) == offer.mark);
    }
    menu.addSeparator();
}

void TablePage::addPlaceActions(QMenu &menu, const TableColumn &column)
{
    const auto &pinned = m_view->pinnedColumns();
    const bool isPinned = std::find(pinned.begin(), pinned.end(), column.name) != pinned.end();
    QAction *pin = menu.addAction(tr("Keep at the left"), this,
                                  [this, name = column.name](bool on) { m_view->setPinned(name, on); });
    pin->setCheckable(true);
    pin->setChecked(isPinned);
    QAction *hide = menu.addAction(tr("Hide this column"), this, [this, name = column.name] {
        std::vector<std::string> names = m_view->columnOrder();
        names.erase(std::remove(names.begin(), names.end(), name), names.end());
        setVisibleColumns(names);
    });
    hide->setEnabled(m_model->columnCount() > 1);
    menu.addAction(tr("Choose columns…"), this, &TablePage::chooseColumns);
}

ValuePopup *TablePage::showValues(int section, const QPoint &global)
{
    using Answer = Result<ValueCounts>;
    const auto rows = m_model->rows();
    const auto at = static_cast<std::size_t>(section);
    const TableColumn column = rows->columns()[at];
    auto *popup = new ValuePopup(column, this);
    connect(popup, &ValuePopup::chosen, this, [this, column](const Cell &value) {
        // Of measured numbers no two are equal: from there on.
        auto filter = m_model->valueFilter(column, value, ListModel::Match::Equal);
        if (!filter)
            filter = m_model->valueFilter(column, value, ListModel::Match::AtLeast);
        if (filter)
            Q_EMIT filterRequested(*filter);
        else
            Q_EMIT message(tr("%1 cannot be filtered by a single value.").arg(column.title));
    });
    popup->popupAt(global);
    m_workspace->compute<Answer>(
        popup, QStringLiteral("values"),
        [rows, at](const Selection &selection) {
            return valueCounts(*rows, at, kShownValues, selection.context.data.stop);
        },
        [popup, rows](Answer counts) {
            if (counts)
                popup->setCounts(*counts, rows->zone());
        });
    return popup;
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/tablestyle.h"

#include "app/tables/celldelegate.h"

#include <QHeaderView>
#include <QTableView>

#include <algorithm>

namespace genscope {

namespace {

constexpr int kRowHeight = 26;
constexpr int kHeaderHeight = 28;

} // namespace

void dressTable(QTableView *table, const QString &accessibleName)
{
    table->setAccessibleName(accessibleName);
    table->setItemDelegate(new CellDelegate(table));
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setTabKeyNavigation(false); // Tab leaves the table
    table->setCornerButtonEnabled(false);
    table->setContextMenuPolicy(Qt::CustomContextMenu);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setMinimumSectionSize(kRowHeight);
    table->verticalHeader()->setDefaultSectionSize(kRowHeight);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setFixedHeight(kHeaderHeight);
    table->horizontalHeader()->setMinimumSectionSize(40);
    table->horizontalHeader()->setTextElideMode(Qt::ElideRight);
}

void setLeastWidth(QTableView *table, int column, int least)
{
    table->setColumnWidth(column, std::max(least, table->horizontalHeader()->sectionSizeHint(column)));
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/pinnedcolumns.h"

#include "app/tables/celldelegate.h"
#include "app/tables/listheader.h"
#include "app/tables/listview.h"
#include "charts/theme.h"

#include <QPainter>
#include <QScrollBar>
#include <QSignalBlocker>

#include <algorithm>

namespace genscope {

PinnedColumns::PinnedColumns(ListView *list) : QTableView(list), m_list(list)
{
    auto *header = new ListHeader(list->listModel(), this);
    setHorizontalHeader(header);
    setModel(list->model());
    setSelectionModel(list->selectionModel());
    setItemDelegate(new CellDelegate(this));
    setShowGrid(false);
    setWordWrap(false);
    setFrameShape(NoFrame);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setFocusPolicy(Qt::ClickFocus);
    setFocusProxy(list);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(list->verticalHeader()->minimumSectionSize());
    verticalHeader()->setDefaultSectionSize(list->verticalHeader()->defaultSectionSize());
    connectList();
    show();
    raise();
}

void PinnedColumns::connectList()
{
    // After this view's own header has seen that the columns are others.
    connect(model(), &QAbstractItemModel::modelReset, m_list, &ListView::arrangePinned);
    auto *header = static_cast<ListHeader *>(horizontalHeader());
    auto *listHeader = static_cast<ListHeader *>(m_list->horizontalHeader());
    connect(header, &ListHeader::sortRequested, listHeader, &ListHeader::sortRequested);
    connect(header, &QHeaderView::sectionResized, this, [this](int section, int, int width) {
        m_list->setColumnWidth(section, width);
        place();
    });
    connect(header, &QWidget::customContextMenuRequested, this, [this, header](const QPoint &at) {
        Q_EMIT m_list->headerMenuRequested(header->logicalIndexAt(at), header->mapToGlobal(at));
    });
    connect(this, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) {
        if (const QModelIndex index = indexAt(at); index.isValid())
            Q_EMIT m_list->cellMenuRequested(index, viewport()->mapToGlobal(at));
    });
    connect(this, &QAbstractItemView::doubleClicked, this,
            [this](const QModelIndex &index) { Q_EMIT m_list->rowActivated(index.row()); });
    connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, verticalScrollBar(),
            &QScrollBar::setValue);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, m_list->verticalScrollBar(),
            &QScrollBar::setValue);
}

void PinnedColumns::showColumns(const std::vector<int> &sections)
{
    if (horizontalHeader()->count() != model()->columnCount())
        return; // in the midst of a reset: asked again at its end
    m_sections = sections;
    const QSignalBlocker quiet(horizontalHeader());
    for (int section = 0; section < model()->columnCount(); ++section) {
        const bool pinned = std::find(sections.begin(), sections.end(), section) != sections.end();
        setColumnHidden(section, !pinned);
        if (pinned)
            setColumnWidth(section, m_list->columnWidth(section));
    }
    for (std::size_t i = 0; i < sections.size(); ++i)
        horizontalHeader()->moveSection(horizontalHeader()->visualIndex(sections[i]), static_cast<int>(i));
    place();
}

void PinnedColumns::place()
{
    int width = 1; // the line at the right edge
    for (const int section : m_sections)
        width += columnWidth(section);
    const int top = m_list->viewport()->geometry().top() - horizontalHeader()->height();
    setGeometry(m_list->frameWidth(), top, std::min(width, m_list->viewport()->width()),
                m_list->viewport()->height() + horizontalHeader()->height());
    verticalScrollBar()->setValue(m_list->verticalScrollBar()->value());
}

void PinnedColumns::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    QPainter painter(viewport());
    painter.fillRect(QRect(viewport()->width() - 1, 0, 1, viewport()->height()), Theme::of(palette()).axis);
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/listheader.h"

#include "charts/theme.h"

#include <QItemSelectionModel>
#include <QMouseEvent>
#include <QPainter>

namespace genscope {

namespace {

constexpr int kHeight = 28;
constexpr int kPlaceWidth = 8; ///< right of the arrow

} // namespace

ListHeader::ListHeader(ListModel *model, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent), m_model(model)
{
    setHighlightSections(false);
    setFixedHeight(kHeight);
    setMinimumSectionSize(40);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setSectionsClickable(true);
    setSortIndicatorShown(true);
    setTextElideMode(Qt::ElideRight);
    connect(this, &QHeaderView::sectionClicked, this,
            [this](int section) { Q_EMIT sortRequested(section, m_also); });
}

void ListHeader::setSelectionModel(QItemSelectionModel *selection)
{
    if (selection == nullptr || selection->parent() == this) // the empty one that it makes itself
        QHeaderView::setSelectionModel(selection);
}

int ListHeader::sortPlace(int section) const
{
    const auto &columns = m_model->rows()->columns();
    const auto at = static_cast<std::size_t>(section);
    return at < columns.size() ? m_model->sortPlace(columns[at].name) : -1;
}

void ListHeader::mouseReleaseEvent(QMouseEvent *event)
{
    m_also = event->modifiers().testFlag(Qt::ShiftModifier);
    m_clicking = true;
    QHeaderView::mouseReleaseEvent(event);
    m_clicking = false;
}

void ListHeader::initStyleOptionForIndex(QStyleOptionHeader *option, int section) const
{
    QHeaderView::initStyleOptionForIndex(option, section);
    const int place = sortPlace(section);
    option->sortIndicator = QStyleOptionHeader::None;
    if (place >= 0)
        option->sortIndicator = m_model->sorting()[static_cast<std::size_t>(place)].descending
                                    ? QStyleOptionHeader::SortUp
                                    : QStyleOptionHeader::SortDown;
}

void ListHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    QHeaderView::paintSection(painter, rect, section);
    const int place = sortPlace(section);
    if (place < 0 || m_model->sorting().size() < 2)
        return;
    painter->save();
    QFont small = smallFont(font());
    small.setPointSizeF(small.pointSizeF() * 0.8);
    painter->setFont(small);
    painter->setPen(Theme::of(palette()).accent);
    painter->drawText(QRect(rect.right() - kPlaceWidth + 1, rect.top(), kPlaceWidth, rect.height() - 4),
                      Qt::AlignCenter, QString::number(place + 1));
    painter->restore();
}

} // namespace genscope

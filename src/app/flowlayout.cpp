// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/flowlayout.h"

#include <QStyle>
#include <QWidget>

#include <algorithm>

namespace genscope {

FlowLayout::FlowLayout(int spacing)
{
    setSpacing(spacing);
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(m_items);
}

void FlowLayout::insertBeforeLast(QWidget *widget)
{
    addChildWidget(widget);
    m_items.insert(std::max<qsizetype>(0, m_items.size() - 1), new QWidgetItem(widget));
    invalidate();
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    if (index < 0 || index >= m_items.size())
        return nullptr;
    return m_items.takeAt(index);
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem *item : m_items)
        size = size.expandedTo(item->minimumSize());
    return size;
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int FlowLayout::arrange(const QRect &rect, bool apply) const
{
    struct Placed
    {
        QLayoutItem *item;
        QRect rect;
    };
    QVector<Placed> line;
    int x = rect.left();
    int y = rect.top();
    int lineHeight = 0;
    const Qt::LayoutDirection direction =
        parentWidget() ? parentWidget()->layoutDirection() : Qt::LeftToRight;
    const auto finishLine = [&] {
        for (const Placed &placed : line) {
            QRect at = placed.rect;
            at.moveTop(y + (lineHeight - at.height()) / 2);
            if (apply)
                placed.item->setGeometry(QStyle::visualRect(direction, rect, at));
        }
        line.clear();
    };
    for (QLayoutItem *item : m_items) {
        if (item->isEmpty())
            continue;
        const bool last = item == m_items.back();
        QSize size =
            last ? item->minimumSize().expandedTo(QSize(0, item->sizeHint().height())) : item->sizeHint();
        if (x + size.width() > rect.right() + 1 && !line.isEmpty()) {
            finishLine();
            y += lineHeight + spacing();
            x = rect.left();
            lineHeight = 0;
        }
        if (last)
            size.setWidth(std::max(size.width(), rect.right() + 1 - x));
        line.push_back({item, QRect(QPoint(x, y), size)});
        x += size.width() + spacing();
        lineHeight = std::max(lineHeight, size.height());
    }
    finishLine();
    return y + lineHeight - rect.top();
}

} // namespace genscope

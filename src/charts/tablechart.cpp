// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/tablechart.h"

#include "charts/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace genscope {

namespace {

constexpr int kRow = 22;

} // namespace

class TableChart::Delegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const Theme &theme = Theme::of(option->palette);
        const bool muted = index.data(Qt::UserRole).toBool();
        option->palette.setColor(QPalette::Text, muted ? theme.other : theme.text);
    }
};

TableChart::TableChart(QWidget *parent)
    : ChartView(parent), m_model(new ResultModel(this)), m_view(new QTableView(this))
{
    m_view->setModel(m_model);
    m_view->setItemDelegate(new Delegate(m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setShowGrid(false);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setTabKeyNavigation(false);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(kRow);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setSortIndicator(-1, Qt::DescendingOrder);
    m_view->horizontalHeader()->setSortIndicatorClearable(true);
    m_view->setSortingEnabled(true);
    m_view->installEventFilter(this);
    m_view->viewport()->installEventFilter(this);
    setFocusProxy(m_view);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    dress();
}

void TableChart::setResult(const ResultTable &table, const ChartContext &context)
{
    m_model->setResult(table, context, locale());
    QHeaderView *header = m_view->horizontalHeader();
    for (int column = 0; column < m_model->columnCount(); ++column)
        header->setSectionResizeMode(column,
                                     column == 0 ? QHeaderView::Stretch : QHeaderView::ResizeToContents);
}

void TableChart::paintPicture(QPainter &painter, const QRect &area)
{
    const Theme &theme = Theme::of(palette());
    const int columns = m_model->columnCount();
    if (columns == 0)
        return;
    painter.save();
    painter.setClipRect(area, Qt::IntersectClip);
    painter.setFont(font());
    const int first = area.width() / (columns + 1) * 2;
    const int rest = columns > 1 ? (area.width() - first) / (columns - 1) : 0;
    const auto cellRect = [&](int row, int column) {
        const int left = column == 0 ? 0 : first + (column - 1) * rest;
        return QRect(area.left() + left, area.top() + row * kRow, (column == 0 ? first : rest) - 8, kRow);
    };
    const auto draw = [&](const QRect &rect, const QString &text, int alignment, const QColor &color) {
        painter.setPen(color);
        painter.drawText(rect, alignment | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(text, Qt::ElideMiddle, rect.width()));
    };
    for (int column = 0; column < columns; ++column)
        draw(cellRect(0, column), m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(),
             m_model->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt(), theme.mutedText);
    painter.setPen(QPen(theme.hairline, 1));
    painter.drawLine(area.left(), area.top() + kRow, area.right(), area.top() + kRow);
    const int fitting = std::max(0, area.height() / kRow - 1);
    const int rows = m_model->rowCount();
    const int shown = rows <= fitting ? rows : std::max(0, fitting - 1);
    for (int row = 0; row < shown; ++row) {
        for (int column = 0; column < columns; ++column) {
            const QModelIndex index = m_model->index(row, column);
            draw(cellRect(row + 1, column), index.data().toString(),
                 index.data(Qt::TextAlignmentRole).toInt(),
                 index.data(Qt::UserRole).toBool() ? theme.other : theme.text);
        }
    }
    if (shown < rows)
        draw(cellRect(shown + 1, 0), tr("%n more", "", rows - shown), Qt::AlignLeft | Qt::AlignVCenter,
             theme.mutedText);
    painter.restore();
}

void TableChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        dress();
    ChartView::changeEvent(event);
}

void TableChart::dress()
{
    QPalette dressed = palette();
    dressed.setColor(QPalette::Base, Theme::of(palette()).surface);
    m_view->setPalette(dressed);
}

void TableChart::activate(int row, Qt::KeyboardModifiers modifiers)
{
    ChartPick pick = m_model->pick(row);
    if (!pick.value)
        return;
    pick.intent = intentOf(modifiers);
    Q_EMIT activated(pick);
}

bool TableChart::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view->viewport() && event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const QModelIndex index = m_view->indexAt(mouse->pos());
        if (mouse->button() == Qt::LeftButton && index.isValid())
            activate(index.row(), mouse->modifiers());
    }
    if (watched == m_view && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) &&
            m_view->currentIndex().isValid()) {
            activate(m_view->currentIndex().row(), key->modifiers());
            return true;
        }
    }
    return ChartView::eventFilter(watched, event);
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/celldelegate.h"

#include "charts/theme.h"
#include "models/roles.h"

#include <QApplication>
#include <QPainter>
#include <QPainterPath>

namespace genscope {

namespace {

constexpr int kPadding = 8;
constexpr int kMarkSize = 10;
constexpr int kMarkGap = 6;
constexpr int kRowHeight = 26;

struct CellColors
{
    QColor text;
    QColor unit;
    QColor error;
    QColor warning;
};

CellColors colorsOf(const QStyleOptionViewItem &option, const Theme &theme)
{
    if ((option.state & QStyle::State_Selected) != 0) {
        const QColor text = option.palette.color(QPalette::HighlightedText);
        return {text, text, text, text};
    }
    return {theme.text, theme.mutedText, theme.error, theme.warning};
}

Qt::Alignment alignmentOf(const QModelIndex &index)
{
    return Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt());
}

/// The number, then its unit in a lighter tone, together at the right edge or the left.
void drawText(QPainter *painter, const QStyleOptionViewItem &option, const QRect &rect, const QString &text,
              const QString &unit, Qt::Alignment alignment, const QColor &color, const QColor &unitColor)
{
    const QFontMetrics &metrics = option.fontMetrics;
    const QString number = text.chopped(unit.size());
    const int whole = metrics.horizontalAdvance(text);
    if (unit.isEmpty() || whole > rect.width()) {
        painter->setPen(color);
        painter->drawText(rect, static_cast<int>(alignment) | Qt::TextSingleLine,
                          metrics.elidedText(text, Qt::ElideRight, rect.width()));
        return;
    }
    const int numberWidth = metrics.horizontalAdvance(number);
    const int left = (alignment & Qt::AlignRight) != 0 ? rect.right() + 1 - whole : rect.left();
    const int flags = static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextSingleLine;
    painter->setPen(color);
    painter->drawText(QRect(left, rect.top(), numberWidth + 1, rect.height()), flags, number);
    painter->setPen(unitColor);
    painter->drawText(QRect(left + numberWidth, rect.top(), whole - numberWidth + 1, rect.height()), flags,
                      unit);
}

QRect markRect(const QRect &content)
{
    return {content.left(), content.top() + (content.height() - kMarkSize) / 2, kMarkSize, kMarkSize};
}

} // namespace

void drawErrorMark(QPainter *painter, const QRect &rect, const QColor &color)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, 1.5));
    painter->setBrush(Qt::NoBrush);
    const QRectF circle = QRectF(rect).adjusted(0.75, 0.75, -0.75, -0.75);
    painter->drawEllipse(circle);
    const QRectF cross = circle.adjusted(2.6, 2.6, -2.6, -2.6);
    painter->drawLine(cross.topLeft(), cross.bottomRight());
    painter->drawLine(cross.topRight(), cross.bottomLeft());
    painter->restore();
}

void drawSwatch(QPainter *painter, const QRect &rect, const QColor &color)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    painter->drawRoundedRect(QRectF(rect), 2, 2);
    painter->restore();
}

CellDelegate::CellDelegate(QObject *parent) : QStyledItemDelegate(parent) {}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto style = static_cast<CellStyle>(index.data(StyleRole).toInt());
    const bool marked = style == CellStyle::Model || style == CellStyle::Error;
    const QString text = index.data(Qt::DisplayRole).toString();
    return {option.fontMetrics.horizontalAdvance(text) + 2 * kPadding + 2 +
                (marked ? kMarkSize + kMarkGap : 0),
            kRowHeight};
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    QStyleOptionViewItem background(option);
    background.text.clear();
    const QWidget *widget = option.widget;
    const QStyle *style = widget != nullptr ? widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &background, painter, widget);

    const Theme &theme = Theme::of(option.palette);
    const CellColors colors = colorsOf(option, theme);
    const QString text = index.data(Qt::DisplayRole).toString();
    const auto cellStyle = static_cast<CellStyle>(index.data(StyleRole).toInt());
    QRect content = option.rect.adjusted(kPadding, 0, -kPadding, 0);
    painter->save();
    painter->setFont(option.font);
    QColor color = colors.text;
    if (cellStyle == CellStyle::Model && !text.isEmpty()) {
        const Cell value = index.data(FullTextRole).toString().toStdString();
        drawSwatch(painter, markRect(content), CategoryColors::session().color("model", value, theme));
        content.setLeft(content.left() + kMarkSize + kMarkGap);
    } else if (cellStyle == CellStyle::Error && !text.isEmpty()) {
        drawErrorMark(painter, markRect(content), colors.error);
        content.setLeft(content.left() + kMarkSize + kMarkGap);
        color = colors.error;
    } else if (cellStyle == CellStyle::Instant || cellStyle == CellStyle::Id) {
        color = colors.text;
    } else if (cellStyle == CellStyle::Number && !text.isEmpty() && !index.data(SortRole).isValid()) {
        color = colors.warning; // words in place of a number: unpriced
    }
    drawText(painter, option, content, text, index.data(UnitRole).toString(), alignmentOf(index), color,
             colors.unit);
    if (m_hairlines) {
        painter->setPen(theme.hairline);
        painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    }
    painter->restore();
}

} // namespace genscope

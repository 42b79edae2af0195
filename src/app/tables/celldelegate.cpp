// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/celldelegate.h"

#include "charts/theme.h"
#include "models/roles.h"

#include <QPainter>
#include <QTreeView>

#include <algorithm>

namespace genscope {

namespace {

constexpr int kPadding = 8;
constexpr int kMarkSize = 10;
constexpr int kMarkGap = 6;
constexpr int kRowHeight = 26;

/// Selected rows are tinted rather than filled, so that swatches, marks and units keep their colours.
QColor tinted(const QColor &under, const QColor &over, double share)
{
    const auto mix = [share](int a, int b) { return static_cast<int>(a + (b - a) * share + 0.5); };
    return {mix(under.red(), over.red()), mix(under.green(), over.green()), mix(under.blue(), over.blue())};
}

Qt::Alignment alignmentOf(const QModelIndex &index)
{
    const QVariant alignment = index.data(Qt::TextAlignmentRole);
    return alignment.isValid() ? Qt::Alignment(alignment.toInt()) : Qt::AlignVCenter | Qt::AlignLeft;
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

QRect markRect(int left, const QRect &content)
{
    return {left, content.top() + (content.height() - kMarkSize) / 2, kMarkSize, kMarkSize};
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

void softenSelection(QWidget *view, const Theme &theme)
{
    const QColor tint = tinted(theme.surface, theme.accent, 0.22);
    if (view->palette().color(QPalette::Active, QPalette::Highlight) == tint)
        return;
    QPalette palette = view->palette();
    palette.setColor(QPalette::Highlight, tint);
    palette.setColor(QPalette::Inactive, QPalette::Highlight, tinted(theme.surface, theme.accent, 0.14));
    palette.setColor(QPalette::HighlightedText, theme.text);
    view->setPalette(palette);
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
    const Theme &theme = Theme::of(option.palette);
    const QString text = index.data(Qt::DisplayRole).toString();
    const auto style = static_cast<CellStyle>(index.data(StyleRole).toInt());
    const Qt::Alignment alignment = alignmentOf(index);
    const bool selected = (option.state & QStyle::State_Selected) != 0;
    painter->save();
    painter->setFont(option.font);
    paintCellBackground(painter, option, theme, index.column());
    paintMark(painter, option, theme, index);
    QRect content = option.rect.adjusted(kPadding, 0, -kPadding, 0);
    QColor color = theme.text;
    if (style == CellStyle::Model && !text.isEmpty()) {
        const QVariant swatch = index.data(SwatchRole);
        const QString model = (swatch.isValid() ? swatch : index.data(FullTextRole)).toString();
        if (!model.isEmpty())
            drawSwatch(painter, markRect(content.left(), content),
                       CategoryColors::session().color("model", Cell(model.toStdString()), theme));
        content.setLeft(content.left() + kMarkSize + kMarkGap);
    } else if (style == CellStyle::Error && !text.isEmpty()) {
        // Advances are rounded: a text of exactly that width may be elided.
        const int textWidth = option.fontMetrics.horizontalAdvance(text) + 2;
        const bool right = (alignment & Qt::AlignRight) != 0;
        const int left =
            right ? std::max(content.left(), content.right() + 1 - textWidth - kMarkSize - kMarkGap)
                  : content.left();
        drawErrorMark(painter, markRect(left, content), theme.error);
        content.setLeft(left + kMarkSize + kMarkGap);
        color = theme.error;
    } else if (style == CellStyle::Number && !text.isEmpty() && !index.data(SortRole).isValid()) {
        color = theme.warning; // words in place of a number: unpriced
    } else if (style == CellStyle::Rise) {
        color = theme.warning;
    } else if (style == CellStyle::Link || style == CellStyle::Fall) {
        color = theme.accent;
    }
    drawText(painter, option, content, text, index.data(UnitRole).toString(), alignment,
             selected ? theme.text : color, selected ? theme.text : theme.mutedText);
    painter->restore();
}

/// The number as a bar from the left edge below its digits, or as a tint of the cell.
void CellDelegate::paintMark(QPainter *painter, const QStyleOptionViewItem &option, const Theme &theme,
                             const QModelIndex &index) const
{
    const auto mark = static_cast<CellMark>(index.data(MarkRole).toInt());
    if (mark == CellMark::None)
        return;
    const QVariant share = index.data(ShareRole);
    if (!share.isValid())
        return;
    const double part = share.toDouble();
    if (mark == CellMark::Heat) {
        QColor tint = theme.accent;
        tint.setAlphaF(static_cast<float>(0.04 + 0.36 * part)); // digits stay readable on the darkest
        painter->fillRect(option.rect.adjusted(0, 0, 0, -1), tint);
        return;
    }
    QColor bar = theme.accent;
    bar.setAlphaF(0.55F);
    const int whole = option.rect.width() - 2 * kPadding;
    const int width = part > 0 ? std::max(1, static_cast<int>(whole * part + 0.5)) : 0;
    painter->fillRect(QRect(option.rect.left() + kPadding, option.rect.bottom() - 4, width, 3), bar);
}

void paintCellBackground(QPainter *painter, const QStyleOptionViewItem &option, const Theme &theme,
                         int column)
{
    const bool active = (option.state & QStyle::State_Active) != 0;
    if ((option.state & QStyle::State_Selected) != 0)
        painter->fillRect(option.rect, tinted(theme.surface, theme.accent, active ? 0.22 : 0.14));
    painter->setPen(theme.hairline);
    // Of a tree's first column the line begins at the edge, below the branches too.
    const bool fromEdge = column == 0 && qobject_cast<const QTreeView *>(option.widget) != nullptr;
    painter->drawLine(QPoint(fromEdge ? 0 : option.rect.left(), option.rect.bottom()),
                      option.rect.bottomRight());
    if ((option.state & QStyle::State_HasFocus) !=
        0) { // where the keyboard is, for copying and filtering a cell
        painter->setPen(theme.accent);
        painter->drawRect(option.rect.adjusted(0, 0, -1, -2));
    }
}

} // namespace genscope

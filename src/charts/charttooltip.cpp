// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/charttooltip.h"

#include "charts/theme.h"

#include <QPainter>
#include <QScreen>

#include <algorithm>

namespace genscope {

namespace {

constexpr int kPadding = 8;
constexpr int kSwatch = 8;
constexpr int kGap = 8;
constexpr int kColumnGap = 16;
constexpr int kMostLabel = 420; ///< pixels
constexpr int kDistance = 14;   ///< from the crosshair

} // namespace

ChartTooltip::ChartTooltip(QWidget *parent)
    : QWidget(parent, Qt::ToolTip | Qt::FramelessWindowHint | Qt::WindowTransparentForInput)
{
    setAttribute(Qt::WA_ShowWithoutActivating);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
}

void ChartTooltip::setContent(const Content &content)
{
    m_content = content;
    resize(sizeHint());
    update();
}

void ChartTooltip::showBeside(const QPoint &anchor)
{
    const QRect screen = this->screen()->availableGeometry();
    QPoint corner = anchor + QPoint(kDistance, kDistance);
    if (corner.x() + width() > screen.right())
        corner.setX(std::max(screen.left(), anchor.x() - kDistance - width()));
    corner.setY(std::clamp(corner.y(), screen.top(), std::max(screen.top(), screen.bottom() - height())));
    move(corner);
    show();
}

QSize ChartTooltip::sizeHint() const
{
    const Widths widths = measure();
    const QFontMetrics heading(titleFont(font()));
    int lines = static_cast<int>(m_content.rows.size());
    int height = 2 * kPadding + heading.height() + 4;
    if (!m_content.note.isEmpty())
        ++lines;
    if (!m_content.total.label.isEmpty()) {
        ++lines;
        height += 7;
    }
    const int columns = kSwatch + kGap + widths.label + kColumnGap + widths.value +
                        (widths.share > 0 ? kColumnGap + widths.share : 0);
    return {2 * kPadding + std::max(columns, heading.horizontalAdvance(m_content.heading) + 2),
            height + lines * widths.line};
}

ChartTooltip::Widths ChartTooltip::measure() const
{
    const QFontMetrics normal(font());
    const QFontMetrics strong(titleFont(font()));
    Widths widths;
    widths.line = normal.height() + 3;
    const auto add = [&](const Row &row) {
        widths.label = std::max(widths.label, std::min(strong.horizontalAdvance(row.label), kMostLabel));
        widths.value = std::max(widths.value, strong.horizontalAdvance(row.value));
        widths.share = std::max(widths.share, normal.horizontalAdvance(row.share));
    };
    for (const Row &row : m_content.rows)
        add(row);
    add(m_content.total);
    widths.label = std::max(widths.label, normal.horizontalAdvance(m_content.note));
    return widths;
}

void ChartTooltip::paintRow(QPainter &painter, const Row &row, const Widths &widths, int y) const
{
    const Theme &theme = Theme::of(palette());
    if (row.color.isValid()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(row.color);
        painter.drawRoundedRect(QRectF(kPadding, y + (widths.line - kSwatch) / 2.0, kSwatch, kSwatch), 2, 2);
    }
    painter.setFont(row.strong ? titleFont(font()) : font());
    painter.setPen(theme.text);
    int x = kPadding + kSwatch + kGap;
    painter.drawText(QRect(x, y, widths.label + 1, widths.line),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(row.label, Qt::ElideMiddle, widths.label + 1));
    x = width() - kPadding - (widths.share > 0 ? kColumnGap + widths.share : 0);
    painter.drawText(QRect(x - widths.value - 1, y, widths.value + 1, widths.line),
                     Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, row.value);
    painter.setFont(font());
    painter.setPen(theme.mutedText);
    painter.drawText(QRect(width() - kPadding - widths.share - 1, y, widths.share + 1, widths.line),
                     Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, row.share);
}

void ChartTooltip::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), theme.surface);
    painter.setPen(theme.hairline);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));

    const Widths widths = measure();
    int y = kPadding;
    painter.setFont(titleFont(font()));
    painter.setPen(theme.text);
    const int headingHeight = painter.fontMetrics().height();
    painter.drawText(QRect(kPadding, y, width() - 2 * kPadding, headingHeight),
                     Qt::AlignLeft | Qt::TextSingleLine, m_content.heading);
    y += headingHeight + 4;
    if (!m_content.note.isEmpty()) {
        painter.setFont(font());
        painter.setPen(theme.mutedText);
        painter.drawText(QRect(kPadding, y - 2, width() - 2 * kPadding, widths.line),
                         Qt::AlignLeft | Qt::TextSingleLine, m_content.note);
        y += widths.line;
    }
    for (const Row &row : m_content.rows) {
        paintRow(painter, row, widths, y);
        y += widths.line;
    }
    if (!m_content.total.label.isEmpty()) {
        painter.setPen(theme.hairline);
        painter.drawLine(kPadding, y + 3, width() - kPadding, y + 3);
        paintRow(painter, m_content.total, widths, y + 7);
    }
}

} // namespace genscope

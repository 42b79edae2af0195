// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/statepane.h"

#include "charts/hatch.h"
#include "charts/theme.h"

#include <QPainter>

#include <algorithm>
#include <array>

namespace genscope {

StatePane::StatePane(QWidget *parent) : QWidget(parent)
{
    setMinimumSize(80, 40);
}

void StatePane::setState(Kind kind, const QString &heading, const QString &detail)
{
    m_kind = kind;
    m_heading = heading;
    m_detail = detail;
    setAccessibleName(kind == Kind::Loading ? tr("Loading") : text());
    setToolTip(QStringLiteral("<p>%1</p>").arg(m_detail.toHtmlEscaped()));
    update();
}

QString StatePane::text() const
{
    return m_detail.isEmpty() ? m_heading : m_heading + QLatin1Char('\n') + m_detail;
}

void StatePane::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(painter, rect());
}

void StatePane::paint(QPainter &painter, const QRect &area) const
{
    if (m_kind == Kind::Loading) {
        paintSkeleton(painter, area);
        return;
    }
    const Theme &theme = Theme::of(palette());
    const QFont heading = titleFont(font());
    const QFont detail = smallFont(font());
    const int textWidth = std::min(area.width() - 16, 420);
    const QRect room(0, 0, textWidth, area.height());
    constexpr int kFlags = Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap;
    const QRect headingBox = QFontMetrics(heading).boundingRect(room, kFlags, m_heading);
    const QRect detailBox =
        m_detail.isEmpty() ? QRect() : QFontMetrics(detail).boundingRect(room, kFlags, m_detail);
    constexpr int kIcon = 28;
    const bool withIcon =
        m_kind == Kind::Unpriced && area.height() > headingBox.height() + detailBox.height() + kIcon + 24;
    const int height = headingBox.height() + (detailBox.isEmpty() ? 0 : detailBox.height() + 4) +
                       (withIcon ? kIcon + 10 : 0);
    int y = area.top() + std::max(0, (area.height() - height) / 2);
    const int x = area.left() + (area.width() - textWidth) / 2;
    if (withIcon) {
        paintHatch(painter, QRectF(area.center().x() - kIcon, y, 2 * kIcon, kIcon - 8), theme.unpriced);
        y += kIcon + 2;
    }
    painter.setFont(heading);
    painter.setPen(m_kind == Kind::Failed     ? theme.error
                   : m_kind == Kind::Unpriced ? theme.warning
                                              : theme.text);
    painter.drawText(QRect(x, y, textWidth, headingBox.height()), kFlags, m_heading);
    y += headingBox.height() + 4;
    painter.setFont(detail);
    painter.setPen(theme.mutedText);
    painter.drawText(QRect(x, y, textWidth, std::max(0, area.bottom() - y)), kFlags, m_detail);
}

void StatePane::paintSkeleton(QPainter &painter, const QRect &area) const
{
    const Theme &theme = Theme::of(palette());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.raised);
    if (area.height() < 110) { // a number and its sparkline
        painter.drawRoundedRect(QRectF(area.left(), area.top() + 6, std::min(110, area.width()), 22), 4, 4);
        painter.drawRoundedRect(QRectF(area.left(), area.top() + 38, std::min(160, area.width()), 10), 4, 4);
        return;
    }
    constexpr std::array kHeights{0.42, 0.55, 0.48, 0.70, 0.62, 0.38, 0.30, 0.52, 0.66, 0.80, 0.58, 0.46};
    const double step = static_cast<double>(area.width()) / kHeights.size();
    for (std::size_t i = 0; i < kHeights.size(); ++i) {
        const double height = (area.height() - 16) * kHeights[i];
        painter.drawRoundedRect(
            QRectF(area.left() + static_cast<double>(i) * step, area.bottom() - height, step * 0.7, height),
            3, 3);
    }
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/hatch.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace genscope {

void paintHatch(QPainter &painter, const QRectF &area, const QColor &color)
{
    constexpr double kStep = 5;
    QColor faint = color;
    faint.setAlphaF(0.28F);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(area, faint);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1, Qt::SolidLine, Qt::FlatCap));
    // Where x + y is a multiple of the step, so that the hatch runs on through neighbouring areas. Lines are
    // cut by computing, not by a clip, which vector formats handle badly.
    const double first = std::ceil((area.left() + area.top()) / kStep) * kStep;
    for (double sum = first; sum < area.right() + area.bottom(); sum += kStep) {
        const double xLow = std::max(area.left(), sum - area.bottom());
        const double xHigh = std::min(area.right(), sum - area.top());
        painter.drawLine(QPointF(xLow, sum - xLow), QPointF(xHigh, sum - xHigh));
    }
    painter.restore();
}

} // namespace genscope

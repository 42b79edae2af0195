// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/trenddelegate.h"

#include "app/tables/celldelegate.h"
#include "charts/theme.h"
#include "models/roles.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace genscope {

void TrendDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.palette);
    paintCellBackground(painter, option, theme, index.column());
    const auto numbers = index.data(TrendRole).value<QVector<double>>();
    double largest = 0;
    for (const double number : numbers)
        largest = std::isnan(number) ? largest : std::max(largest, number);
    if (numbers.size() < 2 || !(largest > 0))
        return;
    const QRectF area = QRectF(option.rect).adjusted(8, 5, -8, -6);
    QPainterPath path;
    bool drawing = false; // a gap ends the line
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        if (std::isnan(numbers[i])) {
            drawing = false;
            continue;
        }
        const QPointF at(area.left() +
                             area.width() * static_cast<double>(i) / static_cast<double>(numbers.size() - 1),
                         area.bottom() - area.height() * numbers[i] / largest);
        if (drawing)
            path.lineTo(at);
        else
            path.moveTo(at);
        drawing = true;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(theme.accent, 1.2));
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(path);
    painter->restore();
}

QSize TrendDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {120, 26};
}

} // namespace genscope

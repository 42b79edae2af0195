// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/heatmapchart.h"

#include "charts/celltext.h"
#include "charts/theme.h"
#include "core/format.h"

#include <cmath>

namespace genscope {

namespace {

constexpr double kScaleGap = 14;

} // namespace

HeatmapChart::HeatmapChart(QWidget *parent) : CellChart(parent) {}

void HeatmapChart::setResult(const ResultTable &table, const ChartContext &)
{
    m_data = buildGrid(table);
    setAxes(m_data.x, m_data.y);
}

QMarginsF HeatmapChart::around(const QSizeF &) const
{
    return {0, 2, m_data.numbers.empty() ? 0 : kScaleGap + scaleWidth(m_data, smallFont(font()), locale()),
            0};
}

void HeatmapChart::paintCells(QPainter &painter, const Theme &theme, const QRectF &plot) const
{
    paintGrid(painter, theme, m_data, [&](int column, int row) {
        return cellRect(plot, {column, row}, {column, row});
    });
}

void HeatmapChart::paintAround(QPainter &painter, const Theme &theme, const QRectF &plot,
                               const QRectF &area) const
{
    paintScale(
        painter, theme, m_data,
        QRectF(plot.right() + kScaleGap, plot.top(), area.right() - plot.right() - kScaleGap, plot.height()),
        locale());
}

ChartTooltip::Content HeatmapChart::tooltipContent(const Spot &spot) const
{
    ChartTooltip::Content content;
    const auto x = static_cast<std::size_t>(spot.x);
    const auto y = static_cast<std::size_t>(spot.y);
    const QString column = m_data.x.text(x, x, locale());
    const QString row = m_data.y.text(y, y, locale());
    content.heading =
        m_data.y.kind() == CellAxis::Kind::Clock ? QStringLiteral("%1, %2").arg(row, column) : column;
    if (m_data.y.kind() != CellAxis::Kind::Clock)
        content.note = QStringLiteral("%1: %2").arg(m_data.y.title(), row);
    const double number = m_data.at(x, y);
    ChartTooltip::Row line;
    line.label = columnTitle(m_data.measure);
    if (std::isnan(number)) {
        line.value = tr("no events");
    } else {
        line.color = ColorScale::color(Theme::of(palette()), m_data.scale.shareOf(number));
        line.value = numberText(number, m_data.unit, locale());
        if (m_data.additive && m_data.total > 0)
            line.share = formatRatio(number / m_data.total, locale());
    }
    line.strong = true;
    content.rows.push_back(line);
    return content;
}

} // namespace genscope

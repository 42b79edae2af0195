// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/scatterchart.h"

#include "charts/celltext.h"
#include "charts/theme.h"
#include "core/format.h"

#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace genscope {

namespace {

constexpr double kScaleGap = 14;
constexpr double kPointRadius = 2.2;
constexpr Binning kCellsOfPoints{.perDecade = 40};

} // namespace

ScatterChart::ScatterChart(QWidget *parent) : CellChart(parent) {}

void ScatterChart::setResult(const ResultTable &table, const ChartContext &)
{
    m_points.clear();
    if (!readPoints(table))
        m_data = buildGrid(table);
    setAxes(m_data.x, m_data.y);
}

/// Takes a table of single numbers; false if it is one of bins.
bool ScatterChart::readPoints(const ResultTable &table)
{
    std::array<std::optional<Field>, 2> fields;
    if (table.columns.size() < 3)
        return false;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto field = Field::parse(table.columns[i].name);
        if (!field || field->bins || table.columns[i].role != ResultTable::Role::Dimension)
            return false;
        fields[i] = field->binned(kCellsOfPoints);
    }
    m_data = {};
    std::array<std::vector<double>, 2> numbers;
    for (const auto &row : table.rows) {
        const auto x = cellNumber(row[0]);
        const auto y = cellNumber(row[1]);
        const double count = cellNumber(row[2]).value_or(0);
        if (!x || !y) {
            m_data.without += count;
            continue;
        }
        m_points.push_back({*x, *y, count});
        numbers[0].push_back(*x);
        numbers[1].push_back(*y);
    }
    m_data.measure = table.columns[2].name;
    m_data.unit = table.columns[2].unit;
    m_data.additive = true;
    m_data.x = CellAxis::ofNumbers(*fields[0], numbers[0]);
    m_data.y = CellAxis::ofNumbers(*fields[1], numbers[1]);
    m_data.numbers.assign(m_data.x.bins().size() * m_data.y.bins().size(),
                          std::numeric_limits<double>::quiet_NaN());
    for (const Point &point : m_points) {
        const auto x = m_data.x.binOf(point.x);
        const auto y = m_data.y.binOf(point.y);
        double &cell = m_data.numbers[*y * m_data.x.bins().size() + *x];
        cell = std::isnan(cell) ? point.count : cell + point.count;
        m_data.total += point.count;
    }
    fitScale(m_data);
    return true;
}

QMarginsF ScatterChart::around(const QSizeF &) const
{
    const bool scale = m_points.empty() && !m_data.numbers.empty();
    const QFont small = smallFont(font());
    return {0, QFontMetricsF(small).height() + 6, scale ? kScaleGap + scaleWidth(m_data, small, locale()) : 0,
            0};
}

QString ScatterChart::xTitle() const
{
    if (m_data.without <= 0)
        return m_data.x.title();
    return tr("%1; %2 without").arg(m_data.x.title(), formatCompact(m_data.without, locale()));
}

void ScatterChart::paintCells(QPainter &painter, const Theme &theme, const QRectF &plot) const
{
    if (m_points.empty()) {
        paintGrid(painter, theme, m_data, [&](int column, int row) {
            return cellRect(plot, {column, row}, {column, row});
        });
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    QColor color = theme.accent;
    color.setAlphaF(0.6F);
    painter.setBrush(color);
    for (const Point &point : m_points) {
        const QPointF at(plot.left() + plot.width() * m_data.x.positionOf(point.x),
                         plot.bottom() - plot.height() * m_data.y.positionOf(point.y));
        painter.drawEllipse(at, kPointRadius, kPointRadius);
    }
}

void ScatterChart::paintAround(QPainter &painter, const Theme &theme, const QRectF &plot,
                               const QRectF &area) const
{
    const QFontMetricsF metrics(painter.font());
    painter.setPen(theme.mutedText);
    painter.drawText(QRectF(area.left(), area.top(), area.width(), metrics.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, m_data.y.title());
    if (m_points.empty())
        paintScale(painter, theme, m_data,
                   QRectF(plot.right() + kScaleGap, plot.top(), area.right() - plot.right() - kScaleGap,
                          plot.height()),
                   locale());
}

ChartTooltip::Content ScatterChart::tooltipContent(const Spot &spot) const
{
    const auto x = static_cast<std::size_t>(spot.x);
    const auto y = static_cast<std::size_t>(spot.y);
    const double number = m_data.at(x, y);
    if (std::isnan(number))
        return {};
    ChartTooltip::Content content;
    content.heading =
        columnTitle(m_data.measure) + QStringLiteral(": ") + formatCount(std::llround(number), locale());
    content.rows.push_back({{}, m_data.x.title(), m_data.x.text(x, x, locale()), {}, false});
    content.rows.push_back({{}, m_data.y.title(), m_data.y.text(y, y, locale()), {}, false});
    if (m_data.total > 0)
        content.note = tr("%1 of all").arg(formatRatio(number / m_data.total, locale()));
    return content;
}

void ScatterChart::wheelEvent(QWheelEvent *event)
{
    const QRectF plot = plotArea();
    if (m_data.x.isEmpty() || !plot.contains(event->position()) || event->angleDelta().y() == 0) {
        event->ignore();
        return;
    }
    event->accept();
    constexpr double kNotch = 120;
    const double factor = std::pow(0.7, event->angleDelta().y() / kNotch);
    const auto zoomed = [factor](double at) {
        return std::pair(std::max(0.0, at - at * factor), std::min(1.0, at + (1 - at) * factor));
    };
    const auto [left, right] = zoomed((event->position().x() - plot.left()) / plot.width());
    const auto [bottom, top] = zoomed((plot.bottom() - event->position().y()) / plot.height());
    if (factor >= 1) {
        Q_EMIT zoomRequested(std::nullopt);
        return;
    }
    ChartPick view;
    m_data.x.addTo(view, m_data.x.binAt(left), m_data.x.binAt(std::nextafter(right, 0.0)));
    m_data.y.addTo(view, m_data.y.binAt(bottom), m_data.y.binAt(std::nextafter(top, 0.0)));
    Q_EMIT zoomRequested(view);
}

void ScatterChart::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        Q_EMIT zoomRequested(std::nullopt);
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/griddata.h"

#include "charts/celltext.h"
#include "charts/theme.h"
#include "charts/timeseries.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace genscope {

namespace {

constexpr double kRampWidth = 10;
constexpr double kRampGap = 6;
constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

std::vector<double> labelShares(double height, double lineHeight)
{
    if (height > 5 * lineHeight)
        return {0, 0.5, 1};
    return {0, 1};
}

QString scaleText(const GridData &data, double share, const QLocale &locale)
{
    double number = data.scale.numberAt(share);
    if (data.additive && data.unit == Unit::Number)
        number = std::round(number);
    return axisText(number, data.unit, locale, data.scale.logarithmic ? number : data.scale.highest);
}

} // namespace

double ColorScale::shareOf(double number) const
{
    if (!(highest > lowest))
        return 1;
    if (logarithmic)
        return std::log(std::max(number, lowest) / lowest) / std::log(highest / lowest);
    return (number - lowest) / (highest - lowest);
}

double ColorScale::numberAt(double share) const
{
    if (logarithmic)
        return lowest * std::pow(highest / lowest, share);
    return lowest + (highest - lowest) * share;
}

QColor ColorScale::color(const Theme &theme, double share)
{
    // On a dark ground the largest are bright, on a light one they are dark.
    return theme.sequential(theme.dark ? share : 1 - share);
}

GridData buildGrid(const ResultTable &table)
{
    GridData data;
    std::optional<std::size_t> columns[2];
    CellAxis axes[2];
    std::optional<std::size_t> measure;
    std::size_t found = 0;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].role == ResultTable::Role::Measure) {
            measure = measure.value_or(i);
        } else if (found < 2) {
            if (auto axis = CellAxis::of(table, i)) {
                axes[found] = std::move(*axis);
                columns[found++] = i;
            }
        }
    }
    if (found < 2 || !measure)
        return data;
    if (axes[0].field() == "day_of_week") {
        std::swap(axes[0], axes[1]);
        std::swap(columns[0], columns[1]);
    }
    data.x = std::move(axes[0]);
    data.y = std::move(axes[1]);
    data.measure = table.columns[*measure].name;
    data.unit = table.columns[*measure].unit;
    data.additive = addsUp(data.measure, {});
    data.numbers.assign(data.x.bins().size() * data.y.bins().size(), kNothing);
    for (const auto &row : table.rows) {
        const auto number = cellNumber(row[*measure]);
        if (!number)
            continue;
        const auto x = data.x.binOf(row[*columns[0]]);
        const auto y = data.y.binOf(row[*columns[1]]);
        if (!x || !y) {
            data.without += *number;
            continue;
        }
        double &cell = data.numbers[*y * data.x.bins().size() + *x];
        cell =
            std::isnan(cell) ? *number : cell + *number; // several bins may share the place of "below zero"
        data.total += *number;
    }
    fitScale(data);
    return data;
}

void fitScale(GridData &data)
{
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -lowest;
    for (const double number : data.numbers) {
        if (std::isnan(number))
            continue;
        lowest = std::min(lowest, number);
        highest = std::max(highest, number);
    }
    if (!(highest >= lowest))
        return;
    const bool bins = data.y.kind() == CellAxis::Kind::Numbers;
    if (bins && data.additive &&
        lowest == 0) { // nothing, as of free calls, has no place on a logarithmic scale
        lowest = highest;
        for (const double number : data.numbers)
            lowest = number > 0 ? std::min(lowest, number) : lowest;
    }
    data.scale = {data.additive && !bins ? std::min(0.0, lowest) : lowest, highest,
                  bins && data.additive && lowest > 0};
}

void paintGrid(QPainter &painter, const Theme &theme, const GridData &data,
               const std::function<QRectF(int, int)> &rectOf)
{
    painter.setRenderHint(QPainter::Antialiasing, false);
    const auto columns = static_cast<int>(data.x.bins().size());
    const auto rows = static_cast<int>(data.y.bins().size());
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const double number = data.at(static_cast<std::size_t>(column), static_cast<std::size_t>(row));
            if (std::isnan(number) || (data.additive && number == 0))
                continue;
            const QRectF cell = rectOf(column, row);
            // Whole pixels: neighbours neither overlap nor leave a seam. Large cells stand apart.
            const double left = std::round(cell.left());
            const double top = std::round(cell.top());
            const double gapX = cell.width() >= 8 ? 1 : 0;
            const double gapY = cell.height() >= 8 ? 1 : 0;
            const QRectF filled(left, top, std::max(1.0, std::round(cell.right()) - left - gapX),
                                std::max(1.0, std::round(cell.bottom()) - top - gapY));
            painter.fillRect(filled, ColorScale::color(theme, data.scale.shareOf(number)));
        }
    }
}

void paintScale(QPainter &painter, const Theme &theme, const GridData &data, const QRectF &area,
                const QLocale &locale)
{
    const QFontMetricsF metrics(painter.font());
    const QRectF ramp(area.left(), area.top(), kRampWidth, area.height());
    constexpr int kSteps = 64;
    for (int i = 0; i < kSteps; ++i) {
        const double share = (i + 0.5) / kSteps;
        const double top = ramp.bottom() - ramp.height() * (i + 1) / kSteps;
        painter.fillRect(QRectF(ramp.left(), top, ramp.width(), ramp.height() / kSteps + 0.6),
                         ColorScale::color(theme, share));
    }
    painter.setPen(theme.mutedText);
    for (const double share : labelShares(ramp.height(), metrics.height())) {
        const double y = std::clamp(ramp.bottom() - ramp.height() * share, ramp.top() + metrics.height() / 2,
                                    ramp.bottom() - metrics.height() / 2);
        painter.drawText(QRectF(ramp.right() + kRampGap, y - metrics.height() / 2,
                                area.right() - ramp.right(), metrics.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, scaleText(data, share, locale));
    }
}

double scaleWidth(const GridData &data, const QFont &font, const QLocale &locale)
{
    const QFontMetricsF metrics(font);
    double widest = 0;
    for (const double share : {0.0, 0.5, 1.0})
        widest = std::max(widest, metrics.horizontalAdvance(scaleText(data, share, locale)));
    return kRampWidth + kRampGap + widest + 4;
}

} // namespace genscope

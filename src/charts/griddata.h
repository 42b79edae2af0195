// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/cellaxis.h"

#include <QColor>

#include <functional>
#include <string>
#include <vector>

class QPainter;
class QRectF;

namespace genscope {

struct Theme;

/// How numbers become colours: the brighter against the ground, the larger. The ramp is perceptually even,
/// and begins near the ground in both appearances.
struct ColorScale
{
    double lowest = 0;
    double highest = 1;
    bool logarithmic = false; ///< counts of cells that differ by orders of magnitude

    double shareOf(double number) const;
    double numberAt(double share) const;
    static QColor color(const Theme &theme, double share);
};

/// One number for each cell of two axes. A plain value; made from a ResultTable with two columns that are
/// axes: time goes along x, days along y, else the first column along x.
struct GridData
{
    CellAxis x;
    CellAxis y;
    std::string measure;
    Unit unit = Unit::None;
    std::vector<double> numbers; ///< row by row; NaN: no events
    ColorScale scale;
    double total = 0;   ///< of counts
    double without = 0; ///< events that lack one of both numbers
    bool additive = false;

    double at(std::size_t column, std::size_t row) const { return numbers[row * x.bins().size() + column]; }
};
GridData buildGrid(const ResultTable &table);
/// Puts the smallest and the largest number at the ends of the scale. Counts of bins get a logarithmic one.
void fitScale(GridData &data);

/// Fills the cells. @param rectOf  where the cell of a column and a row lies
void paintGrid(QPainter &painter, const Theme &theme, const GridData &data,
               const std::function<QRectF(int column, int row)> &rectOf);
/// The scale as a ramp with labels. @param area  its right part is for labels
void paintScale(QPainter &painter, const Theme &theme, const GridData &data, const QRectF &area,
                const QLocale &locale);
/// The width that paintScale() needs.
double scaleWidth(const GridData &data, const QFont &font, const QLocale &locale);

} // namespace genscope

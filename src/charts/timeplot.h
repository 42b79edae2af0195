// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/theme.h"
#include "charts/timeseries.h"
#include "charts/timeticks.h"

#include <QPointF>
#include <QRect>
#include <QSize>

#include <vector>

class QCPBars;
class QCPGraph;
class QCustomPlot;
class QPainter;
class QWidget;

namespace genscope {

/// Draws TimeSeriesData with QCustomPlot, which stays inside its .cpp. The horizontal axis counts buckets, so
/// that all have the same width whatever their length in hours.
class TimePlot
{
public:
    struct Look
    {
        TimeStyle style = TimeStyle::Lines;
        std::vector<QColor> colors; ///< for each series
        std::vector<bool> shown;    ///< for each series
        bool log = false;           ///< the axis of values; not where parts are stacked
    };

    /// Makes the plot a child of @p parent.
    explicit TimePlot(QWidget *parent);

    QWidget *widget() const;
    /// Draws anew. @p data must outlive the next call.
    void draw(const TimeSeriesData &data, const Look &look, const Theme &theme, const QFont &font);
    void setGeometry(const QRect &area);
    /// Draws a picture. Returns the rectangle inside its axes, from the corner of @p area.
    QRect paint(QPainter &painter, const QRect &area);

    /// The rectangle inside the axes, in coordinates of widget().
    QRect plotArea() const;
    double xOf(int bucket) const; ///< pixels, of its middle
    double yOf(double value) const;
    double bucketWidth() const;
    /// The end of the part of a stack, or of a line's point; NaN for a gap or a hidden series.
    double topOf(int series, int bucket) const;
    /// The visible series at @p y pixels in @p bucket, or -1: the part of a stack that holds it, or the line
    /// within a few pixels.
    int seriesAt(int bucket, double y) const;

private:
    void addLines();
    void addLine(std::size_t series);
    void addBars();
    void addAreas();
    void addEarlier();
    void fitLog(int steps);
    void shadeBands();
    void dress(const Theme &theme, const QFont &font);
    void fit(const QSize &size);
    void replot();
    double largest() const;
    bool isShown(std::size_t series) const;

    QCustomPlot *m_plot;
    const TimeSeriesData *m_data = nullptr;
    Look m_look;
    Theme m_theme;
    ValueScale m_scale;
    std::vector<QCPGraph *> m_lines; ///< the whole part of each visible series, largest last
    std::vector<QCPBars *> m_bars;
};

} // namespace genscope

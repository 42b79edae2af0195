// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/cellchart.h"
#include "charts/griddata.h"

namespace genscope {

/// One number of calls against another. Of many calls, bins come and are drawn as a density; of few, the
/// numbers themselves come and are drawn as points. A million calls never reach it.
class ScatterChart final : public CellChart
{
    Q_OBJECT
public:
    explicit ScatterChart(QWidget *parent = nullptr);

    /// @param table  by two fields, both in bins or neither
    void setResult(const ResultTable &table, const ChartContext &context) override;
    ChartTooltip::Content tooltipContent(const Spot &spot) const override;

    const GridData &data() const { return m_data; }
    std::size_t pointCount() const { return m_points.size(); } ///< 0: a density

Q_SIGNALS:
    /// The wheel asks for a part of both axes, in finer bins; nothing: for everything again.
    void zoomRequested(const std::optional<genscope::ChartPick> &view);

protected:
    void paintCells(QPainter &painter, const Theme &theme, const QRectF &plot) const override;
    void paintAround(QPainter &painter, const Theme &theme, const QRectF &plot,
                     const QRectF &area) const override;
    QMarginsF around(const QSizeF &size) const override;
    QString xTitle() const override;
    bool hasGrid() const override { return true; }
    void wheelEvent(QWheelEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
    struct Point
    {
        double x = 0;
        double y = 0;
        double count = 0;
    };
    bool readPoints(const ResultTable &table);

    GridData m_data;
    std::vector<Point> m_points;
};

} // namespace genscope

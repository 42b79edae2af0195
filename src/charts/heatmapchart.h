// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/cellchart.h"
#include "charts/griddata.h"

namespace genscope {

/// A measure by two ordered dimensions as colours: the hours of a week, or how a distribution moves over
/// time.
class HeatmapChart final : public CellChart
{
    Q_OBJECT
public:
    explicit HeatmapChart(QWidget *parent = nullptr);

    void setResult(const ResultTable &table, const ChartContext &context) override;
    ChartTooltip::Content tooltipContent(const Spot &spot) const override;

    const GridData &data() const { return m_data; }

protected:
    void paintCells(QPainter &painter, const Theme &theme, const QRectF &plot) const override;
    void paintAround(QPainter &painter, const Theme &theme, const QRectF &plot,
                     const QRectF &area) const override;
    QMarginsF around(const QSizeF &size) const override;

private:
    GridData m_data;
};

} // namespace genscope

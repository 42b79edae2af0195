// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/cellchart.h"
#include "charts/chartlegend.h"
#include "charts/seriesvisibility.h"

#include <string>
#include <vector>

namespace genscope {

/// The numbers of a histogram. A plain value; made from a ResultTable that has a column of bins and may have
/// one of values that it is split by.
struct HistogramData
{
    struct Series
    {
        Cell value; ///< missing where nothing is split
        QString label;
        std::vector<double> counts; ///< by bin
        double total = 0;
    };
    /// A percentile over everything.
    struct Mark
    {
        QString label; ///< `p95`
        QString text;  ///< `p95  4.20 s`
        double number = 0;
    };

    CellAxis x;
    std::string dimension;      ///< empty: one series
    std::string measure;        ///< what bars are as high as
    Unit unit = Unit::Number;   ///< of that
    std::vector<Series> series; ///< largest first, `Other` last
    std::vector<Mark> marks;
    double total = 0;
    double without = 0; ///< of rows that lack the number
};
HistogramData buildHistogram(const ResultTable &table, const QLocale &locale);

/// How the numbers of calls spread: bars over bins, stacked by the values of a dimension, or one outline for
/// each value, which shows shares of it, so that values of different size compare. Percentiles are marked.
class HistogramChart final : public CellChart
{
    Q_OBJECT
public:
    enum class Style { Stacked, Compared };
    explicit HistogramChart(Style style, QWidget *parent = nullptr);

    void setResult(const ResultTable &table, const ChartContext &context) override;
    ChartTooltip::Content tooltipContent(const Spot &spot) const override;

    const HistogramData &data() const { return m_data; }
    ChartLegend *legend() const { return m_legend; }
    bool isShown(std::size_t series) const { return m_visibility.isVisible(series); }

protected:
    void paintCells(QPainter &painter, const Theme &theme, const QRectF &plot) const override;
    void paintAround(QPainter &painter, const Theme &theme, const QRectF &plot,
                     const QRectF &area) const override;
    void paintWidgets(QPainter &painter, const QRect &area) override;
    std::vector<AxisTick> leftTicks(int most) const override;
    bool hasGrid() const override { return true; }
    QMarginsF around(const QSizeF &size) const override;
    QString xTitle() const override;
    ChartPick clicked(const Spot &spot, const QPointF &position) const override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    double highest() const;
    double heightOf(const HistogramData::Series &series, std::size_t bin) const;
    std::optional<std::size_t> seriesAt(const Spot &spot, const QPointF &position) const;
    QColor colorOf(std::size_t series) const;
    void paintStack(QPainter &painter, const QRectF &plot) const;
    void paintOutlines(QPainter &painter, const QRectF &plot) const;
    void paintMarks(QPainter &painter, const Theme &theme, const QRectF &plot) const;
    void updateLegend();
    void arrangeLegend();

    Style m_style;
    HistogramData m_data;
    SeriesVisibility m_visibility;
    ChartLegend *m_legend;
};

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chartlegend.h"
#include "charts/charttooltip.h"
#include "charts/chartview.h"
#include "charts/plotoverlay.h"
#include "charts/seriesvisibility.h"
#include "charts/timeplot.h"
#include "charts/timeseries.h"

namespace genscope {

/// Lines, stacked bars or percentile bands over time, with legend, crosshair, tooltip and brush.
class TimeSeriesChart final : public ChartView
{
    Q_OBJECT
public:
    explicit TimeSeriesChart(TimeStyle style, QWidget *parent = nullptr);
    ~TimeSeriesChart() override;

    void setResult(const ResultTable &table, const ChartContext &context) override;
    void paintPicture(QPainter &painter, const QRect &area) override;
    void setCrosshair(std::optional<Timestamp> instant) override;
    void setBrush(const std::optional<TimeRange> &range) override;
    void setMarks(const std::vector<ChartMark> &marks) override;
    bool canLogScale() const override { return !isStacked(m_style); }
    void setLogScale(bool log) override;

    // For tests.
    const TimeSeriesData &data() const { return m_data; }
    const TimePlot &plot() const { return m_plot; }
    PlotOverlay *overlay() const { return m_overlay; }
    ChartLegend *legend() const { return m_legend; }
    bool isShown(int series) const { return m_visibility.isVisible(static_cast<std::size_t>(series)); }
    /// What the tooltip says about a bucket: series sorted by value, with total and shares where they add up.
    ChartTooltip::Content tooltipContent(int bucket) const;
    /// The same in a few characters, for where another chart has the tooltip.
    QString readout(int bucket) const;

    QSize sizeHint() const override { return {420, 220}; }
    QSize minimumSizeHint() const override { return {160, 100}; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    struct Areas
    {
        QRect plot;
        QRect legend;
        ChartLegend::Layout layout = ChartLegend::Layout::Row;
    };
    Areas areasFor(const QRect &area) const;
    void arrange();
    void alignOverlay();
    void redraw();
    void updateLegend();
    std::vector<bool> shown() const;
    QColor colorOf(std::size_t series) const;
    std::vector<int> orderAt(int bucket) const;
    void connectOverlay();
    void connectLegend();
    TimeRange rangeOf(int first, int last) const;
    std::vector<PlotOverlay::Flag> flags() const;
    QString markText(int bucket) const;
    void onMoved(int bucket, const QPoint &at);
    void onSeriesStepped(int by);
    void showTooltip(const QPoint &at);
    void hideTooltip();

    TimeStyle m_style;
    TimeSeriesData m_data;
    SeriesVisibility m_visibility;
    SeriesVisibility m_beforeToggle; ///< what the first click of a double click found
    std::vector<ChartMark> m_marks;
    TimePlot m_plot;
    ChartLegend *m_legend;
    PlotOverlay *m_overlay;
    ChartTooltip *m_tooltip = nullptr; ///< made when first needed
    bool m_log = false;
    int m_activeSeries = -1; ///< under the mouse, or chosen by keys
};

} // namespace genscope

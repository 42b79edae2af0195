// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chartview.h"

#include "charts/bardata.h"
#include "charts/charttooltip.h"

#include <QColor>
#include <QRectF>

class QChart;

namespace genscope {

struct Theme;

/// Horizontal bars, one for each value of a dimension, largest first, with their values beside them. Drawn
/// with Qt Charts, which stays inside the .cpp; labels are our own, because those of Qt Charts are cut and
/// cannot be formatted one by one.
class BarChart final : public ChartView
{
    Q_OBJECT
public:
    explicit BarChart(QWidget *parent = nullptr);
    ~BarChart() override;

    void setResult(const ResultTable &table, const ChartContext &context) override;
    void paintPicture(QPainter &painter, const QRect &area) override;

    const BarData &data() const { return m_data; }
    /// Bars that fit at the present size; if some do not, the last line says how many.
    int visibleBars() const;
    QRectF rowRect(int bar) const;
    int barAt(const QPointF &position) const; ///< or -1
    ChartTooltip::Content tooltipContent(int bar) const;

    QSize sizeHint() const override { return {420, 220}; }
    QSize minimumSizeHint() const override { return {160, 80}; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    class View;
    struct Layout
    {
        QSizeF size; ///< of everything
        QRectF plot;
        double row = 0;
        int bars = 0;
        int left = 0; ///< bars that are not shown
    };
    Layout layoutFor(const QSizeF &size) const;
    void fillChart();
    void arrange();
    void activate(int bar, Qt::KeyboardModifiers modifiers);
    void setActive(int bar, const QPoint &at);
    bool isFaint(const BarData::Bar &bar) const; ///< a filter leaves it out
    QColor colorOf(const BarData::Bar &bar, const Theme &theme) const;
    QColor fullColorOf(const BarData::Bar &bar, const Theme &theme) const;
    void paintBelow(QPainter &painter) const;
    void paintAbove(QPainter &painter) const;
    void paintRow(QPainter &painter, const Theme &theme, int bar) const;

    BarData m_data;
    std::optional<ValueChoice> m_choice;
    Layout m_layout;
    View *m_view;
    QChart *m_chart;
    ChartTooltip *m_tooltip = nullptr;
    int m_active = -1; ///< under the mouse, or chosen by keys
    bool m_drawingPicture = false;
};

} // namespace genscope

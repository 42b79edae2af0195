// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chartview.h"

#include "charts/cellaxis.h"
#include "charts/charttooltip.h"

#include <QPixmap>
#include <QRectF>

#include <optional>

namespace genscope {

struct Theme;

/// The common part of charts whose data lie in cells along one or two axes: axes and their labels, the cell
/// under the mouse with its tooltip, clicks, drags over cells, and the same by keys. The picture is kept, so
/// that moving the mouse never redraws it.
class CellChart : public ChartView
{
    Q_OBJECT
public:
    explicit CellChart(QWidget *parent);

    /// A cell; `y` is 0 where there is no second axis.
    struct Spot
    {
        int x = -1;
        int y = -1;
        bool operator==(const Spot &) const = default;
    };

    void paintPicture(QPainter &painter, const QRect &area) final;

    const CellAxis &xAxis() const { return m_x; }
    const CellAxis &yAxis() const { return m_y; } ///< empty where there is none
    /// Inside the axes, at the present size.
    QRectF plotArea() const { return plotIn(rect()); }
    QRectF cellRect(const Spot &from, const Spot &to) const { return cellRect(plotArea(), from, to); }
    std::optional<Spot> spotAt(const QPointF &position) const;
    std::optional<Spot> activeSpot() const { return m_active; }
    /// What a drag from one cell to another chooses.
    ChartPick pickOf(const Spot &from, const Spot &to) const;

    virtual ChartTooltip::Content tooltipContent(const Spot &spot) const = 0;

    QSize sizeHint() const override { return {420, 220}; }
    QSize minimumSizeHint() const override { return {160, 100}; }

protected:
    /// What there is to show is new.
    void setAxes(CellAxis x, CellAxis y);
    /// Draws again.
    void refresh();

    /// Everything inside the axes.
    virtual void paintCells(QPainter &painter, const Theme &theme, const QRectF &plot) const = 0;
    /// What stands around the plot; drawn with the rest.
    virtual void paintAround(QPainter &, const Theme &, const QRectF & /*plot*/,
                             const QRectF & /*area*/) const
    {
    }
    /// What widgets inside the chart show, for pictures.
    virtual void paintWidgets(QPainter &, const QRect & /*area*/) {}
    /// Labels at the left; positions from the bottom.
    virtual std::vector<AxisTick> leftTicks(int most) const;
    virtual bool hasGrid() const { return false; }
    /// Room that the chart needs besides its axes.
    virtual QMarginsF around(const QSizeF & /*size*/) const { return {}; }
    virtual QString xTitle() const { return m_x.title(); }
    /// What a click on a cell stands for.
    virtual ChartPick clicked(const Spot &spot, const QPointF &) const { return pickOf(spot, spot); }
    /// Where a cell begins and ends, from the top.
    bool isYDown() const { return m_y.kind() == CellAxis::Kind::Clock; }
    QRectF cellRect(const QRectF &plot, const Spot &from, const Spot &to) const;
    QRectF plotIn(const QRectF &area) const;

    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void paintAll(QPainter &painter, const QRectF &area) const;
    void paintAxes(QPainter &painter, const Theme &theme, const QRectF &plot, const QRectF &area) const;
    void paintHand(QPainter &painter) const;
    int rowCount() const;
    void setActive(std::optional<Spot> spot, const QPoint &at);
    void step(int dx, int dy, bool extend);
    void click(const Spot &spot, const QPointF &at, Qt::KeyboardModifiers modifiers);
    void finishDrag();
    bool cancelDrag();
    void tellDrag();
    void hideTooltip();

    CellAxis m_x;
    CellAxis m_y;
    QPixmap m_picture; ///< null: to be drawn
    ChartTooltip *m_tooltip = nullptr;
    std::optional<Spot> m_active; ///< under the mouse, or chosen by keys
    std::optional<QPoint> m_press;
    std::optional<Spot> m_dragFrom; ///< to m_dragTo
    Spot m_dragTo;
};

} // namespace genscope

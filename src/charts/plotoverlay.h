// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPoint>
#include <QPointF>
#include <QRect>
#include <QWidget>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace genscope {

/// Lies over a plot of buckets and turns mouse and keys into intent: the crosshair that snaps to buckets, a
/// click, a brush. Draws only these, so that moving them never redraws the plot.
class PlotOverlay final : public QWidget
{
    Q_OBJECT
public:
    struct Geometry
    {
        QRect plot;        ///< inside the axes
        double firstX = 0; ///< the middle of bucket 0
        double step = 1;   ///< width of a bucket
        int buckets = 0;
    };
    struct Marker
    {
        QPointF at;
        QColor color;
        bool strong = false;
    };
    enum class CrosshairKind { Line, Band };

    explicit PlotOverlay(QWidget *parent);

    void setPlotGeometry(const Geometry &geometry);
    void setCrosshairKind(CrosshairKind kind) { m_kind = kind; }
    /// Points that are marked while the crosshair stands at a bucket.
    void setMarkers(std::function<std::vector<Marker>(int bucket)> markers)
    {
        m_markers = std::move(markers);
    }

    int bucket() const { return m_bucket; } ///< -1: no crosshair
    void setBucket(int bucket);             ///< without a signal
    bool isBrushing() const { return m_brush.has_value(); }

Q_SIGNALS:
    /// The crosshair moved by hand, to -1 when it left. @param at  the mouse, or the bucket's top for keys
    void moved(int bucket, const QPoint &at);
    void clicked(int bucket, const QPoint &at);
    void entered(int bucket);          ///< Enter was pressed
    void seriesStepped(int by);        ///< Up and Down: another series of the bucket
    void brushed(int first, int last); ///< buckets, both included

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    int bucketAt(double x) const; ///< clamped to the buckets; -1 if there are none
    double leftOf(int bucket) const;
    void move(int bucket, const QPoint &at);
    void step(int by, bool extend);
    void clearBrush();
    void finishBrush();
    void paintCrosshair(QPainter &painter) const;

    Geometry m_geometry;
    CrosshairKind m_kind = CrosshairKind::Line;
    std::function<std::vector<Marker>(int)> m_markers;
    int m_bucket = -1;
    std::optional<QPoint> m_press;
    std::optional<std::pair<int, int>> m_brush; ///< where it began and where it is
};

} // namespace genscope

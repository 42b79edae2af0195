// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPoint>
#include <QPointF>
#include <QRect>
#include <QRectF>
#include <QString>
#include <QWidget>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace genscope {

/// Lies over a plot of buckets and turns mouse and keys into intent: the crosshair that snaps to buckets, a
/// click, drags over buckets, the wheel. Draws only these, so that moving them never redraws the plot.
///
/// A drag with the left button brushes; with Ctrl it chooses what to compare with; with Shift, or with the
/// middle button, it moves the axis.
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
    /// What is marked above the plot. Positions count buckets from the left end of the first.
    struct Flag
    {
        double from = 0;
        double to = 0;
        QString text;
        int id = 0;
    };
    enum class CrosshairKind { Line, Band };
    enum class Drag { Brush, Compare, Pan };
    enum class Phase { Moved, Finished, Cancelled };

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
    bool isBrushing() const { return m_drag.has_value(); }
    /// Buckets that another chart's hand drags over, both included; nothing: none.
    void setMirroredBrush(std::optional<std::pair<int, int>> buckets);
    void setFlags(std::vector<Flag> flags); ///< the first lie on top
    int flagCount() const { return static_cast<int>(m_flags.size()); }
    QRectF flagRect(int flag) const { return flagRect(m_geometry, m_flags[static_cast<std::size_t>(flag)]); }
    /// Draws flags above a plot; for pictures, too.
    static void paintFlags(QPainter &painter, const Geometry &geometry, const std::vector<Flag> &flags,
                           const QColor &color);
    /// What is written beside the crosshair while another chart's hand moves it.
    void setReadout(std::function<QString(int bucket)> readout) { m_readout = std::move(readout); }

Q_SIGNALS:
    /// The crosshair moved by hand, to -1 when it left. @param at  the mouse, or the bucket's top for keys
    void moved(int bucket, const QPoint &at);
    void clicked(int bucket, const QPoint &at, Qt::KeyboardModifiers modifiers);
    void entered(int bucket, Qt::KeyboardModifiers modifiers); ///< Enter was pressed
    void seriesStepped(int by);                                ///< Up and Down: another series of the bucket
    /// A hand drags over buckets, both included: at every other one it reaches, and once in the end.
    void dragged(genscope::PlotOverlay::Drag drag, genscope::PlotOverlay::Phase phase, int first, int last);
    /// A hand moves the axis. @param buckets  since the press; positive: to earlier times
    void panned(genscope::PlotOverlay::Phase phase, double buckets);
    /// The wheel, or + and -. @param factor  how much longer the time that is shown becomes
    /// @param position  in buckets, what stays where it is
    void zoomed(double factor, double position);
    void doubleClicked();
    void flagClicked(int id);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    struct Press
    {
        QPoint at;
        Drag drag = Drag::Brush;
        double step = 1; ///< width of a bucket then: a moved axis may change it
        bool moved = false;
    };
    struct Brush
    {
        int begin = 0; ///< where it began
        int end = 0;   ///< where it is
        Drag drag = Drag::Brush;
    };
    bool isInside(const QPoint &at) const;
    static QRectF flagRect(const Geometry &geometry, const Flag &flag);
    int flagAt(const QPoint &at) const; ///< or -1
    bool hoverFlag(const QPoint &at);
    void setFlagUnderMouse(int flag, const QPoint &at); ///< -1: none
    int bucketAt(double x) const;                       ///< clamped to the buckets; -1 if there are none
    double leftOf(int bucket) const;
    void move(int bucket, const QPoint &at);
    void step(int by, bool extend);
    bool stepAxis(const QKeyEvent &event);
    void dragTo(const QPoint &at);
    void setDrag(const Brush &drag);
    void cancelDrag();
    void finishDrag();
    void paintBand(QPainter &painter, int first, int last, const QColor &color) const;
    void paintCrosshair(QPainter &painter) const;
    void paintReadout(QPainter &painter) const;

    Geometry m_geometry;
    CrosshairKind m_kind = CrosshairKind::Line;
    std::function<std::vector<Marker>(int)> m_markers;
    std::function<QString(int)> m_readout;
    std::vector<Flag> m_flags;
    int m_flagUnderMouse = -1;
    int m_bucket = -1;
    bool m_moved = false; ///< the crosshair, by this hand
    std::optional<Press> m_press;
    std::optional<Brush> m_drag;
    std::optional<std::pair<int, int>> m_mirrored;
};

} // namespace genscope

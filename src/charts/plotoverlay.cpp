// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/plotoverlay.h"

#include "charts/theme.h"
#include "models/tablecolumns.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace genscope {

namespace {

constexpr double kFlagHeight = 5;
constexpr double kLeastFlag = 7; ///< wide enough to be hit

} // namespace

PlotOverlay::PlotOverlay(QWidget *parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
}

void PlotOverlay::setPlotGeometry(const Geometry &geometry)
{
    m_geometry = geometry;
    if (m_bucket >= geometry.buckets)
        m_bucket = -1;
    if (m_drag && std::max(m_drag->begin, m_drag->end) >= geometry.buckets)
        m_drag.reset();
    update();
}

void PlotOverlay::setMirroredBrush(std::optional<std::pair<int, int>> buckets)
{
    if (m_mirrored == buckets)
        return;
    m_mirrored = buckets;
    update();
}

void PlotOverlay::setFlags(std::vector<Flag> flags)
{
    setFlagUnderMouse(-1, {});
    m_flags = std::move(flags);
    update();
}

QRectF PlotOverlay::flagRect(const Geometry &geometry, const Flag &flag)
{
    const double left = geometry.firstX - 0.5 * geometry.step;
    const double begin = std::clamp(left + flag.from * geometry.step, left, geometry.plot.right() + 1.0);
    const double end = std::clamp(left + flag.to * geometry.step, begin, geometry.plot.right() + 1.0);
    const double width = std::max(end - begin, kLeastFlag);
    return {(begin + end - width) / 2, geometry.plot.top() - kFlagHeight - 2.0, width, kFlagHeight};
}

void PlotOverlay::paintFlags(QPainter &painter, const Geometry &geometry, const std::vector<Flag> &flags,
                             const QColor &color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    for (auto flag = flags.rbegin(); flag != flags.rend(); ++flag)
        painter.drawRoundedRect(flagRect(geometry, *flag), 2, 2);
    painter.restore();
}

int PlotOverlay::flagAt(const QPoint &at) const
{
    for (std::size_t i = 0; i < m_flags.size(); ++i) {
        if (flagRect(m_geometry, m_flags[i]).adjusted(-2, -4, 2, 3).contains(at))
            return static_cast<int>(i);
    }
    return -1;
}

void PlotOverlay::setFlagUnderMouse(int flag, const QPoint &at)
{
    if (std::exchange(m_flagUnderMouse, flag) == flag)
        return;
    if (flag < 0) {
        unsetCursor();
        QToolTip::hideText();
    } else {
        setCursor(Qt::PointingHandCursor);
        QToolTip::showText(mapToGlobal(at), plainToolTip(m_flags[static_cast<std::size_t>(flag)].text), this);
    }
}

/// True if there is one, which then has the tooltip, and not the bucket below.
bool PlotOverlay::hoverFlag(const QPoint &at)
{
    const int flag = m_press ? -1 : flagAt(at);
    setFlagUnderMouse(flag, at);
    if (flag >= 0)
        move(-1, {});
    return flag >= 0;
}

void PlotOverlay::setBucket(int bucket)
{
    if (m_bucket == bucket || bucket >= m_geometry.buckets)
        return;
    m_bucket = bucket;
    m_moved = false;
    update();
}

void PlotOverlay::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    paintFlags(painter, m_geometry, m_flags, theme.error);
    if (m_mirrored && !m_drag)
        paintBand(painter, m_mirrored->first, m_mirrored->second, theme.accent);
    if (m_drag) {
        const auto [first, last] = std::minmax(m_drag->begin, m_drag->end);
        paintBand(painter, first, last, m_drag->drag == Drag::Compare ? theme.mutedText : theme.accent);
    }
    if (m_bucket >= 0) {
        paintCrosshair(painter);
        if (!m_moved)
            paintReadout(painter);
    }
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme.accent, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
}

void PlotOverlay::paintBand(QPainter &painter, int first, int last, const QColor &color) const
{
    const QRectF band(leftOf(first), m_geometry.plot.top(), leftOf(last + 1) - leftOf(first),
                      m_geometry.plot.height());
    QColor fill = color;
    fill.setAlphaF(0.18F);
    painter.fillRect(band, fill);
    painter.setPen(QPen(color, 1));
    painter.drawLine(band.topLeft(), band.bottomLeft());
    painter.drawLine(band.topRight(), band.bottomRight());
}

/// The numbers of a bucket that another chart's hand points at, where the tooltip would say too much.
void PlotOverlay::paintReadout(QPainter &painter) const
{
    const QString text = m_readout ? m_readout(m_bucket) : QString();
    if (text.isEmpty())
        return;
    const Theme &theme = Theme::of(palette());
    painter.setFont(smallFont(font()));
    const QFontMetricsF metrics(painter.font());
    const QSizeF size(metrics.horizontalAdvance(text) + 10, metrics.height() + 4);
    const double x = m_geometry.firstX + m_bucket * m_geometry.step;
    const bool before = x + 6 + size.width() > m_geometry.plot.right();
    const QRectF box(QPointF(before ? x - 6 - size.width() : x + 6, m_geometry.plot.top()), size);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.grid, 1));
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(theme.text);
    painter.drawText(box, Qt::AlignCenter, text);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void PlotOverlay::paintCrosshair(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    const double x = m_geometry.firstX + m_bucket * m_geometry.step;
    if (m_kind == CrosshairKind::Band && m_geometry.step >= 3) {
        QColor band = theme.text;
        band.setAlphaF(0.08F);
        painter.fillRect(
            QRectF(leftOf(m_bucket), m_geometry.plot.top(), m_geometry.step, m_geometry.plot.height()), band);
    } else {
        painter.setPen(QPen(theme.axis, 1));
        painter.drawLine(QPointF(x, m_geometry.plot.top()), QPointF(x, m_geometry.plot.bottom()));
    }
    if (!m_markers)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Marker &marker : m_markers(m_bucket)) {
        const double radius = marker.strong ? 5 : 3.5;
        painter.setPen(QPen(theme.surface, 1.5));
        painter.setBrush(marker.color);
        painter.drawEllipse(marker.at, radius, radius);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

bool PlotOverlay::isInside(const QPoint &at) const
{
    return m_geometry.plot.adjusted(0, -8, 0, 24).contains(at);
}

void PlotOverlay::mousePressEvent(QMouseEvent *event)
{
    const bool pans = event->button() == Qt::MiddleButton ||
                      (event->button() == Qt::LeftButton && event->modifiers() == Qt::ShiftModifier);
    if (event->button() != Qt::LeftButton && !pans) {
        event->ignore();
        return;
    }
    cancelDrag();
    if (event->button() == Qt::LeftButton && !pans && flagAt(event->pos()) >= 0)
        return; // the release tells
    const Drag drag = pans                                               ? Drag::Pan
                      : event->modifiers().testFlag(Qt::ControlModifier) ? Drag::Compare
                                                                         : Drag::Brush;
    m_press = {event->pos(), drag, m_geometry.step, false};
}

void PlotOverlay::mouseMoveEvent(QMouseEvent *event)
{
    if (hoverFlag(event->pos()))
        return;
    if (m_press &&
        (m_press->moved || std::abs(event->pos().x() - m_press->at.x()) >= QApplication::startDragDistance()))
        dragTo(event->pos());
    if (m_press && m_press->drag == Drag::Pan)
        return; // the crosshair would run under the hand
    move(isInside(event->pos()) || m_drag ? bucketAt(event->position().x()) : -1, event->pos());
}

void PlotOverlay::dragTo(const QPoint &at)
{
    if (m_press->drag == Drag::Pan) {
        if (!std::exchange(m_press->moved, true)) {
            setCursor(Qt::ClosedHandCursor);
            move(-1, {});
        }
        if (m_press->step > 0)
            Q_EMIT panned(Phase::Moved, (at.x() - m_press->at.x()) / m_press->step);
        return;
    }
    const int end = bucketAt(at.x());
    if (end < 0)
        return;
    const int begin = m_press->moved && m_drag ? m_drag->begin : bucketAt(m_press->at.x());
    m_press->moved = true;
    setDrag({begin, end, m_press->drag});
}

void PlotOverlay::setDrag(const Brush &drag)
{
    const bool same = m_drag && m_drag->begin == drag.begin && m_drag->end == drag.end;
    m_drag = drag;
    if (same)
        return;
    update();
    const auto [first, last] = std::minmax(drag.begin, drag.end);
    Q_EMIT dragged(drag.drag, Phase::Moved, first, last);
}

void PlotOverlay::mouseReleaseEvent(QMouseEvent *event)
{
    const int flag = !m_press && event->button() == Qt::LeftButton ? flagAt(event->pos()) : -1;
    if (flag >= 0) {
        Q_EMIT flagClicked(m_flags[static_cast<std::size_t>(flag)].id);
        return;
    }
    if (!m_press || (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton))
        return;
    const Press press = *std::exchange(m_press, std::nullopt);
    unsetCursor();
    if (press.drag == Drag::Pan && press.moved) {
        if (press.step > 0)
            Q_EMIT panned(Phase::Finished, (event->pos().x() - press.at.x()) / press.step);
        return;
    }
    if (m_drag) {
        finishDrag();
        return;
    }
    const int bucket = bucketAt(press.at.x());
    if (event->button() == Qt::LeftButton && bucket >= 0 && isInside(press.at))
        Q_EMIT clicked(bucket, event->pos(), event->modifiers());
}

void PlotOverlay::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        Q_EMIT doubleClicked();
}

void PlotOverlay::wheelEvent(QWheelEvent *event)
{
    const QPoint angle = event->angleDelta();
    if (m_geometry.buckets == 0 || m_geometry.step <= 0 || !isInside(event->position().toPoint()) ||
        angle.isNull() || m_press) {
        event->ignore();
        return;
    }
    constexpr double kNotch = 120;
    if (std::abs(angle.x()) > std::abs(angle.y())) // sideways, as two fingers do
        Q_EMIT panned(Phase::Finished, angle.x() / kNotch * std::max(1.0, m_geometry.buckets / 10.0));
    else
        Q_EMIT zoomed(std::pow(0.8, angle.y() / kNotch),
                      (event->position().x() - m_geometry.firstX) / m_geometry.step + 0.5);
    event->accept();
}

void PlotOverlay::leaveEvent(QEvent *)
{
    setFlagUnderMouse(-1, {});
    if (!m_press)
        move(-1, {});
}

void PlotOverlay::keyPressEvent(QKeyEvent *event)
{
    if (stepAxis(*event))
        return;
    const bool extend = event->modifiers() & Qt::ShiftModifier;
    switch (event->key()) {
    case Qt::Key_Left:
        step(-1, extend);
        return;
    case Qt::Key_Right:
        step(1, extend);
        return;
    case Qt::Key_Home:
        step(-m_geometry.buckets, extend);
        return;
    case Qt::Key_End:
        step(m_geometry.buckets, extend);
        return;
    case Qt::Key_Up:
        Q_EMIT seriesStepped(-1);
        return;
    case Qt::Key_Down:
        Q_EMIT seriesStepped(1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_drag && !m_press) {
            if (event->modifiers().testFlag(Qt::ControlModifier))
                m_drag->drag = Drag::Compare;
            finishDrag();
        } else if (m_bucket >= 0) {
            Q_EMIT entered(m_bucket, event->modifiers());
        }
        return;
    case Qt::Key_Escape:
        if (m_drag || m_press) {
            cancelDrag();
            return;
        }
        if (m_bucket >= 0) {
            move(-1, {});
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event); // the page's, the window's
}

/// + and - zoom at the crosshair, Ctrl with the arrows moves the axis by a tenth, 0 returns to the start.
bool PlotOverlay::stepAxis(const QKeyEvent &event)
{
    const double position = m_bucket >= 0 ? m_bucket + 0.5 : m_geometry.buckets / 2.0;
    const double tenth = std::max(1.0, m_geometry.buckets / 10.0);
    const bool control = event.modifiers().testFlag(Qt::ControlModifier);
    if (event.key() == Qt::Key_Plus || (event.key() == Qt::Key_Equal && !control))
        Q_EMIT zoomed(0.8, position);
    else if (event.key() == Qt::Key_Minus && !control)
        Q_EMIT zoomed(1 / 0.8, position);
    else if (event.key() == Qt::Key_Left && control)
        Q_EMIT panned(Phase::Finished, tenth);
    else if (event.key() == Qt::Key_Right && control)
        Q_EMIT panned(Phase::Finished, -tenth);
    else if (event.key() == Qt::Key_0 && !control)
        Q_EMIT doubleClicked();
    else
        return false;
    return true;
}

void PlotOverlay::focusOutEvent(QFocusEvent *event)
{
    if (!m_press) {
        cancelDrag();
        move(-1, {});
    }
    QWidget::focusOutEvent(event);
}

int PlotOverlay::bucketAt(double x) const
{
    if (m_geometry.buckets == 0 || m_geometry.step <= 0)
        return -1;
    const auto bucket = static_cast<int>(std::floor((x - m_geometry.firstX) / m_geometry.step + 0.5));
    return std::clamp(bucket, 0, m_geometry.buckets - 1);
}

double PlotOverlay::leftOf(int bucket) const
{
    return m_geometry.firstX + (bucket - 0.5) * m_geometry.step;
}

void PlotOverlay::move(int bucket, const QPoint &at)
{
    const bool same = bucket == m_bucket && (m_moved || bucket < 0);
    m_bucket = bucket;
    m_moved = bucket >= 0;
    if (!same)
        update();
    if (!same || bucket >= 0)
        Q_EMIT moved(bucket, at);
}

void PlotOverlay::step(int by, bool extend)
{
    if (m_geometry.buckets == 0)
        return;
    const int last = m_geometry.buckets - 1;
    const int start = m_bucket >= 0 ? m_bucket : (by > 0 ? -1 : last + 1);
    const int target = std::clamp(start + by, 0, last);
    if (extend)
        setDrag({m_drag ? m_drag->begin : std::clamp(start, 0, last), target, Drag::Brush});
    else
        cancelDrag();
    const QPoint at(static_cast<int>(m_geometry.firstX + target * m_geometry.step), m_geometry.plot.top());
    move(target, at);
    update();
}

void PlotOverlay::cancelDrag()
{
    const bool pans = m_press && m_press->drag == Drag::Pan && m_press->moved;
    m_press.reset();
    unsetCursor();
    if (pans)
        Q_EMIT panned(Phase::Cancelled, 0);
    if (!m_drag)
        return;
    const Brush drag = *std::exchange(m_drag, std::nullopt);
    update();
    Q_EMIT dragged(drag.drag, Phase::Cancelled, 0, 0);
}

void PlotOverlay::finishDrag()
{
    const Brush drag = *std::exchange(m_drag, std::nullopt);
    update();
    const auto [first, last] = std::minmax(drag.begin, drag.end);
    Q_EMIT dragged(drag.drag, Phase::Finished, first, last);
}

} // namespace genscope

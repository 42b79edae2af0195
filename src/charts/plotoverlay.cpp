// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/plotoverlay.h"

#include "charts/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace genscope {

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
    update();
}

void PlotOverlay::setBucket(int bucket)
{
    if (m_bucket == bucket || bucket >= m_geometry.buckets)
        return;
    m_bucket = bucket;
    update();
}

void PlotOverlay::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    if (m_brush) {
        const auto [first, last] = std::minmax(m_brush->first, m_brush->second);
        QRectF band(leftOf(first), m_geometry.plot.top(), leftOf(last + 1) - leftOf(first),
                    m_geometry.plot.height());
        QColor fill = theme.accent;
        fill.setAlphaF(0.18F);
        painter.fillRect(band, fill);
        painter.setPen(QPen(theme.accent, 1));
        painter.drawLine(band.topLeft(), band.bottomLeft());
        painter.drawLine(band.topRight(), band.bottomRight());
    }
    if (m_bucket >= 0)
        paintCrosshair(painter);
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme.accent, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
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

void PlotOverlay::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton) {
        event->ignore();
        return;
    }
    m_press = event->pos();
    clearBrush();
}

void PlotOverlay::mouseMoveEvent(QMouseEvent *event)
{
    const int bucket = bucketAt(event->position().x());
    if (m_press &&
        (m_brush || std::abs(event->pos().x() - m_press->x()) >= QApplication::startDragDistance())) {
        m_brush = {bucketAt(m_press->x()), bucket};
        update();
    }
    const bool inside = m_geometry.plot.adjusted(0, -8, 0, 24).contains(event->pos());
    move(inside || m_brush ? bucket : -1, event->pos());
}

void PlotOverlay::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_press)
        return;
    const QPoint pressed = *m_press;
    m_press.reset();
    if (m_brush) {
        finishBrush();
        return;
    }
    const int bucket = bucketAt(pressed.x());
    if (bucket >= 0 && m_geometry.plot.adjusted(0, -8, 0, 24).contains(pressed))
        Q_EMIT clicked(bucket, event->pos());
}

void PlotOverlay::leaveEvent(QEvent *)
{
    if (!m_press)
        move(-1, {});
}

void PlotOverlay::keyPressEvent(QKeyEvent *event)
{
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
        if (m_brush && !m_press)
            finishBrush();
        else if (m_bucket >= 0)
            Q_EMIT entered(m_bucket);
        return;
    case Qt::Key_Escape:
        if (m_brush || m_press) {
            m_press.reset();
            clearBrush();
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
    QWidget::keyPressEvent(event); // the window's
}

void PlotOverlay::focusOutEvent(QFocusEvent *event)
{
    if (!m_press) {
        clearBrush();
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
    const bool same = bucket == m_bucket;
    m_bucket = bucket;
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
        m_brush = {m_brush ? m_brush->first : std::clamp(start, 0, last), target};
    else
        clearBrush();
    const QPoint at(static_cast<int>(m_geometry.firstX + target * m_geometry.step), m_geometry.plot.top());
    move(target, at);
    update();
}

void PlotOverlay::clearBrush()
{
    if (!m_brush)
        return;
    m_brush.reset();
    update();
}

void PlotOverlay::finishBrush()
{
    const auto [first, last] = std::minmax(m_brush->first, m_brush->second);
    // minmax of a pair's members gives references into it.
    const int from = first;
    const int to = last;
    clearBrush();
    Q_EMIT brushed(from, to);
}

} // namespace genscope

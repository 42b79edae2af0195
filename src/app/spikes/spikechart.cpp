// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/spikes/spikechart.h"

#include "charts/theme.h"
#include "core/format.h"
#include "workspace/spikewords.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <vector>

namespace genscope {

namespace {

constexpr int kLeft = 64;
constexpr int kBottom = 22;
constexpr int kTop = 18;
constexpr double kDot = 2;
constexpr double kLeastSeconds = 0.001;

bool isLatency(const Spike &spike)
{
    return spike.measure != SpikeMeasure::ErrorRate && spike.measure != SpikeMeasure::Cost;
}

} // namespace

SpikeChart::SpikeChart(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Spike over time"));
}

void SpikeChart::showNothing()
{
    m_spike.reset();
    setAccessibleDescription({});
    update();
}

void SpikeChart::setPicture(const Spike &spike, const SpikePicture &picture, const Zone &zone)
{
    m_spike = spike;
    m_picture = picture;
    m_zone = zone;
    const auto scaled = [&](double value) {
        return isLatency(spike) ? std::log10(std::max(value, kLeastSeconds)) : value;
    };
    m_lowest = isLatency(spike) ? scaled(picture.baseline) : 0;
    m_highest = scaled(picture.baseline);
    for (const SpikePicture::Point &point : picture.points) {
        m_lowest = std::min(m_lowest, scaled(point.value));
        m_highest = std::max(m_highest, scaled(point.value));
    }
    m_highest += std::max(0.05 * (m_highest - m_lowest), 1e-9);
    setAccessibleDescription(tr("%1, usual %2, observed %3")
                                 .arg(spikeMeasureTitle(spike.measure),
                                      spikeAmount(spike, spike.baseline, locale()),
                                      spikeAmount(spike, spike.observed, locale())));
    update();
}

double SpikeChart::heightOf(double value) const
{
    const double scaled = isLatency(*m_spike) ? std::log10(std::max(value, kLeastSeconds)) : value;
    return (scaled - m_lowest) / (m_highest - m_lowest);
}

QRect SpikeChart::plotArea() const
{
    return rect().adjusted(kLeft, kTop, -12, -kBottom);
}

void SpikeChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    painter.fillRect(rect(), theme.surface);
    if (!m_spike)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(smallFont(font()));
    const QRect plot = plotArea();
    paintAxes(painter, plot);
    paintPoints(painter, plot);
}

void SpikeChart::paintAxes(QPainter &painter, const QRect &plot) const
{
    const Theme &theme = Theme::of(palette());
    const auto from = m_picture.range.from->us;
    const double span = static_cast<double>(m_picture.range.to->us - from);
    const auto x = [&](std::int64_t us) {
        return plot.left() + static_cast<double>(us - from) / span * plot.width();
    };
    QColor shade = theme.error;
    shade.setAlpha(28);
    painter.fillRect(
        QRectF(QPointF(x(m_spike->from.us), plot.top()), QPointF(x(m_spike->to.us), plot.bottom())), shade);
    const double usual = plot.bottom() - heightOf(m_picture.baseline) * plot.height();
    painter.setPen(QPen(theme.mutedText, 1, Qt::DashLine));
    painter.drawLine(QPointF(plot.left(), usual), QPointF(plot.right(), usual));
    painter.setPen(theme.mutedText);
    paintValueLabels(painter, plot, usual);
    const QString what = isLatency(*m_spike)
                             ? tr("%1, logarithmic, a dot a call; dashed: usual; shaded: the spike")
                             : tr("%1; dashed: usual; shaded: the spike");
    painter.drawText(QRectF(plot.left(), 0, plot.width(), kTop), Qt::AlignLeft | Qt::AlignVCenter,
                     what.arg(spikeMeasureTitle(m_spike->measure)));
    paintTimeLabels(painter, plot);
    painter.setPen(theme.hairline);
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
}

/// The usual value, and round ones that do not touch it.
void SpikeChart::paintValueLabels(QPainter &painter, const QRect &plot, double usual) const
{
    const auto label = [&](double value) {
        const double y = plot.bottom() - heightOf(value) * plot.height();
        painter.drawText(QRectF(0, y - 8, kLeft - 6, 16), Qt::AlignRight | Qt::AlignVCenter,
                         spikeAmount(*m_spike, value, locale()));
        return y;
    };
    label(m_picture.baseline);
    std::vector<double> round;
    if (isLatency(*m_spike)) {
        for (double decade = kLeastSeconds; decade < 1e6; decade *= 10) {
            for (const double digit : {1.0, 2.0, 5.0})
                round.push_back(decade * digit);
        }
    } else {
        const double step = std::pow(10, std::floor(std::log10(m_highest)));
        const double width = m_highest / step > 5 ? 2 * step : m_highest / step > 2 ? step : step / 2;
        for (double value = 0; value <= m_highest; value += width)
            round.push_back(value);
    }
    double last = plot.bottom() + 20.0;
    for (const double value : round) {
        const double y = plot.bottom() - heightOf(value) * plot.height();
        const bool inside = y > plot.top() - 6 && y < plot.bottom() + 2;
        if (inside && last - y >= 18 && std::abs(y - usual) >= 14)
            last = label(value);
    }
}

/// Whole hours or quarters of them, the first with its day.
void SpikeChart::paintTimeLabels(QPainter &painter, const QRect &plot) const
{
    constexpr std::int64_t kMinute = 60LL * kMicrosPerSecond;
    constexpr int kLabelWidth = 120;
    const std::int64_t from = m_picture.range.from->us;
    const std::int64_t span = m_picture.range.to->us - from;
    std::int64_t step = 15 * kMinute;
    for (const int minutes : {30, 60, 120, 180, 360, 720, 1440, 2880, 10'080}) {
        if (span / step * kLabelWidth > plot.width())
            step = minutes * kMinute;
    }
    const std::int64_t local = m_zone.localMicros(*m_picture.range.from);
    const QFontMetrics metrics(painter.font());
    for (std::int64_t at = (local / step + 1) * step - local; at < span; at += step) {
        const double x = plot.left() + static_cast<double>(at) / static_cast<double>(span) * plot.width();
        const QString text = spikeMinute(Timestamp{from + at}, m_zone, locale());
        const double width = std::min<double>(metrics.horizontalAdvance(text), kLabelWidth);
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 4));
        if (x - width / 2 >= plot.left() - 30 && x + width / 2 <= plot.right() + 12)
            painter.drawText(QRectF(x - width / 2, plot.bottom() + 4, width + 1, kBottom - 4),
                             Qt::AlignCenter, text);
    }
}

void SpikeChart::paintPoints(QPainter &painter, const QRect &plot) const
{
    const Theme &theme = Theme::of(palette());
    const auto from = m_picture.range.from->us;
    const double span = static_cast<double>(m_picture.range.to->us - from);
    painter.setPen(Qt::NoPen);
    for (const SpikePicture::Point &point : m_picture.points) {
        const bool inside = point.us >= m_spike->from.us && point.us < m_spike->to.us;
        painter.setBrush(inside ? theme.error : theme.accent);
        const QPointF at(plot.left() + static_cast<double>(point.us - from) / span * plot.width(),
                         plot.bottom() - heightOf(point.value) * plot.height());
        if (isLatency(*m_spike)) {
            painter.drawEllipse(at, kDot, kDot);
            continue;
        }
        const double width = std::max(1.0, plot.width() / 80.0 - 1);
        painter.drawRect(
            QRectF(QPointF(at.x() - width / 2, at.y()), QPointF(at.x() + width / 2, plot.bottom())));
    }
}

} // namespace genscope

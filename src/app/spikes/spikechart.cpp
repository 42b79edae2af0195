// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/spikes/spikechart.h"

#include "charts/theme.h"
#include "core/format.h"
#include "workspace/spikewords.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

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
    const auto label = [&](double value) {
        const double y = plot.bottom() - heightOf(value) * plot.height();
        painter.drawText(QRectF(0, y - 8, kLeft - 6, 16), Qt::AlignRight | Qt::AlignVCenter,
                         spikeAmount(*m_spike, value, locale()));
    };
    label(m_picture.baseline);
    const double top = isLatency(*m_spike) ? std::pow(10, m_highest) : m_highest;
    if (plot.height() * (1 - heightOf(m_picture.baseline)) > 24)
        label(top);
    if (plot.height() * heightOf(m_picture.baseline) > 24)
        label(isLatency(*m_spike) ? std::pow(10, m_lowest) : m_lowest);
    painter.drawText(QRectF(plot.left(), 0, plot.width(), kTop), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("%1; dashed: usual; shaded: the spike").arg(spikeMeasureTitle(m_spike->measure)));
    const QString begin = formatInstant(*m_picture.range.from, m_zone, locale());
    const QString end = formatInstant(*m_picture.range.to, m_zone, locale());
    const QRectF below(plot.left(), plot.bottom() + 4, plot.width(), kBottom - 4);
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, begin);
    painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter, end);
    painter.setPen(theme.hairline);
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
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

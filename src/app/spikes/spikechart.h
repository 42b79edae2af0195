// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "analytics/spikes/spike.h"
#include "workspace/spikewatch.h"

#include <optional>

namespace genscope {

/// A spike among what came before and after it: a dot for each call (or a step for each short stretch), a
/// dashed line at what is usual, and the interval shaded.
class SpikeChart final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SpikeChart)
public:
    explicit SpikeChart(QWidget *parent = nullptr);

    void showNothing();
    void setPicture(const Spike &spike, const SpikePicture &picture, const Zone &zone);

    QSize sizeHint() const override { return {480, 220}; }
    QSize minimumSizeHint() const override { return {240, 140}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double heightOf(double value) const; ///< 0..1 from the bottom
    QRect plotArea() const;
    void paintAxes(QPainter &painter, const QRect &plot) const;
    void paintPoints(QPainter &painter, const QRect &plot) const;
    void paintValueLabels(QPainter &painter, const QRect &plot, double usual) const;
    void paintTimeLabels(QPainter &painter, const QRect &plot) const;

    std::optional<Spike> m_spike;
    SpikePicture m_picture;
    Zone m_zone;
    double m_lowest = 0; ///< logs of seconds for latencies, else values
    double m_highest = 1;
};

} // namespace genscope

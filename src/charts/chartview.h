// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget> // before <compare>, which moc of Qt 6.4 cannot read first

#include "charts/chartcontext.h"

#include <optional>

class QPainter;

namespace genscope {

/// What a tile shows: draws a result table and says what was clicked or brushed. Setting a result costs
/// milliseconds; painting only draws. Colours follow the widget's palette.
class ChartView : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;

    virtual void setResult(const ResultTable &table, const ChartContext &context) = 0;
    /// Draws the chart as it is shown, at the size of @p area, for pictures: vectors stay vectors.
    virtual void paintPicture(QPainter &painter, const QRect &area) = 0;
    /// Moves the crosshair of a chart over time to the bucket of @p instant without announcing it; nothing
    /// hides it.
    virtual void setCrosshair(std::optional<Timestamp> instant) { Q_UNUSED(instant) }

Q_SIGNALS:
    void activated(const genscope::ChartPick &pick);
    /// A time range was dragged over; ends of buckets.
    void brushed(genscope::Timestamp from, genscope::Timestamp to);
    /// The crosshair was moved by hand, or left the chart.
    void crosshairMoved(std::optional<genscope::Timestamp> instant);
};

} // namespace genscope

Q_DECLARE_METATYPE(genscope::Timestamp)
Q_DECLARE_METATYPE(std::optional<genscope::Timestamp>)

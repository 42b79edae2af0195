// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget> // before <compare>, which moc of Qt 6.4 cannot read first

#include "charts/chartcontext.h"

#include <optional>
#include <vector>

class QPainter;

namespace genscope {

/// What a hand does to the time axis that charts share. A drag tells every step, so that others can follow
/// while the hand still moves.
struct TimeGesture
{
    enum class Kind {
        Brush,   ///< a range is chosen
        Compare, ///< a range to compare with is chosen
        Pan,
        Zoom,
        Reset, ///< back to the range before all this
    };
    enum class Phase { Moved, Finished, Cancelled };
    Kind kind = Kind::Brush;
    Phase phase = Phase::Finished;
    TimeRange range;          ///< Brush, Compare: ends of buckets
    std::int64_t shiftUs = 0; ///< Pan: since the press; positive: to later times
    double factor = 1;        ///< Zoom: of the length that is shown
    Timestamp at;             ///< Zoom: what stays where it is
};

/// A stretch of time that is marked above charts over time.
struct ChartMark
{
    TimeRange range;
    QString text; ///< what it is, in a line
    bool operator==(const ChartMark &) const = default;
};

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
    /// Shows the range that a hand drags over on another chart; nothing: none.
    virtual void setBrush(const std::optional<TimeRange> &range) { Q_UNUSED(range) }
    /// What is marked above a chart over time, the most important first.
    virtual void setMarks(const std::vector<ChartMark> &marks) { Q_UNUSED(marks) }
    /// True if the axis of values can be logarithmic.
    virtual bool canLogScale() const { return false; }
    virtual void setLogScale(bool log) { Q_UNUSED(log) }

Q_SIGNALS:
    void activated(const genscope::ChartPick &pick);
    /// A hand drags over values (not over time): what it would pick if it let go now; nothing: it gave up.
    void picking(const std::optional<genscope::ChartPick> &pick);
    void gestured(const genscope::TimeGesture &gesture);
    void markActivated(int mark); ///< one of setMarks() was clicked
    /// The crosshair was moved by hand, or left the chart.
    void crosshairMoved(std::optional<genscope::Timestamp> instant);
};

} // namespace genscope

Q_DECLARE_METATYPE(genscope::TimeGesture)
Q_DECLARE_METATYPE(genscope::Timestamp)
Q_DECLARE_METATYPE(std::optional<genscope::Timestamp>)

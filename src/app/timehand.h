// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject> // before <compare>, which moc of Qt 6.4 cannot read first

#include "charts/chartview.h"
#include "workspace/workspace.h"

#include <QTimer>

#include <optional>

namespace genscope {

/// @p range made @p factor times as long, with @p at where it is, inside @p covered: as long as that or
/// longer it is open. No shorter than a second. Bounds are whole minutes, of short ranges whole seconds.
TimeRange zoomedRange(const TimeRange &range, double factor, Timestamp at, const TimeRange &covered);
/// @p range moved by @p shiftUs, but never wholly out of @p covered.
TimeRange pannedRange(const TimeRange &range, std::int64_t shiftUs, const TimeRange &covered);

/// Turns what hands do to the time axis of charts into the workspace's range: previewed while the hand moves,
/// one step to undo when it lets go. Wheels never let go: they do when they have rested for a moment.
/// @thread GUI
class TimeHand final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TimeHand)
public:
    explicit TimeHand(Workspace *workspace, QObject *parent = nullptr);

    void take(const TimeGesture &gesture);
    /// The range that a brush is over, while it is.
    const std::optional<TimeRange> &brush() const { return m_brush; }
    /// True if there is a range from before the first gesture to go back to.
    bool canReset() const { return m_home.has_value(); }
    void reset();
    /// The range that reset() returns to, which is then forgotten.
    std::optional<TimeRange> takeHome();

Q_SIGNALS:
    void brushChanged(); ///< brush() began, moved, or is over

private:
    void brushTo(const TimeGesture &gesture);
    void compareTo(const TimeGesture &gesture);
    void pan(const TimeGesture &gesture);
    void zoom(const TimeGesture &gesture);
    void setBrush(const std::optional<TimeRange> &range);
    void previewRange(const TimeRange &range);
    void commit(const TimeRange &range);
    bool isStep(const TimeGesture &gesture) const;
    void stepTo(const TimeRange &range);
    void commitSteps();
    TimeRange filledIn(const TimeRange &range) const;

    Workspace *m_workspace;
    std::optional<TimeRange> m_brush;
    std::optional<TimeRange> m_panned;  ///< the range when the hand began to pan
    std::optional<TimeRange> m_waiting; ///< what wheel or keys have reached
    QTimer m_rest;
    TimeRange m_set; ///< by the last gesture
    std::optional<TimeRange> m_home;
};

} // namespace genscope

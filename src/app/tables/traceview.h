// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/timeaxis.h"
#include "models/tracetreemodel.h"

#include <QTreeView>

#include <optional>

namespace genscope {

/// A trace's steps as a tree, and beside each its bar on a common axis of time (a waterfall), in one view: so
/// that they scroll, collapse and select as one. The axis zooms with Ctrl and the wheel where it points,
/// `+` `-` `0`, and pans with Shift and the wheel or arrow keys, or by dragging. Narrow views leave out
/// columns.
class TraceView final : public QTreeView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TraceView)
public:
    explicit TraceView(TraceTreeModel *model, QWidget *parent = nullptr);

    const TimeAxis &axis() const { return m_axis; }
    /// Round times on the axis as it is shown.
    const std::vector<TimeAxis::Tick> &ticks() const { return m_ticks; }
    /// The part of a timeline cell (or header section) that the axis spans.
    static QRect axisRect(const QRect &cell) { return cell.adjusted(8, 0, -10, 0); }

    void zoom(double factor); ///< around the selected step, if it is in sight
    void showAllTime();
    void pan(double share); ///< of what is shown
    /// Opens what is not too much to be useful: all of a small trace; of a large one the upper levels, and
    /// the ways to what failed and along the critical path.
    void expandUsefully();
    /// Selects an event of the trace and brings it in sight, in the tree and on the axis.
    void select(int event);
    int selectedEvent() const { return TraceTreeModel::eventOf(currentIndex()); }

Q_SIGNALS:
    void axisChanged();
    void eventSelected(quint32 row);

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void afterReset();
    void arrangeColumns();
    int expandLevels();
    int expandWayTo(const QModelIndex &index, int most);
    void axisMoved();
    bool isOnTimeline(const QPoint &at) const;
    double positionAt(int x) const; ///< on the axis, 0..1

    TraceTreeModel *m_model;
    TimeAxis m_axis;
    std::vector<TimeAxis::Tick> m_ticks;
    std::shared_ptr<const TraceDetail> m_arranged; ///< the trace that the axis is made for
    std::optional<int> m_draggedFrom;              ///< x, while the axis is dragged
};

} // namespace genscope

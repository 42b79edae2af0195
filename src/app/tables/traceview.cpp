// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/traceview.h"

#include "app/tables/celldelegate.h"
#include "app/tables/tracedelegates.h"
#include "charts/theme.h"
#include "models/roles.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace genscope {

namespace {

constexpr int kWide = 760;         ///< pixels: from here on all columns are shown
constexpr int kWithModel = 600;    ///< from here on models are
constexpr int kWidestColumn = 190; ///< of numbers and models
constexpr int kWidestInNarrow = 124;
constexpr int kNarrowestStep = 150;
constexpr int kNarrowestTimeline = 96;
constexpr int kTickEvery = 76;         ///< pixels: room for a label
constexpr int kExpandedAtOnce = 2'000; ///< rows; of larger traces not all is open at first
constexpr int kOpenedByWay = 1'000;    ///< rows more, on the ways to what failed and what took the time
constexpr double kZoomStep = 1.5;

} // namespace

TraceView::TraceView(TraceTreeModel *model, QWidget *parent) : QTreeView(parent), m_model(model)
{
    setHeader(new TimelineHeader(this));
    setItemDelegate(new CellDelegate(this));
    setItemDelegateForColumn(TraceTreeModel::NameColumn, new StepDelegate(this));
    setItemDelegateForColumn(TraceTreeModel::TimelineColumn, new TimelineDelegate(this));
    setModel(model);
    setUniformRowHeights(true);
    setFrameShape(NoFrame);
    setAllColumnsShowFocus(true);
    setIndentation(16);
    setExpandsOnDoubleClick(true);
    setHorizontalScrollMode(ScrollPerPixel);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setAccessibleName(tr("Steps of the trace"));
    setAccessibleDescription(tr("Plus, minus and 0 zoom the time axis, Shift with the arrow keys moves it"));
    softenSelection(this, Theme::of(palette()));
    connect(model, &QAbstractItemModel::modelReset, this, &TraceView::afterReset);
}

void TraceView::afterReset()
{
    const auto &trace = m_model->trace();
    if (trace != m_arranged) {
        m_arranged = trace;
        if (trace)
            m_axis.setWhole(trace->startUs, trace->endUs);
    }
    expandUsefully();
    arrangeColumns();
    axisMoved();
}

void TraceView::expandUsefully()
{
    if (m_model->shownCount() <= kExpandedAtOnce)
        return expandAll();
    scheduleDelayedItemsLayout(); // once, for all that is opened here
    const int shown = expandLevels();
    int left = std::max(kExpandedAtOnce - shown, 0) + kOpenedByWay;
    const auto &events = m_model->trace()->events;
    const auto openWays = [&](auto isWanted) {
        for (std::size_t i = 0; i < events.size() && left > 0; ++i)
            if (isWanted(events[i]))
                left -= expandWayTo(m_model->indexOfEvent(static_cast<int>(i)), left);
    };
    openWays([](const TraceEvent &event) { return event.failed; });
    openWays([](const TraceEvent &event) { return event.sums.critical; });
}

/// Whole levels from the top, as long as they are few rows. @return how many rows are shown then
int TraceView::expandLevels()
{
    const auto childrenOf = [this](const std::vector<QModelIndex> &parents) {
        std::vector<QModelIndex> children;
        for (const QModelIndex &parent : parents)
            for (int row = 0; row < m_model->rowCount(parent); ++row)
                children.push_back(m_model->index(row, 0, parent));
        return children;
    };
    std::vector<QModelIndex> level = childrenOf({QModelIndex()});
    int shown = static_cast<int>(level.size());
    for (;;) {
        int below = 0;
        for (const QModelIndex &index : level)
            below += m_model->rowCount(index);
        // What hangs below a single step is all there is to see.
        if (below == 0 || (shown + below > kExpandedAtOnce && shown > 1))
            return shown;
        for (const QModelIndex &index : level)
            expand(index);
        shown += below;
        level = childrenOf(level);
    }
}

/// Opens what is above @p index, if that shows at most @p most rows. @return how many rows it shows
int TraceView::expandWayTo(const QModelIndex &index, int most)
{
    std::vector<QModelIndex> closed;
    int rows = 0;
    for (QModelIndex above = index.parent(); above.isValid() && !isExpanded(above); above = above.parent()) {
        closed.push_back(above);
        rows += m_model->rowCount(above);
    }
    if (rows > most)
        return 0;
    for (const QModelIndex &above : closed)
        expand(above);
    return rows;
}

/// Numbers take what they need; what is left goes to steps and timeline.
void TraceView::arrangeColumns()
{
    if (!m_model->trace())
        return;
    const int width = viewport()->width();
    const bool wide = width >= kWide;
    const auto &events = m_model->trace()->events;
    const bool failed = !events.empty() && std::any_of(events.begin(), events.end(),
                                                       [](const TraceEvent &event) { return event.failed; });
    setColumnHidden(TraceTreeModel::OffsetColumn, true); // the timeline says it
    setColumnHidden(TraceTreeModel::ModelColumn, width < kWithModel);
    setColumnHidden(TraceTreeModel::TokensColumn, !wide);
    setColumnHidden(TraceTreeModel::ErrorColumn, !wide || !failed);
    int rest = width;
    for (int column = TraceTreeModel::ModelColumn; column < TraceTreeModel::ColumnCount; ++column) {
        if (isColumnHidden(column))
            continue;
        resizeColumnToContents(column);
        header()->resizeSection(
            column, std::min(header()->sectionSize(column), wide ? kWidestColumn : kWidestInNarrow));
        rest -= header()->sectionSize(column);
    }
    const int wanted = std::max(sizeHintForColumn(TraceTreeModel::NameColumn), kNarrowestStep);
    const int step =
        std::clamp(wanted, kNarrowestStep, std::max(kNarrowestStep, rest * (wide ? 45 : 55) / 100));
    header()->resizeSection(TraceTreeModel::NameColumn, step);
    header()->resizeSection(TraceTreeModel::TimelineColumn, std::max(rest - step, kNarrowestTimeline));
}

void TraceView::axisMoved()
{
    const int width = columnWidth(TraceTreeModel::TimelineColumn);
    m_ticks =
        m_model->trace() ? m_axis.ticks(std::max(1, width / kTickEvery)) : std::vector<TimeAxis::Tick>();
    viewport()->update();
    header()->viewport()->update();
    Q_EMIT axisChanged();
}

void TraceView::zoom(double factor)
{
    double at = 0.5;
    if (const int event = selectedEvent(); event >= 0) {
        const double start =
            m_axis.position(m_model->trace()->events[static_cast<std::size_t>(event)].startUs);
        if (start >= 0 && start <= 1)
            at = start;
    }
    m_axis.zoom(factor, at);
    axisMoved();
}

void TraceView::showAllTime()
{
    m_axis.showAll();
    axisMoved();
}

void TraceView::pan(double share)
{
    m_axis.pan(share);
    axisMoved();
}

void TraceView::select(int event)
{
    const QModelIndex index = m_model->indexOfEvent(event);
    if (!index.isValid())
        return;
    setCurrentIndex(index);
    scrollTo(index);
}

void TraceView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    if (!current.isValid())
        return;
    const TraceEvent &event = m_model->trace()->events[current.internalId()];
    if (m_axis.isZoomed()) {
        m_axis.reveal(event.startUs, event.endUs);
        axisMoved();
    }
    Q_EMIT eventSelected(event.row);
}

bool TraceView::isOnTimeline(const QPoint &at) const
{
    return header()->logicalIndexAt(at.x()) == TraceTreeModel::TimelineColumn;
}

double TraceView::positionAt(int x) const
{
    const int left = columnViewportPosition(TraceTreeModel::TimelineColumn);
    const QRect area = axisRect({left, 0, columnWidth(TraceTreeModel::TimelineColumn), 1});
    return static_cast<double>(x - area.left()) / std::max(1, area.width());
}

void TraceView::wheelEvent(QWheelEvent *event)
{
    const QPoint turned = event->angleDelta();
    const double steps = (turned.y() != 0 ? turned.y() : turned.x()) / 120.0;
    const bool zooms = event->modifiers().testFlag(Qt::ControlModifier);
    const bool pans = event->modifiers().testFlag(Qt::ShiftModifier) && m_axis.isZoomed();
    if (!m_model->trace() || !isOnTimeline(event->position().toPoint()) || (!zooms && !pans))
        return QTreeView::wheelEvent(event);
    if (zooms)
        m_axis.zoom(std::pow(kZoomStep, steps), positionAt(static_cast<int>(event->position().x())));
    else
        m_axis.pan(-steps / 8);
    axisMoved();
    event->accept();
}

void TraceView::mousePressEvent(QMouseEvent *event)
{
    QTreeView::mousePressEvent(event);
    if (event->button() == Qt::LeftButton && m_axis.isZoomed() && isOnTimeline(event->position().toPoint()))
        m_draggedFrom = static_cast<int>(event->position().x());
}

void TraceView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_draggedFrom)
        return QTreeView::mouseMoveEvent(event);
    const int x = static_cast<int>(event->position().x());
    m_axis.pan(positionAt(*m_draggedFrom) - positionAt(x));
    m_draggedFrom = x;
    axisMoved();
}

void TraceView::mouseReleaseEvent(QMouseEvent *event)
{
    m_draggedFrom.reset();
    QTreeView::mouseReleaseEvent(event);
}

void TraceView::keyPressEvent(QKeyEvent *event)
{
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(kZoomStep);
    case Qt::Key_Minus:
        return zoom(1 / kZoomStep);
    case Qt::Key_0:
        return showAllTime();
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (shift)
            return pan(event->key() == Qt::Key_Left ? -0.2 : 0.2);
        break;
    default:
        break;
    }
    QTreeView::keyPressEvent(event);
}

void TraceView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    if (event->oldSize().width() == event->size().width())
        return;
    arrangeColumns();
    axisMoved();
}

void TraceView::changeEvent(QEvent *event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        softenSelection(this, Theme::of(palette()));
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/tracedelegates.h"

#include "app/tables/celldelegate.h"
#include "app/tables/traceview.h"
#include "charts/theme.h"
#include "models/roles.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace genscope {

namespace {

constexpr int kPadding = 8;
constexpr int kRowHeight = 26;
constexpr int kBarHeight = 10;
constexpr int kMarkSize = 10;
constexpr int kShortestBar = 3;

QColor withAlpha(QColor color, double alpha)
{
    color.setAlphaF(static_cast<float>(alpha));
    return color;
}

QColor barColor(const TraceEvent &event, const Theme &theme)
{
    if (!event.model.empty())
        return CategoryColors::session().color("model", Cell(event.model), theme);
    return event.kind == EventKind::Trace ? theme.axis : theme.other;
}

/// A bar's place in its cell, with what sticks out on either side cut.
struct Bar
{
    double left = 0;
    double right = 0;
    bool before = false; ///< all of it is left of what is shown
    bool behind = false;
};

Bar barOf(const TimeAxis &axis, const QRectF &area, std::int64_t fromUs, std::int64_t toUs)
{
    const double from = area.left() + axis.position(fromUs) * area.width();
    const double to = area.left() + axis.position(toUs) * area.width();
    return {std::clamp(from, area.left(), area.right()), std::clamp(to, area.left(), area.right()),
            to<area.left() - 0.5, from> area.right() + 0.5};
}

/// Where the bar is when it is not in sight.
void drawPointer(QPainter *painter, const QRectF &area, bool left, const QColor &color)
{
    const double x = left ? area.left() : area.right();
    const double tip = left ? x - 4 : x + 4;
    const double y = area.center().y();
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    painter->drawPolygon(QPolygonF({{tip, y}, {x, y - 4}, {x, y + 4}}));
}

void drawBracket(QPainter *painter, const QRectF &bar, const QColor &color)
{
    painter->setPen(QPen(color, 1.5));
    painter->drawLine(QPointF(bar.left(), bar.center().y()), QPointF(bar.right(), bar.center().y()));
    for (const double x : {bar.left(), bar.right()})
        painter->drawLine(QPointF(x, bar.top() + 2), QPointF(x, bar.bottom() - 2));
}

void drawBar(QPainter *painter, const QRectF &area, const TimeAxis &axis, const TraceEvent &event,
             const Theme &theme)
{
    const QColor color = barColor(event, theme);
    const bool extent = !event.latency && event.sums.endUs > event.sums.startUs;
    const std::int64_t from = extent ? event.sums.startUs : event.startUs;
    const std::int64_t to = extent ? event.sums.endUs : event.endUs;
    const Bar bar = barOf(axis, area, from, to);
    if (bar.before || bar.behind)
        return drawPointer(painter, area, bar.before, theme.mutedText);
    QRectF rect(bar.left, area.center().y() - kBarHeight / 2.0, std::max(bar.right - bar.left, 0.0),
                kBarHeight);
    if (rect.width() < kShortestBar)
        rect.setWidth(kShortestBar);
    if (extent) {
        drawBracket(painter, rect, theme.mutedText);
    } else {
        painter->setPen(Qt::NoPen);
        painter->setBrush(color);
        if (event.ttft && event.latency && *event.ttft > 0) {
            const auto first = static_cast<std::int64_t>(std::min(*event.ttft, *event.latency) * 1e6);
            const Bar waiting = barOf(axis, area, from, from + first);
            const double at = std::clamp(waiting.right, rect.left(), rect.right());
            painter->setBrush(withAlpha(color, 0.4));
            painter->drawRoundedRect(rect, 2, 2);
            painter->setBrush(color);
            painter->drawRoundedRect(QRectF(QPointF(at, rect.top()), rect.bottomRight()), 2, 2);
            painter->setPen(QPen(theme.text, 1.5));
            painter->drawLine(QPointF(at, rect.top() - 2), QPointF(at, rect.bottom() + 2));
        } else {
            painter->drawRoundedRect(rect, 2, 2);
        }
    }
    if (event.failed) {
        painter->setPen(QPen(theme.error, 1.5));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(rect.adjusted(-1.5, -1.5, 1.5, 1.5), 3, 3);
    }
    if (event.sums.critical) {
        painter->setPen(QPen(theme.text, 2));
        painter->drawLine(rect.bottomLeft() + QPointF(0, 4), rect.bottomRight() + QPointF(0, 4));
    }
}

} // namespace

StepDelegate::StepDelegate(QObject *parent) : QStyledItemDelegate(parent) {}

QSize StepDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int mark = index.data(ErrorRole).toBool() ? kMarkSize + 6 : 0;
    return {option.fontMetrics.horizontalAdvance(index.data().toString()) + 2 * kPadding + 2 + mark,
            kRowHeight};
}

void StepDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.palette);
    painter->save();
    painter->setFont(option.font);
    paintCellBackground(painter, option, theme, index.column());
    QRect content = option.rect.adjusted(kPadding, 0, -kPadding, 0);
    if (index.data(ErrorRole).toBool()) {
        drawErrorMark(
            painter,
            {content.left(), content.top() + (content.height() - kMarkSize) / 2, kMarkSize, kMarkSize},
            theme.error);
        content.setLeft(content.left() + kMarkSize + 6);
    }
    const QString text = index.data().toString();
    const QString unit = index.data(UnitRole).toString();
    const QString shown = option.fontMetrics.elidedText(text, Qt::ElideRight, content.width());
    if (index.data(TraceTreeModel::MatchRole).toBool()) {
        QRect found(content.left() - 3, content.top() + 4,
                    std::min(option.fontMetrics.horizontalAdvance(shown), content.width()) + 6,
                    content.height() - 9);
        painter->fillRect(found, withAlpha(theme.warning, 0.3));
        painter->setPen(theme.warning);
        painter->drawLine(found.bottomLeft(), found.bottomRight());
    }
    const int flags = static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextSingleLine;
    painter->setPen(theme.text);
    if (!unit.isEmpty() && shown == text) {
        const QString name = text.chopped(unit.size());
        painter->drawText(content, flags, name);
        content.setLeft(content.left() + option.fontMetrics.horizontalAdvance(name));
        painter->setPen(theme.warning);
        painter->drawText(content, flags, unit);
    } else {
        painter->drawText(content, flags, shown);
    }
    painter->restore();
}

TimelineDelegate::TimelineDelegate(TraceView *view) : QStyledItemDelegate(view), m_view(view) {}

QSize TimelineDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {120, kRowHeight};
}

void TimelineDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const auto *model = qobject_cast<const TraceTreeModel *>(index.model());
    if (model == nullptr)
        return;
    const Theme &theme = Theme::of(option.palette);
    painter->save();
    paintCellBackground(painter, option, theme, index.column());
    const QRectF area = TraceView::axisRect(option.rect);
    painter->setPen(theme.grid);
    for (const TimeAxis::Tick &tick : m_view->ticks()) {
        const int x = static_cast<int>(area.left() + tick.position * area.width());
        painter->drawLine(x, option.rect.top(), x, option.rect.bottom() - 1);
    }
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setClipRect(option.rect);
    drawBar(painter, area, m_view->axis(),
            model->trace()->events[static_cast<std::size_t>(TraceTreeModel::eventOf(index))], theme);
    painter->restore();
}

TimelineHeader::TimelineHeader(TraceView *view) : QHeaderView(Qt::Horizontal, view), m_view(view)
{
    setStretchLastSection(false);
    setSectionsMovable(false);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void TimelineHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    if (section != TraceTreeModel::TimelineColumn || m_view->ticks().empty())
        return QHeaderView::paintSection(painter, rect, section);
    QStyleOptionHeader option;
    initStyleOption(&option);
    option.rect = rect;
    option.section = section;
    style()->drawControl(QStyle::CE_HeaderSection, &option, painter, this);
    const Theme &theme = Theme::of(palette());
    const QRectF area = TraceView::axisRect(rect);
    painter->save();
    painter->setClipRect(rect);
    painter->setFont(smallFont(font()));
    for (const TimeAxis::Tick &tick : m_view->ticks()) {
        const double x = area.left() + tick.position * area.width();
        painter->setPen(theme.axis);
        painter->drawLine(QPointF(x, rect.bottom() - 4), QPointF(x, rect.bottom()));
        if (x + 3 + painter->fontMetrics().horizontalAdvance(tick.label) > rect.right())
            continue; // no half of a time
        painter->setPen(theme.mutedText);
        painter->drawText(QRectF(x + 3, rect.top(), rect.right() - x - 3, rect.height() - 2),
                          static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextSingleLine,
                          tick.label);
    }
    painter->restore();
}

} // namespace genscope

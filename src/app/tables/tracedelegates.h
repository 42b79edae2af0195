// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>
#include <QStyledItemDelegate>

namespace genscope {

class TraceView;

/// Draws a step's name: with a mark where it failed, tinted where a search found something.
class StepDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StepDelegate)
public:
    explicit StepDelegate(QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// Draws a step's bar: lighter until the first token, with a red frame if it failed, underlined on the
/// critical path; a bracket for a step that says no latency, a mark for a moment.
class TimelineDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TimelineDelegate)
public:
    explicit TimelineDelegate(TraceView *view);
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const TraceView *m_view;
};

/// A tree's header with the times of the axis above the bars.
class TimelineHeader final : public QHeaderView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TimelineHeader)
public:
    explicit TimelineHeader(TraceView *view);

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;

private:
    const TraceView *m_view;
};

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/filter.h"
#include "models/tracetreemodel.h"

#include <QWidget>

#include <memory>
#include <optional>

class QLabel;
class QSplitter;
class QTreeView;

namespace genscope {

class EventPane;
struct EventDetail;
class FactGrid;

/// One trace: what it took and cost by PostHog's rule and by wall clock, its events as a tree, and below it
/// the selected event.
class TracePane final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TracePane)
public:
    explicit TracePane(QWidget *parent = nullptr);

    /// @param select  snapshot row of the event to select; absent: the first generation, else the first event
    void setTrace(std::shared_ptr<const TraceDetail> trace, std::optional<std::uint32_t> select = {});
    const std::shared_ptr<const TraceDetail> &trace() const { return m_model->trace(); }
    void setEvent(std::shared_ptr<const EventDetail> event);

    TraceTreeModel *model() const { return m_model; }
    QTreeView *tree() const { return m_tree; }
    FactGrid *facts() const { return m_facts; }
    EventPane *eventPane() const { return m_event; }

Q_SIGNALS:
    void eventSelected(quint32 row);
    void generationsRequested(const QString &traceId);
    void filterRequested(const genscope::Filter &toAdd);
    void message(const QString &text);

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void arrangeColumns();
    void showFacts();
    void selectFirst();

    TraceTreeModel *m_model;
    QLabel *m_title;
    FactGrid *m_facts;
    QTreeView *m_tree;
    EventPane *m_event;
    QSplitter *m_splitter;
};

} // namespace genscope

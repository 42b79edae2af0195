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

namespace genscope {

class EventPane;
struct EventDetail;
class FactGrid;
class TraceBar;
class TraceView;

/// One trace: what it took and cost by PostHog's rule and by wall clock, its steps as tree and timeline, and
/// the selected event: below them, or beside them where there is room.
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
    TraceView *tree() const { return m_tree; }
    TraceBar *bar() const { return m_bar; }
    FactGrid *facts() const { return m_facts; }
    EventPane *eventPane() const { return m_event; }

Q_SIGNALS:
    void eventSelected(quint32 row);
    void searchRequested(const QString &text); ///< answered by bar()->setFound()
    void generationsRequested(const QString &traceId);
    void sessionRequested(const QString &sessionId);
    void filterRequested(const genscope::Filter &toAdd);
    void message(const QString &text);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showFacts();
    void showOddities();
    void addShortcuts();
    void selectFirst();

    TraceTreeModel *m_model;
    QLabel *m_title;
    FactGrid *m_facts;
    QLabel *m_oddities;
    TraceView *m_tree;
    TraceBar *m_bar;
    EventPane *m_event;
    QSplitter *m_splitter;
};

} // namespace genscope

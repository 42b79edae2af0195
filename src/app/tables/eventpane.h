// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/filter.h"
#include "models/eventdetail.h"

#include <QWidget>

#include <memory>

class QLabel;
class QTabWidget;

namespace genscope {

class ConversationView;
class CostView;
class FactGrid;
class KnownView;
class PropertyView;
class RawView;

/// One event: what it was, took and cost, then its conversation, properties and JSON.
class EventPane final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EventPane)
public:
    explicit EventPane(QWidget *parent = nullptr);

    void setEvent(std::shared_ptr<const EventDetail> event); ///< null: nothing
    const std::shared_ptr<const EventDetail> &event() const { return m_event; }
    void setTraceLinkShown(bool shown) { m_traceLink = shown; }

    FactGrid *facts() const { return m_facts; }
    ConversationView *conversation() const { return m_conversation; }
    PropertyView *properties() const { return m_properties; }
    RawView *raw() const { return m_raw; }
    KnownView *known() const { return m_known; }
    CostView *cost() const { return m_cost; }
    /// Why it costs what it costs.
    void explainCost();
    QTabWidget *tabs() const { return m_tabs; }

Q_SIGNALS:
    void filterRequested(const genscope::Filter &toAdd);
    void traceRequested(const QString &traceId);
    /// The price of a model is asked for, to see or to change it.
    void priceRequested(const QString &model, const QString &provider);
    void message(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void showHeader();
    void showFacts();

    std::shared_ptr<const EventDetail> m_event;
    QLabel *m_swatch;
    QLabel *m_title;
    QLabel *m_subtitle;
    FactGrid *m_facts;
    QTabWidget *m_tabs;
    ConversationView *m_conversation;
    PropertyView *m_properties;
    KnownView *m_known;
    CostView *m_cost;
    RawView *m_raw;
    bool m_traceLink = true;
};

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/timestamp.h"

#include <functional>

class QToolButton;

namespace genscope {

class ChoiceButton;
class TimeRangeButton;
class Workspace;

/// What holds for every page: time range, zone, cost view, and who counts as the customer.
class TopBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TopBar)
public:
    TopBar(Workspace *workspace, std::function<Timestamp()> now, QWidget *parent = nullptr);

    /// Moves the time range by its own length.
    void shiftPeriod(int periods);
    bool canShift() const;
    TimeRangeButton *timeRange() const { return m_range; }
    ChoiceButton *comparison() const { return m_comparison; }
    ChoiceButton *interval() const { return m_interval; }
    ChoiceButton *zone() const { return m_zone; }
    ChoiceButton *cost() const { return m_cost; }
    ChoiceButton *customer() const { return m_customer; }

Q_SIGNALS:
    void whatIfRequested(); ///< other prices are to be chosen

private:
    void makeComparison();
    void askForComparison();
    void makeInterval();
    void showComparison();
    void showInterval();
    void makeZone();
    void makeCost();
    void makeCustomer();
    void showCost();
    void showScope();
    void listCustomers();

    Workspace *m_workspace;
    std::function<Timestamp()> m_now;
    QToolButton *m_previous;
    QToolButton *m_next;
    TimeRangeButton *m_range;
    ChoiceButton *m_comparison;
    ChoiceButton *m_interval;
    ChoiceButton *m_zone;
    ChoiceButton *m_cost;
    ChoiceButton *m_customer;
};

} // namespace genscope

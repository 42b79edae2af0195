// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget> // before <compare>, which moc of Qt 6.4 cannot read first

#include "analytics/filter.h"
#include "app/messagebar.h"
#include "app/services.h"
#include "models/costcheckmodel.h"

class QLabel;
class QSortFilterProxyModel;
class QTableView;

namespace genscope {

class ChoiceButton;
class LinkButton;
class Workspace;

/// What events report of their cost beside what the price book says: the difference by model, day, provider
/// or customer, the largest first, each with its likely cause. Loads while it is shown.
class CostCheckView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CostCheckView)
public:
    CostCheckView(Workspace *workspace, const Services &services, QWidget *parent = nullptr);

    CostCheckModel *model() const { return m_model; }
    QTableView *table() const { return m_table; }
    ChoiceButton *by() const { return m_by; }
    QString summary() const;
    bool isLoading() const { return m_loading; }

Q_SIGNALS:
    void message(const genscope::Message &message);
    /// The calls behind a line; for a day also its range.
    void callsRequested(const genscope::Filter &filter, const genscope::TimeRange &range);
    void unpricedActivated();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void load();
    void show(const CostComparison &comparison, const Scope &scope);
    void openCalls(int row);
    void exportCsv();

    Workspace *m_workspace;
    Services m_services;
    CostCheckModel *m_model;
    QSortFilterProxyModel *m_proxy;
    QTableView *m_table;
    ChoiceButton *m_by;
    QLabel *m_summary;
    LinkButton *m_unpriced;
    bool m_stale = true;
    bool m_loading = false;
};

} // namespace genscope

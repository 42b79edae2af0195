// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea> // before <compare>, which moc of Qt 6.4 cannot read first

#include "models/costbill.h"

class QLabel;
class QTableView;
class QVBoxLayout;

namespace genscope {

class LinkButton;

/// Why an event costs what it costs: the rule, the price row, the counts with their rates, the sum.
class CostView final : public QScrollArea
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CostView)
public:
    explicit CostView(QWidget *parent = nullptr);

    void setBill(std::shared_ptr<const CostBill> bill); ///< null: nothing
    CostBillModel *lines() const { return m_lines; }
    LinkButton *priceLink() const { return m_price; }
    /// Everything that is said, a line each.
    QString text() const;

Q_SIGNALS:
    void priceRequested(const QString &model, const QString &provider);

private:
    std::shared_ptr<const CostBill> m_bill;
    CostBillModel *m_lines;
    QLabel *m_headline;
    QLabel *m_reasons;
    QTableView *m_table;
    QLabel *m_sum;
    LinkButton *m_price;
};

} // namespace genscope

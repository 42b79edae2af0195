// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "workspace/selection.h"

#include <QString>

#include <memory>
#include <string_view>
#include <vector>

namespace genscope {

/// Why an event costs what it costs, in words. Text is untrusted.
struct CostBill
{
    /// A line of what the price book makes of it.
    struct Line
    {
        QString kind;   ///< `cache read`
        QString count;  ///< tokens, requests
        QString rate;   ///< per million tokens, or for each
        QString factor; ///< where the rate is not the price's own: `× 0.5`
        QString amount; ///< exact
    };
    QString headline;             ///< `$0.00176, reported by the event`
    std::vector<QString> reasons; ///< one sentence each: rule, price row, match, cache counting, tier
    std::vector<Line> lines;
    QString sum;           ///< of the lines, exact, and how it is rounded
    QString priceModel;    ///< the price row, or the event's model where there is none; may be empty
    QString priceProvider; ///< the provider key; empty: the list price
    bool hasPrice = false;
};

/// The bill of an event of the selection, at the store's prices; null for kinds that are not priced.
/// @param raw  as captured @thread a worker
std::shared_ptr<const CostBill> billOf(const Selection &selection, std::uint32_t row, std::string_view raw);

/// The lines of a bill.
class CostBillModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CostBillModel)
public:
    enum Column { KindColumn, CountColumn, RateColumn, AmountColumn, ColumnCount };

    explicit CostBillModel(QObject *parent = nullptr);

    void setLines(std::vector<CostBill::Line> lines);
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<CostBill::Line> m_lines;
};

} // namespace genscope

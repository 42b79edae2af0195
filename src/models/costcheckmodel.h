// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "analytics/costdifference.h"

#include <QLocale>
#include <QString>

#include <vector>

namespace genscope {

/// What events report beside what the price book says, a line for each value.
class CostCheckModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CostCheckModel)
public:
    enum Column {
        ValueColumn,
        DifferenceColumn,
        PercentColumn,
        ReportedColumn,
        RecomputedColumn,
        ComparedColumn,
        CauseColumn,
        EvidenceColumn,
        ColumnCount
    };

    explicit CostCheckModel(QObject *parent = nullptr);

    /// @param title  of the first column; @param isModel  its values are models
    void setComparison(CostComparison comparison, const Zone &zone, const QString &title, bool isModel);
    const CostComparison &comparison() const { return m_comparison; }
    const CostDifference &line(int row) const { return m_comparison.rows[static_cast<std::size_t>(row)]; }
    /// With a header line and a last line for all; exact amounts.
    std::string toCsv() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const CostDifference &line, Column column) const;
    QString valueText(const CostDifference &line) const;

    CostComparison m_comparison;
    Zone m_zone;
    QString m_title;
    bool m_isModel = true;
    QLocale m_locale;
};

/// `cached tokens counted twice`
QString causeText(const CostDifference &line, const QLocale &locale);

} // namespace genscope

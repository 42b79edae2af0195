// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "analytics/costcheck.h"

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
    void setCheck(CostCheck check, const Zone &zone, const QString &title, bool isModel);
    const CostCheck &check() const { return m_check; }
    const CostCheck::Line &line(int row) const { return m_check.lines[static_cast<std::size_t>(row)]; }
    /// With a header line and a last line for all; exact amounts.
    std::string toCsv() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const CostCheck::Line &line, Column column) const;
    QString valueText(const CostCheck::Line &line) const;

    CostCheck m_check;
    Zone m_zone;
    QString m_title;
    bool m_isModel = true;
    QLocale m_locale;
};

/// `cached tokens counted twice`
QString causeText(const CostCheck::Line &line, const QLocale &locale);

} // namespace genscope

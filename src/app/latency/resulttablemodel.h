// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel> // before <compare>, which moc of Qt 6.4 cannot read first

#include "analytics/resulttable.h"

#include <QLocale>

#include <map>
#include <string>
#include <vector>

namespace genscope {

/// A ResultTable as a table, for those that are short enough to be held whole. Roles as in models/roles.h. A
/// last column may show how each row's number went over time.
class ResultTableModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ResultTableModel)
public:
    /// By cellKey() of the first column; missing values under "\n".
    using Trends = std::map<std::string, QVector<double>>;

    explicit ResultTableModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    /// @param hidden  columns at the end that are read with cell() and not shown
    void setTable(ResultTable table, int hidden = 0);
    /// @param title  of their column; empty: there is none
    void setTrends(const QString &title, Trends trends);
    const Cell &cell(int row, const std::string &column) const; ///< missing if there is no such column

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    bool isTrend(int column) const { return column == m_shown; }

private:
    QString textOf(int row, int column) const;
    QVariant sortKeyOf(const Cell &cell) const;
    QVariant trendOf(int row) const;

    ResultTable m_table;
    int m_shown = 0; ///< columns of the table that are shown
    QString m_trendTitle;
    Trends m_trends;
    QLocale m_locale;
};

/// Over time by the first dimension, as trends. @param table  with buckets and one dimension
ResultTableModel::Trends trendsOf(const ResultTable &table);

} // namespace genscope

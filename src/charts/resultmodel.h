// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel> // before <compare>, which moc of Qt 6.4 cannot read first

#include "charts/chartcontext.h"

#include <QLocale>

#include <memory>
#include <optional>
#include <vector>

namespace genscope {

/// A breakdown as rows and columns: the dimension, each measure, and where there is something to compare with
/// what the measure was and how it changed. Sorted by a column that the user chose, else as it came; `Other`
/// stays last.
class ResultModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ResultModel)
public:
    explicit ResultModel(QObject *parent = nullptr);

    void setResult(const ResultTable &table, const ChartContext &context, const QLocale &locale);
    /// The value of the dimension in a row, and what a click on it means.
    ChartPick pick(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    struct Column
    {
        enum class Kind { Dimension, Now, Before, Change };
        Kind kind = Kind::Dimension;
        std::size_t source = 0; ///< of the table
    };
    std::optional<double> numberAt(std::size_t row, const Column &column) const;
    std::optional<double> earlierOf(std::size_t row, std::size_t column) const;
    QString textAt(std::size_t row, const Column &column) const;
    void orderRows();

    ResultTable m_table;
    ChartContext m_context;
    QLocale m_locale;
    std::vector<Column> m_columns;
    std::vector<const std::vector<Cell> *> m_earlier; ///< row of the same value, by row; null: none
    std::vector<std::size_t> m_order;                 ///< rows as they are shown
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
};

} // namespace genscope

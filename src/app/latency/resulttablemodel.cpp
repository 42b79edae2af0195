// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latency/resulttablemodel.h"

#include "charts/celltext.h"
#include "core/format.h"
#include "models/roles.h"
#include "models/tablecolumns.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace genscope {

namespace {

const Cell kMissingCell;

std::string keyOf(const Cell &cell)
{
    return isMissing(cell) ? "\n" : cellKey(cell);
}

bool isNumber(const ResultTable::Column &column)
{
    return column.role == ResultTable::Role::Measure || column.unit != Unit::None;
}

} // namespace

ResultTableModel::Trends trendsOf(const ResultTable &table)
{
    std::vector<Timestamp> buckets;
    for (const auto &row : table.rows)
        buckets.push_back(std::get<Timestamp>(row[0]));
    std::sort(buckets.begin(), buckets.end());
    buckets.erase(std::unique(buckets.begin(), buckets.end()), buckets.end());
    ResultTableModel::Trends trends;
    for (const auto &row : table.rows) {
        QVector<double> &numbers = trends[keyOf(row[1])];
        numbers.resize(static_cast<qsizetype>(buckets.size()), std::numeric_limits<double>::quiet_NaN());
        const auto bucket =
            std::lower_bound(buckets.begin(), buckets.end(), std::get<Timestamp>(row[0])) - buckets.begin();
        if (const auto number = cellNumber(row[2]))
            numbers[bucket] = *number;
    }
    return trends;
}

void ResultTableModel::setTable(ResultTable table, int hidden)
{
    beginResetModel();
    m_table = std::move(table);
    m_shown = std::max(0, static_cast<int>(m_table.columns.size()) - hidden);
    endResetModel();
}

void ResultTableModel::setTrends(const QString &title, Trends trends)
{
    beginResetModel();
    m_trendTitle = title;
    m_trends = std::move(trends);
    endResetModel();
}

const Cell &ResultTableModel::cell(int row, const std::string &column) const
{
    const int place = m_table.columnIndex(column);
    if (place < 0 || row < 0 || row >= rowCount())
        return kMissingCell;
    return m_table.rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(place)];
}

int ResultTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_table.rows.size());
}

int ResultTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || m_shown == 0 ? 0 : m_shown + (m_trendTitle.isEmpty() ? 0 : 1);
}

QVariant ResultTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (isTrend(index.column()))
        return role == TrendRole ? trendOf(index.row()) : QVariant();
    const auto column = static_cast<std::size_t>(index.column());
    const ResultTable::Column &described = m_table.columns[column];
    const Cell &cell = m_table.rows[static_cast<std::size_t>(index.row())][column];
    switch (role) {
    case Qt::DisplayRole:
    case FullTextRole:
        return textOf(index.row(), index.column());
    case Qt::ToolTipRole:
        return isNumber(described) ? QVariant() : plainToolTip(textOf(index.row(), index.column()));
    case Qt::TextAlignmentRole:
        return cellAlignment(isNumber(described));
    case SortRole:
        return sortKeyOf(cell);
    case StyleRole:
        return static_cast<int>(described.name == "model" && !isMissing(cell) && !isOther(cell)
                                    ? CellStyle::Model
                                : isNumber(described) ? CellStyle::Number
                                                      : CellStyle::Text);
    case SwatchRole:
        return described.name == "model" ? QString::fromStdString(cellKey(cell)) : QString();
    default:
        return {};
    }
}

QVariant ResultTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (isTrend(section))
        return role == Qt::DisplayRole ? m_trendTitle : QVariant();
    const ResultTable::Column &column = m_table.columns[static_cast<std::size_t>(section)];
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(isNumber(column));
    if (role == Qt::ToolTipRole)
        return plainToolTip(columnTitle(column.name));
    if (role != Qt::DisplayRole)
        return {};
    // The table says what it is about: `p95` is enough.
    const std::size_t place = column.name.rfind("_p");
    const bool percentile = column.role == ResultTable::Role::Measure && place != std::string::npos &&
                            place + 2 < column.name.size() && column.name[place + 2] >= '0' &&
                            column.name[place + 2] <= '9';
    return percentile ? QString::fromStdString(column.name.substr(place + 1)) : columnTitle(column.name);
}

QString ResultTableModel::textOf(int row, int column) const
{
    const ResultTable::Column &described = m_table.columns[static_cast<std::size_t>(column)];
    const Cell &cell = m_table.rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
    if (const auto *instant = std::get_if<Timestamp>(&cell))
        return formatInstant(*instant, m_table.zone, m_locale);
    if (described.role == ResultTable::Role::Field && isMissing(cell))
        return {};
    if (isNumber(described))
        return measureText(cell, described.unit, m_locale);
    return dimensionText(cell, described.name, m_locale);
}

QVariant ResultTableModel::sortKeyOf(const Cell &cell) const
{
    if (const auto number = cellNumber(cell))
        return *number;
    if (const auto *instant = std::get_if<Timestamp>(&cell))
        return static_cast<qlonglong>(instant->us);
    return isMissing(cell) ? QVariant() : QVariant(QString::fromStdString(cellKey(cell)));
}

QVariant ResultTableModel::trendOf(int row) const
{
    const auto trend = m_trends.find(keyOf(m_table.rows[static_cast<std::size_t>(row)].front()));
    return trend == m_trends.end() ? QVariant() : QVariant::fromValue(trend->second);
}

} // namespace genscope

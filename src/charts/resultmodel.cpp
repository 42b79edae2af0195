// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/resultmodel.h"

#include "charts/celltext.h"
#include "charts/timeseries.h"
#include "core/format.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace genscope {

ResultModel::ResultModel(QObject *parent) : QAbstractTableModel(parent) {}

void ResultModel::setResult(const ResultTable &table, const ChartContext &context, const QLocale &locale)
{
    beginResetModel();
    m_table = table;
    m_context = context;
    m_locale = locale;
    m_columns.clear();
    const ResultTable *earlier = context.earlier.get();
    std::optional<std::size_t> dimension;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].role == ResultTable::Role::Dimension && !dimension) {
            dimension = i;
            m_columns.push_back({Column::Kind::Dimension, i});
        }
        if (table.columns[i].role != ResultTable::Role::Measure)
            continue;
        m_columns.push_back({Column::Kind::Now, i});
        if (earlier != nullptr) {
            m_columns.push_back({Column::Kind::Before, i});
            m_columns.push_back({Column::Kind::Change, i});
        }
    }
    m_earlier.assign(table.rows.size(), nullptr);
    if (earlier != nullptr && dimension) {
        std::map<std::pair<bool, std::string>, const std::vector<Cell> *> known;
        for (const auto &row : earlier->rows)
            known[{isMissing(row[*dimension]), cellKey(row[*dimension])}] = &row;
        for (std::size_t row = 0; row < table.rows.size(); ++row) {
            const Cell &value = table.rows[row][*dimension];
            const auto found = known.find({isMissing(value), cellKey(value)});
            // `Other` gathers other values there.
            m_earlier[row] = found == known.end() || isOther(value) ? nullptr : found->second;
        }
    }
    if (m_sortColumn >= static_cast<int>(m_columns.size()))
        m_sortColumn = -1;
    orderRows();
    endResetModel();
}

ChartPick ResultModel::pick(int row) const
{
    if (row < 0 || row >= rowCount() || m_columns.empty() ||
        m_columns.front().kind != Column::Kind::Dimension)
        return {};
    const std::size_t dimension = m_columns.front().source;
    std::vector<Cell> shown;
    for (const auto &each : m_table.rows)
        shown.push_back(each[dimension]);
    return pickValue(m_table.columns[dimension].name,
                     m_table.rows[m_order[static_cast<std::size_t>(row)]][dimension], shown);
}

int ResultModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int ResultModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

std::optional<double> ResultModel::earlierOf(std::size_t row, std::size_t column) const
{
    if (m_earlier[row] != nullptr)
        return cellNumber((*m_earlier[row])[column]);
    const std::size_t dimension = m_columns.front().source;
    const bool sums = addsUp(m_table.columns[column].name, m_table.columns[dimension].name);
    if (!sums || isOther(m_table.rows[row][dimension]))
        return std::nullopt;
    return 0; // there were none
}

std::optional<double> ResultModel::numberAt(std::size_t row, const Column &column) const
{
    const auto now = cellNumber(m_table.rows[row][column.source]);
    if (column.kind == Column::Kind::Now || column.kind == Column::Kind::Dimension)
        return now;
    const auto before = earlierOf(row, column.source);
    if (column.kind == Column::Kind::Before)
        return before;
    return now && before ? std::optional(*now - *before) : std::nullopt;
}

QString ResultModel::textAt(std::size_t row, const Column &column) const
{
    const Cell &cell = m_table.rows[row][column.source];
    const ResultTable::Column &source = m_table.columns[column.source];
    if (column.kind == Column::Kind::Dimension)
        return dimensionText(cell, source.name, m_locale);
    if (column.kind == Column::Kind::Now)
        return measureText(cell, source.unit, m_locale);
    const auto number = numberAt(row, column);
    if (!number)
        return QStringLiteral("–");
    if (column.kind == Column::Kind::Before)
        return numberText(*number, source.unit, m_locale);
    if (*number == 0)
        return tr("as before");
    const QString size = numberText(std::abs(*number), source.unit, m_locale);
    QString text = (*number > 0 ? QStringLiteral("+") : QStringLiteral("−")) + size;
    if (const auto before = earlierOf(row, column.source); before && *before > 0)
        text += QStringLiteral(" (%1)").arg(formatRatio(std::abs(*number / *before), m_locale));
    return text;
}

QVariant ResultModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const std::size_t row = m_order[static_cast<std::size_t>(index.row())];
    const Column &column = m_columns[static_cast<std::size_t>(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return textAt(row, column);
    case Qt::TextAlignmentRole:
        return static_cast<int>(Qt::AlignVCenter |
                                (column.kind == Column::Kind::Dimension ? Qt::AlignLeft : Qt::AlignRight));
    case Qt::UserRole: // true where a filter leaves it out
        return m_context.choice && m_context.choice->isFaint(m_table.rows[row][m_columns.front().source]);
    default:
        return {};
    }
}

QVariant ResultModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const Column &column = m_columns[static_cast<std::size_t>(section)];
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter |
                                (column.kind == Column::Kind::Dimension ? Qt::AlignLeft : Qt::AlignRight));
    if (role != Qt::DisplayRole)
        return {};
    const QString title = columnTitle(m_table.columns[column.source].name);
    switch (column.kind) {
    case Column::Kind::Before:
        return tr("before");
    case Column::Kind::Change:
        return tr("change");
    case Column::Kind::Dimension:
    case Column::Kind::Now:
        break;
    }
    return title;
}

void ResultModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_sortOrder = order;
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    const std::vector<std::size_t> orderBefore = m_order;
    orderRows();
    QModelIndexList after;
    for (const QModelIndex &index : before) {
        const auto row =
            std::find(m_order.begin(), m_order.end(), orderBefore[static_cast<std::size_t>(index.row())]);
        after << this->index(static_cast<int>(row - m_order.begin()), index.column());
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

void ResultModel::orderRows()
{
    m_order.resize(m_table.rows.size());
    std::iota(m_order.begin(), m_order.end(), std::size_t{0});
    if (m_sortColumn < 0 || m_columns.empty())
        return;
    const Column &column = m_columns[static_cast<std::size_t>(m_sortColumn)];
    const bool down = m_sortOrder == Qt::DescendingOrder;
    const std::size_t dimension = m_columns.front().source;
    std::stable_sort(m_order.begin(), m_order.end(), [&](std::size_t a, std::size_t b) {
        const bool otherA = isOther(m_table.rows[a][dimension]);
        const bool otherB = isOther(m_table.rows[b][dimension]);
        if (otherA || otherB)
            return !otherA && otherB;
        if (column.kind == Column::Kind::Dimension) {
            const int compared = textAt(a, column).localeAwareCompare(textAt(b, column));
            return down ? compared > 0 : compared < 0;
        }
        const auto numberA = numberAt(a, column);
        const auto numberB = numberAt(b, column);
        if (!numberA || !numberB)
            return numberA.has_value() && !numberB.has_value(); // what is unknown goes last
        return down ? *numberA > *numberB : *numberA < *numberB;
    });
}

} // namespace genscope

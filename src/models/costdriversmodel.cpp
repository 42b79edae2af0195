// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/costdriversmodel.h"

#include "core/format.h"
#include "models/roles.h"
#include "models/tablecolumns.h"

#include <algorithm>

namespace genscope {

std::array<CostDriverPart, 6> costDriverParts()
{
    return {{{CostDriversModel::tr("Volume"),
              CostDriversModel::tr("More or fewer calls, at the average cost of a call before"),
              CostDriversModel::tr("the number of calls"), &CostDrivers::volume},
             {CostDriversModel::tr("Mix"),
              CostDriversModel::tr("Calls moved between values that cost more or less, came or went"),
              CostDriversModel::tr("the mix of what was called"), &CostDrivers::mix},
             {CostDriversModel::tr("Prompt length"),
              CostDriversModel::tr("Longer or shorter prompts, at the prices and cache share before"),
              CostDriversModel::tr("the length of prompts"), &CostDrivers::promptLength},
             {CostDriversModel::tr("Answer length"),
              CostDriversModel::tr("Longer or shorter answers, at the prices before"),
              CostDriversModel::tr("the length of answers"), &CostDrivers::answerLength},
             {CostDriversModel::tr("Cache share"),
              CostDriversModel::tr("Another part of the prompts was read from, or written to, the cache"),
              CostDriversModel::tr("the share of the cache"), &CostDrivers::cacheShare},
             {CostDriversModel::tr("Price"),
              CostDriversModel::tr("Paid per token and per request: prices, tiers, fees, and what events "
                                   "report; the rest of the change"),
              CostDriversModel::tr("prices and fees"), &CostDrivers::price}}};
}

CostDriverPart mainDriver(const CostDrivers &total)
{
    const auto parts = costDriverParts();
    const int sign = total.change().pico < 0 ? -1 : 1;
    return *std::max_element(parts.begin(), parts.end(), [&](const auto &a, const auto &b) {
        return (total.*a.amount).pico * sign < (total.*b.amount).pico * sign;
    });
}

CostDriversModel::CostDriversModel(QObject *parent) : QAbstractTableModel(parent), m_parts(costDriverParts())
{
}

void CostDriversModel::setAnswer(const CostDriversAnswer &answer, const QString &by, bool isModel)
{
    beginResetModel();
    m_rows = answer.rows;
    m_by = by;
    m_isModel = isModel;
    endResetModel();
}

void CostDriversModel::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

int CostDriversModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CostDriversModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumns;
}

Money CostDriversModel::change(const CostDrivers &row, int column) const
{
    if (column == ChangeColumn)
        return row.change();
    return column >= FirstPartColumn ? row.*m_parts[static_cast<std::size_t>(column - FirstPartColumn)].amount
                                     : Money{};
}

QString CostDriversModel::text(const CostDrivers &row, int column) const
{
    const bool isUnpriced = row.callsBefore + row.callsAfter == 0 && row.unpriced > 0;
    switch (column) {
    case NameColumn: {
        const auto *name = std::get_if<std::string>(&row.value);
        return name ? QString::fromStdString(*name) : tr("(none)");
    }
    case BeforeColumn:
        return isUnpriced ? tr("unpriced") : formatMoney(row.before, m_locale);
    case AfterColumn:
        return isUnpriced ? tr("unpriced") : formatMoney(row.after, m_locale);
    default:
        break;
    }
    const Money amount = change(row, column);
    if (isUnpriced || (amount.pico == 0 && column != ChangeColumn))
        return {};
    return signedMoney(amount, m_locale);
}

QVariant CostDriversModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const CostDrivers &row = m_rows[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case FullTextRole:
        return text(row, column);
    case Qt::ToolTipRole:
        return plainToolTip(text(row, column));
    case Qt::TextAlignmentRole:
        return cellAlignment(column != NameColumn);
    case SortRole:
        if (column == BeforeColumn)
            return row.before.usd();
        if (column == AfterColumn)
            return row.after.usd();
        return column == NameColumn ? QVariant(text(row, column)) : QVariant(change(row, column).usd());
    case StyleRole:
        if (const Money amount = change(row, column); amount.pico != 0)
            return static_cast<int>(amount.pico > 0 ? CellStyle::Rise : CellStyle::Fall);
        return static_cast<int>(column != NameColumn                  ? CellStyle::Number
                                : m_isModel && row.value.index() != 0 ? CellStyle::Model
                                                                      : CellStyle::Text);
    default:
        return {};
    }
}

QVariant CostDriversModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= kColumns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(section != NameColumn);
    const bool isPart = section >= FirstPartColumn;
    const CostDriverPart *part =
        isPart ? &m_parts[static_cast<std::size_t>(section - FirstPartColumn)] : nullptr;
    if (role == Qt::ToolTipRole)
        return part ? QVariant(part->hint) : QVariant();
    if (role != Qt::DisplayRole)
        return {};
    if (part)
        return part->title;
    const QString titles[FirstPartColumn] = {m_by, tr("Before"), tr("Now"), tr("Change")};
    return titles[section];
}

} // namespace genscope

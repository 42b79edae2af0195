// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/pricechangesmodel.h"

#include "core/format.h"
#include "models/pricelines.h"
#include "models/roles.h"
#include "models/tablecolumns.h"

#include <algorithm>

namespace genscope {

namespace {

bool isNumber(int column)
{
    return column == PriceChangesModel::BeforeColumn || column == PriceChangesModel::AfterColumn ||
           column == PriceChangesModel::PercentColumn;
}

} // namespace

QString changePercent(const std::optional<Decimal> &before, const Decimal &after, const QLocale &locale)
{
    if (!before || before->isZero())
        return {};
    return signedRatio(after.toDouble() / before->toDouble() - 1, locale);
}

PriceChangesModel::PriceChangesModel(std::vector<PriceChangeLine> lines, QObject *parent)
    : QAbstractTableModel(parent), m_lines(std::move(lines))
{
    int last = -1;
    for (const PriceChangeLine &line : m_lines)
        last = std::max(last, line.price);
    m_chosen.assign(static_cast<std::size_t>(last + 1), true);
}

int PriceChangesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int PriceChangesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString PriceChangesModel::text(const PriceChangeLine &line, Column column) const
{
    const auto money = [&](const Decimal &rate) {
        return line.perToken ? formatPerMillion(rate, m_locale) : formatExact(rate, m_locale);
    };
    switch (column) {
    case ModelColumn:
        return line.model;
    case ProviderColumn:
        return line.provider.isEmpty() ? tr("any") : line.provider;
    case RateColumn:
        return line.rate;
    case BeforeColumn:
        return line.before ? money(*line.before) : tr("new");
    case AfterColumn:
        return money(line.after);
    case PercentColumn:
        return changePercent(line.before, line.after, m_locale);
    case NoteColumn:
        return line.note;
    case ColumnCount:
        break;
    }
    return {};
}

QVariant PriceChangesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const PriceChangeLine &line = m_lines[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case FullTextRole:
        return text(line, column);
    case Qt::ToolTipRole:
        return plainToolTip(text(line, column));
    case Qt::CheckStateRole:
        if (column == ModelColumn)
            return isChosen(line.price) ? Qt::Checked : Qt::Unchecked;
        return {};
    case Qt::TextAlignmentRole:
        return cellAlignment(isNumber(column));
    case SortRole:
        if (column == BeforeColumn)
            return line.before ? line.before->toDouble() : 0.0; // `new` is no warning
        if (column == AfterColumn)
            return line.after.toDouble();
        return text(line, column);
    case StyleRole:
        if (column == PercentColumn && line.before && !(*line.before == line.after))
            return static_cast<int>(*line.before < line.after ? CellStyle::Rise : CellStyle::Fall);
        return static_cast<int>(isNumber(column) ? CellStyle::Number : CellStyle::Text);
    default:
        return {};
    }
}

bool PriceChangesModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !checkIndex(index, CheckIndexOption::IndexIsValid) ||
        index.column() != ModelColumn)
        return false;
    const int price = m_lines[static_cast<std::size_t>(index.row())].price;
    m_chosen[static_cast<std::size_t>(price)] = value.toInt() == Qt::Checked;
    Q_EMIT dataChanged(this->index(0, ModelColumn), this->index(rowCount() - 1, ModelColumn),
                       {Qt::CheckStateRole});
    Q_EMIT chosenChanged();
    return true;
}

Qt::ItemFlags PriceChangesModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.isValid() && index.column() == ModelColumn ? flags | Qt::ItemIsUserCheckable : flags;
}

QVariant PriceChangesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(isNumber(section));
    if (role != Qt::DisplayRole)
        return {};
    const QString titles[ColumnCount] = {tr("Model"), tr("Provider"), tr("Rate"), tr("Now"),
                                         tr("Then"),  tr("Change"),   tr("Note")};
    return titles[section];
}

void PriceChangesModel::setAllChosen(bool chosen)
{
    m_chosen.assign(m_chosen.size(), chosen);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, ModelColumn), index(rowCount() - 1, ModelColumn), {Qt::CheckStateRole});
    Q_EMIT chosenChanged();
}

int PriceChangesModel::chosenPrices() const
{
    return static_cast<int>(std::count(m_chosen.begin(), m_chosen.end(), true));
}

} // namespace genscope

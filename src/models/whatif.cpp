// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/whatif.h"

#include "core/format.h"
#include "models/roles.h"
#include "models/tablecolumns.h"
#include "workspace/pricing.h"

#include <algorithm>
#include <iterator>

namespace genscope {

QString moneyChangePercent(Money before, Money after, const QLocale &locale)
{
    if (before.pico <= 0)
        return {};
    return signedRatio(after.usd() / before.usd() - 1, locale);
}

Result<WhatIf> whatIf(const Selection &selection, const PricingView &view, Timestamp now)
{
    const auto asPriced = withoutWhatIf(selection, now);
    if (!asPriced)
        return asPriced.error();
    const Selection &base = **asPriced;
    std::vector<CostBreakdown> breakdowns(WhatIf::kByCount);
    breakdowns[WhatIf::Model].field = *Field::parse("model");
    breakdowns[WhatIf::Customer].field = *Field::parse("customer");
    breakdowns[WhatIf::Day].interval = Interval::Day;
    auto costs =
        askWhatIf(breakdowns, base.rows, base.scope, base.context, base.stored, base.prices, view, now);
    if (!costs)
        return costs.error();
    return WhatIf{std::move(*costs), base.scope.zone};
}

WhatIfModel::WhatIfModel(WhatIf::By by, QObject *parent) : QAbstractTableModel(parent), m_by(by) {}

void WhatIfModel::setAnswer(const WhatIf &answer)
{
    beginResetModel();
    m_zone = answer.zone;
    m_lines.clear();
    const std::vector<CostChange> &rows = answer.costs.by[m_by].rows;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(m_lines),
                 [](const CostChange &line) { return line.before != line.after; });
    if (m_by == WhatIf::Day)
        std::sort(m_lines.begin(), m_lines.end(),
                  [](const CostChange &a, const CostChange &b) { return a.value < b.value; });
    endResetModel();
}

void WhatIfModel::clear()
{
    beginResetModel();
    m_lines.clear();
    endResetModel();
}

int WhatIfModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int WhatIfModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString WhatIfModel::nameText(const CostChange &line) const
{
    if (const auto *day = std::get_if<Timestamp>(&line.value))
        return QString::fromStdString(m_zone.iso(*day)).left(10);
    const auto *text = std::get_if<std::string>(&line.value);
    return text ? QString::fromStdString(*text) : tr("(none)");
}

QString WhatIfModel::text(const CostChange &line, Column column) const
{
    const auto money = [&](const std::optional<Money> &amount) {
        return amount ? formatMoney(*amount, m_locale) : tr("unpriced");
    };
    switch (column) {
    case NameColumn:
        return nameText(line);
    case BeforeColumn:
        return money(line.before);
    case AfterColumn:
        return money(line.after);
    case ChangeColumn:
        return line.change() ? signedMoney(*line.change(), m_locale) : QString();
    case PercentColumn:
        return line.before && line.after ? moneyChangePercent(*line.before, *line.after, m_locale)
                                         : QString();
    case ColumnCount:
        break;
    }
    return {};
}

QVariant WhatIfModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const CostChange &line = m_lines[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case FullTextRole:
        return text(line, column);
    case Qt::ToolTipRole:
        return plainToolTip(text(line, column));
    case Qt::TextAlignmentRole:
        return cellAlignment(column != NameColumn);
    case SortRole:
        if (column == BeforeColumn || column == AfterColumn) {
            const std::optional<Money> &amount = column == BeforeColumn ? line.before : line.after;
            return amount ? QVariant(amount->usd()) : QVariant();
        }
        return text(line, column);
    case StyleRole:
        if (column >= ChangeColumn && line.change().value_or(Money{}).pico != 0)
            return static_cast<int>(line.change()->pico > 0 ? CellStyle::Rise : CellStyle::Fall);
        return static_cast<int>(column != NameColumn                               ? CellStyle::Number
                                : m_by == WhatIf::Model && line.value.index() != 0 ? CellStyle::Model
                                                                                   : CellStyle::Text);
    default:
        return {};
    }
}

QVariant WhatIfModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(section != NameColumn);
    if (role != Qt::DisplayRole)
        return {};
    const QString first = m_by == WhatIf::Model      ? tr("Model")
                          : m_by == WhatIf::Customer ? tr("Customer")
                                                     : tr("Day");
    const QString titles[ColumnCount] = {first, tr("Now"), tr("What if"), tr("Change"), tr("Percent")};
    return titles[section];
}

} // namespace genscope

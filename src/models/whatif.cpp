// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/whatif.h"

#include "analytics/reprice.h"
#include "core/format.h"
#include "models/roles.h"
#include "models/tablecolumns.h"

#include <algorithm>
#include <map>

namespace genscope {

namespace {

std::optional<Money> moneyOf(const Cell &cell)
{
    const auto *money = std::get_if<Money>(&cell);
    return money ? std::optional(*money) : std::nullopt;
}

Int128 distance(const WhatIf::Line &line)
{
    const Int128 change = line.after.value_or(Money{}).pico - line.before.value_or(Money{}).pico;
    return change < 0 ? -change : change;
}

/// Costs by one dimension or by day.
Result<ResultTable> costs(const Selection &selection, WhatIf::By by)
{
    Query query;
    query.measures = {Measure::Cost};
    if (by == WhatIf::Day)
        query.interval = Interval::Day;
    else
        query.by = {*Field::parse(by == WhatIf::Model ? "model" : "customer")};
    return runQuery(query, selection.scope, selection.rows, selection.context);
}

QString nameOf(const Cell &cell, const Zone &zone)
{
    if (const auto *instant = std::get_if<Timestamp>(&cell))
        return QString::fromStdString(zone.iso(*instant)).left(10);
    const auto *text = std::get_if<std::string>(&cell);
    return text ? QString::fromStdString(*text) : QString();
}

std::vector<WhatIf::Line> linesOf(const ResultTable &before, const ResultTable &after, WhatIf::By by)
{
    std::map<Cell, WhatIf::Line> lines;
    for (const auto &row : before.rows)
        lines[row[0]] = {nameOf(row[0], before.zone), moneyOf(row[1]), {}};
    for (const auto &row : after.rows) {
        WhatIf::Line &line = lines[row[0]];
        line.name = nameOf(row[0], after.zone);
        line.after = moneyOf(row[1]);
    }
    std::vector<WhatIf::Line> changed;
    for (auto &[key, line] : lines) {
        if (line.before != line.after)
            changed.push_back(std::move(line));
    }
    if (by != WhatIf::Day)
        std::stable_sort(changed.begin(), changed.end(),
                         [](const auto &a, const auto &b) { return distance(a) > distance(b); });
    return changed;
}

} // namespace

QString moneyChangePercent(Money before, Money after, const QLocale &locale)
{
    if (before.pico <= 0)
        return {};
    return signedRatio(after.usd() / before.usd() - 1, locale);
}

Result<WhatIf> whatIf(const Selection &selection, const std::shared_ptr<const PriceBook> &book,
                      const PricingView &view, Timestamp now)
{
    DataContext stored = selection.context.data;
    stored.snapshot = selection.stored;
    const auto snapshot = reprice(stored, book, view, now);
    if (!snapshot)
        return snapshot.error();
    auto other = std::make_shared<Selection>(selection);
    other->snapshot = *snapshot;
    other->context = makeQueryContext(*snapshot, selection.context.data.source, selection.scope, {});
    WhatIf answer;
    for (std::size_t i = 0; i < WhatIf::kByCount; ++i) {
        const auto by = static_cast<WhatIf::By>(i);
        const auto before = costs(selection, by);
        if (!before)
            return before.error();
        const auto after = costs(*other, by);
        if (!after)
            return after.error();
        answer.lines[i] = linesOf(*before, *after, by);
        answer.before = moneyOf(before->total.back());
        answer.after = moneyOf(after->total.back());
        answer.unpriced = after->unpriced;
    }
    for (const Substitution &substitution : view.whatIf) {
        const auto rows = narrowed(selection, substitution.traffic);
        if (!rows)
            return rows.error();
        Query query;
        query.measures = {Measure::Generations};
        const auto table = runQuery(query, selection.scope, *rows, selection.context);
        if (!table)
            return table.error();
        if (const auto *count = std::get_if<std::int64_t>(&table->total.back()))
            answer.generations += *count;
    }
    return answer;
}

WhatIfModel::WhatIfModel(WhatIf::By by, QObject *parent) : QAbstractTableModel(parent), m_by(by) {}

void WhatIfModel::setLines(std::vector<WhatIf::Line> lines)
{
    beginResetModel();
    m_lines = std::move(lines);
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

QString WhatIfModel::text(const WhatIf::Line &line, Column column) const
{
    const auto money = [&](const std::optional<Money> &amount) {
        return amount ? formatMoney(*amount, m_locale) : tr("unpriced");
    };
    switch (column) {
    case NameColumn:
        return line.name.isEmpty() ? tr("(none)") : line.name;
    case BeforeColumn:
        return money(line.before);
    case AfterColumn:
        return money(line.after);
    case ChangeColumn:
        return line.before && line.after ? signedMoney(*line.after - *line.before, m_locale) : QString();
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
    const WhatIf::Line &line = m_lines[static_cast<std::size_t>(index.row())];
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
        return static_cast<int>(column != NameColumn                            ? CellStyle::Number
                                : m_by == WhatIf::Model && !line.name.isEmpty() ? CellStyle::Model
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

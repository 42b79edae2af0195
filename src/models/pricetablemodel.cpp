// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/pricetablemodel.h"

#include "core/format.h"
#include "models/roles.h"
#include "models/tablecolumns.h"

#include <algorithm>

namespace genscope {

namespace {

const std::optional<Decimal> *rateOf(const PriceLine &line, PriceTableModel::Column column)
{
    switch (column) {
    case PriceTableModel::InputColumn:
        return &line.input;
    case PriceTableModel::OutputColumn:
        return &line.output;
    case PriceTableModel::CacheReadColumn:
        return &line.cacheRead;
    case PriceTableModel::CacheWriteColumn:
        return &line.cacheWrite;
    default:
        return nullptr;
    }
}

bool isNumber(PriceTableModel::Column column)
{
    return (column >= PriceTableModel::InputColumn && column <= PriceTableModel::CacheWriteColumn) ||
           column == PriceTableModel::GenerationsColumn || column == PriceTableModel::CostColumn;
}

} // namespace

PriceTableModel::PriceTableModel(QObject *parent) : QAbstractTableModel(parent) {}

void PriceTableModel::setLines(std::vector<PriceLine> lines)
{
    beginResetModel();
    m_lines = std::move(lines);
    endResetModel();
}

int PriceTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int PriceTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString PriceTableModel::text(const PriceLine &line, Column column) const
{
    switch (column) {
    case ModelColumn:
        return line.model;
    case ProviderColumn:
        return line.provider.isEmpty() ? tr("any") : line.provider;
    case InputColumn:
    case OutputColumn:
    case CacheReadColumn:
    case CacheWriteColumn: {
        const std::optional<Decimal> &rate = *rateOf(line, column);
        return rate ? formatPerMillion(*rate, m_locale) : QString();
    }
    case TierColumn:
        return line.tier;
    case OtherColumn:
        return line.otherRates;
    case FromColumn:
        return line.valid.from ? formatPeriodEdge(*line.valid.from, m_locale) : tr("always");
    case ToColumn:
        return line.valid.to ? formatPeriodEdge(*line.valid.to, m_locale) : QString();
    case SourceColumn:
        return line.isOwn              ? line.source // says it all
               : line.source.isEmpty() ? originText(line.origin)
                                       : tr("%1, %2").arg(originText(line.origin), line.source);
    case GenerationsColumn:
        return line.generations > 0 ? formatCount(line.generations, m_locale) : QString();
    case CostColumn:
        return line.generations > 0 ? formatMoney(line.cost, m_locale) : QString();
    case ColumnCount:
        break;
    }
    return {};
}

QVariant PriceTableModel::sortValue(const PriceLine &line, Column column)
{
    if (const std::optional<Decimal> *rate = rateOf(line, column))
        return *rate ? QVariant((*rate)->toDouble()) : QVariant();
    switch (column) {
    case FromColumn: // open ends: before and after everything
        return static_cast<qlonglong>(line.valid.fromUs());
    case ToColumn:
        return static_cast<qlonglong>(line.valid.toUs());
    case GenerationsColumn:
        return line.generations > 0 ? QVariant(static_cast<qlonglong>(line.generations)) : QVariant();
    case CostColumn:
        return line.generations > 0 ? QVariant(line.cost.usd()) : QVariant();
    default:
        return {};
    }
}

QVariant PriceTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const PriceLine &shown = line(index.row());
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case FullTextRole:
        return text(shown, column);
    case Qt::ToolTipRole:
        return plainToolTip(text(shown, column));
    case Qt::TextAlignmentRole:
        return cellAlignment(isNumber(column));
    case SwatchRole:
        return column == ModelColumn ? QVariant(shown.usedBy) : QVariant();
    case SortRole: {
        const QVariant value = sortValue(shown, column);
        return value.isValid() || isNumber(column) ? value : QVariant(text(shown, column));
    }
    case StyleRole:
        return static_cast<int>(column == ModelColumn ? CellStyle::Model
                                : isNumber(column)    ? CellStyle::Number
                                                      : CellStyle::Text);
    default:
        return {};
    }
}

QVariant PriceTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const auto column = static_cast<Column>(section);
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(isNumber(column));
    if (role == Qt::InitialSortOrderRole)
        return static_cast<int>(isNumber(column) ? Qt::DescendingOrder : Qt::AscendingOrder);
    struct Names
    {
        QString title;
        QString hint;
    };
    const Names names[ColumnCount] = {
        {tr("Model"), tr("The name that calls are matched to; * stands for any text")},
        {tr("Provider"), tr("Calls of this provider only")},
        {tr("Input"), tr("USD per million input tokens")},
        {tr("Output"), tr("USD per million output tokens")},
        {tr("Cache read"), tr("USD per million input tokens read from the cache")},
        {tr("Cache write"), tr("USD per million input tokens written to the cache")},
        {tr("Tier"), tr("Which calls: by the length of the prompt, or by service tier")},
        {tr("Other rates"),
         tr("Rates of other kinds, in USD per million tokens, or for each request, search")},
        {tr("From"), tr("The first day of the price, UTC")},
        {tr("To"), tr("The day from which it no longer holds, UTC; empty: it still does")},
        {tr("Source"), tr("Where the price is from, and as of when")},
        {tr("Generations"), tr("Calls of this store that are priced by it")},
        {tr("Recomputed"), tr("What these calls cost at this price. What they report themselves may differ: "
                              "see the other tab")},
    };
    if (role == Qt::DisplayRole)
        return names[section].title;
    return role == Qt::ToolTipRole ? QVariant(names[section].hint) : QVariant();
}

PriceTableProxy::PriceTableProxy(PriceTableModel *model, QObject *parent)
    : QSortFilterProxyModel(parent), m_prices(model)
{
    setSourceModel(model);
    setSortRole(SortRole);
}

void PriceTableProxy::setSearch(const QString &text)
{
    m_words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

void PriceTableProxy::setOrigin(std::optional<PriceLine::Origin> origin, bool onlyUsed)
{
    m_origin = origin;
    m_onlyUsed = onlyUsed;
    invalidateFilter();
}

bool PriceTableProxy::filterAcceptsRow(int row, const QModelIndex &) const
{
    const PriceLine &line = m_prices->line(row);
    if ((m_origin && line.origin != *m_origin) || (m_onlyUsed && line.generations == 0))
        return false;
    return std::all_of(m_words.begin(), m_words.end(), [&](const QString &word) {
        return line.model.contains(word, Qt::CaseInsensitive) ||
               line.provider.contains(word, Qt::CaseInsensitive) ||
               line.tier.contains(word, Qt::CaseInsensitive) ||
               line.source.contains(word, Qt::CaseInsensitive);
    });
}

bool PriceTableProxy::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const QVariant a = left.data(SortRole);
    const QVariant b = right.data(SortRole);
    if (a.isValid() != b.isValid()) // the missing ones last: the view turns the answer around when descending
        return (sortOrder() == Qt::AscendingOrder) == a.isValid();
    if (a.typeId() == QMetaType::QString)
        return QString::compare(a.toString(), b.toString(), Qt::CaseInsensitive) < 0;
    return QSortFilterProxyModel::lessThan(left, right);
}

UnpricedModel::UnpricedModel(QObject *parent) : QAbstractTableModel(parent) {}

void UnpricedModel::setLines(std::vector<UnpricedLine> lines)
{
    beginResetModel();
    m_lines = std::move(lines);
    endResetModel();
}

int UnpricedModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int UnpricedModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString UnpricedModel::text(const UnpricedLine &line, Column column) const
{
    switch (column) {
    case ModelColumn:
        return line.model.isEmpty() ? tr("(no model named)") : line.model;
    case ProviderColumn:
        return line.provider;
    case GenerationsColumn:
        return formatCount(line.generations, m_locale);
    case TokensColumn:
        return formatCount(line.tokens, m_locale);
    case FirstColumn:
        return formatPeriodEdge({line.firstSeen.us / kMicrosPerDay * kMicrosPerDay}, m_locale);
    case LastColumn:
        return formatPeriodEdge({line.lastSeen.us / kMicrosPerDay * kMicrosPerDay}, m_locale);
    case OfferColumn:
        return line.canBePriced()     ? tr("Price this…")
               : line.model.isEmpty() ? tr("no name to price")
                                      : tr("no tokens to price");
    case ColumnCount:
        break;
    }
    return {};
}

QVariant UnpricedModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const UnpricedLine &shown = line(index.row());
    const auto column = static_cast<Column>(index.column());
    const bool number = column == GenerationsColumn || column == TokensColumn;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case FullTextRole:
        return text(shown, column);
    case Qt::ToolTipRole:
        return plainToolTip(text(shown, column));
    case Qt::TextAlignmentRole:
        return cellAlignment(number);
    case SortRole:
        return number ? QVariant(
                            static_cast<qlonglong>(column == TokensColumn ? shown.tokens : shown.generations))
                      : QVariant(text(shown, column));
    case StyleRole:
        return static_cast<int>(column == ModelColumn && !shown.model.isEmpty() ? CellStyle::Model
                                : number                                        ? CellStyle::Number
                                : column == OfferColumn && shown.canBePriced()  ? CellStyle::Link
                                                                                : CellStyle::Text);
    default:
        return {};
    }
}

QVariant UnpricedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(section == GenerationsColumn || section == TokensColumn);
    if (role != Qt::DisplayRole)
        return {};
    const QString titles[ColumnCount] = {tr("Model"),      tr("Provider"),  tr("Generations"), tr("Tokens"),
                                         tr("First seen"), tr("Last seen"), QString()};
    return titles[section];
}

} // namespace genscope

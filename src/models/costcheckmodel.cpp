// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/costcheckmodel.h"

#include "core/csvtext.h"
#include "core/format.h"
#include "models/roles.h"
#include "models/tablecolumns.h"

#include <QCoreApplication>

#include <cmath>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CostCheckModel)
};

std::optional<double> ratioOf(const CostDifference &line)
{
    if (line.recomputed.pico <= 0)
        return std::nullopt;
    return line.difference().usd() / line.recomputed.usd();
}

} // namespace

QString causeText(const CostDifference &line, const QLocale &locale)
{
    switch (line.cause) {
    case CostCause::None:
        return Text::tr("agree");
    case CostCause::Rounding:
        return Text::tr("rounding");
    case CostCause::CacheCountedTwice:
        return Text::tr("cached tokens counted twice");
    case CostCause::CacheNotDiscounted:
        return Text::tr("cached tokens at the full price");
    case CostCause::CacheLeftOut:
        return Text::tr("cached tokens left out");
    case CostCause::TierMissed:
        return Text::tr("price tier missed");
    case CostCause::ReasoningMissed:
        return Text::tr("reasoning tokens left out");
    case CostCause::ReasoningAdded:
        return Text::tr("reasoning tokens counted twice");
    case CostCause::ReportedAsFree:
        return Text::tr("reported as free");
    case CostCause::InputOnly:
        return Text::tr("output left out");
    case CostCause::OutputOnly:
        return Text::tr("input left out");
    case CostCause::OtherPrice:
        return line.factor ? Text::tr("another price: × %1").arg(locale.toString(*line.factor, 'g', 3))
                           : Text::tr("another price");
    case CostCause::Negative:
        return Text::tr("negative cost reported");
    case CostCause::Unexplained:
        return Text::tr("no single cause");
    }
    return {};
}

CostCheckModel::CostCheckModel(QObject *parent) : QAbstractTableModel(parent) {}

void CostCheckModel::setComparison(CostComparison comparison, const Zone &zone, const QString &title,
                                   bool isModel)
{
    beginResetModel();
    m_comparison = std::move(comparison);
    m_zone = zone;
    m_title = title;
    m_isModel = isModel;
    endResetModel();
}

int CostCheckModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_comparison.rows.size());
}

int CostCheckModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString CostCheckModel::valueText(const CostDifference &line) const
{
    if (const auto *day = std::get_if<Timestamp>(&line.value))
        return QString::fromStdString(m_zone.iso(*day)).left(10);
    const auto *text = std::get_if<std::string>(&line.value);
    return text ? QString::fromStdString(*text) : tr("(none)");
}

QString CostCheckModel::text(const CostDifference &line, Column column) const
{
    const auto money = [&](Money amount) {
        return line.pricedBoth == 0 ? QString() : formatMoney(amount, m_locale);
    };
    switch (column) {
    case ValueColumn:
        return valueText(line);
    case DifferenceColumn:
        return line.pricedBoth == 0 ? QString() : signedMoney(line.difference(), m_locale);
    case PercentColumn: {
        const auto ratio = ratioOf(line);
        return ratio ? signedRatio(*ratio, m_locale) : QString();
    }
    case ReportedColumn:
        return money(line.reported);
    case RecomputedColumn:
        return money(line.recomputed);
    case ComparedColumn:
        return formatCount(line.pricedBoth, m_locale);
    case CauseColumn:
        return line.pricedBoth == 0 ? tr("nothing to compare") : causeText(line, m_locale);
    case EvidenceColumn:
        if (line.differing == 0)
            return {};
        if (line.cause == CostCause::Unexplained)
            return tr("%1 differ").arg(formatCount(line.differing, m_locale));
        return tr("fits %1 of %2 that differ")
            .arg(formatCount(line.causeEvents, m_locale), formatCount(line.differing, m_locale));
    case ColumnCount:
        break;
    }
    return {};
}

QVariant CostCheckModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const CostDifference &shown = line(index.row());
    const auto column = static_cast<Column>(index.column());
    const bool number = column >= DifferenceColumn && column <= ComparedColumn;
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
        switch (column) {
        case DifferenceColumn:
            return std::abs(shown.difference().usd()); // the largest first, either way
        case PercentColumn:
            return ratioOf(shown).value_or(0);
        case ReportedColumn:
            return shown.reported.usd();
        case RecomputedColumn:
            return shown.recomputed.usd();
        case ComparedColumn:
            return static_cast<qlonglong>(shown.pricedBoth);
        default:
            return text(shown, column);
        }
    case StyleRole:
        if ((column == DifferenceColumn || column == PercentColumn) && shown.difference().pico != 0)
            return static_cast<int>(shown.difference().pico > 0 ? CellStyle::Rise : CellStyle::Fall);
        return static_cast<int>(number                               ? CellStyle::Number
                                : column == ValueColumn && m_isModel ? CellStyle::Model
                                                                     : CellStyle::Text);
    default:
        return {};
    }
}

QVariant CostCheckModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const bool number = section >= DifferenceColumn && section <= ComparedColumn;
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(number);
    if (role == Qt::InitialSortOrderRole)
        return static_cast<int>(number ? Qt::DescendingOrder : Qt::AscendingOrder);
    if (role != Qt::DisplayRole)
        return {};
    const QString titles[ColumnCount] = {
        m_title,          tr("Difference"), tr("Percent"),      tr("Reported"),
        tr("Recomputed"), tr("Compared"),   tr("Likely cause"), tr("Evidence")};
    return titles[section];
}

std::string CostCheckModel::toCsv() const
{
    std::string csv =
        "value,reported_usd,recomputed_usd,difference_usd,compared,differing,likely_cause,cause_events,"
        "unpriced,not_reported\n";
    CsvText out(csv);
    const auto add = [&](const QString &value, const CostDifference &line) {
        out.text(value.toStdString());
        out.number(line.reported.toString());
        out.number(line.recomputed.toString());
        out.number(line.difference().toString());
        out.number(std::to_string(line.pricedBoth));
        out.number(std::to_string(line.differing));
        out.text(std::string(costCauseName(line.cause)));
        out.number(std::to_string(line.causeEvents));
        out.number(std::to_string(line.unpriced));
        out.number(std::to_string(line.notReported));
        out.endRow();
    };
    for (const CostDifference &line : m_comparison.rows)
        add(valueText(line), line);
    add(tr("All"), m_comparison.total);
    return csv;
}

} // namespace genscope

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

std::optional<double> ratioOf(const CostCheck::Line &line)
{
    if (line.recomputed.pico <= 0)
        return std::nullopt;
    return line.difference().usd() / line.recomputed.usd();
}

} // namespace

QString causeText(const CostCheck::Line &line, const QLocale &locale)
{
    using Cause = CostCheck::Cause;
    switch (line.cause) {
    case Cause::None:
        return Text::tr("agree");
    case Cause::Negative:
        return Text::tr("negative cost reported");
    case Cause::CacheAtFullPrice:
        return Text::tr("cached tokens at the full price");
    case Cause::CacheTwice:
        return Text::tr("cached tokens counted twice");
    case Cause::ReasoningMissing:
        return Text::tr("reasoning tokens left out");
    case Cause::ReasoningTwice:
        return Text::tr("reasoning tokens counted twice");
    case Cause::InputOnly:
        return Text::tr("output left out");
    case Cause::OutputOnly:
        return Text::tr("input left out");
    case Cause::OtherPrice:
        return Text::tr("another price: × %1").arg(locale.toString(line.factor.value_or(1), 'g', 3));
    case Cause::Unknown:
        return Text::tr("no single cause");
    }
    return {};
}

CostCheckModel::CostCheckModel(QObject *parent) : QAbstractTableModel(parent) {}

void CostCheckModel::setCheck(CostCheck check, const Zone &zone, const QString &title, bool isModel)
{
    beginResetModel();
    m_check = std::move(check);
    m_zone = zone;
    m_title = title;
    m_isModel = isModel;
    endResetModel();
}

int CostCheckModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_check.lines.size());
}

int CostCheckModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString CostCheckModel::valueText(const CostCheck::Line &line) const
{
    if (const auto *day = std::get_if<Timestamp>(&line.value))
        return QString::fromStdString(m_zone.iso(*day)).left(10);
    const auto *text = std::get_if<std::string>(&line.value);
    return text ? QString::fromStdString(*text) : tr("(none)");
}

QString CostCheckModel::text(const CostCheck::Line &line, Column column) const
{
    switch (column) {
    case ValueColumn:
        return valueText(line);
    case DifferenceColumn:
        return signedMoney(line.difference(), m_locale);
    case PercentColumn: {
        const auto ratio = ratioOf(line);
        return ratio ? signedRatio(*ratio, m_locale) : QString();
    }
    case ReportedColumn:
        return formatMoney(line.reported, m_locale);
    case RecomputedColumn:
        return formatMoney(line.recomputed, m_locale);
    case ComparedColumn:
        return formatCount(line.compared, m_locale);
    case CauseColumn:
        return causeText(line, m_locale);
    case EvidenceColumn:
        if (line.differing == 0)
            return {};
        if (line.cause == CostCheck::Cause::Unknown)
            return tr("%1 differ").arg(formatCount(line.differing, m_locale));
        return tr("fits %1 of %2 that differ")
            .arg(formatCount(line.fitting, m_locale), formatCount(line.differing, m_locale));
    case ColumnCount:
        break;
    }
    return {};
}

QVariant CostCheckModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const CostCheck::Line &shown = line(index.row());
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
            return static_cast<qlonglong>(shown.compared);
        default:
            return text(shown, column);
        }
    case StyleRole:
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
        "value,reported_usd,recomputed_usd,difference_usd,compared,differing,likely_cause,fitting\n";
    CsvText out(csv);
    const auto add = [&](const QString &value, const CostCheck::Line &line) {
        out.text(value.toStdString());
        out.number(line.reported.toString());
        out.number(line.recomputed.toString());
        out.number(line.difference().toString());
        out.number(std::to_string(line.compared));
        out.number(std::to_string(line.differing));
        out.text(causeText(line, QLocale::c()).toStdString());
        out.number(std::to_string(line.fitting));
        out.endRow();
    };
    for (const CostCheck::Line &line : m_check.lines)
        add(valueText(line), line);
    add(tr("All"), m_check.all);
    return csv;
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/lists.h"
#include "models/roles.h"

#include <QLocale>
#include <QString>
#include <QVariant>

#include <optional>
#include <string>
#include <vector>

namespace genscope {

/// A column of a list as a table shows it.
struct TableColumn
{
    std::string name; ///< stable: settings and exports (cli.md `list`); `tokens` is made of three
    QString title;
    QString hint; ///< what exactly it is; may be empty
    Unit unit = Unit::None;
    CellStyle style = CellStyle::Text;
    /// The columns it is made of, main one first: that one sorts.
    std::vector<std::string> parts;
    /// What filters call its value; absent where there is no such field.
    std::optional<Field> field;
};

/// The column called @p name, which may also be a property path.
TableColumn tableColumn(ListKind kind, const std::string &name);
/// Column names of a kind that can be shown without asking the store, defaults first.
std::vector<std::string> tableColumnNames(ListKind kind);
std::vector<std::string> shownByDefault(ListKind kind);
/// True for names that tableColumn() makes a readable column of.
bool isTableColumn(ListKind kind, const std::string &name);

/// `event.feature`, with backticks where the name needs them: a column name and what filters call it.
std::string propertyColumnName(const PropertyPath &path);

/// Lists of events, one row each; all others sum events up.
bool isEventList(ListKind kind);
/// The event kinds that a list of events holds.
KindSet eventKindsOf(ListKind kind);
/// The dimension that a summary has one row per value of, as a field.
std::optional<Field> keyFieldOf(ListKind kind);
/// The name of the column that holds it; the key of a row.
std::string keyColumnOf(ListKind kind);
/// Columns that are read whether shown or not: what the footer sums up, what tells failed rows, where a row
/// leads.
std::vector<std::string> footerColumnsOf(ListKind kind);
/// True where the rows' numbers of the column may be added up: not for rates, and not for distinct counts,
/// which the rows share.
bool addsUp(ListKind kind, const TableColumn &column);
/// The plural for a title: `Generations`.
QString listTitle(ListKind kind);

/// A cell as text: what is shown, which end of it is a unit, and the whole where that was shortened.
struct CellText
{
    QString text;
    int unitLength = 0;
    QString full;
};
/// @param parts  the cells of the column's parts, in order
CellText cellText(const std::vector<Cell> &parts, const TableColumn &column, const Zone &zone,
                  const QLocale &locale);

/// A difference with its sign: `+$0.30`, `-$1.20`, `$0.00`.
QString signedMoney(Money difference, const QLocale &locale);
/// The same of a ratio: `+50 %`, `-12.5 %`, `0 %`.
QString signedRatio(double ratio, const QLocale &locale);

/// Qt::TextAlignmentRole of a cell or header: numbers stand at the right.
QVariant cellAlignment(bool isNumber);

/// Untrusted text as a tool tip that cannot become markup. Empty stays empty.
QString plainToolTip(const QString &text);

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace genscope {

/// What models say about a cell beside its text. Models know no colours, fonts or settings: delegates make
/// them of these.
enum ModelRole {
    /// The number behind the text (double, qlonglong), or the whole text; invalid where missing.
    SortRole = Qt::UserRole,
    /// The end of the display text that is drawn lighter: ` ms`, ` (∑ 3,375)`. Empty if there is none.
    UnitRole,
    /// The text without shortening, as it is copied.
    FullTextRole,
    /// The row of the snapshot (events), or of the result table (summaries): quint32. Survives sorting.
    RowIdRole,
    /// CellStyle as int.
    StyleRole,
    /// True where the row stands for something that failed.
    ErrorRole,
    /// JsonType as int, of a property.
    JsonTypeRole,
    /// The model whose colour a swatch has, where the text names it otherwise; empty: none.
    SwatchRole,
    /// CellMark as int: whether the number is also drawn.
    MarkRole,
    /// How large the number is against the column's largest: double 0..1; invalid where there is none.
    ShareRole,
    /// Numbers of a small line from zero up, NaN for a gap: QVector<double>.
    TrendRole,
};

/// How a cell is meant to be drawn.
enum class CellStyle {
    Text,
    Id,     ///< shortened in the middle
    Model,  ///< with the swatch of its colour
    Number, ///< right-aligned, tabular figures
    Instant,
    Error, ///< marked, and never by colour alone
    Link,  ///< leads somewhere when clicked
    Rise,  ///< a number that became larger, where that is worse; its sign says so too
    Fall,  ///< a number that became smaller, where that is better
};

/// How a number is drawn beside its digits.
enum class CellMark { None, Bar, Heat };

} // namespace genscope

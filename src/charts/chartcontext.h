// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/resulttable.h"

#include <QLocale>
#include <QMetaType>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace genscope {

/// The values of a dimension that a filter is about, for charts that go on showing the others: those are
/// faint.
struct ValueChoice
{
    /// Keys of values (see cellKey()); nothing stands for rows without a value.
    using Keys = std::set<std::optional<std::string>>;
    std::string dimension;
    Keys only;    ///< empty: all but those without
    Keys without; ///< left out

    bool isFaint(const Cell &value) const;
};

/// What a chart's numbers were computed over: decides which buckets are incomplete, and is printed below
/// exported pictures, so that they can be told apart later.
struct ChartContext
{
    TimeRange range;              ///< of the scope, with open bounds filled in from the data; axes span it
    TimeRange asked;              ///< of the scope as it was chosen: buckets that it cuts are incomplete
    std::optional<Timestamp> now; ///< buckets that end later still grow; absent: nothing grows
    QString filterText;           ///< as in the filter bar; empty: everything
    QString costText;             ///< translated: cost view and price-book date; printed where there is money
    QString costMark;             ///< of the cost view, for names of files; empty for the usual one
    std::int64_t matched = 0;     ///< rows that the numbers are over
    std::int64_t stored = 0;      ///< rows there are
    std::optional<ValueChoice> choice;
    bool isDated =
        true; ///< pictures say when they were drawn; not in reports, whose bytes follow from the data
    std::shared_ptr<const ResultTable> earlier; ///< what to compare with, from `earlierRange`; may be null
    TimeRange earlierRange;

    /// One line: filter, time range and zone, rows, cost view, and, if isDated, when it was drawn.
    QString footer(const Zone &zone, Timestamp drawnAt, const QLocale &locale) const;
};

/// What was clicked: the rows behind it are those of the tile with these conditions added.
struct ChartPick
{
    /// What the click is meant to do with the value.
    enum class Intent {
        Rows,    ///< show the rows behind it
        Only,    ///< filter to it; once more: no longer
        Add,     ///< filter to it as well
        Exclude, ///< filter it out
    };
    Intent intent = Intent::Rows;
    std::optional<Timestamp> from;  ///< bucket start
    std::optional<Timestamp> to;    ///< bucket end
    std::string dimension;          ///< empty if the chart has none
    std::optional<Cell> value;      ///< of the dimension; missing cell: rows without a value; absent: any
    std::vector<Cell> otherThan;    ///< with the value `Other`: the values that are shown apart from it
    std::optional<double> atLeast;  ///< of the dimension, where a range of numbers was chosen ...
    std::optional<double> lessThan; ///< ... or either end of it
    std::vector<ChartPick> also;    ///< what was chosen of other dimensions together with it

    /// Adds what another pick says of its dimension.
    void add(const ChartPick &other);
};

/// The intent of a click on a value with these keys held: Ctrl adds, Alt excludes, Shift shows the rows.
ChartPick::Intent intentOf(Qt::KeyboardModifiers modifiers);

} // namespace genscope

Q_DECLARE_METATYPE(genscope::ChartPick)

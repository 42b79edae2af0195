// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chartcontext.h"

#include <QLocale>
#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace genscope {

/// The numbers of a chart with one bar for each value of a dimension. A plain value; made from a ResultTable.
struct BarData
{
    struct Bar
    {
        Cell value; ///< of the dimension
        QString label;
        std::optional<double> number;  ///< of the first measure; absent: nothing known, never 0
        QString text;                  ///< the number as people read it, or `unpriced`
        QString share;                 ///< of the total; empty where parts do not add up
        std::optional<double> earlier; ///< of the range that is compared with
        QString earlierText;           ///< with the change: `$1.20 (▲ 12 %)`; empty: not compared
        bool unpriced = false;
        std::vector<std::pair<QString, QString>> more; ///< further measures: title and value
    };

    std::string dimension;
    std::string measure;
    Unit unit = Unit::None;
    std::vector<Bar> bars; ///< largest first, unknown numbers then, `Other` last
    double largest = 0;
    double smallest = 0; ///< at most 0

    ChartPick pick(std::size_t bar) const;
};

/// @param earlier  what to compare with: the same question to another range; may be null
BarData buildBars(const ResultTable &table, const QLocale &locale, const ResultTable *earlier = nullptr);

} // namespace genscope

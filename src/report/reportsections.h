// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/costdrivers.h"
#include "core/result.h"
#include "workspace/dashboard.h"
#include "workspace/periodcost.h"
#include "workspace/selection.h"

#include <QLocale>
#include <QString>
#include <QStringList>

#include <optional>
#include <utility>
#include <vector>

namespace genscope {

/// A small table of numbers. All texts are plain.
struct ReportTable
{
    QStringList headings; ///< the first column is text, the others are numbers
    std::vector<QStringList> rows;
};

/// A part of a report in words and tables. All texts are plain.
struct ReportSection
{
    QString title;
    QStringList paragraphs;
    std::vector<std::pair<QString, ReportTable>> tables;  ///< with their captions
    std::vector<std::pair<QString, QString>> definitions; ///< a term and what it means
};

/// Why the cost differs between two periods, and which they are.
struct CostChange
{
    CostPeriods periods;
    CostDriversAnswer answer;
};
/// Why the cost differs from that of the period before, or, where everything is reported, between its halves;
/// nothing if the earlier one has no priced calls. @error as explainCostChange() @thread any
Result<std::optional<CostChange>> changeOfCost(const Selection &selection);

/// What the report says in a few sentences: volume and cost, what changed, where it goes, failures, speed,
/// what is not in it. @error as runQuery() @thread any
Result<ReportSection> reportSummary(const Selection &selection, const std::optional<CostChange> &change,
                                    const QLocale &locale);

/// The parts behind the charts: why the cost changed (where there is a period before), models, customers,
/// users and errors, what is not in the numbers, and how the numbers of @p tiles are defined.
/// @error as runQuery() @thread any
Result<std::vector<ReportSection>> reportSections(const Selection &selection,
                                                  const std::optional<CostChange> &change,
                                                  const std::vector<TileSpec> &tiles, const QLocale &locale);

} // namespace genscope

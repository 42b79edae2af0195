// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chartcontext.h"
#include "charts/charttile.h"
#include "report/reportsections.h"
#include "workspace/dashboard.h"

#include <QLocale>
#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

namespace genscope {

/// One tile of a report, drawn and ready to be asked for pictures.
struct ReportTile
{
    TileSpec spec;
    TileTotals totals; ///< number tiles
    std::unique_ptr<ChartTile> tile;
    ReportTable numbers;
};

/// Everything a report says, before it is put on a page. Without the time of writing: the same data and
/// options give the same bytes.
struct ReportContent
{
    QString title;
    QString store; ///< its file's name, empty if there is none
    ChartContext context;
    Zone zone;
    QLocale locale;
    std::vector<ReportTile> tiles;
    ReportSection summary;
    std::vector<ReportSection> sections; ///< behind the charts
    ReportTable totals;                  ///< one row for each tile that has a total

    /// What the numbers are over, as pairs of label and value.
    std::vector<std::pair<QString, QString>> facts() const;
};

/// Asks the questions of the dashboard and draws the answers. @thread GUI @error as runQuery()
/// @param now  a bucket that is not over then is hatched
Result<ReportContent> makeReportContent(const Selection &selection, Timestamp now);

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/reportcontent.h"

#include "charts/bardata.h"
#include "charts/celltext.h"
#include "charts/selectioncontext.h"
#include "charts/timeseries.h"
#include "core/format.h"
#include "report/reportspikes.h"

#include "workspace/latencylab.h"
#include "workspace/spikewords.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::Report)
};

ReportTable barNumbers(const ResultTable &result, const QLocale &locale)
{
    const BarData data = buildBars(result, locale);
    ReportTable table;
    table.headings = {columnTitle(data.dimension), columnTitle(data.measure), Text::tr("Share")};
    for (const BarData::Bar &bar : data.bars)
        table.rows.push_back({bar.label, bar.text, bar.share});
    return table;
}

/// The sums of series that add up, and the total.
ReportTable seriesNumbers(const TileSpec &spec, const ResultTable &result, const ChartContext &context,
                          const QLocale &locale)
{
    ReportTable table;
    const TimeSeriesData data = buildTimeSeries(result, TimeStyle::Lines, context, locale);
    QString first = data.dimension.empty() ? Text::tr("Number") : columnTitle(data.dimension);
    QString second = Text::tr("Total");
    if (!spec.query.by.empty() && !data.series.empty())
        second = columnTitle(data.series.front().measure);
    table.headings = {std::move(first), std::move(second)};
    if (data.additive) {
        for (const TimeSeriesData::Series &series : data.series)
            table.rows.push_back({series.label, numberText(series.weight, data.unit, locale)});
    }
    for (std::size_t i = 0; i < result.columns.size() && i < result.total.size(); ++i) {
        const ResultTable::Column &column = result.columns[i];
        if (column.role == ResultTable::Role::Measure)
            table.rows.push_back({data.dimension.empty() ? columnTitle(column.name) : Text::tr("All"),
                                  measureText(result.total[i], column.unit, locale)});
    }
    return table;
}

void addTotals(ReportTable &totals, const TileSpec &spec, const ResultTable &result, const QLocale &locale)
{
    for (std::size_t i = 0; i < result.columns.size() && i < result.total.size(); ++i) {
        const ResultTable::Column &column = result.columns[i];
        if (column.role != ResultTable::Role::Measure)
            continue;
        const QString measure = columnTitle(column.name);
        const QString name =
            measure == spec.title ? spec.title : spec.title + QStringLiteral(" – ") + measure;
        totals.rows.push_back({name, measureText(result.total[i], column.unit, locale),
                               formatCount(result.matched, locale),
                               column.unit == Unit::Usd ? formatCount(result.unpriced, locale) : QString()});
    }
}

/// How latencies spread, when they are long, and what long answers do to them.
std::vector<TileSpec> latencyCharts(const Selection &selection)
{
    const LatencyLens lens;
    std::vector<TileSpec> specs{distributionTile(lens), hourOfWeekTile(lens),
                                scatterTile(lens, selection.matchedEvents, {})};
    for (TileSpec &spec : specs) {
        spec.columnSpan = 4;
        spec.rowSpan = 1;
    }
    return specs;
}

} // namespace

std::vector<std::pair<QString, QString>> ReportContent::facts() const
{
    std::vector<std::pair<QString, QString>> all;
    if (!store.isEmpty())
        all.emplace_back(Text::tr("Store"), store);
    const auto bound = [this](const std::optional<Timestamp> &instant) {
        return instant ? spikeMinute(*instant, zone, locale) : QStringLiteral("…");
    };
    all.emplace_back(Text::tr("Time range"),
                     Text::tr("%1 – %2").arg(bound(context.range.from), bound(context.range.to)));
    all.emplace_back(Text::tr("Time zone"), QString::fromUtf8(zone.name()));
    all.emplace_back(Text::tr("Filter"),
                     context.filterText.isEmpty() ? Text::tr("none") : context.filterText);
    all.emplace_back(
        Text::tr("Events"),
        Text::tr("%1 of %2").arg(formatCount(context.matched, locale), formatCount(context.stored, locale)));
    all.emplace_back(Text::tr("Cost"), context.costText);
    return all;
}

Result<ReportContent> makeReportContent(const Selection &selection, Timestamp now)
{
    ReportContent content;
    content.title = Text::tr("LLM usage, cost and quality");
    if (selection.reader)
        content.store = QFileInfo(selection.reader->path()).fileName();
    content.context = contextOf(selection, now);
    content.context.isDated = false;
    content.zone = selection.scope.zone;
    content.totals.headings = {Text::tr("Number"), Text::tr("Total"), Text::tr("Rows"), Text::tr("Unpriced")};
    auto specs = dashboardTiles(selection.scope, selection.covered());
    const std::size_t standard = specs.size();
    for (const TileSpec &spec : latencyCharts(selection))
        specs.push_back(spec);
    const auto answers = runTiles(specs, selection);
    for (std::size_t i = 0; i < specs.size(); ++i) {
        const TileSpec &spec = specs[i];
        const Result<ResultTable> &result = answers[i].table;
        if (!result)
            return result.error();
        ReportTile tile;
        tile.spec = spec;
        ChartContext context = content.context;
        context.matched = result->matched;
        tile.tile.reset(makeTile(spec, nullptr));
        tile.tile->setLocale(content.locale);
        if (spec.totalQuery) {
            tile.totals = answers[i].totals;
            tile.tile->setTotals(tile.totals.now, tile.totals.before);
        }
        tile.tile->setResult(*result, context);
        tile.numbers = spec.display == TileSpec::Display::Bars
                           ? barNumbers(*result, content.locale)
                           : seriesNumbers(spec, *result, context, content.locale);
        if (spec.display != TileSpec::Display::Number && i < standard)
            addTotals(content.totals, spec, *result, content.locale);
        content.tiles.push_back(std::move(tile));
    }
    const auto change = changeOfCost(selection);
    if (!change)
        return change.error();
    auto summary = reportSummary(selection, *change, content.locale);
    if (!summary)
        return summary.error();
    content.summary = std::move(*summary);
    auto sections = reportSections(selection, *change, specs, content.locale);
    if (!sections)
        return sections.error();
    content.sections = std::move(*sections);
    auto spikes = reportSpikes(selection, content.locale);
    if (!spikes)
        return spikes.error();
    content.sections.insert(content.sections.begin(), std::move(*spikes));
    return content;
}

} // namespace genscope

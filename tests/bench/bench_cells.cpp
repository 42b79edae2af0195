// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later

// `bench_cells`: what charts of cells cost, at their largest: taking a result, a first frame, and a frame
// while the mouse moves, at one and two device pixels. The aim is that a frame takes less than 16 ms.

#include "charts/heatmapchart.h"
#include "charts/histogramchart.h"
#include "charts/scatterchart.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>

using namespace genscope;

namespace {

using Role = ResultTable::Role;

ResultTable tableOf(std::vector<ResultTable::Column> dimensions)
{
    ResultTable table;
    table.columns = std::move(dimensions);
    table.columns.push_back({"generations", Role::Measure, Unit::Number});
    table.total.resize(table.columns.size());
    table.matched = 1'000'000;
    return table;
}

Cell count(std::size_t a, std::size_t b)
{
    return static_cast<std::int64_t>(1 + (a * 7919 + b * 104'729) % 1000);
}

/// Eight values over five powers of ten.
ResultTable histogram()
{
    ResultTable table =
        tableOf({{"model", Role::Dimension, Unit::None}, {"bin(latency 20)", Role::Dimension, Unit::None}});
    const auto edges = realBinEdges({.perDecade = 20}, 0.01, 1000);
    for (std::size_t model = 0; model < 8; ++model) {
        for (std::size_t bin = 0; bin + 1 < edges.size(); ++bin)
            table.rows.push_back(
                {std::string("model").append(std::to_string(model)), edges[bin], count(model, bin)});
    }
    return table;
}

ResultTable hourOfWeek()
{
    ResultTable table =
        tableOf({{"day_of_week", Role::Dimension, Unit::None}, {"hour_of_day", Role::Dimension, Unit::None}});
    for (std::int64_t day = 1; day <= 7; ++day) {
        for (std::int64_t hour = 0; hour < 24; ++hour)
            table.rows.push_back(
                {day, hour, count(static_cast<std::size_t>(day), static_cast<std::size_t>(hour))});
    }
    return table;
}

/// Every cell of three powers of ten along both axes.
ResultTable density(int perDecade)
{
    const std::string bins = " " + std::to_string(perDecade) + ")";
    ResultTable table = tableOf({{"bin(event.tokens" + bins, Role::Dimension, Unit::None},
                                 {"bin(latency" + bins, Role::Dimension, Unit::None}});
    const auto edges = realBinEdges({.perDecade = perDecade}, 0.1, 99);
    for (std::size_t x = 0; x + 1 < edges.size(); ++x) {
        for (std::size_t y = 0; y + 1 < edges.size(); ++y)
            table.rows.push_back({edges[x], edges[y], count(x, y)});
    }
    return table;
}

ResultTable points()
{
    ResultTable table =
        tableOf({{"output_tokens", Role::Dimension, Unit::None}, {"latency", Role::Dimension, Unit::None}});
    for (std::size_t i = 0; i < 3000; ++i)
        table.rows.push_back({static_cast<std::int64_t>(1 + i * 7919 % 5000),
                              0.05 * std::exp(static_cast<double>(i * 104'729 % 800) / 100),
                              Cell(std::int64_t{1})});
    return table;
}

double medianMs(int runs, const std::function<void()> &work)
{
    std::vector<double> times;
    for (int i = 0; i < runs; ++i) {
        QElapsedTimer timer;
        timer.start();
        work();
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

void measure(const char *name, CellChart &chart, const ResultTable &table)
{
    constexpr int kRuns = 31;
    chart.resize(900, 460);
    chart.show();
    const double take = medianMs(kRuns, [&] { chart.setResult(table, {}); });
    const double scale = chart.devicePixelRatioF();
    QImage screen(chart.size() * scale, QImage::Format_ARGB32_Premultiplied);
    screen.setDevicePixelRatio(scale);
    const double first = medianMs(kRuns, [&] {
        chart.setResult(table, {}); // throws the kept picture away
        chart.render(&screen);
    });
    int step = 0;
    const double moving = medianMs(kRuns, [&] {
        const QPointF at = chart.plotArea().center() + QPointF(step++ % 200 - 100, 0);
        QMouseEvent move(QEvent::MouseMove, at, chart.mapToGlobal(at), Qt::NoButton, Qt::NoButton, {});
        QApplication::sendEvent(&chart, &move);
        chart.render(&screen);
    });
    std::printf(
        "%-14s %zu rows, %.0fx: result %.2f ms, with its first frame %.2f ms, a moving mouse %.2f ms\n", name,
        table.rows.size(), scale, take, first, moving);
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication app(argc, argv);
    HistogramChart stacked(HistogramChart::Style::Stacked);
    measure("histogram", stacked, histogram());
    HistogramChart compared(HistogramChart::Style::Compared);
    measure("distributions", compared, histogram());
    HeatmapChart heatmap;
    measure("hour of week", heatmap, hourOfWeek());
    ScatterChart scatter;
    measure("density", scatter, density(40));
    measure("fine density", scatter, density(80));
    measure("points", scatter, points());
    return 0;
}

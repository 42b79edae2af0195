// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Draws a dashboard of sample data and says what it cost: `chart_gallery [DIR]` also writes pictures of it in
// light and dark, at 1x and 2x, for the eye.

#include "charts/charttile.h"
#include "charts/samples.h"
#include "charts/theme.h"
#include "charts/timeserieschart.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QGridLayout>
#include <QPainter>
#include <QSvgRenderer>

#include <algorithm>
#include <cstdio>
#include <functional>

using namespace genscope;
namespace data = genscope::samples;

namespace {

using Display = TileSpec::Display;

struct Sample
{
    TileSpec spec;
    ResultTable table;
    ChartContext context;
    Cell now;
    Cell before;
    int row, column, rows, columns;
};

Sample number(const char *title, const std::string &measure, Unit unit, double scale, Cell now, Cell before,
              int column)
{
    Sample sample{data::spec("number", title, Display::Number),
                  data::overTime(measure, unit, Interval::Day, 30, Zone(), scale),
                  data::context(Interval::Day, 30),
                  std::move(now),
                  std::move(before),
                  0,
                  column,
                  1,
                  2};
    if (unit == Unit::Usd)
        sample.table.unpriced = 412;
    return sample;
}

std::vector<Sample> allSamples()
{
    const Zone utc;
    const auto day = data::context(Interval::Day, 30);
    const auto usd = [](double amount) { return Cell(Money{static_cast<Int128>(amount * 1e12)}); };
    const auto count = [](std::int64_t n) { return Cell(n); };
    std::vector<Sample> all;
    all.push_back(number("Cost", "cost", Unit::Usd, 90, usd(2868.12), usd(2411.9), 0));
    all.push_back(number("Generations", "generations", Unit::Number, 900, count(18'231), count(17'998), 2));
    all.push_back(number("Traces", "traces", Unit::Number, 300, count(6'120), count(7'011), 4));
    all.push_back(number("Users", "users", Unit::Number, 60, count(412), count(0), 6));
    all.push_back(number("Error rate", "error_rate", Unit::Ratio, 0.02, Cell(0.0342), Cell(0.0211), 8));
    all.push_back(number("Latency p95", "latency_p95", Unit::Seconds, 3, Cell(4.312), Cell(4.3121), 10));
    all.push_back({data::spec("cost_over_time", "Cost over time by model", Display::StackedBars),
                   data::byModelOverTime("cost", Unit::Usd, Interval::Day, 30, utc),
                   day,
                   {},
                   {},
                   1,
                   0,
                   2,
                   8});
    all.push_back({data::spec("cost_by_model", "Cost by model", Display::Bars),
                   data::byModel(),
                   day,
                   {},
                   {},
                   1,
                   8,
                   2,
                   4});
    all.push_back({data::spec("cost", "Total cost", Display::Lines),
                   data::overTime("cost", Unit::Usd, Interval::Day, 30, utc, 90),
                   day,
                   {},
                   {},
                   3,
                   0,
                   1,
                   4});
    all.push_back({data::spec("customer", "Cost by customer", Display::Bars),
                   data::byCustomer(),
                   day,
                   {},
                   {},
                   3,
                   4,
                   1,
                   4});
    all.push_back({data::spec("errors", "AI errors", Display::Lines),
                   data::overTime("errors", Unit::Number, Interval::Day, 30, utc, 3),
                   day,
                   {},
                   {},
                   3,
                   8,
                   1,
                   4});
    all.push_back({data::spec("latency_by_model", "Generation latency by model (median)", Display::Lines),
                   data::byModelOverTime("latency_p50", Unit::Seconds, Interval::Day, 30, utc),
                   day,
                   {},
                   {},
                   4,
                   0,
                   1,
                   4});
    all.push_back({data::spec("http_status", "Generations by HTTP status", Display::Bars),
                   data::byHttpStatus(),
                   day,
                   {},
                   {},
                   4,
                   4,
                   1,
                   4});
    all.push_back({data::spec("gaps", "Cost per user", Display::Lines),
                   data::overTime("cost_per_user", Unit::Usd, Interval::Day, 30, utc, 0.02, 5),
                   day,
                   {},
                   {},
                   4,
                   8,
                   1,
                   4});
    all.push_back({data::spec("percentiles", "Latency p50, p95, p99", Display::Percentiles),
                   data::percentilesOverTime(72, *Zone::named("Europe/Berlin")),
                   data::context(Interval::Hour, 72),
                   {},
                   {},
                   5,
                   0,
                   1,
                   6});
    all.push_back({data::spec("unpriced", "Cost of in-house models", Display::Bars),
                   data::unpricedOnly(),
                   day,
                   {},
                   {},
                   5,
                   6,
                   1,
                   3});
    return all;
}

struct Dashboard
{
    QWidget page;
    std::vector<ChartTile *> tiles;
};

std::unique_ptr<Dashboard> makeDashboard(const std::vector<Sample> &all)
{
    auto made = std::make_unique<Dashboard>();
    auto *grid = new QGridLayout(&made->page);
    grid->setContentsMargins(16, 16, 16, 16);
    grid->setSpacing(12);
    for (int column = 0; column < 12; ++column)
        grid->setColumnStretch(column, 1);
    for (int row = 1; row < 6; ++row)
        grid->setRowMinimumHeight(row, 200);
    for (const Sample &sample : all) {
        made->tiles.push_back(makeTile(sample.spec, &made->page));
        grid->addWidget(made->tiles.back(), sample.row, sample.column, sample.rows, sample.columns);
    }
    auto *loading = makeTile(data::spec("loading", "Tokens over time", Display::Lines), &made->page);
    grid->addWidget(loading, 5, 9, 1, 3);
    made->page.resize(1440, 1320);
    return made;
}

void show(Dashboard &dashboard, const std::vector<Sample> &all)
{
    for (std::size_t i = 0; i < all.size(); ++i) {
        dashboard.tiles[i]->setTotals(all[i].now, all[i].before);
        dashboard.tiles[i]->setResult(all[i].table, all[i].context);
    }
}

void writePictures(const QString &directory, const std::vector<Sample> &all)
{
    for (const Theme *theme : {&Theme::lightTheme(), &Theme::darkTheme()}) {
        QApplication::setPalette(theme->palette());
        const auto dashboard = makeDashboard(all);
        dashboard->page.show();
        show(*dashboard, all);
        QApplication::processEvents();
        const QString name = theme->dark ? QStringLiteral("dark") : QStringLiteral("light");
        dashboard->page.grab().save(QDir(directory).filePath(name + QStringLiteral(".png")));
        for (ChartTile *tile : dashboard->tiles) {
            if (tile->spec().id == QLatin1String("number"))
                continue;
            const QString base = QDir(directory).filePath(name + QLatin1Char('-') + tile->spec().id);
            tile->picture(tile->size() + QSize(0, 40), 2).save(base + QStringLiteral(".png"));
            if (const Status status = tile->writeSvg(base + QStringLiteral(".svg")); !status)
                std::fprintf(stderr, "%s\n", qPrintable(status.error().message));
            QSvgRenderer renderer(base + QStringLiteral(".svg"));
            QImage drawn(renderer.defaultSize() * 2, QImage::Format_ARGB32_Premultiplied);
            QPainter painter(&drawn);
            renderer.render(&painter);
            painter.end();
            drawn.save(base + QStringLiteral("-svg.png"));
        }
        auto *chart = qobject_cast<TimeSeriesChart *>(dashboard->tiles[6]->chart());
        ChartTooltip tooltip(chart);
        tooltip.setContent(chart->tooltipContent(29));
        tooltip.grab().save(QDir(directory).filePath(name + QStringLiteral("-tooltip.png")));
    }
}

double medianOf(std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    QApplication::setPalette(Theme::lightTheme().palette());
    const auto all = allSamples();
    {
        const auto dashboard = makeDashboard(all);
        dashboard->page.show();
        QApplication::processEvents();
        std::vector<double> set;
        std::vector<double> paint;
        for (int run = 0; run < 15; ++run) {
            QElapsedTimer timer;
            timer.start();
            show(*dashboard, all);
            set.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
            timer.restart();
            dashboard->page.grab();
            paint.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
            QApplication::processEvents();
        }
        std::printf("%zu tiles: setResult and replot %.1f ms, paint %.1f ms (medians of 15)\n", all.size(),
                    medianOf(set), medianOf(paint));
    }
    if (argc > 1)
        writePictures(QString::fromLocal8Bit(argv[1]), all);
    return 0;
}

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/charttile.h"
#include "charts/heatmapchart.h"
#include "charts/histogramchart.h"
#include "charts/samples.h"
#include "charts/scatterchart.h"
#include "charts/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QTest>
#include <QWheelEvent>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

using namespace genscope;
using testing::DoubleNear;

namespace {

using Role = ResultTable::Role;
const QLocale kLocale(QLocale::English, QLocale::UnitedKingdom);

Cell text(const char *value)
{
    return std::string(value);
}
Cell whole(std::int64_t value)
{
    return value;
}

/// Latencies of two models, as the engine bins them: one call took no time, three have no latency.
ResultTable distribution()
{
    ResultTable table;
    table.columns = {{"model", Role::Dimension, Unit::None},
                     {"bin(latency 10)", Role::Dimension, Unit::None},
                     {"generations", Role::Measure, Unit::Number},
                     {"latency_p50", Role::Measure, Unit::Seconds},
                     {"latency_p95", Role::Measure, Unit::Seconds}};
    table.rows = {{text("big"), 1.0, whole(40), 1.1, 1.2},          {text("big"), 2.0, whole(60), 2.1, 2.4},
                  {text("big"), 8.0, whole(5), 8.1, 8.2},           {text("small"), 0.5, whole(20), 0.5, 0.6},
                  {text("small"), 1.0, whole(10), 1.0, 1.1},        {text("small"), 0.0, whole(1), 0.0, 0.0},
                  {text("small"), Cell(), whole(3), Cell(), Cell()}};
    table.total = {Cell(), Cell(), whole(139), 1.5, 2.4};
    table.matched = 139;
    return table;
}

ResultTable hourOfWeek()
{
    ResultTable table;
    table.columns = {{"day_of_week", Role::Dimension, Unit::None},
                     {"hour_of_day", Role::Dimension, Unit::None},
                     {"latency_p95", Role::Measure, Unit::Seconds}};
    for (std::int64_t day = 1; day <= 7; ++day) {
        for (std::int64_t hour = 0; hour < 24; ++hour) {
            if (day != 7 || hour != 3)
                table.rows.push_back({whole(day), whole(hour), 1.0 + 0.1 * static_cast<double>(day * hour)});
        }
    }
    table.total = {Cell(), Cell(), 4.0};
    table.matched = 1000;
    return table;
}

ResultTable overTime()
{
    ResultTable table;
    table.columns = {{"bucket", Role::Bucket, Unit::None},
                     {"bin(latency 10)", Role::Dimension, Unit::None},
                     {"generations", Role::Measure, Unit::Number}};
    table.interval = Interval::Day;
    for (int day = 0; day < 10; ++day) {
        const Timestamp bucket{samples::kJune2025.us + day * kMicrosPerDay};
        table.rows.push_back({bucket, 1.0, whole(100 + day)});
        table.rows.push_back({bucket, 4.0, whole(1 + day)});
    }
    table.total = {Cell(), Cell(), whole(1100)};
    table.matched = 1100;
    return table;
}

ResultTable density()
{
    ResultTable table;
    table.columns = {{"bin(output_tokens 10)", Role::Dimension, Unit::None},
                     {"bin(latency 10)", Role::Dimension, Unit::None},
                     {"generations", Role::Measure, Unit::Number}};
    table.rows = {{whole(10), 0.5, whole(1000)},
                  {whole(100), 2.0, whole(10)},
                  {whole(1000), 8.0, whole(1)},
                  {whole(100), Cell(), whole(7)}};
    table.total = {Cell(), Cell(), whole(1018)};
    table.matched = 1018;
    return table;
}

ResultTable points()
{
    ResultTable table = density();
    table.columns[0].name = "output_tokens";
    table.columns[1].name = "latency";
    table.rows = {{whole(12), 0.51, whole(1)}, {whole(120), 2.2, whole(2)}, {whole(1200), 8.4, whole(1)}};
    return table;
}

void showAt(QWidget &widget, int width, int height)
{
    widget.setLocale(kLocale);
    widget.resize(width, height);
    widget.show();
    QApplication::processEvents();
}

/// What a chart said, in order.
struct Heard
{
    QObject context;
    std::vector<ChartPick> picks;
    std::vector<std::optional<ChartPick>> picking;

    explicit Heard(ChartView &chart)
    {
        QObject::connect(&chart, &ChartView::activated, &context,
                         [this](const ChartPick &pick) { picks.push_back(pick); });
        QObject::connect(&chart, &ChartView::picking, &context,
                         [this](const std::optional<ChartPick> &pick) { picking.push_back(pick); });
    }
};

QPoint middle(const CellChart &chart, int x, int y = 0)
{
    return chart.cellRect({x, y}, {x, y}).center().toPoint();
}

void drag(QWidget &chart, const QPoint &from, const QPoint &to)
{
    QTest::mousePress(&chart, Qt::LeftButton, {}, from);
    // QTest::mouseMove leaves the buttons out.
    for (const QPoint &at : {(from + to) / 2, to}) {
        QMouseEvent move(QEvent::MouseMove, at, chart.mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(&chart, &move);
    }
    QTest::mouseRelease(&chart, Qt::LeftButton, {}, to);
}

int binAtNumber(const CellAxis &axis, double number)
{
    return static_cast<int>(*axis.binOf(number));
}

std::size_t colorsIn(const QImage &image)
{
    std::set<QRgb> colors;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            colors.insert(image.pixel(x, y));
    }
    return colors.size();
}

template<typename Chart>
QImage pictureOf(Chart &chart, const QSize &size)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    chart.paintPicture(painter, QRect(QPoint(0, 0), size));
    return image;
}

} // namespace

TEST(CellAxis, LogarithmicOnesLeaveAPlaceForZeroAndLess)
{
    const CellAxis axis = CellAxis::ofNumbers(*Field::parse("bin(latency 10)"), {-3, 0, 0.1, 100});
    ASSERT_GT(axis.bins().size(), 30U);
    EXPECT_EQ(axis.bins()[0].upper, 0);
    EXPECT_EQ(axis.bins()[1].lower, 0);
    EXPECT_EQ(axis.bins()[2].lower, 0.1) << "nothing lies between zero and the smallest number";
    EXPECT_EQ(axis.text(0, 0, kLocale), QStringLiteral("below zero"));
    EXPECT_EQ(axis.binOf(-7.0), 0U);
    EXPECT_EQ(axis.binOf(0.0), 1U);
    EXPECT_THAT(axis.numberAt(axis.positionOf(3)), DoubleNear(3, 1e-9));
    EXPECT_LT(axis.positionOf(0), axis.positionOf(0.1));
}

TEST(CellAxis, TicksAreRoundAndFewEnough)
{
    const CellAxis axis = CellAxis::ofNumbers(*Field::parse("bin(latency 20)"), {0.02, 3000});
    for (const int most : {3, 6, 12, 30}) {
        const auto ticks = axis.ticks(most, kLocale);
        EXPECT_LE(static_cast<int>(ticks.size()), std::max(most, 6)) << most;
        EXPECT_GE(ticks.size(), 2U) << most;
    }
    QStringList labels;
    for (const AxisTick &tick : axis.ticks(7, kLocale))
        labels << tick.label;
    EXPECT_EQ(labels.join(QLatin1Char(' ')).toStdString(), "100 ms 1 s 10 s 60 s 10 min");
}

TEST(HistogramData, CountsEveryRowOnceAndMarksPercentiles)
{
    const HistogramData data = buildHistogram(distribution(), kLocale);
    ASSERT_EQ(data.series.size(), 2U);
    EXPECT_EQ(data.series[0].label, QStringLiteral("big"));
    EXPECT_EQ(data.total, 136);
    EXPECT_EQ(data.without, 3);
    ASSERT_EQ(data.marks.size(), 2U);
    EXPECT_EQ(data.marks[1].text, QStringLiteral("p95 2.40 s"));
    EXPECT_EQ(data.series[1].counts[static_cast<std::size_t>(binAtNumber(data.x, 0.0))], 1);
}

class Histogram : public testing::Test
{
protected:
    Histogram() : chart(HistogramChart::Style::Stacked), heard(chart)
    {
        chart.setLocale(kLocale);
        chart.setResult(distribution(), {});
        showAt(chart, 700, 300);
    }
    HistogramChart chart;
    Heard heard;
};

TEST_F(Histogram, ADragFiltersToTheNumbersItCovers)
{
    drag(chart, middle(chart, binAtNumber(chart.xAxis(), 1.0)),
         middle(chart, binAtNumber(chart.xAxis(), 2.0)));
    ASSERT_EQ(heard.picks.size(), 1U);
    EXPECT_EQ(heard.picks[0].intent, ChartPick::Intent::Only);
    EXPECT_EQ(heard.picks[0].dimension, "latency");
    EXPECT_EQ(heard.picks[0].atLeast, 1.0);
    EXPECT_EQ(heard.picks[0].lessThan, 2.5);
    ASSERT_FALSE(heard.picking.empty()) << "others follow while the hand moves";
    EXPECT_EQ(heard.picking.back()->lessThan, 2.5);
}

TEST_F(Histogram, AClickOnABarPicksItsBinAndItsValue)
{
    const QRectF cell =
        chart.cellRect({binAtNumber(chart.xAxis(), 1.0), 0}, {binAtNumber(chart.xAxis(), 1.0), 0});
    QTest::mouseClick(&chart, Qt::LeftButton, {},
                      QPoint(qRound(cell.center().x()), qRound(cell.bottom() - 3)));
    ASSERT_EQ(heard.picks.size(), 1U);
    EXPECT_EQ(heard.picks[0].intent, ChartPick::Intent::Only);
    EXPECT_EQ(heard.picks[0].atLeast, 1.0);
    EXPECT_EQ(heard.picks[0].lessThan, 1.25);
    ASSERT_EQ(heard.picks[0].also.size(), 1U);
    EXPECT_EQ(heard.picks[0].also[0].dimension, "model");
    EXPECT_EQ(heard.picks[0].also[0].value, text("big"));
}

TEST_F(Histogram, EscapeGivesADragUp)
{
    QTest::mousePress(&chart, Qt::LeftButton, {}, middle(chart, 3));
    QMouseEvent move(QEvent::MouseMove, middle(chart, 9), chart.mapToGlobal(middle(chart, 9)), Qt::NoButton,
                     Qt::LeftButton, {});
    QApplication::sendEvent(&chart, &move);
    QTest::keyClick(&chart, Qt::Key_Escape);
    QTest::mouseRelease(&chart, Qt::LeftButton, {}, middle(chart, 9));
    EXPECT_TRUE(heard.picks.empty());
    ASSERT_EQ(heard.picking.size(), 2U);
    EXPECT_FALSE(heard.picking.back());
}

TEST_F(Histogram, KeysDoWhatTheMouseDoes)
{
    chart.setFocus();
    QTest::keyClick(&chart, Qt::Key_End);
    ASSERT_TRUE(chart.activeSpot());
    EXPECT_EQ(chart.activeSpot()->x, static_cast<int>(chart.xAxis().bins().size()) - 1);
    EXPECT_FALSE(chart.accessibleDescription().isEmpty());
    QTest::keyClick(&chart, Qt::Key_Left, Qt::ShiftModifier);
    QTest::keyClick(&chart, Qt::Key_Return);
    ASSERT_EQ(heard.picks.size(), 1U);
    EXPECT_EQ(heard.picks[0].intent, ChartPick::Intent::Only);
    EXPECT_EQ(heard.picks[0].lessThan, chart.xAxis().bins().back().upper);
}

TEST_F(Histogram, TheTooltipTellsCountsAndShares)
{
    const auto content = chart.tooltipContent({binAtNumber(chart.xAxis(), 1.0), 0});
    EXPECT_EQ(content.heading, QStringLiteral("1.00 s – 1.25 s"));
    ASSERT_EQ(content.rows.size(), 2U);
    EXPECT_EQ(content.rows[0].value, QStringLiteral("40"));
    EXPECT_EQ(content.total.value, QStringLiteral("50"));
}

TEST_F(Histogram, TheLegendHidesAValue)
{
    const auto buttons = chart.legend()->findChildren<QAbstractButton *>();
    ASSERT_EQ(buttons.size(), 2);
    const QImage before = chart.grab().toImage();
    QTest::mouseClick(buttons[1], Qt::LeftButton);
    EXPECT_TRUE(chart.isShown(0));
    EXPECT_FALSE(chart.isShown(1));
    EXPECT_NE(chart.grab().toImage(), before);
}

TEST(HistogramCompared, ShowsSharesOfEachValue)
{
    HistogramChart chart(HistogramChart::Style::Compared);
    chart.setLocale(kLocale);
    chart.setResult(distribution(), {});
    showAt(chart, 700, 300);
    const auto content = chart.tooltipContent({binAtNumber(chart.xAxis(), 0.5), 0});
    ASSERT_EQ(content.rows.size(), 1U);
    EXPECT_EQ(content.rows[0].share, QStringLiteral("64.5 %"));
    EXPECT_GT(colorsIn(pictureOf(chart, {700, 300})), 10U);
}

class HourOfWeekChart : public testing::Test
{
protected:
    HourOfWeekChart() : heard(chart)
    {
        chart.setLocale(kLocale);
        chart.setResult(hourOfWeek(), {});
        showAt(chart, 700, 260);
    }
    HeatmapChart chart;
    Heard heard;
};

TEST_F(HourOfWeekChart, DaysGoDownAndHoursAcross)
{
    EXPECT_EQ(chart.xAxis().field(), "hour_of_day");
    EXPECT_LT(middle(chart, 0, 0).y(), middle(chart, 0, 6).y());
    EXPECT_EQ(chart.tooltipContent({14, 0}).heading, QStringLiteral("Monday, 14:00 – 15:00"));
    EXPECT_EQ(chart.tooltipContent({3, 6}).rows[0].value, QStringLiteral("no events"));
}

TEST_F(HourOfWeekChart, ADragFiltersByHoursAndDays)
{
    drag(chart, middle(chart, 8, 0), middle(chart, 11, 4));
    ASSERT_EQ(heard.picks.size(), 1U);
    const ChartPick &pick = heard.picks[0];
    EXPECT_EQ(pick.dimension, "hour_of_day");
    EXPECT_EQ(pick.atLeast, 8.0);
    EXPECT_EQ(pick.lessThan, 12.0);
    ASSERT_EQ(pick.also.size(), 1U);
    EXPECT_EQ(pick.also[0].dimension, "day_of_week");
    EXPECT_EQ(pick.also[0].atLeast, 1.0);
    EXPECT_EQ(pick.also[0].lessThan, 6.0);
}

TEST_F(HourOfWeekChart, ArrowsMoveOverCells)
{
    chart.setFocus();
    QTest::keyClick(&chart, Qt::Key_Right);
    QTest::keyClick(&chart, Qt::Key_Down);
    EXPECT_EQ(chart.activeSpot(), (CellChart::Spot{0, 1}));
    QTest::keyClick(&chart, Qt::Key_Return, Qt::ShiftModifier);
    ASSERT_EQ(heard.picks.size(), 1U);
    EXPECT_EQ(heard.picks[0].intent, ChartPick::Intent::Rows);
}

TEST_F(HourOfWeekChart, DrawsEvenColoursInBothAppearances)
{
    const QImage light = pictureOf(chart, {700, 260});
    chart.setPalette(Theme::darkTheme().palette());
    const QImage dark = pictureOf(chart, {700, 260});
    EXPECT_GT(colorsIn(light), 60U);
    EXPECT_NE(light, dark);
}

TEST(HeatmapOverTime, PicksTimeAndNumbers)
{
    HeatmapChart chart;
    chart.setLocale(kLocale);
    chart.setResult(overTime(), {});
    showAt(chart, 700, 260);
    Heard heard(chart);
    ASSERT_EQ(chart.xAxis().kind(), CellAxis::Kind::Time);
    const int row = binAtNumber(chart.yAxis(), 4.0);
    drag(chart, middle(chart, 2, row), middle(chart, 4, row));
    ASSERT_EQ(heard.picks.size(), 1U);
    EXPECT_EQ(heard.picks[0].from, (Timestamp{samples::kJune2025.us + 2 * kMicrosPerDay}));
    EXPECT_EQ(heard.picks[0].to, (Timestamp{samples::kJune2025.us + 5 * kMicrosPerDay}));
    EXPECT_EQ(heard.picks[0].dimension, "latency");
    EXPECT_EQ(heard.picks[0].atLeast, 4.0);
    EXPECT_GT(middle(chart, 0, 0).y(), middle(chart, 0, row).y()) << "numbers grow upwards";
}

TEST(Scatter, DensityIsDraggedAsARectangleAndZoomedByTheWheel)
{
    ScatterChart chart;
    chart.setLocale(kLocale);
    chart.setResult(density(), {});
    showAt(chart, 500, 400);
    Heard heard(chart);
    EXPECT_EQ(chart.pointCount(), 0U);
    EXPECT_EQ(chart.data().total, 1011);
    EXPECT_EQ(chart.data().without, 7);
    drag(chart, middle(chart, binAtNumber(chart.xAxis(), 10), binAtNumber(chart.yAxis(), 0.5)),
         middle(chart, binAtNumber(chart.xAxis(), 100), binAtNumber(chart.yAxis(), 2)));
    ASSERT_EQ(heard.picks.size(), 1U);
    EXPECT_EQ(heard.picks[0].dimension, "output_tokens");
    EXPECT_EQ(heard.picks[0].atLeast, 10);
    EXPECT_EQ(heard.picks[0].lessThan, 125);
    EXPECT_EQ(heard.picks[0].also.at(0).lessThan, 2.5);

    std::vector<std::optional<ChartPick>> zooms;
    QObject::connect(&chart, &ScatterChart::zoomRequested, &heard.context,
                     [&](const std::optional<ChartPick> &view) { zooms.push_back(view); });
    const QPointF at = chart.plotArea().center();
    for (const int delta : {120, -120}) {
        QWheelEvent wheel(at, chart.mapToGlobal(at), {}, {0, delta}, {}, {}, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&chart, &wheel);
    }
    ASSERT_EQ(zooms.size(), 2U);
    ASSERT_TRUE(zooms[0]);
    EXPECT_GT(*zooms[0]->atLeast, 10);
    EXPECT_LT(*zooms[0]->lessThan, 1250);
    EXPECT_FALSE(zooms[1]);
}

TEST(Scatter, FewCallsArePoints)
{
    ScatterChart chart;
    chart.setLocale(kLocale);
    chart.setResult(points(), {});
    showAt(chart, 500, 400);
    EXPECT_EQ(chart.pointCount(), 3U);
    EXPECT_EQ(chart.data().total, 4);
    const auto content =
        chart.tooltipContent({binAtNumber(chart.xAxis(), 120), binAtNumber(chart.yAxis(), 2.2)});
    EXPECT_EQ(content.heading, QStringLiteral("Generations: 2"));
}

TEST(CellCharts, AreTilesThatExportAndTellWhenThereIsNothing)
{
    const std::pair<TileSpec::Display, ResultTable> kinds[] = {
        {TileSpec::Display::Histogram, distribution()}, {TileSpec::Display::Distributions, distribution()},
        {TileSpec::Display::Heatmap, hourOfWeek()},     {TileSpec::Display::Heatmap, overTime()},
        {TileSpec::Display::Scatter, density()},        {TileSpec::Display::Scatter, points()}};
    for (const auto &[display, table] : kinds) {
        ChartTile tile(samples::spec("cells", "Cells", display));
        showAt(tile, 480, 260);
        tile.setResult(table, {});
        EXPECT_EQ(tile.state(), ChartTile::State::Ready);
        EXPECT_GT(colorsIn(tile.picture({480, 260}, 2)), 8U);
        EXPECT_TRUE(tile.svg({480, 260}).contains("<svg"));
        EXPECT_EQ(tile.chart()->accessibleName(), QStringLiteral("Cells"));
        ResultTable nothing = table;
        nothing.rows.clear();
        nothing.matched = 0;
        tile.setResult(nothing, {});
        EXPECT_EQ(tile.state(), ChartTile::State::Empty);
    }
}

TEST(ColorScale, IsEvenToTheEyeAndBeginsNearTheGround)
{
    for (const Theme *theme : {&Theme::lightTheme(), &Theme::darkTheme()}) {
        double before = -1;
        for (int step = 0; step <= 10; ++step) {
            const double contrast = contrastRatio(ColorScale::color(*theme, step / 10.0), theme->surface);
            EXPECT_GT(contrast, before) << step << (theme->dark ? " dark" : " light");
            before = contrast;
        }
        EXPECT_GE(before, 7);
    }
}

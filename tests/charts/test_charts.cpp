// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/barchart.h"
#include "charts/numbertile.h"
#include "charts/plotoverlay.h"
#include "charts/samples.h"
#include "charts/theme.h"
#include "charts/timeserieschart.h"

#include <QAbstractButton>
#include <QApplication>
#include <QImage>
#include <QSignalSpy>
#include <QTest>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

using namespace genscope;
using testing::ElementsAre;
namespace data = genscope::samples;

namespace {

const QLocale kLocale(QLocale::English, QLocale::UnitedKingdom);

/// What a ChartView said, in order.
struct Heard
{
    QObject context; ///< a chart may speak up while it goes
    std::vector<ChartPick> picks;
    std::vector<TimeGesture> gestures;
    std::vector<std::pair<Timestamp, Timestamp>> brushes; ///< that were finished
    std::vector<std::optional<Timestamp>> crosshairs;

    explicit Heard(ChartView &chart)
    {
        QObject::connect(&chart, &ChartView::activated, &context,
                         [this](const ChartPick &pick) { picks.push_back(pick); });
        QObject::connect(&chart, &ChartView::gestured, &context, [this](const TimeGesture &gesture) {
            gestures.push_back(gesture);
            if (gesture.kind == TimeGesture::Kind::Brush && gesture.phase == TimeGesture::Phase::Finished)
                brushes.emplace_back(*gesture.range.from, *gesture.range.to);
        });
        QObject::connect(&chart, &ChartView::crosshairMoved, &context,
                         [this](std::optional<Timestamp> at) { crosshairs.push_back(at); });
    }
};

void showAt(QWidget &widget, int width, int height)
{
    widget.setLocale(kLocale);
    widget.resize(width, height);
    widget.show();
    QApplication::processEvents();
}

QPoint pointOn(const TimeSeriesChart &chart, int series, int bucket, double below = 3)
{
    const TimePlot &plot = chart.plot();
    return {static_cast<int>(plot.xOf(bucket)),
            static_cast<int>(plot.yOf(plot.topOf(series, bucket)) + below)};
}

std::vector<QAbstractButton *> legendButtons(const TimeSeriesChart &chart)
{
    const auto found = chart.legend()->findChildren<QAbstractButton *>();
    return {found.begin(), found.end()};
}

std::string shownSeries(const TimeSeriesChart &chart)
{
    std::string text;
    for (int i = 0; i < static_cast<int>(chart.data().series.size()); ++i)
        text += chart.isShown(i) ? 'x' : '.';
    return text;
}

class StackedChart : public testing::Test
{
protected:
    StackedChart() : chart(TimeStyle::StackedBars), heard(chart)
    {
        chart.setLocale(kLocale);
        chart.setResult(data::byModelOverTime("cost", Unit::Usd, Interval::Day, 30, Zone()),
                        data::context(Interval::Day, 30));
        showAt(chart, 900, 360);
    }
    Timestamp day(int number) const { return chart.data().buckets[static_cast<std::size_t>(number)]; }

    TimeSeriesChart chart;
    Heard heard;
};

} // namespace

TEST_F(StackedChart, ClickOnAPartPicksBucketAndValue)
{
    QTest::mouseClick(chart.overlay(), Qt::LeftButton, {}, pointOn(chart, 1, 7));
    ASSERT_EQ(heard.picks.size(), 1U);
    EXPECT_EQ(heard.picks[0].from, day(7));
    EXPECT_EQ(heard.picks[0].to, day(8));
    EXPECT_EQ(heard.picks[0].dimension, "model");
    EXPECT_EQ(heard.picks[0].value, Cell(std::string("claude-sonnet-4-20250514")));
}

TEST_F(StackedChart, ClickAboveTheStackPicksTheBucketAlone)
{
    QTest::mouseClick(chart.overlay(), Qt::LeftButton, {},
                      QPoint(static_cast<int>(chart.plot().xOf(5)), chart.plot().plotArea().top() + 1));
    ASSERT_EQ(heard.picks.size(), 1U);
    EXPECT_EQ(heard.picks[0].from, day(5));
    EXPECT_FALSE(heard.picks[0].value);
}

TEST_F(StackedChart, LegendClickTogglesAndDoubleClickIsolates)
{
    const auto buttons = legendButtons(chart);
    ASSERT_EQ(buttons.size(), 9U);
    QTest::mouseClick(buttons[0], Qt::LeftButton);
    EXPECT_EQ(shownSeries(chart), ".xxxxxxxx");
    QTest::mouseClick(buttons[0], Qt::LeftButton);
    EXPECT_EQ(shownSeries(chart), "xxxxxxxxx");
    const double before = chart.plot().yOf(10);
    QTest::mouseClick(buttons[2], Qt::LeftButton); // QTest::mouseDClick leaves the first click out
    QTest::mouseDClick(buttons[2], Qt::LeftButton);
    EXPECT_EQ(shownSeries(chart), "..x......");
    EXPECT_LT(chart.plot().yOf(10), before) << "the axis follows what is shown";
    QTest::mouseClick(buttons[0], Qt::LeftButton);
    EXPECT_EQ(shownSeries(chart), "x.x......");
    QTest::keyClick(buttons[2], Qt::Key_Space, Qt::ControlModifier);
    EXPECT_EQ(shownSeries(chart), "..x......");
    QTest::keyClick(buttons[2], Qt::Key_Space, Qt::ControlModifier);
    EXPECT_EQ(shownSeries(chart), "xxxxxxxxx") << "once more shows all";
    EXPECT_TRUE(heard.picks.empty());
}

TEST_F(StackedChart, LegendShiftClickAsksForTheRowsOfAValueAndEnterFilters)
{
    QTest::mouseClick(legendButtons(chart)[1], Qt::LeftButton, Qt::ShiftModifier);
    QTest::keyClick(legendButtons(chart)[1], Qt::Key_Return);
    ASSERT_EQ(heard.picks.size(), 2U);
    EXPECT_FALSE(heard.picks[0].from);
    EXPECT_EQ(heard.picks[0].value, Cell(std::string("claude-sonnet-4-20250514")));
    EXPECT_EQ(heard.picks[0].intent, ChartPick::Intent::Rows);
    EXPECT_EQ(heard.picks[1].intent, ChartPick::Intent::Only);
}

TEST_F(StackedChart, DragBrushesWholeBuckets)
{
    const int y = chart.plot().plotArea().center().y();
    const QPoint from(static_cast<int>(chart.plot().xOf(12)), y);
    const QPoint to(static_cast<int>(chart.plot().xOf(4)), y);
    QTest::mousePress(chart.overlay(), Qt::LeftButton, {}, from);
    QTest::mouseMove(chart.overlay(), to);
    EXPECT_TRUE(chart.overlay()->isBrushing());
    QTest::mouseRelease(chart.overlay(), Qt::LeftButton, {}, to);
    ASSERT_EQ(heard.brushes.size(), 1U);
    EXPECT_EQ(heard.brushes[0].first, day(4));
    EXPECT_EQ(heard.brushes[0].second, day(13));
    EXPECT_TRUE(heard.picks.empty());
}

TEST_F(StackedChart, EscapeCancelsABrush)
{
    const int y = chart.plot().plotArea().center().y();
    QTest::mousePress(chart.overlay(), Qt::LeftButton, {}, QPoint(static_cast<int>(chart.plot().xOf(4)), y));
    QTest::mouseMove(chart.overlay(), QPoint(static_cast<int>(chart.plot().xOf(9)), y));
    QTest::keyClick(chart.overlay(), Qt::Key_Escape);
    QTest::mouseRelease(chart.overlay(), Qt::LeftButton, {},
                        QPoint(static_cast<int>(chart.plot().xOf(9)), y));
    EXPECT_TRUE(heard.brushes.empty());
    EXPECT_TRUE(heard.picks.empty());
}

TEST_F(StackedChart, KeysMoveTheCrosshairAndEnterPicks)
{
    QTest::keyClick(chart.overlay(), Qt::Key_Right);
    QTest::keyClick(chart.overlay(), Qt::Key_Right);
    QTest::keyClick(chart.overlay(), Qt::Key_Right);
    QTest::keyClick(chart.overlay(), Qt::Key_Left);
    EXPECT_THAT(heard.crosshairs, ElementsAre(day(0), day(1), day(2), day(1)));
    QTest::keyClick(chart.overlay(), Qt::Key_Down);
    QTest::keyClick(chart.overlay(), Qt::Key_Return);
    ASSERT_EQ(heard.picks.size(), 1U);
    EXPECT_EQ(heard.picks[0].from, day(1));
    EXPECT_EQ(heard.picks[0].value, Cell(std::string("gpt-4o")));
    QTest::keyClick(chart.overlay(), Qt::Key_End);
    EXPECT_EQ(heard.crosshairs.back(), day(29));
    QTest::keyClick(chart.overlay(), Qt::Key_Escape);
    EXPECT_EQ(heard.crosshairs.back(), std::nullopt);
}

TEST_F(StackedChart, ShiftArrowsBrushByKeyboard)
{
    QTest::keyClick(chart.overlay(), Qt::Key_Home);
    QTest::keyClick(chart.overlay(), Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(chart.overlay(), Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(chart.overlay(), Qt::Key_Return);
    ASSERT_EQ(heard.brushes.size(), 1U);
    EXPECT_EQ(heard.brushes[0].first, day(0));
    EXPECT_EQ(heard.brushes[0].second, day(3));
}

TEST_F(StackedChart, CrosshairOfAnotherChartIsFollowedSilently)
{
    chart.setCrosshair(Timestamp{day(6).us + 5});
    EXPECT_EQ(chart.overlay()->bucket(), 6);
    chart.setCrosshair(std::nullopt);
    EXPECT_EQ(chart.overlay()->bucket(), -1);
    EXPECT_TRUE(heard.crosshairs.empty());
}

TEST_F(StackedChart, TooltipIsSortedWithTotalAndShares)
{
    const ChartTooltip::Content content = chart.tooltipContent(1);
    EXPECT_EQ(content.heading, u"Mon 2 Jun 2025");
    EXPECT_TRUE(content.note.isEmpty());
    ASSERT_EQ(content.rows.size(), 9U);
    EXPECT_EQ(content.rows[0].label, u"gpt-4o");
    EXPECT_TRUE(content.rows[0].value.startsWith(QLatin1Char('$')));
    EXPECT_TRUE(content.rows[0].share.endsWith(QLatin1Char('%')));
    EXPECT_EQ(content.total.label, u"Total");
    EXPECT_EQ(chart.tooltipContent(29).note, u"not complete yet");
}

TEST_F(StackedChart, ColoursFollowTheTheme)
{
    const QPalette before = chart.palette();
    chart.setPalette(Theme::darkTheme().palette());
    const QImage dark = chart.grab().toImage();
    EXPECT_EQ(dark.pixelColor(dark.width() / 2, 4), Theme::darkTheme().surface);
    chart.setPalette(Theme::lightTheme().palette());
    const QImage light = chart.grab().toImage();
    EXPECT_EQ(light.pixelColor(light.width() / 2, 4), Theme::lightTheme().surface);
    chart.setPalette(before);
}

TEST(TimeChart, TheRunningBucketLooksDifferent)
{
    TimeSeriesChart chart(TimeStyle::StackedBars);
    chart.setPalette(Theme::lightTheme().palette());
    ResultTable table = data::byModelOverTime("cost", Unit::Usd, Interval::Day, 3, Zone());
    ChartContext context = data::context(Interval::Day, 3);
    showAt(chart, 400, 240);
    const auto colourOfLast = [&] {
        chart.setResult(table, context);
        const QImage image = chart.plot().widget()->grab().toImage();
        const int x = static_cast<int>(chart.plot().xOf(2));
        const int bottom = chart.plot().plotArea().bottom();
        double lightness = 0;
        for (int y = bottom - 24; y < bottom - 4; ++y)
            lightness += image.pixelColor(x, y).lightnessF();
        return lightness / 20;
    };
    context.now = std::nullopt;
    const double whole = colourOfLast();
    context.now = context.range.from;
    EXPECT_GT(colourOfLast(), whole + 0.1);
}

TEST(TimeChart, GapsAreNotBridged)
{
    TimeSeriesChart chart(TimeStyle::Lines);
    chart.setPalette(Theme::lightTheme().palette());
    chart.setResult(data::overTime("latency_p50", Unit::Seconds, Interval::Day, 12, Zone(), 2, 5), {});
    showAt(chart, 600, 240);
    const QImage image = chart.plot().widget()->grab().toImage();
    const auto hasLine = [&](double x) {
        for (int y = chart.plot().plotArea().top(); y < chart.plot().plotArea().bottom() - 2; ++y) {
            const QColor colour = image.pixelColor(static_cast<int>(x), y);
            if (colour.blue() - colour.red() > 100)
                return true;
        }
        return false;
    };
    EXPECT_TRUE(hasLine(chart.plot().xOf(2)));
    EXPECT_FALSE(hasLine(chart.plot().xOf(4))) << "bucket 4 has no value";
    EXPECT_TRUE(std::isnan(chart.plot().topOf(0, 4)));
}

TEST(TimeChart, ClickNearALinePicksIt)
{
    TimeSeriesChart chart(TimeStyle::Lines);
    chart.setResult(data::byModelOverTime("latency_p50", Unit::Seconds, Interval::Day, 14, Zone()), {});
    showAt(chart, 800, 400);
    Heard heard(chart);
    QTest::mouseClick(chart.overlay(), Qt::LeftButton, {}, pointOn(chart, 0, 3, 0));
    ASSERT_EQ(heard.picks.size(), 1U);
    EXPECT_EQ(heard.picks[0].value, chart.data().series[0].value);
    EXPECT_TRUE(chart.tooltipContent(3).total.label.isEmpty()) << "medians have no total";
}

TEST(TimeChart, NoDataIsHarmless)
{
    for (const TimeStyle style : {TimeStyle::Lines, TimeStyle::StackedBars, TimeStyle::Percentiles}) {
        TimeSeriesChart chart(style);
        showAt(chart, 300, 200);
        chart.setResult({}, {});
        for (const int key : {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Return, Qt::Key_Home})
            QTest::keyClick(chart.overlay(), static_cast<Qt::Key>(key));
        QTest::mouseClick(chart.overlay(), Qt::LeftButton, {}, QPoint(150, 100));
        EXPECT_FALSE(chart.grab().isNull());
    }
}

TEST(BarChart, ClickPicksTheValue)
{
    BarChart chart;
    chart.setResult(data::byHttpStatus(), {});
    showAt(chart, 400, 220);
    Heard heard(chart);
    QTest::mouseClick(&chart, Qt::LeftButton, {}, chart.rowRect(1).center().toPoint());
    QTest::mouseClick(&chart, Qt::LeftButton, {}, chart.rowRect(2).center().toPoint());
    ASSERT_EQ(heard.picks.size(), 2U);
    EXPECT_EQ(heard.picks[0].dimension, "http_status");
    EXPECT_EQ(heard.picks[0].value, Cell(std::int64_t{429}));
    EXPECT_EQ(heard.picks[1].value, Cell{});
}

TEST(BarChart, OtherStandsForTheRest)
{
    BarChart chart;
    chart.setResult(data::byModel(), {});
    showAt(chart, 400, 320);
    Heard heard(chart);
    QTest::keyClick(&chart, Qt::Key_End);
    QTest::keyClick(&chart, Qt::Key_Return);
    ASSERT_EQ(heard.picks.size(), 1U);
    EXPECT_EQ(heard.picks[0].value, Cell(std::string("Other")));
    EXPECT_EQ(heard.picks[0].otherThan.size(), 8U);
}

TEST(BarChart, BarsThatDoNotFitAreCounted)
{
    BarChart chart;
    chart.setResult(data::byModel(), {});
    showAt(chart, 400, 100);
    EXPECT_EQ(chart.visibleBars(), 5) << "and a line that says: 4 more";
    showAt(chart, 400, 300);
    EXPECT_EQ(chart.visibleBars(), 9);
}

TEST(BarChart, LengthFollowsValueFromZero)
{
    BarChart chart;
    chart.setPalette(Theme::lightTheme().palette());
    chart.setResult(data::byHttpStatus(), {});
    showAt(chart, 500, 160);
    const QImage image = chart.grab().toImage();
    const auto length = [&](int bar, const QColor &colour) {
        const int y = static_cast<int>(chart.rowRect(bar).center().y());
        int pixels = 0;
        for (int x = 0; x < image.width(); ++x)
            pixels += image.pixelColor(x, y) == colour ? 1 : 0;
        return pixels;
    };
    const int longest = length(0, Theme::lightTheme().accent);
    EXPECT_GT(longest, 200);
    EXPECT_NEAR(length(1, Theme::lightTheme().error), longest * 512.0 / 17'402, 2) << "errors are red";
}

TEST(NumberChange, IsSaidInWordsAndNeverPraised)
{
    const auto say = [](const Cell &now, const Cell &before, Unit unit, const char *measure) {
        return numberChange(now, before, unit, measure, kLocale);
    };
    const Cell ten = Money{10'000'000'000'000};
    const Cell eight = Money{8'000'000'000'000};
    EXPECT_EQ(say(ten, eight, Unit::Usd, "cost").text, u"▲ 25.0 % from $8.00");
    EXPECT_FALSE(say(ten, eight, Unit::Usd, "cost").alarming);
    EXPECT_EQ(say(eight, ten, Unit::Usd, "cost").text, u"▼ 20.0 % from $10.00");
    EXPECT_EQ(say(ten, ten, Unit::Usd, "cost").text, u"as before");
    EXPECT_EQ(say(ten, Cell{}, Unit::Usd, "cost").text, u"");
    EXPECT_EQ(say(std::int64_t{5}, std::int64_t{0}, Unit::Number, "users").text, u"▲ from 0");
    EXPECT_EQ(say(std::int64_t{500}, std::int64_t{20}, Unit::Number, "users").text, u"▲ 25 times 20");
    EXPECT_EQ(say(0.034, 0.021, Unit::Ratio, "error_rate").text, u"▲ 1.3 points from 2.1 %");
    EXPECT_TRUE(say(0.034, 0.021, Unit::Ratio, "error_rate").alarming);
    EXPECT_FALSE(say(0.021, 0.034, Unit::Ratio, "error_rate").alarming);
}

TEST(NumberTileTest, ShowsTotalAndActivates)
{
    NumberTile tile;
    tile.setLocale(kLocale);
    tile.setTotals(Money{2'868'120'000'000'000}, Money{2'411'900'000'000'000});
    tile.setResult(data::overTime("cost", Unit::Usd, Interval::Day, 30, Zone(), 90), {});
    showAt(tile, 200, 100);
    EXPECT_EQ(tile.numberText(), u"$2,868.12");
    EXPECT_EQ(tile.change().text, u"▲ 18.9 % from $2,411.90");
    EXPECT_EQ(tile.accessibleDescription(), u"$2,868.12, up 18.9 % from $2,411.90");
    Heard heard(tile);
    QTest::mouseClick(&tile, Qt::LeftButton, {}, QPoint(20, 10));
    QTest::keyClick(&tile, Qt::Key_Return);
    ASSERT_EQ(heard.picks.size(), 2U);
    EXPECT_FALSE(heard.picks[0].value);
}

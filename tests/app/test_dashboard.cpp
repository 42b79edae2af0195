// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The dashboard under a hand: real mouse, wheel and keys on the shown window.
#include "windowfixture.h"

#include "app/filterbar.h"
#include "app/layoutbar.h"
#include "app/spikes/spikespage.h"
#include "app/tileeditor.h"
#include "app/tilegrid.h"
#include "app/tilehandle.h"
#include "charts/barchart.h"
#include "charts/histogramchart.h"
#include "charts/plotoverlay.h"
#include "charts/timeserieschart.h"

#include <QApplication>
#include <QComboBox>
#include <QScrollBar>
#include <QWheelEvent>

namespace genscope {

namespace {

class DashboardHandTest : public WindowTest
{
protected:
    /// A chart of a tile, scrolled into view and drawn.
    template<typename Chart>
    Chart *chart(const char *id)
    {
        ChartTile *tile = m_window->dashboard()->tile(QLatin1String(id));
        EXPECT_NE(tile, nullptr) << id;
        m_window->dashboard()->ensureWidgetVisible(tile, 0, 0);
        QApplication::processEvents();
        return qobject_cast<Chart *>(tile->chart());
    }
    /// The middle of a bucket, as low as there is plot.
    static QPoint at(const TimeSeriesChart &chart, int bucket)
    {
        return {static_cast<int>(chart.plot().xOf(bucket)), chart.plot().plotArea().bottom() - 4};
    }
    static void moveTo(QWidget *widget, const QPoint &at, Qt::MouseButton held,
                       Qt::KeyboardModifiers modifiers = {})
    {
        QMouseEvent move(QEvent::MouseMove, at, widget->mapToGlobal(at), Qt::NoButton, held, modifiers);
        QApplication::sendEvent(widget, &move);
    }
    static void wheel(QWidget *widget, const QPoint &at, int notches)
    {
        QWheelEvent event(at, widget->mapToGlobal(at), {}, QPoint(0, 120 * notches), Qt::NoButton, {},
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(widget, &event);
    }
    std::string filter() { return workspace().scope().filter.toString(); }
    static int barOf(const BarChart &chart, const char *value)
    {
        for (std::size_t i = 0; i < chart.data().bars.size(); ++i) {
            if (chart.data().bars[i].value == Cell(std::string(value)))
                return static_cast<int>(i);
        }
        return -1;
    }
    void clickBar(BarChart *bars, const char *value, Qt::KeyboardModifiers modifiers = {})
    {
        const int bar = barOf(*bars, value);
        ASSERT_GE(bar, 0) << value << " is not shown";
        QTest::mouseClick(bars, Qt::LeftButton, modifiers, bars->rowRect(bar).center().toPoint());
        EXPECT_TRUE(QTest::qWaitFor([this] { return isSettled(); }, 10'000));
    }
};

TEST_F(DashboardHandTest, OthersFollowWhileTheMouseStillDrags)
{
    openStoreWith(60); // a minute apart: a bucket each
    auto *generations = chart<TimeSeriesChart>("generations");
    ASSERT_EQ(generations->data().buckets.size(), 60U);
    QTest::mousePress(generations->overlay(), Qt::LeftButton, {}, at(*generations, 10));
    moveTo(generations->overlay(), at(*generations, 14), Qt::LeftButton);
    moveTo(generations->overlay(), at(*generations, 19), Qt::LeftButton);
    EXPECT_TRUE(QTest::qWaitFor([&] { return number("number_generations") == QStringLiteral("10"); }, 5000))
        << number("number_generations").toStdString();
    EXPECT_TRUE(workspace().isPreviewing());
    EXPECT_EQ(workspace().scope().range, TimeRange()) << "nothing is set before the mouse is let go";
    EXPECT_EQ(generations->data().buckets.size(), 60U) << "the axis stays under the hand";

    moveTo(generations->overlay(), at(*generations, 29), Qt::LeftButton);
    EXPECT_TRUE(QTest::qWaitFor([&] { return number("number_generations") == QStringLiteral("20"); }, 5000));
    QTest::mouseRelease(generations->overlay(), Qt::LeftButton, {}, at(*generations, 29));
    waitForEvents(20);
    EXPECT_FALSE(workspace().isPreviewing());
    EXPECT_EQ(workspace().scope().range.from, parseIsoTime("2025-06-02T00:10:00Z")->instant());
    EXPECT_EQ(workspace().scope().range.to, parseIsoTime("2025-06-02T00:30:00Z")->instant());
    workspace().undo();
    EXPECT_EQ(workspace().scope().range, TimeRange()) << "one step to undo";
    EXPECT_FALSE(workspace().canUndo());
}

TEST_F(DashboardHandTest, EscapeGivesABrushUpAndAfterwardsTakesItBack)
{
    openStoreWith(60);
    auto *generations = chart<TimeSeriesChart>("generations");
    QTest::mousePress(generations->overlay(), Qt::LeftButton, {}, at(*generations, 10));
    moveTo(generations->overlay(), at(*generations, 19), Qt::LeftButton);
    QTest::keyClick(generations->overlay(), Qt::Key_Escape);
    EXPECT_FALSE(workspace().isPreviewing());
    waitForEvents(60);
    QTest::mouseRelease(generations->overlay(), Qt::LeftButton, {}, at(*generations, 19));
    EXPECT_FALSE(workspace().canUndo());

    QTest::mousePress(generations->overlay(), Qt::LeftButton, {}, at(*generations, 10));
    moveTo(generations->overlay(), at(*generations, 19), Qt::LeftButton);
    QTest::mouseRelease(generations->overlay(), Qt::LeftButton, {}, at(*generations, 19));
    waitForEvents(10);
    QTest::keyClick(m_window->dashboard(), Qt::Key_Escape);
    waitForEvents(60);
    EXPECT_EQ(workspace().scope().range, TimeRange());
}

TEST_F(DashboardHandTest, ABrushByKeyboard)
{
    openStoreWith(60);
    auto *overlay = chart<TimeSeriesChart>("generations")->overlay();
    overlay->setFocus();
    QTest::keyClick(overlay, Qt::Key_Home);
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(overlay, Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_TRUE(workspace().isPreviewing());
    QTest::keyClick(overlay, Qt::Key_Return);
    waitForEvents(5);
}

TEST_F(DashboardHandTest, TheWheelScrollsThePageAndGoesOnOverCharts)
{
    openStoreWith(60);
    m_window->resize(1000, 500);
    QApplication::processEvents();
    DashboardPage *page = m_window->dashboard();
    const QScrollBar *bar = page->verticalScrollBar();
    ASSERT_GT(bar->maximum(), 200);
    wheel(page->viewport(), {4, 4}, -1);
    const int once = bar->value();
    EXPECT_GT(once, 0);
    auto *generations = qobject_cast<TimeSeriesChart *>(page->tile(QStringLiteral("generations"))->chart());
    wheel(generations->overlay(), generations->overlay()->rect().center(), -1);
    EXPECT_GT(bar->value(), once) << "the chart that came under the pointer does not zoom";
    EXPECT_FALSE(workspace().canUndo());
    for (int i = 0; i < 50; ++i)
        wheel(page->viewport(), {4, 4}, -1);
    EXPECT_EQ(bar->value(), bar->maximum()) << "nor does the end of the page matter";
}

TEST_F(DashboardHandTest, ASpikeIsMarkedAboveChartsOfItsMeasureAndOpensWhenClicked)
{
    openStoreWith(60);
    Spike spike;
    spike.measure = SpikeMeasure::Cost;
    spike.value = std::string("gpt-4o");
    spike.from = parseIsoTime("2025-06-02T00:10:00Z")->instant();
    spike.to = parseIsoTime("2025-06-02T00:20:00Z")->instant();
    spike.factor = 3;
    DashboardPage *page = m_window->dashboard();
    page->setSpikes({spike});
    auto *cost = chart<TimeSeriesChart>("cost");
    ASSERT_EQ(cost->overlay()->flagCount(), 1);
    EXPECT_EQ(chart<TimeSeriesChart>("generations")->overlay()->flagCount(), 0) << "not of its measure";
    const QRectF flag = cost->overlay()->flagRect(0);
    EXPECT_LE(flag.bottom(), cost->plot().plotArea().top()) << "above the plot, not over it";
    EXPECT_NEAR(flag.width(), 10 * cost->plot().bucketWidth(), 1);
    EXPECT_TRUE(cost->tooltipContent(12).note.contains(QStringLiteral("gpt-4o, 3.0×")))
        << qPrintable(cost->tooltipContent(12).note);
    EXPECT_EQ(cost->tooltipContent(30).note, QString());

    QTest::mouseClick(cost->overlay(), Qt::LeftButton, {}, flag.center().toPoint());
    EXPECT_EQ(m_window->page(), PageId::Spikes);
    EXPECT_EQ(m_window->spikesPage()->measureBox()->currentIndex(), static_cast<int>(SpikeMeasure::Cost));
}

TEST_F(DashboardHandTest, ADragOverAHistogramOfOnesOwnFilters)
{
    openStoreWith(60);
    DashboardLayout layout = standardLayout();
    OwnTile own;
    own.display = TileSpec::Display::Histogram;
    own.measures = {Measure::Generations};
    own.by = *Field::parse("latency");
    layout.tiles.insert(layout.tiles.begin(), {QStringLiteral("own-1"), 6, 2, false, own});
    m_window->dashboard()->setTileLayout(layout);
    waitForEvents(60);
    auto *bars = chart<HistogramChart>("own-1");
    ASSERT_GE(bars->data().total, 60);
    const auto last = static_cast<int>(bars->xAxis().bins().size()) - 1;
    const QRectF all = bars->cellRect({0, 0}, {last, 0}); // which may be one
    const QPoint from = QPointF(all.left() + 4, all.center().y()).toPoint();
    const QPoint to = QPointF(all.right() - 4, all.center().y()).toPoint();
    QTest::mousePress(bars, Qt::LeftButton, {}, from);
    moveTo(bars, (from + to) / 2, Qt::LeftButton);
    moveTo(bars, to, Qt::LeftButton);
    EXPECT_TRUE(workspace().isPreviewing()) << "others follow while the hand moves";
    QTest::mouseRelease(bars, Qt::LeftButton, {}, to);
    EXPECT_TRUE(QTest::qWaitFor([this] { return isSettled(); }, 10'000));
    EXPECT_NE(filter().find("latency >= "), std::string::npos) << filter();
    QTest::keyClick(m_window->dashboard(), Qt::Key_Escape);
    EXPECT_EQ(filter(), "");
}

TEST_F(DashboardHandTest, TheWheelZoomsAtThePointerAsOneStepAndADoubleClickResets)
{
    openStoreWith(600);
    auto *generations = chart<TimeSeriesChart>("generations");
    ASSERT_FALSE(generations->data().buckets.empty());
    const QPoint pointer = at(*generations, 5);
    const Timestamp under = generations->data().buckets[5];
    for (int i = 0; i < 6; ++i)
        wheel(generations->overlay(), pointer, 1);
    EXPECT_TRUE(QTest::qWaitFor([&] { return workspace().canUndo() && isSettled(); }, 5000));
    const TimeRange zoomed = workspace().scope().range;
    ASSERT_TRUE(zoomed.from && zoomed.to);
    EXPECT_TRUE(zoomed.contains(under));
    EXPECT_LT(zoomed.to->us - zoomed.from->us, 4 * 3600 * kMicrosPerSecond);

    QTest::mouseDClick(generations->overlay(), Qt::LeftButton, {}, pointer);
    waitForEvents(600);
    EXPECT_EQ(workspace().scope().range, TimeRange());
}

TEST_F(DashboardHandTest, TheMiddleButtonPans)
{
    openStoreWith(600);
    workspace().setTimeRange(
        {parseIsoTime("2025-06-02T02:00:00Z")->instant(), parseIsoTime("2025-06-02T04:00:00Z")->instant()});
    waitForEvents(120);
    auto *generations = chart<TimeSeriesChart>("generations");
    QWidget *overlay = generations->overlay();
    QTest::mousePress(overlay, Qt::MiddleButton, {}, at(*generations, 30));
    moveTo(overlay, at(*generations, 45), Qt::MiddleButton);
    moveTo(overlay, at(*generations, 60), Qt::MiddleButton);
    EXPECT_TRUE(workspace().isPreviewing());
    QTest::mouseRelease(overlay, Qt::MiddleButton, {}, at(*generations, 60));
    EXPECT_TRUE(QTest::qWaitFor([this] { return isSettled(); }, 5000));
    const TimeRange range = workspace().scope().range;
    EXPECT_NEAR(static_cast<double>(range.from->us),
                static_cast<double>(parseIsoTime("2025-06-02T01:30:00Z")->instant().us), 120e6);
    EXPECT_EQ(range.to->us - range.from->us, 2 * 3600 * kMicrosPerSecond);
}

TEST_F(DashboardHandTest, AClickOnABarFiltersTheOthersAndKeepsItsOwnBars)
{
    openStoreWith(60);
    auto *bars = chart<BarChart>("cost_by_model");
    clickBar(bars, "o3");
    EXPECT_EQ(filter(), "model = \"o3\"");
    EXPECT_EQ(number("number_generations"), QStringLiteral("20"));
    EXPECT_GE(barOf(*bars, "gpt-4o"), 0) << "still there to be clicked";
    auto *customers = chart<BarChart>("cost_by_customer");
    EXPECT_EQ(customers->data().bars.front().number, 0.1) << "the others are of o3 alone";

    clickBar(bars, "gpt-4o", Qt::ControlModifier);
    EXPECT_EQ(filter(), "model in (\"gpt-4o\", \"o3\")");
    EXPECT_EQ(number("number_generations"), QStringLiteral("60"));
    clickBar(bars, "o3", Qt::AltModifier);
    EXPECT_EQ(filter(), "model = \"gpt-4o\" and model != \"o3\"");
    EXPECT_EQ(number("number_generations"), QStringLiteral("40"));
    QTest::keyClick(m_window->dashboard(), Qt::Key_Escape);
    waitForEvents(60);
    EXPECT_EQ(filter(), "");
}

TEST_F(DashboardHandTest, AClickOnAPartOfAStackFiltersAndShiftShowsTheRows)
{
    openStoreWith(60);
    auto *stack = chart<TimeSeriesChart>("cost_over_time_by_model");
    const int series = stack->data().series.front().value == Cell(std::string("gpt-4o")) ? 0 : 1;
    const QPoint point(static_cast<int>(stack->plot().xOf(1)),
                       static_cast<int>(stack->plot().yOf(stack->plot().topOf(series, 1)) + 4));
    QTest::mouseClick(stack->overlay(), Qt::LeftButton, {}, point);
    waitForEvents(40);
    EXPECT_EQ(filter(), "model = \"gpt-4o\"");
    EXPECT_EQ(m_window->page(), PageId::Dashboard);
    EXPECT_EQ(stack->data().series.size(), 2U) << "the clicked chart keeps its other parts";

    const QPoint again(static_cast<int>(stack->plot().xOf(1)),
                       static_cast<int>(stack->plot().yOf(stack->plot().topOf(series, 1)) + 4));
    QTest::mouseClick(stack->overlay(), Qt::LeftButton, Qt::ShiftModifier, again);
    EXPECT_EQ(m_window->page(), PageId::Generations);
    waitForEvents(1);
}

TEST_F(DashboardHandTest, TheCrosshairIsOnAllChartsOverTime)
{
    openStoreWith(60);
    auto *generations = chart<TimeSeriesChart>("generations");
    moveTo(generations->overlay(), at(*generations, 20), Qt::NoButton);
    auto *users =
        qobject_cast<TimeSeriesChart *>(m_window->dashboard()->tile(QStringLiteral("users"))->chart());
    EXPECT_EQ(users->overlay()->bucket(), 20);
    EXPECT_EQ(users->readout(20), QStringLiteral("1"));
}

TEST_F(DashboardHandTest, CtrlDragChoosesWhatToCompareWith)
{
    openStoreWith(60);
    auto *generations = chart<TimeSeriesChart>("generations");
    QTest::mousePress(generations->overlay(), Qt::LeftButton, Qt::ControlModifier, at(*generations, 10));
    moveTo(generations->overlay(), at(*generations, 19), Qt::LeftButton, Qt::ControlModifier);
    QTest::mouseRelease(generations->overlay(), Qt::LeftButton, Qt::ControlModifier, at(*generations, 19));
    EXPECT_TRUE(QTest::qWaitFor([this] { return isSettled(); }, 5000));
    EXPECT_EQ(workspace().view().comparison.with, PeriodComparison::With::Custom);
    auto *total = qobject_cast<NumberTile *>(
        m_window->dashboard()->tile(QStringLiteral("number_generations"))->chart());
    EXPECT_EQ(total->change().text, QStringLiteral("▲ 500 % from 10"));
    workspace().undo();
    EXPECT_EQ(workspace().view().comparison.with, PeriodComparison::With::Nothing);
}

TEST_F(DashboardHandTest, TheTopBarComparesAndCutsTime)
{
    openStoreWith(120);
    workspace().setTimeRange(
        {parseIsoTime("2025-06-02T01:00:00Z")->instant(), parseIsoTime("2025-06-02T02:00:00Z")->instant()});
    waitForEvents(60);
    workspace().setComparison({PeriodComparison::With::PreviousPeriod, {}});
    EXPECT_TRUE(QTest::qWaitFor([this] { return isSettled(); }, 5000));
    auto *generations = chart<TimeSeriesChart>("generations");
    ASSERT_TRUE(generations->data().isCompared());
    EXPECT_EQ(generations->data().series.front().earlier, std::vector<double>(60, 1.0));
    EXPECT_EQ(generations->tooltipContent(3).rows.front().share, QStringLiteral("from 1"));
    auto *bars = chart<BarChart>("cost_by_model");
    EXPECT_EQ(bars->data().bars.front().earlier, 0.4);

    workspace().setInterval(Interval::Hour);
    EXPECT_TRUE(QTest::qWaitFor([this] { return isSettled(); }, 5000));
    EXPECT_EQ(generations->data().buckets.size(), 1U);
    workspace().undo();
    workspace().undo();
    EXPECT_TRUE(QTest::qWaitFor([this] { return isSettled(); }, 5000));
    EXPECT_FALSE(generations->data().isCompared());
}

class DashboardLayoutTest : public DashboardHandTest
{
protected:
    DashboardPage *page() { return m_window->dashboard(); }
    std::string firstTiles(std::size_t count)
    {
        std::string ids;
        for (std::size_t i = 0; i < count; ++i)
            ids += (i ? " " : "") + page()->tiles()[i]->spec().id.toStdString();
        return ids;
    }
};

TEST_F(DashboardLayoutTest, KeysMoveResizeAndRemoveTilesAndCancelPutsThemBack)
{
    openStoreWith(30);
    ASSERT_EQ(firstTiles(3), "number_cost number_generations number_traces");
    page()->setEditing(true);
    auto *grid = page()->grid();
    QWidget *handle = grid->handles()[0];
    QTest::keyClick(handle, Qt::Key_Right);
    EXPECT_EQ(firstTiles(3), "number_generations number_cost number_traces");
    QTest::keyClick(handle, Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_EQ(page()->tileLayout().tiles[1].columns, 3) << "the handle went with its tile";
    QTest::keyClick(handle, Qt::Key_Delete);
    EXPECT_EQ(firstTiles(2), "number_generations number_traces");
    Q_EMIT page()->layoutBar()->cancelled();
    EXPECT_FALSE(page()->isEditing());
    EXPECT_EQ(firstTiles(3), "number_cost number_generations number_traces");
}

TEST_F(DashboardLayoutTest, ADragMovesATileAndItsCornerResizesIt)
{
    openStoreWith(30);
    page()->setEditing(true);
    QApplication::processEvents();
    auto *grid = page()->grid();
    QWidget *handle = grid->handles()[0];
    const QPoint target = handle->mapFrom(grid, grid->tiles()[2]->geometry().center());
    QTest::mousePress(handle, Qt::LeftButton, {}, QPoint(40, 40));
    moveTo(handle, target, Qt::LeftButton);
    QTest::mouseRelease(handle, Qt::LeftButton, {}, QPoint(40, 40));
    EXPECT_EQ(firstTiles(3), "number_generations number_traces number_cost");

    const QPoint corner(handle->width() - 5, handle->height() - 5);
    QTest::mousePress(handle, Qt::LeftButton, {}, corner);
    moveTo(handle, corner + QPoint(handle->width(), 0), Qt::LeftButton);
    QTest::mouseRelease(handle, Qt::LeftButton, {}, corner);
    EXPECT_EQ(page()->tileLayout().tiles[2].columns, 4);
}

TEST_F(DashboardLayoutTest, ATileIsMadeAndRememberedUntilTheDefaultIsAskedFor)
{
    openStoreWith(30);
    DashboardLayout layout = page()->tileLayout();
    OwnTile own;
    own.title = QStringLiteral("By user");
    own.display = TileSpec::Display::Table;
    own.measures = {Measure::Generations, Measure::Cost};
    own.by = *Field::parse("user");
    layout.tiles.insert(layout.tiles.begin(), {freeTileId(layout), 6, 2, false, own});
    page()->setTileLayout(layout);
    EXPECT_TRUE(QTest::qWaitFor([this] { return isSettled(); }, 5000));
    EXPECT_EQ(page()->tiles()[0]->result().rows.size(), 5U);

    makeWindow();
    openStoreWith(30);
    EXPECT_EQ(firstTiles(2), "own-1 number_cost") << "after a restart";
    Q_EMIT page()->layoutBar()->standardRequested();
    EXPECT_EQ(firstTiles(1), "number_cost");
    EXPECT_FALSE(m_settings->contains(QStringLiteral("dashboard/layout")));
}

TEST_F(DashboardLayoutTest, TheEditorSaysWhatIsWrongAndShowsWhatItMakes)
{
    openStoreWith(30);
    OwnTile own;
    own.display = TileSpec::Display::Bars;
    own.measures = {Measure::Cost};
    TileEditor editor(&workspace(), own);
    editor.setAttribute(Qt::WA_DeleteOnClose, false);
    editor.show();
    EXPECT_FALSE(editor.tile()) << "bars need a field";
    auto *by = editor.findChild<QComboBox *>(QStringLiteral("by"));
    by->setCurrentText(QStringLiteral("model"));
    ASSERT_TRUE(editor.tile());
    EXPECT_EQ(editor.tile()->title, QStringLiteral("Cost by Model"));
    auto *preview = editor.findChild<ChartTile *>();
    ASSERT_NE(preview, nullptr);
    EXPECT_TRUE(QTest::qWaitFor([&] { return preview->state() == ChartTile::State::Ready; }, 5000));
    EXPECT_EQ(preview->result().rows.size(), 2U);
    by->setCurrentText(QStringLiteral("no such (field"));
    EXPECT_FALSE(editor.tile());
}

} // namespace

} // namespace genscope

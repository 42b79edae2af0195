// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowfixture.h"

#include "app/latency/latencypage.h"
#include "app/latency/resulttablemodel.h"
#include "app/pagestack.h"
#include "charts/heatmapchart.h"
#include "charts/histogramchart.h"
#include "charts/scatterchart.h"
#include "models/roles.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QTableView>

using namespace genscope;

namespace {

class LatencyPageTest : public WindowTest
{
protected:
    /// A call takes as many tenths of a second as its number in the dump; every second is streamed.
    static QByteArray calls(int count)
    {
        QByteArray all;
        int number = 0;
        for (QByteArray line : generations(count).split('\n')) {
            if (line.isEmpty())
                continue;
            ++number;
            line.replace("\"$ai_latency\":1.5",
                         "\"$ai_latency\":" + QByteArray::number(number / 10.0) +
                             ",\"$ai_output_tokens\":" + QByteArray::number(10 * number) +
                             ",\"$ai_stream\":" + (number % 2 == 0 ? "true" : "false"));
            all += line + '\n';
        }
        return all;
    }

    LatencyPage *page() const { return m_window->pages()->latency(); }
    void open(int count)
    {
        m_window->openPaths({write("events.jsonl", calls(count))});
        waitForEvents(count);
        m_window->actions().page(PageId::Latency)->trigger();
        ASSERT_EQ(m_window->page(), PageId::Latency);
        settle();
    }
    void settle()
    {
        ASSERT_TRUE(
            QTest::qWaitFor([this] { return !m_window->workspace()->isBusy() && !page()->isPending(); }));
    }
    std::string filter() const { return m_window->workspace()->scope().filter.toString(); }
    const HistogramChart *histogram() const
    {
        return qobject_cast<HistogramChart *>(page()->tile(QStringLiteral("latency_distribution"))->chart());
    }
};

TEST_F(LatencyPageTest, ShowsEveryCallInEachChart)
{
    open(60);
    EXPECT_EQ(histogram()->data().total, 60);
    EXPECT_EQ(histogram()->data().dimension, "model");
    const auto *scatter =
        qobject_cast<ScatterChart *>(page()->tile(QStringLiteral("latency_by_output_tokens"))->chart());
    EXPECT_EQ(scatter->pointCount(), 60U);
    const auto *overTime =
        qobject_cast<HeatmapChart *>(page()->tile(QStringLiteral("latency_over_time"))->chart());
    EXPECT_EQ(overTime->data().total, 60);
    EXPECT_EQ(page()->percentileView()->model()->rowCount(), 2);
    EXPECT_EQ(page()->slowestView()->model()->rowCount(), 60);
    EXPECT_EQ(page()->slowestView()->model()->index(0, 2).data(SortRole).toDouble(), 6.0);
}

TEST_F(LatencyPageTest, TheLensSetsStreamedAndFailedCallsApart)
{
    open(60);
    LatencyLens lens = page()->lens();
    lens.calls = LatencyLens::Calls::Streamed;
    page()->setLens(lens);
    settle();
    EXPECT_EQ(histogram()->data().total, 30);
    lens.outcome = LatencyLens::Outcome::Failed;
    lens.by = *Field::parse("customer");
    page()->setLens(lens);
    settle();
    EXPECT_EQ(histogram()->data().total, 6);
    EXPECT_EQ(histogram()->data().dimension, "customer");
    EXPECT_TRUE(filter().empty()) << "a lens is no filter of the window";
    lens.number = LatencyLens::Number::Speed;
    lens.outcome = LatencyLens::Outcome::All;
    page()->setLens(lens);
    settle();
    EXPECT_EQ(histogram()->xAxis().field(), "tokens_per_second");
}

TEST_F(LatencyPageTest, RemembersTheLens)
{
    LatencyLens lens = page()->lens();
    lens.calls = LatencyLens::Calls::NotStreamed;
    lens.by = *Field::parse("event.feature");
    page()->setLens(lens);
    makeWindow();
    EXPECT_EQ(page()->lens(), lens);
}

TEST_F(LatencyPageTest, ADragNarrowsTheWindowAndAClickShowsTheCalls)
{
    open(60);
    ChartTile *tile = page()->tile(QStringLiteral("latency_distribution"));
    ChartPick pick;
    pick.intent = ChartPick::Intent::Only;
    pick.dimension = "latency";
    pick.atLeast = 1;
    pick.lessThan = 2;
    Q_EMIT tile->activated(pick);
    settle();
    EXPECT_EQ(filter(), "latency >= 1 and latency < 2");
    EXPECT_EQ(m_window->page(), PageId::Latency);
    EXPECT_EQ(histogram()->data().total, 10);
    m_window->workspace()->undo();
    settle();

    pick.intent = ChartPick::Intent::Rows;
    ChartPick model;
    model.dimension = "model";
    model.value = std::string("o3");
    pick.add(model);
    Q_EMIT tile->activated(pick);
    EXPECT_EQ(m_window->page(), PageId::Generations);
    EXPECT_EQ(filter(), "latency >= 1 and latency < 2 and model = \"o3\"");
}

TEST_F(LatencyPageTest, ASlowCallIsOpened)
{
    open(60);
    QTableView *view = page()->slowestView();
    Q_EMIT view->activated(view->model()->index(0, 0));
    EXPECT_EQ(m_window->page(), PageId::Generations);
    EXPECT_EQ(filter(), "uuid = \"00000000-0000-4000-8000-00000000003b\"");
}

TEST(ResultTableModelTest, KeepsTheRulesOfModelsAndTellsRows)
{
    ResultTable table;
    table.columns = {{"model", ResultTable::Role::Dimension, Unit::None},
                     {"latency_p95", ResultTable::Role::Measure, Unit::Seconds}};
    table.rows = {{std::string("gpt-4o"), 2.5}, {Cell(), Cell()}};
    ResultTableModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setTable(table);
    model.setTrends(QStringLiteral("Trend"), {{"gpt-4o", {1, 2}}});
    EXPECT_EQ(model.columnCount(), 3);
    EXPECT_EQ(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("p95"));
    EXPECT_EQ(model.index(1, 0).data().toString(), QStringLiteral("(none)"));
    EXPECT_FALSE(model.index(1, 1).data(SortRole).isValid());
    EXPECT_EQ(model.index(0, 2).data(TrendRole).value<QVector<double>>().size(), 2);
    EXPECT_EQ(std::get<double>(model.cell(0, "latency_p95")), 2.5);
}

} // namespace

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/tracepane.h"

#include "app/tables/comparedialog.h"
#include "app/tables/detailcopy.h"
#include "app/tables/detailpane.h"
#include "app/tables/eventpane.h"
#include "app/tables/factgrid.h"
#include "app/tables/listview.h"
#include "app/tables/tablepage.h"
#include "app/tables/tracebar.h"
#include "app/tables/traceview.h"
#include "models/roles.h"
#include "support/printedmodel.h"
#include "tablefixture.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QWheelEvent>

using namespace genscope;
using namespace genscope::test;

namespace {

/// One event of trace `t` that is reported @p second seconds after ten o'clock.
QByteArray stepLine(int number, const char *event, int second, const QByteArray &properties)
{
    const QByteArray digits = QByteArray::number(number).rightJustified(12, '0');
    return R"({"uuid":"22222222-2222-4222-8222-)" + digits + R"(","event":")" + event +
           R"(","timestamp":"2025-06-02T10:00:)" + QByteArray::number(second).rightJustified(2, '0') +
           R"(Z","distinct_id":"ada","properties":{"$ai_trace_id":"t")" + properties + "}}\n";
}

/// A run of an agent that plans, searches and answers, with a failure.
QByteArray agentRun()
{
    return stepLine(1, "$ai_trace", 10, R"(,"$ai_span_name":"checkout","$ai_latency":10)") +
           stepLine(2, "$ai_span", 9,
                    R"(,"$ai_span_id":"agent","$ai_parent_id":"t","$ai_span_name":"agent",)"
                    R"("$ai_latency":8)") +
           stepLine(
               3, "$ai_generation", 4,
               R"(,"$ai_span_id":"plan","$ai_parent_id":"agent","$ai_model":"gpt-4o","$ai_latency":3,)"
               R"("$ai_time_to_first_token":1,"$ai_total_cost_usd":0.25,"$ai_input_tokens":100,)"
               R"("$ai_output_tokens":20,"$ai_input":[{"role":"user","content":"Find a GREEN bicycle"}])") +
           stepLine(4, "$ai_span", 6,
                    R"(,"$ai_span_id":"search","$ai_parent_id":"agent","$ai_span_name":"search",)"
                    R"("$ai_latency":2,"$ai_is_error":true,"$ai_error":"shop is closed")") +
           stepLine(5, "$ai_generation", 9,
                    R"(,"$ai_span_id":"answer","$ai_parent_id":"agent","$ai_model":"gpt-4o","$ai_latency":3,)"
                    R"("$ai_total_cost_usd":0.5,"$ai_output_choices":[{"role":"assistant",)"
                    R"("content":"Sorry, no bicycle today."}])");
}

class TracePaneTest : public TableFixture
{
protected:
    std::shared_ptr<const TraceDetail> load(const QByteArray &lines)
    {
        importLines(lines);
        auto loaded = loadTraceDetail(*m_workspace.selection(), "t");
        EXPECT_TRUE(loaded.ok());
        return loaded ? *loaded : nullptr;
    }
    /// Names and places only.
    static std::string tree(const std::shared_ptr<const TraceDetail> &trace)
    {
        TraceTreeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setTrace(trace);
        std::string lines;
        printNames(model, {}, 0, lines);
        return lines;
    }
    void show(DetailPane &pane, int width = 1100)
    {
        pane.resize(width, 800);
        pane.show();
        QSignalSpy loaded(&pane, &DetailPane::loaded);
        pane.showTrace(QStringLiteral("t"));
        ASSERT_TRUE(loaded.wait());
    }
    static QString selected(const DetailPane &pane)
    {
        return pane.tracePane()->tree()->currentIndex().siblingAtColumn(0).data().toString();
    }

private:
    static void printNames(const TraceTreeModel &model, const QModelIndex &parent, int depth,
                           std::string &lines)
    {
        for (int row = 0; row < model.rowCount(parent); ++row) {
            const QModelIndex index = model.index(row, 0, parent);
            lines += std::string(static_cast<std::size_t>(depth), '.') +
                     index.data().toString().toStdString() + '\n';
            printNames(model, index, depth + 1, lines);
        }
    }
};

} // namespace

TEST_F(TracePaneTest, WhatBelongsToTheTraceHangsBelowItsOwnEvent)
{
    const auto trace = load(agentRun());
    EXPECT_EQ(tree(trace), "Trace  checkout\n.Span  agent\n..Generation\n..Span  search\n..Generation\n");
    EXPECT_EQ(trace->startUs, trace->events[0].startUs);
    EXPECT_EQ(trace->endUs - trace->startUs, 10'000'000);
}

TEST_F(TracePaneTest, ATraceWithoutAnEventOfItsOwnHasItsStepsAtTheTop)
{
    const auto trace = load(stepLine(1, "$ai_generation", 1, "") + stepLine(2, "$ai_generation", 2, ""));
    EXPECT_EQ(tree(trace), "Generation\nGeneration\n") << "nor do they have span ids";
    EXPECT_EQ(trace->sharedIds, 0);
}

TEST_F(TracePaneTest, OddTreesAreShownAndSaid)
{
    const auto trace = load(
        stepLine(1, "$ai_span", 1, R"(,"$ai_span_id":"a","$ai_span_name":"a")") +
        stepLine(2, "$ai_span", 2, R"(,"$ai_span_id":"a","$ai_span_name":"twin")") +
        stepLine(3, "$ai_span", 3, R"(,"$ai_span_id":"b","$ai_parent_id":"gone","$ai_span_name":"lost")") +
        stepLine(4, "$ai_span", 4, R"(,"$ai_span_id":"x","$ai_parent_id":"y","$ai_span_name":"x")") +
        stepLine(5, "$ai_span", 5, R"(,"$ai_span_id":"y","$ai_parent_id":"x","$ai_span_name":"y")") +
        stepLine(6, "$ai_span", 6, R"(,"$ai_parent_id":"a","$ai_span_name":"child")") +
        stepLine(7, "$ai_metric", 7, R"(,"$ai_metric_name":"rating")"));
    EXPECT_EQ(tree(trace), "Span  a\n.Span  child\nSpan  twin · id used before\nSpan  lost · parent missing\n"
                           "Span  x · parents in a circle\n.Span  y\n");
    EXPECT_EQ(trace->orphans, 1);
    EXPECT_EQ(trace->cycles, 1);
    EXPECT_EQ(trace->sharedIds, 1);
    EXPECT_EQ(trace->notes.size(), 1u) << "a metric is no step";
    TracePane pane;
    pane.setTrace(trace);
    bool said = false;
    for (const QLabel *label : pane.findChildren<QLabel *>())
        said = said || label->text().contains(QStringLiteral("name a parent that is not here"));
    EXPECT_TRUE(said);
}

TEST_F(TracePaneTest, SdkEventsEndAtTheirTimestampOtelEventsStartThere)
{
    const auto trace =
        load(stepLine(1, "$ai_generation", 10, R"(,"$ai_latency":4,"$ai_span_name":"sdk")") +
             stepLine(2, "$ai_generation", 7,
                      R"(,"$ai_latency":1,"$ai_span_name":"otel","$ai_ingestion_source":"otel")"));
    ASSERT_EQ(trace->events.size(), 2u);
    EXPECT_EQ(trace->events[0].name, "sdk");
    EXPECT_EQ(trace->events[1].startUs - trace->startUs, 1'000'000);
    EXPECT_EQ(trace->events[1].endUs - trace->startUs, 2'000'000);
}

TEST_F(TracePaneTest, SaysPostHogsNumbersBesideOurs)
{
    importLines(agentRun());
    DetailPane pane(&m_workspace);
    show(pane);
    const FactGrid &facts = *pane.tracePane()->facts();
    EXPECT_EQ(facts.valueOf(QStringLiteral("Wall clock")), QStringLiteral("10.0 s"));
    EXPECT_EQ(facts.valueOf(QStringLiteral("PostHog latency")), QStringLiteral("18.0 s"))
        << "the trace, and the child of the trace";
    EXPECT_EQ(facts.valueOf(QStringLiteral("Critical path")), QStringLiteral("10.0 s"));
    EXPECT_EQ(facts.valueOf(QStringLiteral("Cost")), QStringLiteral("$0.75"));
}

TEST_F(TracePaneTest, FindsInNamesPromptsAndOutputsByKeyboard)
{
    importLines(agentRun());
    DetailPane pane(&m_workspace);
    show(pane);
    ASSERT_TRUE(pane.focusSearch());
    TraceBar *bar = pane.tracePane()->bar();
    QTest::keyClicks(bar->searchBox(), QStringLiteral("bicycle"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return bar->countText() == QStringLiteral("1 of 2"); }))
        << bar->countText().toStdString();
    const QModelIndex first = pane.tracePane()->tree()->currentIndex();
    EXPECT_TRUE(first.siblingAtColumn(0).data(TraceTreeModel::MatchRole).toBool());
    QTest::keyClick(bar->searchBox(), Qt::Key_F3);
    EXPECT_EQ(bar->countText(), QStringLiteral("2 of 2"));
    EXPECT_NE(pane.tracePane()->tree()->currentIndex(), first);
    QTest::keyClick(bar->searchBox(), Qt::Key_F3);
    EXPECT_EQ(bar->countText(), QStringLiteral("1 of 2")) << "around the end";
    QTest::keyClick(bar->searchBox(), Qt::Key_F3, Qt::ShiftModifier);
    EXPECT_EQ(bar->countText(), QStringLiteral("2 of 2"));

    bar->searchBox()->setText(QStringLiteral("green"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return bar->countText() == QStringLiteral("1 of 1"); }));
    bar->searchBox()->setText(QStringLiteral("CLOSED"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return selected(pane).startsWith(QStringLiteral("Span  search")); }));
    bar->searchBox()->setText(QStringLiteral("nowhere"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return bar->countText() == QStringLiteral("none"); }));
    QTest::keyClick(bar->searchBox(), Qt::Key_Escape);
    EXPECT_TRUE(bar->searchBox()->text().isEmpty());
    EXPECT_TRUE(pane.isVisible());
}

TEST_F(TracePaneTest, ErrorsOnlyAndTheCriticalPathKeepTheSelectedStep)
{
    importLines(agentRun());
    DetailPane pane(&m_workspace);
    show(pane);
    TraceBar *bar = pane.tracePane()->bar();
    const TraceTreeModel *model = pane.tracePane()->model();
    pane.tracePane()->tree()->select(1);
    bar->setShown(TraceSteps::Failed);
    EXPECT_EQ(model->shownCount(), 3) << printed(*model);
    EXPECT_EQ(selected(pane), QStringLiteral("Span  agent"));
    bar->setShown(TraceSteps::Critical);
    EXPECT_EQ(model->shownCount(), 5);
    bar->setShown(TraceSteps::All);
    EXPECT_EQ(selected(pane), QStringLiteral("Span  agent"));
}

TEST_F(TracePaneTest, ZoomsAndPansTheTimeByKeyboardAndWheel)
{
    importLines(agentRun());
    DetailPane pane(&m_workspace);
    show(pane);
    TraceView *view = pane.tracePane()->tree();
    ASSERT_FALSE(view->ticks().empty());
    QTest::keyClick(view, Qt::Key_Plus);
    EXPECT_TRUE(view->axis().isZoomed());
    const double shown = view->axis().shownSeconds();
    QTest::keyClick(view, Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_DOUBLE_EQ(view->axis().shownSeconds(), shown);
    QTest::keyClick(view, Qt::Key_0);
    EXPECT_FALSE(view->axis().isZoomed());

    const QPoint at(view->columnViewportPosition(TraceTreeModel::TimelineColumn) + 40, 40);
    QWheelEvent turn(at, view->viewport()->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::ControlModifier,
                     Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(view->viewport(), &turn);
    EXPECT_TRUE(view->axis().isZoomed());
}

TEST_F(TracePaneTest, SelectingAStepBringsItsBarInSight)
{
    importLines(agentRun());
    DetailPane pane(&m_workspace);
    show(pane);
    TraceView *view = pane.tracePane()->tree();
    view->select(0);
    view->zoom(20);
    view->select(4);
    const double start = view->axis().position(pane.tracePane()->trace()->events[4].startUs);
    EXPECT_GE(start, 0);
    EXPECT_LE(start, 1);
}

TEST_F(TracePaneTest, StepsAndEventStandBesideEachOtherWhereThereIsRoom)
{
    importLines(agentRun());
    DetailPane pane(&m_workspace);
    show(pane, 1200);
    const TracePane &trace = *pane.tracePane();
    EXPECT_FALSE(trace.tree()->isColumnHidden(TraceTreeModel::TimelineColumn));
    EXPECT_GT(trace.eventPane()->mapTo(&pane, QPoint()).x(), trace.tree()->mapTo(&pane, QPoint()).x());
    pane.resize(420, 800);
    QTest::qWait(20);
    EXPECT_EQ(trace.eventPane()->mapTo(&pane, QPoint()).x(), trace.tree()->mapTo(&pane, QPoint()).x());
    EXPECT_TRUE(trace.tree()->isColumnHidden(TraceTreeModel::ModelColumn));
    EXPECT_LE(trace.tree()->header()->length(), trace.tree()->viewport()->width() + 120);
}

TEST_F(TracePaneTest, EnterOpensATraceLargeTheKeysGoOnAndEscapeComesBack)
{
    importLines(fourCalls());
    TablePage page(&m_workspace, ListKind::Traces);
    page.resize(1280, 700);
    page.show();
    QSignalSpy loaded(page.detailPane(), &DetailPane::loaded);
    ASSERT_TRUE(QTest::qWaitFor([&] { return page.model()->rows()->size() == 3; }));
    page.focusTable();
    page.view()->setCurrentIndex(page.model()->index(0, 0));
    ASSERT_TRUE(loaded.wait());
    QTest::keyClick(page.view(), Qt::Key_Return);
    EXPECT_TRUE(page.isDetailLarge());
    EXPECT_FALSE(page.view()->isVisible());
    TraceView *tree = page.detailPane()->tracePane()->tree();
    const std::string first = page.detailPane()->tracePane()->trace()->id;
    QTest::keyClick(tree, Qt::Key_N);
    ASSERT_TRUE(loaded.wait());
    const std::string second = page.detailPane()->tracePane()->trace()->id;
    EXPECT_NE(second, first);
    QTest::keyClick(tree, Qt::Key_Up, Qt::AltModifier);
    ASSERT_TRUE(loaded.wait());
    EXPECT_EQ(page.detailPane()->tracePane()->trace()->id, first);
    QTest::keyClick(tree, Qt::Key_P);
    EXPECT_EQ(page.view()->currentRow(), 0) << "there is none before the first";
    QTest::keyClick(tree, Qt::Key_N);
    QTest::keyClick(tree, Qt::Key_Escape);
    EXPECT_FALSE(page.isDetailLarge());
    EXPECT_TRUE(page.view()->isVisible());
    EXPECT_EQ(page.view()->currentRow(), 1) << "the list went along";
    EXPECT_TRUE(page.detailPane()->isVisible());
    QTest::keyClick(page.view(), Qt::Key_Escape);
    EXPECT_FALSE(page.detailPane()->isVisible());
}

TEST_F(TracePaneTest, AnyDetailCanBeMadeLarge)
{
    importLines(fourCalls());
    TablePage page(&m_workspace, ListKind::Generations);
    page.resize(1280, 700);
    page.show();
    QSignalSpy loaded(page.detailPane(), &DetailPane::loaded);
    ASSERT_TRUE(QTest::qWaitFor([&] { return page.model()->rows()->size() == 4; }));
    page.view()->setCurrentIndex(page.model()->index(0, 0));
    ASSERT_TRUE(loaded.wait());
    QTest::keyClick(page.view(), Qt::Key_Return);
    EXPECT_FALSE(page.isDetailLarge()) << "an event fits beside the list";
    page.detailPane()->focusContent();
    QTest::keyClick(page.detailPane()->eventPane(), Qt::Key_L);
    EXPECT_TRUE(page.isDetailLarge());
    QTest::keyClick(page.detailPane()->eventPane(), Qt::Key_L);
    EXPECT_FALSE(page.isDetailLarge());
}

TEST_F(TracePaneTest, TheSessionLeadsToItsTraces)
{
    importLines(stepLine(1, "$ai_generation", 1, R"(,"$ai_session_id":"chat")"));
    DetailPane pane(&m_workspace);
    show(pane);
    std::string asked;
    QObject::connect(&pane, &DetailPane::openListRequested, &pane, [&](ListKind list, const Filter &filter) {
        asked = std::string(listKindName(list)) + " " + filter.toString();
    });
    for (auto *link : pane.tracePane()->facts()->findChildren<QPushButton *>())
        if (link->text() == QStringLiteral("chat"))
            link->click();
    EXPECT_EQ(asked, "traces session = \"chat\"");
}

TEST_F(TracePaneTest, CopiesTheWholeTraceAndTheCall)
{
    const QByteArray lines = agentRun() + stepLine(6, "$ai_metric", 11, R"(,"$ai_metric_name":"rating")");
    importLines(lines);
    DetailPane pane(&m_workspace);
    show(pane);
    QSignalSpy told(&pane, &DetailPane::message);
    auto *button = pane.findChild<DetailCopy *>();
    ASSERT_NE(button, nullptr);
    const auto choose = [button](const QString &text) {
        Q_EMIT button->menu()->aboutToShow();
        for (QAction *action : button->menu()->actions())
            if (action->text().remove(QLatin1Char('&')) == text)
                action->trigger();
    };
    choose(QStringLiteral("Trace as JSON"));
    ASSERT_TRUE(told.wait());
    const auto json = JsonTree::parse(QGuiApplication::clipboard()->text().toStdString());
    ASSERT_TRUE(json.ok());
    EXPECT_EQ((*json)->root().size(), 6) << "the metric too";
    EXPECT_TRUE(lines.contains(QByteArray::fromStdString(std::string((*json)->root().at(2).raw()))))
        << "byte for byte";

    choose(QStringLiteral("Trace as Markdown"));
    ASSERT_TRUE(told.wait());
    const QString text = QGuiApplication::clipboard()->text();
    EXPECT_TRUE(text.startsWith(QStringLiteral("# checkout\n"))) << text.toStdString();
    EXPECT_TRUE(text.contains(QStringLiteral("\n- Trace · checkout · 10.0 s\n  - Span · agent · 8.00 s\n")))
        << text.toStdString();
    EXPECT_TRUE(text.contains(QStringLiteral("failed: shop is closed")));

    choose(QStringLiteral("Call as cURL"));
    EXPECT_TRUE(
        QGuiApplication::clipboard()->text().startsWith(QStringLiteral("curl 'https://api.openai.com/")));
}

TEST_F(TracePaneTest, TwoSelectedRowsAreCompared)
{
    importLines(fourCalls());
    TablePage page(&m_workspace, ListKind::Generations);
    page.resize(1280, 700);
    page.show();
    ASSERT_TRUE(QTest::qWaitFor([&] { return page.model()->rows()->size() == 4; }));
    QSignalSpy told(&page, &TablePage::message);
    QTest::keyClick(page.view(), Qt::Key_D, Qt::ControlModifier);
    EXPECT_EQ(told.count(), 1) << "two have to be selected";
    page.view()->selectRow(0);
    page.view()->selectionModel()->select(page.model()->index(3, 0),
                                          QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QTest::keyClick(page.view(), Qt::Key_D, Qt::ControlModifier);
    ASSERT_TRUE(QTest::qWaitFor([&] { return page.findChild<CompareDialog *>() != nullptr; }));
    auto *dialog = page.findChild<CompareDialog *>();
    EXPECT_GT(dialog->model()->differences(), 0) << printed(*dialog->model());
    EXPECT_EQ(dialog->view()->currentIndex().row(), dialog->model()->nextDifference(0, 1));
    QTest::keyClick(dialog, Qt::Key_Escape);
    EXPECT_TRUE(QTest::qWaitFor([&] { return page.findChild<CompareDialog *>() == nullptr; }));

    TablePage traces(&m_workspace, ListKind::Traces);
    traces.resize(1280, 700);
    traces.show();
    ASSERT_TRUE(QTest::qWaitFor([&] { return traces.model()->rows()->size() == 3; }));
    traces.view()->selectAll();
    traces.view()->selectionModel()->select(traces.model()->index(2, 0),
                                            QItemSelectionModel::Deselect | QItemSelectionModel::Rows);
    traces.compareSelected();
    EXPECT_TRUE(QTest::qWaitFor([&] { return traces.findChild<CompareDialog *>() != nullptr; }));
}

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tracetreemodel.h"

#include "models/roles.h"
#include "models/tablecolumns.h"
#include "support/printedmodel.h"

#include <QAbstractItemModelTester>

#include <gtest/gtest.h>

using namespace genscope;
using namespace genscope::test;

namespace {

TraceEvent event(std::uint32_t row, int parent, EventKind kind, const char *name)
{
    TraceEvent made;
    made.row = row;
    made.parent = parent;
    made.kind = kind;
    made.name = name;
    made.startUs = made.endUs = std::int64_t{row} * 500'000;
    return made;
}

std::shared_ptr<const TraceDetail> agentTrace()
{
    auto trace = std::make_shared<TraceDetail>();
    trace->id = std::string("t");
    trace->events = {event(0, -1, EventKind::Span, "agent"), event(1, 0, EventKind::Generation, "plan"),
                     event(2, 0, EventKind::Span, "search"), event(3, 2, EventKind::Embedding, ""),
                     event(4, -1, EventKind::Generation, "answer")};
    trace->events[1].model = std::string("gpt-4o");
    trace->events[1].latency = 1.5;
    trace->events[1].endUs += 1'500'000;
    trace->events[1].ttft = 0.25;
    trace->events[1].inputTokens = 100;
    trace->events[1].outputTokens = 20;
    trace->events[1].cost = Money{2'000'000'000};
    trace->events[4].failed = true;
    trace->events[4].error = std::string("timeout");
    sumUp(*trace);
    return trace;
}

} // namespace

TEST(TraceTreeModel, ShowsEventsAsATree)
{
    TraceTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setTrace(agentTrace());
    EXPECT_EQ(printedHeader(model), "Step | Timeline | Model | Latency | Cost | Tokens | Start | Error");
    EXPECT_EQ(printed(model), "Span  agent |  |  |  | ∑ $0.002 | ∑ 100 → 20 | 0 s | \n"
                              "  Generation  plan |  | gpt-4o | 1.50 s | $0.002 | 100 → 20 | +500 ms | \n"
                              "  Span  search |  |  |  |  |  | +1.00 s | \n"
                              "    Embedding |  |  |  |  |  | +1.50 s | \n"
                              "Generation  answer |  |  |  |  |  | +2.00 s | timeout\n");
}

TEST(TraceTreeModel, SaysInWordsWhatTheTimelineDraws)
{
    TraceTreeModel model;
    model.setTrace(agentTrace());
    const auto words = [&model](std::uint32_t row) {
        const QModelIndex index = model.indexOfRow(row).siblingAtColumn(TraceTreeModel::TimelineColumn);
        return index.data(Qt::AccessibleTextRole).toString().toStdString();
    };
    EXPECT_EQ(words(0),
              "starts with the trace; says no latency; its steps take 2.00 s; on the critical path, which "
              "waits 500 ms for it alone");
    EXPECT_EQ(words(1), "starts after 500 ms; takes 1.50 s; first token after 250 ms; on the critical path, "
                        "which waits 1.50 s for it alone");
    EXPECT_EQ(words(4), "starts after 2.00 s; says no latency");
}

TEST(TraceTreeModel, ShowsWhatAStepHasAndWhatIsBelowIt)
{
    auto trace = std::make_shared<TraceDetail>(*agentTrace());
    trace->events[0].kind = EventKind::Generation;
    trace->events[0].cost = Money{1'000'000'000};
    sumUp(*trace);
    TraceTreeModel model;
    model.setTrace(trace);
    const QModelIndex cost = model.indexOfRow(0).siblingAtColumn(TraceTreeModel::CostColumn);
    EXPECT_EQ(cost.data().toString(), QStringLiteral("$0.001 (∑ $0.003)"));
    EXPECT_EQ(cost.data(UnitRole).toString(), QStringLiteral(" (∑ $0.003)"));
    EXPECT_EQ(cost.data(Qt::ToolTipRole).toString().remove(QStringLiteral("&nbsp;")),
              plainToolTip(QStringLiteral("$0.001 (∑ $0.003)\nPostHog shows $0.001: it leaves out what is "
                                          "below a generation")));
}

TEST(TraceTreeModel, SaysWhatIsOddAboutAPlace)
{
    auto trace = std::make_shared<TraceDetail>(*agentTrace());
    trace->events[4].place = TraceEvent::Place::Orphan;
    trace->events[2].sharesId = true;
    TraceTreeModel model;
    model.setTrace(trace);
    EXPECT_EQ(model.indexOfRow(4).data().toString(), QStringLiteral("Generation  answer · parent missing"));
    EXPECT_EQ(model.indexOfRow(2).data(UnitRole).toString(), QStringLiteral(" · id used before"));
}

TEST(TraceTreeModel, KeepsFailuresWithWhatIsAboveThem)
{
    auto trace = std::make_shared<TraceDetail>(*agentTrace());
    trace->events[3].failed = true;
    sumUp(*trace);
    TraceTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setTrace(trace);
    model.setShown(TraceSteps::Failed);
    EXPECT_EQ(printed(model), "Span  agent |  |  |  | ∑ $0.002 | ∑ 100 → 20 | 0 s | 1 below\n"
                              "  Span  search |  |  |  |  |  | +1.00 s | 1 below\n"
                              "    Embedding |  |  |  |  |  | +1.50 s | failed\n"
                              "Generation  answer |  |  |  |  |  | +2.00 s | timeout\n");
    EXPECT_EQ(model.shownCount(), 4);
    EXPECT_FALSE(model.indexOfRow(1).isValid());
    model.setShown(TraceSteps::Critical);
    EXPECT_EQ(model.shownCount(), 2);
    model.setShown(TraceSteps::All);
    EXPECT_EQ(model.shownCount(), 5);
}

TEST(TraceTreeModel, MarksWhatASearchFound)
{
    TraceTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setTrace(agentTrace());
    model.setMatches({3});
    EXPECT_TRUE(model.indexOfRow(3).data(TraceTreeModel::MatchRole).toBool());
    EXPECT_FALSE(model.indexOfRow(2).data(TraceTreeModel::MatchRole).toBool());
    model.setMatches({});
    EXPECT_FALSE(model.indexOfRow(3).data(TraceTreeModel::MatchRole).toBool());
}

TEST(TraceTreeModel, FindsEventsByTheirRow)
{
    TraceTreeModel model;
    model.setTrace(agentTrace());
    EXPECT_EQ(model.indexOfRow(3).data().toString(), QStringLiteral("Embedding"));
    EXPECT_EQ(model.indexOfRow(3).parent().data(RowIdRole).toUInt(), 2u);
    EXPECT_FALSE(model.indexOfRow(99).isValid());
}

TEST(TraceTreeModel, CanBeEmptied)
{
    TraceTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setTrace(agentTrace());
    model.setTrace(nullptr);
    EXPECT_EQ(model.rowCount(), 0);
}

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tracetreemodel.h"

#include "models/roles.h"
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
    made.startUs = std::int64_t{row} * 500'000;
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
    trace->events[1].inputTokens = 100;
    trace->events[1].outputTokens = 20;
    trace->events[1].cost = Money{2'000'000'000};
    trace->events[4].failed = true;
    trace->events[4].error = std::string("timeout");
    return trace;
}

} // namespace

TEST(TraceTreeModel, ShowsEventsAsATree)
{
    TraceTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setTrace(agentTrace());
    EXPECT_EQ(printedHeader(model), "Step | Model | Latency | Cost | Tokens | Start | Error");
    EXPECT_EQ(printed(model), "Span  agent |  |  |  |  | 0 s | \n"
                              "  Generation  plan | gpt-4o | 1.50 s | $0.002 | 100 → 20 | +500 ms | \n"
                              "  Span  search |  |  |  |  | +1.00 s | \n"
                              "    Embedding |  |  |  |  | +1.50 s | \n"
                              "Generation  answer |  |  |  |  | +2.00 s | timeout\n");
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

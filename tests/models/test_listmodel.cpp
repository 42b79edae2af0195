// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/listmodel.h"

#include "models/listfacts.h"
#include "models/roles.h"
#include "support/printedmodel.h"
#include "syntheticselection.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

using namespace genscope;
using namespace genscope::test;

namespace {

class ListModelTest : public testing::Test
{
protected:
    ListModelTest()
        : m_builder({
              {.time = "2025-06-02T10:00:00Z",
               .user = "ada",
               .trace = "t1",
               .model = "gpt-4o",
               .latency = 1.25,
               .input = 3112,
               .output = 263,
               .reportedCost = 0.0084,
               .properties = {{"event.feature", "chat"}}},
              {.time = "2025-06-02T10:01:00Z",
               .user = "ben",
               .trace = "t2",
               .model = "o3",
               .error = "Rate limit exceeded",
               .latency = 0.2},
              {.time = "2025-06-02T10:02:00Z",
               .user = "t3",
               .trace = "t3",
               .model = "gpt-4o",
               .latency = 4.0,
               .input = 10,
               .output = 20},
              {.time = "2025-06-02T10:03:00Z",
               .kind = EventKind::Embedding,
               .user = "ada",
               .trace = "t1",
               .model = "embed",
               .input = 7,
               .reportedCost = 0.5},
          })
    {
    }

    void show(ListModel &model, std::shared_ptr<const Selection> selection)
    {
        QSignalSpy loaded(&model, &ListModel::rowsLoaded);
        model.setSelection(std::move(selection));
        ASSERT_TRUE(loaded.count() > 0 || loaded.wait());
    }
    void show(ListModel &model, std::vector<std::string> columns, const char *filter = "")
    {
        model.setColumns(columns);
        show(model, selectionOf(m_builder, filter));
    }
    void sort(ListModel &model, int column, Qt::SortOrder order)
    {
        QSignalSpy loaded(&model, &ListModel::rowsLoaded);
        model.sort(column, order);
        ASSERT_TRUE(loaded.wait());
    }

    SnapshotBuilder m_builder;
    Workspace m_workspace; // runs the work
};

} // namespace

TEST_F(ListModelTest, ShowsGenerationsNewestFirst)
{
    ListModel model(&m_workspace, ListKind::Generations);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    show(model, {"user", "model", "error", "latency", "tokens", "cost"});
    EXPECT_EQ(printedHeader(model), "User | Model | Error | Latency | Tokens | Cost");
    EXPECT_EQ(printed(model), " | gpt-4o |  | 4.00 s | 10 → 20 (∑ 30) | unpriced\n"
                              "ben | o3 | Rate limit exceeded | 200 ms |  | \n"
                              "ada | gpt-4o |  | 1.25 s | 3112 → 263 (∑ 3375) | $0.0084\n");
}

TEST_F(ListModelTest, ShowsEmbeddingsApart)
{
    ListModel model(&m_workspace, ListKind::Embeddings);
    show(model, {"model", "input_tokens", "cost"});
    EXPECT_EQ(printed(model), "embed | 7 | $0.50\n");
}

TEST_F(ListModelTest, SortsOnAWorkerAndKeepsMissingLast)
{
    ListModel model(&m_workspace, ListKind::Generations);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    show(model, {"trace_id", "cost"});
    sort(model, 1, Qt::DescendingOrder);
    EXPECT_EQ(printed(model).substr(0, 2), "t1");
    sort(model, 1, Qt::AscendingOrder);
    EXPECT_EQ(printed(model).substr(0, 2), "t1") << "missing costs come last in both directions";
    EXPECT_EQ(model.sortColumn(), "cost");
}

TEST_F(ListModelTest, SortsTheComposedTokensByTheirSum)
{
    ListModel model(&m_workspace, ListKind::Generations);
    show(model, {"tokens"});
    sort(model, 0, Qt::AscendingOrder);
    EXPECT_EQ(printed(model), "10 → 20 (∑ 30)\n3112 → 263 (∑ 3375)\n\n");
}

TEST_F(ListModelTest, SortsTokensPerSecond)
{
    ListModel model(&m_workspace, ListKind::Generations);
    show(model, {"trace_id", "tokens_per_second"});
    sort(model, 1, Qt::DescendingOrder);
    EXPECT_EQ(printed(model), "t1 | 210\nt3 | 5.0\nt2 | \n");
}

TEST_F(ListModelTest, OnlyTheLastOfSeveralSortsArrives)
{
    ListModel model(&m_workspace, ListKind::Generations);
    show(model, {"trace_id", "latency"});
    QSignalSpy loaded(&model, &ListModel::rowsLoaded);
    for (int i = 0; i < 20; ++i)
        model.sort(i % 2, i % 3 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
    model.sort(1, Qt::AscendingOrder);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !model.isLoading(); }));
    QTest::qWait(50);
    EXPECT_EQ(loaded.count(), 1);
    EXPECT_EQ(printed(model), "t2 | 200 ms\nt1 | 1.25 s\nt3 | 4.00 s\n");
}

TEST_F(ListModelTest, PropertiesAreColumnsReadOnce)
{
    ListModel model(&m_workspace, ListKind::Generations);
    show(model, {"trace_id", "event.feature"});
    EXPECT_EQ(printedHeader(model), "Trace | feature");
    EXPECT_EQ(printed(model), "t3 | \nt2 | \nt1 | chat\n");
    sort(model, 0, Qt::AscendingOrder);
    EXPECT_EQ(m_builder.source().propertyReads, 1);
}

TEST_F(ListModelTest, TheFilterOfTheSelectionHolds)
{
    ListModel model(&m_workspace, ListKind::Generations);
    show(model, {"trace_id"}, "is_error");
    EXPECT_EQ(printed(model), "t2\n");
}

TEST_F(ListModelTest, RolesTellNumbersUnitsAndWholeTexts)
{
    ListModel model(&m_workspace, ListKind::Generations);
    show(model, {"latency", "uuid", "tokens", "error", "cost"});
    const QModelIndex latency = model.index(0, 0);
    EXPECT_EQ(latency.data(SortRole).toDouble(), 4.0);
    EXPECT_EQ(latency.data(UnitRole).toString(), QStringLiteral(" s"));
    EXPECT_EQ(latency.data(RowIdRole).toUInt(), 2u);
    EXPECT_EQ(static_cast<CellStyle>(latency.data(StyleRole).toInt()), CellStyle::Number);
    const QModelIndex uuid = model.index(0, 1);
    EXPECT_EQ(uuid.data().toString().size(), 13);
    EXPECT_EQ(uuid.data(FullTextRole).toString().size(), 36);
    EXPECT_EQ(model.index(0, 2).data(UnitRole).toString(), QStringLiteral(" (∑ 30)"));
    EXPECT_TRUE(model.index(1, 3).data(ErrorRole).toBool());
    EXPECT_FALSE(model.index(0, 4).data(SortRole).isValid()) << "unpriced is not a number";
}

TEST_F(ListModelTest, CellsBecomeFilters)
{
    using Match = ListModel::Match;
    ListModel model(&m_workspace, ListKind::Generations);
    show(model, {"user", "trace_id", "latency", "timestamp", "cost"});
    const auto text = [&model](int row, int column, Match match) {
        const auto filter = model.cellFilter(model.index(row, column), match);
        return filter ? filter->toString() : std::string("-");
    };
    EXPECT_EQ(text(1, 0, Match::Equal), "user = \"ben\"");
    EXPECT_EQ(text(0, 0, Match::Equal), "user is not set") << "anonymous";
    EXPECT_EQ(text(1, 1, Match::Equal), "trace = \"t2\"");
    EXPECT_EQ(text(2, 2, Match::AtLeast), "latency >= 1.25");
    EXPECT_EQ(text(2, 2, Match::Equal), "-");
    EXPECT_EQ(text(2, 3, Match::Equal), "-");
    EXPECT_EQ(text(2, 4, Match::AtMost), "cost <= 0.0084");
    EXPECT_EQ(model.cellFilter(model.index(1, 0), Match::NotEqual)->toString(),
              Filter::parse("user = \"ben\"")->negated().toString());
    EXPECT_EQ(model.rowFilter(1)->toString(), "trace = \"t2\"");
}

TEST_F(ListModelTest, CopiesAsTabSeparatedValues)
{
    SnapshotBuilder builder({{.user = "a\tb", .latency = 1.5}});
    ListModel model(&m_workspace, ListKind::Generations);
    model.setColumns({"user", "latency"});
    show(model, selectionOf(builder));
    EXPECT_EQ(model.toTsv({0}).toStdString(), "User\tLatency\na b\t1.5");
}

TEST_F(ListModelTest, TextsStayOneLineAndToolTipsNeverBecomeMarkup)
{
    SnapshotBuilder builder({{.user = "<b>x</b>\n<img src='http://tracker.example/'>"}});
    ListModel model(&m_workspace, ListKind::Generations);
    model.setColumns({"user"});
    show(model, selectionOf(builder));
    EXPECT_FALSE(model.index(0, 0).data().toString().contains(QLatin1Char('\n')));
    EXPECT_FALSE(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("<img")));
}

TEST_F(ListModelTest, SummariesComeFromTheSameList)
{
    ListModel model(&m_workspace, ListKind::Users);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    show(model, {"user", "generations", "cost"});
    sort(model, 0, Qt::AscendingOrder);
    EXPECT_EQ(printed(model), "ada | 1 | $0.0084\nben | 1 | \n");
    EXPECT_EQ(model.rowFilter(0)->toString(), "user = \"ada\"");
    EXPECT_FALSE(model.cellFilter(model.index(0, 1), ListModel::Match::AtLeast).has_value())
        << "a user's number of generations is no field of an event";
}

TEST_F(ListModelTest, EveryKindShowsItsDefaultColumns)
{
    for (const ListKind kind :
         {ListKind::Generations, ListKind::Traces, ListKind::Sessions, ListKind::Users, ListKind::Customers,
          ListKind::Errors, ListKind::Tools, ListKind::Embeddings}) {
        SCOPED_TRACE(std::string(listKindName(kind)));
        ListModel model(&m_workspace, kind);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        show(model, selectionOf(m_builder));
        ASSERT_GT(model.columnCount(), 1);
        for (int column = 0; column < model.columnCount(); ++column) {
            const std::string &name = model.rows()->columns()[static_cast<std::size_t>(column)].name;
            EXPECT_NE(model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().toStdString(),
                      name)
                << "no title for this column";
        }
        EXPECT_TRUE(std::any_of(model.columnNames().begin(), model.columnNames().end(),
                                [kind](const std::string &name) { return name == keyColumnOf(kind); }));
    }
}

TEST_F(ListModelTest, ColumnsThatAreNotKnownAreLeftOut)
{
    ListModel model(&m_workspace, ListKind::Generations);
    model.setSort("no_such_column", Qt::AscendingOrder);
    show(model, {"trace_id", "no_such_column"});
    EXPECT_EQ(printed(model), "t3\nt2\nt1\n");
}

TEST_F(ListModelTest, FactsAddUpAllRowsOrTheChosen)
{
    ListModel model(&m_workspace, ListKind::Generations);
    show(model, {"trace_id"});
    const auto all = listFacts(ListKind::Generations, *model.rows(), std::nullopt);
    ASSERT_TRUE(all.ok());
    EXPECT_EQ(all->rows, 3);
    EXPECT_EQ(all->cost->toString(), "0.0084");
    EXPECT_EQ(all->unpriced, 1);
    EXPECT_EQ(all->errors, 1);
    const auto two = listFacts(ListKind::Generations, *model.rows(), std::vector<int>{0, 1});
    ASSERT_TRUE(two.ok());
    EXPECT_EQ(two->rows, 2);
    EXPECT_FALSE(two->cost.has_value()) << "nothing priced is not $0";
    EXPECT_DOUBLE_EQ(*two->latencyP95, 0.2 + 0.95 * 3.8);
    EXPECT_EQ(storedRows(ListKind::Generations, *model.rows()->selection()->snapshot), 3);
    EXPECT_EQ(storedRows(ListKind::Traces, *model.rows()->selection()->snapshot), 3);
}

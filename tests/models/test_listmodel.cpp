// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/listmodel.h"

#include "models/columnfigures.h"
#include "models/copytext.h"

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

TEST_F(ListModelTest, CopiesRowsInEveryFormat)
{
    SnapshotBuilder builder({{.user = "a\tb", .latency = 1.5}});
    ListModel model(&m_workspace, ListKind::Generations);
    model.setColumns({"user", "latency"});
    show(model, selectionOf(builder));
    const auto copied = [&](CopyFormat format) {
        return copiedRows(*model.rows(), {{0, 0}}, {"latency", "user"}, format).toStdString();
    };
    EXPECT_EQ(copied(CopyFormat::Tsv), "Latency\tUser\n1.5\ta b");
    EXPECT_EQ(copied(CopyFormat::Csv), "latency,user\n1.5,a\tb\n");
    EXPECT_EQ(copied(CopyFormat::Markdown), "| Latency | User |\n| ---: | --- |\n| 1.5 | a b |");
    EXPECT_EQ(copied(CopyFormat::Json), "[\n{\"latency\":1.5,\"user\":\"a\\u0009b\"}\n]\n");
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
          ListKind::Errors, ListKind::Tools, ListKind::Embeddings, ListKind::Feedback}) {
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
    const auto two = listFacts(ListKind::Generations, *model.rows(), RowRanges{{0, 1}});
    ASSERT_TRUE(two.ok());
    EXPECT_EQ(two->rows, 2);
    EXPECT_FALSE(two->cost.has_value()) << "nothing priced is not $0";
    EXPECT_DOUBLE_EQ(*two->latencyP95, 0.2 + 0.95 * 3.8);
    EXPECT_EQ(storedRows(ListKind::Generations, *model.rows()->selection()->snapshot), 3);
    EXPECT_EQ(storedRows(ListKind::Traces, *model.rows()->selection()->snapshot), 3);
}

TEST_F(ListModelTest, FiguresOfColumnsEqualTheQuerysTotals)
{
    const auto selection = manyGenerations(20'000);
    ListRequest request;
    request.selection = selection;
    request.columns = {"cost", "input_tokens", "output_tokens", "latency", "model"};
    const auto rows = loadRows(request);
    ASSERT_TRUE(rows.ok());
    Query query;
    query.measures = {Measure::Cost, Measure::InputTokens, Measure::OutputTokens, Measure::LatencyAvg,
                      Measure::LatencyP95};
    // All rows, and parts of them: the same numbers as the engine's over the same events.
    for (const auto &positions : std::vector<std::optional<RowRanges>>{
             std::nullopt, RowRanges{{0, 0}}, RowRanges{{10, 4'999}, {7'000, 19'999}}}) {
        RowSet chosen(selection->rows.size());
        forEachPosition(positions.value_or((*rows)->everything()), [&](std::size_t position) {
            chosen.set((*rows)->rowId(position));
            return true;
        });
        const auto total = runQuery(query, selection->scope, chosen, selection->context);
        ASSERT_TRUE(total.ok());
        const auto figures = columnFigures(ListKind::Generations, **rows, positions, {});
        ASSERT_TRUE(figures.ok());
        ASSERT_EQ(figures->size(), 4u) << "model is no number";
        for (std::size_t i = 0; i < 3; ++i)
            EXPECT_EQ((*figures)[i].sum, total->total[i]) << request.columns[i];
        EXPECT_DOUBLE_EQ(std::get<double>((*figures)[3].mean), std::get<double>(total->total[3]));
        EXPECT_DOUBLE_EQ(std::get<double>((*figures)[3].p95), std::get<double>(total->total[4]));
    }
}

TEST_F(ListModelTest, ValuesAreCountedCommonestFirst)
{
    SnapshotBuilder builder({{.user = "ada"}, {.user = "ben"}, {.user = "ada"}, {}});
    ListModel model(&m_workspace, ListKind::Generations);
    show(model, selectionOf(builder));
    const int user = model.rows()->columnIndex("user");
    ASSERT_GE(user, 0);
    const auto counts = valueCounts(*model.rows(), static_cast<std::size_t>(user), 1, {});
    ASSERT_TRUE(counts.ok());
    EXPECT_EQ(counts->rows, 4);
    EXPECT_EQ(counts->distinct, 3u);
    ASSERT_EQ(counts->values.size(), 1u);
    EXPECT_EQ(std::get<std::string>(counts->values[0].value), "ada");
    EXPECT_EQ(counts->values[0].count, 2);
}

TEST_F(ListModelTest, SortsBySeveralColumns)
{
    SnapshotBuilder builder(
        {{.model = "b", .latency = 1}, {.model = "a", .latency = 1}, {.model = "a", .latency = 2}});
    ListModel model(&m_workspace, ListKind::Generations);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setColumns({"model", "latency"});
    show(model, selectionOf(builder));
    QSignalSpy loaded(&model, &ListModel::rowsLoaded);
    model.sortBy("model", false);
    model.sortBy("latency", true);
    ASSERT_TRUE(loaded.wait());
    EXPECT_EQ(printed(model), "a | 2.00 s\na | 1.00 s\nb | 1.00 s\n");
    EXPECT_EQ(model.sortPlace("latency"), 1);
    model.sortBy("latency", true); // turns round
    ASSERT_TRUE(loaded.wait());
    EXPECT_EQ(printed(model), "a | 1.00 s\na | 2.00 s\nb | 1.00 s\n");
}

TEST_F(ListModelTest, MarksTellHowLargeANumberIs)
{
    SnapshotBuilder builder({{.latency = 1}, {.latency = 4}});
    ListModel model(&m_workspace, ListKind::Generations);
    model.setColumns({"latency"});
    show(model, selectionOf(builder));
    EXPECT_FALSE(model.index(0, 0).data(ShareRole).isValid()) << "nobody has said what the largest is";
    model.setMark("latency", CellMark::Bar);
    model.setLargest({{QStringLiteral("latency"), 4.0}});
    EXPECT_EQ(static_cast<CellMark>(model.index(0, 0).data(MarkRole).toInt()), CellMark::Bar);
    EXPECT_DOUBLE_EQ(
        model.index(0, 0).data(ShareRole).toDouble() + model.index(1, 0).data(ShareRole).toDouble(), 1.25);
}

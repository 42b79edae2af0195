// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/resultmodel.h"
#include "charts/tablechart.h"

#include <QAbstractItemModelTester>
#include <QTableView>
#include <QTest>

#include <gtest/gtest.h>

using namespace genscope;

namespace {

const QLocale kLocale(QLocale::English, QLocale::UnitedKingdom);

ResultTable byModel(std::vector<std::pair<const char *, std::int64_t>> calls)
{
    ResultTable table;
    table.columns = {{"model", ResultTable::Role::Dimension, Unit::None},
                     {"generations", ResultTable::Role::Measure, Unit::Number}};
    std::int64_t sum = 0;
    for (const auto &[model, count] : calls) {
        table.rows.push_back({std::string(model), count});
        sum += count;
    }
    table.total = {Cell{}, sum};
    table.matched = sum;
    return table;
}

std::string text(const ResultModel &model, int row)
{
    std::string joined;
    for (int column = 0; column < model.columnCount(); ++column)
        joined += (column ? " | " : "") + model.index(row, column).data().toString().toStdString();
    return joined;
}

TEST(ResultModel, ShowsABreakdownRowByRow)
{
    ResultModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setResult(byModel({{"o3", 1200}, {"gpt-4o", 30}, {"Other", 7}}), {}, kLocale);
    EXPECT_EQ(model.columnCount(), 2);
    EXPECT_EQ(text(model, 0), "o3 | 1,200");
    EXPECT_EQ(text(model, 2), "Other | 7");
    const ChartPick other = model.pick(2);
    EXPECT_EQ(other.dimension, "model");
    EXPECT_EQ(other.otherThan.size(), 2U);
}

TEST(ResultModel, ComparesWithAnotherRange)
{
    ResultModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    ChartContext context;
    context.earlier = std::make_shared<const ResultTable>(byModel({{"gpt-4o", 40}, {"o3", 1000}}));
    model.setResult(byModel({{"o3", 1200}, {"gpt-4o", 30}, {"new", 5}}), context, kLocale);
    EXPECT_EQ(model.headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("before"));
    EXPECT_EQ(text(model, 0), "o3 | 1,200 | 1,000 | +200 (20.0 %)");
    EXPECT_EQ(text(model, 1), "gpt-4o | 30 | 40 | −10 (25.0 %)");
    EXPECT_EQ(text(model, 2), "new | 5 | 0 | +5");
}

TEST(ResultModel, SortsByAnyColumnAndKeepsOtherLast)
{
    ResultModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setResult(byModel({{"b", 20}, {"a", 5}, {"Other", 300}}), {}, kLocale);
    const QPersistentModelIndex b = model.index(0, 0);
    model.sort(1, Qt::AscendingOrder);
    EXPECT_EQ(text(model, 0), "a | 5");
    EXPECT_EQ(text(model, 2), "Other | 300");
    EXPECT_EQ(b.row(), 1);
    model.sort(0, Qt::DescendingOrder);
    EXPECT_EQ(text(model, 0), "b | 20");
    EXPECT_EQ(model.pick(0).value, Cell(std::string("b")));
    model.sort(-1, Qt::AscendingOrder);
    EXPECT_EQ(text(model, 0), "b | 20") << "as it came";
}

TEST(TableChart, AClickPicksTheValueOfTheRow)
{
    TableChart chart;
    chart.setLocale(kLocale);
    chart.setResult(byModel({{"o3", 1200}, {"gpt-4o", 30}}), {});
    chart.resize(400, 200);
    chart.show();
    std::vector<ChartPick> picks;
    QObject::connect(&chart, &ChartView::activated, &chart,
                     [&picks](const ChartPick &pick) { picks.push_back(pick); });
    const QRect cell = chart.view()->visualRect(chart.model()->index(1, 0));
    QTest::mouseClick(chart.view()->viewport(), Qt::LeftButton, Qt::AltModifier, cell.center());
    chart.view()->setCurrentIndex(chart.model()->index(0, 0));
    QTest::keyClick(chart.view(), Qt::Key_Return);
    ASSERT_EQ(picks.size(), 2U);
    EXPECT_EQ(picks[0].value, Cell(std::string("gpt-4o")));
    EXPECT_EQ(picks[0].intent, ChartPick::Intent::Exclude);
    EXPECT_EQ(picks[1].value, Cell(std::string("o3")));
}

} // namespace

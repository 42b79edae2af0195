// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/spikemodel.h"

#include "models/roles.h"

#include <QAbstractItemModelTester>
#include <QVector>

#include <gtest/gtest.h>

using namespace genscope;

namespace {

Spike slowAfternoon()
{
    Spike spike;
    spike.value = std::string("gpt-4o");
    spike.from = parseIsoTime("2025-06-11T13:00Z")->instant();
    spike.to = parseIsoTime("2025-06-11T15:00Z")->instant();
    spike.baseline = 2;
    spike.observed = 6;
    spike.factor = 3;
    spike.generations = 1200;
    spike.pValue = 1e-20;
    spike.cost = Money{1'500'000'000'000};
    spike.drivers.push_back({"event.feature", std::string("agent"), 0.9, 0.2, 0.95});
    spike.trend = {2, 2, 6, 2};
    return spike;
}

QStringList row(const SpikeModel &model, int row)
{
    QStringList texts;
    for (int column = 0; column < model.columnCount(); ++column)
        texts << model.index(row, column).data().toString();
    return texts;
}

} // namespace

TEST(SpikeModel, ShowsASpikeInARow)
{
    SpikeModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    SpikeQuery query;
    query.by = *Field::parse("model");
    model.setSpikes({slowAfternoon()}, query, Zone::utc());
    ASSERT_EQ(model.rowCount(), 1);
    const QStringList texts = row(model, 0);
    EXPECT_EQ(texts[SpikeModel::WhoColumn], QStringLiteral("gpt-4o"));
    EXPECT_TRUE(texts[SpikeModel::UsualColumn].startsWith(QLatin1String("2")));
    EXPECT_EQ(texts[SpikeModel::FactorColumn], QStringLiteral("3.0×"));
    EXPECT_EQ(texts[SpikeModel::CostColumn], QStringLiteral("$1.50"));
    EXPECT_EQ(texts[SpikeModel::DriverColumn], QStringLiteral("event.feature = agent"));
    EXPECT_TRUE(texts[SpikeModel::FromColumn].endsWith(QStringLiteral(" 13:00")))
        << qPrintable(texts[SpikeModel::FromColumn]);
    EXPECT_EQ(model.index(0, SpikeModel::TrendColumn).data(TrendRole).value<QVector<double>>(),
              (QVector<double>{2, 2, 6, 2}));
    EXPECT_EQ(model.spikeAt(1), nullptr);
    Spike found = slowAfternoon();
    found.from.us += 600 * kMicrosPerSecond; // more calls came, and it begins a little later
    EXPECT_EQ(model.rowOf(found), 0);
    found.value = std::string("o3");
    EXPECT_EQ(model.rowOf(found), -1);
}

TEST(SpikeModel, WithoutADimensionItIsOfAllCalls)
{
    SpikeModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    Spike spike = slowAfternoon();
    spike.value = {};
    spike.drivers.clear();
    model.setSpikes({spike}, {}, Zone::utc());
    EXPECT_EQ(row(model, 0)[SpikeModel::WhoColumn], QStringLiteral("All calls"));
    EXPECT_EQ(row(model, 0)[SpikeModel::DriverColumn], QStringLiteral("–"));
    model.setSpikes({}, {}, Zone::utc());
    EXPECT_EQ(model.rowCount(), 0);
}

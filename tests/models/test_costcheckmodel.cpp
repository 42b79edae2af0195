// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/costcheckmodel.h"

#include "support/printedmodel.h"
#include "syntheticselection.h"

#include <QAbstractItemModelTester>

#include <gtest/gtest.h>

using namespace genscope;
using namespace genscope::test;

namespace {

/// A call whose book cost is 8 mills of fresh input (800 tokens), 1 of cache (200) and 4 of output (400).
TestEvent call(const char *model, std::optional<double> reported)
{
    TestEvent event;
    event.model = model;
    event.input = 1000;
    event.output = 400;
    event.cacheRead = 200;
    event.reportedCost = reported;
    event.bookInput = 0.009;
    event.bookCacheRead = 0.001;
    event.bookOutput = 0.004;
    return event;
}

class CostCheckTest : public testing::Test
{
protected:
    CostCheckTest() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void check(const std::vector<TestEvent> &events)
    {
        SnapshotBuilder builder(events);
        const auto selection = selectionOf(builder);
        auto answer =
            checkCosts({*Field::parse("model")}, selection->scope, selection->rows, selection->context);
        ASSERT_TRUE(answer.ok()) << qPrintable(answer.error().message);
        m_model.setCheck(std::move(*answer), Zone(), QStringLiteral("Model"), true);
    }

    CostCheckModel m_model;
    QAbstractItemModelTester m_tester{&m_model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

} // namespace

TEST_F(CostCheckTest, DifferencesComeLargestFirstEachWithItsCause)
{
    check({
        call("agrees", 0.013),
        call("full", 0.013 - 0.001 + 0.002), // 200 cached tokens at 8/800 mills
        call("twice", 0.013 + 0.002),        // the same once more
        call("negative", -0.001),
        call("in", 0.009),
        call("dearer", 0.0195),
        call("dearer", 0.0195),
        call("dearer", 0.0195),
    });
    EXPECT_EQ(printedHeader(m_model),
              "Model | Difference | Percent | Reported | Recomputed | Compared | Likely cause | Evidence");
    EXPECT_EQ(printed(m_model),
              "dearer | +$0.0195 | +50.0 % | $0.0585 | $0.039 | 3 | another price: × 1.5 | fits 3 of 3 that "
              "differ\n"
              "negative | -$0.014 | -108 % | -$0.001 | $0.013 | 1 | negative cost reported | fits 1 of 1 "
              "that differ\n"
              "in | -$0.004 | -30.8 % | $0.009 | $0.013 | 1 | output left out | fits 1 of 1 that differ\n"
              "twice | +$0.002 | +15.4 % | $0.015 | $0.013 | 1 | cached tokens counted twice | fits 1 of 1 "
              "that differ\n"
              "full | +$0.001 | +7.7 % | $0.014 | $0.013 | 1 | cached tokens at the full price | fits 1 of 1 "
              "that differ\n"
              "agrees | $0.00 | 0 % | $0.013 | $0.013 | 1 | agree | \n");
}

TEST_F(CostCheckTest, TotalsReconcileAndWhatCannotBeComparedIsCounted)
{
    TestEvent onlyReported;
    onlyReported.model = "unknown";
    onlyReported.reportedCost = 1;
    TestEvent neither;
    neither.model = "unknown";
    check({call("a", 0.02), call("b", 0.01), call("a", std::nullopt), onlyReported, neither});
    const CostCheck &all = m_model.check();
    Money sum;
    for (const CostCheck::Line &line : all.lines)
        sum += line.difference();
    EXPECT_EQ(sum, all.all.difference());
    EXPECT_EQ(all.all.compared, 2);
    EXPECT_EQ(all.onlyRecomputed, 1);
    EXPECT_EQ(all.onlyReported, 1);
    EXPECT_EQ(all.unpriced, 1);
    EXPECT_NE(m_model.toCsv().find("All,0.03,0.026,0.004,2,2,"), std::string::npos) << m_model.toCsv();
}

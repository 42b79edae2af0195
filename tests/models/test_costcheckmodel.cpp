// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/costcheckmodel.h"

#include "support/printedmodel.h"

#include <QAbstractItemModelTester>

#include <gtest/gtest.h>

using namespace genscope;
using namespace genscope::test;

namespace {

CostDifference line(const char *model, std::int64_t calls, std::int64_t reportedMills,
                    std::int64_t recomputedMills, CostCause cause)
{
    constexpr std::int64_t kMill = 1'000'000'000;
    CostDifference line;
    line.value = Cell(std::string(model));
    line.events = line.pricedBoth = calls;
    line.reported = Money{reportedMills * kMill};
    line.recomputed = Money{recomputedMills * kMill};
    line.cause = cause;
    line.differing = line.causeEvents = cause == CostCause::None ? 0 : calls;
    return line;
}

class CostCheckTest : public testing::Test
{
protected:
    CostCheckTest() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    CostCheckModel m_model;
    QAbstractItemModelTester m_tester{&m_model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

} // namespace

TEST_F(CostCheckTest, ALineSaysTheDifferenceItsCauseAndHowManyCallsItFits)
{
    CostComparison comparison;
    CostDifference dearer = line("dearer", 3, 60, 40, CostCause::OtherPrice);
    dearer.factor = 1.5;
    dearer.causeEvents = 2;
    CostDifference nothing = line("unpriced", 0, 0, 0, CostCause::None);
    nothing.value = Cell();
    comparison.rows = {dearer,
                       line("negative", 1, -1, 13, CostCause::Negative),
                       line("tier", 1, 10, 20, CostCause::TierMissed),
                       line("odd", 2, 12, 13, CostCause::Unexplained),
                       line("agrees", 1, 13, 13, CostCause::None),
                       nothing};
    m_model.setComparison(comparison, Zone(), QStringLiteral("Model"), true);
    EXPECT_EQ(printedHeader(m_model),
              "Model | Difference | Percent | Reported | Recomputed | Compared | Likely cause | Evidence");
    EXPECT_EQ(
        printed(m_model),
        "dearer | +$0.02 | +50.0 % | $0.06 | $0.04 | 3 | another price: × 1.5 | fits 2 of 3 that differ\n"
        "negative | -$0.014 | -108 % | -$0.001 | $0.013 | 1 | negative cost reported | fits 1 of 1 "
        "that differ\n"
        "tier | -$0.01 | -50.0 % | $0.01 | $0.02 | 1 | price tier missed | fits 1 of 1 that differ\n"
        "odd | -$0.001 | -7.7 % | $0.012 | $0.013 | 2 | no single cause | 2 differ\n"
        "agrees | $0.00 | 0 % | $0.013 | $0.013 | 1 | agree | \n"
        "(none) |  |  |  |  | 0 | nothing to compare | \n");
}

TEST_F(CostCheckTest, TheFileHasExactAmountsAndTheTotal)
{
    CostComparison comparison;
    comparison.rows = {line("=a", 1, 30, 26, CostCause::CacheCountedTwice)};
    comparison.total = comparison.rows.front();
    comparison.total.unpriced = 7;
    comparison.total.notReported = 5;
    m_model.setComparison(comparison, Zone(), QStringLiteral("Model"), true);
    EXPECT_EQ(m_model.toCsv(), "value,reported_usd,recomputed_usd,difference_usd,compared,differing,"
                               "likely_cause,cause_events,unpriced,not_reported\n"
                               "'=a,0.03,0.026,0.004,1,1,cache_counted_twice,1,0,0\n"
                               "All,0.03,0.026,0.004,1,1,cache_counted_twice,1,7,5\n");
}

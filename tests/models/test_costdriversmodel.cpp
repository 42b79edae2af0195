// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/costdriversmodel.h"

#include "support/printedmodel.h"

#include <QAbstractItemModelTester>

#include <gtest/gtest.h>

using namespace genscope;
using namespace genscope::test;

namespace {

constexpr Int128 kDollar = 1'000'000'000'000;

class CostDriversModelTest : public testing::Test
{
protected:
    CostDriversModelTest() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    CostDriversModel m_model;
    QAbstractItemModelTester m_tester{&m_model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

} // namespace

TEST_F(CostDriversModelTest, ARowSaysWhatItsCostWasAndWhyItChanged)
{
    CostDrivers dearer;
    dearer.value = Cell(std::string("gpt-4o"));
    dearer.callsBefore = dearer.callsAfter = 10;
    dearer.before = {20 * kDollar};
    dearer.after = {26 * kDollar};
    dearer.promptLength = {5 * kDollar};
    dearer.price = {kDollar};
    CostDrivers gone;
    gone.callsBefore = 1;
    gone.before = {3 * kDollar};
    gone.mix = {-3 * kDollar};
    CostDrivers unknown;
    unknown.value = Cell(std::string("in-house"));
    unknown.unpriced = 4;
    m_model.setAnswer({{dearer, gone, unknown}, {}}, QStringLiteral("Model"), true);
    EXPECT_EQ(printedHeader(m_model), "Model | Before | Now | Change | Volume | Mix | Prompt length | "
                                      "Answer length | Cache share | Price");
    EXPECT_EQ(printed(m_model), "gpt-4o | $20.00 | $26.00 | +$6.00 |  |  | +$5.00 |  |  | +$1.00\n"
                                "(none) | $3.00 | $0.00 | -$3.00 |  | -$3.00 |  |  |  | \n"
                                "in-house | unpriced | unpriced |  |  |  |  |  |  | \n");
    m_model.clear();
    EXPECT_EQ(m_model.rowCount(), 0);
}

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/choicebutton.h"
#include "app/prices/costcheckview.h"
#include "app/prices/pricespage.h"
#include "app/prices/whatifbar.h"
#include "app/prices/whatifdialog.h"
#include "app/topbar.h"
#include "charts/linkbutton.h"
#include "windowfixture.h"

#include <QComboBox>
#include <QPushButton>

using namespace genscope;

namespace {

/// Two calls of gpt-4o, 1,000,000 tokens in and 100,000 out each: $3.50 by the price book.
QByteArray bigCalls()
{
    QByteArray lines;
    for (int i = 0; i < 2; ++i) {
        lines += QStringLiteral(R"({"uuid":"00000000-0000-4000-8000-00000000000%1","event":"$ai_generation",)"
                                R"("timestamp":"2025-06-02T00:00:00Z","distinct_id":"u","properties":)"
                                R"({"$ai_trace_id":"t","$ai_model":"gpt-4o","$ai_provider":"openai",)"
                                R"("$ai_input_tokens":1000000,"$ai_output_tokens":100000}})")
                     .arg(i)
                     .toUtf8() +
                 '\n';
    }
    return lines;
}

class WhatIfTest : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        m_window->openPaths({write("events.jsonl", bigCalls())});
        waitForEvents(2);
        ASSERT_EQ(number("number_cost"), QStringLiteral("$7.00"));
    }
    void waitForCost(const char *cost)
    {
        EXPECT_TRUE(QTest::qWaitFor(
            [&] { return isSettled() && number("number_cost") == QLatin1String(cost); }, 10'000))
            << qPrintable(number("number_cost"));
    }
    void choose(const char *text)
    {
        ChoiceButton *button = m_window->topBar()->cost();
        for (const Choice &choice : button->choices()) {
            if (choice.text == QString::fromUtf8(text)) {
                Q_EMIT button->chosen(choice.value);
                return;
            }
        }
        ADD_FAILURE() << "no choice " << text;
    }
    WhatIfDialog *dialog()
    {
        WhatIfDialog *found = nullptr;
        EXPECT_TRUE(QTest::qWaitFor(
            [&] {
                found = m_window->findChild<WhatIfDialog *>();
                return found != nullptr && found->isVisible();
            },
            5000));
        return found;
    }
};

} // namespace

TEST_F(WhatIfTest, TheDialogAnswersTheBarSaysSoAndClearBringsCostsBack)
{
    EXPECT_FALSE(m_window->whatIfBar()->isVisible());
    choose("What if…");
    WhatIfDialog *asked = dialog();
    ASSERT_NE(asked, nullptr);
    EXPECT_FALSE(asked->applyButton()->isEnabled()) << "no other model is chosen yet";
    ASSERT_TRUE(QTest::qWaitFor([&] { return asked->traffic()->count() > 1; }, 10'000));
    asked->traffic()->setEditText(QStringLiteral("gpt-4o"));
    asked->model()->setEditText(QStringLiteral("gpt-4o-mini"));
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return asked->answerText().startsWith(QStringLiteral("$7.00 → $0.42")); }, 10'000))
        << qPrintable(asked->answerText());
    EXPECT_EQ(number("number_cost"), QStringLiteral("$7.00")) << "nothing changes before it is applied";
    asked->applyButton()->click();

    waitForCost("$0.42");
    EXPECT_TRUE(m_window->whatIfBar()->isVisible());
    EXPECT_EQ(m_window->whatIfBar()->text(), QStringLiteral("What if: model = \"gpt-4o\" as gpt-4o-mini"));
    m_window->whatIfBar()->clearLink()->click();
    waitForCost("$7.00");
    EXPECT_FALSE(m_window->whatIfBar()->isVisible());
}

TEST_F(WhatIfTest, WhatHasNoPriceThenIsCountedBesideTheMoneyAndTheCheckLeavesTheWhatIfAside)
{
    PricingView view;
    view.whatIf.push_back(*parseSubstitution("gpt-4o=in-no-book"));
    workspace().setPricing(view);
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return isSettled() && number("number_cost") != QLatin1String("$7.00"); }, 10'000));
    EXPECT_FALSE(number("number_cost").contains(QLatin1Char('$'))) << qPrintable(number("number_cost"));
    EXPECT_TRUE(m_window->statusLine()->text().contains(QStringLiteral("cost what if")))
        << qPrintable(m_window->statusLine()->text());

    auto *check = m_window->findChild<CostCheckView *>();
    ASSERT_NE(check, nullptr);
    press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    m_window->findChild<PricesPage *>()->showCostCheck();
    EXPECT_TRUE(QTest::qWaitFor([&] { return !check->isLoading() && !check->summary().isEmpty(); }, 10'000));
    EXPECT_TRUE(check->summary().contains(QStringLiteral("2 report no cost")))
        << qPrintable(check->summary());
    EXPECT_TRUE(check->summary().contains(QStringLiteral("without the “what if”")))
        << "they are compared with the book";
}

TEST_F(WhatIfTest, TodaysPricesAreAView)
{
    choose("Recomputed at today's prices");
    EXPECT_EQ(workspace().scope().pricing.time, PriceTime::Today);
    waitForCost("$7.00"); // the bundled price of gpt-4o never changed
    choose("Reported, else recomputed");
    EXPECT_EQ(workspace().scope().pricing.time, PriceTime::EventDate);
}

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/costchangedialog.h"
#include "charts/waterfallchart.h"
#include "models/costdriversmodel.h"
#include "support/printedmodel.h"
#include "windowfixture.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>

using namespace genscope;

namespace {

/// One call of gpt-4o on a Monday, two with prompts twice as long on the Tuesday after.
QByteArray twoDays()
{
    const auto call = [](int id, int day, int tokens) {
        return QStringLiteral(R"({"uuid":"00000000-0000-4000-8000-00000000000%1","event":"$ai_generation",)"
                              R"("timestamp":"2025-06-0%2T10:00:00Z","distinct_id":"u","properties":)"
                              R"({"$ai_trace_id":"t","$ai_model":"gpt-4o","$ai_provider":"openai",)"
                              R"("$ai_input_tokens":%3,"$ai_output_tokens":100000}})")
                   .arg(id)
                   .arg(day)
                   .arg(tokens)
                   .toUtf8() +
               '\n';
    };
    return call(1, 2, 1'000'000) + call(2, 3, 2'000'000) + call(3, 3, 2'000'000);
}

class CostChangeTest : public WindowTest
{
protected:
    CostChangeDialog *opened()
    {
        press(Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
        auto *dialog = m_window->findChild<CostChangeDialog *>();
        EXPECT_NE(dialog, nullptr);
        return dialog;
    }
    static void waitForAnswer(CostChangeDialog *dialog, const char *answer)
    {
        EXPECT_TRUE(
            QTest::qWaitFor([&] { return dialog->answerText() == QString::fromUtf8(answer); }, 10'000))
            << qPrintable(dialog->answerText());
    }
};

} // namespace

TEST_F(CostChangeTest, TheDialogHoldsTheShownDayAgainstTheOneBeforeAndFollowsTheFilter)
{
    m_window->openPaths({write("events.jsonl", twoDays())});
    waitForEvents(3);
    workspace().setZone(Zone());
    workspace().setTimeRange({parseTimeBound("2025-06-03", false, Zone(), {}).value(),
                              parseTimeBound("2025-06-03", true, Zone(), {}).value()});
    CostChangeDialog *dialog = opened();
    ASSERT_NE(dialog, nullptr);
    // $2.50 a million prompt tokens, $10 a million of the answer: $3.50, then twice $6.00.
    waitForAnswer(dialog, "$3.50 → $12.00   +$8.50 (+243 %)");
    EXPECT_EQ(test::printed(*dialog->model()),
              "gpt-4o | $3.50 | $12.00 | +$8.50 | +$3.50 |  | +$5.00 |  |  | \n");
    EXPECT_EQ(dialog->sentenceText(), QStringLiteral("Mostly by the length of prompts (+$5.00)."));
    dialog->copy();
    EXPECT_TRUE(
        QGuiApplication::clipboard()->text().contains(QStringLiteral("gpt-4o\t$3.50\t$12.00\t+$8.50")))
        << qPrintable(QGuiApplication::clipboard()->text());
    ASSERT_EQ(dialog->chart()->steps().size(), 8u);
    EXPECT_EQ(dialog->chart()->steps().back().amount.toString(), "12");

    dialog->by()->setCurrentIndex(1);
    EXPECT_TRUE(QTest::qWaitFor([&] { return test::printed(*dialog->model()).starts_with("openai | $3.50"); },
                                10'000));
    workspace().setFilter(*Filter::parse("model = \"none\""));
    waitForAnswer(dialog, "$0.00 → $0.00   $0.00");
}

TEST_F(CostChangeTest, EverythingIsCutInHalf)
{
    m_window->openPaths({write("events.jsonl", twoDays())});
    waitForEvents(3);
    workspace().setTimeRange({});
    CostChangeDialog *dialog = opened();
    ASSERT_NE(dialog, nullptr);
    waitForAnswer(dialog, "$3.50 → $12.00   +$8.50 (+243 %)");
}

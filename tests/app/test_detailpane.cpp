// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/detailpane.h"

#include "app/tables/conversationview.h"
#include "app/tables/eventpane.h"
#include "app/tables/factgrid.h"
#include "app/tables/messagecard.h"
#include "app/tables/propertyview.h"
#include "app/tables/rawview.h"
#include "app/tables/textblock.h"
#include "app/tables/tracepane.h"
#include "app/tables/traceview.h"
#include "models/roles.h"
#include "support/printedmodel.h"
#include "tablefixture.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTimer>

#include <algorithm>

using namespace genscope;
using namespace genscope::test;

namespace {

class DetailPaneTest : public TableFixture
{
protected:
    std::uint32_t rowOf(const char *filter)
    {
        const auto rows = matchRows(*Filter::parse(filter), m_workspace.selection()->context.data,
                                    *m_workspace.selection()->context.cache);
        std::uint32_t found = 0;
        rows->forEach([&found](std::size_t row) { found = static_cast<std::uint32_t>(row); });
        return found;
    }
};

} // namespace

TEST_F(DetailPaneTest, ShowsAnEventsFacts)
{
    importLines(fourCalls());
    DetailPane pane(&m_workspace);
    showEvent(pane, rowOf("output_tokens = 263"));
    const FactGrid &facts = *pane.eventPane()->facts();
    EXPECT_EQ(facts.valueOf(QStringLiteral("User")), QStringLiteral("ada"));
    EXPECT_EQ(facts.valueOf(QStringLiteral("Latency")), QStringLiteral("1.25 s"));
    EXPECT_EQ(facts.valueOf(QStringLiteral("Tokens")), QStringLiteral("3112 → 263 (∑ 3375)"));
    EXPECT_EQ(facts.valueOf(QStringLiteral("Cost")), QStringLiteral("$0.0084"));
    EXPECT_EQ(facts.valueOf(QStringLiteral("Cost from")), QStringLiteral("reported by the event"));
}

TEST_F(DetailPaneTest, AnUnpricedCallIsNotZero)
{
    importLines(fourCalls());
    DetailPane pane(&m_workspace);
    showEvent(pane, rowOf("model = \"house-model\""));
    EXPECT_EQ(pane.eventPane()->facts()->valueOf(QStringLiteral("Cost")), QStringLiteral("unpriced"));
    EXPECT_EQ(pane.eventPane()->facts()->valueOf(QStringLiteral("Cost from")),
              QStringLiteral("no price known"));
}

TEST_F(DetailPaneTest, UntrustedContentNeverBecomesMarkup)
{
    importLines(fourCalls());
    DetailPane pane(&m_workspace);
    showEvent(pane, rowOf("output_tokens = 263"));
    bool seen = false;
    for (const TextBlock *block : pane.findChildren<TextBlock *>())
        seen = seen || block->toPlainText().contains(QStringLiteral("<b>Hello</b> <img src="));
    EXPECT_TRUE(seen) << "tags are shown as they are";
    for (const QLabel *label : pane.findChildren<QLabel *>())
        EXPECT_FALSE(label->textFormat() != Qt::PlainText && label->text().contains(QLatin1Char('<')))
            << label->text().toStdString();
}

TEST_F(DetailPaneTest, OutputAndLastInputAreOpen)
{
    importLines(fourCalls());
    DetailPane pane(&m_workspace);
    showEvent(pane, rowOf("output_tokens = 263"));
    const auto cards = pane.eventPane()->conversation()->cards();
    ASSERT_EQ(cards.size(), 3u);
    EXPECT_FALSE(cards[0]->isOpen()) << "system prompt";
    EXPECT_TRUE(cards[1]->isOpen());
    EXPECT_TRUE(cards[2]->isOpen());
    EXPECT_EQ(cards[2]->plainText(), QStringLiteral("Assistant (output)\nHi."));
}

TEST_F(DetailPaneTest, PropertiesCanBeSearched)
{
    importLines(fourCalls());
    DetailPane pane(&m_workspace);
    showEvent(pane, rowOf("output_tokens = 263"));
    PropertyView *view = pane.eventPane()->properties();
    view->searchBox()->setText(QStringLiteral("FEATURE"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return printed(*view->model()) == "feature | chat\n"; }))
        << printed(*view->model());
}

TEST_F(DetailPaneTest, RawShowsTheCapturedBytes)
{
    const QByteArray lines = fourCalls();
    importLines(lines);
    DetailPane pane(&m_workspace);
    showEvent(pane, rowOf("output_tokens = 263"));
    EXPECT_EQ(*pane.eventPane()->event()->raw, lines.left(lines.indexOf('\n')).toStdString());
    pane.eventPane()->tabs()->setCurrentWidget(pane.eventPane()->raw());
    EXPECT_TRUE(pane.eventPane()->raw()->shownText().contains(QStringLiteral("\"$ai_model\": \"gpt-4o\"")));
}

TEST_F(DetailPaneTest, OnlyTheLastOfManyQuestionsIsShown)
{
    importLines(fourCalls());
    DetailPane pane(&m_workspace);
    showEvent(pane, 0);
    QSignalSpy loaded(&pane, &DetailPane::loaded);
    for (std::uint32_t i = 0; i < 40; ++i)
        pane.showEventAt(i % 4);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !pane.isLoading(); }));
    QTest::qWait(50);
    EXPECT_EQ(loaded.count(), 1);
    EXPECT_EQ(pane.eventPane()->event()->row, 3u);
}

TEST_F(DetailPaneTest, NothingArrivesAfterItWasCleared)
{
    importLines(fourCalls());
    DetailPane pane(&m_workspace);
    pane.show();
    pane.showEventAt(0);
    pane.clear();
    QTest::qWait(200);
    EXPECT_EQ(pane.shownPane(), nullptr);
}

TEST_F(DetailPaneTest, ATraceShowsItsTreeAndTheSelectedEvent)
{
    importLines(
        R"({"uuid":"1","event":"$ai_trace","timestamp":"2025-06-02T10:00:03Z","distinct_id":"ada","properties":{"$ai_trace_id":"t","$ai_span_name":"checkout"}}
{"uuid":"2","event":"$ai_span","timestamp":"2025-06-02T10:00:03Z","distinct_id":"ada","properties":{"$ai_trace_id":"t","$ai_span_id":"s","$ai_span_name":"agent","$ai_latency":3}}
{"uuid":"3","event":"$ai_generation","timestamp":"2025-06-02T10:00:02Z","distinct_id":"ada","properties":{"$ai_trace_id":"t","$ai_parent_id":"s","$ai_model":"gpt-4o","$ai_latency":1,"$ai_total_cost_usd":0.25,"$ai_input":"Hello"}}
)");
    DetailPane pane(&m_workspace);
    pane.resize(700, 800);
    pane.show();
    QSignalSpy loaded(&pane, &DetailPane::loaded);
    pane.showTrace(QStringLiteral("t"));
    ASSERT_TRUE(loaded.wait());
    EXPECT_EQ(pane.shownPane(), pane.tracePane());
    const std::string tree = printed(*pane.tracePane()->model());
    EXPECT_NE(tree.find("Span  agent"), std::string::npos) << tree;
    EXPECT_NE(tree.find("\n    Generation |  | gpt-4o"), std::string::npos) << tree;
    EXPECT_EQ(pane.tracePane()->facts()->valueOf(QStringLiteral("Cost")), QStringLiteral("$0.25"));
    EXPECT_EQ(pane.tracePane()->facts()->valueOf(QStringLiteral("Wall clock")), QStringLiteral("3.00 s"));
    EXPECT_EQ(pane.tracePane()->eventPane()->event()->model, "gpt-4o") << "the first generation";
    QTest::keyClick(pane.tracePane()->tree(), Qt::Key_Up);
    ASSERT_TRUE(loaded.wait());
    EXPECT_EQ(pane.tracePane()->eventPane()->event()->name, "agent");
}

TEST_F(DetailPaneTest, AnUnknownTraceIsAMessageNotACrash)
{
    importLines(fourCalls());
    DetailPane pane(&m_workspace);
    pane.show();
    pane.showTrace(QStringLiteral("nowhere"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return !pane.isLoading(); }));
    EXPECT_EQ(pane.shownPane(), nullptr);
}

TEST_F(DetailPaneTest, EightMegabytesDoNotFreezeTheWindow)
{
    const QByteArray word = "lorem ipsum dolor sit amet, ";
    const QByteArray long4 = word.repeated(4'000'000 / word.size());
    importLines(generationLine(1, "t1",
                               R"(,"$ai_model":"m","$ai_input":[{"role":"user","content":")" + long4 +
                                   R"("}],"$ai_output_choices":[{"role":"assistant","content":")" +
                                   QByteArray(4'000'000, 'x') + R"("}])"));
    DetailPane pane(&m_workspace);
    pane.resize(600, 800);
    pane.show();
    QTest::qWait(50);
    QElapsedTimer turn;
    qint64 longest = 0;
    QTimer ticker;
    QObject::connect(&ticker, &QTimer::timeout, &ticker,
                     [&] { longest = std::max(longest, turn.restart()); });
    turn.start();
    ticker.start(0);
    QSignalSpy loaded(&pane, &DetailPane::loaded);
    pane.showEventAt(0);
    ASSERT_TRUE(loaded.wait(30'000));
    QTest::qWait(200);
    pane.eventPane()->tabs()->setCurrentWidget(pane.eventPane()->properties());
    QTest::qWait(100);
    pane.eventPane()->tabs()->setCurrentWidget(pane.eventPane()->raw());
    QTest::qWait(100);
    std::printf("8 MB event: longest stall %lld ms\n", static_cast<long long>(longest));
    EXPECT_LT(longest, 400);
    const auto cards = pane.eventPane()->conversation()->cards();
    ASSERT_EQ(cards.size(), 2u);
    const auto *text = cards[1]->findChild<FoldedText *>();
    ASSERT_NE(text, nullptr);
    EXPECT_EQ(text->text().size(), 4'000'000);
    EXPECT_LT(text->shownText().size(), 10'000);
    bool told = false;
    for (const QLabel *label : text->findChildren<QLabel *>())
        told = told || label->text().contains(QStringLiteral("of 4000000 characters"));
    EXPECT_TRUE(told) << "how much is shown is said";
}

TEST_F(DetailPaneTest, LongConversationsLayOutTheirEndFirst)
{
    QByteArray messages;
    for (int i = 0; i < 120; ++i)
        messages += (i > 0 ? "," : "") + QByteArray(R"({"role":"user","content":"message )") +
                    QByteArray::number(i) + "\"}";
    importLines(generationLine(1, "t1", ",\"$ai_input\":[" + messages + "]"));
    DetailPane pane(&m_workspace);
    showEvent(pane, 0);
    ConversationView *view = pane.eventPane()->conversation();
    EXPECT_EQ(view->cards().size(), 40u);
    auto *earlier = view->findChild<QPushButton *>(QStringLiteral("earlierMessages"));
    ASSERT_NE(earlier, nullptr);
    EXPECT_TRUE(earlier->text().contains(QStringLiteral("80")));
    earlier->click();
    earlier->click();
    EXPECT_EQ(view->cards().size(), 120u);
    EXPECT_EQ(view->cards().front()->plainText(), QStringLiteral("User\nmessage 0"));
    EXPECT_TRUE(earlier->isHidden());
}

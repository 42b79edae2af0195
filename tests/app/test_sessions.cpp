// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A session as one conversation, and what else the details show of whom an event belongs to.
#include "app/tables/conversationview.h"
#include "app/tables/detailpane.h"
#include "app/tables/eventpane.h"
#include "app/tables/jsontext.h"
#include "app/tables/knownview.h"
#include "app/tables/messagecard.h"
#include "app/tables/sessionview.h"
#include "app/tables/summarypane.h"
#include "app/tables/textblock.h"
#include "app/tables/tracepane.h"
#include "models/listmodel.h"
#include "tablefixture.h"

#include <QPushButton>
#include <QToolButton>
#include <QTreeView>

using namespace genscope;
using namespace genscope::test;

namespace {

QByteArray said(const char *role, const char *text)
{
    return R"({"role":")" + QByteArray(role) + R"(","content":")" + text + R"("})";
}

/// Two traces, of two calls and of one; each call is told all that was said before. A third trace names no
/// session on its call, only on its `$ai_trace` event. Another session is none of them.
QByteArray oneSession()
{
    const QByteArray inSession = R"(,"$ai_session_id":"s1","$ai_model":"gpt-4o","$ai_total_cost_usd":0.01)";
    const QByteArray hello = said("user", "Hello") + ',' + said("assistant", "Hi, what is it?");
    const QByteArray order = said("user", "Where is my order?");
    const QByteArray answer = said("assistant", "On its way.");
    return generationLine(1, "t1",
                          inSession + R"(,"$ai_input":[)" + said("user", "Hello") +
                              R"(],"$ai_output_choices":[)" + said("assistant", "Hi, what is it?") + ']') +
           generationLine(2, "t1",
                          inSession + R"(,"$ai_input":[)" + hello + ',' + order +
                              R"(],"$ai_output_choices":[)" + answer + ']') +
           generationLine(5, "t2",
                          inSession + R"(,"$ai_input":[)" + hello + ',' + order + ',' + answer + ',' +
                              said("user", "Thanks") + R"(],"$ai_output_choices":[)" +
                              said("assistant", "Welcome") + ']') +
           generationLine(7, "t3",
                          R"(,"$ai_input":[)" + said("user", "One more") + R"(],"$ai_output_choices":[)" +
                              said("assistant", "Yes?") + ']') +
           R"({"uuid":"22222222-1111-4111-8111-000000000001","event":"$ai_trace","timestamp":"2025-06-02T10:06:59Z",)"
           R"("distinct_id":"ada","properties":{"$ai_trace_id":"t3","$ai_session_id":"s1"}})"
           "\n" +
           generationLine(8, "t9",
                          R"(,"$ai_session_id":"s2","$ai_input":[)" + said("user", "Elsewhere") + ']');
}

class SessionsTest : public TableFixture
{
protected:
    std::shared_ptr<const SessionDetail> load(const char *session, std::size_t most = 50)
    {
        const auto detail = loadSessionDetail(*m_workspace.selection(), session, most);
        EXPECT_TRUE(detail) << session;
        return detail ? *detail : nullptr;
    }
    static QStringList shownTexts(const SessionView &view)
    {
        QStringList texts;
        for (const MessageCard *card : view.cards())
            texts += card->plainText().section(QLatin1Char('\n'), 1);
        return texts;
    }
};

} // namespace

TEST_F(SessionsTest, TracesFollowEachOtherAndTellOnlyWhatIsNew)
{
    importLines(oneSession());
    const auto session = load("s1");
    ASSERT_TRUE(session);
    EXPECT_EQ(session->traces, 3);
    EXPECT_EQ(session->earlier, 0u);
    ASSERT_EQ(session->turns.size(), 4u);
    const std::vector<std::size_t> shared = {0, 2, 4, 0};
    const std::vector<std::string> traces = {"t1", "t1", "t2", "t3"};
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(session->turns[i].shared, shared[i]) << i;
        EXPECT_EQ(session->turns[i].trace, traces[i]) << i;
        EXPECT_EQ(session->turns[i].beginsTrace, i != 1) << i;
    }
    SessionView view;
    view.setSession(session);
    EXPECT_EQ(shownTexts(view),
              (QStringList{QStringLiteral("Hello"), QStringLiteral("Hi, what is it?"),
                           QStringLiteral("Where is my order?"), QStringLiteral("On its way."),
                           QStringLiteral("Thanks"), QStringLiteral("Welcome"), QStringLiteral("One more"),
                           QStringLiteral("Yes?")}))
        << "as if it had been one conversation";
    for (QPushButton *button : view.findChildren<QPushButton *>())
        button->click(); // what the call before had too
    EXPECT_EQ(view.cards().size(), 8u + 2 + 4);
}

TEST_F(SessionsTest, OnlyTheEndOfALongOneIsReadAtFirst)
{
    importLines(oneSession());
    const auto session = load("s1", 2);
    ASSERT_TRUE(session);
    EXPECT_EQ(session->earlier, 2u);
    ASSERT_EQ(session->turns.size(), 2u);
    EXPECT_EQ(session->turns.front().traceNumber, 2);
    SessionView view;
    QSignalSpy earlier(&view, &SessionView::earlierRequested);
    view.setSession(session);
    view.findChild<QPushButton *>(QStringLiteral("earlierTurns"))->click();
    EXPECT_EQ(earlier.count(), 1);
}

TEST_F(SessionsTest, TheDetailsOfASessionLeadToATraceAndBack)
{
    importLines(oneSession());
    ListModel model(&m_workspace, ListKind::Sessions);
    QSignalSpy rows(&model, &ListModel::rowsLoaded);
    model.setSelection(m_workspace.selection());
    ASSERT_TRUE(rows.wait(20'000));
    const int row = model.rowText(0, keyColumnOf(ListKind::Sessions)) == QStringLiteral("s1") ? 0 : 1;
    DetailPane pane(&m_workspace);
    pane.resize(600, 800);
    pane.show();
    QSignalSpy loaded(&pane, &DetailPane::loaded);
    pane.showSummary(model, row);
    ASSERT_TRUE(loaded.wait(20'000));
    EXPECT_EQ(pane.summaryPane()->sessionView()->cards().size(), 8u);
    Q_EMIT pane.summaryPane()->sessionView()->traceRequested(
        QStringLiteral("t2"), pane.summaryPane()->sessionView()->session()->turns[2].row);
    ASSERT_TRUE(QTest::qWaitFor([&pane] { return pane.shownPane() == pane.tracePane(); }));
    QToolButton *back = nullptr;
    for (QToolButton *button : pane.findChildren<QToolButton *>())
        if (button->text() == QStringLiteral("Back to the session") && button->isVisible())
            back = button;
    ASSERT_NE(back, nullptr);
    back->click();
    EXPECT_EQ(pane.shownPane(), pane.summaryPane());
    EXPECT_EQ(pane.summaryPane()->sessionView()->cards().size(), 8u);
}

TEST_F(SessionsTest, PersonAndGroupsAreShownWithAnEvent)
{
    importLines(
        R"({"event":"$set","distinct_id":"ada","timestamp":"2025-06-01T00:00:00Z","properties":{"$set":{"plan":"pro"}}})"
        "\n"
        R"({"event":"$groupidentify","distinct_id":"ada","timestamp":"2025-06-01T00:00:00Z","properties":)"
        R"({"$group_type":"company","$group_key":"acme","$group_set":{"tier":"gold"}}})"
        "\n" +
        generationLine(1, "t1", R"(,"$groups":{"company":"acme"})"));
    DetailPane pane(&m_workspace);
    showEvent(pane, 0);
    EXPECT_EQ(pane.eventPane()->known()->titles(), QStringLiteral("Person ada\ncompany acme"));
    const auto &known = pane.eventPane()->event()->known;
    EXPECT_EQ(known.front().tree->root()["plan"].text(), QStringLiteral("pro"));
    EXPECT_EQ(known.back().tree->root()["tier"].text(), QStringLiteral("gold"));
}

TEST(JsonInText, IsFoundWholeFencedAndBetweenWords)
{
    EXPECT_TRUE(jsonInText(QStringLiteral(R"({"a":123})")));
    EXPECT_TRUE(jsonInText(QStringLiteral("```json\n[10,20,30]\n```")));
    EXPECT_TRUE(jsonInText(QStringLiteral(R"(The answer: {"a":[1,2]} as asked.)")));
    EXPECT_FALSE(jsonInText(QStringLiteral("no brackets")));
    EXPECT_FALSE(jsonInText(QStringLiteral("a {broken] one")));
    EXPECT_FALSE(jsonInText(QStringLiteral("empty: {        }")));
    EXPECT_FALSE(jsonInText(QStringLiteral("a source [1] of it")));
}

TEST(JsonInText, TogglesBetweenTextAndTree)
{
    auto *text = new FoldedText(QStringLiteral(R"({"order":{"id":7,"items":["a","b"]}})"), 2'000);
    const std::unique_ptr<QWidget> widget(withJsonTree(text));
    auto *json = qobject_cast<JsonText *>(widget.get());
    ASSERT_NE(json, nullptr);
    EXPECT_FALSE(json->isTreeShown());
    json->button()->click();
    EXPECT_TRUE(json->isTreeShown());
    EXPECT_TRUE(text->isHidden());
    const QAbstractItemModel *model = json->tree()->model();
    EXPECT_EQ(model->index(0, 0).data().toString(), QStringLiteral("order"));
    EXPECT_EQ(model->rowCount(model->index(0, 0)), 2);
    json->button()->click();
    EXPECT_FALSE(text->isHidden());
}

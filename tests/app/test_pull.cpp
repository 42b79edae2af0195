// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Connecting a window to a PostHog project, against a server on this machine that behaves as documented.

#include "app/connect/connectdialog.h"
#include "app/connect/pullcontrol.h"
#include "app/jobarea.h"
#include "app/startpage.h"
#include "app/statusline.h"
#include "app/tables/detailpane.h"
#include "app/tables/tablepage.h"
#include "sync/memorykeyring.h"
#include "sync/posthogserver.h"
#include "sync/projectlinks.h"
#include "sync/puller.h"
#include "windowfixture.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

#include <gmock/gmock.h>

using namespace genscope;
using testing::HasSubstr;

namespace {

constexpr qint64 kMinuteUs = 60'000'000;

class PullTest : public WindowTest
{
protected:
    void SetUp() override
    {
        m_keyRing = &m_ring;
        m_server.now = QDateTime::currentDateTimeUtc();
        WindowTest::SetUp();
        puller().setPace(0);
    }
    Puller &puller() { return *m_window->pull()->puller(); }
    void serve(int count, qint64 minutesAgo)
    {
        for (int i = 0; i < count; ++i) {
            ServedEvent event;
            event.uuid = QStringLiteral("0192f5c1-7a10-7b3e-9d52-%1")
                             .arg(static_cast<int>(m_server.events.size()), 12, 10, QLatin1Char('0'));
            event.timestampUs = m_server.now.toMSecsSinceEpoch() * 1000 - minutesAgo * kMinuteUs;
            event.createdUs = event.timestampUs + 1'000'000;
            event.input = QStringLiteral(R"([{"role":"user","content":"question"}])");
            m_server.events.push_back(event);
        }
    }
    ConnectDialog *dialog() { return m_window->pull()->showDialog(); }
    /// Fills in the dialog as a person who has all at hand.
    ConnectDialog *filled()
    {
        ConnectDialog *dialog = this->dialog();
        dialog->region()->setCurrentIndex(2);
        dialog->host()->setText(m_server.address().toString());
        dialog->project()->setText(m_server.project);
        dialog->key()->setText(QString::fromLatin1(m_server.key));
        return dialog;
    }
    static void click(QPushButton *button) { QTest::mouseClick(button, Qt::LeftButton); }
    std::string answerTo(ConnectDialog *dialog)
    {
        click(dialog->testButton());
        EXPECT_TRUE(QTest::qWaitFor([&] { return dialog->testButton()->isEnabled(); }, 20'000));
        return dialog->answer().toStdString();
    }
    void waitForSync()
    {
        EXPECT_TRUE(QTest::qWaitFor([&] { return puller().project() && !puller().isSyncing(); }, 30'000));
    }
    void connectAndPull()
    {
        click(filled()->connectButton());
        EXPECT_TRUE(QTest::qWaitFor([&] { return puller().isSyncing(); }, 20'000));
        waitForSync();
        dialog()->close();
        m_window->activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(m_window.get()));
    }

    MemoryKeyRing m_ring;
    PostHogServer m_server;
};

TEST_F(PullTest, TheStartPageLeadsToAStoreThatIsPulled)
{
    serve(3, 600);
    for (QAbstractButton *button : m_window->startPage()->findChildren<QAbstractButton *>()) {
        if (button->text() == QStringLiteral("Connect to PostHog…"))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    ConnectDialog *dialog = filled();
    EXPECT_FALSE(workspace().isOpen()) << "a store is made once it is known for what";
    EXPECT_EQ(dialog->status().toStdString(), "");
    click(dialog->connectButton());
    waitForEvents(3);
    waitForSync();
    EXPECT_EQ(workspace().storePath(), path("documents/PostHog 12345.genscope"));
    EXPECT_EQ(messages().toStdString(), "");
    EXPECT_EQ(m_ring.keys.value(MemoryKeyRing::entry(*puller().project())), m_server.key);
    EXPECT_THAT(dialog->status().toStdString(),
                testing::AllOf(HasSubstr("Project 12345 at http://127.0.0.1:"), HasSubstr("Last success: "),
                               HasSubstr("(5 min behind)"), HasSubstr("Next run: "), HasSubstr(" of 2200")));
    EXPECT_THAT(m_window->statusLine()->text().toStdString(), HasSubstr("PostHog: 5 min behind"));
    EXPECT_TRUE(m_window->statusLine()->pullJob()->isHidden());
}

TEST_F(PullTest, NewEventsAppearInTheOpenWindow)
{
    serve(3, 600);
    connectAndPull();
    waitForEvents(3);
    m_server.now = m_server.now.addSecs(1800);
    serve(2, 10);
    press(Qt::Key_F5, Qt::ShiftModifier);
    waitForEvents(5);
    waitForSync();
    EXPECT_EQ(messages().toStdString(), "");
}

TEST_F(PullTest, ItIsPulledOnASchedule)
{
    serve(3, 600);
    connectAndPull();
    EXPECT_EQ(puller().interval(), std::chrono::minutes(15));
    const qint64 left = QDateTime::currentDateTime().secsTo(puller().nextRun());
    EXPECT_GT(left, 14 * 60);
    EXPECT_LE(left, 15 * 60);
    ConnectDialog *dialog = this->dialog();
    dialog->interval()->setCurrentIndex(0);
    Q_EMIT dialog->interval()->activated(0);
    EXPECT_FALSE(puller().nextRun().isValid());
    EXPECT_THAT(dialog->status().toStdString(), HasSubstr("Next run: when you ask for it"));
    EXPECT_EQ(m_settings->value(QStringLiteral("pull/minutes")).toInt(), 0);
    dialog->interval()->setCurrentIndex(1);
    Q_EMIT dialog->interval()->activated(1);
    EXPECT_LE(QDateTime::currentDateTime().secsTo(puller().nextRun()), 5 * 60);
}

TEST_F(PullTest, AStoreThatIsOpenedAgainKnowsItsProjectAndGoesOnByItself)
{
    serve(3, 600);
    connectAndPull();
    const QString store = workspace().storePath();
    m_window->documents()->closeStore();
    EXPECT_FALSE(puller().project());
    EXPECT_FALSE(m_window->actions().pullNow->isEnabled());
    m_window->openPaths({store});
    ASSERT_TRUE(QTest::qWaitFor([&] { return puller().project().has_value(); }, 20'000));
    EXPECT_EQ(puller().project()->id, m_server.project);
    EXPECT_TRUE(puller().nextRun().isValid());
    EXPECT_TRUE(m_window->actions().pullNow->isEnabled());
    m_server.now = m_server.now.addSecs(1800);
    serve(1, 10);
    m_window->actions().pullNow->trigger(); // with the key of the ring
    waitForEvents(4);
}

TEST_F(PullTest, WithoutAKeyRingTheKeyLastsForTheSessionAndThatIsSaid)
{
    m_ring.isMissing = true;
    serve(2, 600);
    connectAndPull();
    waitForEvents(2);
    EXPECT_TRUE(puller().hasKeyForSessionOnly());
    EXPECT_THAT(dialog()->status().toStdString(), HasSubstr("the key is kept until Genscope ends"));
    const QString store = workspace().storePath();
    m_window->documents()->closeStore();
    m_window->openPaths({store});
    ASSERT_TRUE(QTest::qWaitFor([&] { return puller().project().has_value(); }, 20'000));
    puller().syncNow();
    waitForMessage("There is no key for project 12345");
    waitForMessage("No key ring can be reached.");
}

TEST_F(PullTest, TestConnectionSaysWhatIsWrong)
{
    serve(4, 60);
    ConnectDialog *dialog = filled();
    EXPECT_EQ(answerTo(dialog), "The connection works: 4 AI events in the last 30 days.");
    dialog->key()->setText(QStringLiteral("phc_public"));
    EXPECT_THAT(answerTo(dialog), HasSubstr("it can only send events, never read them"));
    dialog->key()->setText(QStringLiteral("phx_of_another_region"));
    EXPECT_THAT(answerTo(dialog), HasSubstr("is it of another region (US, EU)"));
    dialog->key()->clear();
    EXPECT_THAT(answerTo(dialog), HasSubstr("No key is given"));
    dialog->key()->setText(QString::fromLatin1(m_server.key));
    dialog->project()->setText(QStringLiteral("777"));
    EXPECT_THAT(answerTo(dialog), HasSubstr("There is no project 777 at"));
    dialog->project()->setText(QStringLiteral("@current"));
    EXPECT_THAT(answerTo(dialog), HasSubstr("The connection works"));
    dialog->project()->setText(m_server.project);
    m_server.missingScopes = {QStringLiteral("group:read")};
    EXPECT_THAT(answerTo(dialog),
                testing::AllOf(HasSubstr("The connection works"), HasSubstr("Without the scope group:read")));
    m_server.missingScopes = {QStringLiteral("query:read")};
    EXPECT_THAT(answerTo(dialog), HasSubstr("The key lacks the scope query:read"));
    m_server.close();
    EXPECT_THAT(answerTo(dialog), HasSubstr("cannot be reached"));
    EXPECT_FALSE(workspace().isOpen()) << "a test changes nothing";
}

TEST_F(PullTest, PastedAddressesAreUnderstood)
{
    ConnectDialog *dialog = this->dialog();
    const auto paste = [&](const char *address) {
        dialog->region()->setCurrentIndex(2);
        dialog->project()->clear();
        dialog->host()->setText(QString::fromLatin1(address));
        Q_EMIT dialog->host()->editingFinished();
    };
    paste("https://eu.i.posthog.com");
    EXPECT_EQ(dialog->region()->currentText(), QStringLiteral("PostHog Cloud, EU"));
    EXPECT_THAT(dialog->answer().toStdString(),
                HasSubstr("questions are answered by https://eu.posthog.com"));
    paste("https://us.posthog.com/project/4711/llm-analytics");
    EXPECT_EQ(dialog->region()->currentText(), QStringLiteral("PostHog Cloud, US"));
    EXPECT_EQ(dialog->project()->text(), QStringLiteral("4711"));
    paste("posthog.example.com");
    EXPECT_EQ(dialog->region()->currentText(), QStringLiteral("Another server"));
    EXPECT_EQ(dialog->host()->text(), QStringLiteral("https://posthog.example.com"));
}

TEST_F(PullTest, AKeyThatIsRevokedIsSaidOnceAndWhatWasPulledStays)
{
    serve(3, 600);
    connectAndPull();
    waitForEvents(3);
    m_server.key = "phx_another";
    m_window->actions().pullNow->trigger();
    waitForMessage("does not accept the key");
    EXPECT_THAT(m_window->statusLine()->text().toStdString(), HasSubstr("PostHog: the last pull failed"));
    waitForEvents(3);
    // Given anew in the dialog, without the history being asked for again.
    m_server.now = m_server.now.addSecs(1800);
    serve(1, 10);
    click(filled()->connectButton());
    waitForEvents(4);
}

TEST_F(PullTest, ARunningPullShowsWhatItDoesAndCanBeStopped)
{
    serve(400, 600);
    // The last page never comes.
    m_server.intercept = [this](int, const PostHogServer::Request &request) {
        std::optional<PostHogServer::Answer> none;
        if (!workspace().isOpen() || workspace().selection()->storedEvents < 400 ||
            !request.body.contains("genscope content"))
            return none;
        none = PostHogServer::error("429 Too Many Requests", QStringLiteral("throttled"),
                                    QStringLiteral("Request was throttled."), "Retry-After: 1000\r\n");
        return none;
    };
    puller().setPace(1);
    click(filled()->connectButton());
    JobArea *job = m_window->statusLine()->pullJob();
    ASSERT_TRUE(QTest::qWaitFor([&] { return job->isVisible(); }, 20'000));
    EXPECT_THAT(job->text().toStdString(), HasSubstr("Pulling: "));
    waitForEvents(400);
    Q_EMIT job->cancelRequested();
    waitForSync();
    EXPECT_TRUE(job->isHidden());
    EXPECT_EQ(messages().toStdString(), "") << "it was asked for";
    EXPECT_EQ(workspace().selection()->storedEvents, 400);
    // The next run brings what is missing.
    m_server.intercept = {};
    puller().setPace(0);
    m_window->actions().pullNow->trigger();
    EXPECT_TRUE(QTest::qWaitFor([&] { return puller().isSyncing(); }, 20'000));
    waitForSync();
    EXPECT_TRUE(puller().state().lastSuccess.has_value());
}

TEST_F(PullTest, WhatWasPulledCanBeOpenedInPostHog)
{
    serve(3, 600);
    connectAndPull();
    waitForEvents(3);
    const QString base = m_server.address().toString() + QStringLiteral("/project/12345/");
    const auto openFrom = [&](PageId id, const char *column) {
        m_openedLinks.clear();
        m_window->actions().page(id)->trigger();
        TablePage *table = m_window->pages()->table(id);
        EXPECT_TRUE(QTest::qWaitFor([&] { return table->model()->rowCount() > 0; }, 20'000));
        table->setVisibleColumns({column});
        EXPECT_TRUE(QTest::qWaitFor([&] { return table->model()->rowCount() > 0; }, 20'000));
        const std::unique_ptr<QMenu> menu(table->cellMenu(table->model()->index(0, 0)));
        for (QAction *action : menu->actions()) {
            if (action->text() == QStringLiteral("Open in PostHog"))
                action->trigger();
        }
        return m_openedLinks.value(0).toString(QUrl::FullyEncoded);
    };
    EXPECT_EQ(openFrom(PageId::Traces, "trace_id"), base + QStringLiteral("llm-analytics/traces/trace-1"));
    EXPECT_THAT(openFrom(PageId::Generations, "model").toStdString(),
                testing::StartsWith(
                    (base + QStringLiteral("llm-analytics/traces/trace-1?event=0192f5c1-")).toStdString()));
    EXPECT_EQ(openFrom(PageId::Users, "user"), base + QStringLiteral("person/ada"));
    // And from the open trace.
    m_openedLinks.clear();
    m_window->actions().page(PageId::Traces)->trigger();
    DetailPane *pane = m_window->pages()->table(PageId::Traces)->detailPane();
    pane->show();
    pane->showTrace(QStringLiteral("trace-1"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return pane->remoteButton()->isVisibleTo(pane); }, 20'000));
    pane->remoteButton()->click();
    EXPECT_THAT(m_openedLinks.value(0).toString().toStdString(), HasSubstr("/llm-analytics/traces/trace-1"));
}

TEST(ProjectLinks, KeepIdsInTheirPlace)
{
    const RemoteProject project{QUrl(QStringLiteral("https://eu.posthog.com")), QStringLiteral("77")};
    EXPECT_EQ(traceLink(project, QStringLiteral("a/b?c#d ü"), {}).toEncoded().toStdString(),
              "https://eu.posthog.com/project/77/llm-analytics/traces/a%2Fb%3Fc%23d%20%C3%BC");
    EXPECT_EQ(traceLink(project, QStringLiteral("t"), QStringLiteral("x&y")).toEncoded().toStdString(),
              "https://eu.posthog.com/project/77/llm-analytics/traces/t?event=x%26y");
    EXPECT_EQ(userLink(project, QStringLiteral("ada@example.com")).toEncoded().toStdString(),
              "https://eu.posthog.com/project/77/person/ada%40example.com");
    EXPECT_EQ(userLink(project, QStringLiteral("../../settings")).toEncoded().toStdString(),
              "https://eu.posthog.com/project/77/person/..%2F..%2Fsettings");
}

TEST_F(PullTest, DisconnectingForgetsTheKeyAndKeepsTheEvents)
{
    serve(3, 600);
    connectAndPull();
    waitForEvents(3);
    click(dialog()->disconnectButton());
    EXPECT_FALSE(puller().project());
    EXPECT_TRUE(QTest::qWaitFor([&] { return m_ring.keys.isEmpty(); }, 5'000));
    EXPECT_EQ(workspace().selection()->storedEvents, 3);
    const QString store = workspace().storePath();
    EXPECT_TRUE(QTest::qWaitFor([&] { return loadSyncStates(store)->empty(); }, 5'000));
    EXPECT_FALSE(m_window->actions().pullNow->isEnabled());
}

TEST_F(PullTest, ClosingTheWindowInTheMiddleOfAPullEndsIt)
{
    serve(50, 600);
    puller().setPace(1);
    m_server.intercept = [](int number, const PostHogServer::Request &) {
        std::optional<PostHogServer::Answer> busy;
        if (number > 6)
            busy = PostHogServer::error("503 Service Unavailable", QStringLiteral("error"),
                                        QStringLiteral("Queries are temporarily unavailable."));
        return busy;
    };
    click(filled()->connectButton());
    EXPECT_TRUE(QTest::qWaitFor([&] { return m_server.requests.size() > 7; }, 20'000));
    m_window.reset(); // returns: nothing to expect but that
    SUCCEED();
}

} // namespace

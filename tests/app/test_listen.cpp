// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/listen/listenpage.h"
#include "app/listen/snippetbox.h"
#include "app/startpage.h"
#include "models/capturemodels.h"
#include "sync/rawclient.h"
#include "windowfixture.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QElapsedTimer>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTcpServer>
#include <QToolButton>

#include <gmock/gmock.h>

using namespace genscope;

namespace {

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

class ListenTest : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        m_port = freePort();
        page().portBox()->setValue(m_port);
    }
    ListenPage &page() { return *m_window->listenPage(); }
    void listen()
    {
        for (QAbstractButton *button : m_window->startPage()->findChildren<QAbstractButton *>()) {
            if (button->text() == QStringLiteral("Listen for SDKs"))
                QTest::mouseClick(button, Qt::LeftButton);
        }
        ASSERT_TRUE(QTest::qWaitFor(
            [this] { return page().stateText().startsWith(QStringLiteral("Listening on")); }, 20'000))
            << page().stateText().toStdString();
    }
    RawAnswer send(const QByteArray &uuid)
    {
        return RawClient(m_port).ask(postOf(
            "/batch/",
            R"({"api_key":"phc_x","batch":[{"event":"$ai_generation","distinct_id":"ada","uuid":")" + uuid +
                R"(","timestamp":"2026-11-23T10:00:00Z","properties":{"$ai_model":"gpt-4o"}}]})"));
    }

    quint16 m_port = 0;
};

TEST_F(ListenTest, TheStartPageShowsTheLinesAndCopiesThem)
{
    SnippetBox *box = m_window->startPage()->snippets();
    ASSERT_TRUE(box->isVisible());
    ASSERT_EQ(box->tabs()->count(), 3);
    const QString expected[] = {
        QStringLiteral("from posthog import Posthog\n"
                       "posthog = Posthog(\"phc_local\", host=\"http://127.0.0.1:8765\")"),
        QStringLiteral("import { PostHog } from \"posthog-node\";\n"
                       "const posthog = new PostHog(\"phc_local\", { host: \"http://127.0.0.1:8765\" });"),
        QStringLiteral("export POSTHOG_HOST=http://127.0.0.1:8765\nexport POSTHOG_API_KEY=phc_local\n"
                       "export OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://127.0.0.1:8765/i/v0/ai/otel")};
    for (int tab = 0; tab < 3; ++tab) {
        box->tabs()->setCurrentIndex(tab);
        EXPECT_EQ(box->code(), expected[tab]);
        QTest::mouseClick(box->copyButton(), Qt::LeftButton);
        EXPECT_EQ(QGuiApplication::clipboard()->text(), expected[tab]);
    }
}

TEST_F(ListenTest, EventsAreSeenWithinASecond)
{
    listen();
    const QAbstractItemModelTester tester(page().events(),
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    EXPECT_EQ(workspace().storePath(), path("documents/SDK events.genscope"));
    EXPECT_TRUE(page().isVisible());
    EXPECT_THAT(page().snippets()->code().toStdString(),
                testing::HasSubstr("127.0.0.1:" + std::to_string(m_port)));
    for (int number = 1; number <= 3; ++number) {
        EXPECT_EQ(send("00000000-0000-4000-8000-00000000000" + QByteArray::number(number)).status, 200);
        QElapsedTimer timer;
        timer.start();
        EXPECT_TRUE(QTest::qWaitFor(
            [this, number] { return workspace().selection()->matchedEvents == number; }, 15'000));
        EXPECT_LT(timer.elapsed(), 1'000);
        EXPECT_TRUE(QTest::qWaitFor([this, number] { return page().events()->rowCount() == number; }, 5'000));
    }
    EXPECT_TRUE(QTest::qWaitFor(
        [this] { return page().figuresText().contains(QStringLiteral("3 new · 3 requests")); }, 5'000))
        << page().figuresText().toStdString();

    QTest::mouseClick(page().startButton(), Qt::LeftButton); // stop
    EXPECT_TRUE(QTest::qWaitFor(
        [this] { return page().stateText().startsWith(QStringLiteral("Not listening")); }, 20'000));
    QTcpSocket late;
    late.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
    EXPECT_FALSE(late.waitForConnected(2000));
}

TEST_F(ListenTest, ErrorsAreShownAndClosingTheStoreEndsIt)
{
    listen();
    EXPECT_EQ(RawClient(m_port).ask(postOf("/batch/", "nonsense")).status, 400);
    EXPECT_TRUE(QTest::qWaitFor([this] { return page().troubles()->rowCount() == 1; }, 5'000));
    m_window->documents()->closeStore();
    EXPECT_TRUE(QTest::qWaitFor(
        [this] {
            QTcpSocket late;
            late.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
            return !late.waitForConnected(500);
        },
        20'000));
}

TEST_F(ListenTest, APortInUseIsSaid)
{
    QTcpServer other;
    ASSERT_TRUE(other.listen(QHostAddress::LocalHost, m_port));
    m_window->documents()->openForListening();
    waitForMessage("another program listens there");
}

} // namespace

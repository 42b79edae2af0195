// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The page of spikes, and the notice after an import.

#include "windowfixture.h"

#include "app/spikes/spikespage.h"
#include "models/spikemodel.h"

#include <QAction>
#include <QComboBox>
#include <QPushButton>

using namespace genscope;

namespace {

class SpikesPageTest : public WindowTest
{
protected:
    /// A call every minute, those of half an hour four times as slow.
    static QByteArray slowHalfHour()
    {
        QByteArray lines;
        int number = 0;
        for (const QByteArray &line : generations(3000).split('\n')) {
            QByteArray changed = line;
            const double usual = 1 + (number * 7919 % 100) / 100.0;
            const double latency = number >= 2000 && number < 2030 ? 4 * usual : usual;
            changed.replace("\"$ai_latency\":1.5", "\"$ai_latency\":" + QByteArray::number(latency));
            lines += changed.isEmpty() ? QByteArray() : changed + '\n';
            ++number;
        }
        return lines;
    }
    SpikesPage *openPage()
    {
        m_window->actions().page(PageId::Spikes)->trigger();
        EXPECT_EQ(m_window->page(), PageId::Spikes);
        return m_window->spikesPage();
    }
    static void waitForState(SpikesPage *page, const char *part)
    {
        EXPECT_TRUE(QTest::qWaitFor([&] { return page->state().contains(QLatin1String(part)); }, 20'000))
            << qPrintable(page->state());
    }
};

TEST_F(SpikesPageTest, ListsExplainsAndLeadsToTheCalls)
{
    m_window->openPaths({write("events.jsonl", slowHalfHour())});
    waitForEvents(3000);
    SpikesPage *page = openPage();
    page->measureBox()->setCurrentIndex(static_cast<int>(SpikeMeasure::LatencyP50));
    Q_EMIT page->measureBox()->activated(page->measureBox()->currentIndex());
    waitForState(page, "unusual interval");
    ASSERT_GE(page->model()->rowCount(), 1);
    EXPECT_TRUE(page->explanation().contains(QStringLiteral("Median latency of gpt-4o was")))
        << qPrintable(page->explanation());
    page->callsButton()->click();
    EXPECT_EQ(m_window->page(), PageId::Generations);
    EXPECT_TRUE(workspace().scope().filter.toString().find("started >= ") != std::string::npos);
    EXPECT_TRUE(QTest::qWaitFor([&] { return isSettled(); }, 10'000));
    EXPECT_GT(workspace().selection()->matchedEvents, 10);
    EXPECT_LE(workspace().selection()->matchedEvents, 31);
}

TEST_F(SpikesPageTest, AnImportThatBringsASpikeSaysSo)
{
    m_window->openPaths({write("events.jsonl", slowHalfHour())});
    waitForEvents(3000);
    waitForMessage("new spike");
}

TEST_F(SpikesPageTest, QuietEventsSaySo)
{
    openStoreWith(500);
    waitForState(openPage(), "Nothing unusual");
    EXPECT_FALSE(m_window->spikesPage()->callsButton()->isEnabled());
}

} // namespace

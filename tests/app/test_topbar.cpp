// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/choicebutton.h"
#include "app/timerangebutton.h"
#include "app/topbar.h"
#include "charts/theme.h"
#include "windowfixture.h"

#include <QAction>
#include <QDateTimeEdit>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>

using namespace genscope;

namespace {

class TopBarTest : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        openStoreWith(60); // one hour from 2025-06-02T00:00Z
    }
    TopBar *bar() { return m_window->topBar(); }
    /// Opens a list and chooses what typing @p text finds.
    void choose(ChoiceButton *button, const char *text)
    {
        QTest::mouseClick(button, Qt::LeftButton);
        auto *popup = button->findChild<ChoicePopup *>();
        ASSERT_TRUE(popup->isVisible());
        auto *search = popup->findChild<QLineEdit *>();
        auto *list = popup->findChild<QListView *>();
        if (search->isVisible()) {
            QTest::keyClicks(search, QString::fromLatin1(text));
            QTest::keyClick(search, Qt::Key_Return);
        } else {
            for (int row = 0; row < list->model()->rowCount(); ++row) {
                if (list->model()->index(row, 0).data().toString() == QLatin1String(text))
                    list->setCurrentIndex(list->model()->index(row, 0));
            }
            QTest::keyClick(list, Qt::Key_Return);
        }
        EXPECT_FALSE(popup->isVisible());
    }
};

TEST_F(TopBarTest, PresetsCountBackFromTheEndOfOldData)
{
    EXPECT_EQ(bar()->timeRange()->text(), QStringLiteral("All time"));
    QTest::mouseClick(bar()->timeRange(), Qt::LeftButton);
    auto *list = bar()->timeRange()->findChild<QListView *>();
    ASSERT_NE(list, nullptr);
    list->setCurrentIndex(list->model()->index(static_cast<int>(TimePreset::Last15Minutes), 0));
    QTest::keyClick(list, Qt::Key_Return);
    waitForEvents(15);
    EXPECT_EQ(bar()->timeRange()->text(), QStringLiteral("Last 15 minutes"));
    EXPECT_TRUE(bar()->timeRange()->toolTip().startsWith(QStringLiteral("Last 15 minutes of data")))
        << qPrintable(bar()->timeRange()->toolTip());
    m_window->actions().previousPeriod->trigger();
    waitForEvents(15);
    EXPECT_EQ(bar()->timeRange()->text(), QStringLiteral("2 Jun 2025, 00:30 – 00:45"));
}

TEST_F(TopBarTest, PeriodsOfTheCalendarAreWholeOnes)
{
    QTest::mouseClick(bar()->timeRange(), Qt::LeftButton);
    auto *list = bar()->timeRange()->findChild<QListView *>();
    list->setCurrentIndex(list->model()->index(static_cast<int>(TimePreset::ThisWeek), 0));
    QTest::keyClick(list, Qt::Key_Return);
    waitForEvents(60);
    EXPECT_EQ(bar()->timeRange()->text(), QStringLiteral("This week"));
    EXPECT_TRUE(bar()->timeRange()->toolTip().endsWith(QStringLiteral("2 – 8 Jun 2025")))
        << qPrintable(bar()->timeRange()->toolTip());
    EXPECT_EQ(bar()->timeRange()->chosen(), TimePreset::ThisWeek) << "what a saved view would keep";
}

TEST_F(TopBarTest, ACustomRangeIsReadInTheZone)
{
    workspace().setZone(*Zone::named("Europe/Berlin"));
    waitForEvents(60);
    QTest::mouseClick(bar()->timeRange(), Qt::LeftButton);
    const auto editors = bar()->timeRange()->findChildren<QDateTimeEdit *>();
    ASSERT_EQ(editors.size(), 2);
    editors[0]->setDateTime(QDateTime(QDate(2025, 6, 2), QTime(2, 10), Qt::UTC)); // 00:10Z
    editors[1]->setDateTime(QDateTime(QDate(2025, 6, 2), QTime(2, 5), Qt::UTC));
    auto *apply = bar()->timeRange()->findChild<QPushButton *>();
    EXPECT_FALSE(apply->isEnabled()) << "the end lies before the start";
    editors[1]->setDateTime(QDateTime(QDate(2025, 6, 2), QTime(2, 30), Qt::UTC));
    EXPECT_TRUE(apply->isEnabled());
    apply->click();
    waitForEvents(20);
    EXPECT_EQ(isoTime(*workspace().scope().range.from), "2025-06-02T00:10:00+00:00");
}

TEST_F(TopBarTest, ABoundThatNobodyChangedKeepsItsSeconds)
{
    TimeRangeButton button;
    const TimeRange covered{parseIsoTime("2025-06-02T00:13:07.5Z")->instant(),
                            parseIsoTime("2025-06-11T23:50:33.1Z")->instant()};
    button.setContext({{}, covered, Zone(), {}});
    button.show();
    QSignalSpy chosen(&button, &TimeRangeButton::rangeChosen);
    const auto apply = [&] {
        QTest::mouseClick(&button, Qt::LeftButton);
        QTest::mouseClick(button.findChild<QPushButton *>(), Qt::LeftButton);
        return chosen.takeLast().first().value<TimeRange>();
    };
    EXPECT_EQ(apply(), covered);
    QTest::mouseClick(&button, Qt::LeftButton);
    button.findChildren<QDateTimeEdit *>()[0]->setDateTime(
        QDateTime(QDate(2025, 6, 3), QTime(0, 0), Qt::UTC));
    QTest::mouseClick(button.findChild<QPushButton *>(), Qt::LeftButton);
    EXPECT_EQ(chosen.takeLast().first().value<TimeRange>(),
              (TimeRange{parseIsoTime("2025-06-03T00:00Z")->instant(), covered.to}));
}

TEST_F(TopBarTest, TheZoneIsFoundByTyping)
{
    choose(bar()->zone(), "kolk");
    EXPECT_EQ(workspace().scope().zone.name(), "Asia/Kolkata");
    EXPECT_EQ(bar()->zone()->text(), QStringLiteral("Asia/Kolkata"));
    waitForEvents(60);
    EXPECT_TRUE(m_window->statusLine()->text().contains(QStringLiteral("Asia/Kolkata")));
}

TEST_F(TopBarTest, TheCostViewChanges)
{
    choose(bar()->cost(), "Recomputed");
    EXPECT_EQ(workspace().scope().cost, CostMode::Recomputed);
    EXPECT_EQ(bar()->cost()->text(), QStringLiteral("Cost: recomputed"));
}

TEST_F(TopBarTest, TheCustomerIsTheFirstGroupTypeUntilAnotherIsChosen)
{
    EXPECT_EQ(bar()->customer()->text(), QStringLiteral("Customer: company"));
    choose(bar()->customer(), "user");
    ASSERT_TRUE(workspace().scope().customer.has_value());
    EXPECT_EQ(workspace().scope().customer->id, Field::Id::User);
    EXPECT_EQ(bar()->customer()->text(), QStringLiteral("Customer: user"));
}

TEST_F(TopBarTest, AppearanceIsChosenAndRemembered)
{
    m_window->actions().appearance[static_cast<std::size_t>(AppearanceMode::Dark)]->trigger();
    EXPECT_TRUE(isApplicationDark());
    makeWindow();
    EXPECT_TRUE(isApplicationDark());
    m_window->actions().appearance[static_cast<std::size_t>(AppearanceMode::System)]->trigger();
    EXPECT_FALSE(isApplicationDark()) << "the offscreen platform is light";
}

TEST_F(TopBarTest, TheReportOfWhatIsShownIsWritten)
{
    workspace().setFilter(*Filter::parse("is_error"));
    waitForEvents(6);
    m_dialogs.folder = path("report");
    m_window->actions().exportReport->trigger();
    EXPECT_FALSE(m_window->actions().exportReport->isEnabled()) << "one at a time";
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return messages().contains(QStringLiteral("The report is in")); }, 60'000))
        << messages().toStdString();
    QFile page(path("report/index.html"));
    ASSERT_TRUE(page.open(QIODevice::ReadOnly));
    EXPECT_TRUE(page.readAll().contains("is_error"));
    EXPECT_TRUE(m_window->actions().exportReport->isEnabled());
}

} // namespace

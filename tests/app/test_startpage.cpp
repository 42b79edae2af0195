// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/startpage.h"
#include "windowfixture.h"

#include <QAbstractButton>

using namespace genscope;

namespace {

class StartPageTest : public WindowTest
{
protected:
    QAbstractButton *button(const char *text)
    {
        const auto buttons = m_window->startPage()->findChildren<QAbstractButton *>();
        for (QAbstractButton *candidate : buttons) {
            if (candidate->text() == QString::fromUtf8(text) && candidate->isVisible())
                return candidate;
        }
        return nullptr;
    }
    void click(const char *text)
    {
        QAbstractButton *found = button(text);
        ASSERT_NE(found, nullptr) << text;
        QTest::mouseClick(found, Qt::LeftButton);
    }
};

TEST_F(StartPageTest, OpensFilesThatAreChosen)
{
    m_dialogs.files = {write("one.jsonl", generations(7))};
    click("Open files…");
    waitForEvents(7);
    EXPECT_EQ(workspace().storePath(), path("documents/one.genscope"));
}

TEST_F(StartPageTest, OpensAFolderOfDumps)
{
    ASSERT_TRUE(QDir(m_folder.path()).mkpath(QStringLiteral("dumps/deeper")));
    write("dumps/a.jsonl", generations(3));
    write("dumps/deeper/b.jsonl", generations(9));
    m_dialogs.folder = path("dumps");
    click("Open a folder…");
    waitForEvents(9);
    EXPECT_EQ(workspace().storePath(), path("documents/dumps.genscope"));
}

TEST_F(StartPageTest, ExploresTheSampleAgainAndAgain)
{
    write("sample.jsonl", generations(12));
    for (int round = 0; round < 2; ++round) {
        click("Explore the sample");
        waitForEvents(12);
        EXPECT_EQ(workspace().storePath(), path("data/sample.genscope"));
        m_window->documents()->closeStore();
    }
    EXPECT_FALSE(QFile::exists(path("data/sample.jsonl.gz"))) << "the unpacked copy is removed";
}

TEST_F(StartPageTest, ListsRecentStoresAndForgetsMissingOnes)
{
    openStoreWith(4);
    const QString store = workspace().storePath();
    m_window->documents()->closeStore();
    ASSERT_NE(button("events"), nullptr);
    EXPECT_TRUE(button("events")->isEnabled());
    click("events");
    waitForEvents(4);
    m_window->documents()->closeStore();

    ASSERT_TRUE(QFile::remove(store));
    makeWindow();
    ASSERT_NE(button("events"), nullptr);
    EXPECT_FALSE(button("events")->isEnabled());
    m_window->documents()->forgetRecent(store);
    QTest::qWait(0);
    EXPECT_EQ(button("events"), nullptr);
}

TEST_F(StartPageTest, AnImportIntoANewStoreIsUndoneWhereNothingCameOfIt)
{
    m_dialogs.files = {write("empty.jsonl", "")};
    click("Open files…");
    waitForMessage("empty");
    EXPECT_FALSE(workspace().isOpen());
}

} // namespace

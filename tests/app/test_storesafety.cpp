// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What the window says and offers where a store cannot be changed, or is damaged.
#include "windowfixture.h"

#include "app/prices/pricespage.h"
#include "app/prices/pricesview.h"
#include "store/connection.h"
#include "store/importer.h"

#include <QAction>
#include <QPushButton>

namespace genscope {
namespace {

class StoreSafety : public WindowTest
{
protected:
    QString store() const { return path("calls.genscope"); }
    void SetUp() override
    {
        WindowTest::SetUp();
        const QString dump = path("calls.jsonl");
        QFile file(dump);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(generations(40));
        file.close();
        ASSERT_TRUE(importDumps(store(), {dump}, {}, {}).ok());
    }
    QAction *importAction() const
    {
        for (QAction *action : m_window->findChildren<QAction *>()) {
            if (action->text() == QStringLiteral("&Import…"))
                return action;
        }
        return nullptr;
    }
    QStringList texts() const { return m_window->messages()->texts(); }
};

TEST_F(StoreSafety, TheSecondWindowSaysThatItOnlyReadsAndTakesOver)
{
    auto first = std::make_unique<Workspace>();
    QSignalSpy opened(first.get(), &Workspace::opened);
    first->open(store());
    ASSERT_TRUE(opened.wait());

    m_window->openPaths({store()});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !texts().isEmpty(); }));
    EXPECT_TRUE(texts().first().startsWith(QStringLiteral("Opened read-only.")))
        << qPrintable(texts().first());
    ASSERT_NE(importAction(), nullptr);
    EXPECT_FALSE(importAction()->isEnabled());
    EXPECT_TRUE(importAction()->toolTip().contains(QStringLiteral("another Genscope")))
        << qPrintable(importAction()->toolTip());
    const PricesView *prices = m_window->pricesPage()->view();
    EXPECT_FALSE(prices->addAction()->isEnabled());
    EXPECT_FALSE(prices->importAction()->isEnabled());
    EXPECT_TRUE(prices->exportAction()->isEnabled()) << "reading is allowed";
    EXPECT_TRUE(prices->addAction()->toolTip().contains(QStringLiteral("another Genscope")))
        << qPrintable(prices->addAction()->toolTip());

    first.reset();
    EXPECT_TRUE(QTest::qWaitFor([&] { return importAction()->isEnabled(); }));
    EXPECT_TRUE(prices->addAction()->isEnabled());
    EXPECT_EQ(prices->addAction()->toolTip(), QStringLiteral("Add a price of your own to this store"));
    EXPECT_TRUE(texts().isEmpty()) << qPrintable(texts().first());
}

TEST_F(StoreSafety, ADamagedStoreIsRefusedAndRebuiltOnDemand)
{
    {
        const auto connection = std::move(Connection::open(store(), Connection::Access::Write)).value();
        ASSERT_TRUE(connection->execute(QStringLiteral("DELETE FROM segment")).ok());
    }
    m_window->openPaths({store()});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !texts().isEmpty(); }));
    QPushButton *rebuild = nullptr;
    for (QPushButton *button : m_window->messages()->findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("Rebuild"))
            rebuild = button;
    }
    ASSERT_NE(rebuild, nullptr) << qPrintable(texts().first());
    rebuild->click();

    EXPECT_TRUE(QTest::qWaitFor([&] { return workspace().selection()->storedEvents == 40; }, 20'000))
        << qPrintable(texts().first());
    EXPECT_TRUE(texts().first().startsWith(QStringLiteral("Rebuilt calls.genscope from 40 event")))
        << qPrintable(texts().first());
}

} // namespace
} // namespace genscope

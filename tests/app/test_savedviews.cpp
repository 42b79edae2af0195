// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowfixture.h"

#include "app/pagestack.h"
#include "app/savedviewsmenu.h"
#include "app/saveviewdialog.h"
#include "app/tables/tablepage.h"
#include "app/viewsdialog.h"
#include "app/viewtaker.h"
#include "workspace/viewlist.h"

#include <QLineEdit>
#include <QListWidget>

namespace genscope {
namespace {

class SavedViews : public WindowTest
{
protected:
    ViewList &views() { return *m_window->viewList(); }
    void openWith(int events)
    {
        openStoreWith(events);
        ASSERT_TRUE(QTest::qWaitFor([this] { return views().isLoaded(); }));
    }
    void saveAs(const QString &name)
    {
        for (QAction *action : m_window->savedViews()->actions()) {
            if (action->shortcut() == QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S))
                action->trigger();
        }
        auto *dialog = m_window->findChild<SaveViewDialog *>();
        ASSERT_NE(dialog, nullptr);
        dialog->nameEdit()->setText(name);
        dialog->accept();
    }
    /// What the store has, once it is written.
    bool storeHas(const QStringList &names)
    {
        return QTest::qWaitFor(
            [&] {
                const auto rows = readViews(workspace().storePath());
                QStringList found;
                for (const ViewRow &row : *rows)
                    found += QString::fromStdString(row.name);
                return found == names;
            },
            10'000);
    }
};

TEST_F(SavedViews, BringBackPageFilterRangeAndColumns)
{
    openWith(60);
    m_window->actions().page(PageId::Generations)->trigger();
    TablePage *table = m_window->pages()->table(PageId::Generations);
    table->setVisibleColumns({"model", "cost"});
    table->model()->setSorting({{"cost", true}});
    workspace().setFilter(*Filter::parse("model = \"o3\""));
    waitForEvents(20);
    saveAs(QStringLiteral("Only o3"));
    EXPECT_TRUE(storeHas({QStringLiteral("Only o3")}));
    EXPECT_EQ(m_window->savedViews()->openName(), QStringLiteral("Only o3"));

    m_window->actions().page(PageId::Dashboard)->trigger();
    table->setVisibleColumns({"user"});
    workspace().setFilter({});
    waitForEvents(60);
    m_window->savedViews()->open(0);
    waitForEvents(20);
    EXPECT_EQ(m_window->page(), PageId::Generations);
    EXPECT_EQ(table->model()->columnNames(), (std::vector<std::string>{"model", "cost"}));
    EXPECT_EQ(table->model()->sorting().front().column, "cost");
    workspace().undo();
    waitForEvents(60);
}

TEST_F(SavedViews, ARelativeRangeStaysRelative)
{
    openWith(60);
    const PresetAnchor anchor = newestAnchor(workspace(), parseIsoTime("2025-12-01T00:00:00Z")->instant());
    workspace().setTimeRange(presetRange(TimePreset::LastHour, anchor, workspace().scope().zone));
    saveAs(QStringLiteral("Last hour"));
    ASSERT_EQ(views().views().size(), 1u);
    EXPECT_EQ(views().views().front().preset, TimePreset::LastHour);
}

TEST_F(SavedViews, AreRenamedMovedDeletedAndBroughtBack)
{
    openWith(10);
    saveAs(QStringLiteral("A"));
    saveAs(QStringLiteral("B"));
    EXPECT_TRUE(storeHas({QStringLiteral("A"), QStringLiteral("B")}));
    ViewsDialog dialog(&views(), m_window.get());
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.list()->item(0)->setText(QStringLiteral("First"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return views().indexOf(QStringLiteral("First")) == 0; }));
    views().move(0, 1);
    EXPECT_TRUE(storeHas({QStringLiteral("B"), QStringLiteral("First")}));
    views().remove(0);
    EXPECT_TRUE(storeHas({QStringLiteral("First")}));
    EXPECT_EQ(dialog.list()->count(), 1);
    views().undo();
    EXPECT_TRUE(storeHas({QStringLiteral("B"), QStringLiteral("First")}));
}

TEST_F(SavedViews, GoFromStoreToStoreAsFiles)
{
    openWith(10);
    saveAs(QStringLiteral("A"));
    const QByteArray file = viewsToFile(views().views());
    const auto read = viewsFromFile(file);
    ASSERT_TRUE(read);
    views().add(*read);
    EXPECT_TRUE(storeHas({QStringLiteral("A"), QStringLiteral("A 2")})) << "no view is lost to a name";
}

} // namespace
} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// One history holds every change of what is seen: page, columns, order, sorting, dashboard, scope.
#include "windowfixture.h"

#include "app/pagestack.h"
#include "app/savedviewsmenu.h"
#include "app/saveviewdialog.h"
#include "app/tables/listview.h"
#include "app/tables/matchbutton.h"
#include "app/tables/tablepage.h"
#include "workspace/viewlist.h"

#include <QAction>
#include <QActionGroup>
#include <QHeaderView>
#include <QLineEdit>

namespace genscope {
namespace {

using Names = std::vector<std::string>;

class ViewUndo : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        openStoreWith(60);
        ASSERT_FALSE(workspace().canUndo()) << "opening is no step";
    }
    void visit(PageId page) { m_window->actions().page(page)->trigger(); }
    void undo() { m_window->actions().undo->trigger(); }
    void redo() { m_window->actions().redo->trigger(); }
    TablePage &generations() { return *m_window->pages()->table(PageId::Generations); }
    bool shows(const TablePage &page, const Names &columns)
    {
        return QTest::qWaitFor([&] { return page.view()->columnOrder() == columns; });
    }
};

TEST_F(ViewUndo, TakesBackPagesColumnsAndSorting)
{
    visit(PageId::Generations);
    const Names first = generations().tableLayout().columns;
    generations().setVisibleColumns({"model", "cost", "user"});
    ASSERT_TRUE(shows(generations(), {"model", "cost", "user"}));
    generations().model()->sortBy("cost", false);
    EXPECT_EQ(generations().model()->sorting().front().column, "cost");

    undo();
    EXPECT_EQ(generations().model()->sorting().front().column, "timestamp");
    EXPECT_TRUE(shows(generations(), {"model", "cost", "user"}));
    undo();
    EXPECT_TRUE(shows(generations(), first));
    undo();
    EXPECT_EQ(m_window->page(), PageId::Dashboard);
    EXPECT_FALSE(workspace().canUndo());

    redo();
    EXPECT_EQ(m_window->page(), PageId::Generations);
    redo();
    EXPECT_TRUE(shows(generations(), {"model", "cost", "user"}));
    redo();
    EXPECT_EQ(generations().model()->sorting().front().column, "cost");
    EXPECT_TRUE(QTest::qWaitFor([this] { return !generations().model()->isLoading(); }));
    EXPECT_FALSE(workspace().canRedo());
}

TEST_F(ViewUndo, TakesBackTheOrderOfColumnsAndLeavesTheirWidths)
{
    visit(PageId::Generations);
    generations().setVisibleColumns({"model", "cost", "user"});
    ASSERT_TRUE(shows(generations(), {"model", "cost", "user"}));
    QHeaderView *header = generations().view()->horizontalHeader();
    header->moveSection(0, 2);
    ASSERT_TRUE(shows(generations(), {"cost", "user", "model"}));
    header->resizeSection(0, 333);
    undo();
    EXPECT_TRUE(shows(generations(), {"model", "cost", "user"}));
    EXPECT_EQ(header->sectionSize(0), 333) << "dragging a width is no step";
    redo();
    EXPECT_TRUE(shows(generations(), {"cost", "user", "model"}));
}

TEST_F(ViewUndo, TakesAFilterAndAPageBackInTheOrderTheyCame)
{
    workspace().setFilter(*Filter::parse("model = \"o3\""));
    waitForEvents(20);
    visit(PageId::Traces);
    workspace().setFilter({});
    waitForEvents(60);
    undo();
    waitForEvents(20);
    EXPECT_EQ(m_window->page(), PageId::Traces);
    undo();
    EXPECT_EQ(m_window->page(), PageId::Dashboard);
    EXPECT_EQ(workspace().selection()->matchedEvents, 20) << "a page alone computes nothing anew";
    undo();
    waitForEvents(60);
}

TEST_F(ViewUndo, TakesBackTheLayoutOfTheDashboard)
{
    DashboardPage &dashboard = *m_window->dashboard();
    const DashboardLayout standard = dashboard.tileLayout();
    DashboardLayout fewer = standard;
    fewer.tiles.pop_back();
    dashboard.setTileLayout(fewer);
    undo();
    EXPECT_TRUE(dashboard.tileLayout() == standard);
    redo();
    EXPECT_TRUE(dashboard.tileLayout() == fewer);
}

TEST_F(ViewUndo, LeavesPricesOut)
{
    visit(PageId::Prices);
    visit(PageId::Users);
    undo();
    EXPECT_EQ(m_window->page(), PageId::Dashboard) << "undo is about prices on their page";
}

TEST_F(ViewUndo, WhichTracesMatchIsAStepAndIsSaidInWords)
{
    visit(PageId::Traces);
    TablePage &traces = *m_window->pages()->table(PageId::Traces);
    ASSERT_NE(traces.matchButton(), nullptr);
    EXPECT_EQ(generations().matchButton(), nullptr) << "single events either match or do not";
    EXPECT_EQ(traces.matchButton()->text(), QStringLiteral("Some event matches"));
    traces.matchButton()->choices()->actions().last()->trigger();
    EXPECT_EQ(workspace().scope().match, EventMatch::All);
    EXPECT_EQ(traces.matchButton()->text(), QStringLiteral("All events match"));
    undo();
    EXPECT_EQ(workspace().scope().match, EventMatch::Some);
    EXPECT_EQ(traces.matchButton()->text(), QStringLiteral("Some event matches"));
}

TEST_F(ViewUndo, ASavedViewBringsItsDashboardAsOneStep)
{
    DashboardPage &dashboard = *m_window->dashboard();
    const DashboardLayout standard = dashboard.tileLayout();
    DashboardLayout fewer = standard;
    fewer.tiles.resize(3);
    dashboard.setTileLayout(fewer);
    for (QAction *action : m_window->savedViews()->actions())
        if (action->shortcut() == QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S))
            action->trigger();
    auto *dialog = m_window->findChild<SaveViewDialog *>();
    ASSERT_NE(dialog, nullptr);
    dialog->nameEdit()->setText(QStringLiteral("Three tiles"));
    dialog->accept();
    dashboard.setTileLayout(standard);
    visit(PageId::Users);

    m_window->savedViews()->open(0);
    EXPECT_EQ(m_window->page(), PageId::Dashboard);
    EXPECT_TRUE(dashboard.tileLayout() == fewer);
    undo();
    EXPECT_EQ(m_window->page(), PageId::Users);
    EXPECT_TRUE(dashboard.tileLayout() == standard);
}

} // namespace
} // namespace genscope

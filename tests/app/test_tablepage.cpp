// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/tablepage.h"

#include "app/tables/columnchooser.h"
#include "app/tables/detailpane.h"
#include "app/tables/emptystate.h"
#include "app/tables/eventpane.h"
#include "app/tables/exportdialog.h"
#include "app/tables/exportjob.h"
#include "app/tables/figurestrip.h"
#include "app/tables/listview.h"
#include "app/tables/pinnedcolumns.h"
#include "app/tables/valuepopup.h"
#include "models/roles.h"
#include "support/printedmodel.h"
#include "tablefixture.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QTreeWidget>

using namespace genscope;
using namespace genscope::test;

namespace {

class TablePageTest : public TableFixture
{
protected:
    void show(TablePage &page)
    {
        QSignalSpy loaded(page.model(), &ListModel::rowsLoaded);
        page.resize(1200, 600);
        page.show();
        ASSERT_TRUE(loaded.count() > 0 || loaded.wait());
    }
    bool waitForFooter(const TablePage &page, const QString &text)
    {
        return QTest::qWaitFor([&] { return page.footerText().contains(text); });
    }
    static QStringList textsOf(const QMenu &menu)
    {
        QStringList texts;
        for (const QAction *action : menu.actions())
            if (!action->isSeparator())
                texts += action->text();
        return texts;
    }
    static QAction *actionOf(const QMenu &menu, const QString &text)
    {
        for (QAction *action : menu.actions())
            if (action->text() == text)
                return action;
        return nullptr;
    }
};

} // namespace

TEST_F(TablePageTest, ShowsTheSelectionWithCountAndFooter)
{
    importLines(fourCalls());
    TablePage page(&m_workspace, ListKind::Generations);
    show(page);
    EXPECT_TRUE(page.isShowingTable());
    page.setVisibleColumns({"user", "model", "cost"});
    QSignalSpy loaded(page.model(), &ListModel::rowsLoaded);
    ASSERT_TRUE(loaded.wait());
    EXPECT_EQ(printed(*page.model()), "ada | gpt-4o | $0.50\nada | house-model | unpriced\nben | o3 | \n"
                                      "ada | gpt-4o | $0.0084\n");
    EXPECT_TRUE(waitForFooter(page, QStringLiteral("4 generations"))) << page.footerText().toStdString();
    EXPECT_TRUE(page.footerText().contains(QStringLiteral("cost $0.508")));
    EXPECT_TRUE(page.footerText().contains(QStringLiteral("1 unpriced")));
    EXPECT_EQ(page.countText(), QStringLiteral("4 of 4"));
}

TEST_F(TablePageTest, FollowsTheFilterOnlyWhileShown)
{
    importLines(fourCalls());
    TablePage page(&m_workspace, ListKind::Generations);
    show(page);
    page.hide();
    m_workspace.setFilter(*Filter::parse("is_error"));
    settle();
    EXPECT_EQ(page.model()->rowCount(), 4) << "hidden pages cost nothing";
    QSignalSpy loaded(page.model(), &ListModel::rowsLoaded);
    page.show();
    ASSERT_TRUE(loaded.wait());
    EXPECT_EQ(page.model()->rowCount(), 1);
    EXPECT_TRUE(QTest::qWaitFor([&] { return page.countText() == QStringLiteral("1 of 4"); }));
}

TEST_F(TablePageTest, SaysWhyItIsEmptyAndOffersTheWayOut)
{
    TablePage page(&m_workspace, ListKind::Generations);
    page.show();
    EXPECT_FALSE(page.isShowingTable());
    EXPECT_EQ(page.emptyState()->title(), QStringLiteral("No generations yet"));
    importLines(fourCalls());
    m_workspace.setFilter(*Filter::parse("model = \"none\""));
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return page.emptyState()->title() == QStringLiteral("No event matches"); }));
    EXPECT_TRUE(page.emptyState()->clearFilterButton()->isVisible());
    QApplication::processEvents(); // the button takes its place first
    QTest::mouseClick(page.emptyState()->clearFilterButton(), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return page.isShowingTable(); }));
    EXPECT_EQ(page.model()->rowCount(), 4);
    m_workspace.setFilter(*Filter::parse("is_error"));
    TablePage embeddings(&m_workspace, ListKind::Embeddings);
    settle();
    show(embeddings);
    EXPECT_EQ(embeddings.emptyState()->title(), QStringLiteral("No embeddings here"));
}

TEST_F(TablePageTest, ClickingAHeaderSorts)
{
    importLines(fourCalls());
    TablePage page(&m_workspace, ListKind::Generations);
    show(page);
    const int cost = page.model()->rows()->columnIndex("cost");
    QHeaderView *header = page.view()->horizontalHeader();
    const QPoint at(header->sectionViewportPosition(cost) + 20, header->height() / 2);
    QSignalSpy loaded(page.model(), &ListModel::rowsLoaded);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
    EXPECT_EQ(header->sortIndicatorSection(), cost) << "the arrow shows at once";
    ASSERT_TRUE(loaded.wait());
    EXPECT_EQ(page.model()->index(0, cost).data().toString(), QStringLiteral("$0.50")) << "largest first";
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
    ASSERT_TRUE(loaded.wait());
    EXPECT_EQ(page.model()->index(0, cost).data().toString(), QStringLiteral("$0.0084"));
}

TEST_F(TablePageTest, TheSelectedRowStaysSelectedThroughSorting)
{
    importLines(fourCalls());
    TablePage page(&m_workspace, ListKind::Generations);
    show(page);
    page.view()->setCurrentIndex(page.model()->index(3, 0));
    const quint32 id = page.view()->currentIndex().data(RowIdRole).toUInt();
    QSignalSpy loaded(page.model(), &ListModel::rowsLoaded);
    page.model()->sort(0, Qt::AscendingOrder);
    ASSERT_TRUE(loaded.wait());
    EXPECT_EQ(page.view()->currentRow(), 0);
    EXPECT_EQ(page.view()->currentIndex().data(RowIdRole).toUInt(), id);
    EXPECT_EQ(page.view()->selectedRowCount(), 1u);
    EXPECT_TRUE(page.view()->selectionModel()->isRowSelected(0));
}

TEST_F(TablePageTest, ArrowKeysMoveTheDetailsAndEscapeClosesThem)
{
    importLines(fourCalls());
    TablePage page(&m_workspace, ListKind::Generations);
    show(page);
    page.activateWindow();
    page.focusTable();
    page.view()->setCurrentIndex(page.model()->index(0, 0));
    QSignalSpy shown(page.detailPane(), &DetailPane::loaded);
    ASSERT_TRUE(shown.wait());
    EXPECT_TRUE(page.detailPane()->isVisible());
    QTest::keyClick(page.view(), Qt::Key_Down);
    QTest::keyClick(page.view(), Qt::Key_Down);
    ASSERT_TRUE(QTest::qWaitFor([&] {
        const auto &event = page.detailPane()->eventPane()->event();
        return event && event->row == page.view()->currentIndex().data(RowIdRole).toUInt();
    }));
    EXPECT_EQ(page.detailPane()->eventPane()->event()->model, "o3");
    QTest::keyClick(page.view(), Qt::Key_Escape);
    EXPECT_FALSE(page.detailPane()->isVisible());
    QTest::keyClick(page.view(), Qt::Key_Return);
    EXPECT_TRUE(page.detailPane()->isVisible());
}

TEST_F(TablePageTest, TheCellMenuFiltersCopiesAndOpens)
{
    importLines(fourCalls());
    TablePage page(&m_workspace, ListKind::Generations);
    show(page);
    QSignalSpy filter(&page, &TablePage::filterRequested);
    const int model = page.model()->rows()->columnIndex("model");
    const std::unique_ptr<QMenu> menu(page.cellMenu(page.model()->index(0, model)));
    EXPECT_EQ(textsOf(*menu),
              (QStringList{QStringLiteral("Filter to this"), QStringLiteral("Exclude this"),
                           QStringLiteral("Copy value"), QStringLiteral("Copy selected rows"),
                           QStringLiteral("Values and their share…"),
                           QStringLiteral("Compare the two selected\tCtrl+D"),
                           QStringLiteral("Explain this cost"), QStringLiteral("Open trace")}));
    actionOf(*menu, QStringLiteral("Copy value"))->trigger();
    EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("gpt-4o"));
    actionOf(*menu, QStringLiteral("Exclude this"))->trigger();
    ASSERT_EQ(filter.count(), 1);
    EXPECT_EQ(filter.at(0).at(0).value<Filter>().toString(), "model != \"gpt-4o\"");
    actionOf(*menu, QStringLiteral("Filter to this"))->trigger();
    EXPECT_EQ(m_workspace.scope().filter.toString(), "model = \"gpt-4o\"");
    settle();
}

TEST_F(TablePageTest, AFilteredTableOffersAndAndOr)
{
    importLines(fourCalls());
    TablePage page(&m_workspace, ListKind::Generations);
    show(page);
    m_workspace.setFilter(*Filter::parse("model = \"o3\""));
    ASSERT_TRUE(QTest::qWaitFor([&] { return page.model()->rowCount() == 1; }));
    const int user = page.model()->rows()->columnIndex("user");
    QSignalSpy filter(&page, &TablePage::filterRequested);
    const std::unique_ptr<QMenu> menu(page.cellMenu(page.model()->index(0, user)));
    actionOf(*menu, QStringLiteral("And this"))->trigger();
    ASSERT_EQ(filter.count(), 1);
    EXPECT_EQ(filter.at(0).at(0).value<Filter>().toString(), "user = \"ben\"");
    actionOf(*menu, QStringLiteral("Or this"))->trigger();
    EXPECT_EQ(m_workspace.scope().filter.toString(), "model = \"o3\" or user = \"ben\"");
    settle();
}

TEST_F(TablePageTest, ShiftClickSortsByASecondColumn)
{
    importLines(fourCalls());
    TablePage page(&m_workspace, ListKind::Generations);
    page.setVisibleColumns({"model", "latency"});
    show(page);
    QHeaderView *header = page.view()->horizontalHeader();
    const auto click = [header](int section, Qt::KeyboardModifiers keys) {
        const QPoint at(header->sectionViewportPosition(section) + 20, header->height() / 2);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, keys, at);
    };
    QSignalSpy loaded(page.model(), &ListModel::rowsLoaded);
    click(0, {});
    click(1, Qt::ShiftModifier);
    ASSERT_TRUE(loaded.wait());
    EXPECT_EQ(printed(*page.model()),
              "gpt-4o | 2.00 s\ngpt-4o | 1.25 s\nhouse-model | 4.00 s\no3 | 200 ms\n");
    EXPECT_EQ(page.model()->sorting().size(), 2u);
    click(1, {});
    ASSERT_TRUE(loaded.wait());
    EXPECT_EQ(page.model()->sorting().size(), 1u) << "a click alone starts anew";
}

TEST_F(TablePageTest, FiguresBelowTheColumnsAreOfTheSelectionOrOfAll)
{
    importLines(fourCalls());
    TablePage page(&m_workspace, ListKind::Generations);
    show(page);
    const QStringList all{QStringLiteral("$0.508"), QStringLiteral("$0.254"), QStringLiteral("$0.475")};
    EXPECT_TRUE(QTest::qWaitFor([&] { return page.figures()->textsOf("cost") == all; }))
        << page.figures()->textsOf("cost").join(QLatin1Char(' ')).toStdString();
    EXPECT_TRUE(page.figures()->textsOf("model").isEmpty());
    page.view()->selectAll();
    page.view()->selectionModel()->select(page.model()->index(0, 0),
                                          QItemSelectionModel::Deselect | QItemSelectionModel::Rows);
    EXPECT_TRUE(QTest::qWaitFor([&] {
        return page.figures()->textsOf("cost").value(0) == QStringLiteral("$0.0084");
    })) << page.figures()->textsOf("cost").join(QLatin1Char(' ')).toStdString();
}

TEST_F(TablePageTest, AClickOnACountedValueFilters)
{
    importLines(fourCalls());
    TablePage page(&m_workspace, ListKind::Generations);
    show(page);
    QSignalSpy filter(&page, &TablePage::filterRequested);
    const int model = page.model()->rows()->columnIndex("model");
    QPointer<ValuePopup> popup = page.showValues(model, {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return popup->list()->topLevelItemCount() == 3; }));
    QTreeWidgetItem *first = popup->list()->topLevelItem(0);
    EXPECT_EQ(first->text(0), QStringLiteral("gpt-4o"));
    EXPECT_EQ(first->text(1), QStringLiteral("2"));
    EXPECT_TRUE(first->text(2).startsWith(QStringLiteral("50"))) << first->text(2).toStdString();
    QTest::mouseClick(popup->list()->viewport(), Qt::LeftButton, {},
                      popup->list()->visualItemRect(first).center());
    ASSERT_EQ(filter.count(), 1);
    EXPECT_EQ(filter.at(0).at(0).value<Filter>().toString(), "model = \"gpt-4o\"");
}

TEST_F(TablePageTest, PinnedColumnsStayWhileOthersScroll)
{
    importLines(fourCalls());
    QSettings settings(path("pinned.ini"), QSettings::IniFormat);
    TableServices services;
    services.settings = &settings;
    {
        TablePage page(&m_workspace, ListKind::Generations, services);
        show(page);
        page.resize(500, 400);
        const int cost = page.model()->rows()->columnIndex("cost");
        const std::unique_ptr<QMenu> menu(page.headerMenu(cost));
        actionOf(*menu, QStringLiteral("Keep at the left"))->trigger();
        ASSERT_NE(page.view()->pinnedView(), nullptr);
        EXPECT_EQ(page.view()->horizontalHeader()->visualIndex(cost), 0);
        QScrollBar *bar = page.view()->horizontalScrollBar();
        bar->setValue(bar->maximum());
        EXPECT_GT(bar->value(), 0);
        EXPECT_EQ(page.view()->columnLeft(cost), 0);
        page.view()->setCurrentIndex(page.model()->index(2, cost));
        EXPECT_TRUE(page.view()->pinnedView()->selectionModel()->isRowSelected(2)) << "one selection";
    }
    TablePage page(&m_workspace, ListKind::Generations, services);
    show(page);
    ASSERT_NE(page.view()->pinnedView(), nullptr) << "remembered";
    const std::unique_ptr<QMenu> menu(page.headerMenu(page.model()->rows()->columnIndex("cost")));
    actionOf(*menu, QStringLiteral("Keep at the left"))->trigger();
    EXPECT_EQ(page.view()->pinnedView(), nullptr);
}

TEST_F(TablePageTest, AClosedStoreLeavesNothingOnAnyPage)
{
    importLines(fourCalls());
    TablePage page(&m_workspace, ListKind::Generations);
    show(page);
    page.hide();
    m_workspace.close();
    EXPECT_EQ(page.model()->rowCount(), 0);
    EXPECT_EQ(page.model()->columnCount(), 0);
}

TEST_F(TablePageTest, MoneyIsSeenBesideTheOpenDetails)
{
    importLines(fourCalls());
    for (const ListKind kind : {ListKind::Generations, ListKind::Traces}) {
        TablePage page(&m_workspace, kind);
        show(page);
        page.resize(1170, 640); // of a window of 1280
        QSignalSpy shown(page.detailPane(), &DetailPane::loaded);
        page.view()->setCurrentIndex(page.model()->index(0, 0));
        ASSERT_TRUE(shown.count() > 0 || shown.wait());
        const int cost = page.model()->rows()->columnIndex("cost");
        EXPECT_LE(page.view()->columnLeft(cost) + page.view()->columnWidth(cost),
                  page.view()->viewport()->width());
    }
}

TEST_F(TablePageTest, ASummaryLeadsToTheListsBehindIt)
{
    importLines(fourCalls());
    TablePage page(&m_workspace, ListKind::Users);
    show(page);
    QSignalSpy open(&page, &TablePage::openListRequested);
    const std::unique_ptr<QMenu> menu(page.cellMenu(page.model()->index(0, 0)));
    QAction *traces = actionOf(*menu, QStringLiteral("Show its traces"));
    ASSERT_NE(traces, nullptr);
    traces->trigger();
    ASSERT_EQ(open.count(), 1);
    EXPECT_EQ(open.at(0).at(0).value<ListKind>(), ListKind::Traces);
    EXPECT_TRUE(open.at(0).at(1).value<Filter>().toString().starts_with("user = "));
}

TEST_F(TablePageTest, CtrlCCopiesTheSelectedRows)
{
    importLines(fourCalls());
    TablePage page(&m_workspace, ListKind::Generations);
    page.setVisibleColumns({"user", "latency"});
    show(page);
    page.view()->selectAll();
    QTest::keySequence(page.view(), QKeySequence::Copy);
    const auto copied = [](const char *text) {
        return QTest::qWaitFor([text] { return QApplication::clipboard()->text() == QLatin1String(text); });
    };
    EXPECT_TRUE(copied("User\tLatency\nada\t2\nada\t4\nben\t0.2\nada\t1.25"))
        << QApplication::clipboard()->text().toStdString();
    page.activateWindow();
    page.focusTable();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&page));
    QTest::keyClick(page.view(), Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_TRUE(
        copied("| User | Latency |\n| --- | ---: |\n| ada | 2 |\n| ada | 4 |\n| ben | 0.2 |\n| ada | 1.25 |"))
        << QApplication::clipboard()->text().toStdString();
    EXPECT_TRUE(waitForFooter(page, QStringLiteral("4 selected")));
}

TEST_F(TablePageTest, ColumnsAreChosenAndPropertiesAreFound)
{
    importLines(fourCalls());
    TablePage page(&m_workspace, ListKind::Generations);
    show(page);
    page.setVisibleColumns({"trace_id", "event.feature"});
    QSignalSpy loaded(page.model(), &ListModel::rowsLoaded);
    ASSERT_TRUE(loaded.wait());
    EXPECT_EQ(printed(*page.model()), "t1 | =1+1\nt3 | \nt2 | \nt1 | chat\n");
}

TEST_F(TablePageTest, RemembersColumnsWidthsAndOrder)
{
    importLines(fourCalls());
    QSettings settings(path("settings.ini"), QSettings::IniFormat);
    TableServices services;
    services.settings = &settings;
    {
        TablePage page(&m_workspace, ListKind::Generations, services);
        page.setVisibleColumns({"model", "cost", "latency"});
        show(page);
        page.view()->horizontalHeader()->resizeSection(1, 222);
        page.view()->horizontalHeader()->moveSection(2, 0);
        QSignalSpy loaded(page.model(), &ListModel::rowsLoaded);
        page.view()->sortByColumn(1, Qt::DescendingOrder);
        ASSERT_TRUE(loaded.wait());
    }
    TablePage page(&m_workspace, ListKind::Generations, services);
    show(page);
    EXPECT_EQ(printedHeader(*page.model()), "Latency | Model | Cost");
    EXPECT_EQ(page.view()->columnWidth(2), 222);
    EXPECT_EQ(page.model()->sortColumn(), "cost");
    TablePage traces(&m_workspace, ListKind::Traces, services);
    show(traces);
    EXPECT_NE(printedHeader(*traces.model()), "Latency | Model | Cost") << "each kind has its own columns";
}

TEST_F(TablePageTest, ExportsWhatIsShownSafelyForSpreadsheets)
{
    importLines(fourCalls());
    TableServices services;
    const QString file = path("out.csv");
    services.saveFile = [file](QWidget *, const QString &, const QString &, const QStringList &,
                               const std::function<void(const QString &)> &chosen) { chosen(file); };
    TablePage page(&m_workspace, ListKind::Generations, services);
    page.setVisibleColumns({"user", "event.feature", "latency", "tokens", "cost"});
    show(page);
    page.exportAction()->trigger();
    auto *dialog = page.findChild<ExportDialog *>();
    ASSERT_NE(dialog, nullptr);
    QSignalSpy finished(page.exportJob(), &ExportJob::finished);
    dialog->accept();
    ASSERT_TRUE(finished.count() > 0 || finished.wait());
    EXPECT_TRUE(finished.at(0).at(0).toBool()) << finished.at(0).at(1).toString().toStdString();
    QFile written(file);
    ASSERT_TRUE(written.open(QIODevice::ReadOnly));
    EXPECT_EQ(written.readAll().toStdString(),
              "user,event.feature,latency,input_tokens,output_tokens,total_tokens,cost\n"
              "ada,'=1+1,2,,,,0.5\n"
              "ada,,4,10,20,30,\n"
              "ben,,0.2,,,,\n"
              "ada,chat,1.25,3112,263,3375,0.0084\n");
}

TEST_F(TablePageTest, ExportsTheSelectedRowsAsJsonLines)
{
    importLines(fourCalls());
    TablePage page(&m_workspace, ListKind::Generations);
    page.setVisibleColumns({"user", "tokens", "cost"});
    show(page);
    QSignalSpy finished(page.exportJob(), &ExportJob::finished);
    ListExport what;
    what.request.selection = page.model()->rows()->selection();
    what.request.previous = page.model()->rows();
    what.request.columns = page.view()->columnOrder();
    what.request.sort = page.model()->sorting();
    what.positions = RowRanges{{0, 0}, {3, 3}};
    what.jsonLines = true;
    what.path = path("out.jsonl");
    page.exportJob()->start(what);
    ASSERT_TRUE(finished.count() > 0 || finished.wait());
    QFile written(what.path);
    ASSERT_TRUE(written.open(QIODevice::ReadOnly));
    EXPECT_EQ(written.readAll().toStdString(), "{\"user\":\"ada\",\"cost\":0.5}\n"
                                               "{\"user\":\"ada\",\"input_tokens\":3112,\"output_tokens\":"
                                               "263,\"total_tokens\":3375,\"cost\":0.0084}\n");
}

TEST_F(TablePageTest, AnExportThatCannotBeWrittenSaysSoAndLeavesNothing)
{
    importLines(fourCalls());
    TablePage page(&m_workspace, ListKind::Generations);
    show(page);
    QSignalSpy finished(page.exportJob(), &ExportJob::finished);
    ListExport what;
    what.request.selection = m_workspace.selection();
    what.request.columns = {"user"};
    what.path = path("no/such/folder/out.csv");
    page.exportJob()->start(what);
    ASSERT_TRUE(finished.wait());
    EXPECT_FALSE(finished.at(0).at(0).toBool());
    EXPECT_TRUE(finished.at(0).at(1).toString().contains(QStringLiteral("out.csv")));
}

TEST_F(TablePageTest, EveryControlHasANameAndIsReachedByTab)
{
    importLines(fourCalls());
    for (const ListKind kind : {ListKind::Generations, ListKind::Traces, ListKind::Users}) {
        TablePage page(&m_workspace, kind);
        show(page);
        QSignalSpy shown(page.detailPane(), &DetailPane::loaded);
        page.view()->setCurrentIndex(page.model()->index(0, 0));
        ASSERT_TRUE(shown.count() > 0 || shown.wait());
        for (const QAbstractButton *button : page.findChildren<QAbstractButton *>()) {
            if (!button->isVisible() || button->objectName().startsWith(QLatin1String("qt_")))
                continue;
            EXPECT_FALSE(button->text().isEmpty() && button->accessibleName().isEmpty())
                << button->metaObject()->className() << " has no name";
            EXPECT_TRUE((button->focusPolicy() & Qt::TabFocus) != 0 || button->parent()->inherits("QTabBar"))
                << button->text().toStdString() << " cannot be reached by Tab";
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/filterbar.h"
#include "app/filteredit.h"
#include "app/messagebar.h"
#include "app/pagerail.h"
#include "app/prices/pricespage.h"
#include "app/scopebars.h"
#include "app/startpage.h"
#include "app/tables/listview.h"
#include "app/tables/tablepage.h"
#include "app/topbar.h"
#include "windowfixture.h"

#include "store/importer.h"

#include <QAction>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QSet>
#include <QStackedWidget>
#include <QToolButton>
#include <QUrl>

using namespace genscope;

namespace {

class MainWindowTest : public WindowTest
{
protected:
    FilterEdit *edit() { return m_window->filterBar()->edit(); }
    void typeFilter(const char *text)
    {
        press(Qt::Key_Slash);
        ASSERT_TRUE(edit()->hasFocus());
        QTest::keyClicks(edit(), QString::fromLatin1(text));
        QTest::keyClick(edit(), Qt::Key_Return);
    }
    std::string filterText() { return workspace().scope().filter.toString(); }
    void drop(const QStringList &paths)
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString &file : paths)
            urls.push_back(QUrl::fromLocalFile(file));
        data.setUrls(urls);
        QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_window.get(), &enter);
        EXPECT_TRUE(enter.isAccepted());
        QDropEvent dropped(QPointF(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_window.get(), &dropped);
    }
};

TEST_F(MainWindowTest, ADroppedDumpBecomesAStoreWithNumbersOnTiles)
{
    drop({write("events.jsonl", generations(60))});
    waitForEvents(60);
    EXPECT_EQ(workspace().storePath(), path("documents/events.genscope"));
    EXPECT_EQ(number("number_generations"), QStringLiteral("60"));
    EXPECT_EQ(number("number_cost"), QStringLiteral("$0.60"));
    EXPECT_EQ(number("number_users"), QStringLiteral("5"));
    EXPECT_TRUE(m_window->statusLine()->text().contains(QStringLiteral("60 of 60 events")));
    EXPECT_TRUE(m_window->statusLine()->text().contains(QStringLiteral("events.genscope")));
    waitForMessage("The store is kept as");
}

TEST_F(MainWindowTest, OpensAStoreNamedOnTheCommandLine)
{
    openStoreWith(30);
    const QString store = workspace().storePath();
    makeWindow();
    m_window->openPaths({store});
    waitForEvents(30);
    EXPECT_EQ(number("number_generations"), QStringLiteral("30"));
    EXPECT_EQ(m_window->windowTitle(), QStringLiteral("events – Genscope"));
}

TEST_F(MainWindowTest, AFilterTypedByKeyboardChangesTheNumbersAndUndoTakesItBack)
{
    openStoreWith(60);
    typeFilter("model = \"o3\"");
    waitForEvents(20);
    EXPECT_EQ(number("number_generations"), QStringLiteral("20"));
    EXPECT_TRUE(edit()->text().isEmpty()) << "the text became a chip";
    typeFilter("is_error");
    waitForEvents(2);
    EXPECT_EQ(filterText(), "model = \"o3\" and is_error");

    m_window->dashboard()->setFocus(); // in the field, the keys undo typing
    m_window->actions().undo->trigger();
    waitForEvents(20);
    m_window->actions().undo->trigger();
    waitForEvents(60);
    m_window->actions().redo->trigger();
    waitForEvents(20);
}

TEST_F(MainWindowTest, AFilterThatCannotBeReadSaysWhereAndChangesNothing)
{
    openStoreWith(10);
    typeFilter("latency >");
    EXPECT_EQ(filterText(), "");
    EXPECT_TRUE(edit()->problem().startsWith(QStringLiteral("At character 10")))
        << qPrintable(edit()->problem());
    QTest::keyClick(edit(), Qt::Key_Escape);
    EXPECT_TRUE(edit()->text().isEmpty());
    EXPECT_TRUE(edit()->problem().isEmpty());
}

TEST_F(MainWindowTest, AClickOnATileLeadsToItsRowsAndBackAgain)
{
    openStoreWith(60);
    ChartTile *tile = m_window->dashboard()->tile(QStringLiteral("cost_by_model"));
    ASSERT_NE(tile, nullptr);
    ChartPick pick;
    pick.dimension = "model";
    pick.value = Cell(std::string("o3"));
    pick.from = parseIsoTime("2025-06-02T00:00:00Z")->instant();
    pick.to = parseIsoTime("2025-06-02T00:30:00Z")->instant();
    Q_EMIT tile->activated(pick);
    EXPECT_EQ(m_window->page(), PageId::Generations);
    EXPECT_EQ(filterText(), "model = \"o3\"");
    EXPECT_EQ(workspace().scope().range, (TimeRange{pick.from, pick.to}));
    waitForEvents(10);

    m_window->actions().back->trigger();
    EXPECT_EQ(m_window->page(), PageId::Dashboard);
    EXPECT_EQ(filterText(), "");
    waitForEvents(60);
    m_window->actions().forward->trigger();
    EXPECT_EQ(filterText(), "model = \"o3\"");
}

TEST_F(MainWindowTest, ADragOnAChartSetsTheTimeRange)
{
    openStoreWith(60);
    const Timestamp from = parseIsoTime("2025-06-02T00:10:00Z")->instant();
    const Timestamp to = parseIsoTime("2025-06-02T00:20:00Z")->instant();
    TimeGesture brush;
    brush.range = {from, to};
    Q_EMIT m_window->dashboard()->tile(QStringLiteral("generations"))->gestured(brush);
    waitForEvents(10);
    EXPECT_EQ(number("number_generations"), QStringLiteral("10"));
    press(Qt::Key_BracketRight);
    EXPECT_EQ(workspace().scope().range.from, to);
    waitForEvents(10);
    press(Qt::Key_BracketLeft);
    EXPECT_EQ(workspace().scope().range.from, from);
}

TEST_F(MainWindowTest, KeysChangePages)
{
    openStoreWith(10);
    for (const PageId id :
         {PageId::Generations, PageId::Traces, PageId::Sessions, PageId::Users, PageId::Customers,
          PageId::Errors, PageId::Tools, PageId::Embeddings, PageId::Feedback}) {
        press(Qt::Key_0 + (static_cast<int>(id) + 1) % 10, Qt::ControlModifier);
        EXPECT_EQ(m_window->page(), id);
        EXPECT_TRUE(m_window->actions().page(id)->isChecked());
    }
    press(Qt::Key_Y, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(m_window->page(), PageId::Quality);
    press(Qt::Key_Left, Qt::AltModifier);
    EXPECT_EQ(m_window->page(), PageId::Feedback);
    press(Qt::Key_Right, Qt::AltModifier);
    EXPECT_EQ(m_window->page(), PageId::Quality);
}

TEST_F(MainWindowTest, EveryPageHasKeysOfItsOwn)
{
    QSet<QString> seen;
    for (const QAction *page : m_window->actions().pages) {
        const QString keys = page->shortcut().toString();
        EXPECT_FALSE(keys.isEmpty()) << qPrintable(page->text());
        EXPECT_FALSE(seen.contains(keys)) << qPrintable(keys);
        seen.insert(keys);
    }
}

TEST_F(MainWindowTest, EnterOnAnErrorLeadsToItsTracesAndBack)
{
    openStoreWith(60);
    press(Qt::Key_7, Qt::ControlModifier);
    auto *page = qobject_cast<TablePage *>(m_window->findChild<QStackedWidget *>()->currentWidget());
    ASSERT_NE(page, nullptr);
    ASSERT_EQ(page->kind(), ListKind::Errors);
    ASSERT_TRUE(QTest::qWaitFor([page] { return page->model()->rowCount() == 1; }, 10'000));
    page->view()->setCurrentIndex(page->model()->index(0, 0));
    QTest::keyClick(page->view(), Qt::Key_Return);
    EXPECT_EQ(m_window->page(), PageId::Traces);
    waitForEvents(6);
    press(Qt::Key_Left, Qt::AltModifier);
    EXPECT_EQ(m_window->page(), PageId::Errors);
    waitForEvents(60);
}

TEST_F(MainWindowTest, ASecondDumpGoesIntoTheOpenStore)
{
    openStoreWith(10);
    drop({write("more.jsonl", generations(25))});
    waitForEvents(25);
    EXPECT_EQ(workspace().storePath(), path("documents/events.genscope"));
    EXPECT_EQ(m_window->documents()->lastReport()->duplicates, 10);
    EXPECT_TRUE(m_window->actions().importReport->isEnabled());
}

TEST_F(MainWindowTest, ImportsIntoANewStoreWhereTheUserWantsIt)
{
    m_dialogs.files = {write("june.jsonl", generations(5))};
    m_dialogs.saved = path("chosen.genscope");
    m_window->actions().importNew->trigger();
    waitForEvents(5);
    EXPECT_EQ(m_dialogs.proposed, path("documents/june.genscope"));
    EXPECT_EQ(workspace().storePath(), path("chosen.genscope"));
}

TEST_F(MainWindowTest, RefreshShowsWhatAnotherProgramWrote)
{
    openStoreWith(10);
    typeFilter("is_error");
    waitForEvents(1);
    ASSERT_TRUE(importDumps(workspace().storePath(), {write("more.jsonl", generations(40))}, {}, {}).ok());
    press(Qt::Key_F5);
    waitForEvents(4);
    EXPECT_EQ(filterText(), "is_error");
}

TEST_F(MainWindowTest, ClosingTheStoreShowsTheStartPage)
{
    openStoreWith(10);
    press(Qt::Key_W, Qt::ControlModifier);
    EXPECT_FALSE(workspace().isOpen());
    EXPECT_TRUE(m_window->startPage()->isVisible());
    EXPECT_FALSE(m_window->topBar()->isVisible());
    EXPECT_FALSE(m_window->actions().page(PageId::Users)->isEnabled());
}

TEST_F(MainWindowTest, RemembersTheLastStoreTheRailAndTheZone)
{
    openStoreWith(10);
    m_window->rail()->setCollapsed(true);
    workspace().setZone(*Zone::named("Asia/Kolkata"));
    waitForEvents(10);
    m_window->close();
    makeWindow();
    m_window->openLastStore();
    waitForEvents(10);
    EXPECT_TRUE(m_window->rail()->isCollapsed());
    EXPECT_EQ(workspace().scope().zone.name(), "Asia/Kolkata");
}

TEST_F(MainWindowTest, EveryControlHasAName)
{
    openStoreWith(10);
    const auto controls = m_window->findChildren<QWidget *>();
    for (const QWidget *control : controls) {
        if (!control->isVisible() || control->focusPolicy() == Qt::NoFocus || control->inherits("QMenuBar"))
            continue;
        const bool named =
            !control->accessibleName().isEmpty() || !control->property("text").toString().isEmpty();
        EXPECT_TRUE(named) << control->metaObject()->className() << " in "
                           << control->parentWidget()->metaObject()->className();
    }
}

// --- Bad files

class BadFileTest : public MainWindowTest
{
protected:
    /// Opens @p file while a good store is open, which must stay.
    void expectRefused(const QString &file, const char *message)
    {
        openStoreWith(10);
        m_window->messages()->clear();
        const QString store = workspace().storePath();
        m_window->openPaths({file});
        waitForMessage(message);
        EXPECT_EQ(workspace().storePath(), store);
        waitForEvents(10);
        EXPECT_EQ(number("number_generations"), QStringLiteral("10"));
    }
};

TEST_F(BadFileTest, AStoreThatIsNone)
{
    expectRefused(write("text.genscope", "this is not a store"), "text.genscope");
}

TEST_F(BadFileTest, AStoreThatIsMissing)
{
    expectRefused(path("missing.genscope"), "missing.genscope");
}

TEST_F(BadFileTest, ABinaryFile)
{
    QByteArray noise;
    for (int i = 0; i < 4096; ++i)
        noise += static_cast<char>((i * 7919) >> 3);
    expectRefused(write("picture.jsonl", noise), "it is a binary file");
}

TEST_F(BadFileTest, AMissingDump)
{
    expectRefused(path("missing.jsonl"), "missing.jsonl");
}

TEST_F(BadFileTest, ABinaryFileWithNoStoreOpenLeavesNoStoreBehind)
{
    drop({write("picture.jsonl", QByteArray(4096, '\x93'))});
    waitForMessage("picture.jsonl");
    EXPECT_FALSE(workspace().isOpen());
    EXPECT_TRUE(QDir(path("documents")).entryList(QDir::Files).isEmpty());
    EXPECT_TRUE(m_window->startPage()->isVisible());
}

TEST_F(MainWindowTest, BarsThatDoNotCountOnAPageAreReplacedByASentence)
{
    openStoreWith(30);
    EXPECT_TRUE(m_window->topBar()->isVisible());
    for (const PageId page : {PageId::Prices, PageId::Quality, PageId::Listen}) {
        m_window->actions().page(page)->trigger();
        EXPECT_FALSE(m_window->topBar()->isVisible());
        EXPECT_FALSE(m_window->filterBar()->isVisible());
        EXPECT_TRUE(m_window->findChild<ScopeBars *>()->explanation().contains(
            QStringLiteral("time range and filter do not count here")));
    }
    m_window->actions().page(PageId::Prices)->trigger();
    m_window->pricesPage()->showCostCheck();
    EXPECT_TRUE(m_window->topBar()->isVisible()) << "what is compared there is of the time range";
    m_window->actions().page(PageId::Dashboard)->trigger();
    EXPECT_TRUE(m_window->filterBar()->isVisible());
}

TEST_F(MainWindowTest, OneMessageIsShownAndTheOthersAreAClickAway)
{
    openStoreWith(30);
    MessageBar *bar = m_window->messages();
    bar->clear();
    bar->show({Message::Severity::Warning, QStringLiteral("Something is doubtful."), {}, {}, {}});
    const int oneRow = bar->sizeHint().height();
    bar->show({Message::Severity::Notice, QStringLiteral("Something is new."), {}, {}, {}});
    EXPECT_EQ(bar->texts(),
              (QStringList{QStringLiteral("Something is doubtful."), QStringLiteral("Something is new.")}))
        << "the worst first";
    EXPECT_EQ(bar->sizeHint().height(), oneRow);
    const auto more = [bar]() -> QToolButton * {
        for (QToolButton *button : bar->findChildren<QToolButton *>()) {
            if (button->isVisible() &&
                (button->text() == QStringLiteral("1 more") || button->text() == QStringLiteral("Less")))
                return button;
        }
        return nullptr;
    };
    ASSERT_NE(more(), nullptr);
    more()->click();
    EXPECT_GT(bar->sizeHint().height(), oneRow);
    ASSERT_NE(more(), nullptr);
    more()->click();
    EXPECT_EQ(bar->sizeHint().height(), oneRow);
    bar->clear();
    EXPECT_FALSE(bar->isVisible());
}

} // namespace

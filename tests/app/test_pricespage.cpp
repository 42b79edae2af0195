// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/choicebutton.h"
#include "app/prices/pricechangesdialog.h"
#include "app/prices/priceeditor.h"
#include "app/prices/pricespage.h"
#include "app/prices/pricesview.h"
#include "app/tables/costview.h"
#include "app/tables/detailpane.h"
#include "app/tables/eventpane.h"
#include "app/tables/listview.h"
#include "app/tables/tablepage.h"
#include "charts/linkbutton.h"
#include "models/pricechanges.h"
#include "pricing/pricefile.h"
#include "sync/localserver.h"
#include "windowfixture.h"

#include <QAction>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QTabWidget>
#include <QTableView>

using namespace genscope;

namespace {

/// Ten calls of a model that no book knows, 1,000 tokens in and 500 out each, and two of gpt-4o.
QByteArray houseCalls()
{
    QByteArray lines;
    for (int i = 0; i < 12; ++i) {
        lines += QStringLiteral(R"({"uuid":"00000000-0000-4000-8000-%1","event":"$ai_generation",)"
                                R"("timestamp":"2025-06-02T0%2:00:00Z","distinct_id":"u","properties":)"
                                R"({"$ai_trace_id":"t%3","$ai_model":"%4","$ai_provider":"%5",)"
                                R"("$ai_input_tokens":1000,"$ai_output_tokens":500}})")
                     .arg(i, 12, 16, QLatin1Char('0'))
                     .arg(i % 10)
                     .arg(i)
                     .arg(i < 10 ? QStringLiteral("acme-house-1") : QStringLiteral("gpt-4o"))
                     .arg(i < 10 ? QStringLiteral("acme") : QStringLiteral("openai"))
                     .toUtf8() +
                 '\n';
    }
    return lines;
}

class PricesPageTest : public WindowTest
{
protected:
    void SetUp() override
    {
        m_priceServer = m_server.address();
        WindowTest::SetUp();
        m_window->openPaths({write("events.jsonl", houseCalls())});
        waitForEvents(12);
        press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        ASSERT_EQ(m_window->page(), PageId::Prices);
        waitForPrices();
    }

    PricesPage &page() { return *m_window->pricesPage(); }
    PricesView &view() { return *page().view(); }
    void waitForPrices()
    {
        EXPECT_TRUE(QTest::qWaitFor(
            [&] { return !page().isBusy() && isSettled() && view().prices()->rowCount() > 0; }, 20'000))
            << messages().toStdString();
    }
    template<typename Dialog>
    Dialog *dialog()
    {
        Dialog *found = nullptr;
        EXPECT_TRUE(QTest::qWaitFor(
            [&] {
                found = page().template findChild<Dialog *>();
                return found != nullptr && found->isVisible();
            },
            5000))
            << "no dialog; messages: " << messages().toStdString();
        return found;
    }
    static QLineEdit *field(QWidget *dialog, const char *name)
    {
        for (QLineEdit *edit : dialog->findChildren<QLineEdit *>()) {
            if (edit->accessibleName() == QLatin1String(name))
                return edit;
        }
        ADD_FAILURE() << "no field " << name;
        return nullptr;
    }
    /// Prices the house model at $2 in and $8 out, as a user would.
    void priceTheHouseModel()
    {
        QTableView *table = view().unpricedTable();
        table->setFocus();
        table->setCurrentIndex(view().unpriced()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Return);
        auto *editor = dialog<PriceEditor>();
        ASSERT_NE(editor, nullptr);
        field(editor, "Input")->setText(QStringLiteral("2"));
        field(editor, "Output")->setText(QStringLiteral("8.00"));
        ASSERT_TRUE(editor->okButton()->isEnabled()) << qPrintable(editor->problem());
        editor->okButton()->click();
        EXPECT_TRUE(QTest::qWaitFor([&] { return !page().own().rows().empty(); }, 10'000))
            << messages().toStdString();
        waitForPrices();
        m_window->activateWindow(); // as window managers do after a dialog
        EXPECT_TRUE(QTest::qWaitForWindowActive(m_window.get()));
    }
    /// Asks for an update, and then for going online, as a user would.
    void goOnline()
    {
        view().updateAction()->trigger();
        for (QAbstractButton *button : m_window->findChildren<QAbstractButton *>()) {
            if (button->text() == QStringLiteral("Go online")) {
                EXPECT_TRUE(m_server.requests.isEmpty()) << "it asked before it was told to";
                button->click();
                return;
            }
        }
        ADD_FAILURE() << "not offered: " << messages().toStdString();
    }
    /// Rows of the table with this model, as input and output rates.
    QStringList ratesOf(const char *model)
    {
        QStringList rates;
        for (int row = 0; row < view().prices()->rowCount(); ++row) {
            if (view().prices()->line(row).model == QLatin1String(model))
                rates += view().prices()->index(row, PriceTableModel::InputColumn).data().toString() +
                         QLatin1Char('/') +
                         view().prices()->index(row, PriceTableModel::OutputColumn).data().toString();
        }
        return rates;
    }

    LocalServer m_server;
};

} // namespace

TEST_F(PricesPageTest, UnpricedModelsComeFirstWithTheirVolume)
{
    ASSERT_EQ(view().unpriced()->rowCount(), 1);
    const UnpricedLine &line = view().unpriced()->line(0);
    EXPECT_EQ(line.model, QStringLiteral("acme-house-1"));
    EXPECT_EQ(line.provider, QStringLiteral("acme"));
    EXPECT_EQ(line.generations, 10);
    EXPECT_EQ(line.tokens, 15'000);
    EXPECT_EQ(isoTime(line.firstSeen), "2025-06-02T00:00:00+00:00");
    EXPECT_EQ(isoTime(line.lastSeen), "2025-06-02T09:00:00+00:00");
    EXPECT_TRUE(view().facts().startsWith(QStringLiteral("Bundled prices of 20")))
        << qPrintable(view().facts());
}

TEST_F(PricesPageTest, APriceIsAddedEditedAndUndone)
{
    priceTheHouseModel();
    EXPECT_EQ(ratesOf("acme-house-1"), QStringList(QStringLiteral("$2.00/$8.00")));
    EXPECT_TRUE(m_window->actions().undo->isEnabled());

    ASSERT_TRUE(view().reveal(QStringLiteral("acme-house-1"), {}));
    QTest::keyClick(view().table(), Qt::Key_Return);
    auto *editor = dialog<PriceEditor>();
    ASSERT_NE(editor, nullptr);
    EXPECT_EQ(field(editor, "Input")->text(), QStringLiteral("2"));
    field(editor, "Input")->setText(QStringLiteral("3"));
    editor->okButton()->click();
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return ratesOf("acme-house-1").size() == 2 && !page().isBusy(); }, 10'000));
    EXPECT_EQ(ratesOf("acme-house-1"),
              QStringList({QStringLiteral("$2.00/$8.00"), QStringLiteral("$3.00/$8.00")}))
        << "a new dated price; the old one stays for calls before it";

    m_window->actions().undo->trigger();
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return ratesOf("acme-house-1").size() == 1 && !page().isBusy(); }, 10'000));
    m_window->actions().undo->trigger();
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return ratesOf("acme-house-1").isEmpty() && !page().isBusy(); }, 10'000));
    EXPECT_FALSE(m_window->actions().undo->isEnabled());
    m_window->actions().redo->trigger();
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return ratesOf("acme-house-1").size() == 1 && !page().isBusy(); }, 10'000));
}

TEST_F(PricesPageTest, UndoIsAtHandAfterTheLastModelIsPriced)
{
    priceTheHouseModel();
    ASSERT_TRUE(QTest::qWaitFor([&] { return view().unpriced()->rowCount() == 0; }, 10'000));
    EXPECT_FALSE(view().unpricedTable()->isVisible());
    EXPECT_EQ(m_window->focusWidget(), view().table());
    QTest::keyClick(m_window->focusWidget(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return ratesOf("acme-house-1").isEmpty() && !page().isBusy(); }, 10'000));
    EXPECT_TRUE(QTest::qWaitFor([&] { return view().unpriced()->rowCount() == 1; }, 10'000));
}

TEST_F(PricesPageTest, UndoInAnUntouchedSearchIsAboutPrices)
{
    priceTheHouseModel();
    press(Qt::Key_F, Qt::ControlModifier);
    ASSERT_TRUE(view().search()->hasFocus());
    QTest::keyClicks(view().search(), QStringLiteral("4o"));
    QTest::keyClick(view().search(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(view().search()->text(), QString()) << "first what was typed";
    EXPECT_EQ(ratesOf("acme-house-1").size(), 1);
    QTest::keyClick(view().search(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return ratesOf("acme-house-1").isEmpty() && !page().isBusy(); }, 10'000));
}

TEST_F(PricesPageTest, TheEditorRefusesWhatCannotBeAPrice)
{
    view().addAction()->trigger();
    auto *editor = dialog<PriceEditor>();
    ASSERT_NE(editor, nullptr);
    EXPECT_FALSE(editor->okButton()->isEnabled());
    field(editor, "Model")->setText(QStringLiteral("m-*"));
    EXPECT_TRUE(editor->okButton()->isEnabled()) << qPrintable(editor->problem());
    field(editor, "Input")->setText(QStringLiteral("-1"));
    EXPECT_TRUE(editor->problem().contains(QStringLiteral("negative"))) << qPrintable(editor->problem());
    field(editor, "Input")->setText(QStringLiteral("much"));
    EXPECT_EQ(editor->problem(), QStringLiteral("Input: this is not a number."));
    EXPECT_FALSE(editor->okButton()->isEnabled());
    editor->reject();
}

TEST_F(PricesPageTest, TheNearestPriceIsOffered)
{
    const auto near = nearestPrice(*PriceBook::bundled(), QStringLiteral("gpt-4o-mini-acme"));
    ASSERT_TRUE(near.has_value());
    EXPECT_TRUE(near->model.contains(QStringLiteral("gpt-4o-mini"))) << qPrintable(near->model);
    EXPECT_FALSE(nearestPrice(*PriceBook::bundled(), QStringLiteral("zzzz")).has_value());
}

TEST_F(PricesPageTest, SearchAndSourceNarrowTheTable)
{
    press(Qt::Key_F, Qt::ControlModifier);
    EXPECT_TRUE(view().search()->hasFocus());
    QTest::keyClicks(view().search(), QStringLiteral("gpt-4o-mini"));
    EXPECT_LT(view().proxy()->rowCount(), 20);
    EXPECT_GT(view().proxy()->rowCount(), 0);
    EXPECT_TRUE(view().countText().contains(QStringLiteral(" of "))) << qPrintable(view().countText());
    QTest::keyClick(view().search(), Qt::Key_Escape);
    EXPECT_EQ(view().proxy()->rowCount(), view().prices()->rowCount());
}

TEST_F(PricesPageTest, AFileIsPreviewedAndAppliedOrRefusedWithItsRows)
{
    const QByteArray header = QByteArray::fromStdString(priceCsvHeader());
    PriceRow row;
    row.model = "acme-house-1";
    row.rate = *Decimal::parse("0.000001");
    PriceRow output = row;
    output.unit = PriceUnit::OutputToken;
    m_dialogs.files = {write("prices.csv", QByteArray::fromStdString(pricesAsCsv({row, output})))};
    view().importAction()->trigger();
    auto *preview = dialog<PriceChangesDialog>();
    ASSERT_NE(preview, nullptr);
    EXPECT_EQ(preview->model()->rowCount(), 2);
    EXPECT_EQ(preview->model()->index(0, PriceChangesModel::BeforeColumn).data().toString(),
              QStringLiteral("new"));
    EXPECT_EQ(preview->model()->index(0, PriceChangesModel::AfterColumn).data().toString(),
              QStringLiteral("$1.00"));
    preview->model()->setAllChosen(false);
    EXPECT_FALSE(preview->applyButton()->isEnabled());
    preview->model()->setAllChosen(true);
    preview->applyButton()->click();
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return ratesOf("acme-house-1").size() == 1 && !page().isBusy(); }, 10'000));

    row.rate = *Decimal::parse("-0.000001");
    m_dialogs.files = {write("bad.csv", QByteArray::fromStdString(pricesAsCsv({row, output})))};
    view().importAction()->trigger();
    waitForMessage("bad.csv was not imported");
    EXPECT_EQ(page().own().rows().size(), 2U) << "nothing half-applied";
}

TEST_F(PricesPageTest, PricesAreExported)
{
    m_dialogs.saved = path("out.csv");
    view().exportAction()->trigger();
    waitForMessage("The prices are in");
    QFile csv(path("out.csv"));
    ASSERT_TRUE(csv.open(QIODevice::ReadOnly));
    EXPECT_TRUE(csv.readAll().startsWith(QByteArray::fromStdString(priceCsvHeader()).trimmed()));
}

TEST_F(PricesPageTest, TheStatusLineLeadsHere)
{
    press(Qt::Key_1, Qt::ControlModifier);
    EXPECT_EQ(m_window->page(), PageId::Dashboard);
    EXPECT_TRUE(m_window->statusLine()->prices()->text().startsWith(QStringLiteral("prices of 20")));
    QTest::mouseClick(m_window->statusLine()->prices(), Qt::LeftButton);
    EXPECT_EQ(m_window->page(), PageId::Prices);
}

TEST_F(PricesPageTest, ACostExplainsItselfAndLeadsToItsPrice)
{
    workspace().setFilter(*Filter::parse("model = \"gpt-4o\""));
    waitForEvents(2);
    press(Qt::Key_2, Qt::ControlModifier);
    TablePage *table = nullptr;
    for (TablePage *each : m_window->findChildren<TablePage *>()) {
        if (each->kind() == ListKind::Generations)
            table = each;
    }
    ASSERT_NE(table, nullptr);
    ASSERT_TRUE(QTest::qWaitFor([&] { return table->model()->rowCount() == 2; }, 10'000));
    std::unique_ptr<QMenu> menu(table->cellMenu(table->model()->index(0, 0)));
    QAction *explain = nullptr;
    for (QAction *action : menu->actions()) {
        if (action->text() == QStringLiteral("Explain this cost"))
            explain = action;
    }
    ASSERT_NE(explain, nullptr);
    explain->trigger();
    const EventPane *pane = table->detailPane()->eventPane();
    ASSERT_TRUE(QTest::qWaitFor([&] { return pane->tabs()->currentWidget() == pane->cost(); }, 10'000));
    const QString text = pane->cost()->text();
    EXPECT_TRUE(text.startsWith(QStringLiteral("$0.0075, by the price book"))) << qPrintable(text);
    EXPECT_TRUE(text.contains(QStringLiteral("Input | 1000 | $2.50 | $0.0025"))) << qPrintable(text);
    EXPECT_TRUE(text.contains(QStringLiteral("Output | 500 | $10.00 | $0.005"))) << qPrintable(text);
    EXPECT_TRUE(text.contains(QStringLiteral("Sum $0.0075."))) << qPrintable(text);
    pane->cost()->priceLink()->click();
    EXPECT_EQ(m_window->page(), PageId::Prices);
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return !view().table()->selectionModel()->selectedRows().isEmpty(); }, 10'000));
}

TEST_F(PricesPageTest, AnUpdateAsksOnlyWhenToldToAndKeepsOldPricesAsHistory)
{
    m_server.put("/api/v1/models", R"({"data": [{"id": "openai/gpt-4o",
        "pricing": {"prompt": "0.000005", "completion": "0.00002"}}]})");
    m_server.put("/api/v1/models/openai/gpt-4o/endpoints",
                 R"({"data": {"id": "openai/gpt-4o", "endpoints": []}})");
    const QStringList before = ratesOf("openai/gpt-4o");
    goOnline();
    auto *preview = dialog<PriceChangesDialog>();
    ASSERT_NE(preview, nullptr);
    QList<QByteArray> asked;
    for (const QByteArray &head : m_server.requests)
        asked += head.split(' ').value(1);
    EXPECT_EQ(asked.last(), QByteArray("/api/v1/models/openai/gpt-4o/endpoints"))
        << "of the model that is used";
    EXPECT_EQ(ratesOf("openai/gpt-4o"), before) << "nothing changes before it is agreed to";
    preview->accept();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !page().own().rows().empty(); }, 10'000))
        << messages().toStdString();
    waitForPrices();
    const QStringList after = ratesOf("openai/gpt-4o");
    EXPECT_TRUE(after.contains(QStringLiteral("$5.00/$20.00"))) << qPrintable(after.join(u' '));
    for (const QString &old : before)
        EXPECT_TRUE(after.contains(old)) << qPrintable(old) << " is history, not lost";
}

TEST_F(PricesPageTest, AnUpdateThatFailsLeavesTheBookAsItWas)
{
    const QStringList before = ratesOf("openai/gpt-4o");
    goOnline();
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return messages().contains(QStringLiteral("the book is as it was")); }, 10'000))
        << messages().toStdString();
    EXPECT_EQ(m_server.requests.size(), 1);
    EXPECT_TRUE(page().own().rows().empty());
    EXPECT_EQ(ratesOf("openai/gpt-4o"), before);
    EXPECT_TRUE(view().updateAction()->isEnabled()) << "it can be tried again";
}

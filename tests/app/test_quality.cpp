// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What looks wrong in the events, in the window.

#include "windowfixture.h"

#include "app/findinglist.h"
#include "app/importreportdialog.h"
#include "app/qualitypage.h"
#include "app/tables/tablepage.h"
#include "models/importmodels.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>

#include <algorithm>

using namespace genscope;

namespace {

class QualityTest : public WindowTest
{
protected:
    /// Sound calls, two to a trace.
    static QByteArray sound(int count)
    {
        QByteArray lines = generations(count);
        lines.replace("\"$ai_latency\":1.5",
                      "\"$ai_latency\":1.5,\"$ai_input_tokens\":100,\"$ai_output_tokens\":20");
        for (int i = 0; i < count; ++i) {
            const QByteArray id = "\"$ai_trace_id\":\"t" + QByteArray::number(i) + '"';
            lines.replace(id, "\"$ai_trace_id\":\"t" + QByteArray::number(i / 2) + '"');
        }
        return lines;
    }
    /// The same with a first token after the end in each call on `o3`.
    static QByteArray late(int count)
    {
        QByteArray lines = sound(count);
        lines.replace("\"$ai_model\":\"o3\"", "\"$ai_model\":\"o3\",\"$ai_time_to_first_token\":2.5");
        return lines;
    }
    FindingList *pageList() { return m_window->qualityPage()->list(); }
    void openPage()
    {
        m_window->actions().page(PageId::Quality)->trigger();
        EXPECT_EQ(m_window->page(), PageId::Quality);
    }
    static QStringList texts(const QWidget *widget)
    {
        QStringList texts;
        for (const QLabel *label : widget->findChildren<QLabel *>())
            texts.push_back(label->text());
        return texts;
    }
    ImportReportDialog *dialog() { return m_window->findChild<ImportReportDialog *>(); }
    template<typename View>
    static View *named(QWidget *in, const char *name)
    {
        for (View *view : in->findChildren<View *>()) {
            if (view->accessibleName() == QLatin1String(name))
                return view;
        }
        ADD_FAILURE() << "there is no " << name;
        return nullptr;
    }
};

TEST_F(QualityTest, SoundEventsGiveAnEmptyState)
{
    m_window->openPaths({write("events.jsonl", sound(20))});
    waitForEvents(20);
    openPage();
    EXPECT_TRUE(QTest::qWaitFor([&] {
        return pageList()->summary().startsWith(QStringLiteral("Nothing looks wrong"));
    })) << qPrintable(pageList()->summary());
    EXPECT_EQ(pageList()->summary(), QStringLiteral("Nothing looks wrong in 20 events"));
    EXPECT_EQ(pageList()->cardCount(), 0);
    EXPECT_FALSE(messages().contains(QStringLiteral("Data quality"))) << qPrintable(messages());
}

TEST_F(QualityTest, AnImportSaysWhatLooksWrongAndLeadsToItsEvents)
{
    m_window->openPaths({write("events.jsonl", late(30))});
    waitForEvents(30);
    waitForMessage("Data quality: 1 warning");
    waitForMessage("First token later than the end of the call.");

    QPushButton *show = nullptr;
    for (QPushButton *button : m_window->messages()->findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("Show"))
            show = button;
    }
    ASSERT_NE(show, nullptr);
    show->click();
    EXPECT_EQ(m_window->page(), PageId::Quality);
    ASSERT_TRUE(QTest::qWaitFor([&] { return pageList()->cardCount() == 1; }));
    EXPECT_TRUE(texts(pageList()).contains(QStringLiteral("10 of 30 events (33.3 %)")))
        << qPrintable(texts(pageList()).join(QLatin1Char('\n')));

    auto *events = pageList()->findChild<QPushButton *>();
    ASSERT_NE(events, nullptr);
    EXPECT_NE(events->focusPolicy() & Qt::TabFocus, 0);
    events->setFocus();
    QTest::keyClick(events, Qt::Key_Space);
    EXPECT_EQ(m_window->page(), PageId::Generations);
    EXPECT_EQ(workspace().scope().filter.toString(), "issue = \"ttft_after_end\"");
    waitForEvents(10);
    const auto pages = m_window->findChildren<TablePage *>();
    const auto shown =
        std::find_if(pages.begin(), pages.end(), [](const TablePage *each) { return each->isVisible(); });
    ASSERT_NE(shown, pages.end());
    TablePage *page = *shown;
    ASSERT_TRUE(QTest::qWaitFor([&] { return page->model()->rowCount() == 10; }));
    m_window->actions().back->trigger();
    waitForEvents(30);
}

TEST_F(QualityTest, FindingsFollowTheData)
{
    m_window->openPaths({write("events.jsonl", sound(20))});
    waitForEvents(20);
    openPage();
    ASSERT_TRUE(QTest::qWaitFor([&] { return pageList()->summary().startsWith(QStringLiteral("Nothing")); }));
    QByteArray more = late(30);
    more.replace("00000000-0000-4000-8000-", "00000000-0000-4000-8001-");
    m_window->openPaths({write("more.jsonl", more)});
    waitForEvents(50);
    EXPECT_TRUE(QTest::qWaitFor([&] { return pageList()->cardCount() == 1; }))
        << qPrintable(pageList()->summary());
    m_window->documents()->closeStore();
    EXPECT_EQ(pageList()->cardCount(), 0);
}

TEST_F(QualityTest, TheImportReportShowsFilesRejectsAndFindings)
{
    const QString folder = path("dumps");
    ASSERT_TRUE(QDir().mkpath(folder));
    write("dumps/a.jsonl", late(30) + "{\"event\":\"$ai_generation\",\"timestamp\":\"soon\"}\n");
    write("dumps/b.jsonl",
          generations(3) + "nothing\n{\"event\":\"$ai_generation\",\"timestamp\":\"later\"}\n");
    m_window->openPaths({folder});
    waitForEvents(30);
    m_window->actions().importReport->trigger();
    ASSERT_NE(dialog(), nullptr);
    ASSERT_EQ(dialog()->tabs()->count(), 3);
    EXPECT_EQ(dialog()->tabs()->tabText(1), QStringLiteral("Rejected lines (3)"));

    const auto *files = named<QTableView>(dialog(), "Files");
    ASSERT_NE(files, nullptr);
    EXPECT_EQ(files->model()->rowCount(), 2);
    EXPECT_EQ(files->model()->index(0, SourceModel::FileColumn).data().toString(), QStringLiteral("a.jsonl"));
    EXPECT_EQ(files->model()->index(1, SourceModel::RejectedColumn).data().toString(), QStringLiteral("2"));

    auto *reasons = named<QTableView>(dialog(), "Reasons");
    const auto *lines = named<QTableView>(dialog(), "Rejected lines");
    ASSERT_TRUE(reasons != nullptr && lines != nullptr);
    EXPECT_EQ(lines->model()->rowCount(), 3);
    reasons->selectRow(1);
    EXPECT_EQ(lines->model()->rowCount(), 2) << "both timestamps that cannot be read";
    for (QPushButton *button : dialog()->findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("Copy lines"))
            button->click();
        if (button->text() == QStringLiteral("Export CSV…")) {
            m_dialogs.saved = path("rejected.csv");
            button->click();
        }
    }
    const QStringList copied = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
    ASSERT_EQ(copied.size(), 2);
    EXPECT_TRUE(copied[0].contains(QStringLiteral("a.jsonl:31: ")) ||
                copied[1].contains(QStringLiteral("a.jsonl:31: ")))
        << qPrintable(copied.join(QLatin1Char('\n')));
    QFile csv(path("rejected.csv"));
    ASSERT_TRUE(csv.open(QIODevice::ReadOnly));
    EXPECT_EQ(csv.readAll().count('\n'), 4);

    dialog()->tabs()->setCurrentIndex(2);
    auto *list = dialog()->findChild<FindingList *>();
    ASSERT_NE(list, nullptr);
    ASSERT_TRUE(QTest::qWaitFor([&] { return list->cardCount() > 0; }));
    list->findChild<QPushButton *>()->click();
    EXPECT_EQ(workspace().scope().filter.toString(), "issue = \"ttft_after_end\"");
    waitForEvents(10);
}

} // namespace

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/report.h"

#include "support/snapshotbuilder.h"
#include "workspace/dashboard.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QThread>

#include <gtest/gtest.h>

using namespace genscope;
using genscope::test::SnapshotBuilder;
using genscope::test::TestEvent;

namespace {

class ReportTest : public testing::Test
{
protected:
    static std::shared_ptr<const Selection> selectionOf(const std::vector<TestEvent> &events,
                                                        const Scope &scope = {})
    {
        SnapshotBuilder builder(events);
        auto made = makeSelection(builder.build(), nullptr, scope, nullptr, {});
        EXPECT_TRUE(made);
        return *made;
    }
    static std::vector<TestEvent> twoWeeks()
    {
        std::vector<TestEvent> events;
        for (int day = 1; day <= 14; ++day) {
            for (int call = 0; call < 4; ++call) {
                TestEvent event;
                event.time = QStringLiteral("2025-06-%1T%2:10:00Z")
                                 .arg(day, 2, 10, QLatin1Char('0'))
                                 .arg(10 + call)
                                 .toStdString();
                event.user = call % 2 == 0 ? "ada" : "bob";
                event.trace = "trace-" + std::to_string(day);
                event.model = call == 3 ? "<script>alert(1)</script>" : call == 2 ? "=cmd" : "gpt-4o";
                event.status = call == 3 ? 500 : 200;
                event.isError = call == 3;
                event.latency = 0.4 + 0.1 * day + call;
                event.input = 1000;
                event.output = 200;
                if (call != 2)
                    event.reportedCost = 0.01 * (call + 1);
                events.push_back(event);
            }
        }
        return events;
    }
    QByteArray read(const QString &name) const
    {
        QFile file(QDir(folder()).filePath(name));
        EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << qPrintable(name);
        return file.readAll();
    }
    QString folder() const { return home.filePath(QStringLiteral("report")); }

    QTemporaryDir home;
};

} // namespace

TEST_F(ReportTest, WritesEveryTileInEveryForm)
{
    const auto selection = selectionOf(twoWeeks());
    const Status status = writeReport(*selection, folder());
    ASSERT_TRUE(status) << qPrintable(status.error().message);

    const auto tiles = dashboardTiles(selection->scope, selection->covered());
    QStringList expected{QStringLiteral("index.html"), QStringLiteral("report.pdf")};
    QStringList charts{QStringLiteral("latency_distribution"), QStringLiteral("latency_hour_of_week"),
                       QStringLiteral("latency_by_output_tokens")};
    for (const TileSpec &tile : tiles)
        charts << tile.id;
    for (const QString &chart : charts) {
        for (const char *suffix : {".svg", ".png", ".csv"})
            expected << chart + QLatin1String(suffix);
        EXPECT_FALSE(QImage(QDir(folder()).filePath(chart + QStringLiteral(".png"))).isNull())
            << qPrintable(chart);
        EXPECT_TRUE(read(chart + QStringLiteral(".svg")).contains("<svg")) << qPrintable(chart);
    }
    expected.sort();
    QStringList found = QDir(folder()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    found.sort();
    EXPECT_EQ(found, expected);
    EXPECT_TRUE(read(QStringLiteral("report.pdf")).startsWith("%PDF-"));
}

TEST_F(ReportTest, PageIsSafeAndNeedsNothingElse)
{
    ASSERT_TRUE(writeReport(*selectionOf(twoWeeks()), folder()));
    const QString html = QString::fromUtf8(read(QStringLiteral("index.html")));
    EXPECT_FALSE(html.contains(QStringLiteral("<script"), Qt::CaseInsensitive));
    EXPECT_TRUE(html.contains(QStringLiteral("&lt;script&gt;alert(1)&lt;/script&gt;")));
    EXPECT_FALSE(html.contains(QStringLiteral("http://"))) << "no remote loads";
    EXPECT_FALSE(html.contains(QStringLiteral("https://")));
    EXPECT_TRUE(html.contains(QStringLiteral("prefers-color-scheme")));

    // Every link leads to a file of the report.
    static const QRegularExpression kLink(QStringLiteral("href=\"([^\"]*)\""));
    int links = 0;
    for (auto match = kLink.globalMatch(html); match.hasNext(); ++links) {
        const QString target = match.next().captured(1);
        EXPECT_TRUE(QFileInfo::exists(QDir(folder()).filePath(target))) << qPrintable(target);
    }
    EXPECT_GT(links, 30);
    // No untrusted text in the pictures is markup either.
    EXPECT_FALSE(read(QStringLiteral("cost_by_model.svg")).contains("<script"));
}

TEST_F(ReportTest, SaysWhatItIsOver)
{
    Scope scope;
    scope.filter = *Filter::parse("model = \"gpt-4o\"");
    scope.zone = *Zone::named("Europe/Berlin");
    ASSERT_TRUE(writeReport(*selectionOf(twoWeeks(), scope), folder()));
    const QString html = QString::fromUtf8(read(QStringLiteral("index.html")));
    EXPECT_TRUE(html.contains(QStringLiteral("model = &quot;gpt-4o&quot;")));
    EXPECT_TRUE(html.contains(QStringLiteral("Europe/Berlin")));
    EXPECT_TRUE(html.contains(QStringLiteral("28 of 56")));
}

TEST_F(ReportTest, TheSameDataGivesTheSameBytes)
{
    const auto selection = selectionOf(twoWeeks());
    ASSERT_TRUE(writeReport(*selection, folder()));
    QThread::msleep(1100); // a PDF is dated to the second
    const QString again = home.filePath(QStringLiteral("again"));
    ASSERT_TRUE(writeReport(*selection, again));
    const QStringList files = QDir(folder()).entryList(QDir::Files);
    ASSERT_GT(files.size(), 50);
    for (const QString &name : files) {
        QFile file(QDir(again).filePath(name));
        ASSERT_TRUE(file.open(QIODevice::ReadOnly)) << qPrintable(name);
        EXPECT_EQ(file.readAll(), read(name)) << qPrintable(name);
    }
}

TEST_F(ReportTest, SaysInWordsWhatItCostsWhyThatChangedAndWhatIsMissing)
{
    Scope scope; // the second week; the first is held against it
    scope.range.from = parseTimeBound("2025-06-08", false, Zone(), {}).value();
    scope.range.to = parseTimeBound("2025-06-14", true, Zone(), {}).value();
    std::vector<TestEvent> events = twoWeeks();
    for (TestEvent &event : events) {
        if (event.time >= "2025-06-08" && event.reportedCost)
            *event.reportedCost *= 1.5;
    }
    ASSERT_TRUE(writeReport(*selectionOf(events, scope), folder()));
    const QString html = QString::fromUtf8(read(QStringLiteral("index.html")));
    for (const char *expected :
         {"28 generation(s) by 2 user(s) cost $0.735, which is $0.0262 each. That is $0.245 (50.0 %) more "
          "than "
          "in "
          "the period before, mostly by prices and fees (+$0.245). The model that costs most is "
          "&lt;script&gt;alert(1)&lt;/script&gt; with $0.42 (57.1 %).",
          "7 generation(s) failed (25.0 %).", "Half of the calls took",
          "7 generations have no price and are in none of these amounts.",
          "<h2 class=\"section\">Why the cost changed</h2>",
          "<tr><td>=cmd</td><td>(none)</td><td>7</td></tr>", "How the numbers are defined"})
        EXPECT_TRUE(html.contains(QString::fromUtf8(expected)))
            << expected << "\n"
            << qPrintable(html.section(QStringLiteral("class=\"summary\""), 1).left(900));

    scope.range = {}; // nothing is before everything: its halves are held against each other
    ASSERT_TRUE(writeReport(*selectionOf(events, scope), folder()));
    EXPECT_TRUE(read(QStringLiteral("index.html")).contains("The later half of this time cost "));
}

TEST_F(ReportTest, CsvIsThatOfTheCommandLine)
{
    ASSERT_TRUE(writeReport(*selectionOf(twoWeeks()), folder()));
    EXPECT_EQ(read(QStringLiteral("http_status.csv")), "http_status,generations\n200,42\n500,14\n");
    EXPECT_EQ(read(QStringLiteral("cost_by_model.csv")),
              "model,cost\n<script>alert(1)</script>,0.56\ngpt-4o,0.42\n'=cmd,\n");
}

TEST_F(ReportTest, NothingToReportIsAReportThatSaysSo)
{
    ASSERT_TRUE(writeReport(*selectionOf({}), folder()));
    EXPECT_TRUE(read(QStringLiteral("index.html")).contains("0 of 0"));
}

TEST_F(ReportTest, RefusesAFileInTheFoldersPlace)
{
    QFile file(folder());
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    const Status status = writeReport(*selectionOf({}), folder());
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().kind, Error::Kind::Io);
}

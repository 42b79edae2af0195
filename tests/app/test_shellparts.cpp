// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/documentcontroller.h"
#include "app/drilldown.h"
#include "app/importreportdialog.h"
#include "app/jobarea.h"
#include "app/pagehistory.h"
#include "app/recentstores.h"
#include "app/reportexport.h"
#include "app/tilegrid.h"

#include <QFile>
#include <QSettings>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace genscope;

namespace {

Timestamp at(const char *iso)
{
    return parseIsoTime(iso)->instant();
}

Filter filter(std::string_view text)
{
    return *Filter::parse(text);
}

TEST(ProposedStorePath, IsNamedAfterTheDumpAndNeverExists)
{
    const QTemporaryDir folder;
    const auto proposed = [&folder](const char *dump) {
        return proposedStorePath(folder.path(), QString::fromLatin1(dump))
            .mid(folder.path().size() + 1)
            .toStdString();
    };
    EXPECT_EQ(proposed("/tmp/events.jsonl.gz"), "events.genscope");
    EXPECT_EQ(proposed("/tmp/2025-06 export.json"), "2025-06 export.genscope");
    EXPECT_EQ(proposed("/data/dumps/"), "dumps.genscope");
    EXPECT_EQ(proposed("/tmp/.jsonl"), ".jsonl.genscope");
    QFile taken(folder.filePath(QStringLiteral("events.genscope")));
    ASSERT_TRUE(taken.open(QIODevice::WriteOnly));
    EXPECT_EQ(proposed("/tmp/events.jsonl"), "events 2.genscope");
}

TEST(RecentStores, KeepTheNewestFirstAndSayWhatIsMissing)
{
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    RecentStores recent(&settings);
    QFile store(folder.filePath(QStringLiteral("b.genscope")));
    ASSERT_TRUE(store.open(QIODevice::WriteOnly));
    store.write("1234");
    store.close();
    recent.add(folder.filePath(QStringLiteral("a.genscope")));
    recent.add(store.fileName());
    recent.add(folder.filePath(QStringLiteral("a.genscope")));
    const auto entries = recent.entries();
    ASSERT_EQ(entries.size(), 2);
    EXPECT_FALSE(entries[0].exists);
    EXPECT_TRUE(entries[1].exists);
    EXPECT_EQ(entries[1].bytes, 4);
    recent.remove(entries[0].path);
    EXPECT_EQ(recent.last(), store.fileName());
}

TEST(DrilledScope, AddsTheTilesFilterTheValueAndTheBucket)
{
    Scope scope;
    scope.range = {at("2025-06-01T06:00:00Z"), std::nullopt};
    scope.filter = filter("latency > 1s");
    TileSpec tile;
    tile.filter = filter("is_error");
    ChartPick pick;
    pick.from = at("2025-06-01T00:00:00Z");
    pick.to = at("2025-06-02T00:00:00Z");
    pick.dimension = "model";
    pick.value = Cell(std::string("gpt-4o"));
    const Scope drilled = drilledScope(scope, tile, pick);
    EXPECT_EQ(drilled.filter.toString(),
              filter("latency > 1s and is_error and model = \"gpt-4o\"").toString());
    EXPECT_EQ(drilled.range, (TimeRange{at("2025-06-01T06:00:00Z"), at("2025-06-02T00:00:00Z")}));
}

TEST(DrilledScope, AsksForRowsWithoutTheValueWhereItIsMissing)
{
    ChartPick pick;
    pick.dimension = "customer";
    pick.value = Cell();
    EXPECT_EQ(drilledScope({}, {}, pick).filter.toString(), "customer is not set");
}

TEST(DrilledScope, LeavesOutWhatIsShownApartFromOther)
{
    ChartPick pick;
    pick.dimension = "http_status";
    pick.value = Cell(std::string(ResultTable::kOther));
    pick.otherThan = {Cell(std::int64_t{200}), Cell()};
    const Filter expected =
        Filter::all({filter("http_status = 200").negated(), filter("http_status is not set").negated()});
    EXPECT_EQ(drilledScope({}, {}, pick).filter.toString(), expected.toString());
}

TEST(WithCondition, SaysNothingTwice)
{
    EXPECT_EQ(withCondition(filter("is_error and stream"), filter("is_error")).toString(),
              filter("is_error and stream").toString());
}

TEST(PageHistory, GoesBackThroughPagesAndRestoresWhatADrillDownChanged)
{
    PageHistory history;
    EXPECT_FALSE(history.canGoBack());
    history.visit(PageId::Users);
    history.visit(PageId::Users); // staying is no step
    Scope before;
    before.filter = filter("stream");
    Scope after = before;
    after.filter = filter("stream and is_error");
    history.visit(PageId::Generations, before, after);

    const auto users = history.back();
    EXPECT_EQ(users.page, PageId::Users);
    ASSERT_TRUE(users.scope.has_value());
    EXPECT_EQ(users.scope->filter.toString(), "stream");
    const auto dashboard = history.back();
    EXPECT_EQ(dashboard.page, PageId::Dashboard);
    EXPECT_FALSE(dashboard.scope.has_value());
    history.forward();
    EXPECT_EQ(history.forward().scope->filter.toString(), filter("stream and is_error").toString());
    EXPECT_FALSE(history.canGoForward());
}

TEST(PageHistory, ForgetsTheWayForwardOnceAnotherIsTaken)
{
    PageHistory history;
    history.visit(PageId::Users);
    history.back();
    history.visit(PageId::Traces);
    EXPECT_FALSE(history.canGoForward());
    EXPECT_EQ(history.current(), PageId::Traces);
}

std::string drawn(const std::vector<QRect> &rects)
{
    std::string text;
    for (const QRect &rect : rects)
        text += std::to_string(rect.x()) + "," + std::to_string(rect.y()) + " " +
                std::to_string(rect.width()) + "x" + std::to_string(rect.height()) + "\n";
    return text;
}

TEST(TileGrid, FillsTheGapBesideAHighTile)
{
    // Two numbers, then a chart of 8 columns and 2 rows with two of 4 columns beside it.
    const std::vector<TileSpan> spans = {{6, 1, true}, {6, 1, true}, {8, 2}, {4, 1}, {4, 1}};
    const auto rects = arrangeTiles(spans, 1220);
    ASSERT_EQ(rects.size(), 5u);
    EXPECT_EQ(rects[2].height(), rects[4].bottom() - rects[3].top() + 1) << drawn(rects);
    EXPECT_EQ(rects[3].left(), rects[4].left()) << drawn(rects);
    EXPECT_EQ(rects[1].right(), rects[3].right()) << drawn(rects);
    EXPECT_GT(rects[2].top(), rects[0].bottom()) << drawn(rects);
}

TEST(TileGrid, NeverOverlapsAndStaysInside)
{
    const std::vector<TileSpan> spans = {{2, 1, true}, {2, 1, true}, {2, 1, true}, {8, 2}, {4, 2},
                                         {4},          {4},          {4},          {6},    {6}};
    for (const int width : {400, 560, 700, 899, 900, 1280, 2560}) {
        const auto rects = arrangeTiles(spans, width);
        for (std::size_t i = 0; i < rects.size(); ++i) {
            EXPECT_GE(rects[i].left(), 0) << width << "\n" << drawn(rects);
            EXPECT_LT(rects[i].right(), width) << width << "\n" << drawn(rects);
            for (std::size_t j = 0; j < i; ++j)
                EXPECT_FALSE(rects[i].intersects(rects[j])) << width << "\n" << drawn(rects);
        }
    }
}

TEST(ProgressText, SaysWhatIsKnown)
{
    const QLocale c = QLocale::c();
    EXPECT_EQ(progressText({0, 0, 12, 0.2}, c), QStringLiteral("12 events"));
    const QString text = progressText({25'000'000, 100'000'000, 40'000, 2}, c);
    EXPECT_TRUE(text.contains(QStringLiteral(" of "))) << qPrintable(text);
    EXPECT_TRUE(text.contains(QStringLiteral("/s"))) << qPrintable(text);
    EXPECT_TRUE(text.contains(QStringLiteral("left"))) << qPrintable(text);
}

TEST(ImportSummary, LeavesOutWhatDidNotHappen)
{
    ImportReport report;
    report.newEvents = 12'000;
    EXPECT_EQ(importSummary(report, QLocale(QLocale::English)), QStringLiteral("12,000 new events"));
    report.rejected = 2;
    EXPECT_EQ(importSummary(report, QLocale(QLocale::English)),
              QStringLiteral("12,000 new events, 2 rejected lines"));
}

TEST(ReportArguments, SayWhatTheWindowShows)
{
    Scope scope;
    scope.range.from = at("2025-06-01T00:00:00Z");
    scope.filter = filter("is_error");
    scope.cost = CostMode::Recomputed;
    EXPECT_EQ(
        reportArguments(QStringLiteral("/s.genscope"), QStringLiteral("/out"), scope).join(QLatin1Char('|')),
        QStringLiteral("report|/s.genscope|--out|/out|--zone|UTC|--cost|recomputed|--from|"
                       "2025-06-01T00:00:00+00:00|--where|is_error"));
    Scope priced;
    priced.customer = *Field::parse("group.company");
    priced.pricing.time = PriceTime::Today;
    priced.pricing.whatIf = {*parseSubstitution("gpt-4o=x0.5"), *parseSubstitution("is_error => o3")};
    EXPECT_EQ(reportArguments(QStringLiteral("/s.genscope"), QStringLiteral("/out"), priced)
                  .mid(8)
                  .join(QLatin1Char('|')),
              QStringLiteral("--customer|group.company|--prices|today|--what-if|%1|--what-if|%2")
                  .arg(QString::fromStdString(toString(priced.pricing.whatIf[0])),
                       QString::fromStdString(toString(priced.pricing.whatIf[1]))));
    priced.pricing = {PriceTime::Instant, at("2025-06-01T00:00:00Z"), {}};
    EXPECT_TRUE(reportArguments({}, {}, priced).contains(QStringLiteral("2025-06-01T00:00:00+00:00")));
}

} // namespace

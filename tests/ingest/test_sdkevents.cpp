// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/dumptesting.h"
#include "ingest/eventdescription.h"
#include "ingest/normalise.h"
#include "support/testpaths.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace genscope;

namespace {

QString dataFile(const char *name)
{
    return test::testData(QLatin1String("ingest/")) + QString::fromLatin1(name);
}

std::vector<std::string> paragraphs(const QString &path)
{
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
    const std::string text = file.readAll().toStdString();
    std::vector<std::string> found;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find("\n\n", at), text.size() - 1);
        found.push_back(text.substr(at, end - at + 1));
        at = end + 2;
    }
    return found;
}

/// Real events of PostHog's SDKs: 12 event names, 4 providers, 3 frameworks, errors, privacy mode, unpaired
/// surrogates.
TEST(SdkEvents, AreReadAsExpected)
{
    const ReadResult read = readAll({dataFile("sdk_events.jsonl")});
    EXPECT_EQ(read.rejectTexts(), "");
    const auto expected = paragraphs(dataFile("sdk_events.expected.txt"));
    ASSERT_EQ(read.events.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_EQ(EventDescription(read.events[i]).text(), expected[i]) << "event " << i + 1;
}

TEST(SdkEvents, ReadTheSameFromWhatTheStoreKeeps)
{
    const ReadResult read = readAll({dataFile("sdk_events.jsonl")});
    EventParser parser;
    for (const Event &event : read.events) {
        const auto again = parser.parseStored(event.raw, event.context);
        ASSERT_TRUE(again.ok());
        EXPECT_EQ(EventDescription(*again).text(), EventDescription(event).text());
    }
}

TEST(SdkEvents, UniteWithACopyWithoutContent)
{
    const ReadResult read = readAll({dataFile("sdk_events.jsonl")});
    for (const Event &event : read.events) {
        // As PostHog's `events` table has it: without the heavy values.
        std::string light = event.raw;
        for (auto span = event.heavy.rbegin(); span != event.heavy.rend(); ++span)
            light.replace(span->offset, span->length, "null");
        EXPECT_EQ(uniteEvents(light, event.raw).value(), event.raw);
        EXPECT_EQ(uniteEvents(event.raw, light).value(), event.raw);
    }
}

TEST(ImportReport, WhatIsWrongWithAWholeFileComesFirst)
{
    ImportReport report;
    for (std::int64_t line = 1; line <= 2000; ++line)
        report.addReject({QStringLiteral("a"), line, QStringLiteral("bad")});
    report.addReject({QStringLiteral("a"), 0, QStringLiteral("cut off")});
    report.addReject({QStringLiteral("b"), 0, QStringLiteral("cut off too")});
    EXPECT_EQ(report.rejected, 2002);
    ASSERT_EQ(report.rejects.size(), ImportReport::kMaxRejects);
    EXPECT_EQ(report.rejects[0].file, u"a");
    EXPECT_EQ(report.rejects[1].file, u"b");
    EXPECT_EQ(report.rejects[2].line, 1);
}

TEST(ImportReport, PrintsTheContractOfTheCommandLine)
{
    ImportReport report;
    report.files = 1;
    report.bytes = 2;
    report.lines = 45;
    report.events = 18;
    report.newEvents = 3;
    report.duplicates = 4;
    report.updated = 5;
    report.ignored = 6;
    report.byEvent = {{"$ai_generation", 2}, {"survey \"sent\"", 1}};
    report.seconds = 1.23456;
    report.addReject({u"d/a.jsonl"_qs, 7, u"no event name"_qs});
    report.notes.push_back(u"d/empty.jsonl: no events"_qs);
    SourceReport source;
    source.name = u"d/a.jsonl"_qs;
    source.bytes = 2;
    source.lines = 45;
    source.events = 18;
    source.newEvents = 3;
    source.duplicates = 4;
    source.updated = 5;
    source.ignored = 6;
    source.rejected = 1;
    source.addTime(parseIsoTime("2025-06-02T10:00:00Z")->instant());
    source.addTime(parseIsoTime("2025-06-01T10:00:00Z")->instant());
    report.sources = {source, {}};
    report.sources.back().name = u"d/empty.jsonl"_qs;
    EXPECT_EQ(
        report.toJson("[1]").toStdString(),
        R"({"files":1,"bytes":2,"lines":45,"events":18,"new":3,"duplicates":4,"updated":5,"ignored":6,"rejected":1,"persons":0,)"
        R"("by_event":{"$ai_generation":2,"survey \"sent\"":1},)"
        R"("rejects":[{"file":"d/a.jsonl","line":7,"reason":"no event name"}],"seconds":1.235,)"
        R"("reject_kinds":[{"count":1,"reason":"no event name"}],"notes":["d/empty.jsonl: no events"],)"
        R"("sources":[{"name":"d/a.jsonl","bytes":2,"lines":45,"events":18,"new":3,"duplicates":4,"updated":5,"ignored":6,)"
        R"("rejected":1,"first":"2025-06-01T10:00:00+00:00","last":"2025-06-02T10:00:00+00:00"},)"
        R"({"name":"d/empty.jsonl","bytes":0,"lines":0,"events":0,"new":0,"duplicates":0,"updated":0,"ignored":0,)"
        R"("rejected":0,"first":null,"last":null}],"quality":[1]})");
}

TEST(ImportReport, CountsRejectsThatDifferOnlyInTextAndNumbersTogether)
{
    ImportReport report;
    for (const QString &reason : {u"the timestamp “soon” cannot be read"_qs, u"no event name"_qs,
                                  u"the timestamp “12-13” cannot be read"_qs, u"broken at byte 17"_qs,
                                  u"broken at byte 2034"_qs, u"invalid UTF-8"_qs})
        report.addReject({u"f"_qs, 1, reason});
    const std::map<QString, std::int64_t> kinds = {{u"the timestamp “…” cannot be read"_qs, 2},
                                                   {u"no event name"_qs, 1},
                                                   {u"broken at byte #"_qs, 2},
                                                   {u"invalid UTF-8"_qs, 1}};
    EXPECT_EQ(report.rejectKinds, kinds);
}

TEST(ImportReport, ShowsTheFirst20RejectsAndCountsAll)
{
    ImportReport report;
    for (int i = 1; i <= 2000; ++i)
        report.addReject({u"f"_qs, i, u"r"_qs});
    EXPECT_EQ(report.rejected, 2000);
    EXPECT_EQ(report.rejects.size(), ImportReport::kMaxRejects);
    const QByteArray json = report.toJson();
    EXPECT_EQ(json.count("\"line\""), 20);
    EXPECT_TRUE(json.contains("\"line\":20,"));
}

} // namespace

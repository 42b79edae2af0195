// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a pull finds in the long run: content that the server would not give, counts that differ, stores that
// hold more than one project.

#include "store/importer.h"
#include "sync/syncfixture.h"

#include <QJsonDocument>

using namespace genscope;
using namespace genscope::test;
using testing::HasSubstr;
using testing::Not;

namespace {

Answer heavy()
{
    return PostHogServer::error("504 Gateway Timeout", QStringLiteral("error"),
                                QStringLiteral("Query has hit the max execution time before completing."));
}

TEST_F(Sync, ContentThatIsTooHeavyForAnHourIsFetchedLater)
{
    const std::string whole = undisturbed();
    m_server.intercept = [](int, const Request &request) -> std::optional<Answer> {
        return request.body.contains("genscope content\"") ? std::optional(heavy()) : std::nullopt;
    };
    const SyncReport bad = sync();
    ASSERT_EQ(words(bad), "no error");
    EXPECT_EQ(bad.contentWanted, 8) << "every trace is still wanted";
    EXPECT_THAT(bad.events.notes.front().toStdString(), HasSubstr("left for the next sync"));
    EXPECT_LT(questions("content"), 60) << "it is not asked for all of them in vain";
    m_server.intercept = nullptr;
    const SyncReport good = sync();
    EXPECT_EQ(good.contentWanted, 0);
    EXPECT_TRUE(contentsOf(store()) == whole);
}

TEST_F(Sync, OneCellThatIsTooLargeCostsNothingElse)
{
    // Trace 1 has three events; the input of the middle one does not fit into an answer.
    for (ServedEvent &event : m_server.events) {
        if (event.uuid == uuidOf(996))
            event.input = QLatin1Char('"') + QString(2'000'000, QLatin1Char('x')) + QLatin1Char('"');
    }
    SyncOptions options = Sync::options();
    options.client.mostBytes = 1'000'000;
    const SyncReport report = sync(options);
    ASSERT_EQ(words(report), "no error");
    EXPECT_EQ(report.contentWanted, 0);
    EXPECT_THAT(report.events.notes.front().toStdString(),
                HasSubstr("Some content of trace trace-1 is too large"));
    const auto raw = [this](int number) {
        return *reader()->rawEvent(*Uuid::parse(uuidOf(number).toStdString()));
    };
    EXPECT_THAT(raw(996), testing::AllOf(HasSubstr("answer 4"), Not(HasSubstr("xxxx"))));
    for (const int number : {997, 995})
        EXPECT_THAT(raw(number), testing::AllOf(HasSubstr("question"), HasSubstr("answer"))) << number;
    for (int number = 994; number > 976; --number)
        EXPECT_THAT(raw(number), testing::AllOf(HasSubstr("question"), HasSubstr("answer"))) << number;
}

/// A dump with other events of the same day and name.
QString dumpOf(const QString &path, int count, qint64 us)
{
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::WriteOnly));
    for (int i = 0; i < count; ++i)
        file.write(
            QJsonDocument(QJsonObject{{QStringLiteral("event"), QStringLiteral("$ai_generation")},
                                      {QStringLiteral("uuid"), uuidOf(5000 + i)},
                                      {QStringLiteral("distinct_id"), QStringLiteral("bob")},
                                      {QStringLiteral("timestamp"), PostHogServer::iso(us)},
                                      {QStringLiteral("properties"),
                                       QJsonObject{{QStringLiteral("$ai_trace_id"), QStringLiteral("t")}}}})
                .toJson(QJsonDocument::Compact) +
            '\n');
    return path;
}

TEST_F(Sync, EventsFromElsewhereDoNotHideThatSomeAreMissing)
{
    SyncOptions options = Sync::options();
    options.plan.since = Timestamp{nowUs() - 40 * kDay};
    sync(options);
    m_server.now = m_server.now.addDays(1);
    // Three of that day came in a file; one of the project came late and unseen.
    const qint64 day = nowUs() - 20 * kDay;
    ASSERT_TRUE(importDumps(store(), {dumpOf(path(QStringLiteral("dump.jsonl")), 3, day)}, {}, {}));
    fill(1, day);
    m_server.events.back().createdUs = day - kSecond; // before what is taken: by its count only
    EXPECT_EQ(sync(options).events.newEvents, 1);
    EXPECT_EQ(reader()->stats()->events, 28);
}

TEST_F(Sync, ADayThatNeverGetsCompleteIsPulledAgainOnce)
{
    SyncOptions options = Sync::options();
    options.plan.since = Timestamp{nowUs() - 40 * kDay};
    m_server.events.push_back(m_server.events.front());
    ServedEvent &unreadable = m_server.events.back();
    unreadable.uuid = uuidOf(1);
    unreadable.timestampUs = nowUs() - 20 * kDay;
    unreadable.createdUs = unreadable.timestampUs;
    // It is counted, and its row says nothing that could be kept.
    m_server.omitted = {uuidOf(1)};
    SyncReport report = sync(options);
    EXPECT_EQ(report.events.newEvents, 24);
    EXPECT_THAT(report.events.notes.front().toStdString(), HasSubstr("pulled again"));
    for (int day = 1; day <= 2; ++day) {
        m_server.now = m_server.now.addDays(1);
        report = sync(options);
        EXPECT_THAT(report.events.notes, testing::IsEmpty()) << day;
    }
    // Another one: that is news.
    m_server.now = m_server.now.addDays(1);
    m_server.events.push_back(unreadable);
    m_server.events.back().uuid = uuidOf(2);
    EXPECT_EQ(sync(options).events.newEvents, 1);
}

TEST_F(Sync, SurveysBelongIfTheyNameATrace)
{
    fill(2, nowUs() - 2 * kDay);
    for (int back = 1; back <= 2; ++back)
        m_server.events[m_server.events.size() - static_cast<std::size_t>(back)].name =
            QStringLiteral("survey sent");
    m_server.events.back().trace.clear();
    const SyncReport report = sync();
    ASSERT_EQ(words(report), "no error");
    EXPECT_EQ(report.events.newEvents, 25);
    EXPECT_EQ(report.events.ignored, 2) << "a person and a group; the server leaves out the other survey";
    EXPECT_THAT(report.events.notes, testing::IsEmpty()) << "counts agree";
}

TEST_F(Sync, TheProjectOfAKeyIsPulledUnderItsNumber)
{
    const SyncReport report =
        syncProject(store(), {m_server.address(), QStringLiteral("@current")}, m_server.key, options(), {});
    ASSERT_EQ(words(report), "no error");
    EXPECT_EQ(report.state.project, "12345");
    EXPECT_EQ(sync().events.events, 0) << "it is the same project";
    m_server.missingScopes = {QStringLiteral("project:read")};
    EXPECT_THAT(words(syncProject(store(), {m_server.address(), QStringLiteral("@current")}, m_server.key,
                                  options(), {})),
                HasSubstr("Give the project's number"));
}

TEST_F(Sync, WhatTheServerOnceRefusedIsAskedForAgainADayLater)
{
    m_server.hasAiEvents = false;
    SyncOptions options = Sync::options();
    options.plan.useExports = true;
    EXPECT_EQ(sync(options).state.contentTable, std::string());
    m_server.hasAiEvents = true; // it was updated
    EXPECT_EQ(sync(options).state.contentTable, std::string());
    m_server.now = m_server.now.addDays(1).addSecs(60);
    EXPECT_EQ(sync(options).state.contentTable, "posthog.ai_events");
}

TEST_F(Sync, AnExportThatHangsIsGivenUp)
{
    fill(40, nowUs() - 2 * kDay, kDay);
    m_server.hasExports = true;
    m_server.exportHangs = true;
    SyncOptions options = Sync::options(50);
    options.plan.since = Timestamp{nowUs() - 25 * kDay};
    options.plan.useExports = true;
    options.client.budget = std::make_shared<RequestBudget>(RequestBudget::Limits{2, 10'000, 10'000});
    const SyncReport report = sync(options);
    ASSERT_EQ(words(report), "no error");
    EXPECT_EQ(report.events.newEvents, 64);
    EXPECT_THAT(report.state.exportRun, testing::IsEmpty());
    EXPECT_THAT(report.events.notes.front().toStdString(), HasSubstr("pulled piece by piece"));
}

} // namespace

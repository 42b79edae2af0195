// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/localserver.h"
#include "sync/syncfixture.h"

#include <QFile>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace genscope;
using namespace genscope::test;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

namespace {

TEST_F(Sync, BringsEventsContentPersonsAndGroups)
{
    const SyncReport report = sync();
    ASSERT_EQ(words(report), "no error");
    EXPECT_EQ(report.events.newEvents, 24);
    EXPECT_EQ(report.events.rejected, 0);
    EXPECT_EQ(report.contentWanted, 0);
    EXPECT_THAT(report.events.notes, testing::IsEmpty());
    const auto stored = reader();
    const std::string raw = *stored->rawEvent(*Uuid::parse(uuidOf(1000).toStdString()));
    EXPECT_THAT(raw, AllOf(HasSubstr("question 0"), HasSubstr("answer 0"), HasSubstr("trace-0")));
    EXPECT_THAT(*stored->personProperties("ada"), HasSubstr(R"("plan":"pro")"));
    EXPECT_THAT(*stored->groupProperties("company", "acme"), HasSubstr(R"("tier":"gold")"));
    EXPECT_EQ(stored->stats()->sources.size(), 1U);
    expectColumnsMatchTable(store());
}

TEST_F(Sync, GoesOnWhereItWas)
{
    sync();
    const std::string before = contentsOf(store());
    m_server.requests.clear();
    EXPECT_EQ(sync().events.events, 0) << "groups are asked for once a day";
    EXPECT_TRUE(contentsOf(store()) == before);
    EXPECT_LE(questions("events"), 1);

    m_server.now = m_server.now.addSecs(3600);
    fill(3, nowUs() - 600 * kSecond, 60 * kSecond);
    EXPECT_EQ(sync().events.newEvents, 3);
    expectColumnsMatchTable(store());
}

TEST_F(Sync, LeavesOutWhatIsTooYoungToBeSeenEverywhere)
{
    sync();
    m_server.now = m_server.now.addSecs(3600);
    fill(2, nowUs() - 10 * kSecond, 0);
    EXPECT_EQ(sync().events.newEvents, 0);
    m_server.now = m_server.now.addSecs(600);
    EXPECT_EQ(sync().events.newEvents, 2);
}

TEST_F(Sync, FindsLateEvents)
{
    sync();
    m_server.now = m_server.now.addSecs(3600);
    fill(1, nowUs() - 3 * kDay);
    m_server.events.back().createdUs = nowUs() - 600 * kSecond;
    EXPECT_EQ(sync().events.newEvents, 1);
}

TEST_F(Sync, ComparesCountsAndPullsDaysAgainThatLackEvents)
{
    SyncOptions options = Sync::options();
    options.plan.since = Timestamp{nowUs() - 40 * kDay};
    sync(options);
    m_server.now = m_server.now.addDays(1);
    // Migrated from elsewhere: older than any late event is looked for, of a name that was never seen.
    fill(2, nowUs() - 20 * kDay);
    m_server.events.back().name = QStringLiteral("$ai_custom");
    m_server.events.back().createdUs = nowUs() - 600 * kSecond;
    const SyncReport report = sync();
    EXPECT_EQ(report.events.newEvents, 2);
    ASSERT_FALSE(report.events.notes.empty());
    EXPECT_THAT(report.events.notes.front().toStdString(), HasSubstr("pulled again"));
}

TEST_F(Sync, GoesFurtherBackWhenItIsAskedTo)
{
    fill(4, nowUs() - 50 * kDay);
    EXPECT_EQ(sync().events.newEvents, 24);
    SyncOptions options = Sync::options();
    options.plan.since = Timestamp{nowUs() - 60 * kDay};
    EXPECT_EQ(sync(options).events.newEvents, 4);
}

// --- Stopped, cut off, killed

TEST_F(Sync, StoppedAtAnyRequestItLosesAndRepeatsNothing)
{
    const std::string whole = undisturbed();
    const int most = static_cast<int>(m_server.requests.size());
    for (int at = 1; at <= most; ++at) {
        SCOPED_TRACE(at);
        m_server.requests.clear();
        const QString into = path(QStringLiteral("stopped%1.genscope").arg(at));
        const StopToken stop;
        m_server.intercept = [&](int number, const Request &) -> std::optional<Answer> {
            if (number == at)
                stop.requestStop();
            return std::nullopt;
        };
        const SyncReport first = sync(options(), into, stop);
        m_server.intercept = nullptr;
        const SyncReport second = sync(options(), into);
        ASSERT_EQ(words(second), "no error");
        EXPECT_EQ(first.events.newEvents + second.events.newEvents, 24);
        ASSERT_TRUE(contentsOf(into) == whole);
    }
}

TEST_F(Sync, CutOffAtAnyRequestItLosesAndRepeatsNothing)
{
    const std::string whole = undisturbed();
    const int most = static_cast<int>(m_server.requests.size());
    for (int at = 1; at <= most; at += 2) {
        SCOPED_TRACE(at);
        m_server.requests.clear();
        const QString into = path(QStringLiteral("cut%1.genscope").arg(at));
        m_server.intercept = [&](int number, const Request &) -> std::optional<Answer> {
            if (number < at)
                return std::nullopt;
            Answer half;
            half.body = R"({"columns":["uuid","event"],"results":[["a","b"],)";
            half.cut = true;
            return half;
        };
        const SyncReport first = sync(options(), into);
        m_server.intercept = nullptr;
        const SyncReport second = sync(options(), into);
        ASSERT_EQ(words(second), "no error");
        EXPECT_EQ(first.events.newEvents + second.events.newEvents, 24);
        ASSERT_TRUE(contentsOf(into) == whole);
    }
}

TEST_F(Sync, StopsAndKeepsItsPlaceWhenTheKeyIsRevoked)
{
    const std::string whole = undisturbed();
    m_server.requests.clear();
    m_server.intercept = [&](int number, const Request &) -> std::optional<Answer> {
        if (number < 7)
            return std::nullopt;
        return PostHogServer::error("401 Unauthorized", QStringLiteral("authentication_failed"),
                                    QStringLiteral("Invalid personal API key phx_abcdefghijklmnop."));
    };
    const SyncReport report = sync();
    EXPECT_EQ(m_server.requests.size(), 7U) << "it is asked once";
    ASSERT_TRUE(report.error);
    EXPECT_EQ(report.error->kind, Error::Kind::Network);
    EXPECT_THAT(words(report), AllOf(HasSubstr("does not accept the key"), Not(HasSubstr("abcdefgh"))));
    EXPECT_THAT(report.state.lastError, HasSubstr("does not accept the key"));
    m_server.intercept = nullptr;
    sync();
    EXPECT_TRUE(contentsOf(store()) == whole);
    QFile file(store());
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_FALSE(file.readAll().contains("phx_abcdefgh")) << "a key is never stored";
}

// --- Limits of the server

TEST_F(Sync, NoticesThatTheServerGivesFewerRowsThanItIsAskedFor)
{
    m_server.mostRows = 3;
    const SyncReport report = sync(options(100));
    EXPECT_EQ(report.events.newEvents, 24);
    EXPECT_THAT(report.events.notes.front().toStdString(), HasSubstr("at most 3 event"));
}

TEST_F(Sync, PagesThatAreExactlyFullAndTiesLoseNothing)
{
    m_server.events.clear();
    fill(12, nowUs() - kHour, 0); // all at one time
    EXPECT_EQ(sync(options(4)).events.newEvents, 12);
    QFile::remove(store());
    EXPECT_EQ(sync(options(12)).events.newEvents, 12);
}

TEST_F(Sync, ChangesTheQuestionThatIsTooHeavyAndNeverRepeatsIt)
{
    m_server.longestSeconds = 3 * 3600;
    SyncOptions options = Sync::options();
    options.plan.since = Timestamp{nowUs() - 2 * kDay};
    const SyncReport report = sync(options);
    ASSERT_EQ(words(report), "no error");
    EXPECT_EQ(report.events.newEvents, 24);
    EXPECT_EQ(m_server.repeatedTooHeavy, 0);
}

TEST_F(Sync, WaitsAsLongAsItIsTold)
{
    std::vector<std::int64_t> waits;
    SyncOptions options = Sync::options();
    options.pace = 0.1;
    options.onProgress = [&](const SyncProgress &progress) {
        if (progress.doing == SyncProgress::Doing::Waiting)
            waits.push_back(progress.wait.count());
    };
    m_server.intercept = [](int number, const Request &) -> std::optional<Answer> {
        if (number == 2)
            return PostHogServer::error("429 Too Many Requests", QStringLiteral("throttled"),
                                        QStringLiteral("Expected available in 17 seconds."),
                                        "Retry-After: 17\r\n");
        return std::nullopt;
    };
    EXPECT_EQ(sync(options).events.newEvents, 24);
    EXPECT_THAT(waits, testing::ElementsAre(1700));
}

TEST_F(Sync, ComesBackAfterFailuresThatPass)
{
    m_server.intercept = [](int number, const Request &) -> std::optional<Answer> {
        switch (number) {
        case 2: // too many at once: nothing says for how long
            return PostHogServer::error("429 Too Many Requests", QStringLiteral("throttled"),
                                        QStringLiteral("Exceeded maximum concurrency limit: 3"));
        case 4:
            return Answer{"502 Bad Gateway", "Content-Type: text/html\r\n", "<html>Bad Gateway</html>"};
        case 5:
            return PostHogServer::error("503 Service Unavailable", QStringLiteral("error"),
                                        QStringLiteral("Queries are a little too busy right now."));
        case 7: {
            Answer half;
            half.body = R"({"columns":["uuid","event"],"results":[["a","b"],["c","d"]]})";
            half.cut = true;
            return half;
        }
        default:
            return std::nullopt;
        }
    };
    const SyncReport report = sync();
    ASSERT_EQ(words(report), "no error");
    EXPECT_EQ(report.events.newEvents, 24);
}

TEST_F(Sync, TakesNothingOutOfTheServersCache)
{
    int stale = 0;
    m_server.intercept = [&](int, const Request &request) -> std::optional<Answer> {
        if (!request.body.contains("genscope events") || ++stale > 1)
            return std::nullopt;
        Answer old;
        old.body = R"({"columns":["uuid","event","timestamp","created_at","distinct_id","person_id",)"
                   R"("properties"],"results":[],"is_cached":true})";
        return old;
    };
    EXPECT_EQ(sync().events.newEvents, 24);
}

TEST_F(Sync, AwaitsQuestionsThatRunByThemselves)
{
    m_server.runsByItself = true;
    const SyncReport report = sync();
    ASSERT_EQ(words(report), "no error");
    EXPECT_EQ(report.events.newEvents, 24);
}

TEST_F(Sync, ShrinksPagesThatAreTooLong)
{
    for (ServedEvent &event : m_server.events)
        event.properties[QLatin1String("blob")] = QString(100'000, QLatin1Char('x'));
    SyncOptions options = Sync::options(100);
    options.client.mostBytes = 500'000;
    const SyncReport report = sync(options);
    ASSERT_EQ(words(report), "no error");
    EXPECT_EQ(report.events.newEvents, 24);
}

TEST_F(Sync, TakesRowsOfEightMegabytes)
{
    m_server.hasAiEvents = false;
    m_server.events.resize(3);
    for (ServedEvent &event : m_server.events)
        event.input = QLatin1Char('"') + QString(8'000'000, QLatin1Char('x')) + QLatin1Char('"');
    SyncOptions options = Sync::options(100);
    options.client.mostBytes = 12 << 20;
    const SyncReport report = sync(options);
    ASSERT_EQ(words(report), "no error");
    EXPECT_EQ(report.events.newEvents, 3);
}

// --- Other servers, other keys

TEST_F(Sync, PullsFromServersThatKeepPromptsWithTheEvents)
{
    const std::string whole = undisturbed();
    m_server.hasAiEvents = false;
    const SyncReport report = sync();
    ASSERT_EQ(words(report), "no error");
    EXPECT_EQ(report.state.contentTable, std::string());
    EXPECT_EQ(questions("content probe"), 3) << "one in the undisturbed sync; two names here, asked for once";
    EXPECT_THAT(*reader()->rawEvent(*Uuid::parse(uuidOf(1000).toStdString())), HasSubstr("question 0"));
}

TEST_F(Sync, AsksForPromptsOnlyWhileTheServerKeepsThem)
{
    fill(2, nowUs() - 35 * kDay);
    SyncOptions options = Sync::options();
    options.plan.since = Timestamp{nowUs() - 60 * kDay};
    EXPECT_EQ(sync(options).events.newEvents, 26);
    EXPECT_THAT(*reader()->rawEvent(*Uuid::parse(uuidOf(976).toStdString())), Not(HasSubstr("question")));
}

TEST_F(Sync, GoesWithoutGroupsIfTheKeyLacksTheScope)
{
    m_server.missingScopes = {QStringLiteral("group:read")};
    const SyncReport report = sync();
    EXPECT_EQ(words(report), "no error");
    EXPECT_EQ(report.events.newEvents, 24);
    EXPECT_THAT(report.events.notes.front().toStdString(), HasSubstr("group:read"));
}

TEST_F(Sync, SaysWhatIsWrongWithTheKeyAndTheProject)
{
    m_server.missingScopes = {QStringLiteral("query:read")};
    EXPECT_THAT(words(sync()), HasSubstr("lacks the scope query:read"));
    m_server.missingScopes.clear();
    m_server.project = QStringLiteral("1");
    EXPECT_THAT(
        words(syncProject(store(), {m_server.address(), QStringLiteral("2")}, m_server.key, options(), {})),
        HasSubstr("no project 2"));
    EXPECT_THAT(words(syncProject(store(), project(), "phx_wrongwrong", options(), {})),
                HasSubstr("does not accept the key"));
    EXPECT_FALSE(QFile::exists(store())) << "nothing was pulled: no store is made";
}

TEST_F(Sync, SendsTheKeyToNoOtherHost)
{
    LocalServer other;
    m_server.intercept = [&](int, const Request &) -> std::optional<Answer> {
        return Answer{"302 Found", "Location: " + other.address().toEncoded() + "/login\r\n", {}};
    };
    EXPECT_THAT(words(sync()), HasSubstr("the key is not sent there"));
    EXPECT_TRUE(other.requests.isEmpty());
}

TEST_F(Sync, PullsLongHistoriesAsFiles)
{
    fill(40, nowUs() - 2 * kDay, kDay);
    SyncOptions options = Sync::options();
    options.plan.since = Timestamp{nowUs() - 25 * kDay};
    const QString other = path(QStringLiteral("pages.genscope"));
    sync(options, other);
    m_server.hasExports = true;
    options.plan.useExports = true;
    m_server.requests.clear();
    const SyncReport report = sync(options);
    ASSERT_EQ(words(report), "no error");
    EXPECT_EQ(report.events.newEvents, 64);
    EXPECT_EQ(reader()->stats()->events, readerOf(other)->stats()->events);
    EXPECT_GE(std::count_if(m_server.requests.begin(), m_server.requests.end(),
                            [](const Request &request) { return request.path.contains("/download/"); }),
              3);
}

TEST_F(Sync, PullsPageByPageIfTheKeyMayNotExport)
{
    SyncOptions options = Sync::options();
    options.plan.useExports = true;
    const SyncReport report = sync(options);
    ASSERT_EQ(words(report), "no error");
    EXPECT_EQ(report.events.newEvents, 24);
    EXPECT_TRUE(report.state.exportsRefused);
}

} // namespace

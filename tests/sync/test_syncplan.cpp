// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/apifailure.h"
#include "sync/pagepacer.h"
#include "sync/queryanswer.h"
#include "sync/remoteproject.h"
#include "sync/requestbudget.h"
#include "sync/syncplan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

using namespace genscope;
using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;

namespace {

using Kind = ApiFailure::Kind;

ApiFailure failure(Kind kind)
{
    ApiFailure made;
    made.kind = kind;
    return made;
}

std::string projectText(const char *host, const char *project)
{
    const auto made = remoteProjectOf(QString::fromUtf8(host), QString::fromUtf8(project));
    return made ? (made->hostText() + QLatin1Char(' ') + made->id).toStdString()
                : "wrong: " + made.error().message.toStdString();
}

TEST(RemoteProjectOf, TakesWhatPeopleHaveAtHand)
{
    EXPECT_EQ(projectText("us", "12"), "https://us.posthog.com 12");
    EXPECT_EQ(projectText(" EU ", "12"), "https://eu.posthog.com 12");
    EXPECT_EQ(projectText("https://us.i.posthog.com", "12"), "https://us.posthog.com 12");
    EXPECT_EQ(projectText("eu-assets.i.posthog.com", "12"), "https://eu.posthog.com 12");
    EXPECT_EQ(projectText("app.posthog.com", "12"), "https://us.posthog.com 12");
    EXPECT_EQ(projectText("https://eu.posthog.com/project/77/llm-analytics", ""),
              "https://eu.posthog.com 77");
    EXPECT_EQ(projectText("posthog.example.com:8443/", "1"), "https://posthog.example.com:8443 1");
    EXPECT_EQ(projectText("localhost:8000", "1"), "http://localhost:8000 1");
    EXPECT_THAT(projectText("http://posthog.example.com", "1"), HasSubstr("only sent over https"));
    EXPECT_THAT(projectText("https://us.posthog.com", "phc_abcdefgh"), HasSubstr("That is a key"));
    EXPECT_THAT(projectText("", "1"), HasSubstr("no address"));
    EXPECT_THAT(projectText("us", ""), HasSubstr("No project"));
    EXPECT_THAT(projectText("us", "my project"), HasSubstr("no project id"));
}

TEST(KeyKindOf, KnowsKeysThatCanOnlySend)
{
    EXPECT_TRUE(whyKeyCannotRead(keyKindOf(QStringLiteral("phx_1"))).isEmpty());
    EXPECT_THAT(whyKeyCannotRead(keyKindOf(QStringLiteral("phc_1"))).toStdString(), HasSubstr("only send"));
    EXPECT_EQ(withoutKeys(QStringLiteral("bad key phx_abcdefg!")), QStringLiteral("bad key phx_…!"));
}

TEST(FailureOf, TellsApartWhatToDo)
{
    const auto kindOf = [](int status, const char *body, const char *type = "application/json") {
        return failureOf(status, {}, type, body).kind;
    };
    EXPECT_EQ(kindOf(401, "{}"), Kind::KeyRefused);
    EXPECT_EQ(kindOf(402, R"({"code":"quota_limit_exceeded"})"), Kind::Payment);
    EXPECT_EQ(kindOf(404, "{}"), Kind::NotFound);
    EXPECT_EQ(kindOf(504, R"({"detail":"max execution time"})"), Kind::TooHeavy);
    EXPECT_EQ(kindOf(504, "<html></html>", "text/html"), Kind::Busy) << "a proxy's page";
    EXPECT_EQ(kindOf(512, R"({"code":"clickhouse_memory_limit_exceeded"})"), Kind::TooHeavy);
    EXPECT_EQ(kindOf(500, "<html>", "text/html"), Kind::Busy);
    EXPECT_EQ(kindOf(400, R"({"detail":"Unknown table"})"), Kind::BadQuery);
    const auto scope =
        failureOf(403, {}, "application/json", R"({"detail":"API key missing required scope 'query:read'"})");
    EXPECT_EQ(scope.kind, Kind::ScopeMissing);
    EXPECT_EQ(scope.scope, QStringLiteral("query:read"));
    EXPECT_EQ(failureOf(429, "17", {}, "{}").retryAfter, 17s);
    EXPECT_EQ(failureOf(429, {}, {}, R"({"detail":"Expected available in 9 seconds."})").retryAfter, 9s);
    EXPECT_EQ(failureOf(429, {}, {}, R"({"detail":"Exceeded maximum concurrency limit"})").retryAfter,
              std::nullopt);
}

TEST(RequestBudget, LetsTwoThroughAtOnceAndSoManyAnHour)
{
    RequestBudget budget({2, 3, 4});
    const auto start = RequestBudget::Clock::now();
    EXPECT_EQ(budget.begin(start), 0ms);
    EXPECT_EQ(budget.begin(start), 0ms);
    EXPECT_GT(budget.begin(start), 0ms) << "two are under way";
    budget.end();
    budget.end();
    EXPECT_EQ(budget.begin(start + 1s), 0ms);
    budget.end();
    EXPECT_EQ(budget.begin(start + 2s), 58s) << "three in a minute";
    EXPECT_EQ(budget.begin(start + 61s), 0ms);
    budget.end();
    EXPECT_EQ(budget.begin(start + 200s), 3400s) << "four in an hour";
    EXPECT_EQ(budget.use(start + 200s).lastHour, 4U);
}

TEST(PagePacer, FollowsHowTheServerCopes)
{
    PagePacer pacer(kMicrosPerDay, 1000, {});
    pacer.took(0, 100, 0.5);
    EXPECT_EQ(pacer.windowUs(), 4 * kMicrosPerDay);
    EXPECT_TRUE(pacer.tooHeavy());
    EXPECT_EQ(pacer.windowUs(), 2 * kMicrosPerDay);
    pacer.took(1000, 1000 * 100'000, 1);
    EXPECT_EQ(pacer.rows(), 167) << "rows of 100 kB: sixteen megabytes at once";
    int steps = 0;
    while (pacer.tooHeavy())
        ASSERT_LT(++steps, 100);
    EXPECT_EQ(pacer.rows(), 1);
    EXPECT_EQ(pacer.windowUs(), 60'000'000);
}

TEST(QueryAnswer, TakesWholeAnswersOnly)
{
    EXPECT_FALSE(QueryAnswer::read(R"({"columns":["a"],"results":[[1],)"));
    EXPECT_FALSE(QueryAnswer::read("<html>"));
    EXPECT_FALSE(QueryAnswer::read(R"({"error":"no"})"));
    const auto answer =
        QueryAnswer::read(R"({"columns":["a","b"],"results":[[1,"x"],[null]],"is_cached":true})");
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->isCached());
    EXPECT_EQ(answer->rowCount(), 2U);
    EXPECT_EQ(answer->text(0, 0) + answer->text(0, 1) + answer->text(1, 0) + answer->text(1, 5), "1x");
}

class Plan : public testing::Test
{
protected:
    static constexpr Timestamp kNow{1'764'000'000 * kMicrosPerSecond};

    /// Up to the first page.
    void begin()
    {
        const SyncState state;
        SyncPlan::Options options;
        options.useExports = false;
        m_plan.emplace(state, options);
        (void)next<AskClock>();
        m_plan->tookClock(kNow);
        (void)next<ProbeContent>();
        m_plan->foundContentTable(30);
        (void)next<AskNames>();
        m_plan->tookNames({"$ai_custom"});
    }
    template<typename Step>
    Step next()
    {
        const auto step = m_plan->next();
        if (step && std::holds_alternative<Step>(*step))
            return std::get<Step>(*step);
        ADD_FAILURE() << "another step: " << (step ? static_cast<int>(step->index()) : -1);
        return {};
    }

    std::optional<SyncPlan> m_plan;
};

TEST_F(Plan, BeginsWithTheHistoryAndKeepsItsPlaceForWhatIsNew)
{
    begin();
    const auto page = next<PullPage>();
    EXPECT_EQ(page.order, PullPage::Order::Time);
    EXPECT_EQ(page.after.at.us, kNow.us - 30 * kMicrosPerDay);
    EXPECT_EQ(m_plan->state().taken->at.us, kNow.us - 300 * kMicrosPerSecond) << "behind the server's clock";
    EXPECT_THAT(page.names, testing::Contains("$ai_custom"));
}

TEST_F(Plan, OnlyAnEmptyPageEndsAStretch)
{
    begin();
    auto page = next<PullPage>();
    const Timestamp within{page.after.at.us + 5};
    m_plan->tookPage({3, {within, "u"}, 100, 1});
    page = next<PullPage>();
    EXPECT_EQ(page.after, (PageKey{within, "u"}));
    const Timestamp end = page.end;
    m_plan->tookPage({0, {}, 100, 1});
    EXPECT_EQ(next<PullPage>().after, (PageKey{end, {}}));
}

TEST_F(Plan, AsksForLessAfterAnAnswerThatTookTooLong)
{
    begin();
    const auto page = next<PullPage>();
    EXPECT_FALSE(m_plan->failed(failure(Kind::TooHeavy)).stop);
    const auto less = next<PullPage>();
    EXPECT_EQ(less.after, page.after);
    EXPECT_EQ(less.end.us - less.after.at.us, (page.end.us - page.after.at.us) / 2);
    int tries = 0;
    while (!m_plan->failed(failure(Kind::TooHeavy)).stop) {
        (void)next<PullPage>();
        ASSERT_LT(++tries, 100) << "it must end";
    }
}

TEST_F(Plan, TriesAgainAFewTimesWithLongerPauses)
{
    begin();
    (void)next<PullPage>();
    std::chrono::milliseconds before{0};
    for (int i = 0; i < 4; ++i) {
        const auto decision = m_plan->failed(failure(Kind::Busy));
        EXPECT_FALSE(decision.stop);
        EXPECT_GT(decision.pause, before / 2);
        before = decision.pause;
        (void)next<PullPage>();
    }
    EXPECT_TRUE(m_plan->failed(failure(Kind::Busy)).stop);
}

TEST_F(Plan, TellsThrottlingWithAndWithoutATime)
{
    begin();
    (void)next<PullPage>();
    ApiFailure told = failure(Kind::Throttled);
    told.retryAfter = 17s;
    EXPECT_EQ(m_plan->failed(told).pause, 17s);
    const auto pause = m_plan->failed(failure(Kind::Throttled)).pause;
    EXPECT_THAT(pause.count(), AllOf(testing::Ge(5'000), testing::Le(30'000)));
}

TEST_F(Plan, FetchesPromptsFirstThatAreAboutToExpire)
{
    begin();
    EXPECT_TRUE(std::holds_alternative<PullPage>(*m_plan->next()));
    const Timestamp old{kNow.us - 29 * kMicrosPerDay - kMicrosPerDay / 2};
    m_plan->noteWanted({1, old});
    (void)next<PickWanted>();
    m_plan->picked(Wanted::Kind::Content, {{Wanted::Kind::Content, "t", old, old}});
    EXPECT_EQ(next<PullContent>().traces.size(), 1U);
    m_plan->tookContent({}, {});
    EXPECT_EQ(m_plan->takeFetched().size(), 1U);
    m_plan->noteWanted({0, std::nullopt});
    (void)next<PullPage>();
}

/// Answers each step with a failure until the content is decided about. @return the columns asked for
std::set<std::string> failAll(SyncPlan &plan, Kind kind, Timestamp old)
{
    std::set<std::string> columns;
    for (int tries = 0; tries < 200; ++tries) {
        const auto step = plan.next();
        if (!step)
            return columns;
        if (const auto *pick = std::get_if<PickWanted>(&*step)) {
            if (pick->kind != Wanted::Kind::Content)
                return columns;
            std::vector<Wanted> wanted;
            for (const char *trace : {"a", "b", "c", "d", "e", "f"})
                wanted.push_back({Wanted::Kind::Content, trace, old, old});
            wanted.resize(std::min(wanted.size(), static_cast<std::size_t>(pick->most)));
            plan.picked(Wanted::Kind::Content, wanted);
        } else if (const auto *content = std::get_if<PullContent>(&*step)) {
            columns.insert(content->placeOnly ? "place" : content->column);
            EXPECT_FALSE(plan.failed(failure(kind)).stop);
        } else {
            return columns;
        }
    }
    ADD_FAILURE() << "it must end";
    return columns;
}

TEST_F(Plan, ContentThatIsTooHeavyStaysWanted)
{
    begin();
    const Timestamp old{kNow.us - 29 * kMicrosPerDay - kMicrosPerDay / 2};
    m_plan->noteWanted({6, old});
    EXPECT_THAT(failAll(*m_plan, Kind::TooHeavy, old), testing::ElementsAre("", "input"));
    EXPECT_THAT(m_plan->takeFetched(), testing::IsEmpty());
    EXPECT_THAT(m_plan->notes().front().toStdString(), HasSubstr("left for the next sync"));
    (void)next<PullPage>(); // goes on with what is not about content
}

TEST_F(Plan, ARowThatIsTooLargeIsTakenByItsColumnsAndSteppedOver)
{
    begin();
    const Timestamp old{kNow.us - 29 * kMicrosPerDay - kMicrosPerDay / 2};
    m_plan->noteWanted({1, old});
    (void)next<PickWanted>();
    m_plan->picked(Wanted::Kind::Content, {{Wanted::Kind::Content, "a", old, old}});
    while (next<PullContent>().column.empty())
        ASSERT_FALSE(m_plan->failed(failure(Kind::TooLarge)).stop);
    // No column of it fits: where it is has to be asked for.
    PullContent step = next<PullContent>();
    for (int i = 0; i < 6; ++i, step = next<PullContent>())
        ASSERT_FALSE(m_plan->failed(failure(Kind::TooLarge)).stop);
    EXPECT_TRUE(step.placeOnly);
    const PageKey place{old, "u1"};
    m_plan->tookContent({1, place, 100, 1}, "a");
    step = next<PullContent>();
    EXPECT_FALSE(step.placeOnly);
    EXPECT_EQ(step.after, place) << "goes on behind it";
    EXPECT_EQ(step.afterTrace, "a");
    EXPECT_TRUE(step.column.empty());
    EXPECT_THAT(m_plan->takeFetched(), testing::IsEmpty()) << "the trace goes on";
    m_plan->tookContent({0, {}, 100, 1}, {});
    EXPECT_EQ(m_plan->takeFetched().size(), 1U);
    EXPECT_THAT(m_plan->notes().front().toStdString(), HasSubstr("trace a"));
}

} // namespace

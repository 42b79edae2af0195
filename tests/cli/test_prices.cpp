// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// genscope cost and genscope prices: the contract of the command line.

#include "cli/storefixture.h"
#include "support/testpaths.h"
#include "sync/localserver.h"

#include <QEventLoop>

#include <gmock/gmock.h>

using namespace genscope::test;
using testing::HasSubstr;

namespace {

const QByteArray kCall =
    R"({"uuid":"11111111-1111-4111-8111-111111111111","event":"$ai_generation","timestamp":"2026-06-02T10:00:00Z","distinct_id":"ada","properties":{"$ai_model":"in-house","$ai_provider":"azure","$ai_input_tokens":1000,"$ai_output_tokens":100}})"
    "\n";

Finished cost(const QByteArray &lines, const QStringList &options = {})
{
    return runGenscope(QStringList{QStringLiteral("cost")} + options, lines);
}

QByteArray withModel(const char *model)
{
    return QByteArray(kCall).replace("in-house", model);
}

TEST(CostCommand, PrintsWhatPostHogWouldSet)
{
    const Finished run = cost(withModel("gpt-4o") + "\n" + kCall);
    ASSERT_EQ(run.status, 0) << run.err.constData();
    const QList<QByteArray> lines = run.out.split('\n');
    EXPECT_EQ(
        lines[0],
        R"({"uuid":"11111111-1111-4111-8111-111111111111","input_cost_usd":0.0025,"output_cost_usd":0.001,)"
        R"("request_cost_usd":0,"web_search_cost_usd":0,"total_cost_usd":0.0035,"source":"openrouter",)"
        R"("model":"openai/gpt-4o","provider":"azure","cache_reporting_exclusive":false})");
    EXPECT_EQ(lines[1], R"({"uuid":"11111111-1111-4111-8111-111111111111","source":"none"})");
}

TEST(CostCommand, TakesThePricesOfTheTimeOfTheCall)
{
    const auto total = [](const char *time) {
        return jsonObject(cost(withModel("o3").replace("2026-06-02T10:00:00Z", time)).out)[u"total_cost_usd"]
            .toDouble();
    };
    EXPECT_DOUBLE_EQ(total("2025-06-09T23:59:59Z"), 0.014);
    EXPECT_DOUBLE_EQ(total("2025-06-10T00:00:00Z"), 0.0028);
}

TEST(CostCommand, ToleratesUndatedEventsAndRefusesBrokenLines)
{
    const Finished run =
        cost(R"({"event":"$ai_generation","properties":{"$ai_model":"gpt-4o","$ai_input_tokens":10}})"
             "\n{broken\n");
    EXPECT_EQ(run.status, 1);
    EXPECT_EQ(jsonObject(run.out)[u"input_cost_usd"].toDouble(), 0.000025);
    EXPECT_THAT(run.err.toStdString(), HasSubstr("standard input, line 2: "));
}

TEST(CostCommand, NeverTakesABadCountForAnother)
{
    const auto result = [](const char *tokens) {
        const QByteArray line = withModel("gpt-4o").replace("\"$ai_input_tokens\":1000",
                                                            QByteArray("\"$ai_input_tokens\":") + tokens);
        return jsonObject(cost(line).out);
    };
    EXPECT_DOUBLE_EQ(result("-1000")[u"input_cost_usd"].toDouble(), -0.0025) << "a sender's mistake shows";
    EXPECT_DOUBLE_EQ(result("9007199254740993")[u"input_cost_usd"].toDouble(), 22517998136.8524825);
    EXPECT_FALSE(result("1e30").contains(u"input_cost_usd")) << "unknown, not wrapped around";
    EXPECT_FALSE(result("\"many\"").contains(u"input_cost_usd"));
}

class PricesCommand : public StoreTest
{
protected:
    Finished prices(const QStringList &arguments) const
    {
        return runGenscope(QStringList{QStringLiteral("prices"), store()} + arguments);
    }
    QByteArray own() const { return prices({"list", "--own", "--format", "csv"}).out; }
};

constexpr auto kHeader =
    "match,model,provider,service_tier,from,to,unit,rate,above_tokens,tier_mode,source\n";

TEST_F(PricesCommand, SetPricesAModelThatHadNone)
{
    ASSERT_EQ(import(kCall).status, 0);
    EXPECT_EQ(prices({"list", "--unpriced", "--format", "csv"}).out,
              "model,provider,unpriced,in_book\nin-house,azure,1,false\n");
    const Finished set = prices({"set", "in-house", "--input", "3", "--output", "15"});
    ASSERT_EQ(set.status, 0) << set.err.constData();
    EXPECT_THAT(set.err.toStdString(), HasSubstr("2 price rows added, 0 ended, 0 replaced"));
    EXPECT_EQ(own(), QByteArray(kHeader) + "exact,in-house,,,,,input_token,0.000003,,,set by hand\n"
                                           "exact,in-house,,,,,output_token,0.000015,,,set by hand\n");
    const Finished again = import(QByteArray(kCall).replace("8111-111111111111", "8111-222222222222"));
    ASSERT_EQ(again.status, 0);
    EXPECT_EQ(query({"--measure", "cost", "--where", "cost_source = \"user\"", "--format", "csv"}),
              "cost\n0.009\n")
        << "the call imported before the price was set follows the book, too";
}

TEST_F(PricesCommand, AWhatIfWithoutAPriceIsUnknownAndNotFree)
{
    ASSERT_EQ(import(withModel("gpt-4o")).status, 0);
    const auto whatIf = [this](const char *assumption) {
        return runGenscope({"reprice", store(), "--what-if", assumption, "--format", "csv"}).out;
    };
    const QByteArray header = "model,events,cost,what_if,change,percent,unpriced\n";
    EXPECT_EQ(whatIf("gpt-4o=gpt-4o-mini"), header + "gpt-4o,1,0.0035,0.00021,-0.00329,-94,0\n");
    EXPECT_EQ(whatIf("gpt-4o=in-house"), header + "gpt-4o,1,0.0035,,,,1\n");
}

TEST_F(PricesCommand, ChangeSaysWhyACostDiffersFromThatOfTheDayBefore)
{
    const QByteArray monday = withModel("gpt-4o"); // $2.50 a million tokens in, $10 out
    const QByteArray tuesday = QByteArray(monday)
                                   .replace("8111-111111111111", "8111-333333333333")
                                   .replace("2026-06-02", "2026-06-03")
                                   .replace(":1000,", ":3000,");
    ASSERT_EQ(import(monday + tuesday).status, 0);
    const auto change = [this](QStringList options) {
        return runGenscope(QStringList{"change", store(), "--format", "csv"} + options);
    };
    const QByteArray header = "model,calls_before,calls,cost_before,cost,change,volume,mix,prompt_length,"
                              "answer_length,cache_share,price,unpriced\n";
    const QByteArray longer = header + "gpt-4o,1,1,0.0035,0.0085,0.005,0,0,0.005,0,0,0,0\n";
    EXPECT_EQ(change({"--from", "2026-06-03", "--to", "2026-06-03"}).out, longer);
    EXPECT_EQ(
        change({"--from", "2026-06-03", "--to", "2026-06-03", "--against", "2026-06-02..2026-06-02"}).out,
        longer);
    EXPECT_EQ(change({"--from", "2026-06-03", "--to", "2026-06-03", "--against", "week"}).out,
              header + "gpt-4o,0,1,0,0.0085,0.0085,0.0085,0,0,0,0,0,0\n");

    EXPECT_EQ(change({"--from", "2026-06-03"}).out,
              header + "gpt-4o,0,1,0,0.0085,0.0085,0.0085,0,0,0,0,0,0\n")
        << "it ends with the data, at 10:00: the call of 10:00 the day before is no part of as long before";
    EXPECT_EQ(change({}).out, longer) << "the later half against the earlier";
    EXPECT_EQ(change({"--from", "2026-06-03", "--against", "lately"}).status, 2);
    EXPECT_EQ(change({"--from", "2026-06-03", "--by", "tool"}).status, 2);
    EXPECT_EQ(change({"--from", "2026-06-03", "--by", "day"}).status, 2);
}

TEST_F(PricesCommand, SetKeepsHistory)
{
    ASSERT_EQ(import(kCall).status, 0);
    ASSERT_EQ(prices({"set", "m", "--input", "1", "--output", "2", "--source", "s"}).status, 0);
    ASSERT_EQ(prices({"set", "m", "--unit", "output_token", "--rate", "3e-6", "--from", "2026-07-01",
                      "--source", "s"})
                  .status,
              0);
    EXPECT_EQ(own(), QByteArray(kHeader) + "exact,m,,,,2026-07-01,input_token,0.000001,,,s\n"
                                           "exact,m,,,,2026-07-01,output_token,0.000002,,,s\n"
                                           "exact,m,,,2026-07-01,,input_token,0.000001,,,s\n"
                                           "exact,m,,,2026-07-01,,output_token,0.000003,,,s\n");
    const Finished lost = prices({"set", "m", "--input", "9", "--output", "9", "--from", "2026-07-01"});
    EXPECT_EQ(lost.status, 2);
    EXPECT_THAT(lost.err.toStdString(), HasSubstr("would be lost"));
    EXPECT_EQ(
        prices({"set", "m", "--input", "9", "--output", "9", "--from", "2026-07-01", "--replace"}).status, 0);
}

TEST_F(PricesCommand, WrongUsageChangesNothing)
{
    ASSERT_EQ(import(kCall).status, 0);
    for (const QStringList &arguments : {QStringList{"set", "m"},
                                         {"set", "m", "--input", "x", "--output", "1"},
                                         {"set", "new-one", "--input", "1"},
                                         {"set", "m", "--input", "2000001", "--output", "1"},
                                         {"set", "m", "--unit", "parsec", "--rate", "1"},
                                         {"set", "m", "--input", "1", "--output", "1", "--from", "soon"},
                                         {"frobnicate"},
                                         {}})
        EXPECT_EQ(prices(arguments).status, 2) << arguments.join(u' ').toStdString();
    EXPECT_EQ(own(), kHeader);
}

TEST_F(PricesCommand, ImportTakesAFileWholeOrNotAtAll)
{
    ASSERT_EQ(import(kCall).status, 0);
    write("bad.csv", "model,unit,rate\nm,input_token,1e-6\nm,output_token,-1\n");
    const Finished refused = prices({"import", path("bad.csv")});
    EXPECT_EQ(refused.status, 3);
    EXPECT_THAT(refused.err.toStdString(),
                HasSubstr("bad.csv, row 3 (m): the rate of output_token is -1: a price cannot be negative"));
    EXPECT_EQ(own(), kHeader);

    write("good.csv", "model,unit,rate\n=m,input_token,1e-6\n=m,output_token,0\n");
    EXPECT_EQ(prices({"import", path("good.csv"), "--dry-run"}).status, 0);
    EXPECT_EQ(own(), kHeader);
    ASSERT_EQ(prices({"import", path("good.csv")}).status, 0);
    EXPECT_THAT(own().toStdString(), HasSubstr("exact,'=m,,,,,input_token,0.000001,,,good.csv\n"));

    for (const char *format : {"csv", "json"}) {
        ASSERT_EQ(prices({"export", "--format", format, "--out", path("out")}).status, 0);
        const Finished same = prices({"import", path("out")});
        EXPECT_THAT(same.err.toStdString(), HasSubstr("0 price rows added, 0 ended, 0 replaced")) << format;
    }
}

TEST_F(PricesCommand, CheckListsWhatIsSuspicious)
{
    ASSERT_EQ(
        import(kCall + withModel("gpt-4o-2099").replace("8111-111111111111", "8111-333333333333")).status, 0);
    ASSERT_EQ(prices({"set", "gap", "--input", "1", "--output", "1", "--to", "2026-01-01"}).status, 0);
    ASSERT_EQ(prices({"set", "gap", "--input", "1", "--output", "1", "--from", "2026-02-01"}).status, 0);
    const Finished check = prices({"check", "--format", "csv"});
    EXPECT_EQ(check.status, 0);
    EXPECT_THAT(check.out.toStdString(), HasSubstr("gap,gap,default,2026-01-01 .. 2026-02-01,\n"));
    EXPECT_THAT(check.out.toStdString(), HasSubstr("unpriced,in-house,azure,,1\n"));
    EXPECT_THAT(check.out.toStdString(), HasSubstr("inexact,gpt-4o-2099,azure,priced as openai/gpt-4o,1\n"));
}

TEST_F(PricesCommand, ShowExplainsACost)
{
    ASSERT_EQ(import(withModel("gpt-4o")).status, 0);
    const Finished run =
        runGenscope({"show", store(), "event", "11111111-1111-4111-8111-111111111111", "--explain"});
    ASSERT_EQ(run.status, 0) << run.err.constData();
    const QJsonObject cost = jsonObject(run.out)[u"cost"].toObject();
    EXPECT_EQ(cost[u"rule"].toString(), QLatin1String("openrouter"));
    EXPECT_EQ(cost[u"products"].toArray().size(), 2);
    EXPECT_EQ(cost[u"total_usd"].toDouble(), 0.0035);
}

TEST_F(PricesCommand, UpdateShowsFirstAndAppliesOnlyWhenTold)
{
    ASSERT_EQ(import(kCall).status, 0);
    genscope::LocalServer server;
    server.put(
        "/api/v1/models",
        R"({"data": [{"id": "openai/gpt-4o", "pricing": {"prompt": "0.000005", "completion": "0.00001"}}]})");
    const auto update = [&](QStringList options) {
        QProcess process;
        options =
            QStringList{
                "prices", store(), "update", "--format", "csv", "--url", server.address().toString()} +
            options;
        QEventLoop loop;
        QObject::connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
        process.start(programPath(), options);
        loop.exec();
        return Finished{process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    };
    const Finished preview = update({});
    EXPECT_EQ(preview.status, 0);
    EXPECT_EQ(preview.out, "model,provider,unit,before,after,percent,note\n"
                           "openai/gpt-4o,default,input_token,0.0000025,0.000005,100,\n");
    EXPECT_EQ(own(), kHeader);
    ASSERT_EQ(update({"--yes"}).status, 0);
    EXPECT_THAT(own().toStdString(), HasSubstr("listed,openai/gpt-4o,,,"));
    EXPECT_THAT(own().toStdString(), HasSubstr(",input_token,0.000005,,,OpenRouter "));

    const QByteArray before = own();
    server.put("/api/v1/models", "nonsense");
    EXPECT_EQ(update({"--yes"}).status, 4);
    EXPECT_EQ(own(), before) << "a failed update leaves the book as it was";
}

} // namespace

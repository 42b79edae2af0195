// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The command line's contract: what it prints, and how it ends.

#include "cli/storefixture.h"

using namespace genscope::test;

namespace {

const QByteArray kTwoCalls =
    R"({"uuid":"11111111-1111-4111-8111-111111111111","event":"$ai_generation","timestamp":"2025-06-02T10:00:00Z","distinct_id":"ada","properties":{"$ai_trace_id":"t1","$ai_model":"gpt-4o","$ai_latency":1.5,"$ai_input_tokens":"1000","$ai_output_tokens":100,"$ai_total_cost_usd":0.0035,"feature":"chat"}}
{"uuid":"22222222-2222-4222-8222-222222222222","event":"$ai_generation","timestamp":"2025-06-03T10:00:00Z","distinct_id":"ben","properties":{"$ai_trace_id":"t2","$ai_model":"=cmd|calc","$ai_latency":0.25,"$ai_is_error":"true","$ai_http_status":429}}
)";

using Commands = StoreTest;

TEST_F(Commands, QueryPrintsATableByDay)
{
    ASSERT_EQ(import(kTwoCalls).status, 0);
    EXPECT_EQ(
        query({"--measure", "generations,errors,cost,latency_max", "--interval", "day", "--format", "csv"}),
        "bucket,generations,errors,cost,latency_max\n"
        "2025-06-02T00:00:00+00:00,1,0,0.0035,1.5\n"
        "2025-06-03T00:00:00+00:00,1,1,,0.25\n");
}

TEST_F(Commands, QueryPrintsJsonWithTotals)
{
    ASSERT_EQ(import(kTwoCalls).status, 0);
    const QJsonObject table =
        jsonObject(query({"--measure", "cost,users", "--by", "model", "--format", "json"}));
    EXPECT_EQ(table["columns"].toArray(), (QJsonArray{"model", "cost", "users"}));
    EXPECT_EQ(table["rows"].toArray(),
              (QJsonArray{QJsonArray{"gpt-4o", 0.0035, 1}, QJsonArray{"=cmd|calc", QJsonValue::Null, 1}}));
    EXPECT_EQ(table["total"].toArray(), (QJsonArray{QJsonValue::Null, 0.0035, 2}));
    EXPECT_EQ(table["matched"].toInt(), 2);
    EXPECT_EQ(table["unpriced"].toInt(), 0) << "an error without tokens costs nothing";
}

TEST_F(Commands, CsvCellsAreNoFormulas)
{
    ASSERT_EQ(import(kTwoCalls).status, 0);
    EXPECT_EQ(query({"--measure", "errors", "--by", "model", "--format", "csv"}),
              "model,errors\n'=cmd|calc,1\ngpt-4o,0\n");
}

TEST_F(Commands, ZoneMovesTheDays)
{
    ASSERT_EQ(import(kTwoCalls).status, 0);
    EXPECT_EQ(query({"--measure", "generations", "--interval", "day", "--zone", "Pacific/Auckland", "--from",
                     "2025-06-02", "--to", "2025-06-02", "--format", "csv"}),
              "bucket,generations\n2025-06-02T00:00:00+12:00,1\n");
}

TEST_F(Commands, PropertiesFilterAndBreakDown)
{
    ASSERT_EQ(import(kTwoCalls).status, 0);
    EXPECT_EQ(query({"--measure", "generations", "--by", "event.feature", "--format", "csv"}),
              "event.feature,generations\nchat,1\n,1\n");
    EXPECT_EQ(query({"--measure", "generations", "--where", "event.feature = \"chat\" and not is_error",
                     "--format", "csv"}),
              "generations\n1\n");
}

TEST_F(Commands, TextFormatAlignsNumbersToTheRight)
{
    ASSERT_EQ(import(kTwoCalls).status, 0);
    EXPECT_EQ(query({"--measure", "input_tokens", "--by", "model", "--format", "text"}),
              "model      input_tokens\n"
              "gpt-4o             1000\n"
              "=cmd|calc             0\n");
}

TEST_F(Commands, OutReplacesAFileWhole)
{
    ASSERT_EQ(import(kTwoCalls).status, 0);
    write("out.csv", "old");
    EXPECT_EQ(query({"--measure", "generations", "--out", path("out.csv")}), "");
    EXPECT_EQ(bytesOf(path("out.csv")), "generations\n2\n");
    const Finished refused =
        runGenscope({"query", store(), "--measure", "generations", "--out", path("no/such/folder.csv")});
    EXPECT_EQ(refused.status, 3);
    EXPECT_TRUE(refused.err.contains("no/such/folder.csv")) << refused.err.constData();
}

TEST_F(Commands, ListPrintsRowsSortedAndLimited)
{
    ASSERT_EQ(import(kTwoCalls).status, 0);
    const Finished run = runGenscope({"list", store(), "generations", "--columns", "uuid,model,latency",
                                      "--sort", "-latency", "--limit", "1", "--format", "json"});
    ASSERT_EQ(run.status, 0) << run.err.constData();
    const QJsonObject list = jsonObject(run.out);
    EXPECT_EQ(list["rows"].toArray(),
              (QJsonArray{QJsonArray{"11111111-1111-4111-8111-111111111111", "gpt-4o", 1.5}}));
    EXPECT_EQ(list["matched"].toInt(), 2);
}

TEST_F(Commands, TracesAreListedIfSomeOrAllEventsMatch)
{
    const char *const kLine =
        R"({"event":"$ai_generation","distinct_id":"u","timestamp":"2025-01-01T00:00:0%1Z",)"
        R"("properties":{"$ai_trace_id":"%2","$ai_model":"%3"}})";
    QByteArray lines;
    for (const auto &[second, trace, model] :
         {std::tuple("0", "mixed", "a"), std::tuple("1", "mixed", "b"), std::tuple("2", "pure", "a")})
        lines += QString::fromLatin1(kLine)
                     .arg(QLatin1String(second), QLatin1String(trace), QLatin1String(model))
                     .toUtf8() +
                 '\n';
    ASSERT_EQ(import(lines).status, 0);
    const auto listed = [this](const char *match) {
        return runGenscope({"list", store(), "traces", "--columns", "trace", "--where", "model = \"a\"",
                            "--match", QString::fromLatin1(match), "--format", "csv"})
            .out;
    };
    EXPECT_EQ(listed("some"), "trace\npure\nmixed\n");
    EXPECT_EQ(listed("all"), "trace\npure\n");
}

TEST_F(Commands, ShowEventRawIsByteForByte)
{
    ASSERT_EQ(import(kTwoCalls).status, 0);
    const Finished run =
        runGenscope({"show", store(), "event", "11111111-1111-4111-8111-111111111111", "--raw"});
    EXPECT_EQ(run.status, 0);
    EXPECT_EQ(run.out, kTwoCalls.left(kTwoCalls.indexOf('\n')));
}

TEST_F(Commands, ShowTraceHasItsTree)
{
    ASSERT_EQ(import(kTwoCalls).status, 0);
    const QJsonObject trace = jsonObject(runGenscope({"show", store(), "trace", "t1"}).out);
    EXPECT_EQ(trace["user"].toString(), "ada");
    EXPECT_EQ(trace["started"].toString(), "2025-06-02T09:59:58.500+00:00");
    EXPECT_EQ(trace["latency_s"].toDouble(), 1.5);
    EXPECT_EQ(trace["cost_usd"].toDouble(), 0.0035);
    ASSERT_EQ(trace["tree"].toArray().size(), 1);
    EXPECT_EQ(trace["tree"][0]["started"].toString(), "2025-06-02T09:59:58.500+00:00");
}

TEST_F(Commands, ShowTraceNestsChildrenHoweverDeep)
{
    const auto step = [](int number, const QByteArray &parent) {
        const QByteArray id = QByteArray::number(number);
        return R"({"uuid":"00000000-0000-4000-8000-)" + id.rightJustified(12, '0') +
               R"(","event":"$ai_span","timestamp":)" + QByteArray::number(1'748'858'400 + number) +
               R"(,"distinct_id":"ada","properties":{"$ai_trace_id":"t","$ai_span_id":"s)" + id +
               R"(","$ai_parent_id":")" + parent + "\"}}\n";
    };
    ASSERT_EQ(import(step(0, "t") + step(1, "s0") + step(2, "s0") + step(3, "t")).status, 0);
    const QJsonArray tree = jsonObject(runGenscope({"show", store(), "trace", "t"}).out)["tree"].toArray();
    ASSERT_EQ(tree.size(), 2);
    EXPECT_EQ(tree[0]["children"].toArray().size(), 2);
    EXPECT_EQ(tree[0]["children"][1]["id"].toString(), "s2");
    EXPECT_EQ(tree[1]["id"].toString(), "s3");

    constexpr int kDeep = 20'000; // more than a recursion over it has stack for
    QByteArray chain;
    for (int i = 4; i < kDeep; ++i)
        chain += step(i, "s" + QByteArray::number(i - 1));
    ASSERT_EQ(import(chain).status, 0);
    const Finished run = runGenscope({"show", store(), "trace", "t"});
    EXPECT_EQ(run.status, 0) << run.err.constData();
    EXPECT_EQ(run.out.count("\"children\":["), kDeep);
}

TEST_F(Commands, ShowOfAnUnknownIdSaysSo)
{
    ASSERT_EQ(import(kTwoCalls).status, 0);
    for (const QStringList &what :
         {QStringList{"trace", "t-none"}, QStringList{"event", "33333333-3333-4333-8333-333333333333"}}) {
        const Finished run = runGenscope(QStringList{"show", store()} + what);
        EXPECT_EQ(run.status, 1);
        EXPECT_EQ(run.out, "");
        EXPECT_TRUE(run.err.contains(what[1].toUtf8())) << run.err.constData();
        EXPECT_EQ(run.err.count('\n'), 1) << "one message: " << run.err.constData();
    }
}

TEST_F(Commands, StatsCountsWhatIsStored)
{
    ASSERT_EQ(import(kTwoCalls).status, 0);
    const QJsonObject stats = jsonObject(runGenscope({"stats", store(), "--json"}).out);
    EXPECT_EQ(stats["events"].toInt(), 2);
    EXPECT_EQ(stats["by_event"].toObject(), (QJsonObject{{"$ai_generation", 2}}));
    EXPECT_EQ(stats["first"].toString(), "2025-06-02T10:00:00+00:00");
    EXPECT_EQ(stats["last"].toString(), "2025-06-03T10:00:00+00:00");
    EXPECT_EQ(stats["unpriced_models"].toArray(), QJsonArray());
    EXPECT_EQ(stats["sources"].toArray().size(), 1);
}

TEST_F(Commands, StandardInputIsADump)
{
    const Finished run = runGenscope({"import", store(), "-", "--json"}, kTwoCalls);
    EXPECT_EQ(run.status, 0) << run.err.constData();
    EXPECT_EQ(jsonObject(run.out)["new"].toInt(), 2);
}

// --- Bad input: the message names what is wrong, the exit status says which kind it is, and nothing stored
// is lost.

TEST_F(Commands, MalformedLinesAreCountedAndNamed)
{
    const Finished run = import("{\"event\":\n" + kTwoCalls + "null\n");
    EXPECT_EQ(run.status, 1);
    const QJsonObject report = jsonObject(run.out);
    EXPECT_EQ(report["lines"].toInt(), 4);
    EXPECT_EQ(report["new"].toInt(), 2);
    EXPECT_EQ(report["rejected"].toInt(), 2);
    EXPECT_EQ(report["rejects"][0]["line"].toInt(), 1);
    EXPECT_EQ(report["rejects"][1]["line"].toInt(), 4);
    EXPECT_TRUE(run.err.contains("lines.jsonl:4: ")) << run.err.constData();
}

TEST_F(Commands, AFileOfSomethingElseSaysWhatIsRead)
{
    const Finished run = import(R"({"id":"obs-1","type":"GENERATION","usage":{"input":10}})");
    EXPECT_EQ(run.status, 1);
    EXPECT_TRUE(run.err.contains("lines.jsonl:1: no event name")) << run.err.constData();
    EXPECT_TRUE(run.err.contains("Give PostHog exports")) << run.err.constData();
}

TEST_F(Commands, AnEmptyFileIsNoErrorButANote)
{
    const Finished run = import("");
    EXPECT_EQ(run.status, 0);
    EXPECT_EQ(jsonObject(run.out)["events"].toInt(), 0);
    EXPECT_TRUE(run.err.contains("lines.jsonl")) << run.err.constData();
}

TEST_F(Commands, AFileThatIsMissingIsExit3AndTheRestIsImported)
{
    write("good.jsonl", kTwoCalls);
    const Finished run =
        runGenscope({"import", store(), path("missing.jsonl"), path("good.jsonl"), "--json"});
    EXPECT_EQ(run.status, 3);
    EXPECT_EQ(jsonObject(run.out)["new"].toInt(), 2);
    EXPECT_TRUE(run.err.contains("missing.jsonl")) << run.err.constData();
}

TEST_F(Commands, AFileThatIsNoStoreIsRefusedUntouched)
{
    write("test.genscope", "this is a text, not a store");
    for (const QStringList &command :
         {QStringList{"stats", store()}, QStringList{"query", store(), "--measure", "cost"},
          QStringList{"import", store(), path("test.genscope")}}) {
        const Finished run = runGenscope(command);
        EXPECT_EQ(run.status, 3) << qPrintable(command.first());
        EXPECT_TRUE(run.err.contains("test.genscope")) << run.err.constData();
    }
    EXPECT_EQ(bytesOf(store()), "this is a text, not a store");
}

TEST_F(Commands, AMissingStoreIsExit3AndIsNotMade)
{
    EXPECT_EQ(runGenscope({"stats", store()}).status, 3);
    EXPECT_FALSE(QFile::exists(store()));
}

TEST_F(Commands, WrongUsageIsExit2AndSaysWhatIsRight)
{
    ASSERT_EQ(import(kTwoCalls).status, 0);
    const struct
    {
        QStringList arguments;
        const char *says;
    } cases[] = {
        {{"query", store()}, "--measure"},
        {{"query", store(), "--measure", "costs"}, "costs"},
        {{"query", store(), "--measure", "cost", "--by", "flavour"}, "flavour"},
        {{"query", store(), "--measure", "cost", "--where", "model = "}, "expected"},
        {{"query", store(), "--measure", "cost", "--where", "latency > 5c"}, "c"},
        {{"query", store(), "--measure", "cost", "--where", "model ~ \"(\""}, "("},
        {{"query", store(), "--measure", "cost", "--zone", "Mars/Olympus"}, "Mars/Olympus"},
        {{"query", store(), "--measure", "cost", "--interval", "fortnight"}, "fortnight"},
        {{"query", store(), "--measure", "cost", "--by", "model", "--top", "0"}, "0"},
        {{"query", store(), "--measure", "cost", "--format", "xml"}, "xml"},
        {{"query", store(), "--measure", "generations", "--interval", "minute", "--from", "2020-01-01",
          "--to", "2025-01-01"},
         "100,000"},
        {{"list", store(), "dragons"}, "dragons"},
        {{"list", store(), "traces", "--columns", "flavour"}, "flavour"},
        {{"list", store(), "traces", "--match", "most"}, "some or all"},
        {{"list", store(), "users", "--match", "all"}, "traces and sessions"},
        {{"import", store()}, "FILE"},
        {{"import", store(), "x.jsonl", "--format", "xml"}, "one of: auto, "},
        {{"stats", store(), "--frobnicate"}, "frobnicate"},
        {{"--frobnicate"}, "frobnicate"},
    };
    for (const auto &wrong : cases) {
        const Finished run = runGenscope(wrong.arguments);
        EXPECT_EQ(run.status, 2) << qPrintable(wrong.arguments.join(QLatin1Char(' ')));
        EXPECT_TRUE(run.err.contains(wrong.says))
            << qPrintable(wrong.arguments.join(QLatin1Char(' '))) << ": " << run.err.constData();
        EXPECT_EQ(run.out, "");
    }
}

TEST_F(Commands, HelpAndVersionNeedNothing)
{
    EXPECT_EQ(runGenscope({"--version"}).status, 0);
    EXPECT_TRUE(runGenscope({"--help"}).out.contains("genscope COMMAND"));
    EXPECT_TRUE(runGenscope({"query", "--help"}).out.contains("--measure"));
}

} // namespace

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What looks wrong in the events, on the command line.

#include "cli/storefixture.h"
#include "support/testpaths.h"

using namespace genscope::test;

namespace {

/// @p count calls, two to a trace; every fourth has its first token after its end, and two share a span id.
QByteArray calls(int count)
{
    QByteArray lines;
    for (int i = 0; i < count; ++i) {
        lines +=
            QStringLiteral(
                R"({"uuid":"00000000-0000-4000-8000-%1","event":"$ai_generation","timestamp":"2025-06-02T10:00:00Z",)"
                R"("created_at":"2025-06-02T10:00:01Z","distinct_id":"ada","properties":{"$ai_trace_id":"t%2",)"
                R"("$ai_span_id":"s%3","$ai_model":"gpt-4o","$ai_provider":"openai","$ai_lib":"posthog-ai",)"
                R"("$ai_input_tokens":100,"$ai_output_tokens":20,"$ai_latency":1.5,)"
                R"("$ai_time_to_first_token":%4}})")
                .arg(i, 12, 16, QLatin1Char('0'))
                .arg(i / 2)
                .arg(i == 1 ? 0 : i)
                .arg(i % 4 == 3 ? QStringLiteral("1.75") : QStringLiteral("0.5"))
                .toUtf8() +
            '\n';
    }
    return lines;
}

QStringList codes(const QJsonValue &quality)
{
    QStringList codes;
    for (const QJsonValue &finding : quality.toArray())
        codes.push_back(finding[u"code"].toString());
    return codes;
}

using Quality = StoreTest;

TEST_F(Quality, TheImportReportSaysWhatLooksWrongAndWhatEachFileBrought)
{
    const Finished plain = import(calls(8) + "no event\n");
    EXPECT_EQ(plain.status, 1);
    const QJsonObject report = jsonObject(plain.out);
    EXPECT_FALSE(report.contains("quality")) << "only when asked: it looks at the whole store";
    const Finished again = runGenscope({"import", store(), path("lines.jsonl"), "--json", "--quality"});
    EXPECT_EQ(codes(jsonObject(again.out)["quality"]), (QStringList{"ttft_after_end", "duplicate_span"}));
    EXPECT_EQ(report["reject_kinds"].toArray().size(), 1);
    const QJsonObject source = report["sources"].toArray().first().toObject();
    EXPECT_EQ(source["name"].toString(), path("lines.jsonl"));
    EXPECT_EQ(source["new"].toInt(), 8);
    EXPECT_EQ(source["rejected"].toInt(), 1);
    EXPECT_EQ(source["first"].toString(), "2025-06-02T10:00:00+00:00");
    EXPECT_EQ(source["last"].toString(), "2025-06-02T10:00:00+00:00");
}

TEST_F(Quality, EveryFindingIsAFilterThatMatchesWhatItCounts)
{
    ASSERT_EQ(import(calls(8)).status, 0);
    const QJsonObject stats = jsonObject(runGenscope({"stats", store(), "--quality", "--json"}).out);
    const QJsonArray quality = stats["quality"].toArray();
    ASSERT_EQ(quality.size(), 2);
    for (const QJsonValue &finding : quality) {
        const QByteArray found =
            query({"--measure", "generations", "--where", finding[u"filter"].toString(), "--format", "json"});
        EXPECT_EQ(jsonObject(found)["matched"].toInt(), finding[u"events"].toInt()) << found.constData();
        EXPECT_EQ(finding[u"events"].toInt(), 2);
        EXPECT_EQ(finding[u"checked"].toInt(), 8);
        EXPECT_EQ(finding[u"share"].toDouble(), 0.25);
        EXPECT_EQ(finding[u"examples"].toArray().size(), 2);
        EXPECT_EQ(finding[u"severity"].toString(), "warning");
        for (const QString words : {"title", "evidence", "effect", "advice"})
            EXPECT_FALSE(finding[words].toString().isEmpty()) << qPrintable(words);
    }
    EXPECT_EQ(query({"--measure", "generations", "--by", "issue", "--format", "csv"}),
              "issue,generations\n,4\nduplicate_span,2\nttft_after_end,2\n");
    const Finished list = runGenscope({"list", store(), "generations", "--where", "issue is set", "--columns",
                                       "issue", "--sort", "issue", "--format", "csv"});
    EXPECT_EQ(list.out, "issue\nduplicate_span\nduplicate_span\nttft_after_end\nttft_after_end\n");
}

TEST_F(Quality, StatsSayItInWordsAndOnlyWhenAsked)
{
    ASSERT_EQ(import(calls(8)).status, 0);
    EXPECT_FALSE(jsonObject(runGenscope({"stats", store(), "--json"}).out).contains("quality"));
    const QByteArray text = runGenscope({"stats", store(), "--quality"}).out;
    EXPECT_TRUE(text.contains("Warning: First token later than the end of the call: 2 events, 25"))
        << text.constData();
    EXPECT_TRUE(text.contains("--where 'issue = \"ttft_after_end\"'")) << text.constData();
}

TEST_F(Quality, NothingIsWrongInSoundEvents)
{
    ASSERT_EQ(import(calls(1) + calls(3).split('\n').at(2) + '\n').status, 0);
    EXPECT_EQ(jsonObject(runGenscope({"stats", store(), "--quality", "--json"}).out)["quality"].toArray(),
              QJsonArray());
    const QByteArray text = runGenscope({"stats", store(), "--quality"}).out;
    EXPECT_TRUE(text.endsWith("\nNothing looks wrong in 2 events.\n")) << text.constData();
}

/// The bundled sample is how events should be, but for one model that no price book knows.
TEST_F(Quality, OnlyTheUnpricedModelOfTheSampleIsFound)
{
    const QString sample = sourceRoot() + QStringLiteral("/resources/sample/sample.jsonl.gz");
    const Finished run = runGenscope({"import", store(), sample, "--json", "--quality"});
    ASSERT_EQ(run.status, 0) << run.err.constData();
    const QJsonValue quality = jsonObject(run.out)["quality"];
    EXPECT_EQ(codes(quality), QStringList{"cost_missing"});
    EXPECT_TRUE(quality.toArray().first()[u"evidence"].toString().contains("in-house/courier-7b"))
        << run.out.constData();
}

} // namespace

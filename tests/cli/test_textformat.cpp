// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Tables as people read them in a terminal; machines get CSV and JSON with every digit.

#include "cli/storefixture.h"

using namespace genscope::test;

namespace {

/// Models a, b and c: one, two and three calls of $0.10, $0.20 and $0.30; the last call has no cost.
QByteArray calls()
{
    QByteArray lines;
    int number = 0;
    for (const int model : {1, 2, 2, 3, 3, 3}) {
        ++number;
        const QByteArray cost =
            number == 6 ? QByteArray() : R"(,"$ai_total_cost_usd":0.)" + QByteArray::number(model);
        lines += R"({"uuid":"00000000-0000-4000-8000-00000000000)" + QByteArray::number(number) +
                 R"(","event":"$ai_generation","timestamp":"2025-06-0)" + QByteArray::number(number) +
                 R"(T10:00:00Z","distinct_id":"ada","properties":{"$ai_trace_id":"t","$ai_model":")" +
                 char('a' + model - 1) + R"(","$ai_latency":0.)" + QByteArray::number(number) + cost + "}}\n";
    }
    return lines;
}

class TextFormat : public StoreTest
{
protected:
    void SetUp() override { ASSERT_EQ(import(calls()).status, 0); }
};

TEST_F(TextFormat, WhatIsMissingIsADash)
{
    EXPECT_EQ(query({"--measure", "cost", "--from", "2025-06-06", "--format", "text"}), "cost\n-\n");
}

TEST_F(TextFormat, BinaryFractionsDoNotShow)
{
    EXPECT_EQ(query({"--measure", "latency_avg", "--where", "model = \"b\"", "--format", "text"}),
              "latency_avg\n       0.25\n");
    EXPECT_EQ(query({"--measure", "latency_p90", "--where", "model = \"c\"", "--format", "text"}),
              "latency_p90\n       0.58\n");
}

TEST_F(TextFormat, OtherComesLastHoweverLargeItIs)
{
    const auto linesOf = [this](const QStringList &by, const char *format) {
        return query(QStringList{"--measure", "generations", "--top", "1"} + by +
                     QStringList{"--format", QString::fromLatin1(format)})
            .trimmed()
            .split('\n');
    };
    const auto text = linesOf({"--by", "model"}, "text");
    ASSERT_EQ(text.size(), 3);
    EXPECT_TRUE(text[2].startsWith("Other")) << text[2].constData();
    const auto csv = linesOf({"--by", "model"}, "csv");
    ASSERT_EQ(csv.size(), 3);
    EXPECT_TRUE(csv.contains("Other,3")) << "by its measure, as programs expect";
}

TEST_F(TextFormat, AComparisonEndsWithItsTotal)
{
    const QList<QByteArray> lines =
        runGenscope({"reprice", store(), "--format", "text"}).out.trimmed().split('\n');
    ASSERT_EQ(lines.size(), 5);
    EXPECT_TRUE(lines[4].startsWith("Total ")) << lines[4].constData();
    EXPECT_TRUE(lines[4].simplified().startsWith("Total 6 ")) << lines[4].constData();
    const QByteArray change = runGenscope({"change", store(), "--range", "2025-06-04", "--against",
                                           "2025-06-02", "--format", "text"})
                                  .out;
    EXPECT_TRUE(change.contains("\nTotal ")) << change.constData();
}

TEST_F(TextFormat, AReportIsWrittenWithoutAWordOnStandardError)
{
    const Finished run = runGenscope({"report", store(), "--out", path("report")});
    EXPECT_EQ(run.status, 0);
    EXPECT_EQ(run.err, "");
}

} // namespace

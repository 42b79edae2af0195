// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever strange thing an event holds, it comes out of the store as it went in.

#include "cli/storefixture.h"

using namespace genscope::test;

namespace {

const QString kUuid = QStringLiteral("33333333-3333-4333-8333-333333333333");

class Lossless : public StoreTest
{
protected:
    static QByteArray eventWith(const QByteArray &properties)
    {
        return R"({"uuid":")" + kUuid.toLatin1() +
               R"(", "event":"$ai_generation","timestamp":"2025-06-02T10:00:00Z", "distinct_id":"ada","properties":)" +
               properties + "}";
    }
    QByteArray show(const QStringList &options = {}) const
    {
        const Finished run = runGenscope(
            QStringList{QStringLiteral("show"), store(), QStringLiteral("event"), kUuid} + options);
        EXPECT_EQ(run.status, 0) << run.err.constData();
        return run.out;
    }
    /// Imports it and checks that it comes back byte for byte.
    void expectKept(const QByteArray &properties) const
    {
        const QByteArray event = eventWith(properties);
        const Finished run = import(event + "\n");
        ASSERT_EQ(run.status, 0) << run.err.constData();
        const QByteArray raw = show({QStringLiteral("--raw")});
        EXPECT_TRUE(raw == event || raw == event + '\n')
            << raw.size() << " bytes for " << event.size() << ": " << raw.left(500).constData();
    }
    QByteArray value(const char *measureOrField) const
    {
        return runGenscope({QStringLiteral("list"), store(), QStringLiteral("generations"),
                            QStringLiteral("--columns"), QLatin1String(measureOrField),
                            QStringLiteral("--format"), QStringLiteral("csv")})
            .out;
    }
};

TEST_F(Lossless, UnpairedSurrogates)
{
    expectKept(R"({"$ai_input":"half \ud83d of a pair","$ai_output":"\udc00","lone\ud800":"\ud800"})");
}

TEST_F(Lossless, NulCharacters)
{
    expectKept(R"({"$ai_input":"before\u0000after","feature":"a\u0000b"})");
    EXPECT_TRUE(value("event.feature").contains("b")) << "the text does not end at the NUL";
}

TEST_F(Lossless, AnEventOfEightMegabytes)
{
    expectKept(R"({"$ai_model":"gpt-4o","$ai_input":")" + QByteArray(8 << 20, 'x') + "\"}");
}

TEST_F(Lossless, AThousandLevelsOfNesting)
{
    expectKept(R"({"deep":)" + QByteArray(1000, '[') + QByteArray(1000, ']') + R"(,"$ai_input_state":)" +
               QByteArray(R"({"a":)").repeated(1000) + "1" + QByteArray(1000, '}') + "}");
}

TEST_F(Lossless, IntegersOf64BitsAndNumbersAsText)
{
    expectKept(
        R"({"big":9223372036854775807,"bigger":18446744073709551616,"tiny":1e-400,"exact":0.10000000000000000055,"$ai_input_tokens":"1234","$ai_output_tokens":9007199254740993,"text":"1.50"})");
    EXPECT_EQ(value("input_tokens"), "input_tokens\n1234\n");
    EXPECT_EQ(value("output_tokens"), "output_tokens\n9007199254740993\n");
    EXPECT_TRUE(value("event.big").contains("9223372036854775807"));
    EXPECT_TRUE(value("event.text").contains("1.50"));
}

TEST_F(Lossless, RowsAreKeptAsTheObjectsTheyMean)
{
    write(
        "answer.json",
        R"json({"results":[["33333333-3333-4333-8333-333333333333","$ai_generation","2025-06-02T10:00:00Z","{\"$ai_model\":\"m\",\"n\":9223372036854775807}"]],"columns":["toString(uuid)","event","timestamp","properties"]})json");
    const Finished run =
        runGenscope({QStringLiteral("import"), store(), path("answer.json"), QStringLiteral("--json")});
    ASSERT_EQ(run.status, 0) << run.err.constData();
    EXPECT_EQ(
        show({QStringLiteral("--raw")}).trimmed(),
        R"({"uuid":"33333333-3333-4333-8333-333333333333","event":"$ai_generation","timestamp":"2025-06-02T10:00:00Z","properties":{"$ai_model":"m","n":9223372036854775807}})");
}

TEST_F(Lossless, PersonsAreCountedBesideTheEvents)
{
    const Finished run = import(
        R"({"distinct_id":"ada","person_id":"p1","properties":{"plan":"pro"},"person_version":1,"person_distinct_id_version":0,"_inserted_at":"2025-06-02T10:00:00Z"})"
        "\n");
    EXPECT_EQ(run.status, 0);
    const QJsonObject report = jsonObject(run.out);
    EXPECT_EQ(report["lines"].toInt(), 1);
    EXPECT_EQ(report["ignored"].toInt(), 1);
    EXPECT_EQ(report["persons"].toInt(), 1);
    EXPECT_EQ(report["new"].toInt(), 0);
}

} // namespace

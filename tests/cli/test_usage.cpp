// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What the command line says to those who mistype: which word is wrong, and what was probably meant.

#include "cli/storefixture.h"

using namespace genscope::test;

namespace {

class Usage : public StoreTest
{
protected:
    void SetUp() override
    {
        ASSERT_EQ(
            import(
                R"({"uuid":"11111111-1111-4111-8111-111111111111","event":"$ai_generation","timestamp":"2025-06-02T10:00:00Z","distinct_id":"ada","properties":{"$ai_trace_id":"t1","$ai_model":"gpt-4o","$ai_provider":"openai","$ai_input_tokens":1000,"$ai_output_tokens":100}})")
                .status,
            0);
    }
    /// What a run that is refused says; STORE stands for the store.
    QByteArray refusal(const QStringList &arguments) const
    {
        QStringList named = arguments;
        named.replaceInStrings(QStringLiteral("STORE"), store());
        const Finished run = runGenscope(named);
        EXPECT_EQ(run.status, 2) << run.out.constData() << run.err.constData();
        EXPECT_EQ(run.out, "");
        return run.err;
    }
};

TEST_F(Usage, AMistypedCommandIsNoFileToOpen)
{
    EXPECT_EQ(refusal({"qurey", "STORE"}), "genscope: no command “qurey”; did you mean “query”?\n");
    EXPECT_EQ(refusal({"foo"}), "genscope: no command “foo”, and no such file; see genscope --help\n");
    EXPECT_EQ(refusal({"--verson"}), "genscope: no option “--verson”; did you mean “--version”?\n");
}

TEST_F(Usage, TheWindowNeedsADisplayAndSaysSo)
{
    EXPECT_EQ(refusal({"STORE"}), "genscope: there is no display to open the window on; the commands need "
                                  "none: see genscope --help\n");
}

TEST_F(Usage, NamesAreSuggestedForWhatWasMistyped)
{
    const QStringList query{"query", "STORE", "--measure"};
    EXPECT_EQ(refusal({"query", "STORE", "--mesure", "cost"}),
              "genscope: there is no option --mesure; did you mean “--measure”?; usage: genscope query STORE "
              "--measure M[,M...] [--by D[,D...]] [--interval I] (see genscope query --help)\n");
    EXPECT_EQ(refusal(query + QStringList{"p95"}),
              "genscope: “p95” is not a measure; did you mean “latency_p95”?\n");
    EXPECT_EQ(refusal(query + QStringList{"cost", "--by", "modle"}),
              "genscope: “modle” is not a field; did you mean “model”?\n");
    EXPECT_EQ(refusal(query + QStringList{"cost", "--zone", "Berlin"}),
              "genscope: unknown time zone “Berlin”; did you mean “Europe/Berlin”?\n");
    EXPECT_TRUE(
        refusal(query + QStringList{"cost", "--where", "modle = \"a\""}).contains("did you mean “model”?"));
    EXPECT_EQ(refusal({"list", "STORE", "generation"}),
              "genscope: there is no list of “generation”; did you mean “generations”?\n");
    EXPECT_EQ(refusal({"list", "STORE", "users", "--columns", "user,costs"}),
              "genscope: “costs” is not a column of the list of users; did you mean “cost”?\n");
    EXPECT_EQ(refusal({"prices", "STORE", "lst"}),
              "genscope: prices: no action “lst”; did you mean “list”?\n");
}

TEST_F(Usage, ColumnsHelpNamesTheColumns)
{
    const Finished run = runGenscope({"list", store(), "users", "--columns", "help"});
    EXPECT_EQ(run.status, 0) << run.err.constData();
    EXPECT_TRUE(run.out.startsWith("user\ntraces\ngenerations\nerrors\ncost\n")) << run.out.constData();
    EXPECT_TRUE(run.out.contains("\nevent.NAME\n"));
}

TEST_F(Usage, ARangeThatEndsBeforeItBeginsIsRefused)
{
    EXPECT_EQ(refusal({"query", "STORE", "--measure", "cost", "--from", "2025-06-11", "--to", "2025-06-02"}),
              "genscope: the range ends before it begins: from 2025-06-11T00:00:00+00:00 to "
              "2025-06-03T00:00:00+00:00\n");
}

TEST_F(Usage, AWhatIfSaysWhatItDoesNotKnow)
{
    const Finished unknown = runGenscope({"reprice", store(), "--what-if", "gpt-4o=nonsense"});
    EXPECT_EQ(unknown.status, 0) << "unknown is not zero";
    EXPECT_TRUE(unknown.err.contains("the price book has no model “nonsense”")) << unknown.err.constData();
    const Finished run = runGenscope({"reprice", store(), "--what-if", "gpt-5o=gpt-4o-mini"});
    EXPECT_EQ(run.status, 0);
    EXPECT_EQ(run.err, "genscope: --what-if: there are no calls with model = \"gpt-5o\" in this selection\n");
}

TEST_F(Usage, ARangeIsAPeriodOfTheCalendarOrFromAndTo)
{
    const auto calls = [this](const QStringList &options) {
        return query(QStringList{"--measure", "generations", "--format", "csv"} + options);
    };
    EXPECT_EQ(calls({"--range", "2025-06"}), "generations\n1\n");
    EXPECT_EQ(calls({"--range", "2025-W23", "--zone", "Europe/Berlin"}), "generations\n1\n");
    EXPECT_EQ(calls({"--range", "2025-06-03"}), "generations\n0\n");
    EXPECT_EQ(refusal({"report", "STORE", "--out", path("r"), "--range", "last-moth"}),
              "genscope: “last-moth” is not a period; did you mean “last-month”?\n");
    EXPECT_EQ(refusal({"spikes", "STORE", "--range", "2025", "--from", "-7d"}),
              "genscope: give --range or --from and --to, not both\n");
    const Finished change =
        runGenscope({"change", store(), "--range", "2025-06", "--against", "2025-05", "--format", "csv"});
    EXPECT_EQ(change.status, 0) << change.err.constData();
    EXPECT_TRUE(change.out.contains("\ngpt-4o,0,1,")) << change.out.constData();
}

TEST_F(Usage, ARangeWithoutDataSaysWhereTheDataLies)
{
    const Finished late = runGenscope({"query", store(), "--measure", "cost", "--from", "2026-01-01"});
    EXPECT_EQ(late.status, 0);
    EXPECT_EQ(late.err, "genscope: nothing in this range: it begins 2026-01-01T00:00:00+00:00, and the data "
                        "ends 2025-06-02T10:00:00+00:00\n");
    const Finished early = runGenscope({"query", store(), "--measure", "cost", "--range", "2025-Q1"});
    EXPECT_EQ(early.err, "genscope: nothing in this range: it ends 2025-04-01T00:00:00+00:00, and the data "
                         "begins 2025-06-02T10:00:00+00:00\n");
}

TEST_F(Usage, HelpIsInColumns)
{
    const QList<QByteArray> lines = runGenscope({"--help"}).out.split('\n');
    const auto columnOf = [&lines](const char *command, const char *summary) {
        for (const QByteArray &line : lines) {
            if (line.startsWith(QByteArray("  ") + command + ' '))
                return line.indexOf(summary);
        }
        return qsizetype{-1};
    };
    EXPECT_GT(columnOf("import", "imports dumps"), 0);
    EXPECT_EQ(columnOf("sync", "pulls from"), columnOf("import", "imports dumps"));
    EXPECT_EQ(columnOf("prices", "the price book"), columnOf("import", "imports dumps"));
}

} // namespace

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storefixture.h"

#include "store/connection.h"
#include "support/testpaths.h"

#include <QDir>
#include <QFileInfo>

#include <zlib.h>

namespace genscope::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

class Import : public StoreTest
{
protected:
    static std::string gzip(const std::string &bytes)
    {
        z_stream stream{};
        deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
        std::string out(bytes.size() + 1000, '\0');
        std::string in = bytes;
        stream.next_in = reinterpret_cast<Bytef *>(in.data());
        stream.avail_in = static_cast<uInt>(in.size());
        stream.next_out = reinterpret_cast<Bytef *>(out.data());
        stream.avail_out = static_cast<uInt>(out.size());
        deflate(&stream, Z_FINISH);
        out.resize(stream.total_out);
        deflateEnd(&stream);
        return out;
    }
    static void expectCountsAddUp(const ImportReport &report)
    {
        EXPECT_EQ(report.events, report.newEvents + report.duplicates + report.updated + report.ignored);
        EXPECT_EQ(report.lines, report.events + report.rejected);
    }
};

TEST_F(Import, CountsEveryLineOnce)
{
    const std::string dump =
        EventLine{"$ai_generation", 1}.line() + EventLine{"$ai_generation", 2}.line() +
        EventLine{"$ai_span", 3}.line() + EventLine{"$ai_generation", 1}.line() +
        EventLine{"$pageview", 4}.line() + "\n" + "not JSON\n" +
        EventLine{"clicked", 5, "2025-06-02T10:00:00Z", "ada", R"({"$ai_trace_id":"t"})"}.line();
    const ImportReport report = import(dump);
    EXPECT_EQ(report.files, 1);
    EXPECT_EQ(report.lines, 7);
    EXPECT_EQ(report.newEvents, 4);
    EXPECT_EQ(report.duplicates, 1);
    EXPECT_EQ(report.ignored, 1);
    EXPECT_EQ(report.rejected, 1);
    EXPECT_EQ(report.rejects.front().line, 7);
    EXPECT_THAT(report.byEvent,
                ElementsAre(Pair("$ai_generation", 2), Pair("$ai_span", 1), Pair("clicked", 1)));
    EXPECT_EQ(report.bytes, static_cast<std::int64_t>(dump.size()));
    expectCountsAddUp(report);
    expectColumnsMatchTable(store());
}

TEST_F(Import, ReportsEachFileWithItsSpanOfTime)
{
    const QString folder = path(QStringLiteral("dumps"));
    ASSERT_TRUE(QDir().mkpath(folder));
    write(QStringLiteral("dumps/a.jsonl"), EventLine{"$ai_generation", 1, "2025-06-02T10:00:00Z"}.line() +
                                               EventLine{"$ai_span", 2, "2025-06-01T09:00:00Z"}.line() +
                                               "nothing\n");
    write(QStringLiteral("dumps/b.jsonl"), EventLine{"$ai_generation", 1, "2025-06-02T10:00:00Z"}.line() +
                                               EventLine{"$pageview", 4, "2025-06-05T10:00:00Z"}.line());
    write(QStringLiteral("c.jsonl"), "");
    const Result<ImportReport> report =
        importDumps(store(), {folder, path(QStringLiteral("c.jsonl"))}, {}, {});
    ASSERT_TRUE(report.ok());

    ASSERT_EQ(report->sources.size(), 3u);
    const SourceReport &a = report->sources[0];
    EXPECT_TRUE(a.name.endsWith(QStringLiteral("dumps/a.jsonl"))) << qPrintable(a.name);
    EXPECT_EQ(a.lines, 3);
    EXPECT_EQ(a.newEvents, 2);
    EXPECT_EQ(a.rejected, 1);
    EXPECT_EQ(isoTime(*a.first), "2025-06-01T09:00:00+00:00");
    EXPECT_EQ(isoTime(*a.last), "2025-06-02T10:00:00+00:00");
    const SourceReport &b = report->sources[1];
    EXPECT_EQ(b.duplicates, 1);
    EXPECT_EQ(b.ignored, 1);
    EXPECT_EQ(b.rejected, 0);
    EXPECT_EQ(isoTime(*b.last), "2025-06-05T10:00:00+00:00");
    EXPECT_EQ(report->sources[2].lines, 0);
    EXPECT_FALSE(report->sources[2].first);

    std::int64_t bytes = 0;
    std::int64_t lines = 0;
    for (const SourceReport &source : report->sources) {
        bytes += source.bytes;
        lines += source.lines;
        EXPECT_EQ(source.lines, source.events + source.rejected);
    }
    EXPECT_EQ(bytes, report->bytes);
    EXPECT_EQ(lines, report->lines);
}

TEST_F(Import, MarksEventsThatTheirClockStampsWrong)
{
    const auto recorded = [](const char *name, const char *time) {
        return std::string(",\"") + name + "\":\"" + time + "\"";
    };
    const std::string june = "2025-06-02T10:00:00Z";
    import(EventLine{"$ai_generation", 1, june, "ada", "{}", recorded("created_at", "2025-06-02T10:00:02Z")}
               .line() +
           EventLine{"$ai_generation", 2, june, "ada", "{}", recorded("created_at", "2025-06-02 09:59:00")}
               .line() +
           EventLine{"$ai_generation", 3, june, "ada", "{}", recorded("created_at", "2025-06-02 09:58:59.5")}
               .line() +
           EventLine{"$ai_generation", 4, june, "ada", "{}", recorded("_inserted_at", "2025-06-02T09:00:00Z")}
               .line() +
           EventLine{"$ai_generation", 5, june, "ada", "{}", recorded("created_at", "2025-09-02T10:00:00Z")}
               .line() +
           EventLine{"$ai_generation", 6, "2020-01-01T00:00:00Z", "ada", "{}",
                     recorded("created_at", june.c_str())}
               .line() +
           EventLine{"$ai_generation", 7, june}.line() +
           EventLine{"$ai_generation", 8, june, "ada", R"({"$ai_cache_reporting_exclusive":true})"}.line());
    const auto marked = [this](int flag) {
        return numberFrom(store(), ("SELECT coalesce(sum(1 << (id - 1)), 0) FROM event WHERE flags & " +
                                    std::to_string(flag))
                                       .c_str());
    };
    EXPECT_EQ(marked(AheadOfServerFlag), (1 << 2) + (1 << 3)) << "events 3 and 4";
    EXPECT_EQ(marked(FarBehindServerFlag), 1 << 5) << "event 6";
    EXPECT_EQ(marked(CacheStatedFlag), 1 << 7) << "event 8";
}

TEST_F(Import, KeepsOtherEventsOnlyWhenAsked)
{
    const std::string dump = EventLine{"$pageview", 1}.line();
    EXPECT_EQ(import(dump).ignored, 1);
    ImportOptions all;
    all.allEvents = true;
    EXPECT_EQ(import(dump, all).newEvents, 1);
    EXPECT_EQ(import(dump, all).duplicates, 1);
    EXPECT_EQ(import(dump).ignored, 1) << "what is asked now decides on how it is counted";
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM event"), 1);
}

TEST_F(Import, AgainChangesNothing)
{
    const std::string dump = variedDump(3000);
    const ImportReport first = import(dump);
    expectCountsAddUp(first);
    const std::string contents = contentsOf(store());

    const ImportReport second = import(dump);
    expectCountsAddUp(second);
    EXPECT_EQ(second.newEvents, 0);
    EXPECT_EQ(second.updated, 0);
    EXPECT_EQ(second.duplicates, first.newEvents);
    EXPECT_EQ(second.ignored, first.ignored);
    EXPECT_EQ(second.rejected, first.rejected);
    EXPECT_EQ(contentsOf(store()), contents);

    // Under another name and compressed, too.
    const QString packed = write(QStringLiteral("renamed.jsonl.gz"), gzip(dump));
    ASSERT_TRUE(importDumps(store(), {packed}, {}, {}).ok());
    EXPECT_EQ(contentsOf(store()), contents);
}

TEST_F(Import, TotalsAreThoseOfTheDump)
{
    import(variedDump(1200));
    // variedDump() gives every fifth generation a cost of 0.001 * (1 + i mod 9).
    std::int64_t tokens = 0;
    std::int64_t cost = 0;
    std::int64_t generations = 0;
    for (int i = 0; i < 1200; ++i) {
        if (i % 40 == 7 || i % 40 == 8 || i % 6 == 5)
            continue;
        ++generations;
        tokens += 100 + i % 900;
        if (i % 5 == 0)
            cost += (1 + i % 9) * std::int64_t{1'000'000'000};
    }
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM event WHERE kind = 0"), generations);
    EXPECT_EQ(numberFrom(store(), "SELECT sum(input_tokens) FROM event"), tokens);
    EXPECT_EQ(numberFrom(store(), "SELECT sum(reported_total_pico) FROM event"), cost);
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM event WHERE kind = 0 AND book_input_pico IS NULL"),
              0);
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM events WHERE is_error AND error = 'timeout'"),
              numberFrom(store(), "SELECT count(*) FROM event WHERE http_status = 500"));
}

TEST_F(Import, KeepsEveryByte)
{
    const std::vector<std::string> lines = {
        R"({"uuid":"00000000-0000-4000-8000-000000000001","event":"$ai_generation","timestamp":"2025-06-02T00:00:00Z","properties":{"$ai_input":"lone \ud800 and nul \u0000","odd" : [1 , 2.50e+01, -0 ]}})",
        R"({"uuid":"00000000-0000-4000-8000-000000000002","event":"$ai_span","timestamp":"2025-06-02T00:00:00Z","properties":{"$ai_input_state":{"big":123456789012345678901234567890},"a":1,"a":2}})",
        R"({"event":"$ai_trace","timestamp":1748822400,"uuid":"00000000-0000-4000-8000-000000000003","properties":"{\"$ai_input_state\":\"as text\"}"})",
        R"({"event":"$ai_metric","timestamp":"2025-06-02","uuid":"00000000-0000-4000-8000-000000000004"})",
    };
    std::string dump;
    for (const std::string &line : lines)
        dump += line + "\r\n";
    EXPECT_EQ(import(dump).newEvents, 4);
    for (std::size_t i = 0; i < lines.size(); ++i)
        EXPECT_EQ(raw(static_cast<int>(i) + 1), lines[i]);
}

TEST_F(Import, KeepsRealSdkEventsByteForByte)
{
    QFile file(test::testData(QLatin1String("ingest/sdk_events.jsonl")));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const std::string dump = file.readAll().toStdString();
    ImportOptions all;
    all.allEvents = true;
    const ImportReport report = import(dump, all);
    ASSERT_GT(report.newEvents, 0);
    const auto from = reader();
    std::size_t found = 0;
    for (std::size_t row = 0; row < static_cast<std::size_t>(report.newEvents); ++row)
        found += dump.find(from->rawEventAt(row).value()) != std::string::npos ? 1 : 0;
    EXPECT_EQ(found, static_cast<std::size_t>(report.newEvents));
    expectColumnsMatchTable(store());
}

TEST_F(Import, AnEventLargerThanABlockIsKept)
{
    const std::string text(3'000'000, 'x');
    EventLine line;
    line.properties = R"({"$ai_input":")" + text + R"(","$ai_output":"small"})";
    EXPECT_EQ(import(line.line() + EventLine{"$ai_span", 2}.line()).newEvents, 2);
    EXPECT_EQ(raw(1).size() + 1, line.line().size());
    EXPECT_EQ(content(EventSource::Content::Input).at(1).size(), text.size());
}

TEST_F(Import, SmallImportsShareBlocks)
{
    for (int i = 1; i <= 20; ++i)
        import(EventLine{"$ai_span", i, "2025-06-02T10:00:00Z", "ada", R"({"$ai_input_state":1})"}.line());
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM block"), 2) << "one light, one content";
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM segment"), 1);
    EXPECT_THAT(raw(1), HasSubstr("$ai_input_state\":1"));
    EXPECT_THAT(raw(20), HasSubstr(uuidText(20)));
    expectColumnsMatchTable(store());
}

TEST_F(Import, ReadsWhatItCanAndNamesWhatItCannot)
{
    const QString good = write(QStringLiteral("good.jsonl"), EventLine{"$ai_span", 1}.line());
    const QString missing = path(QStringLiteral("missing.jsonl"));
    const Result<ImportReport> report = importDumps(store(), {missing, good}, {}, {});
    ASSERT_TRUE(report.ok());
    EXPECT_EQ(report->newEvents, 1);
    ASSERT_EQ(report->unreadable.size(), 1u);
    EXPECT_TRUE(report->unreadable.front().contains(missing));

    const QString other = path(QStringLiteral("other.genscope"));
    const Result<ImportReport> nothing = importDumps(other, {missing}, {}, {});
    ASSERT_TRUE(nothing.ok());
    EXPECT_EQ(nothing->unreadable.size(), 1u);
    EXPECT_FALSE(QFileInfo::exists(other)) << "no store is made for nothing";
}

TEST_F(Import, ACutFileGivesWhatCouldBeDecoded)
{
    std::string packed = gzip(variedDump(2000));
    packed.resize(packed.size() / 2);
    const QString cut = write(QStringLiteral("cut.jsonl.gz"), packed);
    const Result<ImportReport> report = importDumps(store(), {cut}, {}, {});
    ASSERT_TRUE(report.ok());
    EXPECT_GT(report->newEvents, 100);
    EXPECT_GT(report->rejected, 0);
    EXPECT_TRUE(report->rejects.back().file.contains(QStringLiteral("cut.jsonl.gz")));
    expectCountsAddUp(*report);
    expectColumnsMatchTable(store());
}

TEST_F(Import, AnEmptyDumpMakesAnEmptyStore)
{
    const ImportReport report = import("");
    EXPECT_EQ(report.lines, 0);
    EXPECT_THAT(report.notes, testing::SizeIs(1));
    EXPECT_EQ((*reader()->loadSnapshot({}))->rows(), 0u);
}

TEST_F(Import, RefusesAStoreThatIsNone)
{
    const QString file = write(QStringLiteral("notes.txt"), "not a store");
    const QString dump = write(QStringLiteral("dump.jsonl"), EventLine{}.line());
    const Result<ImportReport> report = importDumps(file, {dump}, {}, {});
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().kind, Error::Kind::Io);
    EXPECT_TRUE(report.error().message.contains(file));
    QFile opened(file);
    ASSERT_TRUE(opened.open(QIODevice::ReadOnly));
    EXPECT_EQ(opened.readAll(), "not a store");
    EXPECT_THAT(QDir(QFileInfo(file).path()).entryList({QStringLiteral("*.lock")}), IsEmpty());
}

TEST_F(Import, TellsOddValuesByKind)
{
    std::string dump;
    for (int i = 1; i <= 3; ++i)
        dump += EventLine{"$ai_generation", i, "2025-06-02T10:00:00Z", "ada", R"({"$ai_input_tokens":1e400})"}
                    .line();
    const ImportReport report = import(dump);
    ASSERT_EQ(report.notes.size(), 1u);
    EXPECT_TRUE(report.notes.front().contains(QString::fromStdString(uuidText(1))));
    EXPECT_TRUE(report.notes.front().contains(QStringLiteral("$ai_input_tokens")));
    EXPECT_TRUE(report.notes.front().contains(QStringLiteral("2 more"))) << qPrintable(report.notes.front());
    EXPECT_EQ(numberFrom(store(), "SELECT count(input_tokens) FROM event"), 0);
}

TEST_F(Import, TellsEveryCommitAndHowFarItIs)
{
    ImportOptions options;
    options.batchEvents = 100;
    std::vector<std::int64_t> committed;
    auto live = std::make_shared<const Snapshot>();
    options.onCommit = [&](const SnapshotUpdate &update, const ImportReport &report) {
        committed.push_back(report.newEvents);
        live = applyUpdate(*live, update);
    };
    Progress last;
    options.onProgress = [&last](const Progress &progress) { last = progress; };
    const ImportReport report = import(variedDump(1000), options);
    EXPECT_GE(committed.size(), 9u);
    EXPECT_EQ(committed.back(), report.newEvents);
    EXPECT_GT(last.bytesTotal, 0);

    const auto loaded = *reader()->loadSnapshot({});
    ASSERT_EQ(live->rows(), loaded->rows()) << "updates add up to what is stored";
    EXPECT_EQ(live->groupTypes(), loaded->groupTypes());
    for (std::size_t row = 0; row < live->rows(); ++row) {
        ASSERT_EQ(live->uuidAt(row), loaded->uuidAt(row));
        ASSERT_EQ(live->rowAt(row).ints, loaded->rowAt(row).ints);
        ASSERT_EQ(live->textAt(row, IntField::Trace), loaded->textAt(row, IntField::Trace));
    }
}

TEST_F(Import, FindsCopiesAmongTheManyNewEventsOfANewStore)
{
    std::string dump;
    constexpr int kCount = 3000; // rows are inserted some hundreds at a time
    for (int i = 1; i <= kCount; ++i) {
        dump += EventLine{"$ai_span", i}.line();
        if (i % 3 == 0)
            dump += EventLine{"$ai_span", i}.line(); // at once
        if (i % 500 == 0)                            // differs, and comes late
            dump +=
                EventLine{"$ai_span", i / 2, "2025-06-02T10:00:00Z", "ada", R"({"$ai_span_name":"named"})"}
                    .line();
    }
    const ImportReport report = import(dump);
    EXPECT_EQ(report.newEvents, kCount);
    EXPECT_EQ(report.duplicates, kCount / 3);
    EXPECT_EQ(report.updated, kCount / 500);
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM event"), kCount);
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM event WHERE span_name IS NOT NULL"), kCount / 500);
    expectColumnsMatchTable(store());
}

TEST_F(Import, RowsGoOnInTheNextSegment)
{
    std::string dump;
    const int count = static_cast<int>(Segment::kRows) + 10;
    for (int i = 1; i <= count; ++i)
        dump += EventLine{"$ai_span", i}.line();
    EXPECT_EQ(import(dump).newEvents, count);
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM segment"), 2);
    // A row of the first, full segment changes.
    const ImportReport changed = import(
        EventLine{"$ai_span", 5, "2025-06-02T10:00:00Z", "ada", R"({"$ai_span_name":"named"})"}.line());
    EXPECT_EQ(changed.updated, 1);
    const auto snapshot = *reader()->loadSnapshot({});
    EXPECT_EQ(snapshot->textAt(4, IntField::SpanName), "named");
    expectColumnsMatchTable(store());
}

} // namespace
} // namespace genscope::test

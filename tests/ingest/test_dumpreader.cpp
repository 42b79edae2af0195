// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/dumptesting.h"

#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <thread>

#include <unistd.h>

using namespace genscope;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

TEST(JsonLines, AreReadInOrderWithTheirNumbers)
{
    const DumpFolder folder;
    const QString file = folder.write(u"a.jsonl"_qs, eventJson("a") + "\n\n  \t\r\nnot json\n" +
                                                         eventJson("b") + "\r\n\nnull\n" + eventJson("c"));
    const ReadResult read = readAll({file});
    EXPECT_EQ(read.names(), "a b c");
    EXPECT_EQ(read.rejectTexts(), "4: not one JSON object: unexpected “ot json” at byte 2\n"
                                  "7: not one JSON object: it is null\n");
    EXPECT_EQ(read.lines, 5) << "empty lines do not count";
    EXPECT_EQ(read.rejects[0].file, file);
    EXPECT_EQ(read.filesEnded, 1);
    EXPECT_EQ(read.bytes, QFileInfo(file).size());
    EXPECT_EQ(read.summary.bytes, read.bytes);
    EXPECT_EQ(read.summary.files, 1);
    EXPECT_EQ(read.events[1].raw, eventJson("b")) << "without the line end";
}

TEST(JsonLines, EveryKindOfMalformedLineIsOneReject)
{
    const DumpFolder folder;
    const std::string good = eventJson("good");
    const std::vector<std::string> malformed = {
        good.substr(0, 20),
        good.substr(0, good.size() - 1),
        "null",
        "[1,2,3]",
        "[]",
        "{\"batch\":[]}",
        "{\"uuid\":\"\xff\xfe bad utf8\",\"event\":\"$ai_generation\"",
        "not json at all; event=$ai_generation",
        R"({"event":"$ai_generation","properties":{"$ai_model":"gpt-4o",}})",
        R"({"uuid":12,"event":null,"properties":[],"distinct_id":{},"timestamp":"yesterday"})",
        "\x01",
        "{}",
        good + good,
    };
    for (const std::string &line : malformed) {
        for (const std::string &text :
             {good + "\n" + line + "\n" + good + "\n", line + "\n" + good + "\n" + good}) {
            const ReadResult read = readAll({folder.write(u"m.jsonl"_qs, text)});
            EXPECT_EQ(read.names(), "good good") << text;
            EXPECT_EQ(read.rejects.size(), 1u) << text << read.rejectTexts();
            EXPECT_EQ(read.lines, 3) << text;
        }
    }
}

TEST(JsonLines, MayHoldCaptureBodies)
{
    const DumpFolder folder;
    const ReadResult read = readAll({folder.write(
        u"bodies.jsonl"_qs,
        R"({"api_key":"k","batch":[{"event":"a","offset":1000},{"event":""},3],"sent_at":"2025-06-02T10:00:05Z"})"
        "\n" +
            eventJson("b") + "\n[" + eventJson("c") + "," + eventJson("d") + "]\n")});
    EXPECT_EQ(read.names(), "a b c d");
    EXPECT_EQ(isoTime(read.events[0].timestamp), "2025-06-02T10:00:04+00:00");
    EXPECT_EQ(read.events[0].raw, R"({"event":"a","offset":1000})");
    EXPECT_EQ(read.rejectTexts(), "1: event 2 of the batch: no event name\n"
                                  "1: event 3 of the batch: not one JSON object: it is a number\n");
    EXPECT_EQ(read.lines, 6);
}

TEST(JsonValues, AListIsReadElementByElement)
{
    const DumpFolder folder;
    const std::string a = eventJson("a");
    const std::string b = eventJson("b");
    for (const std::string &text :
         {"[" + a + "," + b + "]", "[" + a + "," + b + "]\n", "[\n" + a + ",\n" + b + "\n]\n",
          " [ " + a + "\n,\n" + b + "\n]", "[" + a + ",\n" + b + "]", "\xef\xbb\xbf[" + a + "," + b + "]"}) {
        const ReadResult read = readAll({folder.write(u"list.json"_qs, text)});
        EXPECT_EQ(read.names(), "a b") << text;
        EXPECT_EQ(read.rejectTexts(), "") << text;
    }
}

TEST(JsonValues, RejectsCarryTheNumberOfTheElement)
{
    const DumpFolder folder;
    const ReadResult read =
        readAll({folder.write(u"list.json"_qs, "[\n" + eventJson("a") + ",\n7,\n{\"event\":\"x\",},\n" +
                                                   eventJson("b") + ", \"s]\\\"\", [1], nul\n]")});
    EXPECT_EQ(read.names(), "a b");
    EXPECT_EQ(read.rejectTexts(), "2: not one JSON object: it is a number\n"
                                  "3: not one JSON object: unexpected “}” at byte 14\n"
                                  "5: not one JSON object: it is a string\n"
                                  "6: not one JSON object: it is a list without events\n"
                                  "7: not one JSON object: cut off after 3 bytes\n");
    EXPECT_EQ(read.lines, 7);
}

TEST(JsonValues, AListThatEndsEarlyIsReported)
{
    const DumpFolder folder;
    EXPECT_EQ(readAll({folder.write(u"list.json"_qs, "[\n" + eventJson("a") + ",\n")}).rejectTexts(),
              "2: the list ends early: no “]”\n");
    const ReadResult cut =
        readAll({folder.write(u"list.json"_qs, "[\n" + eventJson("a") + ",\n{\"event\":\"b\",\"x\":\"")});
    EXPECT_EQ(cut.names(), "a");
    EXPECT_EQ(cut.rejectTexts(), "2: not one JSON object: cut off after 18 bytes\n");
}

TEST(JsonValues, AnEmptyListHoldsNothing)
{
    const DumpFolder folder;
    for (const char *text : {"[]", "[\n]\n", " [ ] "}) {
        const ReadResult read = readAll({folder.write(u"list.json"_qs, text)});
        EXPECT_EQ(read.lines, 0) << text;
        EXPECT_EQ(read.filesEnded, 1) << text;
    }
}

TEST(JsonValues, ADocumentMayRunOverManyLines)
{
    const DumpFolder folder;
    const ReadResult event =
        readAll({folder.write(u"e.json"_qs, "{\n  \"event\": \"a\",\n  \"timestamp\": 1\n}\n")});
    EXPECT_EQ(event.names(), "a");
    EXPECT_EQ(event.events[0].raw, "{\n  \"event\": \"a\",\n  \"timestamp\": 1\n}");

    const ReadResult compactStart = readAll({folder.write(
        u"e.json"_qs, "{\"event\": \"a\",\n  \"timestamp\": 1}\n{\"event\":\"b\",\n\"timestamp\":2}")});
    EXPECT_EQ(compactStart.names(), "a b") << "one document after the other";

    const ReadResult body = readAll(
        {folder.write(u"b.json"_qs, "{\n \"api_key\": \"k\",\n \"batch\": [\n  {\"event\": \"a\"},\n  "
                                    "{\"event\": 7}\n ],\n \"sent_at\": \"2025-06-02T10:00:05Z\"\n}")});
    EXPECT_EQ(body.names(), "a");
    EXPECT_EQ(isoTime(body.events[0].timestamp), "2025-06-02T10:00:05+00:00");
    EXPECT_EQ(body.rejectTexts(), "2: no event name\n") << "the element's number in its batch";
}

TEST(JsonValues, AV1BodyIsABatchToo)
{
    const DumpFolder folder;
    const ReadResult read = readAll({folder.write(
        u"v1.json"_qs,
        "{\n\"created_at\": \"2025-06-02T10:00:05Z\",\n\"historical_migration\": true,\n\"batch\": "
        "[{\"event\": \"a\", \"uuid\": \"01a209cd-c538-795b-840a-c27cf7364ecc\","
        "\"distinct_id\": \"u1\", \"session_id\": \"s\", \"options\": {\"process_person_profile\": false}, "
        "\"properties\": {\"$set\": {\"a\": 1}}}]}")});
    EXPECT_EQ(read.names(), "a");
    EXPECT_EQ(isoTime(read.events[0].timestamp), "2025-06-02T10:00:05+00:00")
        << "created_at is when it was sent";
    EXPECT_TRUE(read.events[0].updates.empty()) << "the option makes the event anonymous";
}

TEST(DumpReader, TellsCompressionByContent)
{
    const DumpFolder folder;
    const std::string text = eventJson("a") + "\n" + eventJson("b") + "\n";
    EXPECT_EQ(readAll({folder.write(u"x.txt"_qs, compressed(text))}).names(), "a b");
    EXPECT_EQ(readAll({folder.write(u"x.gz"_qs, text)}).names(), "a b") << "the name says nothing";
    EXPECT_EQ(readAll({folder.write(u"x.z"_qs, compressed(text, MAX_WBITS))}).names(), "a b") << "zlib";
    const ReadResult list = readAll({folder.write(u"l.gz"_qs, compressed("[" + eventJson("a") + "]"))});
    EXPECT_EQ(list.names(), "a");
    EXPECT_EQ(list.bytes, QFileInfo(folder.path(u"l.gz"_qs)).size()) << "bytes on disk";
}

TEST(DumpReader, ReadsAllMembersOfAGzipFile)
{
    const DumpFolder folder;
    const std::string line = eventJson("b") + "\n";
    const std::string members = compressed(eventJson("a") + "\n" + line.substr(0, 10)) + compressed("") +
                                compressed(line.substr(10)) + compressed(eventJson("c"));
    EXPECT_EQ(readAll({folder.write(u"m.gz"_qs, members)}).names(), "a b c");
    EXPECT_EQ(readAll({folder.write(u"m.gz"_qs, members + std::string(512, '\0'))}).rejectTexts(), "")
        << "padding";
    EXPECT_EQ(readAll({folder.write(u"m.gz"_qs, members + "junk")}).rejectTexts(),
              "0: other data follows the compressed data\n");
}

TEST(DumpReader, ACompressedFileCutShortGivesWhatCameBefore)
{
    const DumpFolder folder;
    std::string text;
    for (int i = 0; i < 20000; ++i)
        text += eventJson("e" + std::to_string(i * 7919 % 10007)) + "\n";
    const std::string whole = compressed(text);
    const QString cut = folder.write(u"cut.gz"_qs, whole.substr(0, whole.size() / 2));
    const ReadResult read = readAll({cut});
    EXPECT_GT(read.events.size(), 5000u);
    EXPECT_LT(read.events.size(), 20000u);
    EXPECT_EQ(read.rejectTexts(), "0: the compressed data ends early; what came before the cut was read\n");
    EXPECT_EQ(read.rejects[0].file, cut);

    std::string list = text;
    std::replace(list.begin(), list.end(), '\n', ',');
    const std::string wholeList = compressed("[" + list + "{}]");
    const ReadResult readList =
        readAll({folder.write(u"cut.gz"_qs, wholeList.substr(0, wholeList.size() / 2))});
    EXPECT_GT(readList.events.size(), 5000u);
    EXPECT_EQ(readList.rejectTexts(), read.rejectTexts());

    std::string damaged = whole;
    damaged[damaged.size() / 2] = static_cast<char>(~damaged[damaged.size() / 2]);
    damaged[damaged.size() / 2 + 1] = static_cast<char>(~damaged[damaged.size() / 2 + 1]);
    const ReadResult readDamaged = readAll({folder.write(u"bad.gz"_qs, damaged)});
    EXPECT_GT(readDamaged.events.size(), 1000u);
    ASSERT_FALSE(readDamaged.rejects.empty());
    EXPECT_THAT(readDamaged.rejects.back().reason.toStdString(), HasSubstr("damaged"));
}

TEST(DumpReader, AnEmptyFileIsANote)
{
    const DumpFolder folder;
    for (const std::string &bytes : {std::string(), compressed("")}) {
        const ReadResult read = readAll({folder.write(u"empty"_qs, bytes)});
        EXPECT_EQ(read.lines, 0);
        EXPECT_EQ(read.filesEnded, 1);
        ASSERT_EQ(read.summary.notes.size(), 1u);
        EXPECT_EQ(read.summary.notes[0], folder.path(u"empty"_qs) + u": the file is empty"_qs);
    }
}

TEST(DumpReader, ReadsTheOtherFilesWhereOneCannotBe)
{
    const DumpFolder folder;
    const QString a = folder.write(u"a"_qs, eventJson("a") + "\nnull\n");
    const QString parquet = folder.write(u"p"_qs, "PAR1 and so on");
    const QString b = folder.write(u"b"_qs, eventJson("b") + "\nnull\n");
    const ReadResult read = readAll({a, folder.path(u"missing"_qs), parquet, folder.path(), b});
    EXPECT_EQ(read.names(), "a b");
    EXPECT_EQ(read.rejectTexts(), "2: not one JSON object: it is null\n2: not one JSON object: it is null\n")
        << "lines of each file";
    EXPECT_EQ(read.rejects[1].file, b);
    EXPECT_EQ(read.summary.files, 2);
    EXPECT_EQ(read.filesEnded, 2);
    ASSERT_EQ(read.summary.unreadable.size(), 3u);
    EXPECT_THAT(read.summary.unreadable[0].toStdString(), HasSubstr("missing: "));
    EXPECT_EQ(
        read.summary.unreadable[1],
        parquet +
            u": it is a Parquet file; export the events as JSON Lines (plain, gzip, zstd or brotli) or as CSV"_qs);
    EXPECT_THAT(read.summary.unreadable[2].toStdString(), HasSubstr("folder"));
}

/// Events of very different sizes, so that they meet the ends of chunks everywhere.
std::vector<std::string> manyEvents(std::size_t bytes)
{
    std::vector<std::string> events;
    std::size_t total = 0;
    for (unsigned i = 0; total < bytes; ++i) {
        events.push_back(
            eventJson("e" + std::to_string(i), (i * 2654435761u) % (i % 50 == 0 ? 300'000 : 3000)));
        total += events.back().size();
    }
    return events;
}

TEST(DumpReader, KeepsTheOrderWithManyThreads)
{
    const DumpFolder folder;
    const std::vector<std::string> events = manyEvents(12u << 20);
    std::string lines;
    std::string list = "[";
    for (const std::string &event : events) {
        lines += event + "\n";
        list += (list.size() > 1 ? ",\n " : "\n ") + event;
    }
    lines += "oops\n";
    list += ",\noops\n]\n";
    for (const std::string &text : {lines, list}) {
        const QString file = folder.write(u"many"_qs, text);
        for (const int threads : {1, 2, 5}) {
            const ReadResult read = readAll({file}, {threads});
            ASSERT_EQ(read.events.size(), events.size());
            for (std::size_t i = 0; i < events.size(); ++i)
                ASSERT_EQ(read.events[i].raw, events[i]) << i;
            EXPECT_EQ(read.rejectTexts(), std::to_string(events.size() + 1) +
                                              ": not one JSON object: unexpected “oops” at byte 1\n");
            EXPECT_EQ(read.bytes, static_cast<std::int64_t>(text.size()));
        }
    }
}

TEST(DumpReader, TakesAnEventLargerThanAChunk)
{
    const DumpFolder folder;
    const std::string large = eventJson("large", 9u << 20);
    EXPECT_EQ(readAll({folder.write(u"l"_qs, eventJson("a") + "\n" + large + "\n" + eventJson("b") + "\n")})
                  .names(),
              "a large b");
    EXPECT_EQ(
        readAll({folder.write(u"l"_qs, "[" + eventJson("a") + "," + large + "," + eventJson("b") + "]")})
            .names(),
        "a large b");
}

TEST(DumpReader, AnEventLargerThanTheLimitIsAReject)
{
    const DumpFolder folder;
    const DumpOptions options{0, 3u << 20};
    const std::string large = eventJson("large", 12u << 20);
    const ReadResult lines = readAll(
        {folder.write(u"l"_qs, eventJson("a") + "\n" + large + "\n" + eventJson("b") + "\nnull\n")}, options);
    EXPECT_EQ(lines.names(), "a b");
    EXPECT_EQ(lines.rejectTexts(), "2: longer than 3 MB\n4: not one JSON object: it is null\n");
    const ReadResult list =
        readAll({folder.write(u"l"_qs, "[" + eventJson("a") + "," + large + "," + eventJson("b") + ",null]")},
                options);
    EXPECT_EQ(list.names(), "a b");
    EXPECT_EQ(list.rejectTexts(), "2: longer than 3 MB\n4: not one JSON object: it is null\n");
    EXPECT_EQ(readAll({folder.write(u"l"_qs, large)}, options).rejectTexts(), "1: longer than 3 MB\n")
        << "up to the end of the file";
    EXPECT_EQ(readAll({folder.write(u"l"_qs, "[" + large)}, options).rejectTexts(),
              "1: longer than 3 MB\n2: the list ends early: no “]”\n");
    EXPECT_EQ(readAll({folder.write(u"l"_qs, "[" + large.substr(0, 10u << 20))}, options).rejectTexts(),
              "1: longer than 3 MB\n");
}

TEST(DumpReader, HandsOverBatchesOfAGoodSize)
{
    const DumpFolder folder;
    std::string text;
    for (int i = 0; i < 40'000; ++i)
        text += eventJson("e") + "\n";
    const ReadResult read = readAll({folder.write(u"small"_qs, text)});
    EXPECT_EQ(read.events.size(), 40'000u);
    EXPECT_GE(read.largestBatch, 4000u);
    EXPECT_LE(read.largestBatch, 16'000u);
}

TEST(DumpReader, StopsWhenAsked)
{
    const DumpFolder folder;
    std::string text;
    for (const std::string &event : manyEvents(20u << 20))
        text += event + "\n";
    const QString file = folder.write(u"many"_qs, text);
    const StopToken stop;
    std::size_t events = 0;
    const auto result = readDumps(
        {file, file}, {},
        [&](EventBatch &&batch) -> Status {
            events += batch.events.size();
            stop.requestStop();
            return Done{};
        },
        stop);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind, Error::Kind::Cancelled);
    EXPECT_LT(events, manyEvents(20u << 20).size());
}

TEST(DumpReader, StopsWaitingForAPipeThatStaysSilent)
{
    int ends[2] = {-1, -1};
    ASSERT_EQ(pipe(ends), 0);
    const QString path = u"/proc/self/fd/%1"_qs.arg(ends[0]);
    if (!QFileInfo::exists(path))
        GTEST_SKIP() << "needs /proc";
    const StopToken stop;
    std::thread stopper([&stop] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        stop.requestStop();
    });
    const auto begin = std::chrono::steady_clock::now();
    const auto result = readDumps(
        {path}, {}, [](EventBatch &&) -> Status { return Done{}; }, stop);
    stopper.join();
    close(ends[0]);
    close(ends[1]);
    ASSERT_FALSE(result.ok());
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST(DumpReader, AnErrorOfTheHandlerEndsTheReading)
{
    const DumpFolder folder;
    const QString file = folder.write(u"a"_qs, eventJson("a"));
    int calls = 0;
    const auto result = readDumps(
        {file, file, file}, {},
        [&calls](EventBatch &&) -> Status {
            ++calls;
            return makeError(Error::Kind::Database, u"disk full"_qs);
        },
        StopToken());
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().message, u"disk full"_qs);
    EXPECT_EQ(calls, 1);
}

TEST(FindDumps, NamesAFolderThatCannotBeSearched)
{
    const DumpFolder folder;
    const QString open = folder.write(u"d/a.jsonl"_qs, eventJson("a"));
    folder.write(u"d/closed/b.jsonl"_qs, eventJson("b"));
    const QString closed = folder.path(u"d/closed"_qs);
    ASSERT_TRUE(QFile::setPermissions(closed, {}));
    if (QFileInfo(closed).isReadable())
        GTEST_SKIP() << "nothing is closed to this user";
    const QString problem = closed + u": the folder cannot be read; check its permissions"_qs;
    const DumpFiles inside = findDumps({folder.path(u"d"_qs)});
    const DumpFiles itself = findDumps({closed});
    ASSERT_TRUE(QFile::setPermissions(closed, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    EXPECT_EQ(inside.files, QStringList{open});
    EXPECT_EQ(inside.unreadable, std::vector<QString>{problem});
    EXPECT_EQ(itself.unreadable, std::vector<QString>{problem});
    EXPECT_TRUE(itself.notes.empty()) << "not taken for a folder without dumps";
}

TEST(FindDumps, TakesNamedFilesAsTheyAre)
{
    const DumpFolder folder;
    const QString text = folder.write(u"notes.txt"_qs, "no dump");
    folder.write(u"empty/x.txt"_qs, "nothing");
    const DumpFiles found = findDumps({text, u"-"_qs, folder.path(u"gone"_qs), text,
                                       folder.path() + u"/./notes.txt"_qs, folder.path(u"empty"_qs)});
    EXPECT_EQ(found.files, (QStringList{text, u"-"_qs})) << "each once";
    ASSERT_EQ(found.unreadable.size(), 1u);
    EXPECT_EQ(found.unreadable[0], folder.path(u"gone"_qs) + u": there is no such file"_qs);
    ASSERT_EQ(found.notes.size(), 2u);
    EXPECT_EQ(found.notes[0], folder.path(u"empty"_qs) + u": no dumps in this folder"_qs);
}

} // namespace

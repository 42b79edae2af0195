// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/compressing.h"
#include "ingest/decompress.h"
#include "ingest/dumptesting.h"

#include <gmock/gmock.h>

using namespace genscope;
using testing::HasSubstr;

namespace {

std::string plain(std::string_view text)
{
    return std::string(text);
}

std::string gzip(std::string_view text)
{
    return compressed(text);
}

std::string zlib(std::string_view text)
{
    return compressed(text, MAX_WBITS);
}

/// Every way a dump may be compressed.
const struct
{
    const char *name;
    std::string (*compress)(std::string_view);
} kCompressions[] = {
    {"plain", plain}, {"gzip", gzip}, {"zlib", zlib}, {"zstd", zstdFrame}, {"brotli", brotli}};

TEST(Compression, IsToldByContent)
{
    const DumpFolder folder;
    const std::string lines = eventJson("a") + "\n" + eventJson("b") + "\n";
    const std::string list = "[\n" + eventJson("a") + ",\n" + eventJson("b") + "\n]";
    const std::string table = "uuid,event,timestamp\n,a,2025-06-02\n,b,2025-06-02\n";
    for (const auto &compression : kCompressions) {
        for (const std::string &text : {lines, list, table}) {
            const std::string bytes = compression.compress(text);
            const ReadResult read = readAll({folder.write(u"dump.jsonl"_qs, bytes)});
            EXPECT_EQ(read.names(), "a b") << compression.name << ": " << text;
            EXPECT_EQ(read.rejectTexts(), "") << compression.name;
            EXPECT_EQ(read.bytes, static_cast<std::int64_t>(bytes.size())) << "bytes on disk";
        }
    }
}

TEST(Compression, SeveralFramesAreOneText)
{
    const DumpFolder folder;
    const std::string line = eventJson("b") + "\n";
    const std::string frames = skippableFrame("an index") +
                               zstdFrame(eventJson("a") + "\n" + line.substr(0, 9)) + skippableFrame("") +
                               zstdFrame("") + zstdFrame(line.substr(9)) + zstdFrame(eventJson("c")) +
                               skippableFrame("seek table");
    EXPECT_EQ(readAll({folder.write(u"m"_qs, frames)}).names(), "a b c");
    EXPECT_EQ(readAll({folder.write(u"m"_qs, frames + std::string(512, '\0'))}).rejectTexts(), "")
        << "padding";
    EXPECT_EQ(readAll({folder.write(u"m"_qs, frames + "junk")}).rejectTexts(),
              "0: other data follows the compressed data\n");
    EXPECT_EQ(readAll({folder.write(u"m"_qs, brotli(line) + "junk")}).rejectTexts(),
              "0: other data follows the compressed data\n");
}

/// What a cut may do: some of the events in front are read, at most one reject, never a crash or a wrong
/// event.
void expectSane(const ReadResult &read, std::size_t written, const std::string &what)
{
    ASSERT_EQ(read.error, "") << what;
    ASSERT_LE(read.events.size(), written) << what;
    for (std::size_t i = 0; i < read.events.size(); ++i)
        ASSERT_EQ(read.events[i].name, "e" + std::to_string(i)) << what;
    EXPECT_LE(read.rejects.size() + read.summary.unreadable.size(), 1u) << what << read.rejectTexts();
}

TEST(Compression, ACutAnywhereIsAtMostOneReject)
{
    const DumpFolder folder;
    std::string text;
    constexpr std::size_t kEvents = 12;
    for (std::size_t i = 0; i < kEvents; ++i)
        text += eventJson("e" + std::to_string(i), i * 7 % 11) + "\n";
    for (const auto &compression : kCompressions) {
        const std::string whole = compression.compress(text);
        std::size_t most = 0;
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const ReadResult read = readAll({folder.write(u"cut"_qs, whole.substr(0, length))}, {1});
            expectSane(read, kEvents, compression.name + (" cut at " + std::to_string(length)));
            EXPECT_GE(read.events.size() + 1, most) << "a later cut gives no less";
            most = std::max(most, read.events.size());
        }
        EXPECT_EQ(readAll({folder.write(u"cut"_qs, whole)}, {1}).events.size(), kEvents);
    }
}

TEST(Compression, DamageGivesWhatCameBeforeAndOneReject)
{
    const DumpFolder folder;
    std::string text;
    for (int i = 0; i < 20000; ++i)
        text += eventJson("e" + std::to_string(i * 7919 % 10007)) + "\n";
    for (const auto &compression : kCompressions) {
        if (compression.compress == plain)
            continue;
        const std::string whole = compression.compress(text);
        const QString cut = folder.write(u"cut"_qs, whole.substr(0, whole.size() / 2));
        const ReadResult read = readAll({cut});
        EXPECT_GT(read.events.size(), 3000u) << compression.name;
        EXPECT_LT(read.events.size(), 20000u) << compression.name;
        EXPECT_EQ(read.rejectTexts(),
                  "0: the compressed data ends early; what came before the cut was read\n")
            << compression.name;

        std::string damaged = whole;
        for (std::size_t i = 0; i < 40; ++i)
            damaged[damaged.size() / 2 + i] = static_cast<char>(~damaged[damaged.size() / 2 + i]);
        const ReadResult readDamaged = readAll({folder.write(u"bad"_qs, damaged)});
        EXPECT_GT(readDamaged.events.size(), 1000u) << compression.name;
        ASSERT_FALSE(readDamaged.rejects.empty()) << compression.name;
        EXPECT_THAT(readDamaged.rejects.back().reason.toStdString(), HasSubstr("damaged"))
            << compression.name;
    }
}

TEST(Compression, WhatExpandsWithoutEndTakesNoMemory)
{
    // 64 MB of one line, in some kilobytes.
    const DumpFolder folder;
    const std::string bomb(64u << 20, ' ');
    const DumpOptions options{1, 1u << 20};
    for (const std::string &bytes : {compressed(bomb), zstdFrame(bomb), brotli(bomb)}) {
        EXPECT_LT(bytes.size(), 2u << 20);
        const ReadResult read = readAll({folder.write(u"bomb"_qs, bytes)}, options);
        EXPECT_EQ(read.events.size(), 0u);
        EXPECT_LE(read.rejects.size(), 1u);
    }
}

TEST(Compression, TextIsTextWhateverItBeginsWith)
{
    EXPECT_TRUE(looksLikeText("{\"a\": \"ä 漢字 😀\"}\r\n\t"));
    EXPECT_TRUE(looksLikeText("\xe6\xbc")) << "cut inside of a character";
    EXPECT_FALSE(looksLikeText(std::string_view("a\0b", 3)));
    EXPECT_FALSE(looksLikeText("\x1f\x8b"));
    EXPECT_FALSE(looksLikeText("a\xff"));
    EXPECT_FALSE(looksLikeText("\xc3("));
    const DumpFolder folder;
    EXPECT_EQ(readAll({folder.write(u"t"_qs, "x^,event,timestamp\n1,a,2025-06-02\n")}).names(), "a")
        << "`x^` begins zlib too";
}

TEST(Compression, WhatCannotBeReadSaysWhatItIs)
{
    const DumpFolder folder;
    const auto reason = [&folder](std::string_view bytes) {
        const QString path = folder.write(u"f"_qs, bytes);
        const ReadResult read = readAll({path});
        EXPECT_EQ(read.summary.unreadable.size(), 1u) << bytes;
        return read.summary.unreadable.empty()
                   ? std::string()
                   : read.summary.unreadable[0].mid(path.size() + 2).toStdString();
    };
    using namespace std::string_view_literals;
    const std::string advice = "export the events as JSON Lines (plain, gzip, zstd or brotli) or as CSV";
    EXPECT_EQ(reason("PAR1\x15\x04\x15\0\0"sv), "it is a Parquet file; " + advice);
    EXPECT_EQ(reason(zstdFrame("PAR1\x15\x04"sv)), "it is a Parquet file; " + advice);
    EXPECT_EQ(reason("SQLite format 3\0"sv), "it is an SQLite database; " + advice);
    EXPECT_EQ(reason("Obj\x01\x04"sv), "it is an Avro file; " + advice);
    EXPECT_EQ(reason("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"sv), "it is a binary file; " + advice);
    EXPECT_EQ(reason("\xfd"
                     "7zXZ\0\0"sv),
              "it is compressed with xz; unpack it, or compress it with gzip, zstd or brotli");
    EXPECT_EQ(reason("\xff\xfe{\0\"\0"sv), "its text is in UTF-16; save it in UTF-8");
    EXPECT_THAT(reason("<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code></Error>"),
                HasSubstr("a page of HTML or XML"));
}

} // namespace

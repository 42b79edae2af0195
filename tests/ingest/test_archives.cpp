// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/compressing.h"
#include "ingest/dumptesting.h"

#include <gmock/gmock.h>

#include <random>

using namespace genscope;
using testing::HasSubstr;

namespace {

/// `FILE: text` of every message, without the folder.
std::string messages(const DumpFolder &folder, const std::vector<QString> &texts)
{
    std::string joined;
    for (QString text : texts)
        joined += text.remove(folder.path() + u'/').toStdString() + '\n';
    return joined;
}

const std::vector<PackedFile> kThree = {
    {"2026/a.jsonl", eventJson("a") + "\nnull\n"},
    {"2026/b.csv.zst", zstdFrame("uuid,event,timestamp\n,b,2025-06-02\n")},
    {"c", compressed("[" + eventJson("c") + "]")},
};

TEST(Archives, EveryEntryIsAFileOfItsOwn)
{
    const DumpFolder folder;
    for (const int format : {ARCHIVE_FORMAT_ZIP, ARCHIVE_FORMAT_TAR_USTAR}) {
        const std::string bytes = packed(kThree, format);
        for (const std::string &whole : {bytes, compressed(bytes), zstdFrame(bytes)}) {
            const QString path = folder.write(u"dump.bin"_qs, whole);
            const ReadResult read = readAll({path});
            EXPECT_EQ(read.names(), "a b c");
            EXPECT_EQ(read.rejectTexts(), "2: not one JSON object: it is null\n");
            ASSERT_EQ(read.rejects.size(), 1u);
            EXPECT_EQ(read.rejects[0].file, path + u"/2026/a.jsonl"_qs);
            EXPECT_EQ(read.summary.files, 3);
            EXPECT_EQ(read.filesEnded, 3);
            EXPECT_EQ(read.summary.bytes, static_cast<std::int64_t>(whole.size()));
            EXPECT_EQ(messages(folder, read.summary.notes), "");
        }
    }
}

TEST(Archives, WhatSystemsLeaveBehindAndWhatIsNoDumpIsLeftOut)
{
    const DumpFolder folder;
    const ReadResult read =
        readAll({folder.write(u"d.zip"_qs, packed({{"d/", ""},
                                                   {"__MACOSX/d/._a.jsonl", std::string("\0\5\x16\7", 4)},
                                                   {"d/.DS_Store", "{}"},
                                                   {"d/readme.md", "# Export"},
                                                   {"d/prices.csv", "model,price\ngpt-4o,1\n"},
                                                   {"d/export_manifest.json", "{\"files\": [\"a.jsonl\"]}"},
                                                   {"d/empty.jsonl", ""},
                                                   {"../../d/a.jsonl", eventJson("a")}}))});
    EXPECT_EQ(read.names(), "a");
    EXPECT_EQ(messages(folder, read.summary.notes), "d.zip: 3 file(s) left out: they hold no events\n");
    EXPECT_EQ(messages(folder, read.summary.unreadable), "");

    const ReadResult nothing = readAll({folder.write(u"d.zip"_qs, packed({{"readme.md", "# Export"}}))});
    EXPECT_EQ(messages(folder, nothing.summary.notes), "d.zip: no dumps in this archive\n");
    EXPECT_EQ(messages(folder, readAll({folder.write(u"d.zip"_qs, packed({}))}).summary.notes),
              "d.zip: no dumps in this archive\n");
}

TEST(Archives, WhatCannotBeReadIsNamedAndTheRestIsRead)
{
    const DumpFolder folder;
    const ReadResult read =
        readAll({folder.write(u"d.zip"_qs, packed({{"inner.zip", packed(kThree)},
                                                   {"events.parquet", std::string("PAR1\0\1", 6)},
                                                   {"a.jsonl", eventJson("a")}}))});
    EXPECT_EQ(read.names(), "a");
    EXPECT_EQ(
        messages(folder, read.summary.unreadable),
        "d.zip/inner.zip: an archive inside of an archive is not read; unpack it first\n"
        "d.zip/events.parquet: it is a Parquet file; export the events as JSON Lines (plain, gzip, zstd or "
        "brotli) or as CSV\n");

    const ReadResult locked = readAll(
        {folder.write(u"l.zip"_qs, packed({{"a.jsonl", eventJson("a")}}, ARCHIVE_FORMAT_ZIP, "secret"))});
    EXPECT_EQ(locked.names(), "");
    EXPECT_EQ(messages(folder, locked.summary.unreadable),
              "l.zip/a.jsonl: it is encrypted; unpack the archive and import the files\n");

    const ReadResult workbook = readAll(
        {folder.write(u"w.xlsx"_qs, packed({{"[Content_Types].xml", "<x/>"}, {"xl/workbook.xml", "<x/>"}}))});
    EXPECT_THAT(messages(folder, workbook.summary.unreadable), HasSubstr("w.xlsx: it is an Excel workbook"));
}

/// Text that does not compress well, so that a cut hits it.
std::string manyLines(int count)
{
    std::mt19937 random(7);
    std::string text;
    for (int i = 0; i < count; ++i)
        text += eventJson("e" + std::to_string(random()), random() % 50) + "\n";
    return text;
}

TEST(Archives, ACutArchiveGivesWhatCameBefore)
{
    const DumpFolder folder;
    const std::string text = manyLines(3000);
    for (const int format : {ARCHIVE_FORMAT_ZIP, ARCHIVE_FORMAT_TAR_USTAR}) {
        const std::string whole = packed({{"a.jsonl", text}, {"b.jsonl", text}}, format);
        const QString path = folder.write(u"cut.zip"_qs, whole.substr(0, whole.size() * 3 / 4));
        const ReadResult read = readAll({path});
        EXPECT_GT(read.events.size(), 3000u);
        EXPECT_LT(read.events.size(), 6000u);
        ASSERT_EQ(read.rejects.size(), 1u) << read.rejectTexts();
        EXPECT_EQ(read.rejects[0].file, path + u"/b.jsonl"_qs);
        EXPECT_THAT(read.rejects[0].reason.toStdString(), HasSubstr("damaged in the archive"));
    }
}

TEST(Archives, ADamagedEntryDoesNotTakeTheOthersWithIt)
{
    const DumpFolder folder;
    const std::string text = manyLines(3000);
    std::string bytes = packed({{"a.jsonl", text}, {"b.jsonl", text}});
    for (std::size_t i = 0; i < 40; ++i)
        bytes[bytes.size() / 4 + i] = static_cast<char>(~bytes[bytes.size() / 4 + i]);
    const QString path = folder.write(u"bad.zip"_qs, bytes);
    const ReadResult read = readAll({path});
    EXPECT_GT(read.events.size(), 3000u) << "some of a, all of b";
    ASSERT_FALSE(read.rejects.empty());
    EXPECT_EQ(read.rejects.back().file, path + u"/a.jsonl"_qs);
    EXPECT_THAT(read.rejects.back().reason.toStdString(), HasSubstr("damaged in the archive"));
}

TEST(Archives, ACutAtAnyByteIsHandled)
{
    const DumpFolder folder;
    for (const int format : {ARCHIVE_FORMAT_ZIP, ARCHIVE_FORMAT_TAR_USTAR}) {
        const std::string whole = packed(kThree, format);
        for (std::size_t length = 0; length < whole.size(); length += 1 + length / 600) {
            const ReadResult read = readAll({folder.write(u"cut"_qs, whole.substr(0, length))}, {1});
            EXPECT_EQ(read.error, "") << length;
            EXPECT_LE(read.events.size(), 3u) << length;
        }
    }
}

} // namespace

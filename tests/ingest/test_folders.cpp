// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/compressing.h"
#include "ingest/dumptesting.h"
#include "ingest/manifest.h"

#include <gmock/gmock.h>

using namespace genscope;
using testing::ElementsAre;

namespace {

/// The files found below `d`, without the folder's path.
std::string namesIn(const DumpFolder &folder, const DumpFiles &found)
{
    std::string names;
    for (QString file : found.files)
        names += (names.empty() ? "" : " ") + file.remove(folder.path(u"d"_qs) + u'/').toStdString();
    return names;
}

std::vector<std::string> without(const DumpFolder &folder, const std::vector<QString> &texts)
{
    std::vector<std::string> cleaned;
    for (QString text : texts)
        cleaned.push_back(text.remove(folder.path() + u'/').toStdString());
    return cleaned;
}

TEST(Folders, AreSearchedByContent)
{
    const DumpFolder folder;
    folder.write(u"d/b.jsonl"_qs, eventJson("b"));
    folder.write(u"d/a/z.dat"_qs, compressed("[" + eventJson("a") + "]"));
    folder.write(u"d/a/t.txt"_qs, "uuid;event;timestamp\n;e;2025-06-02\n");
    folder.write(u"d/a/prices.csv"_qs, "model,price\ngpt-4o,1\n");
    folder.write(u"d/z.zip"_qs, packed({{"x", eventJson("x")}}));
    folder.write(u"d/readme.md"_qs, "# no dump");
    folder.write(u"d/.hidden.jsonl"_qs, eventJson("h"));
    folder.write(u"d/.git/h.jsonl"_qs, eventJson("h"));
    folder.write(u"d/__MACOSX/h.jsonl"_qs, eventJson("h"));
    QFile::link(folder.path(u"d"_qs), folder.path(u"d/loop"_qs));
    const DumpFiles found = findDumps({folder.path(u"d"_qs)});
    EXPECT_EQ(namesIn(folder, found), "a/t.txt a/z.dat b.jsonl z.zip");
    EXPECT_THAT(without(folder, found.notes), ElementsAre("d: 2 file(s) left out: they hold no events"));
}

TEST(Folders, AreReadInTheOrderOfTheDataThenOfThePaths)
{
    const DumpFolder folder;
    const QStringList inOrder = {
        u"x/2025-12-31T23:00:00+00:00-2026-01-01T00:00:00+00:00.jsonl"_qs,
        u"a/2026-01-01T00:00:00+00:00-2026-01-01T01:00:00+00:00-2.jsonl"_qs,
        u"a/2026-01-01T00:00:00+00:00-2026-01-01T01:00:00+00:00-10.jsonl.gz"_qs,
        u"a/2026-01-01T01%3A00%3A00%2B00%3A00-2026-01-01T02%3A00%3A00%2B00%3A00-0.jsonl"_qs,
        u"b2.jsonl"_qs,
        u"b10.jsonl"_qs,
        u"b010x.jsonl"_qs,
    };
    for (auto name = inOrder.rbegin(); name != inOrder.rend(); ++name)
        folder.write(u"d/"_qs + *name, eventJson("e"));
    EXPECT_EQ(namesIn(folder, findDumps({folder.path(u"d"_qs)})), inOrder.join(u' ').toStdString());
}

TEST(Folders, OtherTablesAreCountedAndNamed)
{
    const DumpFolder folder;
    folder.write(u"d/a.jsonl"_qs, eventJson("a"));
    folder.write(u"d/1.parquet"_qs, std::string("PAR1\0", 5));
    folder.write(u"d/2.parquet"_qs, std::string("PAR1\0", 5));
    const DumpFiles found = findDumps({folder.path(u"d"_qs)});
    EXPECT_EQ(namesIn(folder, found), "a.jsonl");
    EXPECT_THAT(
        without(folder, found.unreadable),
        ElementsAre("d: 2 file(s) cannot be read: each is a Parquet file; export the events as JSON Lines "
                    "or as CSV"));
}

TEST(Manifest, ChoosesExactlyTheListedFiles)
{
    const DumpFolder folder;
    const std::string start = "2026-11-23T10:00:00+00:00-2026-11-23T11:00:00+00:00";
    for (const int part : {0, 1, 2})
        folder.write(QString::fromStdString("d/" + start + "-" + std::to_string(part) + ".jsonl.gz"),
                     compressed(eventJson("e")));
    folder.write(u"d/2026-11-23T11:00:00+00:00-2026-11-23T12:00:00+00:00.jsonl"_qs, eventJson("later"));
    folder.write(u"d/stray.jsonl"_qs, eventJson("stray"));
    folder.write(QString::fromStdString("d/" + start + "_manifest.json"),
                 "{\n  \"files\": [\"prefix/2026-11-23/" + start + "-0.jsonl.gz\", \"prefix/2026-11-23/" +
                     start + "-1.jsonl.gz\", \"prefix/2026-11-23/" + start + "-0.jsonl.gz\"]\n}");
    const DumpFiles found = findDumps({folder.path(u"d"_qs)});
    EXPECT_EQ(namesIn(folder, found), start + "-0.jsonl.gz " + start + "-1.jsonl.gz " +
                                          "2026-11-23T11:00:00+00:00-2026-11-23T12:00:00+00:00.jsonl")
        << "a manifest says nothing about other intervals";
    EXPECT_THAT(without(folder, found.notes),
                ElementsAre("d: 2 file(s) left out: the manifest does not list them"));
    EXPECT_TRUE(found.unreadable.empty());

    const QString manifest = folder.path(QString::fromStdString("d/" + start + "_manifest.json"));
    EXPECT_EQ(namesIn(folder, findDumps({manifest})), start + "-0.jsonl.gz " + start + "-1.jsonl.gz")
        << "a manifest may be named instead of the folder";
}

TEST(Manifest, ReportsWhatIsMissingAndNeverLeavesTheFolder)
{
    const DumpFolder folder;
    folder.write(u"secret.jsonl"_qs, eventJson("secret"));
    folder.write(u"d/a.jsonl"_qs, eventJson("a"));
    const std::string absolute = folder.path(u"secret.jsonl"_qs).toStdString();
    folder.write(u"d/m.json"_qs, "{\"files\": [\"x/a.jsonl\", \"b.jsonl\", \"../secret.jsonl\", "
                                 "\"%2e%2e/secret.jsonl\", \"" +
                                     absolute + "\"]}");
    const DumpFiles found = findDumps({folder.path(u"d"_qs)});
    EXPECT_EQ(namesIn(folder, found), "a.jsonl");
    EXPECT_THAT(without(folder, found.unreadable),
                ElementsAre("d/m.json: it lists “b.jsonl”, which is not in the folder; download it too",
                            "d/m.json: it lists “../secret.jsonl”, which is outside of the folder",
                            "d/m.json: it lists “%2e%2e/secret.jsonl”, which is outside of the folder",
                            "d/m.json: it lists “secret.jsonl”, which is outside of the folder"));
}

TEST(Manifest, FindsFilesUnderTheNamesThatDownloadsGiveThem)
{
    const DumpFolder folder;
    folder.write(u"d/one/2026-11-23T10%3A00%3A00%2B00%3A00-0.jsonl"_qs, eventJson("encoded"));
    folder.write(u"d/2026-11-23T10_00_00+00_00-1.jsonl"_qs, eventJson("replaced"));
    folder.write(u"d/x/part.jsonl"_qs, eventJson("x"));
    folder.write(u"d/y/part.jsonl"_qs, eventJson("y"));
    folder.write(u"d/export_manifest.json"_qs, R"({"files": ["one/2026-11-23T10:00:00+00:00-0.jsonl",
        "2026-11-23T10%3A00%3A00+00%3A00-1.jsonl", "team/y/part.jsonl"]})");
    const DumpFiles found = findDumps({folder.path(u"d"_qs)});
    EXPECT_EQ(namesIn(folder, found), "2026-11-23T10_00_00+00_00-1.jsonl "
                                      "one/2026-11-23T10%3A00%3A00%2B00%3A00-0.jsonl y/part.jsonl");
    EXPECT_THAT(without(folder, found.unreadable), ElementsAre());
}

TEST(Manifest, ThatCannotBeReadIsReported)
{
    const DumpFolder folder;
    folder.write(u"d/a.jsonl"_qs, eventJson("a"));
    folder.write(u"d/m.json"_qs, R"({"files": ["a.jsonl")");
    const DumpFiles found = findDumps({folder.path(u"d"_qs)});
    EXPECT_THAT(without(folder, found.unreadable),
                ElementsAre("d/m.json: the manifest cannot be read: cut off after 20 bytes"));
}

TEST(Manifest, IsToldByItsFirstMember)
{
    EXPECT_TRUE(looksLikeManifest("\n{ \"files\" : [ \"a\""));
    EXPECT_TRUE(looksLikeManifest("{\"files\":[]}"));
    EXPECT_FALSE(looksLikeManifest("{\"files\":3}"));
    EXPECT_FALSE(looksLikeManifest("{\"event\":\"files\"}"));
}

TEST(Folders, OfThousandsOfFilesAreChosenByAManifest)
{
    const DumpFolder folder;
    constexpr int kFiles = 3000;
    std::string manifest = "{\"files\": [";
    for (int i = 0; i < kFiles; ++i) {
        const std::string name = "part-" + std::to_string(i) + ".jsonl";
        folder.write(QString::fromStdString("d/" + name), eventJson("e"));
        manifest += (i > 0 ? ", \"" : "\"") + name + "\"";
    }
    folder.write(u"d/manifest.json"_qs, manifest + "]}");
    const DumpFiles found = findDumps({folder.path(u"d"_qs)});
    EXPECT_EQ(found.files.size(), kFiles);
}

} // namespace

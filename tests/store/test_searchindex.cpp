// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/foldedtext.h"
#include "storefixture.h"

#include "analytics/filter.h"
#include "store/compression.h"
#include "store/connection.h"
#include "store/gramset.h"
#include "store/rebuild.h"
#include "store/searchindex.h"
#include "store/verify.h"

#include <QFile>

#include <algorithm>
#include <random>

namespace genscope::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

TEST(GramSet, HoldsWhatWasAddedAndLittleElse)
{
    std::mt19937 random(3);
    const auto word = [&random] {
        std::string text;
        for (int i = 0; i < 8; ++i)
            text += static_cast<char>('a' + random() % 26);
        return text;
    };
    GramCollector collector;
    std::vector<std::string> words;
    for (int i = 0; i < 2000; ++i) {
        words.push_back(word());
        collector.add(words.back());
    }
    const GramSet grams = collector.take();
    for (const std::string &known : words)
        ASSERT_TRUE(grams.mayHold(known));
    int wrong = 0;
    for (int i = 0; i < 2000; ++i)
        wrong += grams.mayHold(word());
    EXPECT_LT(wrong, 40);
    EXPECT_TRUE(grams.mayHold("abc")) << "too short to tell";
    EXPECT_FALSE(collector.take().mayHold(words.front())) << "a new one begins empty";
    EXPECT_TRUE(GramSet().mayHold("anything"));
}

/// Words of many scripts, some decomposed, so that some are rare and some in every block.
const char *const kWords[] = {"refund", "Invoice", "naïve",  "NAÏVE",    "cafe\u0301",
                              "Straße", "привет",  "ПРИВЕТ", "日志",     "错误类型",
                              "分類",   "خطأ",     "الخادم", "שגיאה",    "ข้อผิดพลาด",
                              "त्रुटि",   "오류",    "🚀🔥",     "a/b\\\"c", "line\nbreak"};

class SearchIndexTest : public StoreTest
{
protected:
    /// Events of several light blocks. Words become rarer with their place in the list.
    std::string dump(int from, int to) const
    {
        std::string lines;
        for (int i = from; i < to; ++i) {
            std::mt19937 random(static_cast<unsigned>(i));
            const auto text = [&random] {
                std::string json;
                for (int words = 0; words < 4; ++words) {
                    std::size_t word = 0;
                    while (word + 1 < std::size(kWords) && random() % 3 != 0)
                        ++word;
                    for (const char c : std::string_view(kWords[word])) {
                        if (c == '\n')
                            json += "\\n";
                        else
                            json += (c == '"' || c == '\\') ? std::string{'\\', c} : std::string{c};
                    }
                    json += ' ' + std::to_string(random() % 100'000) + ' ';
                }
                return json;
            };
            EventLine event;
            event.uuid = i;
            event.properties = R"({"pad":")" + std::string(2000, static_cast<char>('a' + i % 26)) +
                               R"(","$ai_input":[{"role":"user","content":")" + text() +
                               R"("}],"$ai_output_choices":[")" + text() + R"("]})";
            lines += event.line();
        }
        return lines;
    }
    std::vector<std::size_t> found(const std::string &filter) const
    {
        const auto from = reader();
        DataContext context;
        context.snapshot = *from->loadSnapshot({});
        context.source = from.get();
        FieldCache cache;
        const auto rows = matchRows(*Filter::parse(filter), context, cache);
        EXPECT_TRUE(rows) << filter;
        std::vector<std::size_t> list;
        if (rows)
            rows->forEach([&list](std::size_t row) { list.push_back(row); });
        return list;
    }
    SearchIndexReport update() const
    {
        const auto report = updateSearchIndex(store(), {}, {});
        EXPECT_TRUE(report) << report.error().message.toStdString();
        return report ? *report : SearchIndexReport();
    }
    bool hasIndex() const { return QFile::exists(SearchIndex::pathOf(store())); }
};

TEST_F(SearchIndexTest, FindsTheSameAsWithout)
{
    import(dump(1, 2500));
    std::vector<std::string> filters;
    for (const std::string_view field : {"input", "output"}) {
        for (const char *word : kWords) {
            const std::string quoted = Filter::equals(*Field::parse("model"), word).toString().substr(8);
            filters.push_back(std::string(field) + " contains " + quoted);
            filters.push_back(std::string(field) + " not contains " + quoted);
        }
        for (const char *pattern : {"refund [0-9]+", "(привет|日志)", "(?i)invoice", "cafe", "zzzz", "naïve"})
            filters.push_back(std::string(field) + " ~ \"" + pattern + "\"");
        for (int i = 0; i < 40; ++i)
            filters.push_back(std::string(field) + " contains \"" + std::to_string(i * 2477) + "\"");
        filters.push_back(std::string(field) + " contains \"\"");
        filters.push_back(std::string(field) + " contains \"日\"");
        filters.push_back(std::string(field) + " contains \"REFUND 1\"");
    }
    std::vector<std::vector<std::size_t>> before;
    for (const std::string &filter : filters)
        before.push_back(found(filter));
    const SearchIndexReport report = update();
    EXPECT_GE(report.blocks, 4) << "or it leaves nothing out";
    EXPECT_EQ(report.indexed, report.blocks);
    for (std::size_t i = 0; i < filters.size(); ++i)
        EXPECT_EQ(found(filters[i]), before[i]) << filters[i];
    // With half of an index: what came later is read.
    import(dump(2500, 4000));
    std::vector<std::vector<std::size_t>> half;
    for (const std::string &filter : filters)
        half.push_back(found(filter));
    ASSERT_TRUE(QFile::remove(SearchIndex::pathOf(store())));
    for (std::size_t i = 0; i < filters.size(); ++i)
        EXPECT_EQ(found(filters[i]), half[i]) << filters[i];
}

TEST_F(SearchIndexTest, OnlyWhatIsNewIsIndexedAgain)
{
    import(dump(1, 1200));
    update();
    EXPECT_FALSE(*isSearchIndexDue(store()));
    import(dump(1200, 1300));
    EXPECT_TRUE(*isSearchIndexDue(store()));
    std::int64_t steps = 0;
    SearchIndexOptions options;
    options.onProgress = [&steps](std::int64_t, std::int64_t) { ++steps; };
    ASSERT_TRUE(updateSearchIndex(store(), options, {}));
    EXPECT_LE(steps, 2) << "the last block and the one after it";
    EXPECT_FALSE(*isSearchIndexDue(store()));
}

TEST_F(SearchIndexTest, StoppedItKeepsWhatWasDone)
{
    import(dump(1, 2500));
    StopToken stop;
    SearchIndexOptions options;
    options.onProgress = [&stop](std::int64_t done, std::int64_t) {
        if (done >= 2)
            stop.requestStop();
    };
    const auto report = updateSearchIndex(store(), options, stop);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().kind, Error::Kind::Cancelled);
    const auto connection = Connection::open(store(), Connection::Access::Read);
    EXPECT_GE((*SearchIndex::load(**connection))->entries().size(), 2u);
    EXPECT_EQ(update().indexed, update().blocks);
}

TEST_F(SearchIndexTest, AnIndexOfAnotherStoreOfThatNameDoesNotCount)
{
    import(dump(1, 300));
    update();
    ASSERT_TRUE(QFile::remove(store()));
    import(dump(300, 600)); // as large
    const auto connection = Connection::open(store(), Connection::Access::Read);
    EXPECT_THAT((*SearchIndex::load(**connection))->entries(), IsEmpty());
    EXPECT_TRUE(*isSearchIndexDue(store()));
}

TEST_F(SearchIndexTest, ADamagedFileIsNoIndex)
{
    import(dump(1, 300));
    update();
    QFile file(SearchIndex::pathOf(store()));
    ASSERT_TRUE(file.resize(file.size() - 3));
    const auto connection = Connection::open(store(), Connection::Access::Read);
    EXPECT_THAT((*SearchIndex::load(**connection))->entries(), IsEmpty());
}

TEST_F(SearchIndexTest, VerifyFindsWhatItWouldLeaveOut)
{
    import(dump(1, 300));
    update();
    EXPECT_TRUE(verifyStore(store(), {}, {})->sound());
    {
        const auto connection = Connection::open(store(), Connection::Access::Read);
        auto entries = (*SearchIndex::load(**connection))->entries();
        ASSERT_FALSE(entries.empty());
        entries.front().grams = GramCollector().take();
        ASSERT_TRUE(SearchIndex().with(entries).save(**connection));
    }
    const auto report = verifyStore(store(), {}, {});
    ASSERT_EQ(report->problems.size(), 1u);
    EXPECT_EQ(report->problems.front().damage, Damage::SearchIndex);

    ASSERT_TRUE(QFile::remove(SearchIndex::pathOf(store())));
    update();
    {
        const auto connection = Connection::open(store(), Connection::Access::Read);
        auto entries = (*SearchIndex::load(**connection))->entries();
        entries.front().places = Compressor().compress("", Compressor::kFast);
        entries.front().placesSize = 0;
        ASSERT_TRUE(SearchIndex().with(entries).save(**connection));
    }
    EXPECT_EQ(verifyStore(store(), {}, {})->problems.size(), 1u) << "prompts that would not be looked at";

    ASSERT_TRUE(rebuildStore(store(), {}, {}));
    EXPECT_FALSE(hasIndex());
    EXPECT_TRUE(verifyStore(store(), {}, {})->sound());
}

} // namespace
} // namespace genscope::test

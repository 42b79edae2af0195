// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/dictionary.h"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <thread>

using namespace genscope;

namespace {

TEST(Dictionary, CodesCountUpFromOneAndZeroIsMissing)
{
    Dictionary models;
    EXPECT_EQ(models.size(), 1u);
    EXPECT_EQ(models.intern("gpt-4o"), 1u);
    EXPECT_EQ(models.intern("claude-3"), 2u);
    EXPECT_EQ(models.intern("gpt-4o"), 1u);
    EXPECT_EQ(models.intern(""), 0u);
    EXPECT_EQ(models.size(), 3u);
    EXPECT_EQ(models.at(0), "");
    EXPECT_EQ(models.at(2), "claude-3");
    EXPECT_EQ(models.find("claude-3"), 2u);
    EXPECT_EQ(models.find("unknown"), 0u);
}

TEST(Dictionary, FindsWhatWasAppendedInCodeOrder)
{
    Dictionary loaded;
    loaded.append("a");
    loaded.append("b");
    EXPECT_EQ(loaded.find("b"), 2u);
    loaded.append("c");
    EXPECT_EQ(loaded.intern("c"), 3u);
    EXPECT_EQ(loaded.intern("d"), 4u);
}

TEST(Dictionary, KeepsTextsOfAnyLengthAndByte)
{
    Dictionary texts;
    const std::string long1(1'000'000, 'x');
    const std::string zeros("a\0b", 3);
    const auto a = texts.intern(long1);
    const auto b = texts.intern(zeros);
    const auto c = texts.intern("\xC3\xA4");
    EXPECT_EQ(texts.at(a), long1);
    EXPECT_EQ(texts.at(b), zeros);
    EXPECT_EQ(texts.at(c), "\xC3\xA4");
}

TEST(Dictionary, ViewIsAFrozenPrefixThatOutlivesTheDictionary)
{
    DictionaryView view;
    EXPECT_EQ(view.size(), 1u);
    EXPECT_EQ(view.at(0), "");
    {
        Dictionary dictionary;
        for (int i = 1; i <= 100'000; ++i)
            ASSERT_EQ(dictionary.intern(std::string("text ").append(std::to_string(i))),
                      static_cast<std::uint32_t>(i));
        view = dictionary.view();
        dictionary.intern("later");
    }
    EXPECT_EQ(view.size(), 100'001u);
    for (std::uint32_t code = 1; code < view.size(); ++code)
        ASSERT_EQ(view.at(code), std::string("text ").append(std::to_string(code)));
}

TEST(Dictionary, ViewsAreReadWhileTheDictionaryGrows)
{
    Dictionary dictionary;
    std::mutex mutex;
    DictionaryView published;
    std::atomic<bool> done{false};
    std::thread reader([&] {
        while (!done) {
            DictionaryView view;
            {
                const std::lock_guard lock(mutex);
                view = published;
            }
            for (std::uint32_t code = 1; code < view.size(); code += 97)
                ASSERT_EQ(view.at(code), std::to_string(code));
        }
    });
    for (int i = 1; i <= 200'000; ++i) {
        dictionary.intern(std::to_string(i));
        if (i % 1000 == 0) {
            const std::lock_guard lock(mutex);
            published = dictionary.view();
        }
    }
    done = true;
    reader.join();
}

TEST(Dictionary, FieldNames)
{
    EXPECT_EQ(dictFieldName(DictField::EventName), "event_name");
    EXPECT_EQ(dictFieldName(DictField::CostProvider), "cost_provider");
    EXPECT_EQ(dictFieldName(DictField::Group0), "group_0");
    EXPECT_EQ(dictFieldName(groupDictField(15)), "group_15");
    EXPECT_EQ(dictFieldName(DictField::ServiceTier), "service_tier");
}

} // namespace

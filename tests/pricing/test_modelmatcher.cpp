// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/modelmatcher.h"
#include "pricing/modelname.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

using namespace genscope;
using testing::ElementsAre;

namespace {

const std::vector<std::string> kTable{
    "anthropic/claude-3.5-sonnet",
    "mistralai/mistral-7b-instruct-v0.1",
    "openai/gpt-4",
    "openai/gpt-4o",
    "openai/gpt-4o-mini",
    "openai/o1",
    "vendor-a/twin",
    "vendor-b/twin",
};

/// `row` if the names agree, `~row` if the match is one by containment, `-` if there is none.
std::string found(const std::string &model)
{
    static const ModelMatcher matcher(kTable);
    const auto hit = matcher.find(model);
    return hit ? (hit->by == MatchedBy::Name ? "" : "~") + kTable[hit->row] : "-";
}

TEST(ModelName, IsComparedInUpToFourSpellings)
{
    EXPECT_THAT(nameVariants("OpenAI/GPT-4.1"),
                ElementsAre("openai/gpt-4.1", "openai-gpt-4-1", "gpt-4.1", "gpt-4-1"));
    EXPECT_THAT(nameVariants("gpt-4"), ElementsAre("gpt-4"));
    EXPECT_THAT(nameVariants("~anthropic/claude-latest"),
                ElementsAre("~anthropic/claude-latest", "anthropic-claude-latest", "claude-latest"));
    EXPECT_THAT(nameVariants("models/"), ElementsAre("models/", "models"));
    EXPECT_THAT(nameVariants("日本語"), ElementsAre("日本語"));
    EXPECT_THAT(nameVariants(""), ElementsAre());
}

TEST(ModelMatcher, TakesTheVeryNameFirst)
{
    EXPECT_EQ(found("openai/gpt-4"), "openai/gpt-4");
    EXPECT_EQ(found("OpenAI/GPT-4o"), "openai/gpt-4o");
}

TEST(ModelMatcher, KnowsANameWithoutVendorAndPunctuation)
{
    EXPECT_EQ(found("gpt-4o-mini"), "openai/gpt-4o-mini");
    EXPECT_EQ(found("claude-3-5-sonnet"), "anthropic/claude-3.5-sonnet");
    EXPECT_EQ(found("gateway/gpt-4o"), "openai/gpt-4o");
}

TEST(ModelMatcher, TakesTheLongestKnownNameInside)
{
    EXPECT_EQ(found("gpt-4o-mini-2024-07-18"), "~openai/gpt-4o-mini");
    EXPECT_EQ(found("gpt-4-turbo"), "~openai/gpt-4");
    EXPECT_EQ(found("us.anthropic.claude-3-5-sonnet-20241022-v2:0"), "~anthropic/claude-3.5-sonnet");
    EXPECT_EQ(found("ft:o1:acme"), "~openai/o1") << "names shorter than the index are found too";
}

TEST(ModelMatcher, TakesTheFirstRowOfEquallyLongNames)
{
    EXPECT_EQ(found("twin-large"), "~vendor-a/twin");
    EXPECT_EQ(found("vendor-b/twin-large"), "~vendor-b/twin") << "the name with its vendor is longer";
}

TEST(ModelMatcher, TakesTheFirstKnownNameAround)
{
    EXPECT_EQ(found("mistral-7b-instruct"), "~mistralai/mistral-7b-instruct-v0.1");
    EXPECT_EQ(found("sonnet"), "~anthropic/claude-3.5-sonnet");
    EXPECT_EQ(found("4o"), "~openai/gpt-4o");
}

TEST(ModelMatcher, FindsNothingForUnknownAndEmptyNames)
{
    EXPECT_EQ(found("llama-3"), "-");
    EXPECT_EQ(found(""), "-");
    EXPECT_EQ(found("日本語"), "-") << "what is left of it without letters must not match everything";
}

/// The rules as they are written down, without an index.
std::optional<std::size_t> findSlowly(const std::vector<std::string> &table, const std::string &model)
{
    for (std::size_t row = 0; row < table.size(); ++row) {
        if (table[row] == asciiLower(model))
            return row;
    }
    const auto spellings = nameVariants(model);
    std::optional<std::size_t> best;
    std::size_t longest = 0;
    for (std::size_t row = 0; row < table.size(); ++row) {
        for (const std::string &known : nameVariants(table[row])) {
            for (const std::string &spelling : spellings) {
                if (known.size() > longest && spelling.find(known) != std::string::npos) {
                    longest = known.size();
                    best = row;
                }
            }
        }
    }
    for (std::size_t row = 0; row < table.size() && !best; ++row) {
        for (const std::string &known : nameVariants(table[row])) {
            for (const std::string &spelling : spellings) {
                if (known.find(spelling) != std::string::npos)
                    best = row;
            }
        }
    }
    return best;
}

TEST(ModelMatcher, AnswersAsTheRulesDoOnRandomNames)
{
    std::mt19937 random(7);
    const auto name = [&](int longest) {
        std::string text;
        for (int n = 1 + static_cast<int>(random() % static_cast<unsigned>(longest)); n > 0; --n)
            text += "ab1./-A"[random() % 7];
        return text;
    };
    for (int round = 0; round < 200; ++round) {
        std::vector<std::string> table;
        for (int i = 0; i < 12; ++i)
            table.push_back(asciiLower(name(9)));
        std::sort(table.begin(), table.end());
        table.erase(std::unique(table.begin(), table.end()), table.end());
        const ModelMatcher matcher(table);
        for (int i = 0; i < 20; ++i) {
            const std::string model = name(12);
            const auto hit = matcher.find(model);
            EXPECT_EQ(hit ? std::optional(hit->row) : std::nullopt, findSlowly(table, model))
                << model << " in " << testing::PrintToString(table);
        }
    }
}

} // namespace

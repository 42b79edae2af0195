// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jsontree.h"

#include <gtest/gtest.h>

using namespace genscope;

namespace {

std::shared_ptr<const JsonTree> parsed(std::string json)
{
    auto result = JsonTree::parse(std::move(json));
    EXPECT_TRUE(result.ok()) << result.error().message.toStdString();
    return result ? result.value() : nullptr;
}

std::string prettyOf(std::string json, const PrettyLimits &limits = {})
{
    const auto tree = parsed(std::move(json));
    return tree ? prettyJson(tree->root(), limits).text.toStdString() : std::string();
}

} // namespace

TEST(JsonTree, KeepsOrderDuplicatesAndDigitsAsCaptured)
{
    const auto tree =
        parsed(R"( {"z": 1.50e2, "a": 12345678901234567890123, "z": [ ] , "o" : { "k" : true } } )");
    ASSERT_TRUE(tree);
    const JsonValue root = tree->root();
    ASSERT_EQ(root.size(), 4);
    EXPECT_EQ(root.at(0).key(), QStringLiteral("z"));
    EXPECT_EQ(root.at(0).raw(), "1.50e2");
    EXPECT_EQ(root["a"].raw(), "12345678901234567890123");
    EXPECT_EQ(root["z"].raw(), "[ ]") << "the last of duplicate keys wins";
    EXPECT_EQ(root["o"].raw(), R"({ "k" : true })");
    EXPECT_EQ(root["o"]["k"].parent().key(), QStringLiteral("o"));
    EXPECT_EQ(root["o"].row(), 3);
}

TEST(JsonTree, ContainersKnowTheirText)
{
    const std::string json = R"([[],{},[[1,2],{"a":[3]} ],"x"])";
    const auto tree = parsed(json);
    ASSERT_TRUE(tree);
    EXPECT_EQ(tree->root().raw(), json);
    EXPECT_EQ(tree->root().at(2).raw(), R"([[1,2],{"a":[3]} ])");
    EXPECT_EQ(tree->root().at(2).at(1).raw(), R"({"a":[3]})");
}

TEST(JsonTree, MissingPathsAnswerNothing)
{
    const auto tree = parsed(R"({"a":{"b":"c"},"e":"","n":null,"l":[]})");
    ASSERT_TRUE(tree);
    const JsonValue root = tree->root();
    EXPECT_EQ(root["x"]["y"].at(3)["z"].type(), JsonType::Missing);
    EXPECT_EQ(root["x"].text(), QString());
    EXPECT_FALSE(root["e"].hasContent());
    EXPECT_FALSE(root["n"].hasContent());
    EXPECT_FALSE(root["l"].hasContent());
    EXPECT_TRUE(root["a"].hasContent());
    EXPECT_TRUE(root["a"]["b"].equals("c"));
    EXPECT_FALSE(root["a"]["b"].equals("cc"));
}

TEST(JsonTree, DecodesStrings)
{
    EXPECT_EQ(decodeJsonString(R"("plain ünïcode")"), QStringLiteral("plain ünïcode"));
    EXPECT_EQ(decodeJsonString(R"("a\n\t\"\\\/\u00e9\ud83d\ude00")"), QStringLiteral("a\n\t\"\\/é😀"));
    EXPECT_EQ(decodeJsonString(R"("lone \ud800 end")"), QStringLiteral("lone \uFFFD end"));
    EXPECT_EQ(decodeJsonString(R"("nul \u0000.")"), QStringLiteral("nul ") + QChar(0) + QLatin1Char('.'));
}

TEST(JsonTree, EscapedKeysAreFound)
{
    const auto tree = parsed(R"({"a\"b":1,"\u0024ai_model":"m"})");
    ASSERT_TRUE(tree);
    EXPECT_EQ(tree->root()["a\"b"].raw(), "1");
    EXPECT_EQ(tree->root()["$ai_model"].text(), QStringLiteral("m"));
}

TEST(JsonTree, ScalarsAreDocumentsToo)
{
    EXPECT_EQ(parsed("\"text\"")->root().text(), QStringLiteral("text"));
    EXPECT_EQ(parsed(" 42 ")->root().raw(), "42");
    EXPECT_TRUE(parsed("null")->root().isNull());
}

TEST(JsonTree, RefusesWhatIsNotJson)
{
    for (const char *text : {"", "{", "[1,]", "{\"a\":}", "[1] [2]", "{\"a\":1}}", "nonsense"})
        EXPECT_FALSE(JsonTree::parse(text).ok()) << text;
}

TEST(JsonTree, DeepNestingIsAnErrorNotACrash)
{
    EXPECT_FALSE(JsonTree::parse(std::string(200'000, '[') + std::string(200'000, ']')).ok());
}

TEST(PrettyJson, Indents)
{
    EXPECT_EQ(prettyOf(R"({"a":1,"b":[true,{"c":"d"}],"e":{},"f":[]})"), R"({
  "a": 1,
  "b": [
    true,
    {
      "c": "d"
    }
  ],
  "e": {},
  "f": []
})");
}

TEST(PrettyJson, CutsLongStringsBetweenCharactersAndSaysSo)
{
    PrettyLimits limits;
    limits.stringBytes = 5;
    EXPECT_EQ(prettyOf(R"(["aéé€€€€"])", limits), "[\n  \"aéé…\" (17 bytes in all)\n]");
    EXPECT_EQ(prettyOf(R"(["abc\u00e9\u00e9"])", limits), "[\n  \"abc…\" (15 bytes in all)\n]");
    EXPECT_EQ(prettyOf(R"(["abcde"])", limits), "[\n  \"abcde\"\n]");
}

TEST(PrettyJson, EndsAfterTheLimitAndSaysHowManyAreLeft)
{
    PrettyLimits limits;
    limits.totalBytes = 12;
    const auto tree = parsed("[1,2,3,4,5,6]");
    const PrettyText pretty = prettyJson(tree->root(), limits);
    EXPECT_TRUE(pretty.cut);
    EXPECT_EQ(pretty.text, QStringLiteral("[\n  1,\n  2,\n  … 4 more\n]"));
}

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/jsondocument.h"
#include "ingest/jsonmembers.h"

#include <gtest/gtest.h>

#include <simdjson.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace genscope;
using json::Fault;

namespace {

bool isValid(std::string_view text)
{
    return json::Document().read(text);
}

Fault::Kind faultOf(std::string_view text)
{
    json::Document document;
    document.read(text);
    return document.fault().kind;
}

TEST(JsonDocument, AcceptsEveryKindOfValue)
{
    for (const char *text :
         {"null", "true", " false ", "0", "-0", "-1.5e-7", "1E+3", "\"\"", "[]", "{}", "[1,[2],{\"a\":[]}]",
          "{\"a\":{\"b\":null},\"c\":\"\\u00e9\\n\\/\"}", "\t{\r\n \"a\" : 1 }\n"})
        EXPECT_TRUE(isValid(text)) << text;
}

TEST(JsonDocument, AcceptsWhatSdksReallySend)
{
    EXPECT_TRUE(isValid(R"({"a":"\ud800","b":"x\udfff"})")) << "unpaired surrogates";
    EXPECT_TRUE(isValid("[1e400,1180591620717411303424,1180591620717411303424.5]")) << "huge numbers";
    EXPECT_TRUE(isValid(R"({"a":"\u0000"})"));
}

TEST(JsonDocument, SaysWhatIsWrongAndWhere)
{
    struct Case
    {
        const char *text;
        Fault::Kind kind;
        std::size_t offset;
    };
    const Case cases[] = {
        {"", Fault::Kind::Empty, 0},
        {"   ", Fault::Kind::Empty, 3},
        {"{\"a\":1", Fault::Kind::EndsEarly, 6},
        {"{\"a\":\"text", Fault::Kind::EndsInString, 10},
        {"{\"a\":1,}", Fault::Kind::Unexpected, 7},
        {"[1,]", Fault::Kind::Unexpected, 3},
        {"{\"a\" 1}", Fault::Kind::Unexpected, 5},
        {"{a:1}", Fault::Kind::Unexpected, 1},
        {"nul", Fault::Kind::EndsEarly, 3},
        {"nulL", Fault::Kind::Unexpected, 3},
        {"truex", Fault::Kind::TextBehind, 4},
        {"{} {}", Fault::Kind::TextBehind, 3},
        {"01", Fault::Kind::TextBehind, 1},
        {"1.", Fault::Kind::EndsEarly, 2},
        {"-", Fault::Kind::EndsEarly, 1},
        {"+1", Fault::Kind::Unexpected, 0},
        {"[1e]", Fault::Kind::Unexpected, 3},
        {"NaN", Fault::Kind::Unexpected, 0},
        {"[\"a\tb\"]", Fault::Kind::ControlCharacter, 3},
        {R"(["\x41"])", Fault::Kind::Unexpected, 3},
        {R"(["\u12g4"])", Fault::Kind::Unexpected, 6},
        {"[1}", Fault::Kind::Unexpected, 2},
        {"{\"a\":1]", Fault::Kind::Unexpected, 6},
        {"not json at all", Fault::Kind::Unexpected, 1},
        {"\"\xff\xfe\"", Fault::Kind::InvalidUtf8, 0},
        {"\"\xed\xa0\x80\"", Fault::Kind::InvalidUtf8, 0},
    };
    for (const auto &[text, kind, offset] : cases) {
        json::Document document;
        EXPECT_FALSE(document.read(text)) << text;
        EXPECT_EQ(document.fault().kind, kind) << text;
        EXPECT_EQ(document.fault().offset, offset) << text;
        EXPECT_FALSE(document.fault().describe(text).isEmpty()) << text;
    }
}

TEST(JsonDocument, ANulByteIsNoEnd)
{
    using namespace std::string_view_literals;
    EXPECT_EQ(faultOf("{}\0{}"sv), Fault::Kind::TextBehind);
    EXPECT_EQ(faultOf("{\0}"sv), Fault::Kind::Unexpected);
}

TEST(JsonDocument, NestsAsDeepAsTheTextDoes)
{
    constexpr std::size_t kDepth = 1'000'000;
    const std::string deep = std::string(kDepth, '[') + std::string(kDepth, ']');
    EXPECT_TRUE(isValid(deep));
    EXPECT_EQ(faultOf(std::string(kDepth, '[')), Fault::Kind::EndsEarly);
}

TEST(JsonDocument, NotesTheMembersOfTwoLevels)
{
    const std::string text =
        R"( {"a": 1, "p": {"x": {"deep": 0}, "y": [ {"z": 0} ]}, "a": "\u0062", "\u0071":{"r":null} } )";
    json::Document document;
    ASSERT_TRUE(document.read(text));
    std::string seen;
    for (const auto &member : document.members()) {
        seen += std::to_string(member.parent) + ' ' + std::string(member.key) + '=' +
                std::string(member.value.raw());
        seen += '\n';
    }
    EXPECT_EQ(seen, "-1 a=1\n"
                    "-1 p={\"x\": {\"deep\": 0}, \"y\": [ {\"z\": 0} ]}\n"
                    "1 x={\"deep\": 0}\n"
                    "1 y=[ {\"z\": 0} ]\n"
                    "-1 a=\"\\u0062\"\n"
                    "-1 q={\"r\":null}\n"
                    "5 r=null\n");
    EXPECT_EQ(document.root().raw(), text.substr(1, text.size() - 2));
}

TEST(JsonDocument, MembersOfObjectsInAListAreNotMembersOfTheRoot)
{
    json::Document document;
    ASSERT_TRUE(document.read(R"([{"a":{"b":1}}])"));
    EXPECT_TRUE(document.members().empty());
}

/// Random edits of a valid document: simdjson's DOM and Document must agree on what is JSON.
TEST(JsonDocument, AgreesWithSimdjson)
{
    const std::string seedText =
        R"({"uuid":"0192-\"x\"","n":[0,-1.25e-3,true,false,null,{}],"text":"Zoë 👍 \u00e9\n","o":{"k":[[]]}})";
    std::mt19937 random(7);
    const std::string alphabet = "{}[]\",:\\/ntu0123456789.eE+-abc \t\n\x01\xc3\xa9";
    simdjson::dom::parser parser;
    int accepted = 0;
    for (int round = 0; round < 200'000; ++round) {
        std::string text = seedText;
        const int edits = 1 + static_cast<int>(random() % 3);
        for (int i = 0; i < edits; ++i) {
            const std::size_t at = random() % text.size();
            const char c = alphabet[random() % alphabet.size()];
            switch (random() % 3) {
            case 0:
                text[at] = c;
                break;
            case 1:
                text.insert(at, 1, c);
                break;
            default:
                text.erase(at, 1);
            }
        }
        simdjson::padded_string padded(text);
        const bool expected = parser.parse(padded).error() == simdjson::SUCCESS;
        // The DOM refuses unpaired surrogates and numbers past 64 bits or a double; these edits can make few
        // of either.
        const bool actual = isValid(text);
        accepted += actual;
        const bool mayDiffer = actual && (text.find("\\u") != std::string::npos ||
                                          text.find_first_of("eE") != std::string::npos);
        ASSERT_TRUE(actual == expected || mayDiffer) << text;
    }
    EXPECT_GT(accepted, 10'000) << "the edits leave too few valid documents to compare";
}

TEST(JsonValue, DecodesStrings)
{
    EXPECT_EQ(json::decodeString(R"(a\"b\\c\/d\b\f\n\r\t)"), "a\"b\\c/d\b\f\n\r\t");
    EXPECT_EQ(json::decodeString(R"(\u0041\u00e9\u20AC\ud83d\uDC4D)"), "Aé€👍");
    EXPECT_EQ(json::decodeString(R"(x\ud800y)"), "x\uFFFDy") << "high half alone";
    EXPECT_EQ(json::decodeString(R"(\udc00\ud800)"), "\uFFFD\uFFFD") << "wrong order";
    EXPECT_EQ(json::decodeString(R"(\ud800\u0041)"), "\uFFFDA") << "high half, then something else";
    EXPECT_EQ(json::decodeString(R"(a\u0000b)"), std::string("a\0b", 3));
}

TEST(JsonValue, QuotesWhatItDecodes)
{
    const std::string text = std::string("a\"b\\c\n\x01\0é", 10);
    EXPECT_EQ(json::Value(json::quoted(text)).text(), text);
    EXPECT_TRUE(isValid(json::quoted(text)));
}

TEST(JsonValue, ReadsMembersAndElements)
{
    const json::Value object(R"({ "a" : [1, {"b":"]"} , "x\"y" ] , "k\n" :{ } })");
    json::MemberReader members(object);
    ASSERT_TRUE(members.next());
    EXPECT_EQ(members.key(), "a");
    std::vector<std::string> elements;
    for (json::ElementReader reader(members.value()); reader.next();)
        elements.emplace_back(reader.value().raw());
    EXPECT_EQ(elements, (std::vector<std::string>{"1", "{\"b\":\"]\"}", "\"x\\\"y\""}));
    ASSERT_TRUE(members.next());
    EXPECT_EQ(members.key(), "k\n");
    EXPECT_EQ(members.rawKey(), "\"k\\n\"");
    EXPECT_EQ(members.value().raw(), "{ }");
    EXPECT_FALSE(members.next());
    EXPECT_FALSE(json::MemberReader(json::Value("{ }")).next());
    EXPECT_FALSE(json::ElementReader(json::Value("[ ]")).next());
    EXPECT_FALSE(json::MemberReader(json::Value("[1]")).next()) << "no object";
}

TEST(JsonValue, TheLastMemberOfANameWins)
{
    EXPECT_EQ(json::member(json::Value(R"({"a":1,"b":2,"a":3})"), "a").raw(), "3");
    EXPECT_EQ(json::member(json::Value(R"({"a":1})"), "b").type(), json::Type::Absent);
}

TEST(JsonValue, CompactLeavesStringsAlone)
{
    EXPECT_EQ(json::compact(json::Value("{ \"a b\" : [ 1 ,\n\"x \\\" y\" ] }")),
              "{\"a b\":[1,\"x \\\" y\"]}");
}

TEST(JsonValue, MembersOfMembersAreFoundInOnePass)
{
    const auto quick = [](std::string_view text) {
        return json::memberOfMember(json::Value(text), "p", "x");
    };
    EXPECT_EQ(quick(R"({"a":[1,{"x":9}],"p": { "x" : 1 , "y":{"x":5},"x":2 } ,"x":7})")->raw(), "2")
        << "the last one of the holder's own";
    EXPECT_EQ(quick(R"({"p":{}})")->type(), json::Type::Absent);
    EXPECT_EQ(quick(R"({})")->type(), json::Type::Absent);
    EXPECT_FALSE(quick(R"({"p":null})"));
    EXPECT_FALSE(quick(R"({"p":{"x":1},"p":{"x":2}})"));
    EXPECT_FALSE(quick(R"({"p":{"\u0078":1}})"));
    EXPECT_EQ(quick(R"({"p":{"a":"say \"x\":1"}})")->type(), json::Type::Absent);
    EXPECT_FALSE(quick("[1]"));
}

} // namespace

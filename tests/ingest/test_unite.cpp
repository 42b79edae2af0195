// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/unite.h"

#include "ingest/eventtesting.h"

#include <algorithm>
#include <array>
#include <random>

using namespace genscope;

namespace {

std::string united(const std::string &a, const std::string &b)
{
    const auto result = uniteEvents(a, b);
    if (!result)
        return "error: " + result.error().message.toStdString();
    EXPECT_EQ(uniteEvents(b, a).value(), *result) << "the order of arrival must not matter";
    EXPECT_TRUE(EventParser().parse(*result).ok() || !EventParser().parse(a).ok());
    return *result;
}

TEST(UniteEvents, FillsContentIntoTheCopyWithout)
{
    const std::string light =
        R"({"uuid":"u","event":"e","timestamp":1,"properties":{"$ai_model":"m","$ai_input":null}})";
    const std::string heavy =
        R"({"uuid":"u","event":"e","timestamp":1,"properties":{"$ai_input":[1],"$ai_output":"x"}})";
    EXPECT_EQ(
        united(light, heavy),
        R"({"uuid":"u","event":"e","timestamp":1,"properties":{"$ai_model":"m","$ai_input":[1],"$ai_output":"x"}})");
}

TEST(UniteEvents, AnswersACopyThatHoldsEverythingAsItIs)
{
    const std::string whole = R"({ "event":"e", "timestamp":1, "properties":{"a":1, "b":2} })";
    EXPECT_EQ(united(whole, R"({"event":"e","properties":{"a":1}})"), whole);
    EXPECT_EQ(united(whole, whole), whole);
    const std::string compact = R"({"event":"e","timestamp":1,"properties":{"a":1,"b":2}})";
    const std::string either = united(whole, compact);
    EXPECT_TRUE(either == whole || either == compact) << either;
}

TEST(UniteEvents, TheLaterCopyWinsAConflict)
{
    const std::string older =
        R"({"event":"e","timestamp":1,"created_at":"2025-06-02T10:00:00Z","properties":{"a":"z","only":1}})";
    const std::string newer =
        R"({"event":"e","timestamp":1,"created_at":"2025-06-02T11:00:00Z","properties":{"a":"b"}})";
    EXPECT_EQ(
        united(older, newer),
        R"({"event":"e","timestamp":1,"created_at":"2025-06-02T11:00:00Z","properties":{"a":"b","only":1}})");
}

TEST(UniteEvents, WithoutALaterCopyTheGreaterValueWins)
{
    const std::string first = R"({"event":"e","timestamp":1,"properties":{"a":"1","b":"2"}})";
    const std::string second = R"({"event":"e","timestamp":1,"properties":{"a":"2","b":"1"}})";
    const std::string third = R"({"event":"e","timestamp":1,"properties":{"a":"3","c":"1"}})";
    EXPECT_EQ(united(first, second), R"({"event":"e","timestamp":1,"properties":{"a":"2","b":"2"}})");
    const auto values = [](const std::string &json) {
        std::string text;
        const Event event = parsed(json);
        for (const char *part : {R"("a":"3")", R"("b":"2")", R"("c":"1")"})
            text += json.find(part) == std::string::npos ? '-' : '+';
        return text;
    };
    EXPECT_EQ(values(united(united(first, second), third)), "+++");
    EXPECT_EQ(values(united(first, united(second, third))), "+++");
    EXPECT_EQ(values(united(united(first, third), second)), "+++");
}

TEST(UniteEvents, EmptyAiPropertiesAreAbsent)
{
    EXPECT_EQ(united(R"({"event":"e","timestamp":1,"properties":{"$ai_input":"","x":""}})",
                     R"({"event":"e","timestamp":1,"properties":{"$ai_input":"hi"}})"),
              R"({"event":"e","timestamp":1,"properties":{"$ai_input":"hi","x":""}})");
}

TEST(UniteEvents, ReadsPropertiesGivenAsText)
{
    EXPECT_EQ(united(R"({"event":"e","timestamp":1,"properties":"{\"a\":1}"})",
                     R"({"event":"e","timestamp":1,"properties":{"b":2}})"),
              R"({"event":"e","timestamp":1,"properties":{"b":2,"a":1}})");
    EXPECT_EQ(united(R"({"event":"e","timestamp":1,"person_properties":{"a":1}})",
                     R"({"event":"e","timestamp":1,"person_properties":{"b":2}})"),
              R"({"event":"e","timestamp":1,"person_properties":{"b":2,"a":1}})");
}

TEST(UniteEvents, KeepsBytesOfValuesAndKeys)
{
    EXPECT_EQ(united(R"({"event":"e","timestamp":1.50,"properties":{"k\ud800":"\ud800","n":1e400}})",
                     R"({"event":"e","properties":{"z":0}})"),
              R"({"event":"e","timestamp":1.50,"properties":{"z":0,"k\ud800":"\ud800","n":1e400}})");
}

TEST(UniteEvents, OfDuplicateKeysTheLastCounts)
{
    EXPECT_EQ(united(R"({"event":"e","timestamp":1,"a":1,"a":2})", R"({"event":"e","timestamp":1,"b":3})"),
              R"({"event":"e","timestamp":1,"b":3,"a":2})");
}

TEST(UniteEvents, OfManyCopiesEachPropertyIsThatOfTheLatestCopyThatHasIt)
{
    // The copy with the latest created_at says nothing about "a": of the others the later one counts,
    // although united with the latest first, the earliest would have looked late.
    const std::string first =
        R"({"event":"e","timestamp":1,"created_at":"2025-06-02T10:00:01Z","properties":{"a":"first"}})";
    const std::string second =
        R"({"event":"e","timestamp":1,"created_at":"2025-06-02T10:00:02Z","properties":{"a":"second"}})";
    const std::string third =
        R"({"event":"e","timestamp":1,"created_at":"2025-06-02T10:00:03Z","properties":{"b":"third"}})";
    EXPECT_EQ(
        uniteCopies(std::array<std::string_view, 3>{first, third, second}).value(),
        R"({"event":"e","timestamp":1,"created_at":"2025-06-02T10:00:03Z","properties":{"b":"third","a":"second"}})");
}

/// A copy of one event with some of four properties, in one of the shapes in which exports write it.
std::string randomCopy(std::mt19937 &random)
{
    const auto chance = [&random](unsigned n) { return random() % n == 0; };
    std::string properties;
    for (const char *name : {"a", "b", "$ai_input", "$ai_model"}) {
        if (chance(2))
            continue;
        const char *values[] = {"1", "\"1\"", "null", "\"\"", "{\"x\":[1, 2]}", "{\"x\":[1,2]}"};
        properties += (properties.empty() ? "\"" : ",\"") + std::string(name) + "\":" + values[random() % 6];
    }
    properties = "{" + properties + "}";
    std::string copy = R"({"event":"e","timestamp":1)";
    if (!chance(3))
        copy += R"(,"created_at":"2025-06-02T10:00:0)" + std::to_string(random() % 3) + "Z\"";
    if (chance(4))
        copy += R"(,"PROPERTIES":)" + properties;
    else if (chance(3))
        copy += R"(,"properties":)" + json::quoted(properties);
    else if (!chance(5))
        copy += R"(,"properties":)" + properties;
    if (chance(3))
        copy += R"(,"person_properties":{"plan":")" + std::string(1, static_cast<char>('a' + random() % 3)) +
                "\"}";
    return copy + "}";
}

TEST(UniteEvents, TheOrderOfAnyNumberOfCopiesDoesNotMatter)
{
    std::mt19937 random(20250602);
    for (int round = 0; round < 500; ++round) {
        std::vector<std::string> copies;
        for (std::size_t i = 0, count = 2 + random() % 4; i < count; ++i)
            copies.push_back(randomCopy(random));
        const auto unite = [&copies] {
            const std::vector<std::string_view> views(copies.begin(), copies.end());
            return uniteCopies(views).value();
        };
        const std::string expected = unite();
        ASSERT_TRUE(EventParser().parse(expected).ok()) << expected;
        for (int shuffle = 0; shuffle < 6; ++shuffle) {
            std::shuffle(copies.begin(), copies.end(), random);
            ASSERT_EQ(unite(), expected) << "round " << round;
        }
        copies.push_back(copies.front());
        ASSERT_EQ(unite(), expected) << "a copy twice";
    }
}

TEST(UniteEvents, RefusesWhatIsNoObject)
{
    EXPECT_FALSE(uniteEvents("[]", "{}").ok());
    EXPECT_FALSE(uniteEvents("{}", "{").ok());
    EXPECT_EQ(uniteEvents("{}", "{}").value(), "{}");
}

} // namespace

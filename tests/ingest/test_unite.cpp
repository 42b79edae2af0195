// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/eventtesting.h"

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

TEST(UniteEvents, RefusesWhatIsNoObject)
{
    EXPECT_FALSE(uniteEvents("[]", "{}").ok());
    EXPECT_FALSE(uniteEvents("{}", "{").ok());
    EXPECT_EQ(uniteEvents("{}", "{}").value(), "{}");
}

} // namespace

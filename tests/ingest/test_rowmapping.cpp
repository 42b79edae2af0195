// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/rowmapping.h"

#include "eventtesting.h"

#include <gtest/gtest.h>

namespace genscope {
namespace {

/// The object of one row; a cell is JSON, or nothing.
std::string mapped(const std::vector<std::string> &columns, const std::vector<std::string_view> &cells)
{
    std::vector<json::Value> row;
    for (const std::string_view cell : cells)
        row.emplace_back(cell);
    return RowMapping(columns).object(row);
}

RowKind kindOf(const std::vector<std::string> &columns)
{
    return RowMapping(columns).kind();
}

TEST(RowMapping, ARowOfAQueryAnswerBecomesAnEvent)
{
    EXPECT_EQ(mapped({"toString(uuid)", "event", "timestamp", "distinct_id", "properties"},
                     {R"("0192f5c1-7a10-7b3e-9d52-3c1f0a9be001")", R"("$ai_generation")",
                      R"("2026-11-23T10:01:05.004000Z")", R"("user_17")", R"("{\"$ai_model\":\"m\"}")"}),
              R"({"uuid":"0192f5c1-7a10-7b3e-9d52-3c1f0a9be001","event":"$ai_generation",)"
              R"("timestamp":"2026-11-23T10:01:05.004000Z","distinct_id":"user_17",)"
              R"("properties":{"$ai_model":"m"}})");
}

TEST(RowMapping, NamesAreKnownInEveryWriting)
{
    const std::string expected = R"({"uuid":"a","event":"e","timestamp":1,"person_id":"p"})";
    const std::vector<std::string_view> row = {R"("a")", R"("e")", "1", R"("p")"};
    EXPECT_EQ(mapped({"uuid", "event", "timestamp", "person_id"}, row), expected);
    EXPECT_EQ(mapped({"UUID", "EVENT", "TIMESTAMP", "PERSON_ID"}, row), expected);
    EXPECT_EQ(mapped({"u", "\"event\"", "`timestamp`", "toString(person_id)"}, row), expected);
    EXPECT_EQ(mapped({"*.uuid", "*.event", "*.timestamp", "person.id"}, row), expected);
    EXPECT_EQ(mapped({"events.uuid", "events.event", "events.timestamp", "toString(person.id)"}, row),
              expected);
    EXPECT_EQ(mapped({"id", "event", "timestamp", "person_id"}, row), expected);
}

TEST(RowMapping, SinglePropertiesFillWhatTheObjectLacks)
{
    EXPECT_EQ(
        mapped({"uuid", "event", "properties.$ai_model", "properties", "$group_0", "feature", "team_id"},
               {R"("a")", R"("e")", R"("of the column")", R"({"$ai_model":"of the object"})", R"("acme")",
                R"("chat")", "7"}),
        R"({"uuid":"a","event":"e","team_id":7,)"
        R"("properties":{"$ai_model":"of the object","$group_0":"acme","feature":"chat"}})");
    EXPECT_EQ(
        mapped({"event", "uuid", "properties.$ai_model", "properties"}, {R"("e")", R"("a")", R"("m")", "{}"}),
        R"({"uuid":"a","event":"e","properties":{"$ai_model":"m"}})");
}

TEST(RowMapping, TypedColumnsOfAiEventsAreProperties)
{
    EXPECT_EQ(
        mapped({"uuid", "event", "trace_id", "model", "input_tokens", "is_error", "error", "input", "tools"},
               {R"("a")", R"("$ai_generation")", R"("t")", R"("gpt-4o")", "12", "1", "null",
                R"("[{\"role\":\"user\"}]")", R"("")"}),
        R"({"uuid":"a","event":"$ai_generation","properties":{"$ai_trace_id":"t","$ai_model":"gpt-4o",)"
        R"("$ai_input_tokens":12,"$ai_is_error":true,"$ai_input":[{"role":"user"}]}})");
}

TEST(RowMapping, ContentCellsAreJsonOrElseText)
{
    EXPECT_EQ(mapped({"uuid", "input", "output", "output_state"},
                     {R"("a")", R"("\"hi\"")", R"("not JSON")", R"(["parsed already"])"}),
              R"({"uuid":"a","properties":{"$ai_input":"hi","$ai_output":"not JSON",)"
              R"("$ai_output_state":["parsed already"]}})");
}

TEST(RowMapping, FlattenedColumnsBecomeListsAndObjects)
{
    EXPECT_EQ(
        mapped({"*.event", "*.uuid", "*.properties.$ai_input.0.role", "*.properties.$ai_input.0.content",
                "*.properties.$ai_input.10.role", "*.properties.$ai_input.2.role",
                "*.properties.$ai_input_tokens", "*.properties.plan.name", "person.properties.email"},
               {R"("e")", R"("a")", R"("user")", R"("hi")", "", R"("assistant")", R"("12")", R"("pro")",
                R"("a@b.c")"}),
        R"({"uuid":"a","event":"e","person_properties":{"email":"a@b.c"},"properties":{)"
        R"("$ai_input":[{"role":"user","content":"hi"},null,{"role":"assistant"}],)"
        R"("$ai_input_tokens":"12","plan":{"name":"pro"}}})");
}

TEST(RowMapping, ACellWithAWholeEventIsTheEvent)
{
    EXPECT_EQ(mapped({"*", "person"}, {R"({"uuid": "a", "event": "e"})", "null"}),
              R"({"uuid": "a", "event": "e"})");
}

TEST(RowMapping, PropertiesThatAreNoObjectStayAsTheyAre)
{
    EXPECT_EQ(mapped({"uuid", "event", "properties"}, {R"("a")", R"("e")", R"("{\"cut")"}),
              R"({"uuid":"a","event":"e","properties":"{\"cut"})");
    EXPECT_EQ(mapped({"uuid", "event", "properties"}, {R"("a")", R"("e")", R"("")"}),
              R"({"uuid":"a","event":"e"})");
}

TEST(RowMapping, UnpairedSurrogatesInsideOfTextSurvive)
{
    EXPECT_EQ(mapped({"uuid", "event", "properties"},
                     {R"("a")", R"("e")", R"("{\"a\":\"\\ud800 \ud800 \\u0000\"}")"}),
              R"({"uuid":"a","event":"e","properties":{"a":"\ud800 \ud800 \u0000"}})");
}

TEST(RowMapping, TheColumnsTellWhatTheRowsAre)
{
    EXPECT_EQ(kindOf({"uuid", "event", "properties"}), RowKind::Event);
    EXPECT_EQ(kindOf({"event", "timestamp", "properties.$ai_model"}), RowKind::Event);
    EXPECT_EQ(kindOf({"*"}), RowKind::Event);
    EXPECT_EQ(kindOf({"toString(uuid)", "input", "output_choices"}), RowKind::Content);
    EXPECT_EQ(kindOf({"id", "properties", "created_at"}), RowKind::Person);
    EXPECT_EQ(kindOf({"distinct_id", "person_id"}), RowKind::Person);
    EXPECT_EQ(kindOf({"team_id", "distinct_id", "person_id", "properties", "person_version", "is_deleted"}),
              RowKind::Person);
    EXPECT_EQ(kindOf({"count()"}), RowKind::Other);
    EXPECT_EQ(kindOf({"event", "count()", "min(timestamp)"}), RowKind::Other);
    EXPECT_EQ(kindOf({"error"}), RowKind::Other);
}

} // namespace
} // namespace genscope

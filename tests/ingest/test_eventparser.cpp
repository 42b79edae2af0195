// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/eventtesting.h"

#include <gmock/gmock.h>

using namespace genscope;
using testing::HasSubstr;

namespace {

constexpr std::string_view kRow =
    R"({"uuid":"01972df4-01e7-7957-b739-7e71e3d6a77a","timestamp":"2025-06-02T00:04:15.463000+00:00",)"
    R"("created_at":"2025-06-02T00:04:17.405000+00:00","event":"$ai_generation","properties":{)"
    R"("$ai_trace_id":"trace-1","$ai_session_id":"s-1","$ai_span_id":"span-1","$ai_parent_id":"span-0",)"
    R"("$ai_span_name":"answer","$ai_model":"gpt-4.1","$ai_provider":"openai","$ai_framework":"vercel",)"
    R"("$ai_input":[{"role":"user","content":"hi"}],"$ai_output_choices":[{"role":"assistant","content":"hello"}],)"
    R"("$ai_http_status":200,"$ai_latency":5.881,"$ai_time_to_first_token":0.4,"$ai_stream":true,)"
    R"("$lib":"posthog-node","$ai_lib":"posthog-ai"},"distinct_id":"user-1","elements_chain":"",)"
    R"("person_properties":{"plan":"pro"},"person_id":"f3c9d26c-6e3e-413f-988e-3624ca6ad3c1"})";

TEST(EventParser, ReadsABatchExportRow)
{
    const Event event = parsed(kRow);
    EXPECT_EQ(event.uuid.toString(), "01972df4-01e7-7957-b739-7e71e3d6a77a");
    EXPECT_EQ(event.name, "$ai_generation");
    EXPECT_EQ(event.kind, EventKind::Generation);
    EXPECT_EQ(event.timestamp, at("2025-06-02T00:04:15.463Z"));
    EXPECT_EQ(event.distinctId, "user-1");
    EXPECT_EQ(event.personId, "f3c9d26c-6e3e-413f-988e-3624ca6ad3c1");
    EXPECT_EQ(event.traceId, "trace-1");
    EXPECT_EQ(event.sessionId, "s-1");
    EXPECT_EQ(event.spanId, "span-1");
    EXPECT_EQ(event.parentId, "span-0");
    EXPECT_EQ(event.spanName, "answer");
    EXPECT_EQ(event.model, "gpt-4.1");
    EXPECT_EQ(event.provider, "openai");
    EXPECT_EQ(event.framework, "vercel");
    EXPECT_EQ(event.lib, "posthog-ai");
    EXPECT_EQ(event.latencySeconds, 5.881);
    EXPECT_EQ(event.timeToFirstTokenSeconds, 0.4);
    EXPECT_EQ(event.httpStatus, 200);
    EXPECT_EQ(event.stream, true);
    EXPECT_EQ(event.personProperties, R"({"plan":"pro"})");
    EXPECT_EQ(event.raw, kRow);
    EXPECT_EQ(event.context, "");
    EXPECT_TRUE(event.notes.empty());
    EXPECT_FALSE(event.isError);
    EXPECT_FALSE(event.startsAtTimestamp);
}

TEST(EventParser, PropertiesMayBeTextAsInParquetRows)
{
    const Event event = parsed(
        R"({"event":"$ai_generation","timestamp":"2025-06-02T00:00:00Z","distinct_id":"u",)"
        R"("properties":"{\"$ai_model\":\"m\",\"$ai_trace_id\":\"t\",\"$ai_input\":\"caf\\u00e9 \\ud800\"}","person_properties":"{\"a\":1}"})");
    EXPECT_EQ(event.model, "m");
    EXPECT_EQ(event.traceId, "t");
    EXPECT_EQ(event.personProperties, R"({"a":1})");
    ASSERT_EQ(event.heavy.size(), 1u) << "the whole text is one heavy value";
    const std::string heavy = event.raw.substr(event.heavy[0].offset, event.heavy[0].length);
    EXPECT_TRUE(heavy.starts_with(R"("{\"$ai_model)")) << heavy;
    EXPECT_TRUE(heavy.ends_with(R"(}")")) << heavy;
}

TEST(EventParser, MarksHeavyValuesInOrder)
{
    const Event event = parsed(
        R"(  {"event":"$ai_span","timestamp":0,"properties":{"$ai_tools":[{"a":1}],"x":{"$ai_input":"not this"},)"
        R"("$ai_input" : "in" ,"$ai_output":null,"$ai_input_state":{"s":[]},"$ai_output_choices":"",)"
        R"("$ai_output_state":0,"$ai_input":"again"},"$ai_input":"nor this"} )");
    std::string seen;
    for (const ByteSpan &span : event.heavy)
        seen += event.raw.substr(span.offset, span.length) + '\n';
    EXPECT_EQ(seen, "[{\"a\":1}]\n\"in\"\n{\"s\":[]}\n0\n\"again\"\n");
}

TEST(EventParser, SettlesDriftingTypesOfIds)
{
    struct Case
    {
        const char *json;
        const char *text;
    };
    const Case cases[] = {
        {R"("abc")", "abc"},
        {"12", "12"},
        {"12.0", "12"},
        {"1.5", "1.5"},
        {"1e3", "1000"},
        {"true", "true"},
        {"false", "false"},
        {"null", ""},
        {R"("")", ""},
        {R"({"a":1})", ""},
        {"[1]", ""},
        {"12345678901234567890123", "12345678901234567890123"},
        {R"("x\ud800")", "x\uFFFD"},
    };
    for (const auto &[json, text] : cases) {
        const Event event = generation(std::string(R"("$ai_trace_id":)") + json + R"(,"$ai_session_id":)" +
                                       json + R"(,"$ai_span_id":)" + json + R"(,"$ai_parent_id":)" + json);
        EXPECT_EQ(event.traceId, text) << json;
        EXPECT_EQ(event.sessionId, text) << json;
        EXPECT_EQ(event.spanId, text) << json;
        EXPECT_EQ(event.parentId, text) << json;
    }
}

TEST(EventParser, AGenerationIdIsTheSpanId)
{
    EXPECT_EQ(generation(R"("$ai_generation_id":"g","$ai_span_id":"s")").spanId, "g");
    EXPECT_EQ(generation(R"("$ai_generation_id":"","$ai_span_id":"s")").spanId, "s");
}

TEST(EventParser, OnlyATraceTakesItsNameFromTraceName)
{
    EXPECT_EQ(generation(R"("$ai_trace_name":"t")").spanName, "");
    const auto trace = [](const char *properties) {
        return parsed(std::string(R"({"event":"$ai_trace","timestamp":1,"properties":{)") + properties + "}}")
            .spanName;
    };
    EXPECT_EQ(trace(R"("$ai_trace_name":"t")"), "t");
    EXPECT_EQ(trace(R"("$ai_trace_name":"t","$ai_span_name":"s")"), "s");
}

TEST(EventParser, ModelsAreStrings)
{
    EXPECT_EQ(generation(R"("$ai_model":4)").model, "");
    EXPECT_EQ(generation(R"("$ai_model":null)").model, "");
    EXPECT_EQ(generation(R"("$ai_model":"m\u00fc")").model, "mü");
}

TEST(EventParser, SettlesDriftingNumbers)
{
    struct Case
    {
        const char *json;
        std::optional<double> latency;
        int notes;
    };
    const Case cases[] = {
        {"1.5", 1.5, 0},
        {"0", 0.0, 0},
        {R"("2.25")", 2.25, 0},
        {R"(" 3 ")", 3.0, 0},
        {"1e400", {}, 1},
        {"-0.5", {}, 1},
        {R"("NaN")", {}, 1},
        {R"("Infinity")", {}, 1},
        {R"("fast")", {}, 0},
        {"true", {}, 0},
        {"null", {}, 0},
        {R"("")", {}, 0},
        {"[1]", {}, 0},
        {"1e-400", 0.0, 0},
        {"0.046000003814697266", 0.046000003814697266, 0},
    };
    for (const auto &[json, latency, notes] : cases) {
        const Event event = generation(std::string(R"("$ai_latency":)") + json);
        EXPECT_EQ(event.latencySeconds, latency) << json;
        EXPECT_EQ(static_cast<int>(event.notes.size()), notes) << json;
    }
}

TEST(EventParser, NotesNameThePropertyAndTheValue)
{
    const Event event = generation(R"("$ai_input_tokens":1180591620717411303424)");
    ASSERT_EQ(event.notes.size(), 1u);
    EXPECT_EQ(event.notes[0], "$ai_input_tokens: 1180591620717411303424 does not fit and counts as missing");
}

TEST(EventParser, SettlesDriftingHttpStatus)
{
    EXPECT_EQ(generation(R"("$ai_http_status":429)").httpStatus, 429);
    EXPECT_EQ(generation(R"("$ai_http_status":"503")").httpStatus, 503);
    EXPECT_EQ(generation(R"("$ai_http_status":200.0)").httpStatus, 200);
    EXPECT_EQ(generation(R"("$ai_http_status":"timeout")").httpStatus, std::nullopt);
    const Event huge = generation(R"("$ai_http_status":4294967496)");
    EXPECT_EQ(huge.httpStatus, std::nullopt) << "never wraps";
    EXPECT_EQ(huge.notes.size(), 1u);
}

TEST(EventParser, SettlesDriftingBooleans)
{
    for (const char *json : {"true", R"("true")"})
        EXPECT_TRUE(generation(std::string(R"("$ai_is_error":)") + json).isError) << json;
    for (const char *json : {"false", R"("false")", "null", "1", R"("TRUE")", R"("")"})
        EXPECT_FALSE(generation(std::string(R"("$ai_is_error":)") + json).isError) << json;

    EXPECT_EQ(generation(R"("$ai_stream":"true")").stream, true);
    EXPECT_EQ(generation(R"("$ai_stream":false,"$ai_model_parameters":{"stream":true})").stream, false);
    EXPECT_EQ(generation(R"("$ai_model_parameters":{"stream":true})").stream, true);
    EXPECT_EQ(generation(R"("$ai_model_parameters":"{\"stream\":true}")").stream, true);
    EXPECT_EQ(generation(R"("$ai_model_parameters":{})").stream, std::nullopt);
}

TEST(EventParser, OtelEventsAreStampedAtTheirStart)
{
    EXPECT_TRUE(generation(R"("$ai_ingestion_source":"otel")").startsAtTimestamp);
}

TEST(EventParser, ReadsErrorsOnlyOfErrors)
{
    const Event fine = generation(R"("$ai_error":"nothing wrong")");
    EXPECT_EQ(fine.error, "");
    EXPECT_EQ(fine.errorNormalized, "");

    const Event text = generation(R"("$ai_is_error":true,"$ai_error":"429 Rate limit, request req_abc123")");
    EXPECT_EQ(text.error, "429 Rate limit, request req_abc123");
    EXPECT_EQ(text.errorNormalized, "<N> Rate limit, request <ID>");

    const Event object = generation(R"("$ai_is_error":"true","$ai_error":{ "message" : "a b", "code": 7 })");
    EXPECT_EQ(object.error, R"({"message":"a b","code":7})");
    EXPECT_EQ(object.errorNormalized, R"({"message":"a b","code":<N>})");

    EXPECT_EQ(generation(R"("$ai_is_error":true)").errorNormalized, "Unknown error");
    EXPECT_EQ(generation(R"("$ai_is_error":true,"$ai_error":"x 1","$ai_error_normalized":"kept 1")")
                  .errorNormalized,
              "kept 1");
}

TEST(EventParser, OfDuplicateKeysTheLastWins)
{
    const Event event =
        parsed(R"({"event":"a","event":"b","timestamp":1,"timestamp":2,)"
               R"("properties":{"$ai_model":"old"},"properties":{"$ai_model":"x","$ai_model":"new"}})");
    EXPECT_EQ(event.name, "b");
    EXPECT_EQ(event.timestamp.us, 2 * kMicrosPerSecond);
    EXPECT_EQ(event.model, "new");
    EXPECT_EQ(parsed(R"({"event":"a","timestamp":1,"properties":{"$ai_model":"x","$ai_model":null}})").model,
              "");
}

TEST(EventParser, KeysMayBeWrittenWithEscapes)
{
    EXPECT_EQ(parsed(R"({"\u0065vent":"e","timestamp":1,"properties":{"\u0024ai_model":"m"}})").model, "m");
}

TEST(EventParser, DerivesAMissingUuidFromTheBytes)
{
    const std::string text = R"({"event":"e","timestamp":1})";
    const Event event = parsed(text);
    EXPECT_EQ(event.uuid, Uuid::derivedFrom(text));
    EXPECT_EQ(parsed(" " + text + "\n").uuid, event.uuid) << "whitespace around it is not its own";
    EXPECT_EQ(parsed(R"({"uuid":"","event":"e","timestamp":1})").uuid,
              Uuid::derivedFrom(R"({"uuid":"","event":"e","timestamp":1})"));
    EXPECT_EQ(parsed(R"({"uuid":"evt-1","event":"e","timestamp":1})").uuid, Uuid::fromText("evt-1"));
    EXPECT_EQ(parsed(R"({"uuid":12,"event":"e","timestamp":1})").uuid, Uuid::fromText("12"));
}

TEST(EventParser, SettlesDistinctIds)
{
    const auto id = [](const char *members) {
        return parsed(std::string(R"({"event":"e","timestamp":1,)") + members + "}").distinctId;
    };
    EXPECT_EQ(id(R"("distinct_id":"u")"), "u");
    EXPECT_EQ(id(R"("$distinct_id":"u")"), "u");
    EXPECT_EQ(id(R"("properties":{"distinct_id":"u"})"), "u");
    EXPECT_EQ(id(R"("distinct_id":"","properties":{"distinct_id":"u"})"), "u");
    EXPECT_EQ(id(R"("distinct_id":17)"), "17");
    EXPECT_EQ(id(R"("distinct_id":{ "a" : 1 })"), R"({"a":1})");
    EXPECT_EQ(id(R"("distinct_id":null)"), "");
    std::string longId;
    for (int i = 0; i < 300; ++i)
        longId += "é";
    EXPECT_EQ(id((R"("distinct_id":")" + longId + '"').c_str()), longId.substr(0, 400))
        << "200 characters, as PostHog";
}

TEST(EventParser, UsersNamedLikeTheTraceAreAnonymous)
{
    EXPECT_TRUE(
        parsed(R"({"event":"$ai_span","timestamp":1,"distinct_id":"t","properties":{"$ai_trace_id":"t"}})")
            .isAnonymous());
    EXPECT_FALSE(
        parsed(R"({"event":"$ai_span","timestamp":1,"distinct_id":"u","properties":{"$ai_trace_id":"t"}})")
            .isAnonymous());
}

TEST(EventParser, AnEngageBodyIsAnIdentify)
{
    const Event event = parsed(R"({"$set":{"plan":"pro"},"distinct_id":"u","timestamp":1})");
    EXPECT_EQ(event.name, "$identify");
    ASSERT_EQ(event.updates.size(), 1u);
    EXPECT_EQ(rejectReason(R"({"$set":{"plan":"pro"},"timestamp":1})"), "no event name");
}

TEST(EventParser, RejectsWhatIsNoEvent)
{
    struct Case
    {
        const char *text;
        const char *reason;
    };
    const Case cases[] = {
        {"null", "not one JSON object: it is null"},
        {"[1,2,3]", "not one JSON object: it is a list without events"},
        {"3", "not one JSON object: it is a number"},
        {"\"text\"", "not one JSON object: it is a string"},
        {"not json at all; event=$ai_generation", "not one JSON object: unexpected “ot json at a” at byte 2"},
        {R"({"event":"$ai_generation","properties":{"$ai_model":"gpt-4o",}})",
         "not one JSON object: unexpected “}}” at byte 62"},
        {R"({"uuid":"0197","event":"$ai_gen)", "not one JSON object: cut off after 31 bytes"},
        {"{\"uuid\":\"\xff\xfe bad utf8\",\"event\":\"$ai_generation\"",
         "not one JSON object: invalid UTF-8"},
        {"", "not one JSON object: nothing there"},
        {R"({"event":"a","timestamp":1} {"event":"b","timestamp":1})",
         "not one JSON object: more text behind the end, at byte 29"},
        {R"({"uuid":12,"event":null,"properties":[],"distinct_id":{},"timestamp":"yesterday"})",
         "no event name"},
        {R"({"timestamp":1})", "no event name"},
        {R"({"event":"","timestamp":1})", "no event name"},
        {R"({"event":17,"timestamp":1})", "no event name"},
        {R"({"event":"e"})", "no timestamp"},
        {R"({"event":"e","timestamp":null})", "no timestamp"},
        {R"({"event":"e","timestamp":""})", "no timestamp"},
        {R"({"event":"e","timestamp":"yesterday"})", "the timestamp “yesterday” cannot be read"},
        {R"({"event":"e","timestamp":{"a": 1}})", "the timestamp “{\"a\":1}” cannot be read"},
        {R"({"event":"e","timestamp":"2025-02-30T00:00:00Z"})",
         "the timestamp “2025-02-30T00:00:00Z” cannot be read"},
        {R"({"event":"e","timestamp":1e400})", "the timestamp “1e400” cannot be read"},
        {R"({"event":"e","timestamp":"1969-12-31T23:59:59Z"})",
         "the timestamp 1969-12-31T23:59:59+00:00 is outside of 1970 to 2200"},
        {R"({"event":"e","timestamp":"2200-01-01T00:00:01Z"})",
         "the timestamp 2200-01-01T00:00:01+00:00 is outside of 1970 to 2200"},
    };
    for (const auto &[text, reason] : cases)
        EXPECT_EQ(rejectReason(text), reason) << text;
}

TEST(EventParser, PropertiesOfAnotherKindAreNotedNotRejected)
{
    for (const char *properties : {"[]", "7", R"("oops")", R"("[1]")"}) {
        const Event event =
            parsed(std::string(R"({"event":"e","timestamp":1,"properties":)") + properties + "}");
        ASSERT_EQ(event.notes.size(), 1u) << properties;
        EXPECT_EQ(event.notes[0], "properties: not an object, counts as missing");
    }
    for (const char *properties : {"null", R"("")", "{}", R"("{}")"})
        EXPECT_TRUE(parsed(std::string(R"({"event":"e","timestamp":1,"properties":)") + properties + "}")
                        .notes.empty())
            << properties;
}

TEST(EventParser, AcceptsUnpairedSurrogatesAndKeepsTheBytes)
{
    const std::string text =
        R"({"event":"e","timestamp":1,"distinct_id":"a\ud800b","properties":{"$ai_input":"\ude00"}})";
    const Event event = parsed(text);
    EXPECT_EQ(event.distinctId, "a\uFFFDb");
    EXPECT_EQ(event.raw, text);
}

TEST(EventParser, TakesDeeplyNestedAndVeryLargeEvents)
{
    const std::string deep = std::string(5000, '[') + std::string(5000, ']');
    EXPECT_EQ(generation(R"("$ai_input":)" + deep + R"(,"$ai_model":"m")").model, "m");

    const std::string prose(8u << 20, 'x');
    const Event large = generation(R"("$ai_input":")" + prose + R"(","$ai_model":"m")");
    EXPECT_EQ(large.model, "m");
    ASSERT_EQ(large.heavy.size(), 1u);
    EXPECT_EQ(large.heavy[0].length, prose.size() + 2);
}

TEST(EventParser, OneParserReadsManyEvents)
{
    EventParser parser;
    EXPECT_TRUE(parser.parse(kRow).ok());
    EXPECT_FALSE(parser.parse("oops").ok());
    const auto plain = parser.parse(R"({"event":"e","timestamp":1})");
    ASSERT_TRUE(plain.ok());
    EXPECT_EQ(plain->model, "") << "nothing is left of the event before";
    EXPECT_TRUE(plain->heavy.empty());
}

} // namespace

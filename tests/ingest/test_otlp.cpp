// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/otlp.h"

#include "dumptesting.h"
#include "eventtesting.h"
#include "ingest/capturerequest.h"
#include "otlptraces.pb.h"
#include "support/testpaths.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <google/protobuf/util/json_util.h>

namespace genscope {
namespace {

using testing::HasSubstr;

QString example(const char *name)
{
    return test::testData(QLatin1String("ingest/otlp/")) + QString::fromLatin1(name);
}

ReadResult readExample(const char *name)
{
    return readAll({example(name)});
}

std::string property(const Event &event, std::string_view name)
{
    return std::string(
        json::member(json::member(json::Value(std::string_view(event.raw)), "properties"), name).raw());
}

std::string inputOf(const Event &event)
{
    return property(event, "$ai_input");
}

TEST(Otlp, AGenerationByTheNewConventions)
{
    const ReadResult read = readExample("otlp_genai_new.json");
    ASSERT_EQ(read.rejectTexts(), "");
    ASSERT_EQ(read.names(), "$ai_generation");
    const Event &event = read.events[0];
    EXPECT_EQ(event.timestamp, at("2026-11-23T10:01:05.004Z"));
    EXPECT_TRUE(event.startsAtTimestamp);
    EXPECT_EQ(event.latencySeconds, 2.413);
    EXPECT_EQ(event.timeToFirstTokenSeconds, 0.412);
    EXPECT_EQ(event.distinctId, "user_17");
    EXPECT_EQ(event.traceId, "5b8efff798038103d269b633813fc60c");
    EXPECT_EQ(event.spanId, "eee19b7ec3c1b174");
    EXPECT_EQ(event.parentId, "eee19b7ec3c1b173");
    EXPECT_EQ(event.sessionId, "conv_1");
    EXPECT_EQ(event.spanName, "chat gpt-4o-mini");
    EXPECT_EQ(event.model, "gpt-4o-mini-2024-07-18");
    EXPECT_EQ(event.provider, "openai");
    EXPECT_EQ(event.stream, true);
    EXPECT_EQ(property(event, "$ai_input_tokens"), "1200");
    EXPECT_EQ(property(event, "$ai_output_tokens"), "310");
    EXPECT_EQ(property(event, "$ai_cache_read_input_tokens"), "800");
    EXPECT_EQ(property(event, "$ai_reasoning_tokens"), "64");
    EXPECT_EQ(property(event, "$ai_model_parameters"), R"({"temperature":0.2,"max_tokens":512})");
    EXPECT_EQ(property(event, "$ai_stop_reason"), R"("stop")");
    EXPECT_EQ(property(event, "server.port"), "443") << "what has no other name keeps its own";
    EXPECT_EQ(inputOf(event), R"([{"role":"user","parts":[{"type":"text","content":"hi"}]}])");
    EXPECT_EQ(event.tools, std::vector<std::string>{"get_weather"});
}

TEST(Otlp, MessagesAndErrorsAsEventsOfASpan)
{
    const ReadResult read = readExample("otlp_genai_old_events.json");
    ASSERT_EQ(read.names(), "$ai_generation");
    const Event &event = read.events[0];
    EXPECT_EQ(inputOf(event), R"([{"role":"system","content":"be nice"},{"role":"user","content":"hi"}])");
    EXPECT_EQ(property(event, "$ai_output_choices"), R"([{"role":"assistant","content":"hello"}])");
    EXPECT_TRUE(event.isError);
    EXPECT_EQ(event.error, "deadline");
    EXPECT_THAT(property(event, "$otel_span_events"), HasSubstr("TimeoutError"));
    EXPECT_EQ(property(event, "$ai_input_tokens"), "1200");
    EXPECT_EQ(event.distinctId, event.traceId) << "nobody: anonymous";
}

TEST(Otlp, MessagesAsNumberedAttributes)
{
    const ReadResult read = readExample("otlp_traceloop_legacy.json");
    ASSERT_EQ(read.names(), "$ai_generation");
    const Event &event = read.events[0];
    EXPECT_EQ(inputOf(event), R"([{"content":"hi","role":"user"}])");
    EXPECT_EQ(property(event, "$ai_output_choices"),
              R"([{"content":"hello","finish_reason":"stop","role":"assistant"}])");
    EXPECT_EQ(event.distinctId, "user_17");
    EXPECT_EQ(property(event, "traceloop.workflow.name"), R"("qa")");
}

TEST(Otlp, SpansOfVercelsSdkAsRecorded)
{
    const ReadResult read = readExample("vercel_ai_sdk.json");
    ASSERT_EQ(read.rejectTexts(), "");
    ASSERT_EQ(read.names(), "$ai_generation $ai_trace");
    const Event &event = read.events[0];
    EXPECT_EQ(event.model, "gpt-4o");
    EXPECT_EQ(event.provider, "openai") << "not openai.responses";
    EXPECT_EQ(event.framework, "vercel");
    EXPECT_EQ(event.distinctId, "user with spaces & ünïcode ✓");
    EXPECT_EQ(event.latencySeconds, 0.043354424);
    EXPECT_EQ(property(event, "$ai_output_tokens"), "31");
    EXPECT_THAT(inputOf(event), testing::StartsWith(R"([{"role":"system")"));
    EXPECT_THAT(property(event, "$ai_output_choices"), HasSubstr("**$214.50**"));
    EXPECT_EQ(property(event, "ai.telemetry.metadata.tier"), R"("gold")");
}

TEST(Otlp, SpansThatAreNotAboutModelsAreLeftOut)
{
    const std::string spans =
        R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"a","spanId":"b","name":"GET /","startTimeUnixNano":"1795428065004000000","attributes":[{"key":"http.method","value":{"stringValue":"GET"}}]}]}]}]})";
    int events = 0;
    eventsOfOtlp(json::Value(std::string_view(spans)), [&events](std::string &&) { ++events; });
    EXPECT_EQ(events, 0);
}

TEST(Otlp, ASpanThatIsSentAgainIsTheSameEvent)
{
    EXPECT_EQ(readExample("otlp_genai_new.json").events[0].uuid,
              readExample("otlp_genai_new.json").events[0].uuid);
    EXPECT_NE(readExample("otlp_genai_new.json").events[0].uuid,
              readExample("vercel_ai_sdk.json").events[0].uuid);
}

/// A request with all kinds of values.
std::string protobufRequest()
{
    otlp::ExportTraceServiceRequest request;
    auto *span = request.add_resource_spans()->add_scope_spans()->add_spans();
    span->set_trace_id(std::string("\x5b\x8e\xff\xf7\x98\x03\x81\x03\xd2\x69\xb6\x33\x81\x3f\xc6\x0c", 16));
    span->set_span_id("\xee\xe1\x9b\x7e\xc3\xc1\xb1\x74");
    span->set_name("chat");
    span->set_start_time_unix_nano(1795428065004000000);
    span->set_end_time_unix_nano(1795428065504000000);
    const auto add = [span](const char *key) {
        auto *attribute = span->add_attributes();
        attribute->set_key(key);
        return attribute->mutable_value();
    };
    add("gen_ai.operation.name")->set_string_value("chat");
    add("gen_ai.usage.input_tokens")->set_int_value(9007199254740993);
    add("gen_ai.request.temperature")->set_double_value(0.5);
    add("flag")->set_bool_value(true);
    add("bytes")->set_bytes_value("\x01\x02");
    add("list")->mutable_array_value()->add_values()->set_string_value("ü");
    auto *pair = add("map")->mutable_kvlist_value()->add_values();
    pair->set_key("a");
    pair->mutable_value()->set_int_value(-1);
    return request.SerializeAsString();
}

TEST(Otlp, Protobuf)
{
    const auto body = decodedBody({protobufRequest(), CaptureRoute::Otlp, {}});
    ASSERT_TRUE(body) << body.error().message.toStdString();
    EventParser parser;
    std::vector<Event> events;
    parser.parseAll(body->json, {}, [&events](std::int64_t, Result<Event> &&event) {
        ASSERT_TRUE(event) << event.error().message.toStdString();
        events.push_back(std::move(event).value());
    });
    ASSERT_EQ(events.size(), 1u);
    const Event &event = events[0];
    EXPECT_EQ(event.name, "$ai_generation");
    EXPECT_EQ(event.traceId, "5b8efff798038103d269b633813fc60c") << "in JSON made of protobuf it is BASE64";
    EXPECT_EQ(event.spanId, "eee19b7ec3c1b174");
    EXPECT_EQ(event.latencySeconds, 0.5);
    EXPECT_EQ(property(event, "$ai_input_tokens"), "9007199254740993");
    EXPECT_EQ(property(event, "flag"), "true");
    EXPECT_EQ(property(event, "list"), R"(["ü"])");
    EXPECT_EQ(property(event, "map"), R"({"a":-1})");
    EXPECT_EQ(property(event, "bytes"), R"("AQI=")");
}

TEST(Otlp, ProtobufCompressedOrDamaged)
{
    const auto packed = decodedBody({compressed(protobufRequest()), CaptureRoute::Otlp, {}});
    ASSERT_TRUE(packed);
    EXPECT_THAT(packed->json, HasSubstr("resourceSpans"));
    EXPECT_FALSE(decodedBody({"\nnonsense", CaptureRoute::Otlp, {}}));
    EXPECT_EQ(decodedBody({"", CaptureRoute::Otlp, {}})->json, R"({"resourceSpans":[]})");
}

} // namespace
} // namespace genscope

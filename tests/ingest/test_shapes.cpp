// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/capturerequest.h"

#include "dumptesting.h"
#include "eventtesting.h"
#include "support/testpaths.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace genscope {
namespace {

QString shape(const char *name)
{
    return test::testData(QLatin1String("ingest/shapes/")) + QString::fromLatin1(name);
}

ReadResult readShape(const char *name)
{
    return readAll({shape(name)});
}

ReadResult readText(std::string_view text)
{
    const DumpFolder folder;
    return readAll({folder.write(QStringLiteral("dump"), text)});
}

std::string quotedText(std::string_view text)
{
    return json::quoted(text);
}

constexpr const char *kUuid = "0192f5c1-7a10-7b3e-9d52-3c1f0a9be001";

/// The event that the example files share.
void expectExampleEvent(const ReadResult &read)
{
    ASSERT_EQ(read.rejectTexts(), "");
    ASSERT_EQ(read.events.size(), 1u);
    const Event &event = read.events[0];
    EXPECT_EQ(event.uuid.toString(), kUuid);
    EXPECT_EQ(event.name, "$ai_generation");
    EXPECT_EQ(event.timestamp, at("2026-11-23T10:01:05.004Z"));
    EXPECT_EQ(event.distinctId, "user_17");
    EXPECT_EQ(event.model, "claude-sonnet-4-5");
    EXPECT_EQ(event.traceId, "trace-42");
}

TEST(Shapes, BatchExportRowsWithPropertiesAsObjectOrText)
{
    expectExampleEvent(readShape("export_s3_events.jsonl"));
    expectExampleEvent(readShape("export_s3_events_parquet_row_as_json.jsonl"));
}

TEST(Shapes, WarehouseRowsInEveryDialect)
{
    const char *rows[] = {
        // BigQuery
        R"({"uuid":"0192f5c1-7a10-7b3e-9d52-3c1f0a9be001","event":"$ai_generation","properties":"{\"$ai_trace_id\":\"trace-42\",\"$ai_model\":\"claude-sonnet-4-5\"}","elements":"\"\"","set":"{\"plan\":\"pro\"}","set_once":null,"distinct_id":"user_17","team_id":123,"ip":"203.0.113.7","site_url":"","timestamp":"2026-11-23 10:01:05.004000 UTC","bq_ingested_timestamp":"2026-11-23 11:03:00.000000 UTC","my column":1})",
        // Snowflake
        R"({"UUID":"0192f5c1-7a10-7b3e-9d52-3c1f0a9be001","TEAM_ID":123,"TIMESTAMP":"2026-11-23 10:01:05.004","EVENT":"$ai_generation","PROPERTIES":{"$ai_trace_id":"trace-42","$ai_model":"claude-sonnet-4-5"},"DISTINCT_ID":"user_17","PEOPLE_SET":{"plan":"pro"},"PEOPLE_SET_ONCE":null})",
        // Postgres, Redshift
        R"({"uuid":"0192f5c1-7a10-7b3e-9d52-3c1f0a9be001","event":"$ai_generation","properties":{"$ai_trace_id":"trace-42","$ai_model":"claude-sonnet-4-5"},"elements":"","set":{"plan":"pro"},"set_once":null,"distinct_id":"user_17","team_id":123,"ip":"203.0.113.7","site_url":"","timestamp":"2026-11-23 10:01:05.004+00"})",
        R"({"event":"$ai_generation","people_set":{"plan":"pro"},"uuid":"0192f5c1-7a10-7b3e-9d52-3c1f0a9be001","properties":{"$ai_trace_id":"trace-42","$ai_model":"claude-sonnet-4-5"},"distinct_id":"user_17","timestamp":"2026-11-23T10:01:05.004"})",
    };
    for (const std::string row : rows) {
        SCOPED_TRACE(row);
        const ReadResult read = readText(row + "\n");
        expectExampleEvent(read);
        ASSERT_EQ(read.events.size(), 1u);
        EXPECT_EQ(read.events[0].raw, row) << "byte for byte, other columns too";
        ASSERT_EQ(read.events[0].updates.size(), 1u);
        EXPECT_EQ(read.events[0].updates[0].json, R"({"plan":"pro"})");
    }
}

TEST(Shapes, RowsByTheNamesOfTheirWarehouses)
{
    const ReadResult read = readText(
        R"({"bigquery":{"uuid":"0192f5c1-7a10-7b3e-9d52-3c1f0a9be001","event":"a","timestamp":"2026-11-23T10:01:05Z"},)"
        R"("snowflake":{"uuid":"0192f5c1-7a10-7b3e-9d52-3c1f0a9be002","event":"b","timestamp":"2026-11-23T10:01:06Z"}})");
    EXPECT_EQ(read.names(), "a b") << read.rejectTexts();
}

TEST(Shapes, AnswersOfTheQueryApi)
{
    expectExampleEvent(readShape("pull_hogql_response.json"));
    const ReadResult done = readShape("pull_query_status_done.json");
    EXPECT_EQ(done.rejects.size(), 1u) << "its column count() is not an event";
    EXPECT_EQ(readShape("pull_query_status_error.json").rejectTexts(), "0: an answer without results\n");
}

TEST(Shapes, AnAsynchronousAnswerWrapsTheResult)
{
    expectExampleEvent(readText(
        R"({"query_status":{"id":"q","complete":true,"results":{"columns":["uuid","event","timestamp","distinct_id","properties"],"results":[["0192f5c1-7a10-7b3e-9d52-3c1f0a9be001","$ai_generation","2026-11-23T10:01:05.004Z","user_17","{\"$ai_model\":\"claude-sonnet-4-5\",\"$ai_trace_id\":\"trace-42\"}"]],"types":["String","String","DateTime","String","String"]},"start_time":"2026-11-23T10:00:00Z"}})"));
}

TEST(Shapes, ColumnsMayStandBehindTheRows)
{
    std::string document = R"({"results":[)";
    constexpr int kRows = 50'000;
    for (int i = 0; i < kRows; ++i)
        document += (i > 0 ? "," : "") + std::string(R"(["e)") + std::to_string(i) +
                    R"(","2026-11-23T10:01:05Z","u",{"$ai_input":")" + std::string(500, 'x') + R"("}])";
    document += R"(],"columns":["event","timestamp","distinct_id","properties"]})";
    const ReadResult read = readText(document);
    EXPECT_EQ(read.rejectTexts(), "");
    ASSERT_EQ(read.events.size(), static_cast<std::size_t>(kRows)) << "through a temporary file";
    EXPECT_EQ(read.events.back().name, "e49999");
    EXPECT_LT(read.largestBatch, 20'000u) << "in pieces";
}

TEST(Shapes, ARowThatHoldsTheNameOfAColumnIsNoHeaderWhereColumnsComeBehind)
{
    const ReadResult read = readText(
        R"({"results":[["e1","2026-11-23T10:01:05Z","u"],["e2","2026-11-23T10:01:06Z","event"],["event","timestamp","distinct_id"]],"columns":["event","timestamp","distinct_id"]})");
    EXPECT_EQ(read.names(), "e1 e2");
    ASSERT_FALSE(read.events.empty());
    EXPECT_EQ(read.events[0].distinctId, "u") << "also a short name of the column uuid";
    EXPECT_THAT(read.rejectTexts(), ::testing::StartsWith("3: "));
    const ReadResult headerLike = readText(
        R"({"results":[["event","2026-11-23T10:01:05Z","uuid"]],"columns":["event","timestamp","distinct_id"]})");
    EXPECT_EQ(headerLike.names(), "event");
    EXPECT_EQ(headerLike.rejectTexts(), "");
}

TEST(Shapes, AHeaderInsideOfResultsCountsOnlyWithoutColumns)
{
    const ReadResult read = readText(
        R"({"hasMore":false,"results":[["event","timestamp","distinct_id"],["e1","2026-11-23T10:01:05Z","u"],["e2","no time","u"]],"types":[]})"
        "\n"
        R"({"results":[["event","timestamp"],["e3","2026-11-23T10:01:05Z"]]})");
    EXPECT_EQ(read.names(), "e1 e3");
    EXPECT_THAT(read.rejectTexts(), ::testing::StartsWith("2: ")) << "a header is no row";
}

TEST(Shapes, AListOfListsHasItsColumnsInTheFirst)
{
    const ReadResult read = readText(
        R"([["uuid","event","timestamp","properties.$ai_model"],["a","e1","2026-11-23T10:01:05Z","m"],["b","e2",1795428065,"m"]])");
    EXPECT_EQ(read.names(), "e1 e2");
    EXPECT_EQ(read.rejectTexts(), "");
    const ReadResult inResults =
        readText(R"({"results":[["event","timestamp"],["e1","2026-11-23T10:01:05Z"]]})");
    EXPECT_EQ(inResults.names(), "e1");
}

TEST(Shapes, RowsWithoutNamesAreRejects)
{
    const ReadResult read = readText(R"({"results":[["a",1],["b",2]]})");
    EXPECT_EQ(read.rejectTexts(),
              "1: a row without names of its columns\n2: a row without names of its columns\n");
}

TEST(Shapes, HeavyRowsOfAiEventsAreContentOfAnEvent)
{
    const ReadResult read = readShape("pull_ai_events_heavy_response.json");
    EXPECT_EQ(read.rejectTexts(), "");
    ASSERT_EQ(read.events.size(), 1u);
    EXPECT_EQ(read.events[0].record, RecordKind::Content);
    EXPECT_EQ(read.events[0].uuid.toString(), kUuid);
    EXPECT_EQ(
        read.events[0].raw,
        R"({"uuid":"0192f5c1-7a10-7b3e-9d52-3c1f0a9be001","properties":{"$ai_input":[{"role":"system","content":"be nice"},{"role":"user","content":"hi"}],"$ai_output_choices":[{"role":"assistant","content":[{"type":"text","text":"hello"}]}],"$ai_tools":[{"type":"function","function":{"name":"get_weather"}}]}})");
}

TEST(Shapes, AnObjectWithColumnsOfAiEventsIsARowOfThem)
{
    const ReadResult read = readText(
        R"({"uuid":"0192f5c1-7a10-7b3e-9d52-3c1f0a9be001","event":"$ai_generation","timestamp":"2026-11-23T10:01:05.004Z","distinct_id":"user_17","trace_id":"trace-42","model":"claude-sonnet-4-5","properties":{},"input":"[{\"role\":\"user\"}]"})"
        "\n"
        R"({"uuid":"0192f5c1-7a10-7b3e-9d52-3c1f0a9be001","output_choices":"[]"})"
        "\n"
        R"({"uuid":"0192f5c1-7a10-7b3e-9d52-3c1f0a9be001","properties":{"$ai_input":"no row: nothing names the event"}})"
        "\n");
    ASSERT_EQ(read.events.size(), 2u);
    EXPECT_EQ(read.events[0].traceId, "trace-42");
    EXPECT_EQ(read.events[0].heavy.size(), 1u);
    EXPECT_EQ(read.events[1].record, RecordKind::Content);
    EXPECT_EQ(read.rejectTexts(), "3: no event name\n");
}

TEST(Shapes, PagesOfTheEventsApi)
{
    const ReadResult read = readShape("pull_legacy_events_list_response.json");
    expectExampleEvent(read);
    ASSERT_EQ(read.events.size(), 1u);
    EXPECT_EQ(read.events[0].personProperties.find(R"("email")") != std::string::npos, true);
    ASSERT_EQ(read.summary.notes.size(), 1u);
    EXPECT_TRUE(read.summary.notes[0].contains(u"one page"));
}

TEST(Shapes, PersonsOfExportsAndPages)
{
    for (const char *name : {"export_s3_persons.jsonl", "pull_persons_list_response.json"}) {
        SCOPED_TRACE(name);
        const ReadResult read = readShape(name);
        EXPECT_EQ(read.rejectTexts(), "");
        ASSERT_EQ(read.events.size(), 1u);
        const Event &person = read.events[0];
        EXPECT_EQ(person.record, RecordKind::Person);
        EXPECT_EQ(person.distinctId, "user_17");
        EXPECT_EQ(person.personId, "018e9b6e-1111-0000-0000-3f9b2a1c0001");
        ASSERT_EQ(person.updates.size(), 1u);
        EXPECT_EQ(json::compact(json::Value(std::string_view(person.updates[0].json))),
                  R"({"email":"a@b.c"})");
    }
}

TEST(Shapes, TracesOfTheQueryApi)
{
    const ReadResult read = readShape("pull_trace_query_response.json");
    EXPECT_EQ(read.rejectTexts(), "");
    EXPECT_EQ(read.names(), "$ai_generation $ai_trace");
    ASSERT_EQ(read.events.size(), 2u);
    EXPECT_EQ(read.events[0].uuid.toString(), kUuid);
    EXPECT_EQ(read.events[0].distinctId, "user_17");
    EXPECT_EQ(read.events[0].personId, "018e9b6e-1111-0000-0000-3f9b2a1c0001");
    EXPECT_EQ(read.events[0].timestamp, at("2026-11-23T10:01:05.004Z"));
    EXPECT_EQ(read.events[0].usage.inputTokens, Count(1200));
    EXPECT_EQ(read.events[1].spanName, "chat turn");
    EXPECT_EQ(read.events[1].traceId, "trace-42");
    EXPECT_EQ(read.events[1].heavy.size(), 2u);
}

TEST(Shapes, ACopiedTraceBecomesItsEvents)
{
    const ReadResult read = readShape("export_trace_copy.json");
    EXPECT_EQ(read.rejectTexts(), "");
    EXPECT_EQ(read.names(), "$ai_trace $ai_span $ai_generation $ai_embedding");
    ASSERT_EQ(read.events.size(), 4u);
    const Event &trace = read.events[0];
    EXPECT_EQ(trace.spanName, "chat turn");
    EXPECT_EQ(trace.timestamp, at("2026-11-23T10:01:02.5Z"));
    EXPECT_TRUE(trace.isAnonymous());
    const Event &span = read.events[1];
    EXPECT_EQ(span.parentId, "trace-42");
    EXPECT_EQ(span.latencySeconds, 2.41);
    const Event &generation = read.events[2];
    EXPECT_EQ(generation.parentId, span.spanId);
    EXPECT_EQ(generation.timestamp, at("2026-11-23T10:01:02.500002Z"));
    EXPECT_EQ(generation.model, "claude-sonnet-4-5");
    EXPECT_EQ(generation.usage.outputTokens, Count(310));
    EXPECT_EQ(generation.timeToFirstTokenSeconds, 0.412);
    EXPECT_NE(generation.raw.find(R"("role": "user")"), std::string::npos);
    const Event &embedding = read.events[3];
    EXPECT_TRUE(embedding.isError);
    EXPECT_EQ(embedding.error, "Error occurred (details not available)");

    const ReadResult again = readShape("export_trace_copy.json");
    for (std::size_t i = 0; i < read.events.size(); ++i) {
        EXPECT_EQ(again.events[i].uuid, read.events[i].uuid);
        EXPECT_EQ(again.events[i].raw, read.events[i].raw);
    }
}

TEST(Shapes, ACopiedTraceMayBeDeep)
{
    std::string tree = R"({"trace_id":"t","timestamp":"2026-11-23T10:01:02Z","events":[)";
    constexpr int kDepth = 1000;
    for (int i = 0; i < kDepth; ++i)
        tree += R"({"type":"span","children":[)";
    for (int i = 0; i < kDepth; ++i)
        tree += "]}";
    const ReadResult read = readText(tree + "]}");
    EXPECT_EQ(read.rejectTexts(), "");
    EXPECT_EQ(read.events.size(), kDepth + 1u);
}

TEST(Shapes, CaptureBodies)
{
    const ReadResult migration = readShape("capture_historical_migration_batch.json");
    EXPECT_EQ(migration.names(), "$ai_generation");
    ASSERT_EQ(migration.events.size(), 1u);
    EXPECT_EQ(migration.events[0].distinctId, "user_17");

    const ReadResult recorded = readShape("wire_node_openai_wrapper_batch.json");
    EXPECT_EQ(recorded.names(), "$feature_flag_called $ai_generation");
    const ReadResult v1 = readShape("wire_node_capture_v1.json");
    EXPECT_EQ(v1.names(), "v1 ev");
}

TEST(Shapes, ABodyLongerThanAnyBufferIsReadInPieces)
{
    std::string body = R"({"api_key":"phc_x","historical_migration":true,"batch":[)";
    constexpr int kEvents = 5000;
    for (int i = 0; i < kEvents; ++i)
        body += (i > 0 ? "," : "") + eventJson("e" + std::to_string(i), 1000);
    const ReadResult read = readText(body + R"(],"sent_at":"2025-06-02T10:00:01Z"})");
    EXPECT_EQ(read.rejectTexts(), "");
    ASSERT_EQ(read.events.size(), static_cast<std::size_t>(kEvents));
    EXPECT_EQ(read.events[0].context, R"({"sent_at":"2025-06-02T10:00:01+00:00"})");
    EXPECT_EQ(read.events[0].raw, eventJson("e0", 1000));

    const ReadResult cut = readText(body);
    EXPECT_EQ(cut.events.size(), static_cast<std::size_t>(kEvents));
    EXPECT_EQ(cut.rejectTexts(), "5000: the list ends early: no “]”\n");
}

TEST(Shapes, AMultipartAiEvent)
{
    const ReadResult read = readShape("capture_ai_multipart.http");
    expectExampleEvent(read);
    ASSERT_EQ(read.events.size(), 1u);
    EXPECT_EQ(
        read.events[0].raw,
        R"({"uuid":"0192f5c1-7a10-7b3e-9d52-3c1f0a9be001","event":"$ai_generation","distinct_id":"user_17","timestamp":"2026-11-23T10:01:05.004Z","sent_at":"2026-11-23T10:01:06Z","properties":{"$ai_trace_id":"trace-42","$ai_model":"claude-sonnet-4-5","$ai_provider":"anthropic","$ai_input_tokens":1200,"$ai_output_tokens":310,"$ai_latency":2.413,"$ai_input":[{"role":"user","content":"hi"}],"$ai_output_choices":[{"role":"assistant","content":"hello"}]}})");
}

TEST(Shapes, BlobsOfAMultipartEventAreNeverLost)
{
    const std::string body = "--b\r\nContent-Disposition: form-data; name=\"event\"\r\n\r\n"
                             "{\"uuid\":\"u\",\"event\":\"$ai_span\",\"timestamp\":1795428065}\r\n"
                             "--b\r\nContent-Disposition: form-data; name=\"event.properties.text\"\r\n"
                             "Content-Type: text/plain; charset=utf-8\r\n\r\nline one\r\nline \"two\"\r\n"
                             "--b\r\nContent-Disposition: form-data; name=\"event.properties.packed\"\r\n"
                             "Content-Type: application/json\r\nContent-Encoding: gzip\r\n\r\n" +
                             compressed(R"({"a":1})") +
                             "\r\n--b\r\nContent-Disposition: form-data; name=\"event.properties.bytes\"\r\n"
                             "Content-Type: application/octet-stream\r\n\r\n\xff\x01\r\n--b--\r\n";
    const auto text = decodedBody({body, {}, {}});
    ASSERT_TRUE(text) << text.error().message.toStdString();
    EXPECT_EQ(text->json, R"({"uuid":"u","event":"$ai_span","timestamp":1795428065,"properties":{)"
                          R"("text":"line one\u000d\u000aline \"two\"","packed":{"a":1},)"
                          R"("bytes":"data:application/octet-stream;base64,/wE="}})");
    EXPECT_FALSE(decodedBody({body.substr(0, body.size() - 10), {}, {}})) << "cut off";
}

TEST(Shapes, BrowserForms)
{
    const std::string json =
        R"({"event":"$ai_feedback","timestamp":"2026-11-23T10:00:00Z","properties":{"distinct_id":"u"}})";
    const QByteArray base64 = QByteArray::fromStdString(json).toBase64().toPercentEncoding();
    EXPECT_EQ(readText("data=" + base64.toStdString()).names(), "$ai_feedback");
    EXPECT_EQ(readText("compression=base64&data=" + base64.toStdString()).names(), "$ai_feedback");
    EXPECT_EQ(readText("GET /e/?data=" + base64.toStdString() + " HTTP/1.1\r\nHost: x\r\n\r\n").names(),
              "$ai_feedback");
    EXPECT_EQ(readText("data=N4IgpgbghgTg").rejects.size(), 1u) << "LZ-String";
}

TEST(Shapes, JsonThatMentionsAFormIsNone)
{
    const std::string event =
        R"({"event":"e","timestamp":1795428065,"distinct_id":"https://x/?a=1&data=b","properties":{}})";
    EXPECT_EQ(readText(event + "\n" + event + "\n").names(), "e e");
}

TEST(Shapes, RecordedRequestsGiveTheEventsOfTheirBodies)
{
    const std::string body =
        R"({"batch":[{"event":"a","timestamp":"2026-11-23T10:00:00Z"}],"sent_at":"2026-11-23T10:00:02Z"})";
    const std::string base64 = QByteArray::fromStdString(compressed(body)).toBase64().toStdString();
    const ReadResult read = readText(
        R"({"received_at":"2026-11-23T10:00:05Z","method":"POST","path":"/batch/","headers":{"content-encoding":"gzip"},"body_base64":")" +
        base64 + "\"}\n" + R"({"method":"POST","path":"/flags/?v=2","json":{"token":"x"}})" + "\n" +
        R"({"method":"POST","path":"/e/?_=1795428002000","body":)" +
        quotedText(R"([{"event":"b","properties":{"distinct_id":"u"},"offset":1000}])") + "}\n");
    EXPECT_EQ(read.rejectTexts(), "");
    ASSERT_EQ(read.names(), "a b");
    EXPECT_EQ(read.events[0].timestamp, at("2026-11-23T10:00:03Z")) << "three seconds were lost on the way";
    EXPECT_EQ(read.events[1].timestamp, at("2026-11-23T10:00:01Z"));
}

} // namespace
} // namespace genscope

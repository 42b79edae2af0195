// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Exports of other products are called by their name, not judged as events without one.
#include "ingest/foreignproduct.h"

#include "dumptesting.h"

#include <gtest/gtest.h>

namespace genscope {
namespace {

/// What is said of a dump that holds no events.
std::string said(std::string_view dump)
{
    const DumpFolder folder;
    const ReadResult read = readAll({folder.write(QStringLiteral("dump"), dump)});
    EXPECT_TRUE(read.events.empty());
    std::string text = read.rejectTexts();
    for (const QString &file : read.summary.unreadable)
        text += file.mid(file.indexOf(u": ") + 2).toStdString() + '\n';
    return text;
}

std::string refused(const std::string &product)
{
    return "this looks like a " + product +
           " export; Genscope reads PostHog events (batch exports, answers of the API, requests of SDKs) and "
           "OpenTelemetry traces\n";
}

TEST(ForeignProduct, RecordsOfOtherProductsAreCalledByName)
{
    EXPECT_EQ(said(R"({"id":"o","trace_id":"t","type":"GENERATION","provided_model_name":"gpt-4o"})"),
              "1: " + refused("Langfuse"));
    EXPECT_EQ(said(R"({"id":"t","timestamp":"2026-11-23T10:01:05Z","htmlPath":"/p","observations":[]})"),
              "1: " + refused("Langfuse"));
    EXPECT_EQ(said(R"({"request_id":"q","request_created_at":"2026-11-23T10:01:05Z","response_body":{}})"),
              "1: " + refused("Helicone"));
    EXPECT_EQ(said(R"({"request_id":"c","call_type":"acompletion","api_key":"k","spend":0.0004})"),
              "1: " + refused("LiteLLM"));
}

TEST(ForeignProduct, ARunOfLangSmithIsOneRejectHoweverManyEventsItHolds)
{
    EXPECT_EQ(
        said(
            R"({"id":"r","run_type":"llm","trace_id":"t","inputs":{},"events":[{"name":"start"},{"name":"end"}]})"),
        "1: " + refused("LangSmith"));
}

TEST(ForeignProduct, PagesAreToldByWhatTheyHold)
{
    EXPECT_EQ(said("{\n\"data\":[{\"id\":\"o\",\"traceId\":\"t\",\"startTime\":\"2026-11-23\",\"type\":"
                   "\"GENERATION\"}],\n"
                   "\"meta\":{\"page\":1}}"),
              "1: " + refused("Langfuse"));
    EXPECT_EQ(
        said(R"({"object":"page","data":[{"object":"bucket","start_time":1,"end_time":2,"results":[]}]})"),
        "1: " + refused("OpenAI usage"));
}

TEST(ForeignProduct, TablesAreToldByTheirColumns)
{
    EXPECT_EQ(said("start_time,end_time,num_model_requests,model,input_tokens\n1,2,5,gpt-4o,1000\n"),
              refused("OpenAI usage"));
    EXPECT_EQ(said("context.span_id,name,context.trace_id\na,ChatCompletion,b\n"), refused("Arize Phoenix"));
}

TEST(ForeignProduct, AnEventThatQuotesOneIsAnEvent)
{
    const DumpFolder folder;
    const ReadResult read = readAll({folder.write(
        QStringLiteral("dump"),
        R"({"event":"$ai_span","timestamp":"2026-11-23T10:01:05Z","distinct_id":"a","run_type":"llm","trace_id":"t","properties":{}})")});
    EXPECT_EQ(read.names(), "$ai_span") << read.rejectTexts();
}

} // namespace
} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/eventtesting.h"

using namespace genscope;

namespace {

/// An event with these members besides its name.
std::string event(const std::string &members)
{
    return R"({"event":"e",)" + members + "}";
}

TEST(EventTime, ReadsEveryFormOfATimestamp)
{
    struct Case
    {
        const char *json;
        const char *iso;
    };
    const Case cases[] = {
        {R"("2025-06-02T10:11:12.123456+00:00")", "2025-06-02T10:11:12.123456+00:00"},
        {R"("2025-06-02T10:11:12.5Z")", "2025-06-02T10:11:12.500+00:00"},
        {R"("2025-06-02T12:11:12+02:00")", "2025-06-02T10:11:12+00:00"},
        {R"("2025-06-02T10:11:12")", "2025-06-02T10:11:12+00:00"},
        {R"("2025-06-02 10:11:12.123")", "2025-06-02T10:11:12.123+00:00"},
        {R"("2026-11-23 10:01:05.004000 UTC")", "2026-11-23T10:01:05.004+00:00"},
        {R"("2025-06-02")", "2025-06-02T00:00:00+00:00"},
        {"1748859072", "2025-06-02T10:11:12+00:00"},
        {"1748859072.25", "2025-06-02T10:11:12.250+00:00"},
        {"1748859072123", "2025-06-02T10:11:12.123+00:00"},
        {R"("1748859072123")", "2025-06-02T10:11:12.123+00:00"},
        {"0", "1970-01-01T00:00:00+00:00"},
        {R"("2025-06-02t10:11:12.123456789z")", "2025-06-02T10:11:12.123456+00:00"},
        {R"("2025-06-02T10:11")", "2025-06-02T10:11:00+00:00"},
        {R"("2025-06-02T15:41+0530")", "2025-06-02T10:11:00+00:00"},
        {R"("2025-06-02 06:41:12,25 -03:30")", "2025-06-02T10:11:12.250+00:00"},
        {R"("2025-06-02 10:11:12.004+00")", "2025-06-02T10:11:12.004+00:00"},
        {R"("2025-06-02 10:11:12.123456")", "2025-06-02T10:11:12.123456+00:00"},
        {"1748859072123457", "2025-06-02T10:11:12.123457+00:00"},
        {"1748859072123457999", "2025-06-02T10:11:12.123457+00:00"},
        {R"("1748859072123457001")", "2025-06-02T10:11:12.123457+00:00"},
        {R"("1748859072.123457")", "2025-06-02T10:11:12.123457+00:00"},
    };
    for (const auto &[json, iso] : cases)
        EXPECT_EQ(isoTime(parsed(event(std::string(R"("timestamp":)") + json)).timestamp), iso) << json;
}

TEST(EventTime, FilesKeepTheClientsTimestamp)
{
    const CaptureEnvelope envelope{at("2025-06-02T11:00:00Z"), std::nullopt};
    EXPECT_EQ(parsed(event(R"("timestamp":"2025-06-02T10:00:00Z")"), envelope).timestamp,
              at("2025-06-02T10:00:00Z"));
}

TEST(EventTime, AReceivedEventIsCorrectedByTheClientsSkew)
{
    // The client's clock is an hour ahead: it says 11:00:05 when it is 10:00:05.
    const CaptureEnvelope envelope{at("2025-06-02T11:00:05Z"), at("2025-06-02T10:00:05Z")};
    EXPECT_EQ(parsed(event(R"("timestamp":"2025-06-02T11:00:00Z")"), envelope).timestamp,
              at("2025-06-02T10:00:00Z"));
}

TEST(EventTime, SkewIsLeftAloneWhereTheEventSaysSo)
{
    const CaptureEnvelope envelope{at("2025-06-02T11:00:05Z"), at("2025-06-02T10:00:05Z")};
    for (const char *members :
         {R"("properties":{"$ignore_sent_at":true})", R"("options":{"disable_skew_correction":true})"})
        EXPECT_EQ(parsed(event(std::string(R"("timestamp":"2025-06-02T11:00:00Z",)") + members), envelope)
                      .timestamp,
                  at("2025-06-02T11:00:00Z"))
            << members;
}

TEST(EventTime, AnEventFarInTheFutureHappenedWhenItArrived)
{
    const CaptureEnvelope envelope{std::nullopt, at("2025-06-02T10:00:00Z")};
    EXPECT_EQ(parsed(event(R"("timestamp":"2025-06-03T10:00:00Z")"), envelope).timestamp,
              at("2025-06-02T10:00:00Z"));
    EXPECT_EQ(parsed(event(R"("timestamp":"2025-06-02T22:00:00Z")"), envelope).timestamp,
              at("2025-06-02T22:00:00Z"));
}

TEST(EventTime, WithoutTimestampTheOffsetCountsFromTheSending)
{
    const CaptureEnvelope envelope{at("2025-06-02T10:00:05Z"), std::nullopt};
    EXPECT_EQ(parsed(event(R"("offset":1834)"), envelope).timestamp, at("2025-06-02T10:00:03.166Z"));
    EXPECT_EQ(parsed(event(R"("offset":"1834")"), envelope).timestamp, at("2025-06-02T10:00:03.166Z"));
    EXPECT_EQ(parsed(event(R"("properties":{})"), envelope).timestamp, at("2025-06-02T10:00:05Z"));
    EXPECT_EQ(rejectReason(event(R"("offset":1834)")), "no timestamp") << "nothing to count from";
}

TEST(EventTime, AnOffsetThatMakesNoSenseIsIgnored)
{
    const CaptureEnvelope envelope{at("2025-06-02T10:00:05Z"), std::nullopt};
    for (const char *offset : {"-5", "1e400", "99999999999999999999", "\"x\"", "null"})
        EXPECT_EQ(parsed(event(std::string(R"("offset":)") + offset), envelope).timestamp,
                  at("2025-06-02T10:00:05Z"))
            << offset;
}

TEST(EventTime, WhatTheEnvelopeSaysIsKeptBesideTheEvent)
{
    const CaptureEnvelope envelope{at("2025-06-02T11:00:05Z"), at("2025-06-02T10:00:05.25Z")};
    const Event first = parsed(event(R"("offset":1000)"), envelope);
    EXPECT_EQ(first.context,
              R"({"sent_at":"2025-06-02T11:00:05+00:00","received_at":"2025-06-02T10:00:05.250+00:00"})");
    const auto again = EventParser().parseStored(first.raw, first.context);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->timestamp, first.timestamp);
    EXPECT_EQ(again->uuid, first.uuid);
    EXPECT_EQ(again->context, first.context);
}

TEST(EventTime, EqualBytesInTwoBodiesAreTwoEvents)
{
    const std::string ping = event(R"("offset":5)");
    EXPECT_NE(parsed(ping, {at("2025-06-02T10:00:00Z"), {}}).uuid,
              parsed(ping, {at("2025-06-02T11:00:00Z"), {}}).uuid);
}

} // namespace

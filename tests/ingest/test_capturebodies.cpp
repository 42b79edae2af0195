// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/capturerequest.h"

#include "compressing.h"
#include "dumptesting.h"
#include "ingest/decompress.h"
#include "ingest/lzstring.h"

#include <QByteArray>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace genscope {
namespace {

using testing::HasSubstr;

const std::string kJson = R"({"batch":[{"event":"$ai_span","timestamp":"2026-11-23T10:00:00Z"}]})";

std::string jsonOf(const std::string &bytes, CaptureRoute route = CaptureRoute::Events)
{
    const auto body = decodedBody({bytes, route, {}});
    return body ? body->json : "refused: " + body.error().message.toStdString();
}

TEST(CaptureBodies, EveryCompressionIsToldFromTheBytes)
{
    EXPECT_EQ(jsonOf(kJson), kJson);
    EXPECT_EQ(jsonOf(compressed(kJson)), kJson) << "gzip";
    EXPECT_EQ(jsonOf(compressed(kJson, MAX_WBITS)), kJson) << "deflate";
    EXPECT_EQ(jsonOf(zstdFrame(kJson)), kJson) << "zstd";
    EXPECT_EQ(jsonOf(brotli(kJson)), kJson) << "brotli";
}

TEST(CaptureBodies, DamagedOnesAreRefused)
{
    const std::string gzip = compressed(kJson);
    EXPECT_THAT(jsonOf(gzip.substr(0, gzip.size() - 9)), HasSubstr("a body that cannot be decompressed"));
    EXPECT_THAT(jsonOf(compressed(gzip)), HasSubstr("compressed twice"));
}

TEST(CaptureBodies, WhatTheyDecompressToIsBounded)
{
    const std::string bomb = compressed(std::string(32 << 20, ' '));
    ASSERT_LT(bomb.size(), 1u << 20);
    const auto body = decodedBody({bomb, CaptureRoute::Events, {}}, 1 << 20);
    ASSERT_FALSE(body);
    EXPECT_EQ(body.error().kind, Error::Kind::Io);
    EXPECT_THAT(body.error().message.toStdString(), HasSubstr("it holds more than 1 MB"));
    EXPECT_TRUE(decompressedText(bomb, 64 << 20));
}

TEST(CaptureBodies, FormsOfOldBrowsers)
{
    const auto form = [](const std::string &bytes) {
        return "data=" + QByteArray::fromStdString(bytes).toBase64().toPercentEncoding().toStdString();
    };
    EXPECT_EQ(jsonOf(form(kJson)), kJson);
    EXPECT_EQ(jsonOf(form(compressed(kJson))), kJson);
    EXPECT_THAT(jsonOf("data=nonsense"), HasSubstr("refused"));
}

// Made by lz-string 1.5.0: compressToBase64().
constexpr const char *kLz64 =
    "N4IgpgbmB2AuIC4QBICGBLA+gMzGAJgEaoDGA1iADQizoC2YAzrKnQA6IgBMADFwGwBaAIzDBXAMwAVYTwQ85CgFpUQbAE4B7NmHW0mi"
    "UPnTN00ErEzp8nAK6rYYAB7wkAH+gB7kpvxgABIDI5P6Ap6aANOaAeVH+qDGxcfEJ8f6EKakp0Ymxqk6csAAWAQCOtujkyVoA7tD+"
    "2JpO"
    "/vlFJWWEldW19Y3+xaVk5ZpVNXUNBd3Nfa0D7cNdPS1tQ/UgAL7LQA=";
const std::string kLzText =
    R"({"event":"$ai_feedback","timestamp":"2026-11-23T10:00:00Z","properties":{"distinct_id":"u","text":"ünïcode ✓ 日本語 aaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbb aaaaaaaaaaa","x":"the quick brown fox the quick brown fox the quick brown fox the quick brown fox the quick brown fox "}})";

TEST(CaptureBodies, LzStringOfVeryOldBrowsers)
{
    EXPECT_EQ(textOfLz64(kLz64, 1 << 20), kLzText);
    EXPECT_EQ(jsonOf("compression=lz64&data=" + QByteArray(kLz64).toPercentEncoding().toStdString()),
              kLzText);
    for (std::size_t cut = 0; cut < std::string_view(kLz64).size(); cut += 7)
        EXPECT_NE(textOfLz64(std::string_view(kLz64).substr(0, cut), 1 << 20), kLzText);
    EXPECT_EQ(textOfLz64(kLz64, 100), std::nullopt) << "too much";
    EXPECT_EQ(textOfLz64("?", 100), std::nullopt);
    EXPECT_EQ(textOfLz64("", 100), std::nullopt);
}

TEST(CaptureBodies, RoutesAreToldFromThePath)
{
    const std::pair<const char *, CaptureRoute> routes[] = {
        {"/batch/", CaptureRoute::Events},
        {"/batch", CaptureRoute::Events},
        {"/e/?ip=0&_=1795428002000", CaptureRoute::Events},
        {"/i/v0/e", CaptureRoute::Events},
        {"/capture/", CaptureRoute::Events},
        {"/engage/", CaptureRoute::Events},
        {"/i/v0/ai/batch/", CaptureRoute::AiEvents},
        {"/i/v0/ai", CaptureRoute::Multipart},
        {"/i/v0/ai/otel", CaptureRoute::Otlp},
        {"/i/v0/ai/otel/v1/traces", CaptureRoute::Otlp},
        {"/i/v1/analytics/events", CaptureRoute::V1},
        {"/behind/a/proxy/batch/", CaptureRoute::Events},
        {"/flags/?v=2", CaptureRoute::None},
        {"/", CaptureRoute::None},
    };
    for (const auto &[path, route] : routes)
        EXPECT_EQ(captureRouteOf(path), route) << path;
}

TEST(CaptureBodies, TheSdkOfAV1RequestIsTheLibraryOfItsEvents)
{
    EventParser parser;
    const auto event = parser.parse(R"({"event":"chat_opened","timestamp":"2026-11-23T10:00:00Z"})",
                                    {{}, {}, "posthog-node/5.70.0"});
    ASSERT_TRUE(event);
    EXPECT_EQ(event->lib, "posthog-node");
    EXPECT_EQ(event->context, R"({"sdk":"posthog-node/5.70.0"})");
    EXPECT_EQ(parser.parseStored(event->raw, event->context)->lib, "posthog-node") << "also after a rebuild";
}

} // namespace
} // namespace genscope

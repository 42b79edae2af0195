// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The capture endpoint as SDKs meet it: over real sockets, with a real store behind it.

#include "ingest/eventtime.h"
#include "store/storefixture.h"
#include "store/verify.h"
#include "store/writelock.h"
#include "support/testpaths.h"
#include "sync/captureserver.h"
#include "sync/rawclient.h"

#include <QFile>
#include <QTemporaryDir>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <zlib.h>
#include <zstd.h>

#include <atomic>
#include <thread>

namespace genscope {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char *kV1Headers = "Authorization: Bearer phc_x\r\nPostHog-Sdk-Info: posthog-node/5.70.0\r\n"
                                   "PostHog-Attempt: 1\r\nPostHog-Request-Id: 01a209d4\r\n"
                                   "PostHog-Request-Timestamp: 2026-11-23T19:14:28.137Z\r\n";

std::string eventText(int number, const char *name = "$ai_generation")
{
    return R"({"event":")" + std::string(name) + R"(","uuid":")" + uuidText(number) +
           R"(","distinct_id":"ada","timestamp":"2026-11-23T10:00:00Z","properties":{"$ai_model":"gpt-4o"}})";
}

QByteArray batchOf(const std::vector<std::string> &events)
{
    std::string list;
    for (const std::string &event : events)
        list += (list.empty() ? "" : ",") + event;
    return QByteArray::fromStdString(R"({"api_key":"phc_x","batch":[)" + list + "]}");
}

QByteArray gzip(const QByteArray &bytes)
{
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    QByteArray input = bytes;
    QByteArray out(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(bytes.size()))), '\0');
    stream.next_in = reinterpret_cast<Bytef *>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return out;
}

class Capture : public StoreTest
{
protected:
    void start(CaptureServer::Options options = {})
    {
        options.port = 0;
        auto server = CaptureServer::start(store(), options, {});
        ASSERT_TRUE(server) << server.error().message.toStdString();
        m_server = std::move(*server);
        m_port = static_cast<quint16>(m_server->address().section(QLatin1Char(':'), -1).toUShort());
    }
    RawAnswer ask(const QByteArray &request) const { return RawClient(m_port).ask(request); }
    RawAnswer post(const QByteArray &path, const QByteArray &body, const QByteArray &headers = {}) const
    {
        return ask(postOf(path, body, headers));
    }
    RawAnswer get(const QByteArray &path, const QByteArray &headers = {}) const
    {
        return ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    }
    std::int64_t stored() const { return numberFrom(store(), "SELECT count(*) FROM event"); }
    std::string lastTrouble() const
    {
        const CaptureStatus status = m_server->status();
        return status.troubles.empty() ? "" : status.troubles.back().reason.toStdString();
    }

    std::unique_ptr<CaptureServer> m_server;
    quint16 m_port = 0;
};

// --- Routes

TEST_F(Capture, EveryRouteOfEventsAnswersAsSdksExpectAndOnlyOnceTheyAreStored)
{
    start();
    int number = 0;
    for (const char *path : {"/batch/", "/batch", "/capture/", "/e/", "/e/?ip=0&_=1795428002000", "/i/v0/e/",
                             "/track/", "/engage/", "/i/v0/ai/batch/"}) {
        const RawAnswer answer = post(path, batchOf({eventText(++number)}));
        EXPECT_EQ(answer.status, 200) << path << answer.body.constData();
        EXPECT_EQ(answer.body, R"({"status":"Ok"})") << path;
        EXPECT_EQ(answer.header("content-type"), "application/json");
        EXPECT_EQ(stored(), number) << "read by another program, right behind the answer to " << path;
    }
    EXPECT_EQ(post("/e/", QByteArray::fromStdString(eventText(++number))).status, 200) << "a lone event";
    EXPECT_EQ(post("/e/", QByteArray::fromStdString("[" + eventText(++number) + "]")).status, 200);
    EXPECT_EQ(stored(), number);
}

TEST_F(Capture, TheV1RouteAnswersForEachEvent)
{
    start();
    const std::string bad = R"({"event":"$ai_span","uuid":")" + uuidText(2) + R"(","timestamp":"nonsense"})";
    const RawAnswer answer = post("/i/v1/analytics/events", batchOf({eventText(1), bad}), kV1Headers);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body.toStdString(), R"({"results":{")" + uuidText(1) + R"(":{"result":"ok"},")" +
                                             uuidText(2) +
                                             R"(":{"result":"drop","details":"the timestamp “nonsense” )"
                                             R"(cannot be read"}}})");
    EXPECT_EQ(stored(), 1);

    const RawAnswer without = post("/i/v1/analytics/events", batchOf({eventText(3)}));
    EXPECT_EQ(without.status, 400);
    EXPECT_THAT(without.body.toStdString(), StartsWith(R"({"error":"missing_required_headers")"));
    const RawAnswer empty = post("/i/v1/analytics/events", batchOf({}), kV1Headers);
    EXPECT_THAT(empty.body.toStdString(), StartsWith(R"({"error":"empty_batch")"));
}

TEST_F(Capture, AMultipartEventIsAnsweredWithItsParts)
{
    start();
    const QByteArray event = R"({"uuid":"0192f5c1-7a10-7b3e-9d52-3c1f0a9be001","event":"$ai_generation",)"
                             R"("distinct_id":"u","timestamp":"2026-11-23T10:01:05.004Z"})";
    const QByteArray body = "--b1\r\nContent-Disposition: form-data; name=\"event\"\r\n"
                            "Content-Type: application/json\r\n\r\n" +
                            event +
                            "\r\n--b1\r\nContent-Disposition: form-data; "
                            "name=\"event.properties.$ai_input\"\r\nContent-Type: application/json\r\n\r\n"
                            "[1]\r\n--b1--\r\n";
    const RawAnswer answer = post("/i/v0/ai", body);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body.toStdString(),
              R"({"accepted_parts":[{"name":"event","length":)" + std::to_string(event.size()) +
                  R"(,"content-type":"application/json","content-encoding":null},)"
                  R"({"name":"event.properties.$ai_input","length":3,)"
                  R"("content-type":"application/json","content-encoding":null}]})");
    EXPECT_EQ(stored(), 1);
    EXPECT_EQ(post("/i/v0/ai", body.left(body.size() - 10)).status, 400);
}

TEST_F(Capture, TracesOfOpenTelemetry)
{
    start();
    QFile file(test::testData(QLatin1String("ingest/otlp/otlp_genai_new.json")));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray body = file.readAll();
    const RawAnswer answer = post("/i/v0/ai/otel", body);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "{}");
    EXPECT_EQ(post("/i/v0/ai/otel", gzip(body)).status, 200) << "the same again";
    EXPECT_EQ(stored(), 1);
    EXPECT_EQ(post("/i/v0/ai/otel", "\n\xff").status, 400);
}

TEST_F(Capture, WhatSdksAskForWhileTheyStart)
{
    start();
    EXPECT_THAT(post("/flags/?v=2", R"({"token":"phc_x","distinct_id":"u"})").body.toStdString(),
                StartsWith(R"({"flags":{},"errorsWhileComputingFlags":false)"));
    EXPECT_THAT(post("/decide/?v=3", "{}").body.toStdString(), StartsWith(R"({"featureFlags":{})"));
    EXPECT_EQ(get("/flags/definitions?token=x").body, R"({"flags":[],"group_type_mapping":{},"cohorts":{}})");
    EXPECT_EQ(get("/api/feature_flag/local_evaluation/?token=x").status, 200);
    EXPECT_THAT(get("/array/phc_x/config").body.toStdString(),
                testing::AllOf(StartsWith(R"({"token":"phc_x")"), HasSubstr(R"("hasFeatureFlags":false)")));
    EXPECT_THAT(get("/array/phc_x/config.js").body.toStdString(), StartsWith("(function(){window."));
    EXPECT_EQ(get("/array/x\");alert(1)/config.js").status, 404) << "no script of a stranger's";
    for (const char *path : {"/", "/_readiness", "/_liveness"})
        EXPECT_EQ(get(path).status, 200) << path;
    EXPECT_EQ(post("/s/", "[]").status, 200);
    EXPECT_EQ(get("/static/recorder.js").status, 404);
    EXPECT_EQ(ask("DELETE /batch/ HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 405);
    EXPECT_EQ(m_server->status().refused, 1) << "only that";
}

TEST_F(Capture, EveryCompression)
{
    start();
    EXPECT_EQ(post("/batch/", gzip(batchOf({eventText(1)})), "Content-Encoding: gzip\r\n").status, 200);
    EXPECT_EQ(post("/e/", gzip(batchOf({eventText(2)})), "Content-Type: text/plain\r\n").status, 200)
        << "told from the bytes";
    const QByteArray plain = batchOf({eventText(3)});
    QByteArray zstd(static_cast<qsizetype>(ZSTD_compressBound(static_cast<std::size_t>(plain.size()))), '\0');
    zstd.resize(
        static_cast<qsizetype>(ZSTD_compress(zstd.data(), static_cast<std::size_t>(zstd.size()), plain.data(),
                                             static_cast<std::size_t>(plain.size()), 3)));
    EXPECT_EQ(
        post("/i/v1/analytics/events", zstd, QByteArray(kV1Headers) + "Content-Encoding: zstd\r\n").status,
        200);
    const QByteArray form = "data=" + batchOf({eventText(4)}).toBase64().toPercentEncoding();
    EXPECT_EQ(post("/e/?compression=base64", form).status, 200);
    const QByteArray data = QByteArray::fromStdString(eventText(5)).toBase64().toPercentEncoding();
    EXPECT_EQ(get("/e/?data=" + data).status, 200) << "as pictures do";
    EXPECT_EQ(stored(), 5);
}

// --- The same event, however it came

/// A recorded request, byte for byte, but for the port.
struct Recorded
{
    QByteArray bytes;
    std::optional<Timestamp> receivedAt;
};

std::vector<Recorded> recordedRequests(const QString &path)
{
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    std::vector<Recorded> requests;
    while (!file.atEnd()) {
        const std::string line = file.readLine().trimmed().toStdString();
        const json::Value object{std::string_view(line)};
        const QByteArray body =
            QByteArray::fromBase64(QByteArray::fromStdString(json::member(object, "body_base64").text()));
        QByteArray head = QByteArray::fromStdString(json::member(object, "method").text() + ' ' +
                                                    json::member(object, "path").text() + " HTTP/1.1\r\n");
        bool isChunked = false;
        bool isName = true;
        for (json::ElementReader reader(json::member(object, "raw_headers")); reader.next();
             isName = !isName) {
            const std::string text = reader.value().text();
            isChunked = isChunked || (!isName && text == "chunked");
            head += QByteArray::fromStdString(text) + (isName ? ": " : "\r\n");
        }
        head += "\r\n";
        if (isChunked)
            head += QByteArray::number(body.size(), 16) + "\r\n" + body + "\r\n0\r\n\r\n";
        else
            head += body;
        requests.push_back({head, timeOf(json::member(object, "received_at"))});
    }
    return requests;
}

TEST_F(Capture, RealSdkRequestsGiveTheStoreThatTheirFileGives)
{
    const QString file = test::testData(QLatin1String("sync/sdk_requests.jsonl"));
    const auto requests = recordedRequests(file);
    ASSERT_GT(requests.size(), 15u);
    std::atomic<std::int64_t> clock{0};
    CaptureServer::Options options;
    options.now = [&clock] { return Timestamp{clock}; };
    start(options);
    RawClient client(m_port); // one connection, as SDKs keep theirs
    for (const Recorded &request : requests) {
        clock = request.receivedAt->us;
        const RawAnswer answer = client.ask(request.bytes);
        EXPECT_EQ(answer.status, 200) << request.bytes.left(200).constData() << answer.body.constData();
    }
    m_server->stop();
    const auto report = importDumps(path(QStringLiteral("file.genscope")), {file}, {}, {});
    ASSERT_TRUE(report) << report.error().message.toStdString();
    EXPECT_GT(report->newEvents, 50);
    EXPECT_EQ(contentsOf(store()), contentsOf(path(QStringLiteral("file.genscope"))));
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM source WHERE kind = 'capture'"), 1);
}

TEST_F(Capture, ARetryChangesNothing)
{
    start();
    const QByteArray request = postOf("/batch/", batchOf({eventText(1), eventText(2)}));
    EXPECT_EQ(ask(request).status, 200);
    EXPECT_EQ(ask(request).status, 200);
    const CaptureStatus status = m_server->stop();
    EXPECT_EQ(status.report.newEvents, 2);
    EXPECT_EQ(status.report.duplicates, 2);
}

// --- Bad requests

TEST_F(Capture, GoodEventsOfABatchAreKeptAndBadOnesCounted)
{
    start();
    const RawAnswer answer = post("/batch/", batchOf({eventText(1), R"({"distinct_id":"x"})", eventText(2)}));
    EXPECT_EQ(answer.status, 200);
    const CaptureStatus status = m_server->stop();
    EXPECT_EQ(status.report.newEvents, 2);
    EXPECT_EQ(status.report.rejected, 1);
    ASSERT_EQ(status.report.rejects.size(), 1u);
    EXPECT_EQ(status.report.rejects[0].line, 2);
    EXPECT_EQ(numberFrom(store(), "SELECT rejected FROM source"), 1);
}

TEST_F(Capture, MalformedRequestsAreRefusedInWords)
{
    start();
    const auto refused = [this](const QByteArray &path, const QByteArray &body, int status,
                                const char *reason) {
        const RawAnswer answer = post(path, body);
        EXPECT_EQ(answer.status, status) << body.constData();
        EXPECT_THAT(answer.body.toStdString(), HasSubstr(reason));
        EXPECT_EQ(lastTrouble(), answer.body.toStdString());
    };
    refused("/batch/", "{\"batch\":[", 400, "failed to parse the request");
    refused("/batch/", "", 400, "the request has no body");
    refused("/batch/", R"({"batch":[]})", 400, "without events");
    refused("/batch/", R"({"api_key":"phx_secret","batch":[]})", 401, "API key is not valid");
    refused("/batch/", gzip("{}").left(12), 400,
            "cannot be decompressed: it is damaged or ends early; nothing of it was taken");
    refused("/i/v0/ai/batch/", batchOf({eventText(1), eventText(2, "$pageview")}), 400, "not an AI event");
    EXPECT_EQ(stored(), 0);
    EXPECT_EQ(m_server->status().refused, 6);
}

TEST_F(Capture, WhatIsNoHttpEndsTheConnection)
{
    start();
    EXPECT_EQ(ask("nonsense\r\n\r\n").status, 400);
    EXPECT_EQ(ask("\x16\x03\x01 this would be TLS\r\n\r\n").status, 400);
    EXPECT_EQ(ask("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + QByteArray(100'000, 'x') + "\r\n\r\n").status,
              431);
    EXPECT_EQ(get("/").status, 200);
}

TEST_F(Capture, TooMuchIsRefusedBeforeItIsHeld)
{
    CaptureServer::Options options;
    options.http.mostBody = 100'000;
    options.mostDecoded = 1 << 20;
    start(options);
    const QByteArray large = batchOf({eventText(1)}) + QByteArray(200'000, ' ');
    EXPECT_EQ(post("/batch/", large).status, 413) << "by its length";
    const QByteArray chunk = QByteArray::number(large.size(), 16) + "\r\n" + large + "\r\n0\r\n\r\n";
    EXPECT_EQ(
        ask("POST /batch/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk).status,
        413);
    const RawAnswer bomb = post("/batch/", gzip(QByteArray(32 << 20, ' ')));
    EXPECT_EQ(bomb.status, 413);
    EXPECT_THAT(bomb.body.toStdString(), HasSubstr("it holds more than 1 MB"));
    EXPECT_EQ(stored(), 0);
    EXPECT_EQ(post("/batch/", batchOf({eventText(1)})).status, 200);
}

TEST_F(Capture, ABodyInChunksAndOneThatIsAskedForFirst)
{
    start();
    const QByteArray body = batchOf({eventText(1)});
    const QByteArray chunks = "5\r\n" + body.left(5) + "\r\n" + QByteArray::number(body.size() - 5, 16) +
                              "\r\n" + body.mid(5) + "\r\n0\r\n\r\n";
    EXPECT_EQ(
        ask("POST /batch/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks).status,
        200);
    RawClient client(m_port);
    const QByteArray request = postOf("/batch/", batchOf({eventText(2)}), "Expect: 100-continue\r\n");
    const qsizetype head = request.indexOf("\r\n\r\n") + 4;
    client.write(request.left(head));
    EXPECT_EQ(client.answer().status, 100);
    client.write(request.mid(head));
    EXPECT_EQ(client.answer().status, 200);
    EXPECT_EQ(stored(), 2);
}

// --- Clients

TEST_F(Capture, SlowClientsAreLeftAndKeepNobodyWaiting)
{
    CaptureServer::Options options;
    options.http.headTime = std::chrono::milliseconds(300);
    options.http.bodyPause = std::chrono::milliseconds(300);
    start(options);
    RawClient silent(m_port);
    RawClient slowHead(m_port);
    slowHead.write("POST /batch/ HT");
    RawClient slowBody(m_port);
    slowBody.write(postOf("/batch/", batchOf({eventText(1)})).chopped(5));
    EXPECT_EQ(post("/batch/", batchOf({eventText(2)})).status, 200);
    for (RawClient *client : {&silent, &slowHead, &slowBody})
        EXPECT_TRUE(client->isClosedWithin(10'000));
    EXPECT_EQ(stored(), 1);
}

TEST_F(Capture, ClientsThatBreakOffLeaveNothing)
{
    start();
    for (int i = 0; i < 20; ++i) {
        RawClient client(m_port);
        client.write(postOf("/batch/", batchOf({eventText(1)})).chopped(i + 1));
        client.abort();
    }
    EXPECT_EQ(post("/batch/", batchOf({eventText(2)})).status, 200);
    EXPECT_EQ(stored(), 1);
}

TEST_F(Capture, ConnectionsAreBounded)
{
    CaptureServer::Options options;
    options.http.mostConnections = 4;
    start(options);
    std::vector<std::unique_ptr<RawClient>> waiting;
    for (int i = 0; i < 4; ++i) {
        waiting.push_back(std::make_unique<RawClient>(m_port));
        EXPECT_EQ(waiting.back()->ask(postOf("/batch/", batchOf({eventText(i)}))).status, 200);
    }
    EXPECT_EQ(post("/batch/", batchOf({eventText(9)})).status, 200) << "one that was idle made room";
    EXPECT_LE(m_server->status().connections, 4);
}

TEST_F(Capture, ManyClientsAtOnceLoseNothing)
{
    start();
    constexpr int kClients = 8;
    constexpr int kRequests = 25;
    std::atomic<int> answered{0};
    std::vector<std::thread> clients;
    for (int client = 0; client < kClients; ++client) {
        clients.emplace_back([this, client, &answered] {
            RawClient connection(m_port);
            for (int i = 0; i < kRequests; ++i) {
                const int number = (client * kRequests + i) * 2;
                const QByteArray body = batchOf({eventText(number), eventText(number + 1)});
                answered += connection.ask(postOf("/batch/", gzip(body))).status == 200;
            }
        });
    }
    for (std::thread &client : clients)
        client.join();
    EXPECT_EQ(answered, kClients * kRequests);
    EXPECT_EQ(stored(), kClients * kRequests * 2);
    m_server->stop();
    const auto verified = verifyStore(store(), {}, {});
    ASSERT_TRUE(verified);
    EXPECT_TRUE(verified->sound());
}

// --- Who may send

TEST_F(Capture, NoOtherPageInABrowserMaySend)
{
    start();
    const QByteArray body = batchOf({eventText(1)});
    EXPECT_EQ(post("/batch/", body, "Origin: https://evil.example\r\n").status, 403);
    EXPECT_EQ(post("/batch/", body, "Origin: http://localhost.evil.example\r\n").status, 403);
    EXPECT_EQ(post("/batch/", body, "Origin: null\r\n").status, 403);
    EXPECT_EQ(get("/e/?data=e30", "Sec-Fetch-Site: cross-site\r\n").status, 403) << "a picture on a page";
    // A name of a stranger's that was made to mean this machine.
    const RawAnswer rebound = ask(postOf("/batch/", body).replace("127.0.0.1:8765", "evil.example:8765"));
    EXPECT_EQ(rebound.status, 403);
    EXPECT_THAT(rebound.body.toStdString(), HasSubstr("“evil.example:8765” is not this machine"));
    EXPECT_EQ(stored(), 0);
    const RawAnswer refused =
        ask("OPTIONS /batch/ HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example"
            "\r\nAccess-Control-Request-Method: POST\r\n\r\n");
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.header("access-control-allow-origin"), "");
}

TEST_F(Capture, PagesOfThisMachineAndThoseThatAreNamedMaySend)
{
    CaptureServer::Options options;
    options.origins = {QStringLiteral("https://app.example.com")};
    start(options);
    for (const QByteArray origin : {"http://localhost:3000", "http://127.0.0.1:5173", "http://[::1]:8080",
                                    "http://app.localhost", "https://app.example.com"}) {
        const RawAnswer preflight =
            ask("OPTIONS /i/v1/analytics/events HTTP/1.1\r\nHost: localhost:8765\r\nOrigin: " + origin +
                "\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: "
                "authorization,posthog-sdk-info\r\n\r\n");
        EXPECT_EQ(preflight.status, 200);
        EXPECT_EQ(preflight.header("access-control-allow-origin"), origin);
        EXPECT_EQ(preflight.header("access-control-allow-headers"), "authorization,posthog-sdk-info");
        EXPECT_EQ(preflight.header("access-control-allow-methods"), "GET, POST, OPTIONS");
        const RawAnswer sent = post("/e/", batchOf({eventText(1)}), "Origin: " + origin + "\r\n");
        EXPECT_EQ(sent.status, 200) << origin.constData();
        EXPECT_EQ(sent.header("access-control-allow-origin"), origin);
        EXPECT_EQ(sent.header("access-control-allow-credentials"), "true");
    }
}

TEST_F(Capture, WithATokenOnlyItsHoldersMaySend)
{
    CaptureServer::Options options;
    options.token = QStringLiteral("phc_x");
    start(options);
    EXPECT_EQ(post("/batch/", batchOf({eventText(1)})).status, 200) << "around the batch";
    const QByteArray lone = QByteArray::fromStdString(eventText(2));
    EXPECT_EQ(post("/e/", lone).status, 401) << "none";
    EXPECT_EQ(post("/e/", lone, "Authorization: Bearer phc_x\r\n").status, 200);
    EXPECT_EQ(post("/e/", lone, "Authorization: Bearer phc_y\r\n").status, 401);
    EXPECT_EQ(post("/e/", R"([{"event":"$ai_span","timestamp":1,"properties":{"token":"phc_x"}}])").status,
              200);
    EXPECT_EQ(stored(), 3);
}

TEST_F(Capture, AnAddressThatOthersReachNeedsAToken)
{
    CaptureServer::Options options;
    options.host = QStringLiteral("0.0.0.0");
    const auto open = CaptureServer::start(store(), options, {});
    ASSERT_FALSE(open);
    EXPECT_EQ(open.error().kind, Error::Kind::Usage);
    options.token = QStringLiteral("phc_x");
    start(options);
    EXPECT_EQ(post("/batch/", batchOf({eventText(1)})).status, 200);
}

TEST_F(Capture, APortInUseIsNamed)
{
    start();
    CaptureServer::Options options;
    options.port = m_port;
    const auto second = CaptureServer::start(path(QStringLiteral("other.genscope")), options, {});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, Error::Kind::Io);
    EXPECT_THAT(second.error().message.toStdString(), HasSubstr("another program listens there"));
}

// --- The store

TEST_F(Capture, WhileAnotherProgramWritesSendersAreToldToTryAgain)
{
    CaptureServer::Options options;
    options.writer.patience = std::chrono::milliseconds(300);
    start(options);
    auto lock = lockForWriting(store(), {}, {});
    ASSERT_TRUE(lock);
    const RawAnswer answer = post("/batch/", batchOf({eventText(1)}));
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.header("retry-after"), "1");
    lock->reset();
    EXPECT_EQ(post("/batch/", batchOf({eventText(1)})).status, 200);
    EXPECT_EQ(stored(), 1);
}

TEST_F(Capture, AtRestTheStoreIsFreeAndTheSourceGoesOn)
{
    CaptureServer::Options options;
    options.writer.restAfter = std::chrono::milliseconds(50);
    start(options);
    for (int number = 1; number <= 3; ++number) {
        EXPECT_EQ(post("/batch/", batchOf({eventText(number)})).status, 200);
        const auto lock = lockForWriting(store(), {}, {}); // waits until it is free
        EXPECT_TRUE(lock);
    }
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM source"), 1);
    EXPECT_EQ(numberFrom(store(), "SELECT new_events FROM source WHERE finished_us IS NOT NULL"), 3);
}

TEST_F(Capture, StoppingCommitsWhatWasSent)
{
    start();
    std::thread sender([this] { post("/batch/", batchOf({eventText(1)})); });
    while (m_server->status().connections == 0 && m_server->status().requests == 0)
        std::this_thread::yield();
    m_server->stop();
    sender.join();
    EXPECT_EQ(m_server->status().report.newEvents, stored());
    QTcpSocket late;
    late.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
    EXPECT_FALSE(late.waitForConnected(2000)) << "over";
}

} // namespace
} // namespace genscope

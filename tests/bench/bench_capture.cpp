// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Sends batches as SDKs do to a running `genscope capture`, at a rate or as fast as it goes, and measures how
// long each waits for its answer:
//
//     bench_capture --port 8765 --rate 2000 --seconds 60 [--connections 8] [--batch 20] [--payload-bytes 600]
//
// --rate 0 sends as fast as answers come. Prints one JSON object; `genscope stats` tells whether all are
// there.

#include <QByteArray>
#include <QHostAddress>
#include <QStringList>
#include <QTcpSocket>
#include <QUuid>

#include <zlib.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Options
{
    int port = 8765;
    double rate = 2000; ///< events a second, over all connections
    double seconds = 60;
    int connections = 8;
    int batch = 20;
    int payloadBytes = 600;
};

std::string nowText()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    const std::time_t seconds = ms / 1000;
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char text[40];
    const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &utc);
    std::snprintf(text + length, sizeof text - length, ".%03dZ", static_cast<int>(ms % 1000));
    return text;
}

/// A generation as @posthog/ai sends it through posthog-node.
std::string eventText(std::uint32_t &random, int payloadBytes)
{
    static const char *const kModels[] = {"gpt-4o", "gpt-4o-mini", "claude-sonnet-4-5", "gemini-2.5-flash"};
    static const char *const kWords[] = {"invoice", "latency", "the",       "of",       "contract",
                                         "usage",   "please",  "summarise", "customer", "billing",
                                         "error",   "why",     "is",        "it"};
    const auto next = [&random] { return random = random * 1664525u + 1013904223u, random >> 8; };
    std::string prompt;
    while (prompt.size() < static_cast<std::size_t>(payloadBytes))
        prompt += std::string(kWords[next() % std::size(kWords)]) + ' ';
    const std::string number = std::to_string(next() % 5000);
    return R"({"event":"$ai_generation","properties":{"$ai_lib":"posthog-ai","$ai_lib_version":"8.13.1",)"
           R"("$ai_provider":"openai","$ai_model":")" +
           std::string(kModels[next() % std::size(kModels)]) +
           R"(","$ai_model_parameters":{"temperature":0.2},"$ai_input":[{"role":"user","content":")" +
           prompt + R"("}],"$ai_output_choices":[{"role":"assistant","content":")" +
           prompt.substr(0, prompt.size() / 3) + R"("}],"$ai_http_status":200,"$ai_input_tokens":)" +
           std::to_string(100 + next() % 4000) + R"(,"$ai_output_tokens":)" + std::to_string(next() % 800) +
           R"(,"$ai_latency":)" + std::to_string(0.2 + (next() % 4000) / 1000.0) + R"(,"$ai_trace_id":")" +
           QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString() +
           R"(","$ai_base_url":"https://api.openai.com/v1","feature":"chat","$groups":{"company":"acme-)" +
           std::to_string(next() % 200) +
           R"("},"$lib":"posthog-node","$lib_version":"5.70.0","$is_server":true,"$geoip_disable":true},)"
           R"("timestamp":")" +
           nowText() + R"(","uuid":")" + QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString() +
           R"(","distinct_id":"user_)" + number + R"("})";
}

QByteArray gzipped(const std::string &text)
{
    z_stream stream{};
    deflateInit2(&stream, 1, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
    std::string input = text;
    QByteArray out(static_cast<qsizetype>(deflateBound(&stream, text.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef *>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return out;
}

QByteArray requestOf(const Options &options, std::uint32_t &random)
{
    std::string events;
    for (int i = 0; i < options.batch; ++i)
        events += (i == 0 ? "" : ",") + eventText(random, options.payloadBytes);
    const QByteArray body =
        gzipped(R"({"api_key":"phc_bench","batch":[)" + events + R"(],"sent_at":")" + nowText() + R"("})");
    return "POST /batch/ HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(options.port) +
           "\r\nUser-Agent: posthog-node/5.70.0\r\nContent-Type: application/json\r\n"
           "Content-Encoding: gzip\r\nContent-Length: " +
           QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

struct Results
{
    std::mutex mutex;
    std::vector<double> milliseconds;
    std::int64_t stored = 0;
    std::int64_t refused = 0;
};

/// One SDK: sends, waits for the answer, and keeps to its share of the rate.
void runClient(const Options &options, int number, Clock::time_point end, Results &results)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(options.port));
    if (!socket.waitForConnected(5000))
        return;
    std::uint32_t random = 77u + static_cast<std::uint32_t>(number);
    const double pause = options.rate > 0 ? options.batch * options.connections / options.rate : 0;
    const auto start =
        Clock::now() + std::chrono::duration_cast<Clock::duration>(
                           std::chrono::duration<double>(pause * number / options.connections));
    std::vector<double> waited;
    std::int64_t stored = 0;
    std::int64_t refused = 0;
    for (std::int64_t sent = 0;; ++sent) {
        const QByteArray request = requestOf(options, random);
        std::this_thread::sleep_until(
            start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(pause * sent)));
        const auto begun = Clock::now();
        if (begun >= end)
            break;
        socket.write(request);
        socket.flush();
        QByteArray answer;
        while (!answer.contains("\"}") && !answer.contains("again") && socket.waitForReadyRead(15'000))
            answer += socket.readAll();
        waited.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begun).count());
        (answer.startsWith("HTTP/1.1 200") ? stored : refused) += options.batch;
        if (answer.isEmpty())
            break;
    }
    const std::lock_guard lock(results.mutex);
    results.milliseconds.insert(results.milliseconds.end(), waited.begin(), waited.end());
    results.stored += stored;
    results.refused += refused;
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string name = argv[i];
        const double value = std::atof(argv[i + 1]);
        const auto whole = static_cast<int>(value);
        if (name == "--port")
            options.port = whole;
        else if (name == "--rate")
            options.rate = value;
        else if (name == "--seconds")
            options.seconds = value;
        else if (name == "--connections")
            options.connections = whole;
        else if (name == "--batch")
            options.batch = whole;
        else if (name == "--payload-bytes")
            options.payloadBytes = whole;
    }
    Results results;
    const auto begun = Clock::now();
    const auto end =
        begun + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(options.seconds));
    std::vector<std::thread> clients;
    for (int number = 0; number < options.connections; ++number)
        clients.emplace_back([&, number] { runClient(options, number, end, results); });
    for (std::thread &client : clients)
        client.join();
    const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    std::vector<double> &all = results.milliseconds;
    std::sort(all.begin(), all.end());
    const auto at = [&all](double share) {
        return all.empty() ? 0 : all[std::min(all.size() - 1, static_cast<std::size_t>(share * all.size()))];
    };
    std::printf("{\"stored\":%lld,\"refused\":%lld,\"seconds\":%.1f,\"events_per_second\":%.0f,"
                "\"ack_ms\":{\"median\":%.1f,\"p95\":%.1f,\"p99\":%.1f,\"max\":%.1f}}\n",
                static_cast<long long>(results.stored), static_cast<long long>(results.refused), seconds,
                results.stored / seconds, at(0.5), at(0.95), at(0.99), at(1));
    return results.refused > 0 ? 1 : 0;
}

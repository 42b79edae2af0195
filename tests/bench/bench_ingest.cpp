// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// How fast dumps become events: bench_ingest FILE [THREADS]. Reads the file once through readDumps(), then
// compares the JSON parsers on its first 64 MB.

#include "ingest/dumpreader.h"
#include "ingest/jsondocument.h"

#include <QFile>

#include <simdjson.h>

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

using namespace genscope;

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

int readWhole(const QString &path, int threads)
{
    std::int64_t events = 0;
    std::int64_t rejects = 0;
    std::int64_t lines = 0;
    std::size_t largestBatch = 0;
    const auto begin = Clock::now();
    const auto summary = readDumps(
        {path}, {threads},
        [&](EventBatch &&batch) -> Status {
            events += static_cast<std::int64_t>(batch.events.size());
            rejects += static_cast<std::int64_t>(batch.rejects.size());
            lines += batch.lines;
            largestBatch = std::max(largestBatch, batch.events.size());
            return Done{};
        },
        StopToken());
    const double seconds = secondsSince(begin);
    if (!summary) {
        std::fprintf(stderr, "%s\n", qPrintable(summary.error().message));
        return 1;
    }
    for (const QString &note : summary->notes)
        std::printf("note: %s\n", qPrintable(note));
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const double cpu = static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                       static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    const double megabytes = static_cast<double>(summary->bytes) / 1e6;
    std::printf("%lld lines, %lld events, %lld rejects, largest batch %zu; %.0f MB in %.2f s = %.0f MB/s, "
                "%.2f CPU s, "
                "peak %ld MB\n",
                static_cast<long long>(lines), static_cast<long long>(events),
                static_cast<long long>(rejects), largestBatch, megabytes, seconds, megabytes / seconds, cpu,
                usage.ru_maxrss / 1024);
    return 0;
}

template<typename Parse>
void compare(const char *name, const std::string &text, Parse parse)
{
    const auto begin = Clock::now();
    std::size_t good = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        good += parse(at, end - at);
        at = end + 1;
    }
    const double seconds = secondsSince(begin);
    std::printf("%-22s %8zu documents, %5.0f MB/s on one thread\n", name, good,
                static_cast<double>(text.size()) / 1e6 / seconds);
}

void compareParsers(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return;
    std::string text = file.read(64 << 20).toStdString();
    text.resize(text.rfind('\n') + 1);
    text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
    json::Document document;
    compare("json::Document", text, [&](std::size_t at, std::size_t length) {
        return document.read(std::string_view(text).substr(at, length));
    });
    simdjson::dom::parser dom;
    compare("simdjson DOM", text, [&](std::size_t at, std::size_t length) {
        return dom.parse(text.data() + at, length, false).error() == simdjson::SUCCESS;
    });
    simdjson::ondemand::parser onDemand;
    compare("simdjson on-demand", text, [&](std::size_t at, std::size_t length) {
        // Members of two levels, as Document notes them; nothing deeper is validated.
        simdjson::ondemand::document parsed;
        if (onDemand.iterate(text.data() + at, length, text.capacity() - at).get(parsed))
            return false;
        simdjson::ondemand::object object;
        if (parsed.get_object().get(object))
            return false;
        for (auto field : object) {
            simdjson::ondemand::object inner;
            if (field.error() || field.unescaped_key().error())
                return false;
            if (field.value().get_object().get(inner))
                continue;
            for (auto property : inner) {
                if (property.error() || property.unescaped_key().error())
                    return false;
            }
        }
        return true;
    });
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: bench_ingest FILE [THREADS]\n");
        return 2;
    }
    const QString path = QString::fromLocal8Bit(argv[1]);
    const int failed = readWhole(path, argc > 2 ? std::atoi(argv[2]) : 0);
    if (!failed)
        compareParsers(path);
    return failed;
}

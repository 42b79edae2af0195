// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Times of the store on a dump: bench_store STORE DUMP imports the dump twice (into a store that must not
// exist yet), and opens and reads what came of it. CPU seconds are of all threads.
#include "store/importer.h"
#include "store/storereader.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <sys/resource.h>

#include <chrono>
#include <cstdio>

using namespace genscope;

namespace {

double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

long peakMegabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

class Timer
{
public:
    explicit Timer(const char *what) : m_what(what) {}
    ~Timer()
    {
        const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
        std::printf("%-28s %8.3f s wall  %8.3f s CPU  %5ld MB peak\n", m_what, wall, cpuSeconds() - m_cpu,
                    peakMegabytes());
        std::fflush(stdout);
    }

private:
    const char *m_what;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    double m_cpu = cpuSeconds();
};

bool import(const char *what, const QString &store, const QString &dump)
{
    const Timer timer(what);
    ImportOptions options;
    int commits = 0;
    options.onCommit = [&commits](const SnapshotUpdate &, const ImportReport &) { ++commits; };
    const Result<ImportReport> report = importDumps(store, {dump}, options, {});
    if (!report) {
        std::fprintf(stderr, "%s\n", qPrintable(report.error().message));
        return false;
    }
    std::printf("  %d commits, %s\n", commits, report->toJson().left(400).constData());
    return true;
}

void read(const StoreReader &reader)
{
    std::shared_ptr<const Snapshot> snapshot;
    for (const char *what : {"loadSnapshot", "loadSnapshot again"}) {
        const Timer timer(what);
        snapshot = *reader.loadSnapshot({});
    }
    std::printf("  %zu rows, %zu MB\n", snapshot->rows(), snapshot->memoryBytes() / 1024 / 1024);
    const auto property = [&](const char *what, const PropertyPath &path) {
        const Timer timer(what);
        std::size_t found = 0;
        const Status status = reader.readProperty(path, snapshot->rows(),
                                                  [&found](std::size_t, std::string_view) { ++found; }, {});
        std::printf("  %zu values%s\n", found, status ? "" : ", FAILED");
    };
    property("readProperty event.feature", {PropertyPath::Scope::Event, {}, "feature"});
    property("readProperty person.plan", {PropertyPath::Scope::Person, {}, "plan"});
    property("readProperty group.company.plan", {PropertyPath::Scope::Group, "company", "plan"});
    {
        const Timer timer("readContent input, all");
        std::size_t bytes = 0;
        const Status status =
            reader.readContent(EventSource::Content::Input, RowSet(snapshot->rows(), true),
                               [&bytes](std::size_t, std::string_view text) { bytes += text.size(); }, {});
        std::printf("  %zu MB of text%s\n", bytes / 1024 / 1024, status ? "" : ", FAILED");
    }
    {
        const Timer timer("rawEventAt, 1000 rows");
        for (std::size_t i = 0; i < 1000; ++i)
            (void)reader.rawEventAt(i * 7919 % snapshot->rows());
    }
    {
        const Timer timer("rawEventAt, 100 neighbours");
        for (std::size_t i = 0; i < 100; ++i)
            (void)reader.rawEventAt(i);
    }
    const Timer timer("stats");
    const Result<StoreStats> stats = reader.stats();
    std::printf("  %lld persons, %lld bytes\n", static_cast<long long>(stats->persons),
                static_cast<long long>(stats->storeBytes));
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc != 3) {
        std::fprintf(stderr, "usage: bench_store STORE DUMP\n");
        return 2;
    }
    const QString store = QString::fromLocal8Bit(argv[1]);
    const QString dump = QString::fromLocal8Bit(argv[2]);
    if (!QFileInfo::exists(store) && !import("import", store, dump))
        return 1;
    std::printf("  store %.1f %% of the dump\n", 100.0 * static_cast<double>(QFileInfo(store).size()) /
                                                     static_cast<double>(QFileInfo(dump).size()));
    if (!import("import again", store, dump))
        return 1;
    const auto reader = StoreReader::open(store);
    if (!reader)
        return 1;
    read(**reader);
    return 0;
}

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// store_importer STORE DUMP BATCH: imports with batches of BATCH events; for tests that kill it or take its
// disk space away. Exit status 3 if the import failed; what it says goes to standard error.
#include "store/importer.h"

#include <QCoreApplication>

#include <cstdio>

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc != 4)
        return 2;
    genscope::ImportOptions options;
    options.batchEvents = QByteArray(argv[3]).toInt();
    options.onWaiting = [](const QString &message) { std::fprintf(stderr, "%s\n", qPrintable(message)); };
    options.onCommit = [](const genscope::SnapshotUpdate &, const genscope::ImportReport &report) {
        std::printf("%lld\n", static_cast<long long>(report.newEvents));
        std::fflush(stdout);
    };
    const auto report = genscope::importDumps(QString::fromLocal8Bit(argv[1]),
                                              {QString::fromLocal8Bit(argv[2])}, options, {});
    if (report)
        return 0;
    std::fprintf(stderr, "%s\n", qPrintable(report.error().message));
    return 3;
}

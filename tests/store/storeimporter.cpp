// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// For tests that kill it or take its disk away:
//   store_importer import STORE DUMP BATCH   with batches of BATCH events; each line of output is a commit
//   store_importer rebuild STORE
//   store_importer verify STORE
//   store_importer migrate STORE             brings it up to date, between lines that say so
// Exit status 1 if a store is not sound, 3 if something failed; what it says goes to standard error.
#include "store/importer.h"
#include "store/rebuild.h"
#include "store/verify.h"

#include <QCoreApplication>

#include <cstdio>

namespace {

using namespace genscope;

int fail(const Error &error)
{
    std::fprintf(stderr, "%s\n", qPrintable(error.message));
    return 3;
}

void say(const char *line)
{
    std::puts(line);
    std::fflush(stdout);
}

int import(const QStringList &arguments)
{
    ImportOptions options;
    options.batchEvents = arguments.at(2).toInt();
    options.onWaiting = [](const QString &message) { std::fprintf(stderr, "%s\n", qPrintable(message)); };
    options.onCommit = [](const SnapshotUpdate &, const ImportReport &report) {
        std::printf("%lld\n", static_cast<long long>(report.newEvents));
        std::fflush(stdout);
    };
    const auto report = importDumps(arguments.at(0), {arguments.at(1)}, options, {});
    return report ? 0 : fail(report.error());
}

int verify(const QString &store)
{
    const auto report = verifyStore(store, {}, {});
    if (!report)
        return fail(report.error());
    std::printf("%s\n", report->toJson().constData());
    return report->sound() ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    const QString command = arguments.value(0);
    if (command == QLatin1String("import") && arguments.size() == 4)
        return import(arguments.mid(1));
    if (command == QLatin1String("verify"))
        return verify(arguments.value(1));
    if (command == QLatin1String("rebuild")) {
        const auto report = rebuildStore(arguments.value(1), {}, {});
        return report ? 0 : fail(report.error());
    }
    if (command == QLatin1String("migrate")) {
        say("begins");
        const Status done = ensureStore(arguments.value(1));
        say("ended");
        return done ? 0 : fail(done.error());
    }
    return 2;
}

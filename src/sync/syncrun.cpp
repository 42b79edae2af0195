// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/syncrun.h"

#include "core/zone.h"
#include "sync/connectiontest.h"
#include "sync/syncdriver.h"

#include <QCoreApplication>

#include <utility>

namespace genscope {

SyncReport syncProject(const QString &storePath, const RemoteProject &given, const QByteArray &key,
                       const SyncOptions &options, const StopToken &stop)
{
    const auto started = std::chrono::steady_clock::now();
    SyncReport report;
    ApiClient client(given, key, options.client);
    const auto numbered = numberedProject(client, stop);
    if (!numbered) {
        report.error = numbered.error();
        return report;
    }
    const RemoteProject &project = *numbered;
    auto stream = SyncStream::open(storePath, project.hostText().toStdString(), project.id.toStdString(),
                                   {options.wait, options.onCommit}, stop);
    if (!stream) {
        report.error = stream.error();
        return report;
    }
    SyncDriver driver(**stream, project, key, options, stop);
    report.error = driver.run();
    report.events = (*stream)->report();
    for (const QString &note : driver.plan().notes())
        report.events.notes.push_back(note);
    report.events.cancelled = report.error && report.error->kind == Error::Kind::Cancelled;
    report.events.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    report.state = (*stream)->state();
    report.requests = client.requests() + driver.requests();
    report.historyDone = driver.plan().historyDone();
    if (const auto wanted = (*stream)->wanted(Wanted::Kind::Content))
        report.contentWanted = wanted->count;
    return report;
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandcontext.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/stoponsignal.h"
#include "core/format.h"
#include "core/zone.h"
#include "sync/keyring.h"
#include "sync/syncrun.h"
#include "sync/syncwords.h"

#include <QCoreApplication>
#include <QLocale>

#include <cstdio>
#include <unistd.h>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

void showProgress(const SyncProgress &progress)
{
    const QLocale locale;
    const QString line = Text::tr("%1 events, %2 of %3 requests this hour: %4")
                             .arg(formatCount(progress.events, locale))
                             .arg(progress.budget.lastHour)
                             .arg(progress.budget.perHour)
                             .arg(doingWords(progress));
    std::fprintf(stderr, "\r\033[K%s", qUtf8Printable(line));
}

/// The import report with what is known of the project before it.
std::string reportJson(const RemoteProject &project, const SyncReport &report)
{
    const auto time = [](const std::optional<Timestamp> &at) {
        return at ? jsonString(isoTime(*at)) : std::string("null");
    };
    const bool complete = !report.error && report.contentWanted == 0 && report.historyDone >= 1;
    return R"({"host":)" + jsonString(project.hostText().toStdString()) + R"(,"project":)" +
           jsonString(project.id.toStdString()) + R"(,"complete":)" + (complete ? "true" : "false") +
           R"(,"taken_to":)" +
           time(report.state.taken ? std::optional(report.state.taken->at) : std::nullopt) +
           R"(,"content_wanted":)" + std::to_string(report.contentWanted) + R"(,"requests":)" +
           std::to_string(report.requests) + R"(,"error":)" +
           (report.error ? jsonString(report.error->message.toStdString()) : std::string("null")) + "," +
           report.events.toJson().mid(1).toStdString();
}

Result<std::optional<Timestamp>> sinceOf(const OptionParser &options)
{
    if (!options.has("since"))
        return std::optional<Timestamp>();
    const auto time = parseTimeBound(options.text("since"), false, Zone::utc(), currentTime());
    if (!time)
        return time.error();
    return std::optional(*time);
}

} // namespace

ExitStatus syncCommand(const QStringList &arguments)
{
    OptionParser options(
        "sync", QStringLiteral("STORE --host URL --project ID"),
        Text::tr(
            "Pulls the AI events of a PostHog project into a store, which is made if it does not exist.\n"
            "Run again, it goes on where it was. The key, with the scope query:read, is taken from the "
            "environment variable %1, or from the key ring (service Genscope).")
            .arg(QLatin1String(kKeyVariable)));
    options.addValue("host", Text::tr("URL"), Text::tr("us, eu, or the address at which you open PostHog."));
    options.addValue("project", Text::tr("ID"), Text::tr("The number in PostHog's address: /project/12345."));
    options.addValue(
        "since", Text::tr("time"),
        Text::tr("How far back the first time: an ISO date or instant, or relative such as -90d. "
                 "30 days by default. Earlier than before, it also pulls what lies between."));
    options.addFlag("json", Text::tr("Prints the report as one JSON object."));
    if (!options.parse(arguments, 1, 1))
        return options.exitStatus();
    const auto project = remoteProjectOf(options.value("host"), options.value("project"));
    if (!project)
        return fail(project.error());
    const auto since = sinceOf(options);
    if (!since)
        return fail(since.error());
    const auto key = keyFor(*project, systemKeyRing());
    if (!key)
        return fail(key.error());
    SyncOptions sync;
    sync.plan.since = *since;
    sync.wait.onWaiting = complain;
    const bool watched = isatty(STDERR_FILENO) != 0;
    if (watched)
        sync.onProgress = showProgress;
    const StopOnSignal signal;
    const SyncReport report = syncProject(options.positional().first(), *project, *key, sync, signal.token());
    if (watched)
        std::fputs("\r\033[K", stderr);
    for (const QString &note : report.events.notes)
        complain(note);
    if (options.has("json")) {
        std::printf("%s\n", reportJson(*project, report).c_str());
    } else {
        std::printf("%s\n",
                    qUtf8Printable(Text::tr("%1 new, %2 duplicates, %3 updated, %4 ignored, %5 rejected "
                                            "(requests: %6)")
                                       .arg(report.events.newEvents)
                                       .arg(report.events.duplicates)
                                       .arg(report.events.updated)
                                       .arg(report.events.ignored)
                                       .arg(report.events.rejected)
                                       .arg(report.requests)));
    }
    if (report.events.cancelled)
        complain(Text::tr("stopped; what was committed until then is kept"));
    else if (report.error)
        return fail(*report.error);
    return report.events.rejected > 0 || report.events.cancelled ? ExitStatus::Incomplete : ExitStatus::Done;
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandcontext.h"
#include "cli/options.h"
#include "cli/progressline.h"
#include "cli/stoponsignal.h"
#include "store/rebuild.h"

#include <QCoreApplication>

#include <cstdio>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

Result<RebuildReport> rebuild(const QString &store)
{
    const StopOnSignal signal;
    const ProgressLine line;
    RebuildOptions options;
    options.wait.onWaiting = complain;
    options.onProgress = line.callback();
    return rebuildStore(store, options, signal.token());
}

} // namespace

ExitStatus rebuildCommand(const QStringList &arguments)
{
    OptionParser options("rebuild", QStringLiteral("STORE"),
                         Text::tr("Makes everything derived anew from the original events. If that does not "
                                  "come to its end,\nthe store is as it was."));
    if (!options.parse(arguments, 1, 1))
        return options.exitStatus();
    const auto report = rebuild(options.positional().first());
    if (!report)
        return fail(report.error());
    std::printf("%s\n", qUtf8Printable(
                            Text::tr("rebuilt from %n event(s)", nullptr, static_cast<int>(report->events))));
    if (report->lost == 0)
        return ExitStatus::Done;
    complain(Text::tr("%1: %n damaged original(s) could not be kept, the first at %2. The store as it was is "
                      "kept as %3.",
                      nullptr, static_cast<int>(report->lost))
                 .arg(options.positional().first(), QString::fromStdString(report->firstLoss),
                      report->damagedStoreKept));
    return ExitStatus::Incomplete;
}

} // namespace genscope

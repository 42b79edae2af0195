// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandcontext.h"
#include "cli/options.h"
#include "cli/progressline.h"
#include "cli/stoponsignal.h"
#include "store/searchindex.h"

#include <QCoreApplication>

#include <cstdio>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

Result<SearchIndexReport> update(const QString &store)
{
    const StopOnSignal signal;
    const ProgressLine line(ProgressLine::Unit::Blocks);
    SearchIndexOptions options;
    options.onProgress = line.callback();
    return updateSearchIndex(store, options, signal.token());
}

} // namespace

ExitStatus indexCommand(const QStringList &arguments)
{
    OptionParser options(
        "index", QStringLiteral("STORE"),
        Text::tr("Makes the index that searches in prompts and outputs are fast by, or brings it "
                 "up to date.\nIt is the file STORE.search, which may be deleted."));
    if (!options.parse(arguments, 1, 1))
        return options.exitStatus();
    const auto report = update(options.positional().first());
    if (!report)
        return fail(report.error());
    std::printf("%s\n", qUtf8Printable(Text::tr("indexed: %1 of %2 blocks, %3 KB")
                                           .arg(report->indexed)
                                           .arg(report->blocks)
                                           .arg((report->bytes + 1023) / 1024)));
    return ExitStatus::Done;
}

} // namespace genscope

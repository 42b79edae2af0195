// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandcontext.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/progressline.h"
#include "cli/stoponsignal.h"
#include "store/verify.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

Result<VerifyReport> verify(const QString &store)
{
    const StopOnSignal signal;
    const ProgressLine line;
    VerifyOptions options;
    options.onProgress = line.callback();
    return verifyStore(store, options, signal.token());
}

QString problemText(const StoreProblem &problem)
{
    // What a damaged store says may hold anything: control characters are shown escaped.
    std::string text = problem.example;
    std::replace(text.begin(), text.end(), '\n', ' '); // SQLite's own findings come in lines
    const std::string example = jsonString(text);
    return Text::tr("%1: %2 (%3), for example %4")
        .arg(QString::fromStdString(problem.where), damageText(problem.damage))
        .arg(problem.count)
        .arg(QString::fromStdString(example.substr(1, example.size() - 2)));
}

} // namespace

ExitStatus verifyCommand(const QStringList &arguments)
{
    OptionParser options("verify", QStringLiteral("STORE"),
                         Text::tr("Reads every original event again and compares the store with it."));
    options.addFlag("json", Text::tr("Prints one JSON object."));
    if (!options.parse(arguments, 1, 1))
        return options.exitStatus();
    const auto report = verify(options.positional().first());
    if (!report)
        return fail(report.error());
    if (options.has("json")) {
        std::printf("%s\n", report->toJson().constData());
    } else {
        for (const StoreProblem &problem : report->problems)
            std::printf("%s\n", qUtf8Printable(problemText(problem)));
        std::printf("%s\n",
                    qUtf8Printable(report->sound() ? Text::tr("sound: %n event(s)", nullptr,
                                                              static_cast<int>(report->events))
                                                   : Text::tr("not sound: %n problem(s)", nullptr,
                                                              static_cast<int>(report->problems.size()))));
    }
    if (!report->sound())
        complain(Text::tr("%1 is not sound. “genscope rebuild” makes what is derived anew from the original "
                          "events.")
                     .arg(options.positional().first()));
    return report->sound() ? ExitStatus::Done : ExitStatus::Incomplete;
}

} // namespace genscope

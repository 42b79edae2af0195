// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include "cli/commandcontext.h"
#include "core/nearestname.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <cstdio>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

std::vector<Command> commands(const ReportFunction &report)
{
    return {
        {"import", QStringLiteral("STORE FILE..."), Text::tr("imports dumps (- is standard input)"),
         importCommand},
        {"capture", QStringLiteral("STORE [--port 8765]"), Text::tr("takes what PostHog SDKs send"),
         captureCommand},
        {"sync", QStringLiteral("STORE --host URL --project ID"), Text::tr("pulls from a PostHog project"),
         syncCommand},
        {"query", QStringLiteral("STORE --measure M..."), Text::tr("measures by dimensions and time"),
         queryCommand},
        {"list", QStringLiteral("STORE KIND"), Text::tr("rows: generations, traces, sessions, users, ..."),
         listCommand},
        {"show", QStringLiteral("STORE trace|event ID"),
         Text::tr("one trace with its tree, or one event, as JSON"), showCommand},
        {"stats", QStringLiteral("STORE"), Text::tr("counts, sizes, time span, sources, unpriced models"),
         statsCommand},
        {"prices", QStringLiteral("STORE list|set|import|..."), Text::tr("the price book"), pricesCommand},
        {"cost", QStringLiteral("[--prices FILE]"), Text::tr("prices the events on standard input"),
         costCommand},
        {"verify", QStringLiteral("STORE"), Text::tr("compares a store with its original events"),
         verifyCommand},
        {"rebuild", QStringLiteral("STORE"), Text::tr("makes what is derived anew from the original events"),
         rebuildCommand},
        {"index", QStringLiteral("STORE"), Text::tr("makes searches in prompts and outputs fast"),
         indexCommand},
        {"report", QStringLiteral("STORE --out DIR"),
         Text::tr("the dashboard as a page with pictures and CSVs"),
         [report](const QStringList &arguments) { return reportCommand(arguments, report); }},
        {"change", QStringLiteral("STORE --from T [--to T] [--by D]"),
         Text::tr("why the cost changed against the period before"), changeCommand},
        {"reprice", QStringLiteral("STORE [--by D] [--what-if M=OTHER]"),
         Text::tr("reported against recomputed cost, and what-if"), repriceCommand},
        {"spikes", QStringLiteral("STORE [--by D] [--measure M]"),
         Text::tr("intervals of unusual latency, errors or cost"), spikesCommand},
        {"bench", QStringLiteral("STORE"), Text::tr("times of the engine on this store"), benchCommand},
    };
}

bool isCommand(const QString &name)
{
    const std::vector<Command> all = commands({});
    return std::any_of(all.begin(), all.end(),
                       [&](const Command &command) { return name == QLatin1String(command.name); });
}

/// A word that nobody means to open: there is no such file, and it does not look like the path or the address
/// of one.
bool isMistypedCommand(const QString &word)
{
    const bool bare = std::all_of(word.begin(), word.end(),
                                  [](QChar c) { return c.isLetterOrNumber() || c == u'-' || c == u'_'; });
    return bare && !word.startsWith(u'-') && !QFileInfo::exists(word);
}

void printHelp()
{
    QString help = Text::tr(
        "Genscope shows what LLM features cost, who uses them, where they fail and where they "
        "are slow.\n\nUsage: genscope [STORE | FILE | FOLDER]...   opens the window\n"
        "       genscope COMMAND ...                runs a command; see genscope COMMAND --help\n\n");
    const auto usageOf = [](const Command &command) -> QString {
        return QLatin1String(command.name) + QLatin1Char(' ') + command.arguments;
    };
    qsizetype width = 0;
    for (const Command &command : commands({}))
        width = std::max(width, usageOf(command).size());
    for (const Command &command : commands({}))
        help += QStringLiteral("  %1  %2\n").arg(usageOf(command).leftJustified(width), command.summary);
    help += QStringLiteral("\n  --help, --version\n");
    std::fputs(qUtf8Printable(help), stdout);
}

} // namespace

void complain(const QString &message)
{
    std::fprintf(stderr, "genscope: %s\n", qUtf8Printable(message));
}

ExitStatus fail(const Error &error)
{
    complain(error.message);
    return exitStatusOf(error);
}

bool isCommandLine(const QStringList &arguments)
{
    if (arguments.isEmpty())
        return false;
    const QString &first = arguments.first();
    return first.startsWith(QLatin1String("--")) || first == QLatin1String("-h") || isCommand(first) ||
           isMistypedCommand(first);
}

bool wantsReport(const QStringList &arguments)
{
    return !arguments.isEmpty() && arguments.first() == QLatin1String("report");
}

int runCommandLine(const QStringList &arguments, const ReportFunction &report)
{
    const QString first = arguments.value(0);
    if (first == QLatin1String("--help") || first == QLatin1String("-h") || first == QLatin1String("help")) {
        printHelp();
        return 0;
    }
    if (first == QLatin1String("--version")) {
        std::printf("genscope %s\n", qUtf8Printable(QCoreApplication::applicationVersion()));
        return 0;
    }
    for (const Command &command : commands(report)) {
        if (first == QLatin1String(command.name))
            return static_cast<int>(command.run(arguments.mid(1)));
    }
    QStringList names{QStringLiteral("--help"), QStringLiteral("--version")};
    for (const Command &command : commands({}))
        names += QLatin1String(command.name);
    const QString hint = didYouMean(first, names);
    complain((first.startsWith(u'-') ? Text::tr("no option “%1”") : Text::tr("no command “%1”")).arg(first) +
             (hint.isEmpty() ? Text::tr(", and no such file; see genscope --help") : hint));
    return static_cast<int>(ExitStatus::Usage);
}

} // namespace genscope

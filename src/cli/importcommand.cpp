// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandcontext.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/quality.h"
#include "cli/stoponsignal.h"
#include "core/format.h"
#include "ingest/dumpformat.h"
#include "store/importer.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <cstdio>
#include <unistd.h>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

void showProgress(const Progress &progress)
{
    const QLocale locale;
    const double seconds = std::max(progress.secondsElapsed, 0.001);
    QString line = Text::tr("%1 events, %2, %3 events/s")
                       .arg(formatCount(progress.eventsDone, locale), formatBytes(progress.bytesDone, locale),
                            formatCompact(static_cast<double>(progress.eventsDone) / seconds, locale));
    if (progress.bytesTotal > 0 && progress.bytesDone > 0) {
        const double share =
            static_cast<double>(progress.bytesDone) / static_cast<double>(progress.bytesTotal);
        line += Text::tr(", %1, %2 left")
                    .arg(formatRatio(share, locale), formatSeconds(seconds / share - seconds, locale));
    }
    std::fprintf(stderr, "\r\033[K%s", qUtf8Printable(line));
}

void printSummary(const ImportReport &report)
{
    std::printf("%s\n", qUtf8Printable(Text::tr("%1 new, %2 duplicates, %3 updated, %4 ignored, %5 rejected "
                                                "(lines: %6, files: %7)")
                                           .arg(report.newEvents)
                                           .arg(report.duplicates)
                                           .arg(report.updated)
                                           .arg(report.ignored)
                                           .arg(report.rejected)
                                           .arg(report.lines)
                                           .arg(report.files)));
    for (const auto &[name, count] : report.byEvent)
        std::printf("  %-24s %lld\n", jsonString(name).c_str(), static_cast<long long>(count));
}

void complainAbout(const ImportReport &report)
{
    constexpr std::size_t kShown = 20;
    for (const QString &note : report.notes)
        complain(note);
    for (const QString &file : report.unreadable)
        complain(file);
    for (std::size_t i = 0; i < std::min(kShown, report.rejects.size()); ++i) {
        const Reject &reject = report.rejects[i];
        complain(reject.line > 0
                     ? QStringLiteral("%1:%2: %3").arg(reject.file).arg(reject.line).arg(reject.reason)
                     : QStringLiteral("%1: %2").arg(reject.file, reject.reason));
    }
    if (report.rejected > static_cast<std::int64_t>(kShown))
        complain(
            Text::tr("… and %n more rejected", nullptr, static_cast<int>(report.rejected) - int{kShown}));
    if (report.rejected > 0 && report.events == 0)
        complain(
            Text::tr("No event was found. Give PostHog exports or capture bodies: JSON Lines, JSON or CSV, "
                     "plain, compressed (gzip, zstd, brotli) or in a zip or tar archive."));
}

constexpr QLatin1String kAuto("auto");

QString formatNames()
{
    QStringList names{kAuto};
    for (const DumpFormat *format : dumpFormats())
        names.push_back(format->name());
    names.sort();
    return names.join(QStringLiteral(", "));
}

/// The format that `--format` asks for; null: told from content. @error Usage
Result<const DumpFormat *> chosenFormat(const OptionParser &options)
{
    const QString name = options.has("format") ? options.value("format") : QString(kAuto);
    const DumpFormat *format = dumpFormatNamed(name);
    if (format || name == kAuto)
        return format;
    return makeError(Error::Kind::Usage,
                     Text::tr("--format “%1” is unknown; it is one of: %2").arg(name, formatNames()));
}

Result<ImportReport> runImport(const OptionParser &options, const DumpFormat *format)
{
    const StopOnSignal signal;
    ImportOptions import;
    import.allEvents = options.has("all-events");
    import.format = format;
    import.onWaiting = complain;
    const bool watched = isatty(STDERR_FILENO);
    if (watched)
        import.onProgress = showProgress;
    auto report =
        importDumps(options.positional().first(), options.positional().mid(1), import, signal.token());
    if (watched)
        std::fputs("\r\033[K", stderr);
    return report;
}

/// Nothing that could be read makes no store.
bool hasStore(const QString &store, const ImportReport &report)
{
    return report.files > 0 || QFileInfo::exists(store);
}

/// What looks wrong in the store now, as JSON or for people.
Result<QByteArray> qualityWords(const QString &store, bool asJson)
{
    const auto selection = openSelection(store, {});
    if (!selection)
        return selection.error();
    const auto findings = qualityOf(**selection);
    if (!findings)
        return findings.error();
    return QByteArray::fromStdString(asJson ? findingsJson(*findings)
                                            : '\n' + findingsText(*findings, (*selection)->storedEvents));
}

} // namespace

ExitStatus importCommand(const QStringList &arguments)
{
    OptionParser options("import", QStringLiteral("STORE FILE..."),
                         Text::tr("Imports dumps into a store, which is made if it does not exist.\n"
                                  "A folder is searched for dumps; - is standard input."));
    options.addFlag("json", Text::tr("Prints the import report as one JSON object."));
    // A choice, because it looks at the whole store, however little was imported.
    options.addFlag("quality", Text::tr("Also says what looks wrong in the events of the store."));
    options.addFlag("all-events", Text::tr("Also keeps events that are not AI events."));
    options.addValue(
        "format", Text::tr("format"),
        Text::tr("What the files are: %1. auto (default) tells each from its content.").arg(formatNames()));
    if (!options.parse(arguments, 2, -1))
        return options.exitStatus();
    const auto format = chosenFormat(options);
    if (!format)
        return fail(format.error());
    const auto report = runImport(options, *format);
    if (!report)
        return fail(report.error());
    complainAbout(*report);
    const bool asJson = options.has("json");
    QByteArray quality;
    if (options.has("quality") && hasStore(options.positional().first(), *report)) {
        const auto found = qualityWords(options.positional().first(), asJson);
        if (!found)
            return fail(found.error());
        quality = *found;
    }
    if (asJson) {
        const QByteArray json = report->toJson(quality);
        std::fwrite(json.constData(), 1, static_cast<std::size_t>(json.size()), stdout);
        std::fputc('\n', stdout);
    } else {
        printSummary(*report);
        std::fwrite(quality.constData(), 1, static_cast<std::size_t>(quality.size()), stdout);
    }
    if (!report->unreadable.empty())
        return ExitStatus::Io;
    if (report->cancelled)
        complain(Text::tr("stopped; what was committed until then is kept"));
    return report->rejected > 0 || report->cancelled ? ExitStatus::Incomplete : ExitStatus::Done;
}

} // namespace genscope

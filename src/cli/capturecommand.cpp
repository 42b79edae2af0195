// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandcontext.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/stoponsignal.h"
#include "core/format.h"
#include "sync/captureserver.h"
#include "sync/sdksnippets.h"

#include <QCoreApplication>
#include <QLocale>

#include <chrono>
#include <cstdio>
#include <thread>
#include <unistd.h>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

constexpr const char *kTokenVariable = "GENSCOPE_CAPTURE_TOKEN";

Result<CaptureServer::Options> optionsOf(const OptionParser &parser)
{
    CaptureServer::Options options;
    if (parser.has("port")) {
        bool isNumber = false;
        options.port = parser.value("port").toUShort(&isNumber);
        if (!isNumber)
            return makeError(Error::Kind::Usage, Text::tr("--port “%1” is no port: 1 to 65535, or 0 for any "
                                                          "that is free")
                                                     .arg(parser.value("port")));
    }
    if (parser.has("host"))
        options.host = parser.value("host");
    options.token = parser.has("token") ? parser.value("token") : qEnvironmentVariable(kTokenVariable);
    if (parser.has("allow-origin"))
        options.origins = parser.values("allow-origin");
    options.allEvents = parser.has("all-events");
    options.wait.onWaiting = complain;
    return options;
}

void greet(const CaptureServer &server, const QString &store, const QString &token)
{
    const QString words = Text::tr("Listening on %1, writing to %2. Ctrl+C ends it.\n");
    std::fprintf(stderr, "%s\n", qUtf8Printable(words.arg(server.address(), store)));
    if (!isatty(STDERR_FILENO))
        return;
    for (const SdkSnippet &snippet : sdkSnippets(server.address(), token))
        std::fprintf(stderr, "%s\n%s\n\n", qUtf8Printable(snippet.title), qUtf8Printable(snippet.code));
}

void showProgress(const CaptureStatus &status)
{
    const QLocale locale;
    const QString line =
        Text::tr("%1 events/s, %2 new, %3 requests, %4 refused, %5 rejected")
            .arg(formatCompact(status.eventsPerSecond, locale), formatCount(status.report.newEvents, locale),
                 formatCount(status.requests, locale), formatCount(status.refused, locale),
                 formatCount(status.report.rejected, locale));
    std::fprintf(stderr, "\r\033[K%s", qUtf8Printable(line));
}

/// Tells troubles as they come, and how it goes, until it is asked to stop.
class Watch
{
public:
    explicit Watch(const CaptureServer &server) : m_server(server) {}

    void run(const StopToken &stop)
    {
        constexpr auto kLook = std::chrono::milliseconds(100);
        constexpr int kLooksAProgress = 10;
        for (int look = 0; !stop.stopRequested(); ++look) {
            std::this_thread::sleep_for(kLook);
            if (look % kLooksAProgress == 0)
                tell(m_server.status());
        }
        if (m_watched)
            std::fputs("\r\033[K", stderr);
    }
    void tell(const CaptureStatus &status)
    {
        const auto first = status.troublesEnd - static_cast<std::int64_t>(status.troubles.size());
        for (std::int64_t number = std::max(m_told, first); number < status.troublesEnd; ++number) {
            const CaptureTrouble &trouble = status.troubles[static_cast<std::size_t>(number - first)];
            const QString code = trouble.status > 0 ? QStringLiteral(" %1").arg(trouble.status) : QString();
            if (m_watched)
                std::fputs("\r\033[K", stderr);
            complain(QStringLiteral("%1%2: %3").arg(trouble.what, code, trouble.reason));
        }
        m_told = status.troublesEnd;
        if (m_watched)
            showProgress(status);
    }

private:
    const CaptureServer &m_server;
    const bool m_watched = isatty(STDERR_FILENO) != 0;
    std::int64_t m_told = 0;
};

/// The import report with what is known of the requests before it.
std::string reportJson(const QString &address, const CaptureStatus &status)
{
    return R"({"address":)" + jsonString(address.toStdString()) + R"(,"requests":)" +
           std::to_string(status.requests) + R"(,"refused":)" + std::to_string(status.refused) + "," +
           status.report.toJson().mid(1).toStdString();
}

} // namespace

ExitStatus captureCommand(const QStringList &arguments)
{
    OptionParser parser("capture", QStringLiteral("STORE"),
                        Text::tr("Takes the events that PostHog SDKs send, until interrupted: set an SDK's "
                                 "host to the address below.\nThe store is made if it does not exist. "
                                 "Events are in the store before their sender is answered."));
    parser.addValue("port", Text::tr("port"), Text::tr("Where to listen; 8765 by default, 0: any."));
    parser.addValue("host", Text::tr("address"),
                    Text::tr("An address that others can reach, such as 0.0.0.0; it needs a token. By "
                             "default only this machine can send."));
    parser.addValue(
        "token", Text::tr("token"),
        Text::tr("The only project token that is taken. Also from %1.").arg(QLatin1String(kTokenVariable)));
    parser.addValue("allow-origin", Text::tr("origin"),
                    Text::tr("Lets pages of that origin send, such as https://app.example.com; * lets all. "
                             "May be repeated. Pages of this machine always may."));
    parser.addFlag("all-events", Text::tr("Also keeps events that are not AI events."));
    parser.addFlag("json", Text::tr("Prints the report at the end as one JSON object."));
    if (!parser.parse(arguments, 1, 1))
        return parser.exitStatus();
    const auto options = optionsOf(parser);
    if (!options)
        return fail(options.error());
    const StopOnSignal signal;
    auto server = CaptureServer::start(parser.positional().first(), *options, signal.token());
    if (!server)
        return fail(server.error());
    const QString address = (*server)->address();
    greet(**server, parser.positional().first(), options->token);
    Watch watch(**server);
    watch.run(signal.token());
    const CaptureStatus status = (*server)->stop();
    watch.tell(status);
    if (isatty(STDERR_FILENO))
        std::fputc('\n', stderr);
    if (parser.has("json")) {
        std::printf("%s\n", reportJson(address, status).c_str());
    } else {
        std::printf("%s\n",
                    qUtf8Printable(Text::tr("%1 new, %2 duplicates, %3 updated, %4 ignored, %5 rejected "
                                            "(requests: %6, refused: %7)")
                                       .arg(status.report.newEvents)
                                       .arg(status.report.duplicates)
                                       .arg(status.report.updated)
                                       .arg(status.report.ignored)
                                       .arg(status.report.rejected)
                                       .arg(status.requests)
                                       .arg(status.refused)));
    }
    return status.report.rejected > 0 || status.refused > 0 ? ExitStatus::Incomplete : ExitStatus::Done;
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/appearance.h"
#include "app/icons.h"
#include "app/mainwindow.h"
#include "cli/cli.h"
#include "cli/exitstatus.h"
#include "report/report.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLibraryInfo>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTranslator>

#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace genscope;

namespace {

void describeApplication()
{
    QCoreApplication::setOrganizationName(QStringLiteral("genscope"));
    QCoreApplication::setApplicationName(QStringLiteral("genscope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(GENSCOPE_VERSION));
}

/// The arguments without the program's name, before there is an application to ask for them.
QStringList argumentsOf(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.push_back(QString::fromLocal8Bit(argv[i]));
    return arguments;
}

/// Qt's own texts and ours in the language of the system, or else in English, whose plural forms need one as
/// well. The translators belong to the application.
void installTranslations(QCoreApplication *application)
{
    const QLocale locale;
    auto *qt = new QTranslator(application);
    if (qt->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                 QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qt);
    auto *own = new QTranslator(application);
    if (own->load(locale, QStringLiteral("genscope"), QStringLiteral("_"), QStringLiteral(":/i18n")) ||
        own->load(QStringLiteral(":/i18n/genscope_en.qm")))
        QCoreApplication::installTranslator(own);
}

int runWithoutWindow(int argc, char **argv, const QStringList &arguments)
{
    if (!wantsReport(arguments)) {
        QCoreApplication application(argc, argv);
        installTranslations(&application);
        return runCommandLine(arguments, {});
    }
    // Charts are drawn by widgets, which need an application but no display.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    // Qt would make such a folder itself where none is named, and say so.
    const QTemporaryDir runtime;
    if (!qEnvironmentVariableIsSet("XDG_RUNTIME_DIR") && runtime.isValid())
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(runtime.path()));
    QApplication application(argc, argv);
    installTranslations(&application);
    return runCommandLine(arguments, writeReport);
}

/// While Qt looks for a display: without one it would say so in terms of its plugins, and abort.
void sayThatThereIsNoDisplay(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (type == QtFatalMsg) {
        std::fprintf(stderr, "genscope: %s\n",
                     qUtf8Printable(QCoreApplication::translate(
                         "genscope::CommandLine", "there is no display to open the window on; the commands "
                                                  "need none: see genscope --help")));
        std::_Exit(static_cast<int>(ExitStatus::Usage));
    }
    if (std::strncmp(context.category, "qt.qpa", 6) != 0)
        std::fprintf(stderr, "%s\n", qUtf8Printable(qFormatLogMessage(type, context, message)));
}

int runWindow(int argc, char **argv, const QStringList &arguments)
{
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    const QtMessageHandler handler = qInstallMessageHandler(sayThatThereIsNoDisplay);
    QApplication application(argc, argv);
    qInstallMessageHandler(handler);
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Genscope"));
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.genscope.Genscope"));
    installTranslations(&application);

    QSettings settings;
    const auto dialogs = makeNativeFileDialogs();
    Services services;
    services.settings = &settings;
    services.dialogs = dialogs.get();
    services.now = currentTime;
    services.documentsFolder = QDir(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))
                                   .filePath(QStringLiteral("Genscope"));
    services.dataFolder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    services.samplePath = QStringLiteral(":/sample/sample.jsonl.gz");
    services.reportProgram = QCoreApplication::applicationFilePath();

    Appearance appearance(&settings);
    MainWindow window(services, &appearance);
    window.show();
    if (!arguments.isEmpty())
        window.openPaths(arguments);
    else
        window.openLastStore();
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    describeApplication();
    const QStringList arguments = argumentsOf(argc, argv);
    return isCommandLine(arguments) ? runWithoutWindow(argc, argv, arguments)
                                    : runWindow(argc, argv, arguments);
}

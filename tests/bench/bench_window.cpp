// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later

// `bench_window DUMP`: imports a dump beside the window, whose dashboard fills as it comes, and prints as
// JSON how long the event loop did not come round: the aim is that no pause is above 50 ms.

#include <QTemporaryDir> // before <compare>, which moc of Qt 6.4 cannot read first

#include "app/appearance.h"
#include "app/mainwindow.h"
#include "workspace/workspace.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSettings>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace genscope;

namespace {

/// Times between two turns of the event loop, in milliseconds.
class LoopClock
{
public:
    LoopClock()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, [this] {
            m_pauses.push_back(static_cast<double>(m_clock.nsecsElapsed()) / 1e6);
            m_clock.restart();
            const double used = threadMs();
            m_busiest = std::max(m_busiest, used - m_used);
            m_used = used;
        });
        m_clock.start();
        m_timer.start(1);
    }

    QJsonObject summary()
    {
        std::sort(m_pauses.begin(), m_pauses.end());
        const auto above = [this](double ms) {
            return static_cast<int>(m_pauses.end() - std::upper_bound(m_pauses.begin(), m_pauses.end(), ms));
        };
        return {{QStringLiteral("turns"), static_cast<int>(m_pauses.size())},
                {QStringLiteral("p99_ms"), m_pauses[m_pauses.size() * 99 / 100]},
                {QStringLiteral("longest_ms"), m_pauses.back()},
                {QStringLiteral("busiest_ms"), m_busiest},
                {QStringLiteral("above_16_ms"), above(16)},
                {QStringLiteral("above_50_ms"), above(50)}};
    }

private:
    /// Processor time of this thread: what the pauses would be on a machine with nothing else to do.
    static double threadMs()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }

    QTimer m_timer;
    QElapsedTimer m_clock;
    std::vector<double> m_pauses;
    double m_used = threadMs();
    double m_busiest = 0;
};

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    if (argc != 2) {
        std::fputs("usage: bench_window DUMP\n", stderr);
        return 2;
    }
    const QTemporaryDir folder(QFileInfo(QString::fromLocal8Bit(argv[1])).absolutePath() +
                               QStringLiteral("/bench_window-XXXXXX"));
    QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    const auto dialogs = makeNativeFileDialogs();
    Services services;
    services.settings = &settings;
    services.dialogs = dialogs.get();
    services.now = currentTime;
    services.documentsFolder = folder.path();
    services.dataFolder = folder.path();
    Appearance appearance(&settings);
    MainWindow window(services, &appearance);
    window.resize(1280, 800);
    window.show();

    QElapsedTimer whole;
    whole.start();
    LoopClock loop;
    QObject::connect(window.workspace(), &Workspace::importFinished, &window,
                     [] { QTimer::singleShot(3000, qApp, &QCoreApplication::quit); });
    window.openPaths({QString::fromLocal8Bit(argv[1])});
    QApplication::exec();
    QJsonObject summary = loop.summary();
    summary.insert(QStringLiteral("seconds"), static_cast<double>(whole.elapsed()) / 1000);
    summary.insert(QStringLiteral("events"),
                   static_cast<qint64>(window.workspace()->selection()->storedEvents));
    std::puts(QJsonDocument(summary).toJson(QJsonDocument::Compact).constData());
    return 0;
}

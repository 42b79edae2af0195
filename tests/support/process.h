// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/testpaths.h"

#include <QByteArray>
#include <QProcess>
#include <QStringList>

namespace genscope::test {

/// How a run of the program ended.
struct Finished
{
    int status = -1;
    QByteArray out;
    QByteArray err;
};

/// Runs the program the tests were built with, without a display.
inline Finished runGenscope(const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("DISPLAY"));
    environment.remove(QStringLiteral("WAYLAND_DISPLAY"));
    environment.remove(QStringLiteral("XDG_RUNTIME_DIR"));
    environment.remove(QStringLiteral("QT_QPA_PLATFORM"));
    process.setProcessEnvironment(environment);
    process.start(programPath(), arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(120'000);
    Finished run;
    run.status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    run.out = process.readAllStandardOutput();
    run.err = process.readAllStandardError();
    return run;
}

} // namespace genscope::test

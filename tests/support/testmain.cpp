// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// One main for all test executables: a fixed locale and zone, temporary settings, no display.

#include <QLocale>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#ifdef GENSCOPE_TEST_WIDGETS
#include <QApplication>
using TestApplication = QApplication;
#else
#include <QCoreApplication>
using TestApplication = QCoreApplication;
#endif

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("TZ", "UTC");
    QStandardPaths::setTestModeEnabled(true);
    const QTemporaryDir runtimeDir;
    if (qEnvironmentVariableIsEmpty("XDG_RUNTIME_DIR"))
        qputenv("XDG_RUNTIME_DIR", runtimeDir.path().toUtf8());
    ::testing::InitGoogleTest(&argc, argv);
    TestApplication application(argc, argv);
    TestApplication::setOrganizationName(QStringLiteral("genscope-tests"));
    TestApplication::setApplicationName(QStringLiteral("genscope-tests"));
    QLocale::setDefault(QLocale::c());
    return RUN_ALL_TESTS();
}

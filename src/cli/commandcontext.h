// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/cli.h"
#include "cli/exitstatus.h"
#include "core/result.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace genscope {

/// One sub-command: its name, what help says, and the function that runs it.
struct Command
{
    const char *name;
    QString arguments; ///< as the usage line shows them
    QString summary;   ///< one line
    /// @param arguments  what follows the command's name
    std::function<ExitStatus(const QStringList &arguments)> run;
};

/// Prints a message to standard error as `genscope: MESSAGE`.
void complain(const QString &message);
/// Prints the error and answers its exit status.
ExitStatus fail(const Error &error);

ExitStatus importCommand(const QStringList &arguments);
ExitStatus captureCommand(const QStringList &arguments);
ExitStatus syncCommand(const QStringList &arguments);
ExitStatus queryCommand(const QStringList &arguments);
ExitStatus listCommand(const QStringList &arguments);
ExitStatus showCommand(const QStringList &arguments);
ExitStatus spikesCommand(const QStringList &arguments);
ExitStatus statsCommand(const QStringList &arguments);
ExitStatus pricesCommand(const QStringList &arguments);
ExitStatus costCommand(const QStringList &arguments);
ExitStatus verifyCommand(const QStringList &arguments);
ExitStatus rebuildCommand(const QStringList &arguments);
ExitStatus changeCommand(const QStringList &arguments);
ExitStatus indexCommand(const QStringList &arguments);
ExitStatus repriceCommand(const QStringList &arguments);
ExitStatus benchCommand(const QStringList &arguments);
ExitStatus reportCommand(const QStringList &arguments, const ReportFunction &report);

} // namespace genscope

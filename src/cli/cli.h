// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace genscope {

/// True if the arguments (without the program's name) name a sub-command, `--help` or `--version`: no display
/// is needed.
bool isCommandLine(const QStringList &arguments);

/// Runs a sub-command (docs/user-guide.md, "Command line"). Needs a QCoreApplication.
/// @return the exit status: 0 done; 1 done but something was rejected or a check failed; 2 wrong usage;
///         3 could not read or write; 4 the remote side refused or failed
int runCommandLine(const QStringList &arguments);

} // namespace genscope

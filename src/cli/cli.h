// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "workspace/selection.h"

#include <QString>
#include <QStringList>

#include <functional>

namespace genscope {

/// What `genscope report` asks for. Drawing needs widgets, which this library must not know: main injects the
/// writer.
using ReportFunction = std::function<Status(const Selection &selection, const QString &folder)>;

/// True if the arguments (without the program's name) begin with a sub-command or an option, or with what can
/// only be a mistyped one: a bare word that is no file. No display is needed. Else they name what the window
/// is to open.
bool isCommandLine(const QStringList &arguments);
/// True if the arguments ask for a report, whose charts need the drawing classes of an offscreen
/// QApplication.
bool wantsReport(const QStringList &arguments);

/// Runs a sub-command (docs/user-guide.md, "Command line"). Needs a QCoreApplication.
/// @return the exit status: 0 done; 1 done but something was rejected or a check failed; 2 wrong usage;
///         3 could not read or write; 4 the remote side refused or failed
int runCommandLine(const QStringList &arguments, const ReportFunction &report);

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

namespace genscope {

bool isCommandLine(const QStringList &)
{
    return true;
}

int runCommandLine(const QStringList &)
{
    return 2;
}

} // namespace genscope

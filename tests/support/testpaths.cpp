// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testpaths.h"

namespace genscope::test {

QString testData(QLatin1String name)
{
    return QStringLiteral(GENSCOPE_SOURCE_DIR "/tests/data/") + name;
}

QString sourceRoot()
{
    return QStringLiteral(GENSCOPE_SOURCE_DIR);
}

QString programPath()
{
    return QStringLiteral(GENSCOPE_EXECUTABLE);
}

} // namespace genscope::test

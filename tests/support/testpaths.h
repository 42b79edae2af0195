// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace genscope::test {

// One file alone is compiled with the paths, so that a compiler cache serves all checkouts.

/// @param name  below tests/data
QString testData(QLatin1String name);
/// The folder of the sources, without a slash at its end.
QString sourceRoot();
/// The program under test.
QString programPath();

} // namespace genscope::test

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "workspace/selection.h"

#include <QString>

namespace genscope {

/// Writes the dashboard of @p selection into @p folder, which is made if it does not exist: `index.html` (one
/// page that needs no other file), `report.pdf`, and for every tile ID `ID.svg`, `ID.png` and `ID.csv`. Files
/// of an earlier report are replaced; nothing is written unless everything could be. Needs a QApplication, of
/// any platform (`offscreen` will do). @thread GUI
/// @error Io naming the file; what the queries of the tiles answer
Status writeReport(const Selection &selection, const QString &folder);

} // namespace genscope

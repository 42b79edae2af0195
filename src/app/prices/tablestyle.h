// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QTableView;

namespace genscope {

/// A table as all tables of the window are: dense rows with hairlines, no grid, no frame.
void dressTable(QTableView *table, const QString &accessibleName);

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QTableView;

namespace genscope {

/// A table as all tables of the window are: dense rows with hairlines, no grid, no frame.
void dressTable(QTableView *table, const QString &accessibleName);
/// Makes a column that wide, or as wide as its title takes, with the arrow of sorting.
void setLeastWidth(QTableView *table, int column, int least);

} // namespace genscope

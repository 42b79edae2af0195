// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/lists.h"

#include <QJsonObject>

#include <map>
#include <string>
#include <vector>

namespace genscope {

/// What a table page shows, and how.
struct TableLayout
{
    std::vector<std::string> columns; ///< names from left to right
    std::vector<std::string> pinned;
    std::vector<ListSort> sorting; ///< the first decides first
    std::map<std::string, int> widths;
    std::map<std::string, int> marks; ///< 1 bars, 2 heat

    bool operator==(const TableLayout &other) const = default;
};

/// Which page is looked at, and how pages are laid out: what undo and redo bring back besides the scope.
/// Widths of columns are left out: dragging one is no step.
struct Arrangement
{
    std::string page;                          ///< by the name that saved views keep
    std::map<std::string, TableLayout> tables; ///< by page
    QJsonObject dashboard;                     ///< as layoutToJson() writes it

    bool operator==(const Arrangement &other) const = default;
};

} // namespace genscope

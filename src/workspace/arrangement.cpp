// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/arrangement.h"

#include <algorithm>

namespace genscope {

bool TableLayout::operator==(const TableLayout &other) const
{
    const auto sameSort = [](const ListSort &a, const ListSort &b) {
        return a.column == b.column && a.descending == b.descending;
    };
    return columns == other.columns && pinned == other.pinned && widths == other.widths &&
           marks == other.marks &&
           std::equal(sorting.begin(), sorting.end(), other.sorting.begin(), other.sorting.end(), sameSort);
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/resulttable.h"

namespace genscope {

int ResultTable::columnIndex(std::string_view name) const
{
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].name == name)
            return static_cast<int>(i);
    }
    return -1;
}

bool isOther(const Cell &cell)
{
    const auto *text = std::get_if<std::string>(&cell);
    return text && *text == ResultTable::kOther;
}

} // namespace genscope

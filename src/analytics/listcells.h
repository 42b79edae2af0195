// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/field.h"
#include "analytics/resulttable.h"

#include <cstddef>

namespace genscope {

/// What a row's value of a field reads as in a result; a many-valued one as its set, comma separated.
Cell cellAt(const FieldReader &reader, std::size_t row);
bool isMissingAt(const FieldReader &reader, std::size_t row);

inline Cell countCell(std::int64_t count)
{
    return count == kMissing ? Cell() : Cell(count);
}
inline Cell moneyCell(std::int64_t pico)
{
    return pico == kMissing ? Cell() : Cell(Money{pico});
}
inline Cell secondsCell(double seconds)
{
    return std::isnan(seconds) ? Cell() : Cell(seconds);
}
inline Cell textCell(std::string_view text)
{
    return text.empty() ? Cell() : Cell(std::string(text));
}

inline bool isMissing(const Cell &cell)
{
    return cell.index() == 0;
}

struct CellHash
{
    std::size_t operator()(const Cell &cell) const;
};

} // namespace genscope

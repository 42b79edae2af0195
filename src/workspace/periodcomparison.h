// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/timestamp.h"
#include "core/zone.h"

#include <optional>

namespace genscope {

/// What the numbers of a view are held against.
struct PeriodComparison
{
    enum class With {
        Nothing,
        PreviousPeriod, ///< as long, just before
        WeekBefore,     ///< the same days and hours of the week before
        Custom,
    };
    With with = With::Nothing;
    TimeRange range; ///< Custom; both bounds are given

    bool operator==(const PeriodComparison &) const = default;
};

/// The range to compare @p range with; nothing if that is not asked for, or if a range that is open has
/// nothing before it.
std::optional<TimeRange> comparedRange(const PeriodComparison &comparison, const TimeRange &range,
                                       const Zone &zone);

/// True if a bucket of @p interval begins at @p instant.
bool isStartOf(Interval interval, Timestamp instant, const Zone &zone);
/// The same reading of the clock @p days later.
Timestamp plusDays(Timestamp instant, std::int64_t days, const Zone &zone);

/// The range @p periods of its own length later (earlier if negative). Ranges of whole months or whole days
/// of @p zone move by months or days, through daylight saving. Open ranges cannot move.
std::optional<TimeRange> shiftedRange(const TimeRange &range, int periods, const Zone &zone);

} // namespace genscope

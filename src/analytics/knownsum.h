// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/columns.h"

#include <cmath>
#include <cstdint>
#include <limits>

namespace genscope {

// Sums of what is known: a sum is missing until the first value that is not, and missing values add nothing.

/// Sums past 64 bits stay at the limit, so that nothing wraps. Missing is kMissing.
inline void addKnown(std::int64_t &sum, std::int64_t value)
{
    if (value == kMissing)
        return;
    if (sum == kMissing)
        sum = 0;
    if (__builtin_add_overflow(sum, value, &sum))
        sum = value > 0 ? std::numeric_limits<std::int64_t>::max() : kMissing + 1;
}

/// Missing is NaN.
inline void addKnown(double &sum, double value)
{
    if (!std::isnan(value))
        sum = std::isnan(sum) ? value : sum + value;
}

} // namespace genscope

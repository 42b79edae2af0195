// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/timestamp.h"
#include "core/zone.h"

#include <string_view>

namespace genscope {

/// What people call a period. Weeks begin on Monday.
enum class CalendarUnit { Day, Week, Month, Quarter, Year };

/// The whole unit of @p zone that holds @p instant, or the one that lies @p before units earlier: months and
/// days have the lengths that they have, also where the clocks change.
TimeRange calendarRange(CalendarUnit unit, int before, Timestamp instant, const Zone &zone);

/// Reads a period of the calendar: `2025`, `2025-Q2`, `2025-06`, `2025-W23` (ISO 8601), `2025-06-05`; by
/// @p now `today`, `yesterday`, `this-week`, `last-week`, and so on for month, quarter and year; `all` is
/// open at both ends. @error Usage with what was expected
Result<TimeRange> parsePeriod(std::string_view text, const Zone &zone, Timestamp now);

} // namespace genscope

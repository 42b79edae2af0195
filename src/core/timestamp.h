// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace genscope {

/// An instant: microseconds since 1970-01-01T00:00:00Z.
struct Timestamp
{
    std::int64_t us = 0;

    auto operator<=>(const Timestamp &) const = default;
};

inline constexpr std::int64_t kMicrosPerSecond = 1'000'000;
inline constexpr std::int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;

/// Events outside 1970..2200 have no usable timestamp.
inline constexpr Timestamp kEarliestTimestamp{0};
inline constexpr Timestamp kLatestTimestamp{7'258'118'400 * kMicrosPerSecond}; // 2200-01-01

/// A calendar date and time of day without zone.
struct CivilTime
{
    std::int64_t year = 1970;
    int month = 1; ///< 1..12
    int day = 1;   ///< 1..31
    int hour = 0;
    int minute = 0;
    int second = 0;
    int micro = 0;

    auto operator<=>(const CivilTime &) const = default;
};

/// Days since 1970-01-01 of a proleptic Gregorian date. Source: Howard Hinnant, "chrono-compatible low-level
/// date algorithms".
std::int64_t daysFromCivil(std::int64_t year, int month, int day);
/// @p localUs read as if it were UTC.
CivilTime civilFromMicros(std::int64_t localUs);
std::int64_t microsFromCivil(const CivilTime &civil);

/// What an ISO 8601 text says; parts that it leaves out are told apart, because their meaning depends on the
/// reader.
struct ParsedTime
{
    std::int64_t localUs = 0;         ///< the wall-clock reading, as microseconds as if UTC
    std::optional<int> offsetSeconds; ///< absent where the text has no offset
    bool dateOnly = false;

    /// The instant, with @p defaultOffsetSeconds where the text has none.
    Timestamp instant(int defaultOffsetSeconds = 0) const
    {
        return {localUs - std::int64_t{offsetSeconds.value_or(defaultOffsetSeconds)} * kMicrosPerSecond};
    }
};

/// Reads `2025-06-02`, `2025-06-02T10:11:12.123456+02:00`, with a space for `T`, `Z`, `+0200`, `+02`, missing
/// seconds; digits past the microsecond are cut. Any year of four digits is read.
std::optional<ParsedTime> parseIsoTime(std::string_view text);

/// An instant from epoch seconds or milliseconds (or micro- or nanoseconds), told apart by size.
std::optional<Timestamp> timestampFromEpoch(double number);

/// `2025-06-02T10:11:12.123456+02:00`; the fraction is left out where it is zero, and cut to milliseconds
/// where that is exact.
std::string isoTime(Timestamp instant, int offsetSeconds = 0);

/// A half-open range of instants; an absent bound is open.
struct TimeRange
{
    std::optional<Timestamp> from;
    std::optional<Timestamp> to;

    bool contains(Timestamp t) const { return (!from || *from <= t) && (!to || t < *to); }
    std::int64_t fromUs() const { return from ? from->us : std::numeric_limits<std::int64_t>::min() + 1; }
    std::int64_t toUs() const { return to ? to->us : std::numeric_limits<std::int64_t>::max(); }
    bool operator==(const TimeRange &) const = default;
};

} // namespace genscope

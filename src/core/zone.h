// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/timestamp.h"

#include <QByteArray>

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace genscope {

/// The lengths into which time is cut. Weeks begin on Monday.
enum class Interval { Minute, Hour, Day, Week, Month };

std::optional<Interval> intervalFromName(std::string_view name); ///< `minute hour day week month`
std::string_view intervalName(Interval interval);

/// A time zone whose offset changes are kept in a table, so that an event's local time costs a few
/// nanoseconds. Buckets are (instant, zone): a day of a daylight-saving change has 23 or 25 hours, and hours
/// never overlap. Copies share the table. @thread any
class Zone
{
public:
    Zone(); ///< UTC
    static Zone utc() { return {}; }
    static Zone system();
    /// An IANA name such as `Europe/Berlin`, `UTC`, or a fixed offset `+02:00`. @error Usage if unknown
    static Result<Zone> named(const QByteArray &ianaId);
    /// Every IANA name this machine knows, sorted.
    static std::vector<QByteArray> available();

    const QByteArray &name() const;
    bool operator==(const Zone &other) const { return name() == other.name(); }

    int offsetSecondsAt(Timestamp instant) const;
    /// The wall-clock reading at @p instant, as microseconds as if UTC.
    std::int64_t localMicros(Timestamp instant) const
    {
        return instant.us + std::int64_t{offsetSecondsAt(instant)} * kMicrosPerSecond;
    }
    /// The first instant whose wall-clock reading is @p localUs or later, so a reading inside a gap gives the
    /// gap's end.
    Timestamp instantFromLocal(std::int64_t localUs) const;
    std::string iso(Timestamp instant) const { return isoTime(instant, offsetSecondsAt(instant)); }

    /// The start of the bucket that holds @p instant.
    Timestamp bucketStart(Timestamp instant, Interval interval) const;
    /// The start of the bucket after the one that starts at @p bucket.
    Timestamp nextBucket(Timestamp bucket, Interval interval) const;

    int hourOfDay(Timestamp instant) const; ///< 0..23
    int dayOfWeek(Timestamp instant) const; ///< 1..7 from Monday

    /// The stretch of constant offset that holds @p instant: [begin, end) and its offset. For loops over
    /// ordered events.
    struct Stretch
    {
        std::int64_t beginUs = 0;
        std::int64_t endUs = 0;
        int offsetSeconds = 0;
    };
    Stretch stretchAt(Timestamp instant) const;

private:
    struct Table;
    std::shared_ptr<const Table> m_table;
};

/// Reads a bound of the command line: ISO date or instant, or `-7d`, `-24h`, `-30m`, `-2w` before @p now.
/// A bare date is 00:00 in @p zone; as an end it includes that whole day. @error Usage with what was expected
Result<Timestamp> parseTimeBound(std::string_view text, bool isEnd, const Zone &zone, Timestamp now);

Timestamp currentTime();

} // namespace genscope

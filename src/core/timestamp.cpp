// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timestamp.h"

#include <cmath>
#include <cstdio>

namespace genscope {

namespace {

/// Reads fixed-width digits and separators off the front of a text.
class Cursor
{
public:
    explicit Cursor(std::string_view text) : m_text(text) {}

    bool atEnd() const { return m_at == m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    bool take(char c)
    {
        if (peek() != c)
            return false;
        ++m_at;
        return true;
    }
    std::optional<int> digits(int count)
    {
        int value = 0;
        for (int i = 0; i < count; ++i) {
            const char c = peek();
            if (c < '0' || c > '9')
                return std::nullopt;
            value = value * 10 + (c - '0');
            ++m_at;
        }
        return value;
    }
    bool isDigit() const { return peek() >= '0' && peek() <= '9'; }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
};

bool isLeap(std::int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int daysInMonth(std::int64_t year, int month)
{
    static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && isLeap(year) ? 29 : kDays[month - 1];
}

std::optional<int> readFractionMicros(Cursor &cursor)
{
    int micros = 0;
    int count = 0;
    while (cursor.isDigit()) {
        const int digit = *cursor.digits(1);
        if (count < 6)
            micros = micros * 10 + digit;
        ++count;
    }
    if (count == 0)
        return std::nullopt;
    for (; count < 6; ++count)
        micros *= 10;
    return micros;
}

/// `Z`, `+hh`, `+hhmm`, `+hh:mm`; nothing left means no offset.
bool readOffset(Cursor &cursor, std::optional<int> &offset)
{
    if (cursor.atEnd())
        return true;
    if (cursor.take('Z') || cursor.take('z')) {
        offset = 0;
        return true;
    }
    const bool negative = cursor.peek() == '-';
    if (!cursor.take('-') && !cursor.take('+'))
        return false;
    const auto hours = cursor.digits(2);
    if (!hours || *hours > 23)
        return false;
    int minutes = 0;
    if (!cursor.atEnd()) {
        cursor.take(':');
        const auto read = cursor.digits(2);
        if (!read || *read > 59)
            return false;
        minutes = *read;
    }
    const int seconds = *hours * 3600 + minutes * 60;
    offset = negative ? -seconds : seconds;
    return true;
}

bool readTimeOfDay(Cursor &cursor, CivilTime &civil)
{
    const auto hour = cursor.digits(2);
    if (!hour || *hour > 24 || !cursor.take(':'))
        return false;
    const auto minute = cursor.digits(2);
    if (!minute || *minute > 59)
        return false;
    civil.hour = *hour;
    civil.minute = *minute;
    if (cursor.take(':')) {
        const auto second = cursor.digits(2);
        if (!second || *second > 60) // a leap second reads as the next second
            return false;
        civil.second = *second;
        if (cursor.take('.') || cursor.take(',')) {
            const auto micros = readFractionMicros(cursor);
            if (!micros)
                return false;
            civil.micro = *micros;
        }
    }
    return civil.hour < 24 || (civil.minute == 0 && civil.second == 0 && civil.micro == 0);
}

} // namespace

std::int64_t daysFromCivil(std::int64_t year, int month, int day)
{
    year -= month <= 2;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t yearOfEra = year - era * 400;
    const std::int64_t dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const std::int64_t dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146097 + dayOfEra - 719468;
}

CivilTime civilFromMicros(std::int64_t localUs)
{
    std::int64_t days = localUs / kMicrosPerDay;
    std::int64_t rest = localUs % kMicrosPerDay;
    if (rest < 0) {
        rest += kMicrosPerDay;
        --days;
    }
    const std::int64_t shifted = days + 719468;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const std::int64_t dayOfEra = shifted - era * 146097;
    const std::int64_t yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const std::int64_t month = (5 * dayOfYear + 2) / 153;

    CivilTime civil;
    civil.day = static_cast<int>(dayOfYear - (153 * month + 2) / 5 + 1);
    civil.month = static_cast<int>(month < 10 ? month + 3 : month - 9);
    civil.year = yearOfEra + era * 400 + (civil.month <= 2);
    civil.hour = static_cast<int>(rest / (3600 * kMicrosPerSecond));
    civil.minute = static_cast<int>(rest / (60 * kMicrosPerSecond) % 60);
    civil.second = static_cast<int>(rest / kMicrosPerSecond % 60);
    civil.micro = static_cast<int>(rest % kMicrosPerSecond);
    return civil;
}

std::int64_t microsFromCivil(const CivilTime &civil)
{
    const std::int64_t seconds = daysFromCivil(civil.year, civil.month, civil.day) * 86'400 +
                                 std::int64_t{civil.hour} * 3600 + std::int64_t{civil.minute} * 60 +
                                 civil.second;
    return seconds * kMicrosPerSecond + civil.micro;
}

std::optional<ParsedTime> parseIsoTime(std::string_view text)
{
    Cursor cursor(text);
    CivilTime civil;
    const auto year = cursor.digits(4);
    if (!year || !cursor.take('-'))
        return std::nullopt;
    const auto month = cursor.digits(2);
    if (!month || *month < 1 || *month > 12 || !cursor.take('-'))
        return std::nullopt;
    const auto day = cursor.digits(2);
    if (!day || *day < 1 || *day > daysInMonth(*year, *month))
        return std::nullopt;
    civil.year = *year;
    civil.month = *month;
    civil.day = *day;

    ParsedTime parsed;
    if (cursor.atEnd()) {
        parsed.dateOnly = true;
    } else {
        if (!cursor.take('T') && !cursor.take(' ') && !cursor.take('t'))
            return std::nullopt;
        if (!readTimeOfDay(cursor, civil))
            return std::nullopt;
        cursor.take(' ');
        if (!readOffset(cursor, parsed.offsetSeconds) || !cursor.atEnd())
            return std::nullopt;
    }
    parsed.localUs = microsFromCivil(civil);
    return parsed;
}

std::optional<Timestamp> timestampFromEpoch(double number)
{
    if (!std::isfinite(number) || number < 0)
        return std::nullopt;
    // 2200-01-01 is 7.26e9 s: a larger number can only be of a finer unit.
    double micros = number * 1e6;
    if (number >= 1e17)
        micros = number / 1e3; // nanoseconds
    else if (number >= 1e14)
        micros = number; // microseconds
    else if (number >= 1e11)
        micros = number * 1e3; // milliseconds
    if (micros > 9.2e18)
        return std::nullopt;
    return Timestamp{std::llround(micros)};
}

std::string isoTime(Timestamp instant, int offsetSeconds)
{
    const CivilTime civil = civilFromMicros(instant.us + std::int64_t{offsetSeconds} * kMicrosPerSecond);
    char buffer[64];
    int length =
        std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02dT%02d:%02d:%02d", static_cast<int>(civil.year),
                      civil.month, civil.day, civil.hour, civil.minute, civil.second);
    std::string text(buffer, static_cast<std::size_t>(length));
    if (civil.micro != 0) {
        const bool millis = civil.micro % 1000 == 0;
        length = millis ? std::snprintf(buffer, sizeof buffer, ".%03d", civil.micro / 1000)
                        : std::snprintf(buffer, sizeof buffer, ".%06d", civil.micro);
        text.append(buffer, static_cast<std::size_t>(length));
    }
    const int magnitude = offsetSeconds < 0 ? -offsetSeconds : offsetSeconds;
    length = std::snprintf(buffer, sizeof buffer, "%c%02d:%02d", offsetSeconds < 0 ? '-' : '+',
                           magnitude / 3600, magnitude / 60 % 60);
    text.append(buffer, static_cast<std::size_t>(length));
    return text;
}

} // namespace genscope

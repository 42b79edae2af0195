// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/jsonnumber.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

namespace genscope {

namespace {

double toNearestDouble(std::string_view number)
{
    double value = 0;
    const auto read = std::from_chars(number.data(), number.data() + number.size(), value);
    if (read.ec == std::errc())
        return value;
    // Out of range: only the exponent can bring a number there.
    const bool tiny = number.find("e-") != number.npos || number.find("E-") != number.npos;
    const double size = tiny ? 0.0 : std::numeric_limits<double>::infinity();
    return number.front() == '-' ? -size : size;
}

Decimal powerOfTen(int exponent)
{
    Int128 power = 1;
    for (int i = 0; i < exponent; ++i)
        power *= 10;
    return {power, 0};
}

} // namespace

bool isJsonNumber(std::string_view text)
{
    std::size_t at = 0;
    const auto peek = [&] { return at < text.size() ? text[at] : '\0'; };
    const auto digits = [&] {
        const std::size_t begin = at;
        while (peek() >= '0' && peek() <= '9')
            ++at;
        return at - begin;
    };
    if (peek() == '-')
        ++at;
    const bool leadingZero = peek() == '0';
    const std::size_t whole = digits();
    if (whole == 0 || (leadingZero && whole > 1))
        return false;
    if (peek() == '.') {
        ++at;
        if (digits() == 0)
            return false;
    }
    if (peek() == 'e' || peek() == 'E') {
        ++at;
        if (peek() == '+' || peek() == '-')
            ++at;
        if (digits() == 0)
            return false;
    }
    return at == text.size();
}

std::optional<JsonNumber> JsonNumber::parse(std::string_view text)
{
    if (!isJsonNumber(text))
        return std::nullopt;
    JsonNumber number;
    number.m_exact = Decimal::parse(text).value_or(Decimal::invalid());
    number.m_approximate = toNearestDouble(text);
    return number;
}

JsonNumber JsonNumber::scaledDown(int scale) const
{
    JsonNumber scaled;
    scaled.m_exact = m_exact * (scale >= 0 ? Decimal(Int128{1}, scale) : powerOfTen(-scale));
    // From the exact digits, so that 250ms is the same double as 0.25.
    scaled.m_approximate =
        scaled.m_exact.isValid() ? scaled.m_exact.toDouble() : m_approximate * std::pow(10.0, -scale);
    return scaled;
}

std::weak_ordering compare(const JsonNumber &a, const JsonNumber &b)
{
    const Decimal difference = a.m_exact - b.m_exact;
    if (difference.isValid()) {
        if (difference.isZero())
            return std::weak_ordering::equivalent;
        return difference.isNegative() ? std::weak_ordering::less : std::weak_ordering::greater;
    }
    if (a.m_approximate == b.m_approximate)
        return std::weak_ordering::equivalent;
    return a.m_approximate < b.m_approximate ? std::weak_ordering::less : std::weak_ordering::greater;
}

JsonNumber::Floor JsonNumber::floor() const
{
    constexpr double kLimit = 9223372036854774784.0; // the last double below 2^63
    if (m_approximate >= kLimit || m_approximate <= -kLimit || !m_exact.isValid()) {
        if (m_approximate >= kLimit)
            return {std::numeric_limits<std::int64_t>::max(), false};
        if (m_approximate <= -kLimit)
            return {std::numeric_limits<std::int64_t>::min(), false};
        return {static_cast<std::int64_t>(std::floor(m_approximate)), false};
    }
    const std::string digits = m_exact.toString();
    const std::size_t point = digits.find('.');
    std::int64_t whole = 0;
    std::from_chars(digits.data(), digits.data() + std::min(point, digits.size()), whole);
    const bool exact = point == digits.npos;
    return {!exact && digits.front() == '-' ? whole - 1 : whole, exact};
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decimal.h"

#include <algorithm>
#include <charconv>

namespace genscope {

namespace {

constexpr int kMaxScale = 38;

bool multiplyByPowerOfTen(Int128 &value, int power)
{
    for (; power > 0; --power) {
        if (__builtin_mul_overflow(value, Int128{10}, &value))
            return false;
    }
    return true;
}

std::string digitsOf(UInt128 value)
{
    std::string digits;
    do {
        digits += static_cast<char>('0' + static_cast<int>(value % 10));
        value /= 10;
    } while (value != 0);
    std::reverse(digits.begin(), digits.end());
    return digits;
}

/// Brings both to one scale; false if a mantissa overflows.
bool align(Int128 &a, int scaleA, Int128 &b, int scaleB)
{
    return scaleA < scaleB ? multiplyByPowerOfTen(a, scaleB - scaleA)
                           : multiplyByPowerOfTen(b, scaleA - scaleB);
}

} // namespace

std::optional<Decimal> Decimal::parse(std::string_view text)
{
    std::size_t at = 0;
    const auto peek = [&] { return at < text.size() ? text[at] : '\0'; };
    const auto isDigit = [&] { return peek() >= '0' && peek() <= '9'; };

    const bool negative = peek() == '-';
    at += negative;
    Int128 mantissa = 0;
    int scale = 0;
    bool any = false;
    bool fraction = false;
    for (;; ++at) {
        if (peek() == '.' && !fraction && any) {
            fraction = true;
            continue;
        }
        if (!isDigit())
            break;
        any = true;
        if (!multiplyByPowerOfTen(mantissa, 1) ||
            __builtin_add_overflow(mantissa, Int128{peek() - '0'}, &mantissa))
            return std::nullopt;
        scale += fraction;
    }
    if (!any || text[at - 1] == '.')
        return std::nullopt;
    if (peek() == 'e' || peek() == 'E') {
        ++at;
        at += peek() == '+';
        int exponent = 0;
        const auto read = std::from_chars(text.data() + at, text.data() + text.size(), exponent);
        if (read.ec != std::errc() || exponent > 400 || exponent < -400)
            return std::nullopt;
        at = static_cast<std::size_t>(read.ptr - text.data());
        scale -= exponent;
    }
    if (at != text.size())
        return std::nullopt;
    while (scale > 0 && mantissa % 10 == 0 && mantissa != 0) {
        mantissa /= 10;
        --scale;
    }
    if (mantissa == 0)
        scale = 0;
    if (scale < 0) {
        if (!multiplyByPowerOfTen(mantissa, -scale))
            return std::nullopt;
        scale = 0;
    }
    if (scale > kMaxScale)
        return std::nullopt;
    return Decimal(negative ? Int128{-mantissa} : mantissa, scale);
}

Decimal operator+(const Decimal &a, const Decimal &b)
{
    if (!a.m_valid || !b.m_valid)
        return Decimal::invalid();
    if (a.m_mantissa == 0)
        return b;
    if (b.m_mantissa == 0)
        return a;
    Int128 x = a.m_mantissa;
    Int128 y = b.m_mantissa;
    Int128 sum = 0;
    if (!align(x, a.m_scale, y, b.m_scale) || __builtin_add_overflow(x, y, &sum))
        return Decimal::invalid();
    return {sum, std::max(a.m_scale, b.m_scale)};
}

Decimal operator-(const Decimal &a, const Decimal &b)
{
    if (!b.m_valid)
        return Decimal::invalid();
    return a + Decimal(Int128{-b.m_mantissa}, b.m_scale);
}

Decimal operator*(const Decimal &a, const Decimal &b)
{
    if (!a.m_valid || !b.m_valid)
        return Decimal::invalid();
    if (a.m_mantissa == 0 || b.m_mantissa == 0)
        return {};
    Int128 product = 0;
    if (__builtin_mul_overflow(a.m_mantissa, b.m_mantissa, &product))
        return Decimal::invalid();
    int scale = a.m_scale + b.m_scale;
    while (scale > 0 && product % 10 == 0) {
        product /= 10;
        --scale;
    }
    if (scale > kMaxScale)
        return Decimal::invalid();
    return {product, scale};
}

std::optional<std::int64_t> Decimal::toPico() const
{
    constexpr int kPicoScale = 12;
    if (!m_valid)
        return std::nullopt;
    Int128 pico = m_mantissa;
    if (m_scale <= kPicoScale) {
        if (!multiplyByPowerOfTen(pico, kPicoScale - m_scale))
            return std::nullopt;
    } else {
        Int128 divisor = 1;
        multiplyByPowerOfTen(divisor, m_scale - kPicoScale);
        const Int128 rest = pico % divisor;
        pico /= divisor;
        if ((rest < 0 ? -rest : rest) >= divisor - (rest < 0 ? -rest : rest) && rest != 0)
            pico += rest < 0 ? -1 : 1;
    }
    if (pico > INT64_MAX || pico <= INT64_MIN)
        return std::nullopt;
    return static_cast<std::int64_t>(pico);
}

int Decimal::smallestScale() const
{
    int scale = m_scale;
    for (Int128 mantissa = m_mantissa; scale > 0 && mantissa % 10 == 0; mantissa /= 10)
        --scale;
    return scale;
}

std::optional<std::int64_t> Decimal::wholeAtScale(int scale) const
{
    constexpr Int128 kLimit = Int128{1} << 62;
    if (!m_valid || smallestScale() > scale)
        return std::nullopt;
    Int128 whole = m_mantissa;
    for (int extra = m_scale; extra > scale; --extra)
        whole /= 10;
    if (!multiplyByPowerOfTen(whole, std::max(0, scale - m_scale)) || whole >= kLimit || whole <= -kLimit)
        return std::nullopt;
    return static_cast<std::int64_t>(whole);
}

double Decimal::toDouble() const
{
    const std::string text = toString();
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string Decimal::toString() const
{
    if (!m_valid)
        return "invalid";
    const bool negative = m_mantissa < 0;
    std::string digits =
        digitsOf(negative ? -static_cast<UInt128>(m_mantissa) : static_cast<UInt128>(m_mantissa));
    if (m_scale > 0) {
        const auto scale = static_cast<std::size_t>(m_scale);
        if (digits.size() <= scale)
            digits.insert(0, scale + 1 - digits.size(), '0');
        digits.insert(digits.size() - scale, 1, '.');
        digits.erase(digits.find_last_not_of('0') + 1);
        if (digits.back() == '.')
            digits.pop_back();
    }
    return negative ? "-" + digits : digits;
}

} // namespace genscope

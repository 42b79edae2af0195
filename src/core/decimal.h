// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/int128.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace genscope {

/// An exact decimal number: mantissa x 10^-scale. Prices and cost rules use it, so that nothing is rounded
/// before the last step, toPico(). Results that need more than 38 digits are invalid, never wrong: validity
/// propagates like NaN.
class Decimal
{
public:
    constexpr Decimal() = default;
    constexpr Decimal(std::int64_t value) : m_mantissa(value) {}
    constexpr Decimal(Int128 mantissa, int scale) : m_mantissa(mantissa), m_scale(scale) {}

    /// Reads a JSON number (`-1.5e-7`) exactly; nothing else may stand before or behind it.
    static std::optional<Decimal> parse(std::string_view text);
    static constexpr Decimal invalid()
    {
        Decimal d;
        d.m_valid = false;
        return d;
    }

    bool isValid() const { return m_valid; }
    bool isZero() const { return m_valid && m_mantissa == 0; }
    bool isNegative() const { return m_valid && m_mantissa < 0; }

    /// This number times 10^@p scale, if that is a whole number of at most 62 bits.
    std::optional<std::int64_t> wholeAtScale(int scale) const;
    /// The smallest scale at which this is a whole number; 0 if it is one.
    int smallestScale() const;

    friend Decimal operator+(const Decimal &a, const Decimal &b);
    friend Decimal operator-(const Decimal &a, const Decimal &b);
    friend Decimal operator*(const Decimal &a, const Decimal &b);
    Decimal operator-() const { return {Int128{-m_mantissa}, m_scale}; }
    Decimal &operator+=(const Decimal &b) { return *this = *this + b; }
    friend bool operator<(const Decimal &a, const Decimal &b) { return (a - b).isNegative(); }
    friend bool operator>(const Decimal &a, const Decimal &b) { return b < a; }
    friend bool operator==(const Decimal &a, const Decimal &b) { return (a - b).isZero(); }

    /// This number of dollars in picodollars (1e-12 USD), rounded half away from zero: the only rounding of a
    /// cost. Nothing if it does not fit 64 bits (about 9.2 million dollars) or is invalid.
    std::optional<std::int64_t> toPico() const;
    double toDouble() const;
    /// Plain digits, no exponent, no trailing zeros.
    std::string toString() const;

private:
    Int128 m_mantissa = 0;
    int m_scale = 0; ///< 0..38
    bool m_valid = true;
};

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/int128.h"

#include <compare>
#include <cstdint>
#include <string>

namespace genscope {

/// An amount of US dollars as a whole number of picodollars (1e-12 USD). Sums are exact and do not depend on
/// order.
struct Money
{
    Int128 pico = 0;

    auto operator<=>(const Money &) const = default;
    Money &operator+=(Money other)
    {
        pico += other.pico;
        return *this;
    }
    friend Money operator+(Money a, Money b) { return a += b; }
    friend Money operator-(Money a, Money b) { return {a.pico - b.pico}; }

    double usd() const { return static_cast<double>(pico) / 1e12; }
    /// Dollars with up to 12 decimals, no exponent, no trailing zeros: `0.000123`, `-12.5`, `3`.
    std::string toString() const;
    /// This amount divided by @p count > 0, rounded half away from zero to a picodollar.
    Money dividedBy(std::int64_t count) const;
};

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decimal.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace genscope {

/// True if @p text is wholly a number as JSON writes it: `-1.5e3`, not `007`, ` 1`, `.5` or `NaN`.
bool isJsonNumber(std::string_view text);

/// A number of a JSON text or of a filter. Exact where 38 digits suffice, else to the next double, so that
/// every number compares.
class JsonNumber
{
public:
    JsonNumber() = default;
    static std::optional<JsonNumber> parse(std::string_view text);

    /// This number times 10^-scale (scale may be negative): what a unit does.
    JsonNumber scaledDown(int scale) const;
    double toDouble() const { return m_approximate; }

    friend std::weak_ordering compare(const JsonNumber &a, const JsonNumber &b);
    friend bool operator==(const JsonNumber &a, const JsonNumber &b) { return compare(a, b) == 0; }

    /// The largest whole number that is not larger, kept inside 64 bits.
    struct Floor
    {
        std::int64_t value = 0;
        bool exact = false; ///< value is this number
    };
    Floor floor() const;

private:
    Decimal m_exact; ///< invalid where it does not fit
    double m_approximate = 0;
};

} // namespace genscope

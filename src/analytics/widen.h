// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <utility>

namespace genscope {

// The loops that columns are read with.

/// Numbers as a column stores them: 0 is kMissing, n is base + (n - 1) * step.
struct RawNumbers
{
    const std::uint8_t *bytes = nullptr; ///< little-endian, in any alignment
    std::uint8_t width = 1;              ///< bytes a number: 1, 2, 4, 8
    std::int64_t base = 0;
    std::uint64_t step = 1;
};

void widenNumbers(const RawNumbers &raw, std::span<std::int64_t> out);
/// The same for codes, of which none is kMissing.
void widenCodes(const RawNumbers &raw, std::span<std::uint32_t> out);
/// The smallest and largest of @p count stored numbers, at least one.
std::pair<std::uint64_t, std::uint64_t> rawRange(const RawNumbers &raw, std::size_t count);
/// micros / 1e6, rounded as one division is; NaN for kMissing. @p micros are within +-2^53
void secondsOfMicros(std::span<const std::int64_t> micros, std::span<double> out);

} // namespace genscope

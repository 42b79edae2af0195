// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/widen.h"

#include "analytics/columns.h"
#include "core/multiversion.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace genscope {

namespace {

template<typename Raw>
inline Raw load(const std::uint8_t *bytes, std::size_t index)
{
    Raw raw;
    std::memcpy(&raw, bytes + index * sizeof raw, sizeof raw);
    return raw;
}

template<typename Raw>
[[gnu::always_inline]] inline void numbersOf(const std::uint8_t *__restrict bytes, std::int64_t base,
                                             std::uint64_t step, std::int64_t *__restrict out,
                                             std::size_t count)
{
    const std::uint64_t before = static_cast<std::uint64_t>(base) - step;
    const auto valueOf = [before](Raw raw, std::uint64_t offset) {
        return raw == 0 ? kMissing : static_cast<std::int64_t>(before + offset);
    };
    if (step == 1) {
        for (std::size_t i = 0; i < count; ++i) {
            const Raw raw = load<Raw>(bytes, i);
            out[i] = valueOf(raw, raw);
        }
        return;
    }
    if (sizeof(Raw) <= sizeof(std::uint32_t) && step <= std::numeric_limits<std::uint32_t>::max()) {
        // Two numbers of 32 bits: every processor multiplies several of those at once.
        const auto narrowStep = static_cast<std::uint32_t>(step);
        for (std::size_t i = 0; i < count; ++i) {
            const Raw raw = load<Raw>(bytes, i);
            out[i] = valueOf(raw, std::uint64_t{static_cast<std::uint32_t>(raw)} * narrowStep);
        }
        return;
    }
    for (std::size_t i = 0; i < count; ++i) {
        const Raw raw = load<Raw>(bytes, i);
        out[i] = valueOf(raw, raw * step);
    }
}

template<typename Raw>
[[gnu::always_inline]] inline void codesOf(const std::uint8_t *__restrict bytes, std::int64_t base,
                                           std::uint64_t step, std::uint32_t *__restrict out,
                                           std::size_t count)
{
    // Only the low halves count: that of kMissing is 0.
    const auto narrowStep = static_cast<std::uint32_t>(step);
    const std::uint32_t before = static_cast<std::uint32_t>(base) - narrowStep;
    for (std::size_t i = 0; i < count; ++i) {
        const Raw raw = load<Raw>(bytes, i);
        out[i] = raw == 0 ? 0 : before + static_cast<std::uint32_t>(raw) * narrowStep;
    }
}

template<typename Raw>
[[gnu::always_inline]] inline std::pair<std::uint64_t, std::uint64_t>
rangeOf(const std::uint8_t *__restrict bytes, std::size_t count)
{
    Raw smallest = std::numeric_limits<Raw>::max();
    Raw largest = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const Raw raw = load<Raw>(bytes, i);
        smallest = std::min(smallest, raw);
        largest = std::max(largest, raw);
    }
    return {smallest, largest};
}

} // namespace

GENSCOPE_MULTIVERSION
void widenNumbers(const RawNumbers &raw, std::span<std::int64_t> out)
{
    switch (raw.width) {
    case 1:
        return numbersOf<std::uint8_t>(raw.bytes, raw.base, raw.step, out.data(), out.size());
    case 2:
        return numbersOf<std::uint16_t>(raw.bytes, raw.base, raw.step, out.data(), out.size());
    case 4:
        return numbersOf<std::uint32_t>(raw.bytes, raw.base, raw.step, out.data(), out.size());
    default:
        return numbersOf<std::uint64_t>(raw.bytes, raw.base, raw.step, out.data(), out.size());
    }
}

GENSCOPE_MULTIVERSION
void widenCodes(const RawNumbers &raw, std::span<std::uint32_t> out)
{
    switch (raw.width) {
    case 1:
        return codesOf<std::uint8_t>(raw.bytes, raw.base, raw.step, out.data(), out.size());
    case 2:
        return codesOf<std::uint16_t>(raw.bytes, raw.base, raw.step, out.data(), out.size());
    case 4:
        return codesOf<std::uint32_t>(raw.bytes, raw.base, raw.step, out.data(), out.size());
    default:
        return codesOf<std::uint64_t>(raw.bytes, raw.base, raw.step, out.data(), out.size());
    }
}

GENSCOPE_MULTIVERSION
std::pair<std::uint64_t, std::uint64_t> rawRange(const RawNumbers &raw, std::size_t count)
{
    switch (raw.width) {
    case 1:
        return rangeOf<std::uint8_t>(raw.bytes, count);
    case 2:
        return rangeOf<std::uint16_t>(raw.bytes, count);
    case 4:
        return rangeOf<std::uint32_t>(raw.bytes, count);
    default:
        return rangeOf<std::uint64_t>(raw.bytes, count);
    }
}

GENSCOPE_MULTIVERSION
void secondsOfMicros(std::span<const std::int64_t> micros, std::span<double> out)
{
    constexpr double kMicrosPerSecondReal = 1e6;
    // Within +-2^51, 1.5 * 2^52 + number is a double whose lowest bits are the number: no processor but the
    // newest converts several numbers of 64 bits at once.
    constexpr std::int64_t kLimit = std::int64_t{1} << 51;
    constexpr double kShift = 6755399441055744.0;
    const std::int64_t *in = micros.data();
    std::int64_t outside = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::int64_t number = in[i] == kMissing ? 0 : in[i];
        outside |= (number + kLimit) | (kLimit - number); // negative where it is outside
    }
    if (outside < 0) {
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = in[i] == kMissing ? std::numeric_limits<double>::quiet_NaN()
                                       : static_cast<double>(in[i]) / kMicrosPerSecondReal;
        return;
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
        const double shifted = std::bit_cast<double>(std::bit_cast<std::int64_t>(kShift) + in[i]);
        out[i] = in[i] == kMissing ? std::numeric_limits<double>::quiet_NaN()
                                   : (shifted - kShift) / kMicrosPerSecondReal;
    }
}

} // namespace genscope

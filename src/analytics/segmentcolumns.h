// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/columns.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace genscope {

/// What measures sum: a number of each event, kMissing where it has none.
enum class NumberSource : std::uint8_t {
    InputTokens,
    OutputTokens,
    CacheReadTokens,
    CacheWriteTokens,
    ReasoningTokens,
    TotalTokens,  ///< input and output
    PromptTokens, ///< everything that was read, from the cache or not
    Cost,
    CostInput,
    CostOutput,
    CostCacheRead,
    CostCacheWrite,
    CostRequest,
    CostWebSearch,
    CostOfUsers, ///< cost of events that have a user
};
inline constexpr int kNumberSourceCount = static_cast<int>(NumberSource::CostOfUsers) + 1;

/// Decoded columns of one segment at a time, each decoded when it is first asked for. One per thread.
class SegmentColumns
{
public:
    explicit SegmentColumns(CostMode cost) : m_cost(cost) {}

    void load(const Segment &segment);
    const Segment &segment() const { return *m_segment; }

    // By row of the segment; valid until the next load().
    std::span<const std::int64_t> numbers(NumberSource source);
    std::span<const double> reals(RealField field);
    std::span<const std::int64_t> flags();
    /// True if all that there are fit 32 bits as whole microseconds, without a sign: micros() has them.
    bool hasNarrowMicros(RealField field);
    std::span<const std::int64_t> micros(RealField field);
    /// True if no row has such a number, without decoding anything.
    bool lacks(RealField field) const { return m_segment->reals(field).isMissing(); }

private:
    template<typename Value>
    struct Column
    {
        std::vector<Value> values;
        bool decoded = false;
    };
    void decode(NumberSource source, std::span<std::int64_t> out);
    void decodePromptTokens(std::span<std::int64_t> out);
    void decodeCostOfUsers(std::span<std::int64_t> out);

    CostMode m_cost;
    const Segment *m_segment = nullptr;
    std::array<Column<std::int64_t>, kNumberSourceCount> m_numbers;
    std::array<Column<double>, kRealFieldCount> m_reals;
    std::array<Column<std::int64_t>, kRealFieldCount> m_micros;
    std::array<std::optional<bool>, kRealFieldCount> m_narrow;
    Column<std::int64_t> m_flags;
};

} // namespace genscope

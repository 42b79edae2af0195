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

/// Real numbers of each event that measures average and rank, NaN where it has none.
enum class RealSource : std::uint8_t {
    Latency,          ///< seconds
    TimeToFirstToken, ///< seconds
    TokensPerSecond,  ///< tokensPerSecond()
};
inline constexpr int kRealSourceCount = static_cast<int>(RealSource::TokensPerSecond) + 1;

/// Output tokens by latency of one call; NaN for an error, and where a number is missing or the latency is
/// not positive.
double tokensPerSecond(std::int64_t outputTokens, double latencySeconds, std::int64_t flags);

/// Decoded columns of one segment at a time, each decoded when it is first asked for. One per thread.
class SegmentColumns
{
public:
    explicit SegmentColumns(CostMode cost) : m_cost(cost) {}

    void load(const Segment &segment);
    const Segment &segment() const { return *m_segment; }

    // By row of the segment; valid until the next load().
    std::span<const std::int64_t> numbers(NumberSource source);
    std::span<const double> reals(RealSource source);
    std::span<const std::int64_t> flags();
    /// True if all that there are fit 32 bits as whole microseconds, without a sign: micros() has them.
    bool hasNarrowMicros(RealSource source);
    std::span<const std::int64_t> micros(RealSource source);
    /// True if no row has such a number, without decoding anything.
    bool lacks(RealSource source) const;

private:
    template<typename Value>
    struct Column
    {
        std::vector<Value> values;
        bool decoded = false;
    };
    void decode(NumberSource source, std::span<std::int64_t> out);
    void decode(RealSource source, std::span<double> out);
    void decodePromptTokens(std::span<std::int64_t> out);
    void decodeCostOfUsers(std::span<std::int64_t> out);

    CostMode m_cost;
    const Segment *m_segment = nullptr;
    std::array<Column<std::int64_t>, kNumberSourceCount> m_numbers;
    std::array<Column<double>, kRealSourceCount> m_reals;
    std::array<Column<std::int64_t>, kRealSourceCount> m_micros;
    std::array<std::optional<bool>, kRealSourceCount> m_narrow;
    Column<std::int64_t> m_flags;
};

} // namespace genscope

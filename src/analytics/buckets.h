// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/zone.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace genscope {

/// Consecutive time buckets of an interval in a zone.
class Buckets
{
public:
    static constexpr std::size_t kMost = 100'000;

    /// Every bucket from the one that holds @p firstUs to the one that holds @p lastUs.
    /// @error Usage if they are more than kMost
    static Result<Buckets> covering(std::int64_t firstUs, std::int64_t lastUs, Interval interval,
                                    const Zone &zone);

    bool operator==(const Buckets &other) const { return m_starts == other.m_starts; }
    std::size_t size() const { return m_starts.size() - 1; }
    Timestamp start(std::size_t index) const { return {m_starts[index]}; }

    /// The bucket that holds both times and so all between them, if one does.
    std::optional<std::size_t> onlyBucketOf(std::int64_t firstUs, std::int64_t lastUs) const;

    /// Writes the bucket of times[row] for each of @p rows. All times are inside the buckets.
    void find(std::span<const std::int64_t> times, std::span<const std::uint32_t> rows,
              std::span<std::uint32_t> out) const;

private:
    std::size_t indexOf(std::int64_t timeUs) const;

    std::vector<std::int64_t> m_starts; ///< one more than there are buckets: the end of the last
    double m_perMicro = 0;              ///< buckets per microsecond, on average
};

} // namespace genscope

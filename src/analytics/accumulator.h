// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/dimension.h"
#include "analytics/segmentcolumns.h"
#include "core/int128.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace genscope {

/// Rows of the loaded segment, and the group that each counts in.
struct Batch
{
    std::size_t segment = 0;
    std::span<const std::uint32_t> rows;
    std::span<const std::uint32_t> groups; ///< empty: all are in `group`
    std::uint32_t group = 0;
};

/// What is known about the events of a group in the end.
struct Figure
{
    std::int64_t count = 0; ///< events that have the number; distinct values
    Int128 sum = 0;
    double real = 0;
};

/// Adds up one number per group. One per thread; merge() brings them together.
class Accumulator
{
public:
    virtual ~Accumulator() = default;

    /// Makes room for @p groups groups.
    virtual void resize(std::size_t groups) = 0;
    virtual void add(const Batch &batch, SegmentColumns &columns) = 0;
    /// Takes over what @p other, of the same kind, has added up: its group g is @p groupOf[g] here.
    virtual void merge(const Accumulator &other, std::span<const std::uint32_t> groupOf) = 0;
    /// Called once, when everything is added that others will take over again and again: makes that fast.
    virtual void settle() {}
    /// Called once, when everything is added and before figures are asked for.
    virtual void finish() {}
    /// @param which  of percentiles: the number of the fraction
    virtual Figure figure(std::size_t group, std::size_t which) const = 0;
};

std::unique_ptr<Accumulator> makeEventCounter();
std::unique_ptr<Accumulator> makeErrorCounter();
std::unique_ptr<Accumulator> makeUnpricedCounter(CostMode mode);
/// Figure: how many events have the number, and their sum.
std::unique_ptr<Accumulator> makeSum(NumberSource source);
/// Figure: how many events have the number, and their sum as real.
std::unique_ptr<Accumulator> makeRealSum(RealSource field);
/// Figure: how many events have the number, and the largest as real.
std::unique_ptr<Accumulator> makeRealMax(RealSource field);
/// Figure: output tokens as sum and seconds as real, over events without error that have both.
std::unique_ptr<Accumulator> makeTokenRate();
/// Figure: how many events have the number, and a percentile as real.
/// @param fractions  ascending
std::unique_ptr<Accumulator> makePercentiles(RealSource field, std::vector<double> fractions);
/// Figure: how many distinct values but "missing".
/// @param mostGroups  how many groups there can be
std::unique_ptr<Accumulator> makeDistinct(std::shared_ptr<const Dimension> dimension,
                                          std::uint64_t mostGroups);

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace genscope {

/// Exact percentiles by linear interpolation between closest ranks (`quantile_cont`), in linear time.
/// @param values     in any order and free of NaN; reordered
/// @param fractions  ascending, each 0..1
/// @param out        one result for each fraction; NaN if there are no values
void percentiles(std::span<double> values, std::span<const double> fractions, std::span<double> out);
/// The same in seconds, of @p values in microseconds: half as much to move.
void percentiles(std::span<std::uint32_t> values, std::span<const double> fractions, std::span<double> out);

/// The same of numbers of microseconds that lie in several runs, each ascending; at least one number, or NaN.
void percentilesOfRuns(std::span<const std::span<const std::uint32_t>> runs,
                       std::span<const double> fractions, std::span<double> out);

} // namespace genscope

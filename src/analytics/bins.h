// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace genscope {

struct Field;

/// How the numbers of a field are cut into bins: what makes a histogram of a breakdown. Bins do not depend on
/// the data, so that those of two questions are the same.
struct Binning
{
    static constexpr int kUsual = 20;
    /// Logarithmic bins: how many to a factor of ten. Their edges are round: 1, 2, 5 for 3, else preferred
    /// numbers (ISO 3): 1, 1.6, 2.5, 4, 6.3 for 5, and more of that kind for 10, 20, 40, 80.
    int perDecade = kUsual;
    /// Bins of equal width at multiples of this [of the field's unit]; 0: logarithmic ones.
    double step = 0;

    bool isLinear() const { return step > 0; }
    bool operator==(const Binning &) const = default;

    static bool isResolution(int perDecade);
    /// The finest resolution up to @p perDecade.
    static int resolutionFor(double perDecade);
    /// Reads what stands behind the field in `bin(latency 40)` and `bin(latency step 0.5)`.
    static std::optional<Binning> parse(std::string_view text);
};

/// What numbers a field has: bins of whole numbers have whole edges.
enum class NumberKind { Real, Whole, Money };
NumberKind numberKindOf(const Field &field);

/// The edges of the bins that hold the numbers from @p lowest to @p highest, ascending: one more than there
/// are bins, each of which holds its lower edge and not its upper one. Zero begins a bin, which ends at the
/// smallest edge above it (1e-6; 1 for whole numbers); negative numbers mirror positive ones. The outermost
/// bins, beyond 1e9 (9e18 for whole numbers), also hold what lies outside. Linear bins end with
/// an endless edge after kMostBins. Money is in picodollars.
std::vector<double> realBinEdges(const Binning &binning, double lowest, double highest);
std::vector<std::int64_t> wholeBinEdges(const Binning &binning, NumberKind kind, std::int64_t lowest,
                                        std::int64_t highest);
inline constexpr std::size_t kMostBins = 10'000;

/// The edges for numbers as results show them (money in dollars), for charts. @param field  with bins
std::vector<double> binEdges(const Field &field, double lowest, double highest);

} // namespace genscope

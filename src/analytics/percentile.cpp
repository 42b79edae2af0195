// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/percentile.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace genscope {

namespace {

/// Where a percentile lies between two ranks of the sorted values.
struct Place
{
    std::size_t below = 0;
    std::size_t above = 0;
    double fraction = 0;
};

Place placeOf(double fraction, std::size_t count)
{
    const double position = fraction * static_cast<double>(count - 1);
    const auto below = std::min(static_cast<std::size_t>(position), count - 1);
    const double rest = position - static_cast<double>(below);
    return {below, rest > 0 ? std::min(below + 1, count - 1) : below, rest};
}

/// Puts the values of @p ranks (ascending) where sorting would.
template<typename Value>
void selectRanks(std::span<Value> values, std::span<const std::size_t> ranks)
{
    std::size_t done = 0; // everything before is in place, and nothing behind is smaller
    for (const std::size_t rank : ranks) {
        if (rank < done)
            continue;
        const auto begin = values.begin() + static_cast<std::ptrdiff_t>(done);
        const auto nth = values.begin() + static_cast<std::ptrdiff_t>(rank);
        if (rank == done)
            std::iter_swap(nth, std::min_element(begin, values.end()));
        else
            std::nth_element(begin, nth, values.end());
        done = rank + 1;
    }
}

constexpr std::size_t kBins = 65'536;

/// Bins in the order of values.
class DoubleBins
{
public:
    explicit DoubleBins(std::span<const double>) {}
    std::uint32_t operator()(double value) const // the upper bits, ordered as doubles are
    {
        const auto bits = std::bit_cast<std::uint64_t>(value);
        const std::uint64_t ordered = bits >> 63 != 0 ? ~bits : bits | (std::uint64_t{1} << 63);
        return static_cast<std::uint32_t>(ordered >> 48);
    }
};
class MicroBins
{
public:
    explicit MicroBins(std::span<const std::uint32_t> values)
        : m_shift(std::max(
              0, static_cast<int>(std::bit_width(*std::max_element(values.begin(), values.end()))) - 16))
    {
    }
    std::uint32_t operator()(std::uint32_t value) const { return value >> m_shift; }

private:
    int m_shift;
};

double secondsOf(double seconds)
{
    return seconds;
}
double secondsOf(std::uint32_t micros)
{
    return static_cast<double>(micros) / 1e6;
}

/// Below this many values, partitioning is faster than counting.
constexpr std::size_t kFewValues = 8'192;

/// The values of @p ranks (ascending) among many: counts them into bins, then sorts out only the bins that
/// hold a rank.
template<typename Bins, typename Value>
std::vector<Value> rankedValues(std::span<const Value> values, std::span<const std::size_t> ranks)
{
    const Bins binOf(values);
    std::vector<std::uint32_t> counts(kBins);
    for (const Value value : values)
        ++counts[binOf(value)];

    struct Bin
    {
        std::size_t firstRank = 0;
        std::vector<Value> values;
        std::vector<std::size_t> ranks; ///< inside the bin
    };
    std::vector<Bin> bins;
    std::vector<std::uint8_t> binNumber(kBins); // 1 + index in bins; there are at most two ranks a percentile
    std::vector<std::size_t> binOfRank;
    std::size_t before = 0;
    std::size_t bin = 0;
    for (const std::size_t rank : ranks) {
        while (before + counts[bin] <= rank)
            before += counts[bin++];
        if (binNumber[bin] == 0) {
            bins.push_back({before, {}, {}});
            bins.back().values.reserve(counts[bin]);
            binNumber[bin] = static_cast<std::uint8_t>(bins.size());
        }
        bins.back().ranks.push_back(rank - before);
        binOfRank.push_back(bins.size() - 1);
    }
    for (const Value value : values) {
        const std::uint8_t number = binNumber[binOf(value)];
        if (number != 0)
            bins[number - 1].values.push_back(value);
    }
    for (Bin &each : bins)
        selectRanks(std::span(each.values), each.ranks);
    std::vector<Value> ranked;
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        const Bin &each = bins[binOfRank[i]];
        ranked.push_back(each.values[ranks[i] - each.firstRank]);
    }
    return ranked;
}

template<typename Bins, typename Value>
void findPercentiles(std::span<Value> values, std::span<const double> fractions, std::span<double> out)
{
    if (values.empty()) {
        std::fill(out.begin(), out.end(), std::numeric_limits<double>::quiet_NaN());
        return;
    }
    std::array<std::size_t, 64> ranks{};
    std::size_t rankCount = 0;
    for (const double fraction : fractions) {
        const Place place = placeOf(fraction, values.size());
        for (const std::size_t rank : {place.below, place.above}) {
            if ((rankCount == 0 || ranks[rankCount - 1] < rank) && rankCount < ranks.size())
                ranks[rankCount++] = rank;
        }
    }
    const std::span<const std::size_t> wanted(ranks.data(), rankCount);
    std::vector<Value> ranked;
    if (values.size() > kFewValues)
        ranked = rankedValues<Bins>(std::span<const Value>(values), wanted);
    else
        selectRanks(values, wanted);
    const auto valueAt = [&](std::size_t rank) {
        if (ranked.empty())
            return secondsOf(values[rank]);
        return secondsOf(ranked[static_cast<std::size_t>(
            std::lower_bound(wanted.begin(), wanted.end(), rank) - wanted.begin())]);
    };
    for (std::size_t i = 0; i < fractions.size(); ++i) {
        const Place place = placeOf(fractions[i], values.size());
        const double below = valueAt(place.below);
        out[i] = place.above == place.below ? below : below + (valueAt(place.above) - below) * place.fraction;
    }
}

} // namespace

void percentiles(std::span<double> values, std::span<const double> fractions, std::span<double> out)
{
    findPercentiles<DoubleBins>(values, fractions, out);
}

void percentiles(std::span<std::uint32_t> values, std::span<const double> fractions, std::span<double> out)
{
    findPercentiles<MicroBins>(values, fractions, out);
}

void percentilesOfRuns(std::span<const std::span<const std::uint32_t>> runs,
                       std::span<const double> fractions, std::span<double> out)
{
    std::size_t count = 0;
    std::uint32_t smallest = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t largest = 0;
    for (const auto run : runs) {
        count += run.size();
        if (run.empty())
            continue;
        smallest = std::min(smallest, run.front());
        largest = std::max(largest, run.back());
    }
    if (count == 0) {
        std::fill(out.begin(), out.end(), std::numeric_limits<double>::quiet_NaN());
        return;
    }
    // The smallest value that is, with all that are no larger, more than `rank`.
    const auto valueAt = [&](std::size_t rank) {
        std::uint32_t low = smallest;
        std::uint32_t high = largest;
        while (low < high) {
            const std::uint32_t middle = low + (high - low) / 2;
            std::size_t notLarger = 0;
            for (const auto run : runs)
                notLarger +=
                    static_cast<std::size_t>(std::upper_bound(run.begin(), run.end(), middle) - run.begin());
            if (notLarger > rank)
                high = middle;
            else
                low = middle + 1;
        }
        return secondsOf(low);
    };
    for (std::size_t i = 0; i < fractions.size(); ++i) {
        const Place place = placeOf(fractions[i], count);
        const double below = valueAt(place.below);
        out[i] = place.above == place.below ? below : below + (valueAt(place.above) - below) * place.fraction;
    }
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/percentile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using namespace genscope;

namespace {

const std::vector<double> kFractions = {0.0, 0.5, 0.9, 0.95, 0.99, 1.0};

std::vector<double> bySorting(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    std::vector<double> out;
    for (const double fraction : kFractions) {
        const double position = fraction * static_cast<double>(values.size() - 1);
        const double below = values[static_cast<std::size_t>(std::floor(position))];
        const double above = values[static_cast<std::size_t>(std::ceil(position))];
        out.push_back(below + (above - below) * (position - std::floor(position)));
    }
    return out;
}

std::vector<double> computed(std::vector<double> values)
{
    std::vector<double> out(kFractions.size());
    percentiles(values, kFractions, out);
    return out;
}

TEST(Percentiles, OfNothingAreNan)
{
    for (const double value : computed({}))
        EXPECT_TRUE(std::isnan(value));
}

TEST(Percentiles, InterpolateBetweenClosestRanks)
{
    EXPECT_EQ(computed({7}), (std::vector<double>{7, 7, 7, 7, 7, 7}));
    EXPECT_EQ(computed({2, 1})[1], 1.5);
    EXPECT_DOUBLE_EQ(computed({4, 1, 2})[2], 3.6);
}

TEST(Percentiles, AreThoseOfTheSortedValuesWhateverTheirNumberAndSpread)
{
    std::mt19937_64 random(7);
    for (const std::size_t count : {1, 2, 3, 10, 100, 1000, 8192, 8193, 20'000, 100'000}) {
        for (int shape = 0; shape < 5; ++shape) {
            std::vector<double> values(count);
            for (double &value : values) {
                const double unit = static_cast<double>(random() >> 11) / 9007199254740992.0;
                switch (shape) {
                case 0: // latencies
                    value = std::round(std::exp(unit * 6 - 3) * 1000) / 1000;
                    break;
                case 1: // many equal
                    value = static_cast<double>(random() % 3);
                    break;
                case 2: // both signs
                    value = unit - 0.5;
                    break;
                case 3: // wide
                    value = std::pow(10, unit * 600 - 300);
                    break;
                default:
                    value = random() % 2 == 0 ? 0.0 : -0.0;
                }
            }
            EXPECT_EQ(computed(values), bySorting(values)) << count << " values of shape " << shape;
        }
    }
}

TEST(Percentiles, OfMicrosecondsAreThoseOfTheirSeconds)
{
    std::mt19937_64 random(5);
    for (const std::size_t count : {1u, 2u, 7u, 300u, 20'000u}) {
        for (const int bits : {3, 16, 22, 32}) {
            std::vector<std::uint32_t> micros(count);
            std::vector<double> seconds;
            for (std::uint32_t &value : micros) {
                value = static_cast<std::uint32_t>(random() >> (64 - bits));
                seconds.push_back(static_cast<double>(value) / 1e6);
            }
            std::vector<double> out(kFractions.size());
            percentiles(micros, kFractions, out);
            EXPECT_EQ(out, bySorting(seconds)) << count << " of " << bits << " bits";
        }
    }
}

} // namespace

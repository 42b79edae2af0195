// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/parallel.h"

#include <gtest/gtest.h>

#include <vector>

using namespace genscope;

namespace {

TEST(ForEachInParallel, DoesEachOnceAndReturnsWhenAllAreDone)
{
    for (const std::size_t count : {0u, 1u, 2u, 1000u}) {
        std::vector<int> done(count);
        forEachInParallel(count, [&](std::size_t i) { ++done[i]; });
        EXPECT_EQ(done, std::vector<int>(count, 1));
    }
}

TEST(ForEachInParallel, MayBeCalledFromItsOwnWork)
{
    std::vector<std::vector<int>> done(4, std::vector<int>(50));
    forEachInParallel(done.size(), [&](std::size_t outer) {
        forEachInParallel(done[outer].size(), [&](std::size_t inner) { ++done[outer][inner]; });
    });
    EXPECT_EQ(done, std::vector<std::vector<int>>(4, std::vector<int>(50, 1)));
}

} // namespace

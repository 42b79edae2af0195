// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/rowset.h"

#include <gtest/gtest.h>

using namespace genscope;

namespace {

std::vector<std::size_t> membersOf(const RowSet &rows, std::size_t begin, std::size_t end)
{
    std::vector<std::size_t> members;
    rows.forEach(begin, end, [&](std::size_t row) { members.push_back(row); });
    return members;
}

TEST(RowSet, AlgebraLeavesNothingPastTheEnd)
{
    RowSet rows(70);
    rows.set(0);
    rows.set(69);
    EXPECT_EQ(rows.count(), 2u);
    RowSet others = rows;
    others.invert();
    EXPECT_EQ(others.count(), 68u);
    EXPECT_FALSE(others.test(69));
    RowSet both = rows;
    both |= others;
    EXPECT_EQ(both.count(), 70u);
    both &= rows;
    EXPECT_EQ(both.words(), rows.words());
    EXPECT_EQ(RowSet(70, true).count(), 70u);
    EXPECT_EQ(RowSet(0, true).count(), 0u);
}

TEST(RowSet, VisitsMembersOfAStretchInOrder)
{
    RowSet rows(300);
    for (const std::size_t row : {3u, 64u, 65u, 128u, 299u})
        rows.set(row);
    EXPECT_EQ(membersOf(rows, 0, 300), (std::vector<std::size_t>{3, 64, 65, 128, 299}));
    EXPECT_EQ(membersOf(rows, 64, 128), (std::vector<std::size_t>{64, 65}));
    EXPECT_EQ(membersOf(rows, 64, 65), (std::vector<std::size_t>{64}));
    EXPECT_EQ(membersOf(rows, 128, 100'000), (std::vector<std::size_t>{128, 299}));
    EXPECT_EQ(membersOf(rows, 512, 1024), (std::vector<std::size_t>{}));
}

} // namespace

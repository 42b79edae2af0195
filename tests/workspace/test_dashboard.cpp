// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/dashboard.h"

#include <gtest/gtest.h>

#include <set>

using namespace genscope;

namespace {

TimeRange lasting(std::int64_t hours)
{
    return {Timestamp{0}, Timestamp{hours * 3600 * kMicrosPerSecond}};
}

TEST(Dashboard, BucketsSuitTheRange)
{
    EXPECT_EQ(suitableInterval(lasting(1)), Interval::Minute);
    EXPECT_EQ(suitableInterval(lasting(24)), Interval::Hour);
    EXPECT_EQ(suitableInterval(lasting(24 * 30)), Interval::Day);
    EXPECT_EQ(suitableInterval(lasting(24 * 365)), Interval::Week);
    EXPECT_EQ(suitableInterval(lasting(24 * 3000)), Interval::Month);
    EXPECT_EQ(suitableInterval({}), Interval::Day);
}

TEST(Dashboard, HoldsPostHogsNineTilesAndTheFourBeyond)
{
    std::set<std::string> ids;
    for (const TileSpec &tile : dashboardTiles({}, lasting(24 * 30)))
        EXPECT_TRUE(ids.insert(tile.id.toStdString()).second) << qPrintable(tile.id) << " twice";
    for (const char *id : {"traces", "users", "cost", "cost_per_user", "cost_by_model", "generations",
                           "errors", "latency_by_model", "http_status", "cost_by_customer",
                           "cost_over_time_by_model", "latency_percentiles", "tokens_over_time"})
        EXPECT_TRUE(ids.count(id)) << id;
}

TEST(Dashboard, TilesFillRowsOfTwelveColumns)
{
    int column = 0;
    for (const TileSpec &tile : dashboardTiles({}, lasting(24))) {
        column += tile.columnSpan;
        EXPECT_LE(column, 12) << qPrintable(tile.id);
        column %= 12;
        EXPECT_FALSE(tile.title.isEmpty());
        EXPECT_FALSE(tile.hint.isEmpty());
    }
    EXPECT_EQ(column, 0);
}

} // namespace

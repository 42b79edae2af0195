// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/timeaxis.h"

#include <QStringList>

#include <gtest/gtest.h>

#include <string>

using namespace genscope;

namespace {

constexpr std::int64_t kSecond = 1'000'000;

TimeAxis axisOf(std::int64_t lengthUs)
{
    TimeAxis axis;
    axis.setWhole(1'000 * kSecond, 1'000 * kSecond + lengthUs);
    return axis;
}

std::string labels(const TimeAxis &axis, int most = 6)
{
    QStringList labels;
    for (const TimeAxis::Tick &tick : axis.ticks(most))
        labels += tick.label;
    return labels.join(QLatin1Char('|')).toStdString();
}

} // namespace

TEST(TimeAxis, TicksStandOnTimesThatAClockShows)
{
    EXPECT_EQ(labels(axisOf(7 * kSecond)), "0|2 s|4 s|6 s");
    EXPECT_EQ(labels(axisOf(1'200'000)), "0|200 ms|400 ms|600 ms|800 ms|1 s|1.2 s");
    EXPECT_EQ(labels(axisOf(270 * kSecond)), "0|1m|2m|3m|4m");
    EXPECT_EQ(labels(axisOf(90 * kSecond)), "0|15 s|30 s|45 s|1m|1m 15s|1m 30s");
    EXPECT_EQ(labels(axisOf(8'100 * kSecond)), "0|30m|1h|1h 30m|2h");
    EXPECT_EQ(labels(axisOf(400L * 86'400 * kSecond), 4), "0|2400h|4800h|7200h|9600h");
}

TEST(TimeAxis, AMomentHasALengthToo)
{
    const TimeAxis axis = axisOf(0);
    EXPECT_DOUBLE_EQ(axis.position(1'000 * kSecond), 0);
    EXPECT_EQ(labels(axis, 1), "0|1 ms");
    EXPECT_TRUE(axisOf(10).ticks(0).empty());
}

TEST(TimeAxis, ZoomsAroundWhatIsPointedAt)
{
    TimeAxis axis = axisOf(100 * kSecond);
    const std::int64_t pointed = 1'025 * kSecond;
    axis.zoom(4, 0.25);
    EXPECT_DOUBLE_EQ(axis.position(pointed), 0.25);
    EXPECT_DOUBLE_EQ(axis.shownSeconds(), 25);
    EXPECT_TRUE(axis.isZoomed());
    axis.zoom(1e12, 0.25);
    EXPECT_NEAR(axis.shownSeconds(), 1e-5, 1e-9) << "not closer than ten microseconds";
    axis.zoom(1e-12, 0.25);
    EXPECT_FALSE(axis.isZoomed());
    EXPECT_DOUBLE_EQ(axis.position(1'000 * kSecond), 0);
    axis.zoom(-1, 0);
    EXPECT_FALSE(axis.isZoomed());
}

TEST(TimeAxis, PansToTheEndsAndNoFurther)
{
    TimeAxis axis = axisOf(100 * kSecond);
    axis.zoom(10, 0);
    axis.pan(0.5);
    EXPECT_DOUBLE_EQ(axis.position(1'005 * kSecond), 0);
    axis.pan(-7);
    EXPECT_DOUBLE_EQ(axis.position(1'000 * kSecond), 0);
    axis.pan(100);
    EXPECT_DOUBLE_EQ(axis.position(1'100 * kSecond), 1);
    axis.showAll();
    EXPECT_FALSE(axis.isZoomed());
}

TEST(TimeAxis, RevealsWhatIsOutOfSight)
{
    TimeAxis axis = axisOf(100 * kSecond);
    axis.zoom(10, 0);
    axis.reveal(1'004 * kSecond, 1'006 * kSecond);
    EXPECT_DOUBLE_EQ(axis.position(1'000 * kSecond), 0) << "in sight already";
    axis.reveal(1'050 * kSecond, 1'052 * kSecond);
    EXPECT_NEAR(axis.position(1'050 * kSecond), 0.1, 1e-9);
}

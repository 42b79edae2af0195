// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/stepsums.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <sstream>
#include <string>

using namespace genscope;

namespace {

constexpr std::int64_t kSecond = 1'000'000;

/// A step with a latency, in seconds from the start of the trace.
TraceStep timed(int parent, double from, double to, EventKind kind = EventKind::Span)
{
    TraceStep step;
    step.parent = parent;
    step.kind = kind;
    step.startUs = static_cast<std::int64_t>(from * kSecond);
    step.endUs = static_cast<std::int64_t>(to * kSecond);
    step.latency = to - from;
    return step;
}

/// A step without latency: only the moment it was reported.
TraceStep moment(int parent, double at, EventKind kind = EventKind::Span)
{
    TraceStep step = timed(parent, at, at, kind);
    step.latency = std::nan("");
    return step;
}

TraceStep call(int parent, std::int64_t cost, std::int64_t input, EventKind kind = EventKind::Generation)
{
    TraceStep step = moment(parent, 0, kind);
    step.costPico = cost;
    step.inputTokens = input;
    return step;
}

/// `0:2 3:5.5`: the steps of the critical path with their own seconds on it.
std::string criticalPath(const std::vector<TraceStep> &steps)
{
    std::ostringstream text;
    const auto sums = sumSteps(steps);
    for (std::size_t i = 0; i < sums.size(); ++i) {
        if (sums[i].critical)
            text << (text.tellp() > 0 ? " " : "") << i << ':'
                 << static_cast<double>(sums[i].criticalUs) / kSecond;
    }
    return text.str();
}

} // namespace

TEST(StepSums, CountEachCallOnceWhereverItIs)
{
    // agent > generation > (tool > embedding), and one more generation
    const std::vector<TraceStep> steps{moment(-1, 0), call(0, 5, 100), moment(1, 0),
                                       call(2, 2, 10, EventKind::Embedding), call(0, 7, 30)};
    const auto sums = sumSteps(steps);
    EXPECT_EQ(sums[0].costPico, 14);
    EXPECT_EQ(sums[0].inputTokens, 140);
    EXPECT_EQ(sums[0].below, 4);
    EXPECT_EQ(sums[1].costPico, 7) << "a generation that a tool was run under";
    EXPECT_EQ(sums[2].costPico, 2);
}

TEST(StepSums, PostHogLeavesOutWhatIsBelowAGeneration)
{
    const std::vector<TraceStep> steps{moment(-1, 0), call(0, 5, 100), moment(1, 0),
                                       call(2, 2, 10, EventKind::Embedding), call(0, 7, 30)};
    const auto sums = sumSteps(steps);
    EXPECT_EQ(sums[0].postHogCostPico, 12);
    EXPECT_EQ(sums[0].postHogInputTokens, 130);
    EXPECT_EQ(sums[1].postHogCostPico, 5);
    EXPECT_EQ(sums[2].postHogCostPico, 2);
}

TEST(StepSums, PostHogTakesAStepsOwnLatencyElseAddsUpItsChildren)
{
    const std::vector<TraceStep> steps{moment(-1, 4), timed(0, 0, 3), timed(0, 1, 4), timed(2, 1, 2)};
    const auto sums = sumSteps(steps);
    EXPECT_DOUBLE_EQ(sums[0].postHogLatency, 6) << "two steps of three seconds at the same time";
    EXPECT_EQ(sums[0].endUs - sums[0].startUs, 4 * kSecond) << "what was waited for";
    EXPECT_DOUBLE_EQ(sums[2].postHogLatency, 3);
}

TEST(StepSums, AGenerationWithoutACostHasNoneByPostHogsRule)
{
    const std::vector<TraceStep> steps{call(-1, kMissing, kMissing), call(0, 3, 4)};
    const auto sums = sumSteps(steps);
    EXPECT_EQ(sums[0].postHogCostPico, kMissing);
    EXPECT_EQ(sums[0].costPico, 3);
}

TEST(StepSums, WhatNobodySaysStaysMissing)
{
    const auto sums = sumSteps(std::vector<TraceStep>{moment(-1, 0), moment(0, 0)});
    EXPECT_EQ(sums[0].costPico, kMissing);
    EXPECT_EQ(sums[0].inputTokens, kMissing);
    EXPECT_TRUE(std::isnan(sums[0].postHogLatency));
    EXPECT_TRUE(sumSteps({}).empty());
}

TEST(StepSums, FailuresBelowAreCounted)
{
    std::vector<TraceStep> steps{moment(-1, 0), moment(0, 0), moment(1, 0)};
    steps[1].failed = steps[2].failed = true;
    const auto sums = sumSteps(steps);
    EXPECT_EQ(sums[0].failed, 2);
    EXPECT_EQ(sums[1].failed, 2);
    EXPECT_EQ(sums[2].failed, 1);
}

TEST(StepSums, SumsPast64BitsDoNotWrap)
{
    const std::int64_t huge = std::numeric_limits<std::int64_t>::max() - 1;
    const auto sums = sumSteps(std::vector<TraceStep>{moment(-1, 0), call(0, huge, 1), call(0, huge, 1)});
    EXPECT_EQ(sums[0].costPico, std::numeric_limits<std::int64_t>::max());
}

struct PathCase
{
    const char *name;
    std::vector<TraceStep> steps;
    const char *path;
};

class CriticalPaths : public testing::TestWithParam<PathCase>
{
};

TEST_P(CriticalPaths, AreWhatTheEndWaitedFor)
{
    EXPECT_EQ(criticalPath(GetParam().steps), GetParam().path);
}

const PathCase kPaths[] = {
    {"OneStep", {timed(-1, 0, 2)}, "0:2"},
    {"InSequence", {timed(-1, 0, 5), timed(0, 1, 2), timed(0, 2, 4)}, "0:2 1:1 2:2"},
    {"OfParallelStepsTheOneThatEndedLast", {timed(-1, 0, 5), timed(0, 0, 3), timed(0, 0, 5)}, "0:0 2:5"},
    {"WhatOverlapsThePathIsBesideIt",
     {timed(-1, 0, 6), timed(0, 0, 2), timed(0, 1, 4), timed(0, 4, 6)},
     "0:1 2:3 3:2"},
    {"Nested", {timed(-1, 0, 6), timed(0, 1, 6), timed(1, 2, 5)}, "0:1 1:2 2:3"},
    {"AStepWithoutLatencyIsAsLongAsItsChildren",
     {moment(-1, 6), timed(0, 0, 2), timed(0, 2, 6)},
     "0:0 1:2 2:4"},
    {"WhatEndsAfterItsParentEndsWithIt", {timed(-1, 0, 4), timed(0, 3, 5)}, "0:3 1:1"},
    {"WhatBeginsAfterItsParentEndedIsNotOnIt",
     {timed(-1, 0, 4), timed(0, 5, 9), timed(-1, 4, 10)},
     "0:4 2:6"},
    {"GapsOfTheTraceBelongToNobody", {timed(-1, 0, 1), timed(-1, 3, 4)}, "0:1 1:1"},
    {"MomentsTakeNoTime", {timed(-1, 0, 1), moment(-1, 1), moment(0, 0.5)}, "0:1"},
};

INSTANTIATE_TEST_SUITE_P(All, CriticalPaths, testing::ValuesIn(kPaths),
                         [](const auto &each) { return std::string(each.param.name); });

/// Whatever the tree: no moment of the trace is on the path twice, so the parts never exceed the whole.
TEST(CriticalPath, NeverExceedsTheTrace)
{
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        std::vector<TraceStep> steps;
        for (int i = 0; i < 30; ++i) {
            const double from = static_cast<double>(random() % 100);
            const int parent = i == 0 ? -1 : static_cast<int>(random() % static_cast<unsigned>(i + 1)) - 1;
            steps.push_back(random() % 8 == 0
                                ? moment(parent, from)
                                : timed(parent, from, from + static_cast<double>(random() % 40)));
        }
        const auto sums = sumSteps(steps);
        std::int64_t first = std::numeric_limits<std::int64_t>::max();
        std::int64_t last = std::numeric_limits<std::int64_t>::min();
        std::int64_t critical = 0;
        for (const StepSums &sum : sums) {
            first = std::min(first, sum.startUs);
            last = std::max(last, sum.endUs);
            critical += sum.criticalUs;
            EXPECT_GE(sum.criticalUs, 0);
            EXPECT_TRUE(sum.critical || sum.criticalUs == 0);
        }
        ASSERT_LE(critical, last - first) << "round " << round;
    }
}

TEST(StepSums, DeepChainsDoNotOverflowTheStack)
{
    std::vector<TraceStep> steps;
    for (int i = 0; i < 100'000; ++i)
        steps.push_back(timed(i - 1, i * 1e-3, 200));
    const auto sums = sumSteps(steps);
    EXPECT_EQ(sums.front().below, 99'999);
    EXPECT_TRUE(sums.back().critical);
}

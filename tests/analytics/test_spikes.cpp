// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/spikes/explainspikes.h"
#include "analytics/spikes/findspikes.h"
#include "analytics/spikes/lengthfit.h"
#include "analytics/spikes/normalscores.h"
#include "analytics/spikes/segments.h"
#include "analytics/spikes/spikescan.h"
#include "support/snapshotbuilder.h"
#include "support/spiketraffic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

using namespace genscope;
using namespace genscope::test;

namespace {

constexpr std::int64_t kMinuteUs = 60'000'000;
constexpr std::int64_t kHourUs = 60 * kMinuteUs;

std::vector<std::string> texts(const std::vector<ScoredSegment> &segments)
{
    std::vector<std::string> result;
    for (const ScoredSegment &segment : segments)
        result.push_back(std::to_string(segment.begin) + ".." + std::to_string(segment.end) + " = " +
                         std::to_string(static_cast<int>(std::lround(segment.score))));
    return result;
}

/// All maximal segments by their definition: the best, then those of what is left and right of it.
void bruteSegments(std::span<const float> scores, std::size_t offset, std::vector<ScoredSegment> &out)
{
    ScoredSegment best;
    for (std::size_t begin = 0; begin < scores.size(); ++begin) {
        double sum = 0;
        for (std::size_t end = begin + 1; end <= scores.size(); ++end) {
            sum += static_cast<double>(scores[end - 1]);
            if (sum > best.score)
                best = {begin, end, sum};
        }
    }
    if (best.score <= 0)
        return;
    bruteSegments(scores.first(best.begin), offset, out);
    out.push_back({offset + best.begin, offset + best.end, best.score});
    bruteSegments(scores.subspan(best.end), offset + best.end, out);
}

struct Found
{
    std::vector<Spike> spikes;
    explicit Found(const std::shared_ptr<const Snapshot> &snapshot, SpikeMeasure measure,
                   SpikeSensitivity sensitivity = SpikeSensitivity::Medium, const char *by = "model")
    {
        SpikeQuery query;
        query.measure = measure;
        query.sensitivity = sensitivity;
        if (by != nullptr)
            query.by = *Field::parse(by);
        const auto found =
            findSpikes(query, RowSet(snapshot->rows(), true), makeQueryContext(snapshot, nullptr, {}, {}));
        EXPECT_TRUE(found) << (found ? "" : found.error().message.toStdString());
        if (found)
            spikes = *found;
    }
};

std::string minuteText(Timestamp time)
{
    return isoTime(time).substr(0, 16);
}

/// A call every three minutes for two weeks, between one second and two, most by chance.
class Steady
{
public:
    static constexpr std::int64_t kStartUs = 1'748'822'400'000'000; // 2025-06-02, a Monday

    SnapshotBuilder builder;

    template<typename Change>
    explicit Steady(const Change &change)
    {
        std::mt19937 random(7);
        for (int i = 0; i < 14 * 480; ++i) {
            const double unit = static_cast<double>(random()) / 4294967296.0;
            const std::int64_t started = kStartUs + i * 3 * kMinuteUs + (random() % 100) * 1'000'000;
            TestEvent event;
            event.model = "gpt-4o";
            event.startsAtTimestamp = true;
            event.time = isoTime({started});
            event.latency = 1 + unit;
            event.output = 100;
            event.reportedCost = 0.01 * (1 + unit);
            change(event, started, random);
            builder.add(event);
        }
    }
    static bool isBetween(std::int64_t us, int day, int hour, int hours)
    {
        const std::int64_t from = kStartUs + day * 24 * kHourUs + hour * kHourUs;
        return us >= from && us < from + hours * kHourUs;
    }
};

} // namespace

TEST(Segments, AreThoseOfThePaper)
{
    // Ruzzo and Tompa, figure 1.
    const std::vector<float> scores = {4, -5, 3, -3, 1, 2, -2, 2, -2, 1, 5};
    EXPECT_THAT(texts(maximalSegments(scores, 1)), testing::ElementsAre("0..1 = 4", "2..3 = 3", "4..11 = 7"));
    EXPECT_THAT(texts(maximalSegments(scores, 4)), testing::ElementsAre("0..1 = 4", "4..11 = 7"));
    EXPECT_THAT(texts({bestSegment(scores)}), testing::ElementsAre("4..11 = 7"));
}

TEST(Segments, AreMaximalByDefinition)
{
    std::mt19937 random(3);
    for (int run = 0; run < 200; ++run) {
        std::vector<float> scores;
        for (std::size_t i = 0; i < 1 + random() % 40; ++i)
            scores.push_back(static_cast<float>(static_cast<int>(random() % 1999) - 1100) / 100);
        std::vector<ScoredSegment> expected;
        bruteSegments(scores, 0, expected);
        EXPECT_EQ(texts(maximalSegments(scores, 1e-9)), texts(expected)) << "run " << run;
    }
}

TEST(NormalScores, AreStandardNormalWhateverTheDistribution)
{
    std::mt19937 random(5);
    std::vector<std::int64_t> times;
    std::vector<float> values;
    for (int i = 0; i < 20'000; ++i) {
        times.push_back(Steady::kStartUs + i * kMinuteUs);
        values.push_back(static_cast<float>(std::pow(static_cast<double>(random()) / 4294967296.0, 3)));
    }
    const CallClock clock = readClock(times, Zone::utc());
    std::vector<std::size_t> counts;
    for (const CallClock::Day &day : clock.days)
        counts.push_back(day.end - day.begin);
    const NormalScores scored = normalScores(clock, values, {}, referenceDays(clock, counts));
    double sum = 0;
    double squares = 0;
    for (const float score : scored.scores) {
        sum += static_cast<double>(score);
        squares += static_cast<double>(score) * static_cast<double>(score);
    }
    EXPECT_NEAR(sum / 20'000, 0, 0.03);
    EXPECT_NEAR(squares / 20'000, 1, 0.1);
    EXPECT_NEAR(static_cast<double>(scored.spreads[0]), 1, 0.1);
}

TEST(NormalScores, RunsThatAreAlikeSpreadMore)
{
    std::mt19937 random(5);
    std::normal_distribution<float> normal;
    std::vector<float> scores;
    for (int run = 0; run < 1000; ++run) {
        const float same = normal(random);
        scores.insert(scores.end(), 8, same);
    }
    const auto spreads = overdispersion(scores, {});
    EXPECT_NEAR(static_cast<double>(spreads[0]), std::sqrt(8.0), 0.3); // eight alike are one
}

TEST(Rhythm, OfTheDayIsFoundButNotOfOneDay)
{
    std::vector<std::int64_t> times;
    std::vector<float> values;
    std::mt19937 random(5);
    std::normal_distribution<float> normal;
    for (int minute = 0; minute < 14 * 1440; ++minute) {
        const int hour = minute / 60 % 24;
        times.push_back(Steady::kStartUs + minute * kMinuteUs);
        values.push_back(0.1F * normal(random) + (hour >= 12 && hour < 18 ? 0.5F : 0.0F) +
                         (minute / 1440 == 3 && hour == 4 ? 3.0F : 0.0F));
    }
    const auto rhythm = rhythmOf(readClock(times, Zone::utc()), values, {});
    EXPECT_NEAR(static_cast<double>(rhythm[14] - rhythm[2]), 0.5, 0.05);
    EXPECT_NEAR(static_cast<double>(rhythm[4] - rhythm[2]), 0, 0.05);
    EXPECT_NEAR(static_cast<double>(rhythm[24 + 14] - rhythm[24 + 2]), 0.5, 0.1); // on weekends, too
}

TEST(LengthFit, IsTheMedianOfCallsWithAboutAsManyTokens)
{
    LengthFit fit;
    for (int i = 0; i < 101; ++i) {
        fit.add(1, LengthFit::bandOf(100), std::log(1.0F + 0.01F * static_cast<float>(i)));
        fit.add(1, LengthFit::bandOf(10'000), std::log(30.0F));
    }
    fit.finish();
    EXPECT_NEAR(std::exp(static_cast<double>(fit.expected(1, LengthFit::bandOf(100)))), 1.5, 0.05);
    EXPECT_NEAR(std::exp(static_cast<double>(fit.expected(1, LengthFit::bandOf(10'000)))), 30, 1.5);
    // A length that was never seen reads as its neighbours do.
    EXPECT_NEAR(std::exp(static_cast<double>(fit.expected(1, LengthFit::bandOf(150)))), 1.5, 0.05);
}

TEST(SpikeScan, ChanceMakesNoMoreThanItSays)
{
    // At most n e^-x segments of pure noise reach x: counted over many series.
    std::mt19937 random(11);
    std::normal_distribution<float> normal;
    int found = 0;
    for (int run = 0; run < 400; ++run) {
        std::vector<std::int64_t> times;
        std::vector<float> scores;
        for (int i = 0; i < 2000; ++i) {
            times.push_back(i * kMinuteUs);
            scores.push_back(normal(random));
        }
        SpikeScan scan(times, 1);
        scan.addShift(scores, 1, 1);
        found += static_cast<int>(scan.candidates().size());
    }
    EXPECT_LE(found, 400 * 0.05);
}

TEST(FindSpikes, QuietTrafficHasNone)
{
    Steady quiet([](TestEvent &, std::int64_t, std::mt19937 &) {});
    const auto snapshot = quiet.builder.build();
    for (const auto measure : {SpikeMeasure::LatencyP95, SpikeMeasure::LatencyP50, SpikeMeasure::TtftP95,
                               SpikeMeasure::ErrorRate, SpikeMeasure::Cost})
        EXPECT_TRUE(Found(snapshot, measure).spikes.empty()) << spikeMeasureName(measure);
}

TEST(FindSpikes, SlowHoursOfOneDayAreASpikeToTheMinute)
{
    Steady slow([](TestEvent &event, std::int64_t us, std::mt19937 &) {
        if (Steady::isBetween(us, 9, 13, 2))
            event.latency = *event.latency * 3;
    });
    const Found found(slow.builder.build(), SpikeMeasure::LatencyP95);
    ASSERT_EQ(found.spikes.size(), 1U);
    const Spike &spike = found.spikes[0];
    EXPECT_EQ(std::get<std::string>(spike.value), "gpt-4o");
    EXPECT_EQ(minuteText(spike.from), "2025-06-11T13:01"); // the first call since one
    EXPECT_GE(minuteText(spike.to), "2025-06-11T14:57");
    EXPECT_LE(minuteText(spike.to), "2025-06-11T15:00");
    EXPECT_NEAR(spike.factor, 3, 0.1);
    EXPECT_NEAR(spike.baseline, 1.95, 0.05);
    EXPECT_DOUBLE_EQ(spike.factor, spike.observed / spike.baseline);
    EXPECT_EQ(spike.generations, 40);
    EXPECT_LT(spike.pValue, 1e-20);
    EXPECT_NEAR(*spike.speedFactor, 3, 0.3);
}

TEST(FindSpikes, TheSameHoursEveryDayAreNone)
{
    Steady rhythm([](TestEvent &event, std::int64_t us, std::mt19937 &) {
        if ((us - Steady::kStartUs) / kHourUs % 24 / 6 == 2)
            event.latency = *event.latency * 2;
    });
    EXPECT_TRUE(Found(rhythm.builder.build(), SpikeMeasure::LatencyP95).spikes.empty());
}

TEST(FindSpikes, ThreeSlowCallsAreNone)
{
    Steady three([](TestEvent &event, std::int64_t us, std::mt19937 &) {
        if (us - Steady::kStartUs > 5 * 24 * kHourUs &&
            us - Steady::kStartUs < 5 * 24 * kHourUs + 9 * kMinuteUs)
            event.latency = *event.latency * 20;
    });
    EXPECT_TRUE(
        Found(three.builder.build(), SpikeMeasure::LatencyP95, SpikeSensitivity::High).spikes.empty());
}

TEST(FindSpikes, SlowFailuresAreNoLatencySpike)
{
    Steady failing([](TestEvent &event, std::int64_t us, std::mt19937 &) {
        if (Steady::isBetween(us, 9, 13, 2)) {
            event.latency = 30;
            event.error = "timeout";
        }
    });
    const auto snapshot = failing.builder.build();
    EXPECT_TRUE(Found(snapshot, SpikeMeasure::LatencyP95).spikes.empty());
    const Found errors(snapshot, SpikeMeasure::ErrorRate);
    ASSERT_EQ(errors.spikes.size(), 1U);
    EXPECT_EQ(minuteText(errors.spikes[0].from), "2025-06-11T13:01");
    EXPECT_DOUBLE_EQ(errors.spikes[0].observed, 1);
    EXPECT_LT(errors.spikes[0].baseline, 0.001);
}

TEST(FindSpikes, LongerAnswersAreToldFromASlowModel)
{
    Steady longer([](TestEvent &event, std::int64_t us, std::mt19937 &random) {
        event.output = 100 + static_cast<std::int64_t>(random() % 400);
        if (Steady::isBetween(us, 9, 13, 3))
            event.output = *event.output * 4;
        event.latency = *event.latency * static_cast<double>(*event.output) / 100;
    });
    const Found found(longer.builder.build(), SpikeMeasure::LatencyP95);
    ASSERT_EQ(found.spikes.size(), 1U);
    EXPECT_NEAR(*found.spikes[0].lengthFactor, 4, 0.7);
    EXPECT_NEAR(*found.spikes[0].speedFactor, 1, 0.2);
}

TEST(FindSpikes, OneDearAfternoonIsACostSpike)
{
    Steady dear([](TestEvent &event, std::int64_t us, std::mt19937 &) {
        if (Steady::isBetween(us, 9, 12, 4))
            event.reportedCost = *event.reportedCost * 6;
    });
    const Found found(dear.builder.build(), SpikeMeasure::Cost);
    ASSERT_EQ(found.spikes.size(), 1U);
    EXPECT_EQ(minuteText(found.spikes[0].from), "2025-06-11T12:00");
    EXPECT_EQ(minuteText(found.spikes[0].to), "2025-06-11T16:00");
    EXPECT_NEAR(found.spikes[0].factor, 6, 0.6);
    EXPECT_NEAR(found.spikes[0].cost->usd(), found.spikes[0].observed, 1e-4);
}

TEST(FindSpikes, WorksOverallAndByAnyDimension)
{
    Steady slow([](TestEvent &event, std::int64_t us, std::mt19937 &random) {
        event.provider = random() % 2 == 0 ? "openai" : "azure";
        if (Steady::isBetween(us, 9, 13, 3) && event.provider == "azure")
            event.latency = *event.latency * 4;
    });
    const auto snapshot = slow.builder.build();
    const Found byProvider(snapshot, SpikeMeasure::LatencyP50, SpikeSensitivity::Medium, "provider");
    ASSERT_EQ(byProvider.spikes.size(), 1U);
    EXPECT_EQ(std::get<std::string>(byProvider.spikes[0].value), "azure");
    const Found overall(snapshot, SpikeMeasure::LatencyP95, SpikeSensitivity::Medium, nullptr);
    ASSERT_EQ(overall.spikes.size(), 1U);
    EXPECT_TRUE(std::holds_alternative<std::monostate>(overall.spikes[0].value));
}

TEST(FindSpikes, NeitherWorksWithoutEvents)
{
    SnapshotBuilder empty;
    EXPECT_TRUE(Found(empty.build(), SpikeMeasure::LatencyP95).spikes.empty());
    EXPECT_TRUE(Found(empty.build(), SpikeMeasure::Cost, SpikeSensitivity::High, nullptr).spikes.empty());
}

TEST(ExplainSpikes, TheCustomerThatIsSlowAccountsForTheExcess)
{
    Steady slow([](TestEvent &event, std::int64_t us, std::mt19937 &random) {
        const bool acme = random() % 3 == 0;
        event.groups = {{"company", acme ? "acme" : "globex"}};
        event.provider = random() % 2 == 0 ? "openai" : "azure";            // has nothing to do with it
        event.lib = us < Steady::kStartUs + 7 * 24 * kHourUs ? "v1" : "v2"; // nor has an update
        if (Steady::isBetween(us, 9, 13, 3) && acme)
            event.latency = *event.latency * 5;
    });
    const auto snapshot = slow.builder.build();
    const RowSet rows(snapshot->rows(), true);
    const QueryContext context = makeQueryContext(snapshot, nullptr, {}, {});
    SpikeQuery query;
    query.by = *Field::parse("model");
    auto found = findSpikesAndCalls(query, rows, context);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->spikes.size(), 1U);
    std::vector<Field> fields;
    for (const char *name : {"customer", "provider", "lib"})
        fields.push_back(*Field::parse(name));
    ASSERT_TRUE(explainSpikes(*found, {0}, query, fields, context));
    const auto &drivers = found->spikes.front().drivers;
    ASSERT_EQ(drivers.size(), 1U);
    EXPECT_EQ(drivers[0].dimension, "customer");
    EXPECT_EQ(std::get<std::string>(drivers[0].value), "acme");
    EXPECT_NEAR(drivers[0].contribution, 1, 0.15);
    EXPECT_NEAR(drivers[0].shareBefore, 1.0 / 3, 0.05);
    EXPECT_NEAR(drivers[0].shareInSpike, 1.0 / 3, 0.2);
}

TEST(ExplainSpikes, ErrorsHaveTheirStatusAsDriver)
{
    Steady failing([](TestEvent &event, std::int64_t us, std::mt19937 &random) {
        event.status = 200;
        if (Steady::isBetween(us, 9, 13, 2) && random() % 4 != 0) {
            event.error = "rate limit";
            event.status = 429;
        }
    });
    const auto snapshot = failing.builder.build();
    const RowSet rows(snapshot->rows(), true);
    const QueryContext context = makeQueryContext(snapshot, nullptr, {}, {});
    SpikeQuery query;
    query.measure = SpikeMeasure::ErrorRate;
    auto found = findSpikesAndCalls(query, rows, context);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->spikes.size(), 1U);
    std::size_t asked = 0;
    const auto sample = [&](const RowSet &wanted) {
        asked = wanted.count();
        SampledDimension feature{"event.feature", {"search", "agent"}, {}};
        for (std::size_t row = 0; row < snapshot->rows(); ++row)
            feature.codes.push_back((snapshot->intAt(row, IntField::Flags) & IsErrorFlag) != 0 ? 2 : 1);
        return Result<std::vector<SampledDimension>>(std::vector{feature});
    };
    ASSERT_TRUE(explainSpikes(*found, {0}, query, {*Field::parse("http_status")}, context, sample));
    EXPECT_GT(asked, 100U);
    const std::vector<SpikeDriver> &drivers = found->spikes.front().drivers;
    ASSERT_EQ(drivers.size(), 2U);
    EXPECT_EQ(std::get<std::int64_t>(drivers[0].value), 429);
    EXPECT_NEAR(drivers[0].contribution, 1, 0.01);
    EXPECT_EQ(std::get<std::string>(drivers[1].value), "agent") << "read for these calls only";
    EXPECT_NEAR(drivers[1].contribution, 1, 0.01);
}

TEST(FindSpikes, InMadeUpTrafficMostAreFoundAndNoOthers)
{
    // The bound of the benchmark (tests/bench/bench_spikes.cpp) on a few runs of it.
    int counted = 0;
    int found = 0;
    int falseOnes = 0;
    for (std::uint32_t seed = 201; seed <= 203; ++seed) {
        const Traffic traffic = makeTraffic({seed, 100'000, 7, 6});
        const Found medium(traffic.snapshot, SpikeMeasure::LatencyP95);
        const auto meet = [](const Spike &spike, const KnownSpike &known) {
            return std::get<std::string>(spike.value) == known.model && spike.from.us < known.toUs &&
                   known.fromUs < spike.to.us;
        };
        for (const KnownSpike &known : traffic.spikes) {
            if (known.calls < 20)
                continue;
            ++counted;
            found += std::any_of(medium.spikes.begin(), medium.spikes.end(),
                                 [&](const Spike &spike) { return meet(spike, known); })
                         ? 1
                         : 0;
        }
        for (const Spike &spike : medium.spikes) {
            falseOnes += std::none_of(traffic.spikes.begin(), traffic.spikes.end(),
                                      [&](const KnownSpike &known) { return meet(spike, known); })
                             ? 1
                             : 0;
        }
    }
    EXPECT_GE(counted, 9);
    EXPECT_GE(found, counted - 1);
    EXPECT_LE(falseOnes, 1);
}

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/bardata.h"
#include "charts/celltext.h"
#include "charts/samples.h"
#include "charts/seriesvisibility.h"
#include "charts/timeseries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

using namespace genscope;
using testing::ElementsAre;
namespace data = genscope::samples;

namespace {

using Role = ResultTable::Role;
const QLocale kLocale(QLocale::English, QLocale::UnitedKingdom);
constexpr std::int64_t kDay = kMicrosPerDay;

Timestamp day(int number) ///< of June 2025, from 1
{
    return {data::kJune2025.us + (number - 1) * kDay};
}

Cell text(const char *value)
{
    return std::string(value);
}

ResultTable daily(const char *measure, Unit unit, bool byModel)
{
    ResultTable table;
    table.interval = Interval::Day;
    table.columns = {{"bucket", Role::Bucket, Unit::None}};
    if (byModel)
        table.columns.push_back({"model", Role::Dimension, Unit::None});
    table.columns.push_back({measure, Role::Measure, unit});
    return table;
}

std::vector<std::string> labelsOf(const TimeSeriesData &made)
{
    std::vector<std::string> labels;
    for (const auto &series : made.series)
        labels.push_back(series.label.toStdString());
    return labels;
}

std::vector<std::string> numbersOf(const TimeSeriesData::Series &series)
{
    std::vector<std::string> numbers;
    for (const double number : series.numbers)
        numbers.push_back(std::isnan(number) ? "-" : QString::number(number).toStdString());
    return numbers;
}

} // namespace

TEST(TimeSeries, OrdersByTotalWithOtherLast)
{
    ResultTable table = daily("generations", Unit::Number, true);
    table.rows = {{day(1), text("small"), std::int64_t{1}},
                  {day(1), text("Other"), std::int64_t{900}},
                  {day(1), text("large"), std::int64_t{50}},
                  {day(2), Cell{}, std::int64_t{7}}};
    const auto made = buildTimeSeries(table, TimeStyle::StackedBars, {}, kLocale);
    EXPECT_THAT(labelsOf(made), ElementsAre("large", "(none)", "small", "Other"));
    EXPECT_TRUE(made.additive);
}

TEST(TimeSeries, FillsBucketsWithoutRows)
{
    ResultTable counts = daily("generations", Unit::Number, true);
    counts.rows = {{day(1), text("a"), std::int64_t{1}}, {day(4), text("a"), std::int64_t{2}}};
    auto made = buildTimeSeries(counts, TimeStyle::Lines, {}, kLocale);
    EXPECT_THAT(numbersOf(made.series[0]), ElementsAre("1", "0", "0", "2"));

    ResultTable latencies = daily("latency_p50", Unit::Seconds, true);
    latencies.rows = {{day(1), text("a"), 1.5}, {day(4), text("a"), 2.5}};
    made = buildTimeSeries(latencies, TimeStyle::Lines, {}, kLocale);
    EXPECT_THAT(numbersOf(made.series[0]), ElementsAre("1.5", "-", "-", "2.5"));
    EXPECT_FALSE(made.additive);
}

TEST(TimeSeries, UnknownCostIsAGapNotZero)
{
    ResultTable table = daily("cost", Unit::Usd, false);
    table.rows = {{day(1), Money{2'000'000'000'000}}, {day(2), Cell{}}, {day(3), Money{}}};
    const auto made = buildTimeSeries(table, TimeStyle::Lines, {}, kLocale);
    EXPECT_THAT(numbersOf(made.series[0]), ElementsAre("2", "-", "0"));
}

TEST(TimeSeries, SpansTheWholeRange)
{
    ResultTable table = daily("generations", Unit::Number, true);
    table.rows = {{day(3), text("a"), std::int64_t{1}}};
    ChartContext context;
    context.range = {day(1), day(6)};
    const auto made = buildTimeSeries(table, TimeStyle::Lines, context, kLocale);
    EXPECT_EQ(made.buckets.size(), 5U);
    EXPECT_EQ(made.buckets.front(), day(1));
    EXPECT_EQ(made.end, day(6));
    EXPECT_FALSE(made.partialFirst);
    EXPECT_FALSE(made.partialLast);
}

TEST(TimeSeries, TellsIncompleteBuckets)
{
    ResultTable table = daily("generations", Unit::Number, false);
    table.rows = {{day(1), std::int64_t{1}}, {day(2), std::int64_t{1}}, {day(3), std::int64_t{1}}};
    ChartContext context;
    context.range = context.asked = {Timestamp{day(1).us + 1}, Timestamp{day(4).us - 1}};
    auto made = buildTimeSeries(table, TimeStyle::Lines, context, kLocale);
    EXPECT_TRUE(made.isPartial(0));
    EXPECT_FALSE(made.isPartial(1));
    EXPECT_TRUE(made.isPartial(2));

    context.range = context.asked = {day(1), day(4)};
    context.now = day(5);
    made = buildTimeSeries(table, TimeStyle::Lines, context, kLocale);
    EXPECT_FALSE(made.isPartial(2));
    context.now = Timestamp{day(4).us - 1};
    made = buildTimeSeries(table, TimeStyle::Lines, context, kLocale);
    EXPECT_TRUE(made.isPartial(2));

    // Data that begins and ends within a day leaves nothing out.
    context = {};
    context.range = {Timestamp{day(1).us + 1}, Timestamp{day(4).us - 1}};
    made = buildTimeSeries(table, TimeStyle::Lines, context, kLocale);
    EXPECT_FALSE(made.isPartial(0));
    EXPECT_FALSE(made.isPartial(2));
}

TEST(TimeSeries, KeepsMissingAndEmptyApart)
{
    ResultTable table = daily("generations", Unit::Number, true);
    table.rows = {{day(1), Cell{}, std::int64_t{3}}, {day(1), text(""), std::int64_t{2}}};
    const auto made = buildTimeSeries(table, TimeStyle::StackedBars, {}, kLocale);
    EXPECT_THAT(labelsOf(made), ElementsAre("(none)", "(empty)"));
}

TEST(TimeSeries, PercentilesKeepTheirOrder)
{
    const auto made =
        buildTimeSeries(data::percentilesOverTime(24, Zone()), TimeStyle::Percentiles, {}, kLocale);
    EXPECT_THAT(labelsOf(made), ElementsAre("p50", "p95", "p99"));
    EXPECT_FALSE(made.additive);
}

TEST(TimeSeries, FindsBucketsAndSaysWhatAClickMeans)
{
    ResultTable table = daily("cost", Unit::Usd, true);
    table.rows = {
        {day(1), text("a"), Money{3}}, {day(2), text("b"), Money{2}}, {day(2), text("Other"), Money{1}}};
    const auto made = buildTimeSeries(table, TimeStyle::StackedBars, {}, kLocale);
    EXPECT_EQ(made.bucketAt(day(1)), 0);
    EXPECT_EQ(made.bucketAt(Timestamp{day(2).us - 1}), 0);
    EXPECT_EQ(made.bucketAt(day(2)), 1);
    EXPECT_EQ(made.bucketAt(day(3)), -1);
    EXPECT_EQ(made.bucketAt(Timestamp{day(1).us - 1}), -1);

    const ChartPick point = made.pick(1, 1);
    EXPECT_EQ(point.from, day(2));
    EXPECT_EQ(point.to, day(3));
    EXPECT_EQ(point.dimension, "model");
    EXPECT_EQ(point.value, text("b"));
    EXPECT_TRUE(point.otherThan.empty());

    const ChartPick other = made.pick(-1, 2);
    EXPECT_FALSE(other.from);
    EXPECT_EQ(other.value, text("Other"));
    EXPECT_THAT(other.otherThan, ElementsAre(text("a"), text("b")));

    EXPECT_FALSE(made.pick(0, -1).value);
}

TEST(AddsUp, OnlySumsDo)
{
    EXPECT_TRUE(addsUp("cost", "model"));
    EXPECT_TRUE(addsUp("cache_read_tokens", "user"));
    EXPECT_FALSE(addsUp("users", "model"));
    EXPECT_FALSE(addsUp("traces", "model"));
    EXPECT_FALSE(addsUp("cost_per_user", "model"));
    EXPECT_FALSE(addsUp("error_rate", "model"));
    EXPECT_FALSE(addsUp("generations", "tool")); // one event counts under each of its tools
}

TEST(Bars, PutUnknownNumbersAndOtherLast)
{
    const BarData made = buildBars(data::byModel(), kLocale);
    EXPECT_EQ(made.bars.front().label, u"gpt-4o");
    EXPECT_EQ(made.bars.front().text, u"$1,204.50");
    const BarData::Bar &unpriced = made.bars[made.bars.size() - 2];
    EXPECT_EQ(unpriced.label, u"mistral-large");
    EXPECT_EQ(unpriced.text, u"unpriced");
    EXPECT_TRUE(unpriced.unpriced);
    EXPECT_EQ(made.bars.back().label, u"Other");
}

TEST(Bars, SharesAreOfTheTotal)
{
    const BarData made = buildBars(data::byHttpStatus(), kLocale);
    EXPECT_EQ(made.bars[0].label, u"200");
    EXPECT_EQ(made.bars[0].share, u"95.5 %");
    EXPECT_EQ(made.bars[2].label, u"(none)");
    EXPECT_TRUE(isMissing(*made.pick(2).value));
}

TEST(CellText, IsPlainAndVisible)
{
    EXPECT_EQ(dimensionText(text("a\nb\x7f"), "model", kLocale), u"a\u240Ab\u2421");
    EXPECT_EQ(dimensionText(text("\xE2\x80\xAE"
                                 "evil"),
                            "model", kLocale),
              u"\uFFFDevil");
    EXPECT_EQ(dimensionText(std::int64_t{1}, "day_of_week", kLocale), u"Monday");
    EXPECT_EQ(dimensionText(std::int64_t{7}, "hour_of_day", kLocale), u"07:00");
    EXPECT_EQ(measureText(Cell{}, Unit::Usd, kLocale), u"–");
    EXPECT_EQ(measureText(Money{12'300'000'000}, Unit::Usd, kLocale), u"$0.0123");
    EXPECT_EQ(numberText(0.0123, Unit::Usd, kLocale), u"$0.0123");
    EXPECT_EQ(measureText(0.25, Unit::Seconds, kLocale), u"250 ms");
    EXPECT_EQ(columnTitle("latency_p95"), u"p95 latency");
    EXPECT_EQ(columnTitle("event.plan"), u"event.plan");
}

TEST(SeriesVisibility, ClickIsolatesAndASecondShowsAll)
{
    SeriesVisibility visibility;
    visibility.setSeries({"a", "b", "c"});
    visibility.isolate(1);
    EXPECT_FALSE(visibility.isVisible(0));
    EXPECT_TRUE(visibility.isVisible(1));
    visibility.isolate(2);
    EXPECT_FALSE(visibility.isVisible(1));
    EXPECT_TRUE(visibility.isVisible(2));
    visibility.isolate(2);
    EXPECT_TRUE(visibility.allVisible());
}

TEST(SeriesVisibility, TogglesAndNeverHidesAll)
{
    SeriesVisibility visibility;
    visibility.setSeries({"a", "b"});
    visibility.toggle(0);
    EXPECT_FALSE(visibility.isVisible(0));
    visibility.toggle(1);
    EXPECT_TRUE(visibility.allVisible());
}

TEST(SeriesVisibility, SurvivesNewNumbers)
{
    SeriesVisibility visibility;
    visibility.setSeries({"a", "b", "c"});
    visibility.isolate(1);
    visibility.setSeries({"c", "b"});
    EXPECT_FALSE(visibility.isVisible(0));
    EXPECT_TRUE(visibility.isVisible(1));
    visibility.setSeries({"a", "c"}); // b is gone: nothing would be left
    EXPECT_TRUE(visibility.allVisible());
}

TEST(ChartContext, FooterSaysWhatThePictureIsOf)
{
    ChartContext context;
    context.range = {day(1), Timestamp{day(2).us + 3'661 * kMicrosPerSecond}};
    context.filterText = QStringLiteral("is_error");
    context.costText = QStringLiteral("cost as reported");
    context.matched = 1'234;
    context.stored = 20'000;
    EXPECT_EQ(context.footer(*Zone::named("Europe/Berlin"), day(9), kLocale),
              u"Filter: is_error  ·  2025-06-01 02:00 – 2025-06-02 03:01:01 Europe/Berlin  ·  1,234 of "
              u"20,000 rows  ·  "
              u"cost as reported  ·  drawn 2025-06-09 02:00 by Genscope");
}

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/samples.h"

#include <algorithm>
#include <cmath>

namespace genscope::samples {

namespace {

using Role = ResultTable::Role;

double wave(int i, int seed)
{
    const double x = i + seed * 3.7;
    const double weekly = (i % 7 >= 5) ? 0.45 : 1.0;
    return weekly * (1.0 + 0.25 * std::sin(x * 0.9) + 0.15 * std::sin(x * 2.3 + seed) + 0.012 * i);
}

Cell cellOf(double number, Unit unit)
{
    if (unit == Unit::Usd)
        return Money{static_cast<Int128>(number * 1e12)};
    if (unit == Unit::Number || unit == Unit::Tokens)
        return static_cast<std::int64_t>(std::llround(number));
    return number;
}

std::vector<Timestamp> bucketsFrom(Timestamp first, Interval interval, int count, const Zone &zone)
{
    std::vector<Timestamp> buckets;
    for (Timestamp bucket = zone.bucketStart(first, interval); static_cast<int>(buckets.size()) < count;
         bucket = zone.nextBucket(bucket, interval))
        buckets.push_back(bucket);
    return buckets;
}

Cell text(const std::string &value)
{
    return value;
}

ResultTable bars(const std::string &dimension, const std::string &measure, Unit unit,
                 const std::vector<std::pair<Cell, double>> &values)
{
    ResultTable table;
    table.columns = {{dimension, Role::Dimension, Unit::None}, {measure, Role::Measure, unit}};
    double total = 0;
    for (const auto &[value, number] : values) {
        table.rows.push_back({value, number < 0 ? Cell{} : cellOf(number, unit)});
        total += std::max(0.0, number);
    }
    table.total = {Cell{}, cellOf(total, unit)};
    table.matched = 18'231;
    return table;
}

} // namespace

std::vector<std::string> models()
{
    return {"gpt-4o",
            "claude-sonnet-4-20250514",
            "gpt-4o-mini",
            "gemini-2.0-flash",
            "claude-3-5-haiku",
            "o3-mini",
            "llama-3.3-70b-versatile-instruct-long-context-2025-05",
            "mistral-large",
            "Other"};
}

ResultTable overTime(const std::string &measure, Unit unit, Interval interval, int buckets, const Zone &zone,
                     double scale, int gapEvery)
{
    ResultTable table;
    table.columns = {{"bucket", Role::Bucket, Unit::None}, {measure, Role::Measure, unit}};
    table.zone = zone;
    table.interval = interval;
    const auto starts = bucketsFrom(kJune2025, interval, buckets, zone);
    double total = 0;
    for (int i = 0; i < buckets; ++i) {
        const bool gap = gapEvery > 0 && i % gapEvery == gapEvery - 1;
        const double number = scale * wave(i, static_cast<int>(measure.size()));
        total += number;
        table.rows.push_back({starts[static_cast<std::size_t>(i)], gap ? Cell{} : cellOf(number, unit)});
    }
    table.total = {Cell{}, cellOf(total, unit)};
    table.matched = 18'231;
    return table;
}

ResultTable byModelOverTime(const std::string &measure, Unit unit, Interval interval, int buckets,
                            const Zone &zone)
{
    ResultTable table;
    table.columns = {{"bucket", Role::Bucket, Unit::None},
                     {"model", Role::Dimension, Unit::None},
                     {measure, Role::Measure, unit}};
    table.zone = zone;
    table.interval = interval;
    const auto starts = bucketsFrom(kJune2025, interval, buckets, zone);
    const auto names = models();
    for (int i = 0; i < buckets; ++i) {
        for (std::size_t m = 0; m < names.size(); ++m) {
            const auto seed = static_cast<int>(m);
            if ((i + seed) % 11 == 0 && m > 2) // no events of this model in this bucket
                continue;
            const double scale = unit == Unit::Seconds ? 0.6 + 0.35 * seed : 42.0 / (1.0 + 0.9 * seed);
            table.rows.push_back(
                {starts[static_cast<std::size_t>(i)], text(names[m]), cellOf(scale * wave(i, seed), unit)});
        }
    }
    table.total = {Cell{}, Cell{}, cellOf(1, unit)};
    table.matched = 18'231;
    return table;
}

ResultTable percentilesOverTime(int buckets, const Zone &zone)
{
    ResultTable table;
    table.columns = {{"bucket", Role::Bucket, Unit::None},
                     {"latency_p50", Role::Measure, Unit::Seconds},
                     {"latency_p95", Role::Measure, Unit::Seconds},
                     {"latency_p99", Role::Measure, Unit::Seconds}};
    table.zone = zone;
    table.interval = Interval::Hour;
    const auto starts = bucketsFrom(kJune2025, Interval::Hour, buckets, zone);
    for (int i = 0; i < buckets; ++i) {
        const double spike = i > buckets * 2 / 3 && i < buckets * 2 / 3 + 5 ? 2.4 : 1;
        if (i == 9 || i == 10)
            table.rows.push_back({starts[static_cast<std::size_t>(i)], Cell{}, Cell{}, Cell{}});
        else
            table.rows.push_back({starts[static_cast<std::size_t>(i)], 0.8 * wave(i % 5, 1),
                                  2.1 * spike * wave(i % 5, 2), 4.4 * spike * wave(i % 5, 3)});
    }
    table.matched = 18'231;
    return table;
}

ResultTable byModel()
{
    std::vector<std::pair<Cell, double>> values;
    double number = 1204.5;
    for (const std::string &name : models()) {
        values.emplace_back(text(name), name == "mistral-large" ? -1 : number);
        number *= 0.58;
    }
    ResultTable table = bars("model", "cost", Unit::Usd, values);
    table.unpriced = 412;
    return table;
}

ResultTable byHttpStatus()
{
    return bars("http_status", "generations", Unit::Number,
                {{std::int64_t{200}, 17'402},
                 {std::int64_t{429}, 512},
                 {Cell{}, 204},
                 {std::int64_t{500}, 88},
                 {std::int64_t{400}, 25}});
}

ResultTable byCustomer()
{
    return bars("customer", "cost", Unit::Usd,
                {{text("acme-corporation"), 640.22},
                 {text("globex"), 310.4},
                 {text("initech"), 122.87},
                 {text("umbrella"), 88.1},
                 {Cell{}, 41.5},
                 {text("<script>alert(1)</script>"), 12.4},
                 {text("hooli"), 3.02},
                 {text("Other"), 9.7}});
}

ResultTable unpricedOnly()
{
    ResultTable table =
        bars("model", "cost", Unit::Usd, {{text("in-house-7b"), -1}, {text("in-house-13b"), -1}});
    table.total = {Cell{}, Cell{}};
    table.unpriced = 18'231;
    return table;
}

TileSpec spec(const char *id, const char *title, TileSpec::Display display)
{
    TileSpec made;
    made.id = QString::fromLatin1(id);
    made.title = QString::fromUtf8(title);
    made.hint = QStringLiteral("What exactly is counted.");
    made.display = display;
    made.query.measures = {Measure::Cost};
    return made;
}

ChartContext context(Interval interval, int buckets)
{
    const Zone zone;
    const auto starts = bucketsFrom(kJune2025, interval, buckets + 1, zone);
    ChartContext made;
    made.range = {starts.front(), starts.back()};
    made.asked = made.range;
    made.now = Timestamp{starts.back().us - 3600 * kMicrosPerSecond};
    made.filterText = QStringLiteral("provider = \"openai\" or cost > $0.05");
    made.costText = QStringLiteral("cost as reported, else price book of 2025-06-01");
    made.matched = 18'231;
    made.stored = 20'000;
    return made;
}

} // namespace genscope::samples

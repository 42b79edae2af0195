// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Queries against the obvious way to compute them: row by row, with sets, sorted lists and text.
#include "analytics/query.h"

#include "support/querytext.h"
#include "support/snapshotbuilder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <map>
#include <random>
#include <set>

using namespace genscope;
using genscope::test::printed;
using genscope::test::QueryText;
using genscope::test::SnapshotBuilder;
using genscope::test::TestEvent;

namespace {

using Events = std::vector<TestEvent>;
using Refs = std::vector<const TestEvent *>;

/// A value as a result shows it; nothing where missing.
using Value = std::optional<std::string>;

class Random
{
public:
    explicit Random(unsigned seed) : m_engine(seed) {}
    std::uint64_t below(std::uint64_t count) { return m_engine() % count; }
    bool oneIn(std::uint64_t count) { return below(count) == 0; }
    /// One of `prefix0` ..., or nothing.
    std::string name(const char *prefix, std::uint64_t count)
    {
        return oneIn(6) ? std::string() : std::string(prefix).append(std::to_string(below(count)));
    }
    template<typename Make>
    auto maybe(Make make) -> std::optional<decltype(make())>
    {
        return oneIn(4) ? std::nullopt : std::optional(make());
    }

private:
    std::mt19937_64 m_engine;
};

double usd(Random &random)
{
    return static_cast<double>(random.below(1000)) / 100.0;
}

TestEvent randomEvent(Random &random)
{
    static constexpr EventKind kKinds[] = {EventKind::Generation, EventKind::Generation,
                                           EventKind::Generation, EventKind::Embedding, EventKind::Span};
    const auto tokens = [&] { return static_cast<std::int64_t>(random.below(50)); };
    const auto seconds = [&] { return static_cast<double>(random.below(40)) / 8.0; };
    const auto cost = [&] { return usd(random); };
    TestEvent event;
    const auto start = parseIsoTime("2025-03-25T00:00:00Z")->instant().us;
    event.time =
        isoTime({start + static_cast<std::int64_t>(random.below(9 * 24 * 60)) * 60 * kMicrosPerSecond});
    event.kind = kKinds[random.below(std::size(kKinds))];
    event.trace = random.name("t", 12);
    event.user = random.oneIn(5) && !event.trace.empty()
                     ? event.trace
                     : std::string("u").append(std::to_string(random.below(7)));
    event.session = random.name("s", 4);
    event.model = random.name("m", 5);
    event.status = random.maybe([&] { return random.oneIn(3) ? std::int64_t{500} : std::int64_t{200}; });
    event.stream = random.maybe([&] { return random.oneIn(2); });
    event.isError = random.oneIn(4);
    static const char *const kTools[] = {"", "a", "b", "a,b", "b,c", "a,b,c"};
    event.tools = kTools[random.below(std::size(kTools))];
    if (!random.oneIn(3))
        event.groups.emplace_back("company", std::string("c").append(std::to_string(random.below(3))));
    if (!random.oneIn(3))
        event.properties.emplace_back("event.feature", std::to_string(random.below(3)));
    event.latency = random.maybe(seconds);
    event.ttft = random.maybe(seconds);
    event.input = random.maybe(tokens);
    event.output = random.maybe(tokens);
    event.cacheRead = random.maybe(tokens);
    event.cacheWrite = random.maybe(tokens);
    event.reasoning = random.maybe(tokens);
    event.cacheExclusive = random.oneIn(2);
    if (random.oneIn(3))
        event.reportedCost = usd(random);
    if (random.oneIn(3))
        event.reportedInput = usd(random);
    event.reportedFinal = random.oneIn(5);
    event.bookInput = random.maybe(cost);
    event.bookOutput = random.maybe(cost);
    return event;
}

Events randomEvents(unsigned seed, std::size_t count)
{
    Random random(seed);
    Events events;
    for (std::size_t i = 0; i < count; ++i)
        events.push_back(randomEvent(random));
    return events;
}

bool anonymous(const TestEvent &event)
{
    return !event.trace.empty() && event.user == event.trace;
}

std::int64_t cents(double amount)
{
    return std::llround(amount * 100);
}

/// The cost of an event in cents, by the rules of cli.md.
std::optional<std::int64_t> costCents(const TestEvent &event, CostMode mode)
{
    if (mode == CostMode::Reported || (mode == CostMode::Auto && event.reportedCost))
        return event.reportedCost ? std::optional(cents(*event.reportedCost)) : std::nullopt;
    auto input = event.bookInput;
    auto output = event.bookOutput;
    if (mode == CostMode::Auto && event.reportedFinal)
        input = output = std::nullopt;
    if (mode == CostMode::Auto && event.reportedInput)
        input = event.reportedInput;
    if (!input && !output)
        return std::nullopt;
    return cents(input.value_or(0)) + cents(output.value_or(0));
}

bool unpriced(const TestEvent &event, CostMode mode)
{
    const bool tokens = event.input || event.output || event.cacheRead || event.cacheWrite || event.reasoning;
    return !costCents(event, mode) && (!event.isError || tokens);
}

template<typename Pick>
std::int64_t distinct(const Refs &events, Pick pick)
{
    std::set<std::string> seen;
    for (const TestEvent *event : events) {
        const std::string value = pick(*event);
        if (!value.empty())
            seen.insert(value);
    }
    return static_cast<std::int64_t>(seen.size());
}

std::optional<double> percentileOf(std::vector<double> values, double fraction)
{
    if (values.empty())
        return std::nullopt;
    std::sort(values.begin(), values.end());
    const double position = fraction * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(std::floor(position));
    const auto above = static_cast<std::size_t>(std::ceil(position));
    return values[below] + (values[above] - values[below]) * (position - std::floor(position));
}

/// A measure over events, computed the obvious way. Numbers as double; nothing where missing.
class Reference
{
public:
    Reference(Refs all, KindSet kinds, CostMode mode) : m_all(std::move(all)), m_mode(mode)
    {
        for (const TestEvent *event : m_all) {
            if (kinds.test(static_cast<std::size_t>(event->kind)))
                m_events.push_back(event);
        }
    }

    std::optional<double> value(const std::string &measure) const
    {
        if (measure == "generations")
            return ofKind(EventKind::Generation);
        if (measure == "embeddings")
            return ofKind(EventKind::Embedding);
        if (measure == "spans")
            return ofKind(EventKind::Span);
        if (measure == "traces")
            return traces();
        if (measure == "sessions")
            return static_cast<double>(distinct(m_events, [](const TestEvent &e) { return e.session; }));
        if (measure == "users")
            return users();
        if (measure == "customers")
            return static_cast<double>(distinct(
                m_events, [](const TestEvent &e) { return e.groups.empty() ? "" : e.groups[0].second; }));
        if (measure == "errors")
            return errors();
        if (measure == "error_rate")
            return ratio(errors(), count());
        if (measure == "unpriced")
            return counted([this](const TestEvent &e) { return unpriced(e, m_mode); });
        if (measure.starts_with("cost"))
            return money(measure);
        if (measure.starts_with("latency"))
            return timing(measure.substr(8), [](const TestEvent &e) { return e.latency; });
        if (measure.starts_with("ttft"))
            return timing(measure.substr(5), [](const TestEvent &e) { return e.ttft; });
        if (measure.starts_with("tokens_per_second_"))
            return timing(measure.substr(18), [](const TestEvent &e) {
                const bool rated = !e.isError && e.output && e.latency && *e.latency > 0;
                return rated ? std::optional(static_cast<double>(*e.output) / *e.latency) : std::nullopt;
            });
        return tokens(measure);
    }

private:
    double count() const { return static_cast<double>(m_events.size()); }
    template<typename Test>
    double counted(Test test) const
    {
        return static_cast<double>(
            std::count_if(m_events.begin(), m_events.end(), [&](const TestEvent *e) { return test(*e); }));
    }
    double ofKind(EventKind kind) const
    {
        return static_cast<double>(
            std::count_if(m_all.begin(), m_all.end(), [&](const TestEvent *e) { return e->kind == kind; }));
    }
    double errors() const
    {
        return counted([](const TestEvent &e) { return e.isError; });
    }
    double traces() const
    {
        return static_cast<double>(distinct(m_events, [](const TestEvent &e) { return e.trace; }));
    }
    double users() const
    {
        return static_cast<double>(
            distinct(m_events, [](const TestEvent &e) { return anonymous(e) ? std::string() : e.user; }));
    }
    static std::optional<double> ratio(double a, double b)
    {
        return b == 0 ? std::nullopt : std::optional(a / b);
    }

    std::optional<double> money(const std::string &measure) const
    {
        std::int64_t sum = 0;
        bool any = false;
        for (const TestEvent *event : m_events) {
            if (measure == "cost_per_user" && anonymous(*event))
                continue;
            if (const auto cost = costCents(*event, m_mode)) {
                sum += *cost;
                any = true;
            }
        }
        const double total = static_cast<double>(sum) / 100.0;
        const double divisor = measure == "cost_per_generation"  ? count()
                               : measure == "cost_per_trace"     ? traces()
                               : measure == "cost_per_user"      ? users()
                               : measure == "cost_per_1k_tokens" ? *tokens("total_tokens") / 1000
                                                                 : 1;
        return any ? ratio(total, divisor) : std::nullopt;
    }

    template<typename Pick>
    std::optional<double> timing(const std::string &what, Pick pick) const
    {
        std::vector<double> values;
        for (const TestEvent *event : m_events) {
            if (const auto value = pick(*event))
                values.push_back(*value);
        }
        if (values.empty())
            return std::nullopt;
        if (what == "max")
            return *std::max_element(values.begin(), values.end());
        if (what == "avg") {
            double sum = 0;
            for (const double value : values)
                sum += value;
            return sum / static_cast<double>(values.size());
        }
        return percentileOf(values, std::stod(what.substr(1)) / 100.0);
    }

    template<typename Pick>
    double sum(Pick pick) const
    {
        std::int64_t total = 0;
        for (const TestEvent *event : m_events)
            total += pick(*event).value_or(0);
        return static_cast<double>(total);
    }

    std::optional<double> tokens(const std::string &measure) const
    {
        const double input = sum([](const TestEvent &e) { return e.input; });
        const double output = sum([](const TestEvent &e) { return e.output; });
        const double cacheRead = sum([](const TestEvent &e) { return e.cacheRead; });
        if (measure == "input_tokens")
            return input;
        if (measure == "output_tokens")
            return output;
        if (measure == "total_tokens")
            return input + output;
        if (measure == "cache_read_tokens")
            return cacheRead;
        if (measure == "cache_write_tokens")
            return sum([](const TestEvent &e) { return e.cacheWrite; });
        if (measure == "reasoning_tokens")
            return sum([](const TestEvent &e) { return e.reasoning; });
        if (measure == "cache_hit_rate") {
            const double outside = sum([](const TestEvent &e) {
                return std::optional(e.cacheExclusive ? e.cacheRead.value_or(0) + e.cacheWrite.value_or(0)
                                                      : std::int64_t{0});
            });
            return ratio(cacheRead, input + outside);
        }
        EXPECT_EQ(measure, "tokens_per_second");
        double seconds = 0;
        double rated = 0;
        for (const TestEvent *event : m_events) {
            if (event->isError || !event->output || !event->latency || *event->latency <= 0)
                continue;
            rated += static_cast<double>(*event->output);
            seconds += *event->latency;
        }
        return ratio(rated, seconds);
    }

    Refs m_all;
    Refs m_events;
    CostMode m_mode;
};

/// The values of a dimension that an event counts under.
std::vector<Value> valuesOf(const TestEvent &event, const std::string &dimension, const Zone &zone)
{
    const auto text = [](const std::string &value) {
        return std::vector<Value>{value.empty() ? std::nullopt : Value(value)};
    };
    const Timestamp time = parseIsoTime(event.time)->instant();
    if (dimension == "model")
        return text(event.model);
    if (dimension == "user")
        return text(anonymous(event) ? std::string() : event.user);
    if (dimension == "trace")
        return text(event.trace);
    if (dimension == "customer")
        return text(event.groups.empty() ? std::string() : event.groups[0].second);
    if (dimension == "event.feature")
        return text(event.properties.empty() ? std::string() : event.properties[0].second);
    if (dimension == "http_status")
        return text(event.status ? std::to_string(*event.status) : std::string());
    if (dimension == "is_error")
        return text(event.isError ? "true" : "false");
    if (dimension == "stream")
        return text(event.stream ? (*event.stream ? "true" : "false") : "");
    if (dimension == "kind")
        return text(std::string(eventKindName(event.kind)));
    if (dimension == "hour_of_day")
        return text(std::to_string(zone.hourOfDay(time)));
    if (dimension == "day_of_week")
        return text(std::to_string(zone.dayOfWeek(time)));
    EXPECT_EQ(dimension, "tool");
    std::vector<Value> tools;
    for (const char tool : event.tools) {
        if (tool != ',')
            tools.emplace_back(std::string(1, tool));
    }
    return tools.empty() ? std::vector<Value>{std::nullopt} : tools;
}

std::optional<double> numberOf(const Cell &cell)
{
    if (const auto *whole = std::get_if<std::int64_t>(&cell))
        return static_cast<double>(*whole);
    if (const auto *real = std::get_if<double>(&cell))
        return *real;
    if (const auto *money = std::get_if<Money>(&cell))
        return money->usd();
    return std::nullopt;
}

void expectMeasures(const std::vector<Cell> &row, std::size_t first, const Reference &reference)
{
    const auto names = measureNames();
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string name(names[i]);
        if (name.starts_with("cost_") && name.find("_per_") == name.npos)
            continue; // the parts have their own tests
        const auto expected = reference.value(name);
        const auto actual = numberOf(row[first + i]);
        ASSERT_EQ(actual.has_value(), expected.has_value()) << name;
        if (expected) {
            ASSERT_NEAR(*actual, *expected, 1e-9 * (1 + std::abs(*expected))) << name;
        }
    }
}

std::string allMeasures()
{
    std::string names;
    for (const std::string_view name : measureNames())
        names.append(names.empty() ? "" : ",").append(name);
    return names;
}

class QueryReference : public ::testing::TestWithParam<int>
{
protected:
    static constexpr const char *kDimensions[] = {"model",    "user",        "trace",       "customer",
                                                  "is_error", "http_status", "stream",      "kind",
                                                  "tool",     "hour_of_day", "day_of_week", "event.feature"};
    static constexpr const char *kZones[] = {"UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"};
};

TEST_P(QueryReference, RandomDimensionPairsAndAllMeasures)
{
    const auto seed = static_cast<unsigned>(GetParam());
    const Events events = randomEvents(seed, 150 + seed * 7 % 200);
    Random random(seed + 1000);
    SnapshotBuilder builder(events);
    Scope scope;
    scope.zone = *Zone::named(kZones[random.below(std::size(kZones))]);
    scope.cost = static_cast<CostMode>(random.below(3));
    const auto context = makeQueryContext(builder.build(), &builder.source(), scope, StopToken());
    const auto rows = *selectRows(scope, context);

    const std::string measures = allMeasures();
    const std::string first = kDimensions[random.below(std::size(kDimensions))];
    const std::string second = kDimensions[random.below(std::size(kDimensions))];
    const bool withBuckets = random.oneIn(2);
    const auto interval = static_cast<Interval>(1 + random.below(4));
    KindSet kinds = kindSet({EventKind::Generation});
    if (random.oneIn(2))
        kinds.set(static_cast<std::size_t>(EventKind::Embedding));

    std::string by = first;
    by.append(",").append(second);
    QueryText text{.measures = measures, .by = by, .kinds = kinds};
    if (withBuckets)
        text.interval = interval;
    const auto table = runQuery(text.query(), scope, rows, context);
    ASSERT_TRUE(table.ok());

    using Key = std::tuple<std::int64_t, Value, Value>;
    std::map<Key, Refs> groups;
    Refs all;
    for (const TestEvent &event : events) {
        all.push_back(&event);
        const Timestamp time = parseIsoTime(event.time)->instant();
        const std::int64_t bucket = withBuckets ? scope.zone.bucketStart(time, interval).us : 0;
        for (const Value &a : valuesOf(event, first, scope.zone)) {
            for (const Value &b : valuesOf(event, second, scope.zone))
                groups[Key(bucket, a, b)].push_back(&event);
        }
    }
    ASSERT_EQ(table->rows.size(), groups.size()) << by;
    const std::size_t lead = withBuckets ? 1 : 0;
    for (const auto &row : table->rows) {
        const auto value = [&](std::size_t i) {
            const std::string shown = printed(row[i], scope.zone);
            return row[i].index() == 0 ? std::nullopt : Value(shown);
        };
        const std::int64_t bucket = withBuckets ? std::get<Timestamp>(row[0]).us : 0;
        const auto group = groups.find(Key(bucket, value(lead), value(lead + 1)));
        ASSERT_NE(group, groups.end()) << by;
        expectMeasures(row, lead + 2, Reference(group->second, kinds, scope.cost));
    }
    const Reference whole(all, kinds, scope.cost);
    expectMeasures(table->total, lead + 2, whole);
}

TEST_P(QueryReference, TopPlusOtherIsTheTotal)
{
    const auto seed = static_cast<unsigned>(GetParam());
    const Events events = randomEvents(seed, 300);
    Random random(seed + 2000);
    SnapshotBuilder builder(events);
    const Scope scope;
    const auto context = makeQueryContext(builder.build(), &builder.source(), scope, StopToken());
    const auto rows = *selectRows(scope, context);
    const int top = static_cast<int>(random.below(4)) + 1;
    const std::string dimension = kDimensions[random.below(std::size(kDimensions))];
    const std::string measures = "cost," + allMeasures();
    const auto folded =
        runQuery(QueryText{.measures = measures, .by = dimension, .top = top}.query(), scope, rows, context);
    const auto full =
        runQuery(QueryText{.measures = measures, .by = dimension}.query(), scope, rows, context);
    ASSERT_TRUE(folded.ok() && full.ok());
    EXPECT_EQ(printed(folded->total[1], {}), printed(full->total[1], {}));
    EXPECT_LE(folded->rows.size(), static_cast<std::size_t>(top) + 1);

    // The kept values are the first of the full table, and Other holds the events of all others.
    std::set<std::string> kept;
    for (std::size_t i = 0; i < std::min<std::size_t>(full->rows.size(), static_cast<std::size_t>(top)); ++i)
        kept.insert(printed(full->rows[i][0], {}));
    Refs others;
    for (const TestEvent &event : events) {
        const auto values = valuesOf(event, dimension, scope.zone);
        if (std::any_of(values.begin(), values.end(),
                        [&](const Value &value) { return !kept.contains(value.value_or("-")); }))
            others.push_back(&event);
    }
    bool sawOther = false;
    for (const auto &row : folded->rows) {
        const std::string value = printed(row[0], {});
        if (value != "Other") {
            EXPECT_TRUE(kept.contains(value)) << dimension << " " << value;
            continue;
        }
        sawOther = true;
        expectMeasures(row, 2, Reference(others, kindSet({EventKind::Generation}), scope.cost));
    }
    EXPECT_EQ(sawOther, !others.empty());
}

TEST_P(QueryReference, BucketsSumToTheRangeThroughDaylightSaving)
{
    const auto seed = static_cast<unsigned>(GetParam());
    const Events events = randomEvents(seed, 400);
    SnapshotBuilder builder(events);
    const auto snapshot = builder.build();
    for (const char *name : {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo"}) {
        Scope scope;
        scope.zone = *Zone::named(name);
        scope.range.from = parseIsoTime("2025-03-26T05:30:00Z")->instant();
        if (seed % 2 == 0)
            scope.range.to = parseIsoTime("2025-04-01T11:10:00Z")->instant();
        const auto context = makeQueryContext(snapshot, nullptr, scope, StopToken());
        const auto rows = *selectRows(scope, context);
        for (const Interval interval :
             {Interval::Minute, Interval::Hour, Interval::Day, Interval::Week, Interval::Month}) {
            const auto table = *runQuery(
                QueryText{.measures = "generations,cost,total_tokens,errors", .interval = interval}.query(),
                scope, rows, context);
            std::array<Int128, 4> sums{};
            std::int64_t previousEnd = table.rows.empty() ? 0 : std::get<Timestamp>(table.rows[0][0]).us;
            for (const auto &row : table.rows) {
                const Timestamp bucket = std::get<Timestamp>(row[0]);
                ASSERT_EQ(bucket.us, previousEnd); // without gap or overlap
                previousEnd = scope.zone.nextBucket(bucket, interval).us;
                for (std::size_t i = 0; i < sums.size(); ++i) {
                    if (const auto *money = std::get_if<Money>(&row[i + 1]))
                        sums[i] += money->pico;
                    else if (const auto *whole = std::get_if<std::int64_t>(&row[i + 1]))
                        sums[i] += *whole;
                }
            }
            EXPECT_EQ(sums[0], std::get<std::int64_t>(table.total[1])) << name;
            EXPECT_EQ(sums[1], std::get<Money>(table.total[2]).pico) << name;
            EXPECT_EQ(sums[2], std::get<std::int64_t>(table.total[3])) << name;
            EXPECT_EQ(sums[3], std::get<std::int64_t>(table.total[4])) << name;
            EXPECT_EQ(sums[0], table.matched) << name;
        }
    }
}

TEST(QueryThreads, LargeSetsAreSharedOutWithTheSameAnswer)
{
    // Nine full segments, which are the same one, and of them some rows.
    const Events events = randomEvents(77, 500);
    SnapshotBuilder builder;
    for (std::size_t i = 0; i < Segment::kRows; ++i)
        builder.add(events[i % events.size()]);
    const auto one = builder.build();
    std::array<DictionaryView, kDictFieldCount> dictionaries;
    for (std::size_t field = 0; field < dictionaries.size(); ++field)
        dictionaries[field] = one->dictionary(static_cast<DictField>(field));
    const auto snapshot = std::make_shared<const Snapshot>(
        std::vector<std::shared_ptr<const Segment>>(9, one->segments().front()), dictionaries,
        one->groupTypes(), std::vector<std::pair<std::uint32_t, std::uint32_t>>());

    Random random(78);
    RowSet rows(snapshot->rows());
    Refs all;
    for (std::size_t row = 0; row < snapshot->rows(); row += random.below(700) + 1) {
        rows.set(row);
        all.push_back(&events[row % Segment::kRows % events.size()]);
    }
    const Scope scope;
    const auto context = makeQueryContext(snapshot, nullptr, scope, StopToken());
    const KindSet kinds = kindSet({EventKind::Generation});
    const std::string measures = allMeasures();
    for (const std::string dimension : {"model", "tool", "http_status", "trace"}) {
        const auto table =
            runQuery(QueryText{.measures = measures, .by = dimension}.query(), scope, rows, context);
        ASSERT_TRUE(table.ok());
        std::map<Value, Refs> groups;
        for (const TestEvent *event : all) {
            for (const Value &value : valuesOf(*event, dimension, scope.zone))
                groups[value].push_back(event);
        }
        ASSERT_EQ(table->rows.size(), groups.size());
        for (const auto &row : table->rows) {
            const Value value = row[0].index() == 0 ? std::nullopt : Value(printed(row[0], scope.zone));
            expectMeasures(row, 1, Reference(groups[value], kinds, scope.cost));
        }
        expectMeasures(table->total, 1, Reference(all, kinds, scope.cost));
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, QueryReference, ::testing::Range(1, 41));

} // namespace

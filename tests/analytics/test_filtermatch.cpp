// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/filter.h"
#include "support/snapshotbuilder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

using namespace genscope;
using namespace genscope::test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

/// A store of a few events to filter.
class Data
{
public:
    explicit Data(const std::vector<TestEvent> &events) : m_builder(events)
    {
        m_context.snapshot = m_builder.build();
        m_context.source = &m_builder.source();
    }

    DataContext &context() { return m_context; }

    Result<RowSet> match(std::string_view text)
    {
        const Result<Filter> filter = Filter::parse(text);
        if (!filter)
            return filter.error();
        return matchRows(*filter, m_context, m_cache);
    }

    /// Numbers of the matched rows.
    std::vector<std::size_t> rows(std::string_view text)
    {
        const Result<RowSet> matched = match(text);
        EXPECT_TRUE(matched.ok()) << text << ": " << (matched ? "" : matched.error().message.toStdString());
        std::vector<std::size_t> rows;
        if (matched)
            matched->forEach([&](std::size_t row) { rows.push_back(row); });
        return rows;
    }

private:
    SnapshotBuilder m_builder;
    DataContext m_context;
    FieldCache m_cache;
};

TestEvent withProperty(const std::string &value)
{
    return {.properties = {{"event.p", value}}};
}

TEST(FilterMatch, EmptyFilterMatchesEverything)
{
    Data data({{}, {}});
    EXPECT_THAT(data.rows(""), ElementsAre(0, 1));
}

TEST(FilterMatch, OneValueAgainstOneCondition)
{
    struct Case
    {
        std::optional<const char *> value; ///< of event.p; nothing: missing
        const char *condition;
        bool expected;
    };
    const Case cases[] = {
        // Number literals: numerically, with numbers and texts that are wholly a JSON number.
        {"10", "= 10", true},
        {"10.0", "= 10", true},
        {"1e1", "= 10", true},
        {"10 ", "= 10", false},
        {"010", "= 10", false},
        {"ten", "= 10", false},
        {"", "= 0", false},
        {"true", "= 1", false},
        {"9", "< 10", true},
        {"abc", "< 10", false},
        {"abc", ">= 10", false},
        {"0.1", "= 0.1", true},
        {"0.30000000000000004", "= 0.3", false},
        {"1e400", "> 1e308", true},
        {"-1e400", "< 0", true},
        {"1e-400", "< 1", true},
        {"123456789012345678901234567890", "= 123456789012345678901234567890", true},
        {"123456789012345678901234567891", "= 123456789012345678901234567890", false},
        {"2000", "= 2k", true},
        {"10", "!= 10.0", false},
        {"10", "in (1, 10)", true},
        {"10", "not in (1, 10)", false},
        // Text literals: the value as text; case counts; by bytes.
        {"10", "= \"10\"", true},
        {"10.0", "= \"10\"", false},
        {"true", "= \"true\"", true},
        {"Pro", "= \"pro\"", false},
        {"9", "< \"10\"", false},
        {"Z", "< \"a\"", true},
        {"é", "> \"z\"", true},
        {"ab", "> \"a\"", true},
        {"x", "in (\"x\", 1, true)", true},
        {"true", "in (\"x\", 1, true)", true},
        {"1.0", "in (\"x\", 1, true)", true},
        {"y", "in (\"x\", 1, true)", false},
        // Booleans.
        {"true", "= true", true},
        {"false", "= true", false},
        {"false", "= false", true},
        {"1", "= true", false},
        {"TRUE", "= true", false},
        // contains: case-insensitive, beyond ASCII too.
        {"The Refund", "contains \"refund\"", true},
        {"refun", "contains \"refund\"", false},
        {"STRAẞE", "contains \"straße\"", true},
        {"ΟΔΟΣ", "contains \"οδος\"", true},
        {"ÉCLAIR", "contains \"éclair\"", true},
        {"\xE2\x84\xAA", "contains \"k\"", true}, // the Kelvin sign
        {"", "contains \"\"", true},
        {"a", "contains \"\"", true},
        {"12345", "contains \"234\"", true},
        {"a", "not contains \"b\"", true},
        {"a", "not contains \"A\"", false},
        // Patterns: unanchored, case-sensitive, RE2.
        {"my chat app", "~ \"chat.*\"", true},
        {"my Chat app", "~ \"chat\"", false},
        {"my Chat app", "~ \"(?i)chat\"", true},
        {"chat", "~ \"^hat\"", false},
        {"gpt-4.1", R"(~ "gpt-\d\.1$")", true},
        {"gpt-4x1", R"(~ "gpt-\d\.1$")", false},
        {"über", R"(~ "^.ber$")", true},
        {"chat", "!~ \"chat\"", false},
        {"chat", "!~ \"cat\"", true},
        // Empty is set, missing is not; negative operators match missing, orderings never do.
        {"", "is set", true},
        {"", "is not set", false},
        {"", "= \"\"", true},
        {std::nullopt, "is set", false},
        {std::nullopt, "is not set", true},
        {std::nullopt, "= \"\"", false},
        {std::nullopt, "!= \"x\"", true},
        {std::nullopt, "!= 1", true},
        {std::nullopt, "not in (\"x\")", true},
        {std::nullopt, "not contains \"x\"", true},
        {std::nullopt, "!~ \"x\"", true},
        {std::nullopt, "contains \"\"", false},
        {std::nullopt, "~ \"\"", false},
        {std::nullopt, "< 1", false},
        {std::nullopt, ">= 1", false},
        {std::nullopt, "= false", false},
        {std::nullopt, "!= true", true},
    };
    for (const Case &c : cases) {
        Data data({c.value ? withProperty(*c.value) : TestEvent{}});
        const std::string text = std::string("event.p ") + c.condition;
        EXPECT_EQ(!data.rows(text).empty(), c.expected)
            << (c.value ? *c.value : "(missing)") << " " << c.condition;
        EXPECT_EQ(!data.rows("not (" + text + ")").empty(), !c.expected) << "plain negation of " << text;
    }
}

TEST(FilterMatch, BarePropertyIsTrueForTrueOnly)
{
    Data data({withProperty("true"), withProperty("false"), withProperty("1"), withProperty("yes"), {}});
    EXPECT_THAT(data.rows("event.p"), ElementsAre(0));
    EXPECT_THAT(data.rows("not event.p"), ElementsAre(1, 2, 3, 4));
}

TEST(FilterMatch, NumbersOfColumns)
{
    Data data({{.status = 200, .latency = 0.25, .input = 999, .reportedCost = 0.01},
               {.status = 404, .latency = 2.0, .input = 10'000, .reportedCost = 0.05},
               {.status = 500, .latency = 2.5, .input = 0, .reportedCost = 0.0},
               {}});
    const std::pair<const char *, std::vector<std::size_t>> cases[] = {
        {"http_status = 404", {1}},
        {"http_status != 404", {0, 2, 3}},
        {"http_status >= 400", {1, 2}},
        {"http_status > 400.5", {1, 2}},
        {"http_status <= 404.5", {0, 1}},
        {"http_status = 404.5", {}},
        {"http_status in (200, 500)", {0, 2}},
        {"http_status not in (200, 500)", {1, 3}},
        {"http_status in (500, 1, 2, 404, 3, 4, 404, 5)", {1, 2}},
        {"latency in (2.5, 1, 3, 4, 250ms, 5, 6)", {0, 2}},
        {"http_status = \"404\"", {1}},
        {"http_status in (200, \"404\")", {0, 1}},
        {"http_status ~ \"^4\"", {1}},
        {"http_status contains \"0\"", {0, 1, 2}},
        {"http_status = true", {}},
        {"http_status is not set", {3}},
        {"http_status < 1e30", {0, 1, 2}},
        {"http_status > -1e30", {0, 1, 2}},
        {"http_status < -1e30", {}},
        {"input_tokens < 1k", {0, 2}},
        {"input_tokens >= 10k", {1}},
        {"input_tokens > 0", {0, 1}},
        {"latency = 250ms", {0}},
        {"latency = 0.25", {0}},
        {"latency >= 2s", {1, 2}},
        {"latency > 2", {2}},
        {"latency < 2000ms", {0}},
        {"latency <= 2000ms", {0, 1}},
        {"latency != 2", {0, 2, 3}},
        {"latency = \"2.5\"", {2}},
        {"latency is set", {0, 1, 2}},
        {"cost = 1c", {0}},
        {"cost > $0.01", {1}},
        {"cost >= 0.01", {0, 1}},
        {"cost < 1e-12", {2}},
        {"cost = 0", {2}},
        {"cost = \"0.05\"", {1}},
        {"cost is not set", {3}},
        {"cost < 99999999999", {0, 1, 2}},
    };
    for (const auto &[text, expected] : cases)
        EXPECT_EQ(data.rows(text), expected) << text;
}

TEST(FilterMatch, BooleansOfColumns)
{
    Data data({{.stream = true, .isError = true}, {.stream = false}, {}});
    EXPECT_THAT(data.rows("is_error"), ElementsAre(0));
    EXPECT_THAT(data.rows("is_error = false"), ElementsAre(1, 2));
    EXPECT_THAT(data.rows("is_error = \"true\""), ElementsAre(0));
    EXPECT_THAT(data.rows("is_error = 1"), IsEmpty());
    EXPECT_THAT(data.rows("stream"), ElementsAre(0));
    EXPECT_THAT(data.rows("stream = false"), ElementsAre(1));
    EXPECT_THAT(data.rows("stream != true"), ElementsAre(1, 2));
    EXPECT_THAT(data.rows("stream is not set"), ElementsAre(2));
}

TEST(FilterMatch, TextOfColumns)
{
    Data data({{.model = "gpt-4o", .groups = {{"company", "acme"}}},
               {.model = "claude", .groups = {{"company", "Globex"}}},
               {}});
    EXPECT_THAT(data.rows("model = \"gpt-4o\""), ElementsAre(0));
    EXPECT_THAT(data.rows("model != \"gpt-4o\""), ElementsAre(1, 2));
    EXPECT_THAT(data.rows("model is not set"), ElementsAre(2));
    EXPECT_THAT(data.rows("customer contains \"globex\""), ElementsAre(1));
    EXPECT_THAT(data.rows("group.company in (\"acme\", \"Globex\")"), ElementsAre(0, 1));
    EXPECT_THAT(data.rows("group.nothing is set"), IsEmpty());
    EXPECT_THAT(data.rows("kind = \"generation\""), ElementsAre(0, 1, 2));
    EXPECT_THAT(data.rows("model = \"gpt-4o\" or customer = \"Globex\""), ElementsAre(0, 1));
}

TEST(FilterMatch, ToolMatchesIfAnyOfThemDoes)
{
    Data data({{.tools = "search,fetch"}, {.tools = "fetch"}, {}});
    EXPECT_THAT(data.rows("tool = \"search\""), ElementsAre(0));
    EXPECT_THAT(data.rows("tool = \"fetch\""), ElementsAre(0, 1));
    EXPECT_THAT(data.rows("tool != \"search\""), ElementsAre(1, 2));
    EXPECT_THAT(data.rows("tool ~ \"^se\""), ElementsAre(0));
    EXPECT_THAT(data.rows("tool = \"search,fetch\""), IsEmpty());
    EXPECT_THAT(data.rows("tool is not set"), ElementsAre(2));
}

TEST(FilterMatch, TimestampsAreReadInTheZone)
{
    Data data({{.time = "2025-06-01T21:59:59Z"},
               {.time = "2025-06-01T22:00:00Z"},
               {.time = "2025-06-02T00:00:00Z"}});
    EXPECT_THAT(data.rows("timestamp >= \"2025-06-02\""), ElementsAre(2));
    EXPECT_THAT(data.rows("timestamp = \"2025-06-02T00:00\""), ElementsAre(2));
    EXPECT_THAT(data.rows("timestamp in (\"2025-06-02\", \"2025-06-01T22:00Z\")"), ElementsAre(1, 2));
    EXPECT_THAT(data.rows("timestamp != \"2025-06-02\""), ElementsAre(0, 1));
    data.context().zone = *Zone::named("Europe/Berlin");
    EXPECT_THAT(data.rows("timestamp >= \"2025-06-02\""), ElementsAre(1, 2));
    EXPECT_THAT(data.rows("timestamp < \"2025-06-02T00:00:00Z\""), ElementsAre(0, 1));
    EXPECT_THAT(data.rows("timestamp < \"2025-06-02T00:00:00+02:00\""), ElementsAre(0));
}

TEST(FilterMatch, CostFollowsTheMode)
{
    Data data({{.reportedCost = 1.0, .bookInput = 2.0, .bookOutput = 0.0}});
    EXPECT_THAT(data.rows("cost = 1"), ElementsAre(0));
    data.context().cost = CostMode::Recomputed;
    EXPECT_THAT(data.rows("cost = 2"), ElementsAre(0));
}

TEST(FilterMatch, WithoutASourcePropertiesAndContentAreMissing)
{
    Data data({{.properties = {{"event.p", "x"}}, .inputText = "hello"}});
    data.context().source = nullptr;
    EXPECT_THAT(data.rows("event.p = \"x\" or input contains \"hello\""), IsEmpty());
    EXPECT_THAT(data.rows("event.p != \"x\" and input is not set"), ElementsAre(0));
}

/// Counts the rows whose content was asked for.
class CountingSource final : public EventSource
{
public:
    explicit CountingSource(const EventSource &inner) : m_inner(inner) {}
    Status readProperty(const PropertyPath &path, std::size_t rows,
                        const std::function<void(std::size_t, std::string_view)> &visit,
                        const StopToken &stop) const override
    {
        return m_inner.readProperty(path, rows, visit, stop);
    }
    Status readContent(Content content, const RowSet &rows,
                       const std::function<void(std::size_t, std::string_view)> &visit,
                       const StopToken &stop) const override
    {
        contentRows += rows.count();
        return m_inner.readContent(content, rows, visit, stop);
    }
    mutable std::size_t contentRows = 0;

private:
    const EventSource &m_inner;
};

TEST(FilterMatch, ContentIsReadOnlyForRowsThatAreStillUndecided)
{
    Data data({{.model = "x", .inputText = "please Refund"},
               {.model = "x", .inputText = "hello"},
               {.model = "y", .inputText = "refund"},
               {.model = "z", .outputText = "refund"},
               {.model = "z"}});
    const CountingSource source(*data.context().source);
    data.context().source = &source;
    const auto read = [&](std::string_view text) {
        source.contentRows = 0;
        data.rows(text);
        return source.contentRows;
    };
    EXPECT_THAT(data.rows("input contains \"refund\""), ElementsAre(0, 2));
    EXPECT_THAT(data.rows("input not contains \"refund\""), ElementsAre(1, 3, 4));
    EXPECT_THAT(data.rows("input is set"), ElementsAre(0, 1, 2));
    EXPECT_THAT(data.rows("output ~ \"^re\" or input = \"hello\""), ElementsAre(1, 3));

    EXPECT_EQ(read("input contains \"refund\" and model = \"x\""), 2u);
    EXPECT_EQ(read("input contains \"refund\" or model = \"x\""), 3u);
    EXPECT_EQ(read("not (input contains \"refund\" or model = \"x\")"), 3u);
    EXPECT_EQ(read("(input contains \"refund\" and model = \"x\") or model = \"y\""), 2u);
    EXPECT_EQ(read("input contains \"refund\" and model = \"nothing\""), 0u);
    EXPECT_EQ(read("input contains \"refund\" and input contains \"please\""), 5u + 2u);
}

TEST(FilterMatch, StopsWhenAsked)
{
    Data data({{.model = "x"}});
    data.context().stop.requestStop();
    const Result<RowSet> matched = data.match("model = \"x\"");
    ASSERT_FALSE(matched.ok());
    EXPECT_EQ(matched.error().kind, Error::Kind::Cancelled);
}

TEST(FilterMatch, PatternsTooLargeForRe2AreRefused)
{
    Data data({{.model = "x"}});
    const Result<RowSet> matched = data.match("model ~ \"((a{100}){100}){100}\"");
    ASSERT_FALSE(matched.ok());
    EXPECT_EQ(matched.error().kind, Error::Kind::Usage);
}

/// Rows of more than one segment, with every kind of value and gaps.
class RandomData
{
public:
    explicit RandomData(std::size_t rows)
    {
        std::mt19937 random(5);
        const auto pick = [&](unsigned count) { return random() % count; };
        for (std::size_t i = 0; i < rows; ++i) {
            TestEvent event;
            if (pick(5) != 0)
                event.model = "m" + std::to_string(pick(4));
            if (pick(3) != 0)
                event.tools = pick(2) == 0 ? "a,b" : "b";
            if (pick(4) != 0)
                event.input = static_cast<std::int64_t>(pick(10));
            if (pick(4) != 0)
                event.latency = static_cast<double>(pick(10)) / 4;
            if (pick(4) != 0)
                event.reportedCost = static_cast<double>(pick(4)) / 100;
            if (pick(3) != 0)
                event.stream = pick(2) == 0;
            event.isError = pick(4) == 0;
            if (pick(3) != 0)
                event.properties = {{"event.p", std::vector<std::string>{"1", "true", "x", ""}[pick(4)]}};
            if (pick(3) != 0)
                event.inputText = pick(2) == 0 ? "Refund" : "other";
            m_events.push_back(std::move(event));
        }
    }
    const std::vector<TestEvent> &events() const { return m_events; }

    static std::string term(std::mt19937 &random)
    {
        static const char *const kTerms[] = {
            "model = \"m1\"",
            "model != \"m1\"",
            "model is not set",
            "tool = \"a\"",
            "tool not in (\"a\")",
            "input_tokens > 4",
            "input_tokens != 3",
            "latency <= 1",
            "latency !~ \"5\"",
            "cost >= 2c",
            "cost not in (1c, 2c)",
            "stream",
            "is_error",
            "event.p",
            "event.p = 1",
            "event.p not contains \"x\"",
            "event.p is set",
            "input contains \"refund\"",
            "input is not set",
        };
        return kTerms[random() % std::size(kTerms)];
    }
    static std::string expression(std::mt19937 &random, int depth)
    {
        const unsigned choice = depth == 0 ? 0 : random() % 4;
        if (choice == 0)
            return term(random);
        if (choice == 1)
            return "not (" + expression(random, depth - 1) + ")";
        return "((" + expression(random, depth - 1) + (choice == 2 ? ") and (" : ") or (") +
               expression(random, depth - 1) + "))";
    }

private:
    std::vector<TestEvent> m_events;
};

TEST(FilterAlgebra, LawsOfTwoValuedLogicHoldOnRandomData)
{
    Data data(RandomData(700).events());
    std::mt19937 random(9);
    for (int i = 0; i < 300; ++i) {
        const std::string a = RandomData::expression(random, 2);
        const std::string b = RandomData::expression(random, 2);
        const auto rows = [&](const std::string &text) { return data.rows(text); };
        ASSERT_EQ(rows("not (" + a + " and " + b + ")"), rows("(not (" + a + ")) or not (" + b + ")"))
            << a << "\n"
            << b;
        ASSERT_EQ(rows("not (" + a + " or " + b + ")"), rows("(not (" + a + ")) and not (" + b + ")"))
            << a << "\n"
            << b;
        ASSERT_EQ(rows("not not (" + a + ")"), rows(a)) << a;
        ASSERT_EQ(rows("(" + a + ") and (" + b + ")"), rows("(" + b + ") and (" + a + ")")) << a << "\n" << b;
        ASSERT_EQ(rows("(" + a + ") or (" + a + " and " + b + ")"), rows(a)) << a << "\n" << b;
        ASSERT_THAT(rows("(" + a + ") and not (" + a + ")"), IsEmpty()) << a;
        ASSERT_EQ(rows("(" + a + ") or not (" + a + ")").size(), 700u) << a;
        ASSERT_EQ(rows(Filter::parse(a)->negated().toString()), rows("not (" + a + ")")) << a;
    }
}

TEST(FilterAlgebra, EveryRowIsDecidedAsIfItWereAlone)
{
    const RandomData random(60);
    Data all(random.events());
    std::mt19937 terms(3);
    for (int i = 0; i < 60; ++i) {
        const std::string text = RandomData::expression(terms, 3);
        std::vector<std::size_t> alone;
        for (std::size_t row = 0; row < random.events().size(); ++row) {
            Data one({random.events()[row]});
            if (!one.rows(text).empty())
                alone.push_back(row);
        }
        ASSERT_EQ(all.rows(text), alone) << text;
    }
}

TEST(FilterMatch, RowsOfLaterSegmentsMatchToo)
{
    std::vector<TestEvent> events(Segment::kRows + 70);
    events[3].model = "x";
    events[Segment::kRows + 69].model = "x";
    events[Segment::kRows + 1].properties = {{"event.p", "y"}};
    Data data(events);
    EXPECT_THAT(data.rows("model = \"x\""), ElementsAre(3, Segment::kRows + 69));
    EXPECT_THAT(data.rows("event.p = \"y\""), ElementsAre(Segment::kRows + 1));
    EXPECT_EQ(data.rows("model != \"x\"").size(), events.size() - 2);
}

} // namespace

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/field.h"

#include "support/snapshotbuilder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace genscope;
using genscope::test::SnapshotBuilder;
using genscope::test::TestEvent;
using ::testing::ElementsAre;

namespace {

using Texts = std::vector<std::string>;
using Numbers = std::vector<std::int64_t>;

/// Reads fields of a few events, both by segment and row by row, which must agree.
class Reading
{
public:
    explicit Reading(const std::vector<TestEvent> &events) : m_builder(events)
    {
        context.snapshot = m_builder.build();
        context.source = &m_builder.source();
    }

    std::shared_ptr<const FieldReader> open(std::string_view name) const
    {
        const auto field = Field::parse(name);
        EXPECT_TRUE(field.ok()) << name;
        const auto reader = openField(*field, context);
        EXPECT_TRUE(reader.ok()) << name;
        return *reader;
    }
    /// Values of a text field; `-` where missing.
    Texts texts(std::string_view name) const
    {
        const auto reader = open(name);
        EXPECT_EQ(reader->type(), FieldReader::Type::Text);
        std::vector<std::uint32_t> scratch;
        Texts texts;
        const auto codes = reader->codes(0, scratch);
        for (std::size_t row = 0; row < codes.size(); ++row) {
            EXPECT_EQ(reader->codeAt(row), codes[row]);
            EXPECT_LT(codes[row], reader->valueCount());
            texts.push_back(codes[row] == 0 ? "-" : std::string(reader->value(codes[row])));
        }
        return texts;
    }
    Numbers numbers(std::string_view name) const
    {
        const auto reader = open(name);
        std::vector<std::int64_t> scratch;
        const auto ints = reader->ints(0, scratch);
        for (std::size_t row = 0; row < ints.size(); ++row)
            EXPECT_EQ(reader->intAt(row), ints[row]);
        return {ints.begin(), ints.end()};
    }
    const SnapshotBuilder &builder() const { return m_builder; }

    DataContext context;

private:
    SnapshotBuilder m_builder;
};

TEST(FieldParse, EveryBuiltinName)
{
    for (const std::string_view name : Field::builtinNames()) {
        const auto field = Field::parse(name);
        ASSERT_TRUE(field.ok()) << name;
        EXPECT_EQ(field->text, name);
    }
    EXPECT_EQ(Field::parse("ttft")->id, Field::Id::TimeToFirstToken);
    EXPECT_EQ(Field::parse("event")->id, Field::Id::EventName);
}

TEST(FieldParse, PropertyPaths)
{
    const auto browser = Field::parse("event.$browser");
    ASSERT_TRUE(browser.ok());
    EXPECT_EQ(browser->path, (PropertyPath{PropertyPath::Scope::Event, "", "$browser"}));
    EXPECT_EQ(Field::parse("person.`my prop`")->path,
              (PropertyPath{PropertyPath::Scope::Person, "", "my prop"}));
    EXPECT_EQ(Field::parse("group.company.tier")->path,
              (PropertyPath{PropertyPath::Scope::Group, "company", "tier"}));
    EXPECT_EQ(Field::parse("group.`big org`.`a.b`")->path,
              (PropertyPath{PropertyPath::Scope::Group, "big org", "a.b"}));
    EXPECT_EQ(Field::parse("event.a.b-c")->path.name, "a.b-c");
    EXPECT_EQ(Field::parse("event.größe")->path.name, "größe");

    const auto key = Field::parse("group.company");
    ASSERT_TRUE(key.ok());
    EXPECT_EQ(key->id, Field::Id::GroupKey);
    EXPECT_EQ(key->path.groupType, "company");
}

TEST(FieldParse, AnythingElseIsAUsageErrorThatNamesIt)
{
    for (const char *text : {"", "models", "Model", "event.", "event.my prop", "event.`open", "event.`a`b",
                             "person", "group.", "group..x", "group.company.", "event.a=b"}) {
        const auto field = Field::parse(text);
        ASSERT_FALSE(field.ok()) << text;
        EXPECT_EQ(field.error().kind, Error::Kind::Usage);
        EXPECT_TRUE(field.error().message.contains(QString::fromUtf8(text)));
    }
}

TEST(FieldReader, TextColumns)
{
    const Reading reading({{.kind = EventKind::Embedding, .model = "m1", .provider = "openai"},
                           {.trace = "t", .session = "s", .spanName = "n", .model = "m2"},
                           {.lib = "posthog-ai", .error = "Timeout"}});
    EXPECT_THAT(reading.texts("model"), ElementsAre("m1", "m2", "-"));
    EXPECT_THAT(reading.texts("provider"), ElementsAre("openai", "-", "-"));
    EXPECT_THAT(reading.texts("trace"), ElementsAre("-", "t", "-"));
    EXPECT_THAT(reading.texts("session"), ElementsAre("-", "s", "-"));
    EXPECT_THAT(reading.texts("span_name"), ElementsAre("-", "n", "-"));
    EXPECT_THAT(reading.texts("lib"), ElementsAre("-", "-", "posthog-ai"));
    EXPECT_THAT(reading.texts("error"), ElementsAre("-", "-", "Timeout"));
    EXPECT_THAT(reading.texts("kind"), ElementsAre("embedding", "generation", "generation"));
    EXPECT_THAT(reading.texts("event"), ElementsAre("$ai_embedding", "$ai_generation", "$ai_generation"));
    EXPECT_EQ(reading.texts("uuid")[1], "00000000-0000-0000-0000-000000000002");
}

TEST(FieldReader, UserIsTheFirstDistinctIdAndMissingForAnonymous)
{
    const Reading reading({{.time = "2025-06-02", .user = "late", .person = "P"},
                           {.time = "2025-06-01", .user = "early", .person = "P"},
                           {.user = "t9", .trace = "t9"}});
    EXPECT_THAT(reading.texts("user"), ElementsAre("early", "early", "-"));
    EXPECT_THAT(reading.texts("distinct_id"), ElementsAre("late", "early", "t9"));
    EXPECT_THAT(reading.texts("person_id"), ElementsAre("P", "P", "-"));
}

TEST(FieldReader, CustomerIsTheFirstGroupTypeUnlessChosen)
{
    Reading reading({{.model = "m", .groups = {{"company", "acme"}, {"team", "red"}}},
                     {.groups = {{"team", "blue"}}, .properties = {{"event.tenant", "x"}}}});
    EXPECT_THAT(reading.texts("customer"), ElementsAre("acme", "-"));
    EXPECT_THAT(reading.texts("group.team"), ElementsAre("red", "blue"));
    EXPECT_THAT(reading.texts("group.unknown"), ElementsAre("-", "-"));
    reading.context.customer = *Field::parse("group.team");
    EXPECT_THAT(reading.texts("customer"), ElementsAre("red", "blue"));
    reading.context.customer = *Field::parse("event.tenant");
    EXPECT_THAT(reading.texts("customer"), ElementsAre("-", "x"));
    reading.context.customer = *Field::parse("model");
    EXPECT_THAT(reading.texts("customer"), ElementsAre("m", "-"));
    EXPECT_THAT(Reading({{.model = "m"}}).texts("customer"), ElementsAre("-"));
}

TEST(FieldReader, NumbersBooleansAndTimes)
{
    const Reading reading({{.time = "2025-06-02T10:00:00Z",
                            .status = 200,
                            .stream = true,
                            .latency = 1.5,
                            .input = 10,
                            .output = 5},
                           {.time = "2025-06-02T10:00:00Z",
                            .stream = false,
                            .isError = true,
                            .startsAtTimestamp = true,
                            .latency = 1.5,
                            .output = 7},
                           {.time = "2025-06-02T10:00:00Z"}});
    EXPECT_THAT(reading.numbers("http_status"), ElementsAre(200, kMissing, kMissing));
    EXPECT_THAT(reading.numbers("stream"), ElementsAre(1, 0, kMissing));
    EXPECT_THAT(reading.numbers("is_error"), ElementsAre(0, 1, 0));
    EXPECT_THAT(reading.numbers("total_tokens"), ElementsAre(15, 7, kMissing));
    const std::int64_t ten = parseIsoTime("2025-06-02T10:00:00Z")->instant().us;
    EXPECT_THAT(reading.numbers("timestamp"), ElementsAre(ten, ten, ten));
    EXPECT_THAT(reading.numbers("started"), ElementsAre(ten - 1'500'000, ten, ten));
    EXPECT_EQ(reading.open("latency")->realAt(0), 1.5);
    EXPECT_TRUE(std::isnan(reading.open("latency")->realAt(2)));
}

TEST(FieldReader, ClockFieldsFollowTheZone)
{
    Reading reading({{.time = "2025-06-08T22:30:00Z"}, {.time = "2025-01-01T23:30:00Z"}});
    EXPECT_THAT(reading.numbers("hour_of_day"), ElementsAre(22, 23));
    EXPECT_THAT(reading.numbers("day_of_week"), ElementsAre(7, 3));
    reading.context.zone = *Zone::named("Europe/Berlin");
    EXPECT_THAT(reading.numbers("hour_of_day"), ElementsAre(0, 0));
    EXPECT_THAT(reading.numbers("day_of_week"), ElementsAre(1, 4));
    reading.context.zone = *Zone::named("America/New_York");
    EXPECT_THAT(reading.numbers("hour_of_day"), ElementsAre(18, 18));
}

TEST(FieldReader, ToolsAreSets)
{
    const Reading reading({{.tools = "search,fetch"}, {.tools = "fetch"}, {}});
    const auto reader = reading.open("tool");
    ASSERT_TRUE(reader->manyValued());
    const auto membersOf = [&](std::size_t row) {
        Texts names;
        for (const std::uint32_t member : reader->membersOf(reader->codeAt(row)))
            names.emplace_back(reader->member(member));
        return names;
    };
    EXPECT_THAT(membersOf(0), ElementsAre("search", "fetch"));
    EXPECT_THAT(membersOf(1), ElementsAre("fetch"));
    EXPECT_THAT(membersOf(2), ElementsAre());
    EXPECT_EQ(reader->memberCount(), 3u);
}

TEST(FieldReader, PropertiesAreTextAndAnEmptyTextIsAValue)
{
    const Reading reading({{.properties = {{"event.feature", "chat"}}},
                           {.properties = {{"event.feature", ""}}},
                           {.properties = {{"person.plan", "pro"}}}});
    EXPECT_THAT(reading.texts("event.feature"), ElementsAre("chat", "", "-"));
    EXPECT_THAT(reading.texts("person.plan"), ElementsAre("-", "-", "pro"));
    EXPECT_THAT(reading.texts("event.unknown"), ElementsAre("-", "-", "-"));
}

constexpr std::int64_t kCent = 10'000'000'000; // picodollars

/// Costs of one event in cents by mode.
Numbers centsOf(const TestEvent &event, std::string_view field)
{
    Reading reading({event});
    Numbers cents;
    for (const CostMode mode : {CostMode::Auto, CostMode::Reported, CostMode::Recomputed}) {
        reading.context.cost = mode;
        const std::int64_t pico = reading.numbers(field).front();
        cents.push_back(pico == kMissing ? kMissing : pico / kCent);
    }
    return cents;
}

TEST(Costs, BookOnly)
{
    const TestEvent event{
        .bookInput = 0.03, .bookOutput = 0.05, .bookCacheRead = 0.01, .bookWebSearch = 0.02};
    EXPECT_THAT(centsOf(event, "cost"), ElementsAre(10, kMissing, 10));
    EXPECT_THAT(centsOf(event, "cost_input"), ElementsAre(3, kMissing, 3));
    EXPECT_THAT(centsOf(event, "cost_output"), ElementsAre(5, kMissing, 5));
    EXPECT_THAT(centsOf(event, "cost_cache_read"), ElementsAre(1, kMissing, 1));
    EXPECT_THAT(centsOf(event, "cost_cache_write"), ElementsAre(kMissing, kMissing, kMissing));
    EXPECT_THAT(centsOf(event, "cost_request"), ElementsAre(kMissing, kMissing, kMissing));
    EXPECT_THAT(centsOf(event, "cost_web_search"), ElementsAre(2, kMissing, 2));
}

TEST(Costs, ReportedPartsComeFirstAndTheBookFillsTheRest)
{
    const TestEvent event{
        .reportedInput = 0.10, .bookInput = 0.03, .bookOutput = 0.05, .bookCacheRead = 0.01};
    EXPECT_THAT(centsOf(event, "cost"), ElementsAre(15, kMissing, 8));
    EXPECT_THAT(centsOf(event, "cost_input"), ElementsAre(10, 10, 3));
    EXPECT_THAT(centsOf(event, "cost_output"), ElementsAre(5, kMissing, 5));
    EXPECT_THAT(centsOf(event, "cost_cache_read"), ElementsAre(kMissing, kMissing, 1));
}

TEST(Costs, AFinalReportKeepsTheBookOut)
{
    const TestEvent event{.reportedCost = 0.20,
                          .reportedFinal = true,
                          .bookInput = 0.03,
                          .bookOutput = 0.05,
                          .bookCacheRead = 0.01};
    EXPECT_THAT(centsOf(event, "cost"), ElementsAre(20, 20, 8));
    EXPECT_THAT(centsOf(event, "cost_input"), ElementsAre(kMissing, kMissing, 3));
    EXPECT_THAT(centsOf(event, "cost_cache_read"), ElementsAre(kMissing, kMissing, 1));
}

TEST(Costs, ReportedTotalWinsOverTheSumOfParts)
{
    const TestEvent event{.reportedCost = 0.20, .reportedInput = 0.01, .bookOutput = 0.05};
    EXPECT_THAT(centsOf(event, "cost"), ElementsAre(20, 20, 5));
    EXPECT_THAT(centsOf(event, "cost_output"), ElementsAre(5, kMissing, 5));
}

TEST(Costs, NothingKnownIsNotZero)
{
    EXPECT_THAT(centsOf({.input = 5}, "cost"), ElementsAre(kMissing, kMissing, kMissing));
    EXPECT_THAT(centsOf({.bookInput = 0.0}, "cost"), ElementsAre(0, kMissing, 0));
    Reading reading({{.bookInput = 0.0}, {.input = 5}});
    EXPECT_THAT(reading.numbers("priced"), ElementsAre(1, 0));
}

TEST(Costs, RowsOfOneSegmentMayDiffer)
{
    Reading reading({{.bookInput = 0.01},
                     {.reportedCost = 0.02, .reportedFinal = true, .bookInput = 0.01},
                     {.reportedInput = 0.03, .bookOutput = 0.01},
                     {}});
    EXPECT_THAT(reading.numbers("cost"), ElementsAre(kCent, 2 * kCent, 4 * kCent, kMissing));
}

TEST(FieldCache, ReadsAPropertyOnceWhoeverAsks)
{
    Reading reading({{.properties = {{"event.feature", "chat"}}}});
    const auto field = *Field::parse("event.feature");
    FieldCache cache;
    DataContext overtaken = reading.context;
    overtaken.stop = StopToken();
    overtaken.stop.requestStop();
    const auto first = cache.open(field, overtaken);
    const auto second = cache.open(field, reading.context);
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_EQ(*first, *second);
    EXPECT_EQ(reading.builder().source().propertyReads, 1);

    reading.context.customer = field;
    EXPECT_EQ(*cache.open(*Field::parse("customer"), reading.context), *first);
}

TEST(FieldCache, StopsReadingWhenItsOwnerSaysSo)
{
    Reading reading({{.properties = {{"event.feature", "chat"}}}});
    const StopToken closing;
    FieldCache cache(closing);
    closing.requestStop();
    const auto opened = cache.open(*Field::parse("event.feature"), reading.context);
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().kind, Error::Kind::Cancelled);
}

} // namespace

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/eventmatch.h"
#include "analytics/filter.h"
#include "analytics/lists.h"
#include "analytics/rollupfield.h"
#include "support/snapshotbuilder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace genscope {
namespace {

using test::SnapshotBuilder;
using test::TestEvent;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Trace a: two calls of $0.60 each, 4 seconds. Trace b: one of $0.70, failed. Both are session s. Trace c is
/// unpriced and of session r. The last call has neither.
std::vector<TestEvent> events()
{
    return {{.time = "2025-06-02T10:00:02Z",
             .trace = "a",
             .session = "s",
             .model = "x",
             .latency = 2.0,
             .input = 10,
             .reportedCost = 0.6},
            {.time = "2025-06-02T10:00:04Z",
             .trace = "a",
             .session = "s",
             .model = "y",
             .latency = 2.0,
             .reportedCost = 0.6},
            {.time = "2025-06-02T10:00:09Z",
             .trace = "b",
             .session = "s",
             .model = "x",
             .isError = true,
             .reportedCost = 0.7},
            {.time = "2025-06-02T10:00:10Z", .trace = "c", .session = "r", .input = 5},
            {.time = "2025-06-02T10:00:11Z", .reportedCost = 9.0}};
}

std::vector<std::size_t> matched(std::string_view filter)
{
    SnapshotBuilder builder(events());
    DataContext context;
    context.snapshot = builder.build();
    context.source = &builder.source();
    FieldCache cache;
    const auto parsed = Filter::parse(filter);
    EXPECT_TRUE(parsed) << filter;
    const auto rows = matchRows(*parsed, context, cache);
    EXPECT_TRUE(rows);
    std::vector<std::size_t> list;
    rows->forEach([&list](std::size_t row) { list.push_back(row); });
    return list;
}

std::string messageOf(std::string_view filter)
{
    const auto parsed = Filter::parse(filter);
    return parsed ? "no error" : parsed.error().message.toStdString();
}

TEST(RollupFilter, HoldsForAllEventsOfATraceOrNone)
{
    EXPECT_THAT(matched("cost > 1"), ElementsAre(4u)) << "of single events";
    EXPECT_THAT(matched("trace.cost > 1"), ElementsAre(0u, 1u));
    EXPECT_THAT(matched("trace.cost > $0.65"), ElementsAre(0u, 1u, 2u));
    EXPECT_THAT(matched("trace.errors > 0"), ElementsAre(2u));
    EXPECT_THAT(matched("trace.latency >= 4s"), ElementsAre(0u, 1u));
    EXPECT_THAT(matched("trace.generations = 2"), ElementsAre(0u, 1u));
    EXPECT_THAT(matched("trace.input_tokens in (5, 7)"), ElementsAre(3u));
    EXPECT_THAT(matched("trace.unpriced > 0"), ElementsAre(3u));
}

TEST(RollupFilter, OfSessionsToo)
{
    EXPECT_THAT(matched("session.cost > 1.8"), ElementsAre(0u, 1u, 2u));
    EXPECT_THAT(matched("session.traces > 1"), ElementsAre(0u, 1u, 2u));
    EXPECT_THAT(matched("session.errors = 0"), ElementsAre(3u));
}

TEST(RollupFilter, IsOverAllEventsWhateverTheRestIsAbout)
{
    EXPECT_THAT(matched("model = \"y\" and trace.cost > 1"), ElementsAre(1u)) << "$0.60 of $1.20";
    EXPECT_THAT(matched("not trace.errors > 0 and model = \"x\""), ElementsAre(0u));
}

TEST(RollupFilter, WhatHasNoneIsMissing)
{
    EXPECT_THAT(matched("trace.cost is set"), ElementsAre(0u, 1u, 2u));
    EXPECT_THAT(matched("trace.cost is not set"), ElementsAre(3u, 4u)) << "unpriced, and no trace";
    EXPECT_THAT(matched("trace.errors != 0"), ElementsAre(2u, 4u));
    EXPECT_THAT(matched("session.traces > 5"), IsEmpty());
}

TEST(RollupFilter, IsWrittenAsItIsRead)
{
    for (const std::string &name : RollupField::names()) {
        const std::string text = name + " > 3";
        const auto filter = Filter::parse(text);
        ASSERT_TRUE(filter) << text;
        EXPECT_EQ(filter->toString(), text);
        EXPECT_EQ(*filter, *Filter::parse(filter->toString()));
        EXPECT_FALSE(*filter == *Filter::parse("cost > 3"));
    }
    EXPECT_EQ(Filter::parse("trace.cost = 1")->negated().toString(), "trace.cost != 1");
}

TEST(RollupFilter, SaysWhatIsNoRollUp)
{
    EXPECT_THAT(messageOf("trace.colour = 1"), HasSubstr("expected a field"));
    EXPECT_THAT(messageOf("trace.traces = 1"), HasSubstr("expected a field"));
    EXPECT_THAT(messageOf("trace.cost contains \"1\""), HasSubstr("is a number"));
    EXPECT_THAT(messageOf("trace.cost > \"1\""), HasSubstr("a number"));
    EXPECT_THAT(messageOf("trace.errors > 2s"), HasSubstr("unit"));
    EXPECT_THAT(messageOf("trace.cost"), HasSubstr("an operator"));
}

/// The keys of the traces or sessions that are listed under @p filter, sorted.
std::vector<std::string> listed(ListKind kind, std::string_view filter, EventMatch match,
                                const TimeRange &range = {})
{
    SnapshotBuilder builder(events());
    Scope scope;
    scope.filter = *Filter::parse(filter);
    scope.match = match;
    scope.range = range;
    const QueryContext context = makeQueryContext(builder.build(), &builder.source(), scope, {});
    const auto rows = selectRows(scope, context);
    EXPECT_TRUE(rows);
    ListQuery query;
    query.kind = kind;
    query.columns = {kind == ListKind::Traces ? "trace" : "session"};
    const auto table = runList(query, scope, *rows, context);
    EXPECT_TRUE(table);
    std::vector<std::string> keys;
    for (const auto &row : table->rows)
        keys.push_back(std::get<std::string>(row.front()));
    std::sort(keys.begin(), keys.end());
    return keys;
}

TEST(EventMatch, SomeEventOfATraceOrAllOfThemMatch)
{
    EXPECT_THAT(listed(ListKind::Traces, "model = \"x\"", EventMatch::Some), ElementsAre("a", "b"));
    EXPECT_THAT(listed(ListKind::Traces, "model = \"x\"", EventMatch::All), ElementsAre("b"))
        << "the other call of trace a is on y";
    EXPECT_THAT(listed(ListKind::Traces, "not is_error", EventMatch::All), ElementsAre("a", "c"));
    EXPECT_THAT(listed(ListKind::Traces, "", EventMatch::All), ElementsAre("a", "b", "c"));
    EXPECT_THAT(listed(ListKind::Traces, "model = \"z\"", EventMatch::All), IsEmpty());
}

TEST(EventMatch, OfASessionAllEventsOfItsTracesCount)
{
    EXPECT_THAT(listed(ListKind::Sessions, "not is_error", EventMatch::Some), ElementsAre("r", "s"));
    EXPECT_THAT(listed(ListKind::Sessions, "not is_error", EventMatch::All), ElementsAre("r"));
}

TEST(EventMatch, OnlyEventsOfTheTimeRangeCount)
{
    const TimeRange early{parseIsoTime("2025-06-02T10:00:00Z")->instant(),
                          parseIsoTime("2025-06-02T10:00:03Z")->instant()};
    EXPECT_THAT(listed(ListKind::Traces, "model = \"x\"", EventMatch::All, early), ElementsAre("a"));
}

TEST(EventMatch, IsKnownByName)
{
    EXPECT_EQ(eventMatchFromName("all"), EventMatch::All);
    EXPECT_EQ(eventMatchName(EventMatch::Some), "some");
    EXPECT_EQ(eventMatchFromName("every"), std::nullopt);
}

} // namespace
} // namespace genscope

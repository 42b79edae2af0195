// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/snapshot.h"

#include "support/snapshotbuilder.h"

#include <gtest/gtest.h>

using namespace genscope;
using genscope::test::SnapshotBuilder;
using genscope::test::TestEvent;

namespace {

/// The `user` of a row as text.
std::string userOf(const Snapshot &snapshot, std::size_t row)
{
    const auto &users = snapshot.users();
    const auto key = users.keyOf(static_cast<std::uint32_t>(snapshot.intAt(row, IntField::DistinctId)),
                                 static_cast<std::uint32_t>(snapshot.intAt(row, IntField::PersonId)),
                                 snapshot.intAt(row, IntField::Flags));
    return std::string(snapshot.dictionary(DictField::DistinctId).at(users.distinctIdOfKey[key]));
}

TEST(Snapshot, ReadsRowsAcrossSegments)
{
    SnapshotBuilder builder;
    const std::size_t rows = 2 * Segment::kRows + 10;
    for (std::size_t i = 0; i < rows; ++i)
        builder.add(
            {.model = std::string("m").append(std::to_string(i % 7)), .input = static_cast<std::int64_t>(i)});
    const auto snapshot = builder.build();
    ASSERT_EQ(snapshot->rows(), rows);
    EXPECT_EQ(snapshot->segmentCount(), 3u);
    for (std::size_t row : {std::size_t{0}, Segment::kRows - 1, Segment::kRows, rows - 1}) {
        EXPECT_EQ(snapshot->intAt(row, IntField::InputTokens), static_cast<std::int64_t>(row));
        EXPECT_EQ(snapshot->textAt(row, IntField::Model), std::string("m").append(std::to_string(row % 7)));
    }
}

TEST(Snapshot, EmptyHasNoTimes)
{
    const Snapshot empty;
    EXPECT_EQ(empty.rows(), 0u);
    EXPECT_FALSE(empty.firstTimestamp().has_value());
    EXPECT_EQ(empty.users().keyCount(), 1u);
}

TEST(Snapshot, FirstAndLastTimestampDoNotDependOnRowOrder)
{
    const auto snapshot = SnapshotBuilder({{.time = "2025-06-03T00:00:00Z"},
                                           {.time = "2025-06-01T00:00:00Z"},
                                           {.time = "2025-06-02T00:00:00Z"}})
                              .build();
    EXPECT_EQ(isoTime(*snapshot->firstTimestamp()), "2025-06-01T00:00:00+00:00");
    EXPECT_EQ(isoTime(*snapshot->lastTimestamp()), "2025-06-03T00:00:00+00:00");
}

TEST(Users, APersonWithSeveralDistinctIdsIsOneUserNamedByTheFirstSeen)
{
    const auto snapshot = SnapshotBuilder({{.time = "2025-06-02", .user = "phone", .person = "P"},
                                           {.time = "2025-06-01", .user = "web", .person = "P"},
                                           {.time = "2025-06-03", .user = "phone", .person = "P"},
                                           {.time = "2025-06-03", .user = "other"}})
                              .build();
    EXPECT_EQ(userOf(*snapshot, 0), "web");
    EXPECT_EQ(userOf(*snapshot, 1), "web");
    EXPECT_EQ(userOf(*snapshot, 2), "web");
    EXPECT_EQ(userOf(*snapshot, 3), "other");
    EXPECT_EQ(snapshot->users().keyCount(), 3u);
}

TEST(Users, OfTwoSeenAtTheSameTimeTheSmallerByBytes)
{
    const auto snapshot =
        SnapshotBuilder({{.user = "b", .person = "P"}, {.user = "a", .person = "P"}}).build();
    EXPECT_EQ(userOf(*snapshot, 0), "a");
}

TEST(Users, TheFirstSeenHoldsWhateverTheRowOrder)
{
    // `a` is seen at 5 and then at 1; `b` at 3 in between must not win.
    const auto snapshot = SnapshotBuilder({{.time = "2025-06-05", .user = "a", .person = "P"},
                                           {.time = "2025-06-01", .user = "a", .person = "P"},
                                           {.time = "2025-06-03", .user = "b", .person = "P"}})
                              .build();
    EXPECT_EQ(userOf(*snapshot, 2), "a");
}

TEST(Users, EventsWithoutPersonIdTakeThatOfTheirDistinctId)
{
    SnapshotBuilder builder({{.time = "2025-06-01", .user = "web"},
                             {.time = "2025-06-02", .user = "web", .person = "P"},
                             {.time = "2025-06-03", .user = "tv", .person = "P"},
                             {.time = "2025-06-04", .user = "app"}});
    builder.person("app", "P");
    const auto snapshot = builder.build();
    for (std::size_t row = 0; row < 4; ++row)
        EXPECT_EQ(userOf(*snapshot, row), "web") << row;
    EXPECT_EQ(snapshot->users().keyCount(), 2u);
}

TEST(Users, AnonymousEventsHaveNone)
{
    const auto snapshot =
        SnapshotBuilder({{.user = "t1", .trace = "t1"}, {.user = "u", .trace = "t1"}}).build();
    EXPECT_EQ(userOf(*snapshot, 0), "");
    EXPECT_EQ(userOf(*snapshot, 1), "u");
    EXPECT_EQ(snapshot->users().keyCount(), 2u);
}

TEST(ApplyUpdate, SharesWhatDidNotChange)
{
    SnapshotBuilder builder;
    for (std::size_t i = 0; i < Segment::kRows + 5; ++i)
        builder.add({.user = "u", .model = "m"});
    const auto before = builder.build();
    builder.add({.user = "v", .model = "new", .groups = {{"company", "acme"}}});
    const auto whole = builder.build();

    SnapshotUpdate update;
    update.segments = {{1, whole->segments()[1]}};
    update.dictionaries[static_cast<std::size_t>(DictField::Model)] = whole->dictionary(DictField::Model);
    update.dictionaries[static_cast<std::size_t>(DictField::DistinctId)] =
        whole->dictionary(DictField::DistinctId);
    update.dictionaries[static_cast<std::size_t>(DictField::Group0)] = whole->dictionary(DictField::Group0);
    update.dictionaries[static_cast<std::size_t>(DictField::PersonId)] =
        whole->dictionary(DictField::PersonId);
    update.groupTypes = whole->groupTypes();
    const auto after = applyUpdate(*before, update);

    EXPECT_EQ(before->rows(), Segment::kRows + 5);
    ASSERT_EQ(after->rows(), Segment::kRows + 6);
    EXPECT_EQ(after->segments()[0], before->segments()[0]);
    EXPECT_EQ(after->textAt(after->rows() - 1, IntField::Model), "new");
    EXPECT_EQ(after->textAt(after->rows() - 1, groupIntField(0)), "acme");
    EXPECT_EQ(after->textAt(0, IntField::EventName), "$ai_generation");
    EXPECT_EQ(after->groupTypes(), std::vector<std::string>{"company"});
    EXPECT_EQ(before->users().keyCount(), 2u);
    EXPECT_EQ(after->users().keyCount(), 3u);
}

} // namespace

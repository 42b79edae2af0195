// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/uuid.h"

#include <gtest/gtest.h>

using namespace genscope;

namespace {

TEST(Uuid, ReadsAndWritesTheUsualForm)
{
    const auto uuid = Uuid::parse("01A209D4-ad62-7aa2-a56c-f579c594fb5c");
    ASSERT_TRUE(uuid);
    EXPECT_EQ(uuid->toString(), "01a209d4-ad62-7aa2-a56c-f579c594fb5c");
    EXPECT_EQ(Uuid::parse("01a209d4ad627aa2a56cf579c594fb5c"), uuid);
}

TEST(Uuid, RefusesOtherTexts)
{
    for (const char *text : {"", "01a209d4-ad62-7aa2-a56c-f579c594fb5",
                             "01a209d4-ad62-7aa2-a56c+f579c594fb5c", "g1a209d4-ad62-7aa2-a56c-f579c594fb5c"})
        EXPECT_FALSE(Uuid::parse(text)) << text;
}

TEST(Uuid, DerivedUuidsAreStableAndDiffer)
{
    EXPECT_EQ(Uuid::derivedFrom("{}"), Uuid::derivedFrom("{}"));
    EXPECT_NE(Uuid::derivedFrom("{}"), Uuid::derivedFrom("{ }"));
    EXPECT_EQ(Uuid::fromText("event-1"), Uuid::derivedFrom("event-1"));
}

} // namespace

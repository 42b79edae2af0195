// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storefixture.h"

#include "store/grouptypes.h"

namespace genscope::test {
namespace {

using testing::ElementsAre;

TEST(GroupTypes, TakeSlotsAsTheyAreSeen)
{
    GroupTypes types;
    EXPECT_EQ(types.slotOf({"company", 0, "acme"}), 0);
    EXPECT_EQ(types.slotOf({"team", -1, "blue"}), 1);
    EXPECT_EQ(types.slotOf({"company", -1, "other"}), 0);
    EXPECT_EQ(types.slotOf({"", 0, "acme"}), 0) << "the type seen with that index";
    EXPECT_THAT(types.names(), ElementsAre("company", "team"));
}

TEST(GroupTypes, AnUnknownIndexHasAProvisionalName)
{
    GroupTypes types;
    EXPECT_EQ(types.slotOf({"", 2, "k"}), 0);
    EXPECT_THAT(types.names(), ElementsAre("group_2"));
    EXPECT_EQ(types.slotOf({"project", 2, "k"}), 0) << "now its name is known";
    EXPECT_THAT(types.names(), ElementsAre("project"));
    EXPECT_THAT(types.takeRenamed(), ElementsAre(testing::Pair("group_2", 0)));
}

TEST(GroupTypes, EndAtSixteen)
{
    GroupTypes types;
    for (int i = 0; i < kMaxGroupTypes; ++i)
        EXPECT_EQ(types.slotOf({"type-" + std::to_string(i), -1, "k"}), i);
    EXPECT_EQ(types.slotOf({"one too many", -1, "k"}), std::nullopt);
}

class StoredGroupTypes : public StoreTest
{
protected:
    static std::string generation(int uuid, const std::string &properties)
    {
        return EventLine{"$ai_generation", uuid, "2025-06-02T10:00:00Z", "ada", properties}.line();
    }
};

TEST_F(StoredGroupTypes, ANameLearnedLaterReachesAnOpenSnapshot)
{
    import(generation(1, R"({"$group_0":"acme"})"));
    auto live = *reader()->loadSnapshot({});
    ImportOptions options;
    options.onCommit = [&live](const SnapshotUpdate &update, const ImportReport &) {
        live = applyUpdate(*live, update);
    };
    import(generation(2, R"({"$groups":{"company":"other"},"$group_0":"other"})"), options);
    EXPECT_THAT(live->groupTypes(), ElementsAre("company"));
    EXPECT_EQ(live->textAt(0, groupIntField(0)), "acme");
}

TEST_F(StoredGroupTypes, AreLearnedOverImports)
{
    import(generation(1, R"({"$group_0":"acme"})"));
    EXPECT_THAT((*reader()->loadSnapshot({}))->groupTypes(), ElementsAre("group_0"));
    EXPECT_THAT(reader()->stats()->groups, ElementsAre(testing::Pair("group_0", 1)));
    import(generation(2, R"({"$groups":{"company":"other"},"$group_0":"other"})"));
    const auto snapshot = *reader()->loadSnapshot({});
    EXPECT_THAT(snapshot->groupTypes(), ElementsAre("company"));
    EXPECT_EQ(snapshot->textAt(0, groupIntField(0)), "acme");
    EXPECT_EQ(snapshot->textAt(1, groupIntField(0)), "other");
    EXPECT_THAT(reader()->stats()->groups, ElementsAre(testing::Pair("company", 2)));
}

} // namespace
} // namespace genscope::test

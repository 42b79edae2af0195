// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/propertybag.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace genscope {
namespace {

struct Said
{
    const char *json;
    std::int64_t time;
    PropertyOrigin origin;
};

PropertyBag bagOf(const std::vector<Said> &all)
{
    PropertyBag bag;
    for (const Said &said : all)
        bag.apply("plan", said.json, said.time, said.origin);
    return bag;
}

constexpr auto Once = PropertyOrigin::SetOnce;
constexpr auto Carried = PropertyOrigin::Carried;
constexpr auto Set = PropertyOrigin::Set;

TEST(PropertyBag, Rules)
{
    const struct
    {
        const char *rule;
        std::vector<Said> said;
        const char *expected;
    } cases[] = {
        {"later wins", {{"1", 10, Set}, {"2", 20, Set}}, "2"},
        {"what an event carries counts like $set", {{"1", 10, Set}, {"2", 20, Carried}}, "2"},
        {"at one time $set wins over carried", {{"1", 10, Set}, {"9", 10, Carried}}, "1"},
        {"at one time the greater bytes win", {{"1", 10, Set}, {"2", 10, Set}}, "2"},
        {"$set_once never replaces", {{"1", 10, Set}, {"2", 20, Once}}, "1"},
        {"$set_once gives way even to older values", {{"1", 10, Set}, {"2", 5, Once}}, "1"},
        {"of $set_once the earliest holds", {{"1", 10, Once}, {"2", 5, Once}}, "2"},
        {"null is a value", {{"1", 10, Set}, {"null", 20, Set}}, "null"},
    };
    for (auto test : cases) {
        EXPECT_EQ(bagOf(test.said).value("plan"), test.expected) << test.rule;
        std::reverse(test.said.begin(), test.said.end());
        EXPECT_EQ(bagOf(test.said).value("plan"), test.expected) << test.rule << ", in the other order";
    }
}

TEST(PropertyBag, TellsWhetherAnythingChanged)
{
    PropertyBag bag;
    EXPECT_TRUE(bag.apply("plan", "1", 10, Set));
    EXPECT_FALSE(bag.apply("plan", "1", 10, Set));
    EXPECT_TRUE(bag.apply("plan", "1", 11, Set)) << "known to be newer";
    EXPECT_FALSE(bag.apply("plan", "0", 10, Set));
}

TEST(PropertyBag, IsKeptAsReadableJson)
{
    PropertyBag bag;
    bag.applyObject(R"({ "seats":28, "pl\u0061n" : "pro" , "seats":29})", 1000, Carried);
    EXPECT_EQ(bag.toJson(), R"({"plan":"pro","seats":29})");
    EXPECT_EQ(bag.timesToJson(), "1000");
    bag.apply("city \"x\"", "\"Łódź\"", 2000, Set);
    EXPECT_EQ(bag.timesToJson(), R"({"city \"x\"":[2000,2],"plan":[1000,1],"seats":[1000,1]})");

    PropertyBag back = PropertyBag::fromJson(bag.toJson(), bag.timesToJson());
    EXPECT_EQ(back.toJson(), bag.toJson());
    EXPECT_EQ(back.timesToJson(), bag.timesToJson());
    EXPECT_FALSE(back.apply(bag));
}

TEST(PropertyBag, OfNothingIsAnEmptyObject)
{
    EXPECT_EQ(PropertyBag().toJson(), "{}");
    EXPECT_TRUE(PropertyBag::fromJson("{}", PropertyBag().timesToJson()).empty());
}

} // namespace
} // namespace genscope

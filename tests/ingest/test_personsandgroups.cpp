// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/eventtesting.h"

using namespace genscope;

namespace {

/// `type#index=key` of every group.
std::string groupsOf(const std::string &properties)
{
    std::string text;
    for (const GroupKey &group : generation(properties).groups)
        text += group.type + '#' + std::to_string(group.index) + '=' + group.key + ' ';
    return text;
}

/// `target type=key json` of every update.
std::string updatesOf(const std::string &json)
{
    static constexpr const char *kTargets[] = {"person", "once", "deleted", "group"};
    std::string text;
    for (const PropertyUpdate &update : parsed(json).updates) {
        text += kTargets[static_cast<int>(update.target)];
        if (!update.groupType.empty())
            text += ' ' + update.groupType + '=' + update.groupKey;
        text += ' ' + update.json + '\n';
    }
    return text;
}

TEST(Groups, ComeByTypeAndByIndexOnce)
{
    EXPECT_EQ(groupsOf(R"("$groups":{"company":"acme","project":17})"), "company#-1=acme project#-1=17 ");
    EXPECT_EQ(groupsOf(R"("$group_0":"acme","$group_4":"x")"), "#0=acme #4=x ");
    EXPECT_EQ(groupsOf(R"("$groups":{"company":"acme"},"$group_0":"acme")"), "company#0=acme ");
    EXPECT_EQ(groupsOf(R"("$groups":{"company":"acme"},"$group_0":"globex")"), "company#-1=acme #0=globex ");
    EXPECT_EQ(groupsOf(R"("$groups":{"company":"1","project":"1"},"$group_0":"1","$group_1":"1")"),
              "company#-1=1 project#-1=1 ")
        << "which index is whose cannot be told";
}

TEST(Groups, WithoutAKeyAreNone)
{
    EXPECT_EQ(groupsOf(R"("$groups":{"company":"","project":null,"team":{}},"$group_0":"","$group_1":null)"),
              "");
    EXPECT_EQ(groupsOf(R"("$groups":"company")"), "");
    EXPECT_EQ(groupsOf(R"("$groups":"{\"company\":\"acme\"}")"), "company#-1=acme ");
    EXPECT_EQ(groupsOf(R"("$groups":{"company":"a","company":"b"})"), "company#-1=b ");
}

TEST(PersonUpdates, StandInPropertiesOrBesideThem)
{
    EXPECT_EQ(
        updatesOf(
            R"({"event":"$identify","timestamp":1,"properties":{"$set":{"plan":"pro"},"$set_once":{"first":1}}})"),
        "person {\"plan\":\"pro\"}\nonce {\"first\":1}\n");
    EXPECT_EQ(
        updatesOf(
            R"({"event":"$set","timestamp":1,"$set":{"plan":"new"},"$set_once":{"a":2},"properties":{"$set":{"plan":"old"}}})"),
        "person {\"plan\":\"old\"}\nperson {\"plan\":\"new\"}\nonce {\"a\":2}\n")
        << "what stands beside the properties comes later and wins";
    EXPECT_EQ(updatesOf(R"({"event":"anything","timestamp":1,"properties":{"$set":{"a":1}}})"),
              "person {\"a\":1}\n");
    EXPECT_EQ(updatesOf(R"({"event":"$identify","timestamp":1,"properties":"{\"$set\":{\"a\":1}}"})"),
              "person {\"a\":1}\n");
}

TEST(PersonUpdates, OfNothingAreNone)
{
    EXPECT_EQ(
        updatesOf(
            R"({"event":"$identify","timestamp":1,"properties":{"$set":{},"$set_once":"x"},"$set":[]})"),
        "");
    EXPECT_EQ(
        updatesOf(
            R"({"event":"e","timestamp":1,"properties":{"$set":{"a":1},"$process_person_profile":false}})"),
        "")
        << "an anonymous event has no person";
}

TEST(GroupUpdates, ComeFromGroupidentifyOnly)
{
    const std::string properties =
        R"("properties":{"$group_type":"company","$group_key":"acme","$group_set":{"plan":"pro"}})";
    EXPECT_EQ(updatesOf(R"({"event":"$groupidentify","timestamp":1,)" + properties + "}"),
              "group company=acme {\"plan\":\"pro\"}\n");
    EXPECT_EQ(updatesOf(R"({"event":"e","timestamp":1,)" + properties + "}"), "");
    EXPECT_EQ(
        updatesOf(
            R"({"event":"$groupidentify","timestamp":1,"properties":{"$group_type":"company","$group_set":{"a":1}}})"),
        "");
}

TEST(PersonProperties, EmptyOnesAreNotCarried)
{
    EXPECT_EQ(parsed(R"({"event":"e","timestamp":1,"person_properties":{}})").personProperties, "");
    EXPECT_EQ(parsed(R"({"event":"e","timestamp":1,"person_properties":null})").personProperties, "");
    EXPECT_EQ(parsed(R"({"event":"e","timestamp":1,"person_properties":{"a":null}})").personProperties,
              R"({"a":null})");
}

} // namespace

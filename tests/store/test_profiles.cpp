// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storefixture.h"

#include <algorithm>

namespace genscope::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class Profiles : public StoreTest
{
protected:
    static std::string carried(int uuid, const std::string &minute, const std::string &properties,
                               const std::string &person = "p1", const std::string &distinctId = "ada")
    {
        return EventLine{
            "$ai_generation", uuid, "2025-06-02T10:" + minute + ":00Z",
            distinctId,       "{}", R"(,"person_id":")" + person + R"(","person_properties":)" + properties}
            .line();
    }
    static std::string said(int uuid, const std::string &minute, const std::string &properties,
                            const std::string &distinctId = "ada", const std::string &event = "$identify")
    {
        return EventLine{event, uuid, "2025-06-02T10:" + minute + ":00Z", distinctId, properties}.line();
    }
    std::string person(const std::string &id) { return *reader()->personProperties(id); }
};

TEST_F(Profiles, TheNewestValueIsByEventTimePropertyByProperty)
{
    import(carried(1, "05", R"({"plan":"pro"})") + carried(2, "01", R"({"plan":"free","seats":3})"));
    EXPECT_EQ(person("p1"), R"({"plan":"pro","seats":3})");
    EXPECT_EQ(person("ada"), R"({"plan":"pro","seats":3})") << "a distinct id means its person";
    EXPECT_EQ(person("nobody"), "{}");
}

TEST_F(Profiles, AValueSeenAgainLaterStaysTheNewest)
{
    // Carried at 1 and 9; another value at 5 must not win, in whatever order they come.
    const std::string same = R"({"plan":"pro"})";
    std::vector<std::string> lines = {carried(1, "01", same), carried(2, "09", same),
                                      carried(3, "05", R"({"plan":"free"})")};
    std::sort(lines.begin(), lines.end());
    int run = 0;
    do {
        const QString fresh = path(QStringLiteral("%1.genscope").arg(run++));
        for (const std::string &line : lines)
            importInto(fresh, line);
        EXPECT_EQ(*readerOf(fresh)->personProperties("p1"), same);
    } while (std::next_permutation(lines.begin(), lines.end()));
}

TEST_F(Profiles, IgnoredEventsStillSaySomething)
{
    const ImportReport report =
        import(said(1, "01", R"({"$set":{"plan":"pro"},"$set_once":{"first":"a"}})") +
               said(2, "02", R"({"$set_once":{"first":"b","plan":"never"}})") +
               said(3, "03", R"({"$group_type":"company","$group_key":"acme","$group_set":{"tier":1}})",
                    "ada", "$groupidentify"));
    EXPECT_EQ(report.ignored, 3);
    EXPECT_EQ(report.newEvents, 0);
    EXPECT_EQ(person("ada"), R"({"first":"a","plan":"pro"})");
    EXPECT_EQ(*reader()->groupProperties("company", "acme"), R"({"tier":1})");
    EXPECT_EQ(reader()->stats()->persons, 1);
    EXPECT_THAT(reader()->stats()->groups, ElementsAre(Pair("company", 1)));
}

TEST_F(Profiles, EqualTimesGiveTheSameAnswerInAnyOrder)
{
    const std::string a = said(1, "01", R"({"$set":{"plan":"a"}})");
    const std::string b = said(2, "01", R"({"$set":{"plan":"b"}})");
    importInto(path(QStringLiteral("ab")), a + b);
    importInto(path(QStringLiteral("ba")), b + a);
    EXPECT_EQ(contentsOf(path(QStringLiteral("ab"))), contentsOf(path(QStringLiteral("ba"))));
}

TEST_F(Profiles, AnEventsOwnCopyComesBeforeTheNewestKnown)
{
    import(carried(1, "01", R"({"plan":"free"})") + carried(2, "02", R"({"seats":3})") +
           said(3, "09", R"({"$set":{"plan":"pro"}})") +
           EventLine{"$ai_span", 4, "2025-06-02T10:00:00Z", "ada"}.line() +
           EventLine{"$ai_span", 5, "2025-06-02T10:00:00Z", "bob"}.line());
    EXPECT_THAT(property(PropertyPath::Scope::Person, "plan"),
                ElementsAre(Pair(1, "free"), Pair(2, "pro"), Pair(4, "pro")));
}

TEST_F(Profiles, WhatWasSaidOfADistinctIdIsKnownOfItsPerson)
{
    import(said(1, "01", R"({"$set":{"plan":"pro"}})", "anon-7") + carried(2, "02", "{}", "p1", "anon-7") +
           carried(3, "03", "{}", "p1", "ada"));
    EXPECT_EQ(person("p1"), R"({"plan":"pro"})");
    EXPECT_EQ(reader()->stats()->persons, 1);
    EXPECT_THAT(property(PropertyPath::Scope::Person, "plan"), ElementsAre(Pair(2, "pro"), Pair(3, "pro")));
}

TEST_F(Profiles, TheNewestPersonOfADistinctIdIsItsPerson)
{
    import(carried(1, "05", "{}", "p-new") + carried(2, "01", "{}", "p-old") +
           EventLine{"$ai_span", 3}.line());
    const auto snapshot = *reader()->loadSnapshot({});
    const std::uint32_t person = snapshot->knownPersonOf(1);
    EXPECT_EQ(snapshot->dictionary(DictField::PersonId).at(person), "p-new");
}

TEST_F(Profiles, AnonymousUsersAreNobody)
{
    import(EventLine{"$ai_generation", 1, "2025-06-02T10:00:00Z", "t1", R"({"$ai_trace_id":"t1"})",
                     R"(,"person_id":"p9","person_properties":{"plan":"x"})"}
               .line());
    EXPECT_EQ(reader()->stats()->persons, 0);
    EXPECT_EQ(person("p9"), "{}");
    EXPECT_THAT(property(PropertyPath::Scope::Person, "plan"), ElementsAre(Pair(1, "x")))
        << "the event's own copy";
}

TEST_F(Profiles, GroupPropertiesAreTheNewestKnown)
{
    const auto identify = [](int uuid, const std::string &minute, const std::string &tier) {
        return said(uuid, minute,
                    R"({"$group_type":"company","$group_key":"acme","$group_set":{"tier":)" + tier + "}}",
                    "ada", "$groupidentify");
    };
    import(
        identify(1, "09", "2") + identify(2, "01", "1") +
        EventLine{"$ai_span", 3, "2025-06-02T10:00:00Z", "ada", R"({"$groups":{"company":"acme"}})"}.line() +
        EventLine{"$ai_span", 4, "2025-06-02T10:00:00Z", "ada", R"({"$groups":{"company":"other"}})"}.line());
    EXPECT_THAT(property(PropertyPath::Scope::Group, "tier", "company"), ElementsAre(Pair(3, "2")));
    EXPECT_THAT(property(PropertyPath::Scope::Group, "tier", "team"), IsEmpty());
    EXPECT_THAT(reader()->stats()->groups, ElementsAre(Pair("company", 2)));
}

TEST_F(Profiles, NamesAreOfferedMostFrequentFirst)
{
    import(carried(1, "01", R"({"plan":"a"})") + carried(2, "02", R"({"plan":"b"})") +
           EventLine{"$ai_span", 3, "2025-06-02T10:00:00Z", "ada", R"({"rare":1})"}.line() +
           EventLine{"$ai_span", 4, "2025-06-02T10:00:00Z", "ada", R"("{\"as text\":1}")"}.line() +
           said(5, "03", R"({"$group_type":"company","$group_key":"k","$group_set":{"tier":1}})", "ada",
                "$groupidentify"));
    using Scope = PropertyPath::Scope;
    const std::vector<PropertyPath> names = *reader()->propertyNames();
    ASSERT_FALSE(names.empty());
    EXPECT_EQ(names.front(), (PropertyPath{Scope::Person, "", "plan"}));
    EXPECT_THAT(names, testing::UnorderedElementsAre(PropertyPath{Scope::Person, "", "plan"},
                                                     PropertyPath{Scope::Event, "", "rare"},
                                                     PropertyPath{Scope::Event, "", "as text"},
                                                     PropertyPath{Scope::Group, "company", "tier"}));
}

/// A row of a persons export.
std::string personRow(int version, const std::string &properties, const std::string &more = {})
{
    return R"({"team_id":1,"distinct_id":"ada","person_id":"p1","properties":)" + properties +
           R"(,"person_distinct_id_version":0,"person_version":)" + std::to_string(version) +
           R"(,"created_at":"2025-01-01T00:00:00Z","_inserted_at":"2025-06-02T10:05:00Z")" + more + "}\n";
}

TEST_F(Profiles, RowsOfAPersonsExportFillPersons)
{
    const ImportReport report = import(personRow(7, R"({"plan":"pro"})"));
    EXPECT_EQ(report.persons, 1);
    EXPECT_EQ(report.ignored, 1);
    EXPECT_EQ(report.events, 1);
    EXPECT_EQ(report.rejected, 0);
    EXPECT_EQ(person("p1"), R"({"plan":"pro"})");
    EXPECT_EQ(person("ada"), R"({"plan":"pro"})") << "whose person the distinct id is";
}

TEST_F(Profiles, TheNewestVersionOfAPersonWins)
{
    import(personRow(8, R"({"plan":"pro"})") + personRow(7, R"({"plan":"free","seats":3})"));
    EXPECT_EQ(person("p1"), R"({"plan":"pro","seats":3})");
    import(carried(1, "09", R"({"plan":"team"})"));
    EXPECT_EQ(person("p1"), R"({"plan":"team","seats":3})") << "an event after the export knows better";
}

TEST_F(Profiles, OfADeletedPersonNothingOlderIsKnown)
{
    std::vector<std::string> lines = {personRow(7, R"({"plan":"free"})"),
                                      personRow(8, "{}", R"(,"is_deleted":true)"),
                                      carried(1, "01", R"({"seats":3})"), carried(2, "09", R"({"new":1})")};
    std::sort(lines.begin(), lines.end());
    int run = 0;
    do {
        const QString fresh = path(QStringLiteral("deleted-%1.genscope").arg(run++));
        for (const std::string &line : lines)
            importInto(fresh, line);
        EXPECT_EQ(*readerOf(fresh)->personProperties("p1"),
                  R"({"$deleted_at":"2025-06-02T10:05:00.000008+00:00","new":1})");
    } while (std::next_permutation(lines.begin(), lines.end()));
}

TEST_F(Profiles, UnsetTakesAPropertyAway)
{
    import(said(1, "01", R"({"$set":{"plan":"pro","seats":3}})") +
           said(2, "02", R"({"$unset":["plan"]})", "ada", "$set"));
    EXPECT_EQ(person("ada"), R"({"plan":null,"seats":3})");
    import(said(3, "03", R"({"$set":{"plan":"team"}})"));
    EXPECT_EQ(person("ada"), R"({"plan":"team","seats":3})");
}

} // namespace
} // namespace genscope::test

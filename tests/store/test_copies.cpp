// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// One uuid is one event, however many copies of it come, and in whatever order.
#include "storefixture.h"

#include <algorithm>
#include <numeric>

namespace genscope::test {
namespace {

using testing::HasSubstr;

class Copies : public StoreTest
{
protected:
    static std::string copy(const std::string &properties, const std::string &more = {})
    {
        return EventLine{"$ai_generation", 1, "2025-06-02T10:00:00Z", "ada", properties, more}.line();
    }
    /// Imports the lines one after the other into a new store. @return what it then holds
    std::string contentsAfter(const std::vector<std::string> &lines)
    {
        const QString fresh = path(QStringLiteral("order-%1.genscope").arg(m_stores++));
        for (const std::string &line : lines)
            importInto(fresh, line);
        expectColumnsMatchTable(fresh);
        return contentsOf(fresh);
    }

private:
    int m_stores = 0;
};

const std::string kWithContent = R"({"$ai_model":"gpt-4o","$ai_input_tokens":5,"$ai_input":"hi"})";
const std::string kWithoutContent = R"({"$ai_model":"gpt-4o","$ai_input_tokens":5})";

TEST_F(Copies, TheCopyWithContentFillsTheOneWithout)
{
    EXPECT_EQ(import(copy(kWithoutContent)).newEvents, 1);
    EXPECT_TRUE(content(EventSource::Content::Input).empty());
    const ImportReport second = import(copy(kWithContent));
    EXPECT_EQ(second.updated, 1);
    EXPECT_EQ(second.newEvents, 0);
    EXPECT_EQ(raw(1) + "\n", copy(kWithContent));
    EXPECT_EQ(content(EventSource::Content::Input).at(1), "hi");
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM event"), 1);

    const ImportReport third = import(copy(kWithoutContent));
    EXPECT_EQ(third.duplicates, 1) << "nothing in it is new";
}

TEST_F(Copies, ACopyThatSaysLessIsADuplicate)
{
    import(copy(kWithContent));
    EXPECT_EQ(import(copy(kWithoutContent)).duplicates, 1);
    EXPECT_EQ(raw(1) + "\n", copy(kWithContent));
}

TEST_F(Copies, UniteWhatBothSay)
{
    import(copy(R"({"$ai_model":"gpt-4o","$ai_input_tokens":1000})"));
    const ImportReport report =
        import(copy(R"({"$ai_model":"gpt-4o","$ai_output_tokens":7,"$ai_output":"yes"})"));
    EXPECT_EQ(report.updated, 1);
    EXPECT_THAT(raw(1), HasSubstr(R"("$ai_input_tokens":1000)"));
    EXPECT_THAT(raw(1), HasSubstr(R"("$ai_output":"yes")"));
    EXPECT_EQ(numberFrom(store(), "SELECT input_tokens * 100 + output_tokens FROM event"), 100007);
    EXPECT_GT(numberFrom(store(), "SELECT book_output_pico FROM event"), 0) << "priced again";
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM event_copy WHERE captured"), 2)
        << "both captured copies are kept";
}

TEST_F(Copies, TheOrderOfArrivalDoesNotMatter)
{
    const std::vector<std::string> copies = {
        copy(R"({"$ai_model":"a","x":1,"$ai_input":"in"})", R"(,"created_at":"2025-06-02T10:00:01Z")"),
        copy(R"({"$ai_model":"b","y":2})", R"(,"created_at":"2025-06-02T10:00:02Z")"),
        copy(R"({"$ai_model":"c","z":3,"$ai_output":"out"})", R"(,"created_at":"2025-06-02T10:00:03Z")"),
    };
    std::vector<std::size_t> order(copies.size());
    std::iota(order.begin(), order.end(), 0u);
    const std::string expected = contentsAfter(copies);
    EXPECT_THAT(expected, HasSubstr(" model=c "));
    do {
        std::vector<std::string> lines;
        for (const std::size_t index : order)
            lines.push_back(copies[index]);
        EXPECT_EQ(contentsAfter(lines), expected);
        lines.insert(lines.end(), copies.begin(), copies.end());
        EXPECT_EQ(contentsAfter(lines), expected) << "and again all of them";
    } while (std::next_permutation(order.begin(), order.end()));
}

TEST_F(Copies, InOneDumpAreTheSameAsInSeveral)
{
    const std::string a = copy(kWithoutContent);
    const std::string b = copy(R"({"$ai_input":"hi","feature":"f"})");
    EXPECT_EQ(contentsAfter({a + b}), contentsAfter({a, b}));
    EXPECT_EQ(contentsAfter({b + a}), contentsAfter({a, b}));
}

TEST_F(Copies, ContentByUuidAloneMeetsItsEventInAnyOrder)
{
    const std::string light = copy(kWithoutContent, R"(,"created_at":"2025-06-02T10:00:01Z")");
    const std::string full = copy(R"({"$ai_model":"gpt-4o","$ai_input":"hi","extra":1})");
    const std::string rows = R"({"columns":["uuid","input","output_choices"],"results":[[")" + uuidText(1) +
                             R"(","\"hello\"","[{\"role\":\"assistant\",\"content\":\"yes\"}]"]]})";
    std::vector<std::string> copies = {light, full, rows};
    std::sort(copies.begin(), copies.end());
    const std::string expected = contentsAfter(copies);
    EXPECT_THAT(expected, HasSubstr("extra"));
    do {
        EXPECT_EQ(contentsAfter(copies), expected);
    } while (std::next_permutation(copies.begin(), copies.end()));
}

TEST_F(Copies, ContentWaitsForItsEvent)
{
    const std::string rows =
        R"({"columns":["uuid","input"],"results":[[")" + uuidText(1) + R"(","\"hello\""]]})";
    const ImportReport first = import(rows);
    EXPECT_EQ(first.ignored, 1);
    EXPECT_EQ(first.events, 1);
    ASSERT_EQ(first.notes.size(), 1u);
    EXPECT_TRUE(first.notes[0].contains(u"wait"));
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM event"), 0);
    import(rows);
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM pending_content"), 1);

    EXPECT_EQ(import(copy(kWithoutContent)).newEvents, 1);
    EXPECT_EQ(content(EventSource::Content::Input).at(1), "hello");
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM pending_content"), 0);
    EXPECT_EQ(import(rows).duplicates, 1);
    EXPECT_EQ(import(copy(kWithoutContent)).duplicates, 1);
    expectColumnsMatchTable(store());
}

TEST_F(Copies, ReplacedRecordsAreNotReadAnyMore)
{
    import(copy(R"({"feature":"old"})") + EventLine{"$ai_span", 2}.line());
    import(copy(R"({"feature":"new","more":1})", R"(,"created_at":"2025-06-02T10:00:09Z")"));
    const auto values = property(PropertyPath::Scope::Event, "feature");
    EXPECT_THAT(values, testing::ElementsAre(testing::Pair(1, "new")));
}

TEST_F(Copies, ManyUpdatesKeepColumnsAndTableTogether)
{
    std::string without;
    std::string with;
    for (int i = 1; i <= 3000; ++i) {
        without += EventLine{"$ai_generation", i, "2025-06-02T10:00:00Z", "ada", kWithoutContent}.line();
        with += EventLine{"$ai_generation", i, "2025-06-02T10:00:00Z", "ada", kWithContent}.line();
    }
    EXPECT_EQ(import(without).newEvents, 3000);
    EXPECT_EQ(import(with).updated, 3000);
    EXPECT_EQ(content(EventSource::Content::Input).size(), 3000u);
    EXPECT_EQ(import(without + with).duplicates, 6000);
    expectColumnsMatchTable(store());
}

} // namespace
} // namespace genscope::test

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storefixture.h"

#include "store/connection.h"
#include "store/schema.h"

#include <QFileInfo>

#include <atomic>
#include <thread>

namespace genscope::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

class Reader : public StoreTest
{
protected:
    static std::string generation(int uuid, const std::string &properties)
    {
        return EventLine{"$ai_generation", uuid, "2025-06-02T10:00:00Z", "ada", properties}.line();
    }
};

TEST_F(Reader, PropertiesComeAsText)
{
    import(generation(1, R"({"v":"text \u00e9"})") + generation(2, R"({"v":10})") +
           generation(3, R"({"v":true})") + generation(4, R"({"v":{"a": [1]}})") +
           generation(5, R"({"v":null})") + generation(6, R"({"w":1})") + generation(7, R"({"v":""})") +
           generation(8, R"({"v":1,"v":2})") + generation(9, R"("{\"v\":\"in text\"}")") +
           generation(10, R"({"\u0076":"escaped name"})"));
    EXPECT_THAT(property(PropertyPath::Scope::Event, "v"),
                ElementsAre(Pair(1, "text é"), Pair(2, "10"), Pair(3, "true"), Pair(4, R"({"a": [1]})"),
                            Pair(7, ""), Pair(8, "2"), Pair(9, "in text"), Pair(10, "escaped name")));
}

TEST_F(Reader, HeavyPropertiesAreReadFromTheContent)
{
    import(generation(1, R"({"$ai_tools":[{"name":"search"}],"$ai_input":"hi"})") + generation(2, "{}"));
    EXPECT_THAT(property(PropertyPath::Scope::Event, "$ai_tools"),
                ElementsAre(Pair(1, R"([{"name":"search"}])")));
    EXPECT_THAT(property(PropertyPath::Scope::Event, "$ai_input"), ElementsAre(Pair(1, "hi")));
}

TEST_F(Reader, ContentIsDecodedText)
{
    import(
        generation(1, R"({"$ai_input":[{"role":"user","content":"Gr\u00fc\u00dfe"}],"$ai_output":"done"})") +
        generation(2, R"({"$ai_input_state":{"q":"state"},"$ai_output_state":{"a":"b"}})") +
        generation(3, R"("{\"$ai_input\":\"inside\",\"$ai_output_choices\":[\"o\"]}")") +
        generation(4, R"({"feature":"none"})"));
    EXPECT_THAT(content(EventSource::Content::Input),
                ElementsAre(Pair(1, "Grüße"), Pair(2, "state"), Pair(3, "inside")));
    EXPECT_THAT(content(EventSource::Content::Output),
                ElementsAre(Pair(1, "done"), Pair(2, "b"), Pair(3, "o")));
}

TEST_F(Reader, ContentIsReadOnlyOfTheRowsAskedFor)
{
    import(variedDump(500));
    const auto from = reader();
    const auto snapshot = *from->loadSnapshot({});
    RowSet rows(snapshot->rows());
    rows.set(3);
    rows.set(90);
    std::map<std::size_t, std::string> found;
    const Status read =
        from->readContent(EventSource::Content::Input, rows,
                          [&found](std::size_t row, std::string_view text) { found[row] = text; }, {});
    ASSERT_TRUE(read.ok());
    ASSERT_EQ(found.size(), 2u);
    EXPECT_THAT(found[3], HasSubstr("question"));
    EXPECT_THAT(from->rawEventAt(90).value(), HasSubstr(found[90]));
}

TEST_F(Reader, OnlyRowsBeforeTheEndAskedForAreRead)
{
    import(generation(1, R"({"v":1})") + generation(2, R"({"v":2})"));
    std::vector<std::size_t> rows;
    const Status read =
        reader()->readProperty({PropertyPath::Scope::Event, "", "v"}, 1,
                               [&rows](std::size_t row, std::string_view) { rows.push_back(row); }, {});
    ASSERT_TRUE(read.ok());
    EXPECT_THAT(rows, ElementsAre(0u));
}

TEST_F(Reader, StopsWhenAsked)
{
    import(variedDump(100));
    StopToken stop;
    stop.requestStop();
    const Status read = reader()->readProperty(
        {PropertyPath::Scope::Event, "", "feature"}, 50, [](auto...) {}, stop);
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().kind, Error::Kind::Cancelled);
    EXPECT_FALSE(reader()->loadSnapshot(stop).ok());
}

TEST_F(Reader, AnUnknownEventIsNamed)
{
    import(generation(1, "{}"));
    const Result<std::string> unknown = reader()->rawEvent(*Uuid::parse(uuidText(99)));
    ASSERT_FALSE(unknown.ok());
    EXPECT_EQ(unknown.error().kind, Error::Kind::Usage);
    EXPECT_TRUE(unknown.error().message.contains(QString::fromStdString(uuidText(99))));
    EXPECT_FALSE(reader()->rawEventAt(1).ok());
}

TEST_F(Reader, StatsSayWhatIsThere)
{
    import(EventLine{"$ai_span", 1, "2025-06-02T10:00:00Z", "ada"}.line() +
           EventLine{"$ai_span", 2, "2025-06-03T10:00:00Z", "bob"}.line() +
           EventLine{"$ai_metric", 3, "2025-06-01T10:00:00Z", "bob"}.line() + "broken\n");
    const StoreStats stats = *reader()->stats();
    EXPECT_EQ(stats.events, 3);
    EXPECT_THAT(stats.byEvent, ElementsAre(Pair("$ai_span", 2), Pair("$ai_metric", 1)));
    EXPECT_EQ(stats.persons, 2);
    EXPECT_EQ(isoTime(*stats.first), "2025-06-01T10:00:00+00:00");
    EXPECT_EQ(isoTime(*stats.last), "2025-06-03T10:00:00+00:00");
    EXPECT_EQ(stats.rejected, 1);
    EXPECT_EQ(stats.storeBytes, QFileInfo(store()).size());
    ASSERT_EQ(stats.sources.size(), 1u);
    EXPECT_EQ(stats.sources.front().kind, "file");
    EXPECT_EQ(stats.sources.front().events, 3);
    EXPECT_EQ(stats.sources.front().rejected, 1);
}

TEST_F(Reader, RejectsOfOneDumpCountOnce)
{
    const std::string dump = variedDump(300);
    const std::int64_t rejected = import(dump).rejected;
    ASSERT_GT(rejected, 0);
    import(dump);
    EXPECT_EQ(reader()->stats()->rejected, rejected);
    ASSERT_TRUE(importDumps(store(), {write(QStringLiteral("copy.jsonl"), dump)}, {}, {}).ok());
    EXPECT_EQ(reader()->stats()->rejected, rejected);
    import(dump + "one more broken line\n"); // the file has grown
    EXPECT_EQ(reader()->stats()->sources.size(), 4u);
    ASSERT_TRUE(importDumps(store(), {write(QStringLiteral("different.jsonl"), "broken\n")}, {}, {}).ok());
    EXPECT_EQ(reader()->stats()->rejected, 2 * rejected + 1 + 1)
        << "copy.jsonl, the grown dump.jsonl and different.jsonl";
}

TEST_F(Reader, ReadsWhileTheStoreIsWritten)
{
    import(variedDump(200));
    const auto from = reader();
    std::atomic<bool> done{false};
    std::atomic<int> failures{0};
    std::thread other([&] {
        std::size_t rows = 0;
        while (!done) {
            const auto snapshot = from->loadSnapshot({});
            if (!snapshot || (*snapshot)->rows() < rows || !from->rawEventAt((*snapshot)->rows() - 1)) {
                ++failures;
                break;
            }
            rows = (*snapshot)->rows();
        }
    });
    ImportOptions options;
    options.batchEvents = 50;
    import(variedDump(3000), options);
    done = true;
    other.join();
    EXPECT_EQ(failures, 0);
    expectColumnsMatchTable(store());
}

TEST_F(Reader, TheEventsViewIsReadable)
{
    import(
        EventLine{"$ai_generation", 7, "2025-06-02T10:11:12.345678Z", "ada",
                  R"({"$ai_model":"gpt-4o","$ai_latency":1.5,"$ai_total_cost_usd":0.25,"$ai_trace_id":"t"})"}
            .line());
    EXPECT_EQ(numberFrom(store(),
                         "SELECT count(*) FROM events WHERE"
                         " uuid = '00000000-0000-4000-8000-000000000007'"
                         " AND timestamp = '2025-06-02T10:11:12.345678Z' AND event = '$ai_generation'"
                         " AND kind = 'generation' AND model = 'gpt-4o' AND distinct_id = 'ada'"
                         " AND trace_id = 't' AND latency_s = 1.5 AND cost_usd = 0.25"
                         " AND NOT is_error AND NOT is_anonymous AND stream IS NULL"
                         " AND source LIKE '%dump.jsonl'"),
              1);
}

} // namespace
} // namespace genscope::test

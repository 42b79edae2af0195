// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// verify says "sound" of whatever an import makes, and finds each way in which a store can be wrong.
#include "storefixture.h"

#include "store/connection.h"
#include "store/rebuild.h"
#include "store/verify.h"

namespace genscope::test {
namespace {

/// `what where` of each problem.
std::vector<std::string> problemsOf(const QString &store, const VerifyOptions &options = {})
{
    const Result<VerifyReport> report = verifyStore(store, options, {});
    EXPECT_TRUE(report.ok()) << report.error().message.toStdString();
    std::vector<std::string> problems;
    if (report) {
        for (const StoreProblem &problem : report->problems)
            problems.push_back(std::string(damageName(problem.damage)) + ' ' + problem.where);
    }
    return problems;
}

class Verify : public StoreTest
{
protected:
    void execute(const QString &sql) const
    {
        const auto connection = std::move(Connection::open(store(), Connection::Access::Write)).value();
        const Status done = connection->execute(sql);
        ASSERT_TRUE(done.ok()) << done.error().message.toStdString();
    }
    /// Two exports of the same events: one with what was said, one without; and one that changes a property.
    void importCopies() const
    {
        EventLine line;
        line.properties = R"({"$ai_trace_id":"t","$ai_model":"gpt-4o","plan":"pro"})";
        line.more = R"(,"person_id":"p1","person_properties":{"plan":"free"})";
        import(line.line());
        line.properties = R"({"$ai_trace_id":"t","$ai_input":"hello","feature":"chat"})";
        import(line.line());
        line.properties = R"({"$ai_trace_id":"t","$ai_output_tokens":5})";
        line.more = R"(,"person_id":"p1","person_properties":{"plan":"pro","seats":3})";
        import(line.line());
    }
};

TEST_F(Verify, WhatAnImportMakesIsSound)
{
    import(variedDump(3000));
    const Result<VerifyReport> report = verifyStore(store(), {}, {});
    ASSERT_TRUE(report.ok()) << report.error().message.toStdString();
    EXPECT_EQ(report->toJson().toStdString(),
              "{\"sound\":true,\"events\":" +
                  std::to_string(numberFrom(store(), "SELECT count(*) FROM event")) + ",\"problems\":[]}");
}

TEST_F(Verify, SeveralImportsAndUnitedCopiesAreSound)
{
    import(variedDump(500));
    importCopies();
    ImportOptions all;
    all.allEvents = true;
    import(variedDump(600), all); // now with the events that were left out before
    EXPECT_THAT(problemsOf(store()), ::testing::IsEmpty());
    EXPECT_GT(numberFrom(store(), "SELECT count(*) FROM event WHERE united"), 0);
}

TEST_F(Verify, APropertyCountsOnceAnEventHoweverManyCopiesCarryIt)
{
    importCopies();
    EXPECT_EQ(numberFrom(store(), "SELECT count FROM property WHERE name = '$ai_trace_id'"), 1);
    EXPECT_EQ(numberFrom(store(), "SELECT count FROM property WHERE name = 'feature'"), 1);
}

TEST_F(Verify, ContentThatCameBeforeOrBehindItsEventIsSound)
{
    const auto content = [](int uuid) {
        return R"({"columns":["uuid","input"],"results":[[")" + uuidText(uuid) + R"(","hello"]]})" + "\n";
    };
    import(content(1));
    import(EventLine{.uuid = 1, .properties = R"({"$ai_trace_id":"t"})"}.line());
    import(EventLine{.uuid = 2, .properties = R"({"$ai_trace_id":"t"})"}.line());
    import(content(2));
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM event_copy WHERE captured"), 4);
    EXPECT_THAT(problemsOf(store()), ::testing::IsEmpty());
    const std::string before = contentsOf(store());
    ASSERT_TRUE(rebuildStore(store(), {}, {}).ok());
    EXPECT_EQ(contentsOf(store()), before);
    EXPECT_THAT(problemsOf(store()), ::testing::IsEmpty());
}

TEST_F(Verify, AnEmptyStoreIsSound)
{
    ASSERT_TRUE(ensureStore(store()).ok());
    EXPECT_THAT(problemsOf(store()), ::testing::IsEmpty());
}

struct DamageCase
{
    const char *name;
    const char *sql;
    std::vector<std::string> problems; ///< these, and maybe others that follow from them
};

void PrintTo(const DamageCase &damage, std::ostream *out)
{
    *out << damage.sql;
}

class Damaged : public Verify, public ::testing::WithParamInterface<DamageCase>
{
};

TEST_P(Damaged, IsFound)
{
    import(variedDump(600));
    importCopies();
    ASSERT_THAT(problemsOf(store()), ::testing::IsEmpty());
    execute(QString::fromUtf8(GetParam().sql));
    EXPECT_THAT(problemsOf(store()), ::testing::IsSupersetOf(GetParam().problems));
}

const DamageCase kCases[] = {
    {"Number",
     "UPDATE event SET input_tokens = input_tokens + 1 WHERE id = 7",
     {"value-differs event.input_tokens", "column-differs segment.input_tokens"}},
    {"Time",
     "UPDATE event SET timestamp_us = timestamp_us + 1 WHERE id = 7",
     {"value-differs event.timestamp_us"}},
    {"Text", "UPDATE event SET model = 3 - model WHERE model IN (1, 2)", {"value-differs event.model"}},
    {"CodeOutside", "UPDATE event SET trace = 1000000 WHERE id = 9", {"value-differs event.trace"}},
    {"Cost", "UPDATE event SET book_input_pico = 1 WHERE id = 1", {"column-differs segment.book_input_pico"}},
    {"Real", "UPDATE event SET latency_s = 99 WHERE id = 7", {"value-differs event.latency_s"}},
    {"Uuid", "UPDATE event SET uuid = zeroblob(16) WHERE id = 7", {"value-differs event.uuid"}},
    {"Hash", "UPDATE event SET raw_hash = 5 WHERE id = 7", {"bytes-differ block"}},
    {"Place", "UPDATE event SET block_offset = block_offset + 1 WHERE id = 7", {"record-unreadable block"}},
    {"RowGone", "DELETE FROM event WHERE id = 7", {"rows-missing event", "record-unreferenced block"}},
    {"LastRowGone", "DELETE FROM event WHERE id = (SELECT max(id) FROM event)", {"rows-missing segment"}},
    {"Union", "DELETE FROM event_copy WHERE captured", {"union-differs event", "record-unreferenced block"}},
    {"CopyOfNothing", "UPDATE event_copy SET event = event + 1000", {"dangling event_copy.event"}},
    {"BlockGone", "DELETE FROM block WHERE kind = 1", {"record-unreadable block"}},
    {"BlockBytes",
     "UPDATE block SET data = zeroblob(100) WHERE id = 1",
     {"block-unreadable block", "record-unreadable block"}},
    {"BlockSize", "UPDATE block SET raw_size = 1 << 50 WHERE id = 2", {"block-unreadable block"}},
    {"SegmentGone", "DELETE FROM segment", {"segment-unreadable segment"}},
    {"SegmentBytes", "UPDATE segment SET data = x'00'", {"segment-unreadable segment"}},
    {"SegmentRows", "UPDATE segment SET rows = rows - 1", {"rows-missing segment"}},
    {"Word",
     "UPDATE dictionary SET value = value || '!' WHERE field = 1 AND code = 1",
     {"value-differs event.model"}},
    {"WordTwice",
     "UPDATE dictionary SET value = (SELECT value FROM dictionary WHERE field = 5 AND code = 1)"
     " WHERE field = 5 AND code = 2",
     {"dictionary dictionary.trace"}},
    {"WordGone", "DELETE FROM dictionary WHERE field = 5 AND code = 2", {"dictionary dictionary"}},
    {"Person", "DELETE FROM person WHERE key = 'person-3'", {"profile-lacks person"}},
    {"PersonValue",
     "UPDATE person SET properties = '{}' WHERE key = 'person-3'",
     {"profile-lacks person.properties"}},
    {"PersonOfId", "DELETE FROM person_distinct", {"profile-lacks person_distinct"}},
    {"Group", "DELETE FROM group_key WHERE key = 'c3'", {"profile-lacks group_key"}},
    {"Property",
     "UPDATE property SET count = count + 1 WHERE name = 'feature'",
     {"count-differs property.count"}},
    {"PropertyGone", "DELETE FROM property WHERE name = 'feature'", {"count-differs property"}},
    {"NewEvents", "UPDATE source SET new_events = new_events + 1", {"count-differs source.new_events"}},
    {"SourceGone", "DELETE FROM source WHERE id = 1", {"dangling event.source"}},
};

INSTANTIATE_TEST_SUITE_P(All, Damaged, ::testing::ValuesIn(kCases),
                         [](const auto &given) { return std::string(given.param.name); });

TEST_F(Verify, CostsAreComparedByTheBookThatIsGiven)
{
    import(variedDump(50));
    VerifyOptions options;
    options.prices = PriceBook::bundled();
    EXPECT_THAT(problemsOf(store(), options), ::testing::IsEmpty());
    execute(QStringLiteral("UPDATE event SET book_input_pico = 1 WHERE id = 1"));
    EXPECT_THAT(problemsOf(store(), options), ::testing::Contains("value-differs event.book_input_pico"));
}

TEST_F(Verify, ExamplesNameTheEventAndBothValues)
{
    import(variedDump(50));
    execute(QStringLiteral("UPDATE event SET input_tokens = 1 WHERE id = 1"));
    const Result<VerifyReport> report = verifyStore(store(), {}, {});
    ASSERT_TRUE(report.ok());
    ASSERT_EQ(report->problems.size(), 2u);
    EXPECT_EQ(report->problems[0].example, "event " + uuidText(1) + ": 1 instead of 100");
    EXPECT_EQ(report->problems[0].count, 1);
}

TEST_F(Verify, ABrokenPageIsFoundAndDoesNotStopTheCheck)
{
    import(variedDump(3000));
    QFile file(store());
    ASSERT_TRUE(file.open(QIODevice::ReadWrite));
    ASSERT_TRUE(file.seek(file.size() / 8192 / 2 * 8192));
    file.write(QByteArray(8192, '\x55'));
    file.close();
    const Result<VerifyReport> report = verifyStore(store(), {}, {});
    ASSERT_TRUE(report.ok()) << report.error().message.toStdString();
    EXPECT_FALSE(report->sound());
}

TEST_F(Verify, ACheckCanBeStopped)
{
    import(variedDump(200));
    StopToken stop;
    stop.requestStop();
    const Result<VerifyReport> report = verifyStore(store(), {}, stop);
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().kind, Error::Kind::Cancelled);
}

TEST_F(Verify, WhatIsNoStoreIsRefused)
{
    const Result<VerifyReport> none = verifyStore(store(), {}, {});
    ASSERT_FALSE(none.ok());
    EXPECT_EQ(none.error().kind, Error::Kind::Io);
    write(QStringLiteral("test.genscope"), "no store");
    EXPECT_FALSE(verifyStore(store(), {}, {}).ok());
}

} // namespace
} // namespace genscope::test

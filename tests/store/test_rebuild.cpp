// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// rebuild makes everything derived anew from the kept events; until it is done the old store is as it was.
#include "storefixture.h"

#include "store/connection.h"
#include "store/rebuild.h"
#include "store/verify.h"

#include <QDir>
#include <QFileInfo>

#include <csignal>

#include <sys/resource.h>

namespace genscope::test {
namespace {

class RebuildStore : public StoreTest
{
protected:
    void execute(const QString &sql) const
    {
        const auto connection = std::move(Connection::open(store(), Connection::Access::Write)).value();
        const Status done = connection->execute(sql);
        ASSERT_TRUE(done.ok()) << done.error().message.toStdString();
    }
    RebuildReport rebuild(const RebuildOptions &options = {}) const
    {
        const Result<RebuildReport> report = rebuildStore(store(), options, {});
        EXPECT_TRUE(report.ok()) << report.error().message.toStdString();
        return report ? *report : RebuildReport();
    }
    void expectSound() const
    {
        const Result<VerifyReport> report = verifyStore(store(), {}, {});
        ASSERT_TRUE(report.ok()) << report.error().message.toStdString();
        EXPECT_EQ(report->toJson().toStdString(),
                  "{\"sound\":true,\"events\":" + std::to_string(report->events) + ",\"problems\":[]}");
    }
    QStringList files() const
    {
        return QDir(QFileInfo(store()).path()).entryList({QStringLiteral("test.genscope*")});
    }
    /// Copies of an event that differ, among others.
    void importAll() const
    {
        import(variedDump(2000));
        EventLine line;
        line.properties = R"({"$ai_trace_id":"t","$ai_model":"gpt-4o","plan":"pro"})";
        import(line.line());
        line.properties = R"({"$ai_trace_id":"t","$ai_input":"hello","feature":"chat"})";
        import(line.line() + "no event\n");
    }
};

TEST_F(RebuildStore, KeepsContentWithoutItsEventAndDeletedPersons)
{
    const auto row = [](int uuid) {
        return R"({"columns":["uuid","input"],"results":[[")" + uuidText(uuid) + R"(","\"hello\""]]})";
    };
    import(row(1)); // before its event, of which more copies come
    import(row(2)); // its event never comes
    EventLine line;
    line.more = R"(,"person_id":"p1","person_properties":{"plan":"pro"})";
    import(line.line());
    import(row(1));
    line.properties = R"({"feature":"chat"})";
    import(line.line());
    import(
        R"({"distinct_id":"ada","person_id":"p1","person_version":9,"person_distinct_id_version":0,"is_deleted":true,"_inserted_at":"2025-06-02T11:00:00Z"})");
    const std::string before = contentsOf(store());
    expectSound();
    const RebuildReport report = rebuild();
    EXPECT_EQ(report.lost, 0);
    EXPECT_EQ(contentsOf(store()), before);
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM pending_content"), 1);
    EXPECT_EQ(content(EventSource::Content::Input).at(1), "hello");
    expectSound();
}

TEST_F(RebuildStore, GivesTheSameStore)
{
    importAll();
    const std::string before = contentsOf(store());
    const std::int64_t sources = numberFrom(store(), "SELECT sum(id * 1000 + new_events) FROM source");
    const std::int64_t rejects = numberFrom(store(), "SELECT sum(line) FROM reject");
    const RebuildReport report = rebuild();
    EXPECT_EQ(report.events, numberFrom(store(), "SELECT count(*) FROM event"));
    EXPECT_EQ(report.lost, 0);
    EXPECT_EQ(contentsOf(store()), before);
    EXPECT_EQ(numberFrom(store(), "SELECT sum(id * 1000 + new_events) FROM source"), sources);
    EXPECT_EQ(numberFrom(store(), "SELECT sum(line) FROM reject"), rejects);
    expectColumnsMatchTable(store());
    expectSound();
    EXPECT_EQ(files(), QStringList{QStringLiteral("test.genscope")});
}

TEST_F(RebuildStore, RowsKeepTheirNumbersAndBlocksGetNewOnes)
{
    importAll();
    const std::int64_t lastBlock = numberFrom(store(), "SELECT max(id) FROM block");
    const auto before = *reader()->loadSnapshot({});
    rebuild();
    const auto after = *reader()->loadSnapshot({});
    ASSERT_EQ(after->rows(), before->rows());
    for (std::size_t row = 0; row < after->rows(); ++row)
        ASSERT_EQ(after->uuidAt(row), before->uuidAt(row)) << row;
    EXPECT_GT(numberFrom(store(), "SELECT min(id) FROM block"), lastBlock)
        << "a reader that remembers old blocks must not take them for new ones";
}

TEST_F(RebuildStore, ARebuiltStoreTakesMoreEvents)
{
    importAll();
    rebuild();
    import(variedDump(2100));
    importInto(path(QStringLiteral("other.genscope")), variedDump(2000));
    expectSound();
}

TEST_F(RebuildStore, WhatIsDerivedAndWrongIsRightAgain)
{
    importAll();
    const std::string before = contentsOf(store());
    for (const char *sql :
         {"UPDATE event SET input_tokens = 1, model = 1, latency_s = 5", "DELETE FROM segment",
          "UPDATE dictionary SET value = 'x' || code", "UPDATE group_type SET name = 'other'",
          "UPDATE property SET count = 7", "DELETE FROM person_distinct WHERE distinct_id = 'user-3'",
          "UPDATE source SET new_events = 0"})
        execute(QString::fromLatin1(sql));
    rebuild();
    EXPECT_EQ(contentsOf(store()), before);
    expectSound();
}

TEST_F(RebuildStore, RowsThatAreGoneComeBackFromTheOriginals)
{
    importAll();
    const std::string before = contentsOf(store());
    execute(QStringLiteral("DELETE FROM event WHERE id % 3 = 0"));
    EXPECT_EQ(rebuild().lost, 0);
    EXPECT_EQ(contentsOf(store()), before);
    expectSound();
}

TEST_F(RebuildStore, DamagedOriginalsAreLostAndTheOldStoreIsKept)
{
    importAll();
    const std::int64_t events = numberFrom(store(), "SELECT count(*) FROM event");
    execute(QStringLiteral(
        "UPDATE block SET data = zeroblob(10) WHERE id = (SELECT max(id) FROM block WHERE kind = 1)"));
    const RebuildReport report = rebuild();
    EXPECT_GT(report.lost, 0);
    EXPECT_FALSE(report.firstLoss.empty());
    EXPECT_LT(report.events, events);
    EXPECT_GT(report.events, 0);
    expectSound();
    EXPECT_EQ(QFileInfo(report.damagedStoreKept).fileName(), QStringLiteral("test.genscope.damaged"));
    EXPECT_EQ(numberFrom(report.damagedStoreKept, "SELECT count(*) FROM event"), events);
}

TEST_F(RebuildStore, AnOlderSchemaIsBroughtUpToDate)
{
    importAll();
    const std::string before = contentsOf(store());
    execute(QStringLiteral("DROP VIEW events"));
    execute(QStringLiteral("ALTER TABLE event DROP COLUMN ttft_s"));
    execute(QStringLiteral("PRAGMA user_version = 1"));
    rebuild();
    EXPECT_EQ(contentsOf(store()), before);
    expectSound();
}

TEST_F(RebuildStore, StoppedItLeavesTheOldStore)
{
    importAll();
    const std::string before = contentsOf(store());
    StopToken stop;
    stop.requestStop();
    const Result<RebuildReport> report = rebuildStore(store(), {}, stop);
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().kind, Error::Kind::Cancelled);
    EXPECT_EQ(contentsOf(store()), before);
    EXPECT_EQ(files(), QStringList{QStringLiteral("test.genscope")});
}

TEST_F(RebuildStore, WithoutSpaceItLeavesTheOldStoreAndSaysSo)
{
    importAll();
    const std::string before = contentsOf(store());
    rlimit usual{};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &usual), 0);
    rlimit small = usual;
    small.rlim_cur = 200'000;
    auto *const handler = std::signal(SIGXFSZ, SIG_IGN);
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
    const Result<RebuildReport> report = rebuildStore(store(), {}, {});
    setrlimit(RLIMIT_FSIZE, &usual);
    std::signal(SIGXFSZ, handler);
    ASSERT_FALSE(report.ok());
    EXPECT_TRUE(report.error().message.startsWith(store())) << qPrintable(report.error().message);
    EXPECT_EQ(contentsOf(store()), before);
    EXPECT_EQ(files(), QStringList{QStringLiteral("test.genscope")});
    expectSound();
}

TEST_F(RebuildStore, WaitsForReadersAndGivesUp)
{
    importAll();
    const std::string before = contentsOf(store());
    const auto other = std::move(Connection::open(store(), Connection::Access::Read)).value();
    ASSERT_TRUE(other->execute(QStringLiteral("BEGIN")).ok());
    const Transaction reading(*other);
    ASSERT_TRUE(other->integer("SELECT count(*) FROM event").ok());
    RebuildOptions options;
    options.wait.patience = std::chrono::milliseconds(200);
    QString told;
    options.wait.onWaiting = [&told](const QString &message) { told = message; };
    const Result<RebuildReport> report = rebuildStore(store(), options, {});
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().kind, Error::Kind::Io);
    EXPECT_TRUE(told.contains(store()));
    EXPECT_EQ(contentsOf(store()), before);
}

TEST_F(RebuildStore, WhatIsNoStoreIsRefused)
{
    write(QStringLiteral("test.genscope"), "no store");
    EXPECT_FALSE(rebuildStore(store(), {}, {}).ok());
    EXPECT_EQ(files(), QStringList{QStringLiteral("test.genscope")});
    EXPECT_FALSE(rebuildStore(path(QStringLiteral("none.genscope")), {}, {}).ok());
}

} // namespace
} // namespace genscope::test

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A stop, a kill or a full disk in the middle of an import leaves every committed batch, and importing again
// completes it.
#include "storefixture.h"

#include "store/connection.h"
#include "store/viewtable.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>
#include <QRandomGenerator>

#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

#include <sys/resource.h>

namespace genscope::test {
namespace {

class Durability : public StoreTest
{
protected:
    static constexpr int kEvents = 4000;

    QString undisturbed() const { return path(QStringLiteral("undisturbed.genscope")); }
    void SetUp() override
    {
        m_lines = variedDump(kEvents);
        m_dump = write(QStringLiteral("events.jsonl"), m_lines);
        ASSERT_TRUE(importDumps(undisturbed(), {m_dump}, {}, {}).ok());
        m_expected = contentsOf(undisturbed());
    }
    void complete() const
    {
        const Result<ImportReport> report = importDumps(store(), {m_dump}, {}, {});
        ASSERT_TRUE(report.ok()) << report.error().message.toStdString();
        EXPECT_EQ(contentsOf(store()), m_expected);
        expectColumnsMatchTable(store());
    }
    std::unique_ptr<QProcess> startImporter(int batch) const
    {
        auto process = std::make_unique<QProcess>();
        process->start(QStringLiteral(GENSCOPE_STORE_IMPORTER),
                       {QStringLiteral("import"), store(), m_dump, QString::number(batch)});
        EXPECT_TRUE(process->waitForStarted());
        return process;
    }

    std::string m_lines;
    QString m_dump;
    std::string m_expected;
};

TEST_F(Durability, AStoppedImportKeepsItsBatchesAndCanBeCompleted)
{
    StopToken stop;
    ImportOptions options;
    options.batchEvents = 300;
    std::int64_t committed = 0;
    options.onCommit = [&](const SnapshotUpdate &, const ImportReport &report) {
        committed = report.newEvents;
        if (committed > 1000)
            stop.requestStop();
    };
    const Result<ImportReport> report = importDumps(store(), {m_dump}, options, stop);
    ASSERT_TRUE(report.ok()) << report.error().message.toStdString();
    EXPECT_TRUE(report->cancelled);
    EXPECT_GT(committed, 1000);
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM event"), report->newEvents);
    expectColumnsMatchTable(store());
    complete();
}

TEST_F(Durability, AKilledImportKeepsItsBatchesAndCanBeCompleted)
{
    std::int64_t before = 0;
    for (int round = 0; round < 12; ++round) {
        const auto process = startImporter(100);
        const int wait = QRandomGenerator::global()->bounded(5, 250);
        std::this_thread::sleep_for(std::chrono::milliseconds(wait));
        process->kill();
        process->waitForFinished();
        // Each line of its output is one commit that it was told of.
        const QList<QByteArray> told = process->readAllStandardOutput().split('\n');
        if (const auto opened = StoreReader::open(store()); !opened) {
            EXPECT_TRUE(told.size() == 1 && before == 0) << opened.error().message.toStdString();
            continue; // killed before there was a store
        }
        const std::int64_t stored = numberFrom(store(), "SELECT count(*) FROM event");
        const std::int64_t committed = told.size() > 1 ? told.at(told.size() - 2).toLongLong() : 0;
        EXPECT_GE(stored, before + committed) << "killed after " << wait << " ms";
        before = stored;
        expectColumnsMatchTable(store());
    }
    complete();
}

TEST_F(Durability, AFullDiskLosesOnlyTheLastBatch)
{
    // A limit on file sizes fails a write just as a full disk does.
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit small = before;
    small.rlim_cur = 300'000;
    auto *const handler = std::signal(SIGXFSZ, SIG_IGN);
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
    ImportOptions options;
    options.batchEvents = 100;
    std::int64_t committed = 0;
    options.onCommit = [&committed](const SnapshotUpdate &, const ImportReport &report) {
        committed = report.newEvents;
    };
    const Result<ImportReport> report = importDumps(store(), {m_dump}, options, {});
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);

    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().kind, Error::Kind::Io);
    EXPECT_TRUE(report.error().message.contains(store())) << qPrintable(report.error().message);
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM event"), committed);
    expectColumnsMatchTable(store());
    complete();
}

TEST_F(Durability, ASecondImporterWaitsForTheFirst)
{
    std::atomic<bool> waited{false};
    std::thread second;
    ImportOptions first;
    first.batchEvents = 500;
    bool started = false;
    ImportOptions later;
    later.onWaiting = [&waited, this](const QString &message) { waited = message.contains(store()); };
    first.onCommit = [&](const SnapshotUpdate &, const ImportReport &) {
        if (started)
            return;
        started = true;
        second = std::thread([&] {
            const Result<ImportReport> report = importDumps(store(), {m_dump}, later, {});
            EXPECT_TRUE(report.ok());
            EXPECT_EQ(report->newEvents, 0) << "the first one had finished";
        });
        while (!waited)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    };
    ASSERT_TRUE(importDumps(store(), {m_dump}, first, {}).ok());
    second.join();
    EXPECT_EQ(contentsOf(store()), m_expected);
}

TEST_F(Durability, AnImporterWaitsForOtherProgramsThatWrite)
{
    ASSERT_TRUE(ensureStore(store()).ok());
    std::atomic<bool> waited{false};
    std::thread other([&] {
        const auto connection = std::move(Connection::open(store(), Connection::Access::Write)).value();
        ASSERT_TRUE(connection->beginWriting({}, {}).ok());
        const Transaction transaction(*connection);
        ASSERT_TRUE(connection->execute(QStringLiteral("CREATE TABLE other (a)")).ok());
        QElapsedTimer timer;
        timer.start();
        while (!waited && timer.elapsed() < 20'000)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    ImportOptions options;
    options.onWaiting = [&waited](const QString &) { waited = true; };
    const Result<ImportReport> report = importDumps(store(), {m_dump}, options, {});
    other.join();
    ASSERT_TRUE(report.ok()) << report.error().message.toStdString();
    EXPECT_TRUE(waited);
    EXPECT_EQ(contentsOf(store()), m_expected);
}

TEST_F(Durability, AnEditOfViewsGetsATurnBetweenTheBatchesOfAnImport)
{
    std::thread editor;
    std::atomic<bool> edited{false};
    std::atomic<bool> failed{false};
    ImportOptions options;
    options.batchEvents = 100;
    int commitsBefore = 0;
    options.onCommit = [&](const SnapshotUpdate &, const ImportReport &) {
        if (!editor.joinable())
            editor = std::thread([&] {
                const auto views = editViews(store(), [](const std::vector<ViewRow> &) {
                    return Result<std::vector<ViewRow>>({{"mine", "", "{}"}});
                });
                failed = !views.ok();
                edited = true;
            });
        commitsBefore += edited ? 0 : 1;
    };
    ASSERT_TRUE(importDumps(store(), {m_dump}, options, {}).ok());
    editor.join();
    EXPECT_FALSE(failed);
    EXPECT_LE(commitsBefore, 20) << "batches that went before";
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM view"), 1);
    EXPECT_FALSE(QFile::exists(store() + QStringLiteral(".edit")));
}

TEST_F(Durability, AnImporterGivesUpWhenItsPatienceIsAtAnEnd)
{
    ASSERT_TRUE(ensureStore(store()).ok());
    const auto other = std::move(Connection::open(store(), Connection::Access::Write)).value();
    ASSERT_TRUE(other->beginWriting({}, {}).ok());
    const Transaction transaction(*other);
    ImportOptions options;
    options.patience = std::chrono::milliseconds(300);
    QString told;
    options.onWaiting = [&told](const QString &message) { told = message; };
    const Result<ImportReport> report = importDumps(store(), {m_dump}, options, {});
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().kind, Error::Kind::Io);
    EXPECT_TRUE(report.error().message.contains(store())) << qPrintable(report.error().message);
    EXPECT_TRUE(told.contains(store()));
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM event"), 0);
}

TEST_F(Durability, WaitingCanBeStopped)
{
    ASSERT_TRUE(ensureStore(store()).ok());
    const auto other = std::move(Connection::open(store(), Connection::Access::Write)).value();
    ASSERT_TRUE(other->beginWriting({}, {}).ok());
    const Transaction transaction(*other);
    StopToken stop;
    ImportOptions options;
    options.onWaiting = [&stop](const QString &) { stop.requestStop(); };
    const Result<ImportReport> report = importDumps(store(), {m_dump}, options, stop);
    ASSERT_TRUE(report.ok()) << report.error().message.toStdString();
    EXPECT_TRUE(report->cancelled);
}

TEST_F(Durability, LeavesOneFile)
{
    complete();
    const QStringList files = QDir(QFileInfo(store()).path()).entryList({QStringLiteral("test.genscope*")});
    EXPECT_EQ(files, QStringList{QStringLiteral("test.genscope")}) << "no log, no lock";
}

} // namespace
} // namespace genscope::test

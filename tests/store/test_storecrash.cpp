// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Real processes that are killed, run out of disk, or lose it. Whatever happens: the store opens, is sound,
// and a repeated import completes it to the state of an undisturbed one. "State" is contentsOf(): events with
// their bytes and columns, persons, groups, counts of properties, rejects. Numbers of rows are the same, too,
// as dumps are read in order; how events lie in blocks is not part of it.
#include "storefixture.h"

#include "store/connection.h"
#include "store/rebuild.h"
#include "store/schema.h"
#include "store/verify.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>

#include <chrono>
#include <random>
#include <thread>

namespace genscope::test {
namespace {

const QString kImporter = QStringLiteral(GENSCOPE_STORE_IMPORTER);

struct Ended
{
    int status = -1;
    QByteArray out;
    QByteArray err;
};

class StoreCrash : public StoreTest
{
protected:
    static constexpr int kEvents = 3000;

    void SetUp() override
    {
        // A seed that failed can be given again.
        m_seed = qEnvironmentVariableIsSet("GENSCOPE_TEST_SEED")
                     ? qEnvironmentVariable("GENSCOPE_TEST_SEED").toUInt()
                     : std::random_device()();
        m_random.seed(m_seed);
        std::printf("seed: GENSCOPE_TEST_SEED=%u\n", m_seed);
        m_dump = write(QStringLiteral("events.jsonl"), variedDump(kEvents) + copies());
        ASSERT_TRUE(importDumps(undisturbed(), {m_dump}, {}, {}).ok());
        m_expected = contentsOf(undisturbed());
    }
    QString undisturbed() const { return path(QStringLiteral("undisturbed.genscope")); }

    /// Some of the events once more, with more in them.
    static std::string copies()
    {
        std::string lines;
        for (int i = 1; i < kEvents; i += 50) {
            EventLine line;
            line.uuid = i;
            line.properties =
                R"({"$ai_trace_id":"trace-0","$ai_output":"late","rating":)" + std::to_string(i) + "}";
            lines += line.line();
        }
        return lines;
    }
    std::chrono::milliseconds randomWait(int mostMs)
    {
        return std::chrono::milliseconds(std::uniform_int_distribution<int>(1, mostMs)(m_random));
    }
    /// Starts the importer and kills it after a random time. @return what it had said until then
    Ended runAndKill(const QStringList &arguments, int mostMs)
    {
        QProcess process;
        process.start(kImporter, arguments);
        EXPECT_TRUE(process.waitForStarted());
        std::this_thread::sleep_for(randomWait(mostMs));
        process.kill();
        process.waitForFinished();
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }
    static Ended run(const QString &program, const QStringList &arguments)
    {
        QProcess process;
        process.start(program, arguments);
        EXPECT_TRUE(process.waitForFinished(60'000)) << "it hangs";
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }
    QStringList importArguments(int batch) const
    {
        return {QStringLiteral("import"), store(), m_dump, QString::number(batch)};
    }
    static void expectSound(const QString &store)
    {
        const Result<VerifyReport> report = verifyStore(store, {}, {});
        ASSERT_TRUE(report.ok()) << report.error().message.toStdString();
        EXPECT_TRUE(report->sound()) << report->toJson().constData();
    }
    void complete() const
    {
        const Result<ImportReport> report = importDumps(store(), {m_dump}, {}, {});
        ASSERT_TRUE(report.ok()) << report.error().message.toStdString();
        EXPECT_EQ(contentsOf(store()), m_expected);
        expectSound(store());
    }

    unsigned m_seed = 0;
    std::mt19937 m_random;
    QString m_dump;
    std::string m_expected;
};

TEST_F(StoreCrash, AnImportKilledManyTimesIsCompletedToTheSameState)
{
    std::int64_t kept = 0;
    for (int round = 0; round < 20; ++round) {
        SCOPED_TRACE("round " + std::to_string(round) + ", seed " + std::to_string(m_seed));
        const Ended killed = runAndKill(importArguments(40), 150);
        if (kept == 0 && killed.out.isEmpty())
            continue; // killed before there was a store
        const Result<VerifyReport> report = verifyStore(store(), {}, {});
        ASSERT_TRUE(report.ok()) << report.error().message.toStdString();
        ASSERT_TRUE(report->sound()) << report->toJson().constData();
        // Each line of its output is one commit that it was told of.
        const QList<QByteArray> told = killed.out.split('\n');
        const std::int64_t committed = told.size() > 1 ? told.at(told.size() - 2).toLongLong() : 0;
        EXPECT_GE(report->events, kept + committed);
        kept = report->events;
    }
    complete();
}

TEST_F(StoreCrash, ManyImportsEachKilledOnceLeaveSoundStores)
{
    for (int round = 0; round < 12; ++round) {
        SCOPED_TRACE("round " + std::to_string(round) + ", seed " + std::to_string(m_seed));
        for (const char *suffix : {"", "-wal", "-shm", ".lock"})
            QFile::remove(store() + QLatin1String(suffix));
        if (!runAndKill(importArguments(25), 250).out.isEmpty())
            expectSound(store()); // else it was killed while the store was made
        complete();
    }
}

TEST_F(StoreCrash, ARebuildThatIsKilledLeavesTheOldStore)
{
    complete();
    for (int round = 0; round < 12; ++round) {
        SCOPED_TRACE("round " + std::to_string(round) + ", seed " + std::to_string(m_seed));
        runAndKill({QStringLiteral("rebuild"), store()}, 300);
        ASSERT_EQ(contentsOf(store()), m_expected);
        expectSound(store());
    }
    ASSERT_TRUE(rebuildStore(store(), {}, {}).ok());
    EXPECT_EQ(contentsOf(store()), m_expected);
    EXPECT_FALSE(QFileInfo::exists(store() + QStringLiteral(".rebuild"))) << "what was half-made is removed";
}

/// Kills it at a random moment of bringing the store up to date, which takes @p duration undisturbed.
void migrateAndKill(const QString &store, std::chrono::microseconds duration, std::mt19937 &random)
{
    QProcess process;
    process.start(kImporter, {QStringLiteral("migrate"), store});
    EXPECT_TRUE(process.waitForReadyRead()) << "it does not begin";
    std::uniform_int_distribution<std::int64_t> moment(0, duration.count());
    std::this_thread::sleep_for(std::chrono::microseconds(moment(random)));
    process.kill();
    process.waitForFinished();
}

TEST_F(StoreCrash, AnUpdateOfAnOldStoreThatIsKilledIsDoneWholeTheNextTime)
{
    const QString whole = storeOfVersion1(QStringLiteral("whole.genscope"));
    QProcess undisturbed;
    undisturbed.start(kImporter, {QStringLiteral("migrate"), whole});
    ASSERT_TRUE(undisturbed.waitForReadyRead());
    const auto begun = std::chrono::steady_clock::now();
    ASSERT_TRUE(undisturbed.waitForFinished());
    const auto duration =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun);
    const std::string expected = contentsOf(whole);

    int leftOld = 0;
    for (int round = 0; round < 40; ++round) {
        SCOPED_TRACE("round " + std::to_string(round) + ", seed " + std::to_string(m_seed));
        const QString old = storeOfVersion1(QStringLiteral("old%1.genscope").arg(round));
        migrateAndKill(old, duration, m_random);
        leftOld +=
            Connection::open(old, Connection::Access::Read).ok() ? 0 : 1; // refused until it is up to date
        ASSERT_TRUE(ensureStore(old).ok());
        EXPECT_EQ(contentsOf(old), expected);
        expectColumnsMatchTable(old);
    }
    EXPECT_GT(leftOld, 0) << "no kill came before the end";
}

/// Runs a script in a name space of its own, in which it may mount. @return false if that is not allowed here
bool runInNamespace(const QString &script, const QStringList &arguments, Ended &ended)
{
    const QString unshare = QStringLiteral("unshare");
    QProcess probe;
    probe.start(unshare, {QStringLiteral("-rm"), QStringLiteral("true")});
    if (!probe.waitForFinished() || probe.exitStatus() != QProcess::NormalExit || probe.exitCode() != 0)
        return false;
    QProcess process;
    process.start(unshare, QStringList{QStringLiteral("-rm"), QStringLiteral("sh"), QStringLiteral("-euc"),
                                       script, QStringLiteral("sh")} +
                               arguments);
    EXPECT_TRUE(process.waitForFinished(120'000)) << "it hangs";
    ended = {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    return true;
}

TEST_F(StoreCrash, ALockWhoseMakerWasKilledBeforeItSaidWhoItIsDoesNotCount)
{
    QFile lock(store() + QStringLiteral(".lock"));
    ASSERT_TRUE(lock.open(QIODevice::WriteOnly));
    ASSERT_TRUE(
        lock.setFileTime(QDateTime::currentDateTime().addSecs(-60), QFileDevice::FileModificationTime));
    lock.close();
    complete();
}

TEST_F(StoreCrash, AFullDiskIsNamedAndTheImportCompletesOnceThereIsSpace)
{
    // $1 importer, $2 mount point, $3 dump, $4 where the store goes in the end
    const QString script = QStringLiteral(R"(
        mount -t tmpfs -o size=1m tmpfs "$2"
        set +e
        "$1" import "$2/s.genscope" "$3" 200 2>"$4.error"
        echo "full $?"
        "$1" verify "$2/s.genscope" >/dev/null; echo "verify $?"
        "$1" import "$2/s.genscope" "$3" 200 2>/dev/null; echo "again $?"
        head -c 1m /dev/zero >"$2/rest" 2>/dev/null # a small store could be rebuilt in what is left
        "$1" rebuild "$2/s.genscope" 2>>"$4.error"; echo "rebuild $?"
        rm "$2/rest"
        "$1" verify "$2/s.genscope" >/dev/null; echo "verify $?"
        mount -o remount,size=64m "$2"
        "$1" import "$2/s.genscope" "$3" 200; echo "completed $?"
        "$1" verify "$2/s.genscope" >/dev/null; echo "verify $?"
        ls "$2"
        cp "$2/s.genscope" "$4"
    )");
    const QString disk = path(QStringLiteral("disk"));
    ASSERT_TRUE(QDir().mkdir(disk));
    Ended ended;
    if (!runInNamespace(script, {kImporter, disk, m_dump, store()}, ended))
        GTEST_SKIP() << "mounting is not allowed here";
    ASSERT_EQ(ended.status, 0) << ended.err.constData() << ended.out.constData();
    const QString words =
        QString::fromUtf8(ended.out).remove(QRegularExpression(QStringLiteral("(?m)^\\d+\\n")));
    EXPECT_EQ(words.toStdString(),
              "full 3\nverify 0\nagain 3\nrebuild 3\nverify 0\ncompleted 0\nverify 0\ns.genscope\n");
    QFile errors(store() + QStringLiteral(".error"));
    ASSERT_TRUE(errors.open(QIODevice::ReadOnly));
    const QByteArrayList lines = errors.readAll().trimmed().split('\n');
    ASSERT_EQ(lines.size(), 2) << "one of the import, one of the rebuild";
    for (const QByteArray &line : lines) {
        EXPECT_TRUE(line.startsWith(disk.toUtf8() + "/s.genscope")) << line.constData();
        EXPECT_TRUE(line.contains("no space left")) << line.constData();
    }
    EXPECT_EQ(contentsOf(store()), m_expected);
}

TEST_F(StoreCrash, AStoreThatIsTakenAwayEndsTheImportWithAnError)
{
    QProcess process;
    process.start(kImporter, importArguments(20));
    ASSERT_TRUE(process.waitForReadyRead(60'000)) << "no batch was committed";
    const QString away = path(QStringLiteral("away"));
    ASSERT_TRUE(QDir().mkdir(away));
    for (const char *suffix : {"", "-wal", "-shm"})
        QFile::rename(store() + QLatin1String(suffix),
                      away + QStringLiteral("/test.genscope") + QLatin1String(suffix));
    ASSERT_TRUE(process.waitForFinished(60'000)) << "it hangs";
    const QByteArray error = process.readAllStandardError();
    EXPECT_EQ(process.exitStatus(), QProcess::NormalExit);
    EXPECT_EQ(process.exitCode(), 3) << "what is written to a removed file is not kept";
    EXPECT_TRUE(error.startsWith(store().toUtf8())) << error.constData();
    complete(); // in its old place
    expectSound(away + QStringLiteral("/test.genscope"));
}

TEST_F(StoreCrash, ADriveThatIsRemovedEndsTheImportWithAnError)
{
    const QString script = QStringLiteral(R"(
        mount -t tmpfs -o size=64m tmpfs "$2"
        set +e
        mkfifo "$4.pipe"
        "$1" import "$2/s.genscope" - 50 <"$4.pipe" 2>"$4.error" >"$4.out" &
        importer=$!
        exec 3>"$4.pipe"
        head -n 1000 "$3" >&3
        tries=0
        while [ ! -s "$4.out" ] && [ $tries -lt 200 ]; do sleep 0.05; tries=$((tries+1)); done
        umount -l "$2"
        tail -n +1001 "$3" >&3
        exec 3>&-
        wait $importer; echo "removed $?"
    )");
    const QString disk = path(QStringLiteral("disk"));
    ASSERT_TRUE(QDir().mkdir(disk));
    Ended ended;
    if (!runInNamespace(script, {kImporter, disk, m_dump, store()}, ended))
        GTEST_SKIP() << "mounting is not allowed here";
    EXPECT_EQ(ended.out.toStdString(), "removed 3\n") << ended.err.constData();
    QFile error(store() + QStringLiteral(".error"));
    ASSERT_TRUE(error.open(QIODevice::ReadOnly));
    const QByteArray said = error.readAll();
    EXPECT_TRUE(said.contains(disk.toUtf8() + "/s.genscope: the store was removed")) << said.constData();
}

TEST_F(StoreCrash, ASilentPipeKeepsNobodyFromWriting)
{
    QProcess process;
    process.start(kImporter,
                  {QStringLiteral("import"), store(), QStringLiteral("-"), QStringLiteral("100000")});
    ASSERT_TRUE(process.waitForStarted());
    QFile dump(m_dump);
    ASSERT_TRUE(dump.open(QIODevice::ReadOnly));
    for (int i = 0; i < 100; ++i)
        process.write(dump.readLine());
    ASSERT_TRUE(process.waitForReadyRead(20'000)) << "what came through the pipe was not committed";
    // It writes the rest of what it had within the next second; then anybody may write.
    std::this_thread::sleep_for(std::chrono::milliseconds(2500));
    {
        const auto other = std::move(Connection::open(store(), Connection::Access::Write)).value();
        EXPECT_GT(*other->integer("SELECT count(*) FROM event"), 90);
        WriterWait wait;
        wait.patience = std::chrono::milliseconds(100);
        const Status begun = other->beginWriting(wait, {});
        EXPECT_TRUE(begun.ok()) << begun.error().message.toStdString();
        other->rollback();
    }
    process.write(dump.readAll());
    process.closeWriteChannel();
    ASSERT_TRUE(process.waitForFinished(60'000));
    EXPECT_EQ(process.exitCode(), 0) << process.readAllStandardError().constData();
    complete();
}

} // namespace
} // namespace genscope::test

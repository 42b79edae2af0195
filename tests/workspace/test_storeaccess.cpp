// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Two windows on one store: the second one only reads, follows the first, and takes its place when it is
// gone.
#include "workspace/workspace.h"

#include "store/importer.h"
#include "workspace/rebuildjob.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <unistd.h>

using namespace genscope;

namespace {

QByteArray call(int number)
{
    return QStringLiteral(R"({"uuid":"00000000-0000-4000-8000-%1","event":"$ai_generation",)"
                          R"("timestamp":"2025-06-02T10:00:00Z","distinct_id":"ada",)"
                          R"("properties":{"$ai_trace_id":"t","$ai_model":"gpt-4o"}})"
                          "\n")
        .arg(number, 12, 10, QLatin1Char('0'))
        .toUtf8();
}

class StoreAccessTest : public ::testing::Test
{
protected:
    void SetUp() override { ASSERT_TRUE(importDumps(store(), {dump(1)}, {}, {}).ok()); }

    QString store() const { return m_folder.filePath(QStringLiteral("a.genscope")); }
    QString lockFile() const { return store() + QStringLiteral(".window"); }
    QString dump(int number) const
    {
        const QString path = m_folder.filePath(QStringLiteral("%1.jsonl").arg(number));
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(call(number));
        return path;
    }
    void open(Workspace &workspace) const
    {
        QSignalSpy opened(&workspace, &Workspace::opened);
        workspace.open(store());
        ASSERT_TRUE(opened.wait());
    }
    static void expectEvents(const Workspace &workspace, std::int64_t events)
    {
        EXPECT_TRUE(QTest::qWaitFor([&] { return workspace.selection()->storedEvents == events; }))
            << workspace.selection()->storedEvents;
    }

    QTemporaryDir m_folder;
};

TEST_F(StoreAccessTest, TheFirstWindowMayWriteAndTheSecondSaysWhoHasTheStore)
{
    Workspace first;
    Workspace second;
    open(first);
    open(second);
    EXPECT_FALSE(first.isReadOnly());
    EXPECT_TRUE(first.readOnlyReason().isEmpty());
    EXPECT_TRUE(second.isReadOnly());
    EXPECT_TRUE(second.readOnlyReason().contains(QString::number(getpid())))
        << qPrintable(second.readOnlyReason());
    EXPECT_TRUE(second.readOnlyReason().contains(QSysInfo::machineHostName()))
        << qPrintable(second.readOnlyReason());
    expectEvents(second, 1);
}

TEST_F(StoreAccessTest, TheSecondWindowDoesNotImport)
{
    Workspace first;
    Workspace second;
    open(first);
    open(second);
    QSignalSpy failed(&second, &Workspace::failed);
    QSignalSpy started(&second, &Workspace::importStarted);
    second.importFiles({dump(2)});
    ASSERT_EQ(failed.size(), 1);
    EXPECT_TRUE(failed.first().first().value<Error>().message.contains(second.readOnlyReason()));
    EXPECT_TRUE(started.isEmpty());
}

TEST_F(StoreAccessTest, TheSecondWindowFollowsTheFirst)
{
    Workspace first;
    Workspace second;
    open(first);
    open(second);
    first.importFiles({dump(2)});
    expectEvents(first, 2);
    expectEvents(second, 2);
}

TEST_F(StoreAccessTest, AWindowFollowsTheCommandLine)
{
    Workspace window;
    open(window);
    ASSERT_TRUE(importDumps(store(), {dump(2)}, {}, {}).ok())
        << "a window that is idle keeps nobody from writing";
    expectEvents(window, 2);
}

TEST_F(StoreAccessTest, TheSecondWindowTakesOverWhenTheFirstCloses)
{
    auto first = std::make_unique<Workspace>();
    Workspace second;
    open(*first);
    open(second);
    QSignalSpy changed(&second, &Workspace::accessChanged);
    first.reset();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !second.isReadOnly(); }));
    EXPECT_FALSE(changed.isEmpty());
    second.importFiles({dump(2)});
    expectEvents(second, 2);
}

TEST_F(StoreAccessTest, AWindowThatCrashedHoldsNothing)
{
    {
        // What a killed window leaves behind: the number of a process that is gone, on this machine.
        QProcess gone;
        gone.start(QStringLiteral("true"), QStringList());
        ASSERT_TRUE(gone.waitForStarted());
        const qint64 process = gone.processId();
        ASSERT_TRUE(gone.waitForFinished());
        QFile left(lockFile());
        ASSERT_TRUE(left.open(QIODevice::WriteOnly));
        left.write(
            QStringLiteral("%1\ngenscope\n%2\n").arg(process).arg(QSysInfo::machineHostName()).toUtf8());
    }
    Workspace window;
    open(window);
    EXPECT_FALSE(window.isReadOnly()) << qPrintable(window.readOnlyReason());
}

TEST_F(StoreAccessTest, ClosingLeavesOnlyTheStore)
{
    Workspace window;
    open(window);
    EXPECT_TRUE(QFile::exists(lockFile()));
    window.close();
    EXPECT_FALSE(QFile::exists(lockFile()));
    EXPECT_FALSE(window.isReadOnly());
}

TEST_F(StoreAccessTest, AFileThatCannotBeWrittenIsOpenedReadOnly)
{
    if (geteuid() == 0)
        GTEST_SKIP() << "root may write everything";
    ASSERT_TRUE(QFile::setPermissions(store(), QFile::ReadOwner));
    Workspace window;
    open(window);
    EXPECT_TRUE(window.isReadOnly());
    expectEvents(window, 1);
}

TEST_F(StoreAccessTest, ARebuiltStoreIsShownAgain)
{
    Workspace window;
    open(window);
    RebuildJob job;
    QSignalSpy finished(&job, &RebuildJob::finished);
    job.start(store());
    EXPECT_TRUE(job.isRunning());
    ASSERT_TRUE(finished.wait());
    EXPECT_EQ(finished.first().at(1).value<RebuildReport>().events, 1);
    window.importFiles({dump(2)});
    expectEvents(window, 2);
}

} // namespace

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later

// `genscope sync` as a process, against a server on this machine that behaves as documented: what it prints,
// how it ends, and that a kill at any moment costs nothing.

#include "support/testpaths.h"
#include "sync/syncfixture.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonDocument>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTimer>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <functional>
#include <random>

namespace genscope::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class SyncCommand : public Sync
{
protected:
    struct Ended
    {
        int status = -1; ///< -1: it was killed
        std::string out;
        std::string err;
        QJsonObject report() const
        {
            return QJsonDocument::fromJson(QByteArray::fromStdString(out)).object();
        }
    };
    QByteArray m_key = m_server.key; ///< of the environment; empty: none there
    std::function<void(QProcess &)> m_meanwhile;

    /// Runs it while the server answers. @param options  behind `sync STORE`; empty: those of the server
    Ended run(QStringList options = {}, const QString &into = {})
    {
        if (options.isEmpty())
            options = {QStringLiteral("--host"), m_server.address().toString(), QStringLiteral("--project"),
                       m_server.project, QStringLiteral("--json")};
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove(QStringLiteral("GENSCOPE_API_KEY"));
        if (!m_key.isEmpty())
            environment.insert(QStringLiteral("GENSCOPE_API_KEY"), QString::fromLatin1(m_key));
        environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("unix:path=/nowhere"));
        process.setProcessEnvironment(environment);
        QEventLoop loop;
        QObject::connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
        process.start(programPath(),
                      QStringList{QStringLiteral("sync"), into.isEmpty() ? store() : into} + options);
        if (m_meanwhile)
            m_meanwhile(process);
        QTimer::singleShot(60'000, &loop, &QEventLoop::quit);
        loop.exec();
        EXPECT_EQ(process.state(), QProcess::NotRunning);
        Ended ended;
        ended.status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
        ended.out = process.readAllStandardOutput().toStdString();
        ended.err = process.readAllStandardError().toStdString();
        return ended;
    }
};

TEST_F(SyncCommand, ReportsWhatItPulled)
{
    const Ended first = run();
    EXPECT_EQ(first.status, 0) << first.err;
    EXPECT_EQ(first.err, "");
    const QJsonObject report = first.report();
    EXPECT_EQ(report[QLatin1String("new")].toInt(), 24) << first.out;
    EXPECT_EQ(report[QLatin1String("project")].toString(), m_server.project);
    EXPECT_TRUE(report[QLatin1String("complete")].toBool());
    EXPECT_TRUE(report[QLatin1String("error")].isNull());
    EXPECT_EQ(report[QLatin1String("content_wanted")].toInt(), 0);
    const Ended again = run({QStringLiteral("--host"), m_server.address().toString(),
                             QStringLiteral("--project"), m_server.project});
    EXPECT_EQ(again.status, 0);
    EXPECT_THAT(again.out, HasSubstr("0 new, 0 duplicates")) << "words without --json";
    expectColumnsMatchTable(store());
}

TEST_F(SyncCommand, WrongUsageIsStatusTwo)
{
    EXPECT_EQ(run({QStringLiteral("--project"), m_server.project}).status, 2) << "no host";
    EXPECT_EQ(run({QStringLiteral("--host"), QStringLiteral("us")}).status, 2) << "no project";
    const Ended when = run({QStringLiteral("--host"), QStringLiteral("us"), QStringLiteral("--project"),
                            m_server.project, QStringLiteral("--since"), QStringLiteral("yesteryear")});
    EXPECT_EQ(when.status, 2);
    EXPECT_THAT(when.err, HasSubstr("yesteryear"));
    m_key = "phc_everybodyknowsit";
    const Ended token = run();
    EXPECT_EQ(token.status, 2);
    EXPECT_THAT(token.err, HasSubstr("it can only send events, never read them"));
    m_key.clear();
    const Ended none = run();
    EXPECT_EQ(none.status, 2) << "no key in the environment, and no key ring";
    EXPECT_THAT(none.err, HasSubstr("GENSCOPE_API_KEY"));
    EXPECT_FALSE(QFile::exists(store()));
    EXPECT_TRUE(m_server.requests.empty()) << "none of these is a question for a server";
}

TEST_F(SyncCommand, ARefusalIsStatusFourAndSaysWhatToDo)
{
    m_key = "phx_ofanotherregion";
    const Ended region = run();
    EXPECT_EQ(region.status, 4);
    EXPECT_THAT(region.err, AllOf(HasSubstr("127.0.0.1"), HasSubstr("another region (US, EU)"),
                                  Not(HasSubstr("ofanotherregion"))));
    EXPECT_FALSE(region.report()[QLatin1String("complete")].toBool(true));
    m_key = m_server.key;
    m_server.missingScopes = {QStringLiteral("query:read")};
    EXPECT_THAT(run().err, HasSubstr("lacks the scope query:read"));
}

TEST_F(SyncCommand, AStoreThatIsNoneIsStatusThreeAndUntouched)
{
    QFile file(store());
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("my diary, not a store");
    file.close();
    const Ended ended = run();
    EXPECT_EQ(ended.status, 3);
    EXPECT_THAT(ended.err, HasSubstr("store"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.readAll(), "my diary, not a store");
}

TEST_F(SyncCommand, ASignalKeepsWhatWasCommittedAndIsStatusOne)
{
    QProcess *running = nullptr;
    m_meanwhile = [&](QProcess &process) { running = &process; };
    m_server.intercept = [&](int, const Request &request) -> std::optional<Answer> {
        if (!request.body.contains("genscope content\""))
            return std::nullopt;
        ::kill(static_cast<pid_t>(running->processId()), SIGTERM);
        return PostHogServer::error("429 Too Many Requests", QStringLiteral("throttled"),
                                    QStringLiteral("Request was throttled."), "Retry-After: 100\r\n");
    };
    const Ended ended = run();
    EXPECT_EQ(ended.status, 1);
    EXPECT_THAT(ended.err, HasSubstr("stopped; what was committed until then is kept"));
    EXPECT_EQ(ended.report()[QLatin1String("new")].toInt(), 24) << ended.out;
    EXPECT_FALSE(ended.report()[QLatin1String("complete")].toBool(true));
    m_server.intercept = nullptr;
    EXPECT_EQ(run().report()[QLatin1String("updated")].toInt(), 24) << "the content";
}

/// The same store as an undisturbed sync makes, however often and whenever the one before was killed.
TEST_F(SyncCommand, KilledAtAnyMomentItLosesAndRepeatsNothing)
{
    fill(60, nowUs() - 2 * kDay, kHour / 2);
    const QString other = path(QStringLiteral("whole.genscope"));
    m_server.mostRows = 7; // many pages, and many commits
    ASSERT_EQ(run({}, other).status, 0);
    const std::string whole = contentsOf(other);
    const int most = static_cast<int>(m_server.requests.size());
    std::mt19937 random(5);
    int killed = 0;
    for (int round = 0; round < 4; ++round) {
        const QString into = path(QStringLiteral("killed%1.genscope").arg(round));
        QProcess *running = nullptr;
        m_meanwhile = [&](QProcess &process) { running = &process; };
        for (int times = 0; times < 3; ++times) {
            m_server.requests.clear();
            const int at = std::uniform_int_distribution(2, std::max(2, most - 2))(random);
            const int delay = std::uniform_int_distribution(0, 12)(random);
            m_server.intercept = [&, at, delay](int number, const Request &) -> std::optional<Answer> {
                if (number == at) // also in the middle of a commit that comes behind the answer
                    QTimer::singleShot(delay, &m_server, [&] {
                        if (running != nullptr && running->state() == QProcess::Running)
                            ::kill(static_cast<pid_t>(running->processId()), SIGKILL);
                    });
                return std::nullopt;
            };
            killed += run({}, into).status == -1;
            running = nullptr;
        }
        m_server.intercept = nullptr;
        m_meanwhile = nullptr;
        const Ended last = run({}, into);
        ASSERT_EQ(last.status, 0) << last.err;
        expectColumnsMatchTable(into);
        ASSERT_TRUE(contentsOf(into) == whole) << "round " << round;
    }
    EXPECT_GT(killed, 5) << "most of the twelve were killed in the middle of their work";
}

} // namespace
} // namespace genscope::test

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later

// `genscope capture` as a process: how it begins and ends, and that nothing it acknowledged is ever lost.

#include "storefixture.h"
#include "support/testpaths.h"
#include "sync/rawclient.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QUuid>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <set>

namespace genscope::test {
namespace {

using testing::HasSubstr;

/// A running `genscope capture` on a port of its own.
class Endpoint
{
public:
    explicit Endpoint(const QString &store, const QStringList &options = {})
    {
        m_process.start(test::programPath(),
                        QStringList{QStringLiteral("capture"), store, QStringLiteral("--port"),
                                    QStringLiteral("0"), QStringLiteral("--json")} +
                            options);
        m_process.setReadChannel(QProcess::StandardError);
        QByteArray told;
        while (!told.contains('\n') && m_process.waitForReadyRead(30'000))
            told += m_process.readAllStandardError();
        const qsizetype port = told.indexOf("127.0.0.1:") + 10;
        m_port = static_cast<quint16>(told.mid(port, told.indexOf(',', port) - port).toUShort());
        EXPECT_NE(m_port, 0) << told.constData();
    }
    ~Endpoint() { m_process.kill(), m_process.waitForFinished(); }

    quint16 port() const { return m_port; }
    void signal(int number) { ::kill(static_cast<pid_t>(m_process.processId()), number); }
    /// @return the exit status; -1: it was killed
    int wait()
    {
        EXPECT_TRUE(m_process.waitForFinished(30'000));
        m_process.setReadChannel(QProcess::StandardOutput);
        m_out = m_process.readAllStandardOutput();
        return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }
    const QByteArray &out() const { return m_out; }

private:
    QProcess m_process;
    quint16 m_port = 0;
    QByteArray m_out;
};

QByteArray newUuid()
{
    return QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
}

QByteArray batchOf(const QList<QByteArray> &uuids)
{
    QByteArray list;
    for (const QByteArray &uuid : uuids)
        list += (list.isEmpty() ? "" : ",") +
                QByteArray(R"({"event":"$ai_generation","distinct_id":"ada",)") +
                R"("timestamp":"2026-11-23T10:00:00Z","uuid":")" + uuid +
                R"(","properties":{"$ai_model":"gpt-4o","$ai_input":"hello"}})";
    return postOf("/batch/", R"({"api_key":"phc_x","batch":[)" + list + "]}");
}

class CaptureCommand : public StoreTest
{
};

TEST_F(CaptureCommand, NothingThatWasAcknowledgedIsLostWhenItIsKilled)
{
    std::set<std::string> acknowledged;
    for (int round = 0; round < 5; ++round) {
        Endpoint endpoint(store());
        RawClient client(endpoint.port());
        QElapsedTimer timer;
        timer.start();
        for (int sent = 0; timer.elapsed() < 200 + 130 * round; ++sent) {
            const QList<QByteArray> uuids{newUuid(), newUuid(), newUuid()};
            if (client.ask(batchOf(uuids)).status != 200)
                break;
            for (const QByteArray &uuid : uuids)
                acknowledged.insert(uuid.toStdString());
        }
        client.write(batchOf({newUuid()})); // on its way
        endpoint.signal(SIGKILL);
        EXPECT_EQ(endpoint.wait(), -1);
    }
    ASSERT_GT(acknowledged.size(), 30u);
    const Finished verified = runGenscope({QStringLiteral("verify"), store()});
    EXPECT_EQ(verified.status, 0) << verified.out.constData() << verified.err.constData();
    const Finished listed = runGenscope({QStringLiteral("list"), store(), QStringLiteral("generations"),
                                         QStringLiteral("--columns"), QStringLiteral("uuid"),
                                         QStringLiteral("--format"), QStringLiteral("csv")});
    std::set<std::string> stored;
    for (const QByteArray &line : listed.out.split('\n'))
        stored.insert(line.trimmed().toStdString());
    for (const std::string &uuid : acknowledged)
        EXPECT_TRUE(stored.contains(uuid)) << uuid << " was acknowledged and is lost";
}

TEST_F(CaptureCommand, ASignalCommitsAndEndsItWithAReport)
{
    for (const int signal : {SIGINT, SIGTERM}) {
        Endpoint endpoint(store());
        RawClient client(endpoint.port());
        EXPECT_EQ(client.ask(batchOf({newUuid(), newUuid()})).status, 200);
        QElapsedTimer timer;
        timer.start();
        endpoint.signal(signal);
        EXPECT_EQ(endpoint.wait(), 0);
        EXPECT_LT(timer.elapsed(), 10'000);
        const QJsonObject report = jsonObject(endpoint.out());
        EXPECT_EQ(report[QStringLiteral("new")].toInt(), 2);
        EXPECT_EQ(report[QStringLiteral("requests")].toInt(), 1);
        EXPECT_EQ(report[QStringLiteral("refused")].toInt(), 0);
        EXPECT_THAT(report[QStringLiteral("address")].toString().toStdString(),
                    HasSubstr("http://127.0.0.1:"));
    }
    EXPECT_EQ(query({QStringLiteral("--measure"), QStringLiteral("generations")}),
              QByteArray("generations\n4\n"));
}

TEST_F(CaptureCommand, WhatWasRefusedIsToldByTheExitStatus)
{
    Endpoint endpoint(store());
    RawClient client(endpoint.port());
    EXPECT_EQ(client.ask(postOf("/batch/", "nonsense")).status, 400);
    endpoint.signal(SIGTERM);
    EXPECT_EQ(endpoint.wait(), 1);
    EXPECT_EQ(jsonObject(endpoint.out())[QStringLiteral("refused")].toInt(), 1);
}

TEST_F(CaptureCommand, SaysWhatIsWrong)
{
    const auto run = [this](const QStringList &options) {
        return runGenscope(QStringList{QStringLiteral("capture"), store()} + options);
    };
    const Finished open = run({QStringLiteral("--host"), QStringLiteral("0.0.0.0")});
    EXPECT_EQ(open.status, 2);
    EXPECT_THAT(open.err.toStdString(), HasSubstr("set a token"));
    EXPECT_EQ(run({QStringLiteral("--port"), QStringLiteral("many")}).status, 2);
    EXPECT_EQ(runGenscope({QStringLiteral("capture")}).status, 2);
    Endpoint endpoint(path("other.genscope"));
    const Finished inUse = run({QStringLiteral("--port"), QString::number(endpoint.port())});
    EXPECT_EQ(inUse.status, 3);
    EXPECT_THAT(inUse.err.toStdString(), HasSubstr("another program listens there"));
    write("no.genscope", "this is no store");
    const Finished noStore = runGenscope(
        {QStringLiteral("capture"), path("no.genscope"), QStringLiteral("--port"), QStringLiteral("0")});
    EXPECT_EQ(noStore.status, 3);
    EXPECT_EQ(bytesOf(path("no.genscope")), "this is no store") << "untouched";
}

/// With the real SDKs, where they are at hand: GENSCOPE_SDK_MODULES names a node_modules folder that holds
/// posthog-node, @posthog/ai and openai. Genscope itself needs none of them.
TEST_F(CaptureCommand, TakesWhatRealSdksSend)
{
    const QString modules = qEnvironmentVariable("GENSCOPE_SDK_MODULES");
    if (modules.isEmpty())
        GTEST_SKIP()
            << "set GENSCOPE_SDK_MODULES to a node_modules folder with posthog-node, @posthog/ai and "
               "openai to run this";
    Endpoint endpoint(store());
    QProcess node;
    node.start(QStringLiteral("node"), {test::sourceRoot() + QStringLiteral("/tests/sync/sdk/sendevents.mjs"),
                                        QStringLiteral("http://127.0.0.1:%1").arg(endpoint.port()), modules});
    if (!node.waitForStarted(5000))
        GTEST_SKIP() << "node is not installed";
    ASSERT_TRUE(node.waitForFinished(60'000));
    const QJsonObject told = jsonObject(node.readAllStandardOutput());
    ASSERT_EQ(node.exitCode(), 0) << node.readAllStandardError().constData();
    endpoint.signal(SIGTERM);
    EXPECT_EQ(endpoint.wait(), 0);
    const QJsonObject report = jsonObject(endpoint.out());
    QJsonObject sent = told[QStringLiteral("sent")].toObject();
    int all = 0;
    for (const QJsonValue count : sent)
        all += count.toInt();
    for (const QString &name : sent.keys()) {
        if (!name.startsWith(QLatin1String("$ai_")))
            sent.remove(name); // counted as ignored
    }
    EXPECT_EQ(report[QStringLiteral("by_event")].toObject(), sent);
    EXPECT_EQ(report[QStringLiteral("events")].toInt(), all);
    EXPECT_EQ(runGenscope({QStringLiteral("verify"), store()}).status, 0);
}

} // namespace
} // namespace genscope::test

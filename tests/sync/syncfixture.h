// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/storefixture.h"
#include "sync/posthogserver.h"
#include "sync/syncrun.h"

#include <QFile>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace genscope::test {

inline constexpr qint64 kSecond = 1'000'000;
inline constexpr qint64 kHour = 3600 * kSecond;
inline constexpr qint64 kDay = 24 * kHour;

using Answer = PostHogServer::Answer;
using Request = PostHogServer::Request;

inline QString uuidOf(int number)
{
    return QStringLiteral("0192f5c1-7a10-7b3e-9d52-%1").arg(number, 12, 10, QLatin1Char('0'));
}

/// Pulls into a store from a server on this machine with 24 events of the last day, a person and a group.
class Sync : public StoreTest
{
protected:
    qint64 nowUs() const { return m_server.now.toMSecsSinceEpoch() * 1000; }

    /// @p count events of the last days, some at the very same time, three a trace.
    void fill(int count, qint64 lastUs, qint64 stepUs = kHour)
    {
        for (int i = 0; i < count; ++i) {
            ServedEvent event;
            event.uuid = uuidOf(1000 - static_cast<int>(m_server.events.size()));
            event.timestampUs = lastUs - (i / 2) * stepUs;
            event.createdUs = event.timestampUs + kSecond;
            event.trace = QStringLiteral("trace-%1").arg(i / 3);
            event.properties[QLatin1String("$ai_input_tokens")] = i;
            event.input = QStringLiteral(R"([{"role":"user","content":"question %1"}])").arg(i);
            event.output = QStringLiteral(R"([{"role":"assistant","content":"answer %1"}])").arg(i);
            m_server.events.push_back(event);
        }
    }
    void SetUp() override
    {
        fill(24, nowUs() - kHour);
        m_server.persons[m_server.events.front().personId] = {
            {QStringLiteral("plan"), QStringLiteral("pro")}};
        m_server.companies[QStringLiteral("acme")] = {{QStringLiteral("tier"), QStringLiteral("gold")}};
    }

    RemoteProject project() const { return {m_server.address(), m_server.project}; }
    static SyncOptions options(int rows = 5)
    {
        SyncOptions options;
        options.pace = 0;
        options.plan.rows = options.plan.mostRows = rows;
        options.plan.contentRows = 4;
        options.plan.traces = 3;
        options.plan.useExports = false;
        options.client.budget = std::make_shared<RequestBudget>();
        return options;
    }
    SyncReport sync(const SyncOptions &options, const QString &into, const StopToken &stop = {})
    {
        return syncProject(into, project(), m_server.key, options, stop);
    }
    SyncReport sync(const SyncOptions &options = Sync::options()) { return sync(options, store()); }
    static std::string words(const SyncReport &report)
    {
        return report.error ? report.error->message.toStdString() : "no error";
    }
    /// What a sync that nothing disturbs makes.
    std::string undisturbed()
    {
        const QString other = path(QStringLiteral("undisturbed.genscope"));
        QFile::remove(other);
        EXPECT_EQ(words(sync(options(), other)), "no error");
        return contentsOf(other);
    }
    int questions(const char *name) const
    {
        return static_cast<int>(
            std::count_if(m_server.requests.begin(), m_server.requests.end(), [&](const Request &request) {
                return request.body.contains(QByteArray("genscope ") + name);
            }));
    }

    PostHogServer m_server;
};

} // namespace genscope::test

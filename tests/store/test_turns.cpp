// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Writers of one store take turns: who waits says so in STORE.wanted, and who holds the store for long lets
// go.

#include "ingest/normalise.h"
#include "store/livewriter.h"
#include "store/storefixture.h"
#include "store/writelock.h"

#include <QFile>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include <gtest/gtest.h>

using namespace genscope;
using namespace genscope::test;
using namespace std::chrono_literals;

namespace {

constexpr auto kPatience = 20s;

LiveBatch batchOf(int uuid, std::function<void(const Status &)> done)
{
    EventParser parser;
    EventLine line;
    line.uuid = uuid;
    auto event = parser.parse(line.line());
    EXPECT_TRUE(event.ok());
    LiveBatch batch;
    batch.events.push_back(std::move(*event));
    batch.done = std::move(done);
    return batch;
}

bool waitUntil(const std::function<bool()> &holds)
{
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end)
            return false;
        std::this_thread::sleep_for(5ms);
    }
    return true;
}

class Turns : public StoreTest
{
protected:
    QString wanted() const { return store() + QStringLiteral(".wanted"); }
};

TEST_F(Turns, WhoWaitsSaysSoAndTakesTheSignAway)
{
    import(variedDump(10));
    auto held = lockForWriting(store(), {}, {});
    ASSERT_TRUE(held);
    EXPECT_FALSE(isWantedByOthers(store()));
    auto waiting = std::async(std::launch::async, [this] { return lockForWriting(store(), {}, {}).ok(); });
    EXPECT_TRUE(waitUntil([this] { return isWantedByOthers(store()); }));
    EXPECT_TRUE(QFile::exists(wanted()));
    held->reset();
    EXPECT_TRUE(waiting.get());
    EXPECT_FALSE(QFile::exists(wanted()));
}

TEST_F(Turns, ASignThatACrashLeftBehindFades)
{
    import(variedDump(10));
    QFile sign(wanted());
    ASSERT_TRUE(sign.open(QIODevice::WriteOnly));
    EXPECT_TRUE(isWantedByOthers(store()));
    ASSERT_TRUE(
        sign.setFileTime(QDateTime::currentDateTime().addSecs(-60), QFileDevice::FileModificationTime));
    EXPECT_FALSE(isWantedByOthers(store()));
}

TEST_F(Turns, AnImportGetsItsTurnWhileEventsKeepComing)
{
    auto live = LiveWriter::open(store(), {}, {}, {});
    ASSERT_TRUE(live);
    std::atomic<bool> stop = false;
    std::atomic<int> stored = 0;
    std::thread sender([&] {
        for (int uuid = 100'000; !stop; ++uuid) {
            (*live)->add(batchOf(uuid, [&](const Status &done) { stored += done.ok() ? 1 : 0; }));
            std::this_thread::sleep_for(2ms);
        }
    });
    EXPECT_TRUE(waitUntil([&] { return stored > 10; })) << "it holds the store";
    const ImportReport report = import(variedDump(100));
    EXPECT_GT(report.newEvents, 0);
    stop = true;
    sender.join();
    (*live)->finish();
    expectColumnsMatchTable(store());
}

} // namespace

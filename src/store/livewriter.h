// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/snapshot.h"
#include "core/event.h"
#include "core/result.h"
#include "core/stoptoken.h"
#include "ingest/importreport.h"
#include "store/connection.h"

#include <QString>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace genscope {

struct OutcomeTally;
class StoreWriter;

/// Events that came together, and who wants to know when they are durable.
struct LiveBatch
{
    std::vector<Event> events;
    std::vector<Reject> rejects;
    std::int64_t bytes = 0; ///< as they came
    /// Told once, when all of it is committed, or why it could not be. @thread the writing one
    std::function<void(const Status &)> done;
};

/// Writes events as they come: what waits becomes durable in one transaction, and its senders are told behind
/// it. Among writers it is one like others: it holds the store while events come, and lets go of it when none
/// came for a while, or another waits for it, so that an import gets its turn.
/// @thread any; it has one of its own
class LiveWriter
{
public:
    using Clock = std::chrono::steady_clock;
    struct Options
    {
        QString source; ///< `http://127.0.0.1:8765`
        bool allEvents = false;
        /// How long a batch may wait for the store; then it is refused, and its sender can try again.
        std::chrono::milliseconds patience{8'000};
        std::chrono::milliseconds restAfter{2'000}; ///< without an event the store is let go
        /// How often the last columns are written while events come. They are for readers: an event is
        /// durable with its group.
        std::chrono::milliseconds columnsEvery{2'000};
        std::size_t mostWaiting = std::size_t{128} << 20; ///< bytes of events
        /// Told after every group, with the report so far. @thread the writing one
        std::function<void(const ImportReport &)> onStored;
        /// Told after commits that wrote columns, and when the store is let go: what changed, and the report
        /// so far. @thread the writing one
        std::function<void(const SnapshotUpdate &, const ImportReport &)> onCommit;
        /// Told when another program is writing and this one waits. @thread the writing one
        std::function<void(const QString &)> onWaiting;
        /// Told when batches were refused because the store cannot be written. @thread the writing one
        std::function<void(const Error &)> onTrouble;
    };

    /// Opens the store, made if there is none, waiting as @p wait says. @error Io, Cancelled
    static Result<std::unique_ptr<LiveWriter>> open(const QString &storePath, Options options,
                                                    const WriterWait &wait, const StopToken &stop);
    ~LiveWriter(); ///< finish()
    LiveWriter(const LiveWriter &) = delete;
    LiveWriter &operator=(const LiveWriter &) = delete;

    /// Takes a batch. @return false if too much waits, or after finish(): then nobody will be told
    bool add(LiveBatch batch);
    /// Writes what waits and lets go of the store. Further batches are refused.
    ImportReport finish();

private:
    struct Waiting
    {
        LiveBatch batch;
        std::size_t size = 0;
        Clock::time_point since;
    };

    LiveWriter(const QString &storePath, Options options);
    void run();
    std::vector<Waiting> takeGroup();
    void write(std::vector<Waiting> &group);
    Status store(const std::vector<Waiting> &group, OutcomeTally &tally);
    Status openWriter(Clock::time_point giveUpAt);
    void letGo();
    bool hasEnded();
    bool writeColumns();
    void tellIfWritten(SnapshotUpdate update);
    void refuseLate(std::vector<Waiting> &group);

    const QString m_storePath;
    const Options m_options;
    const Clock::time_point m_started = Clock::now();
    std::unique_ptr<StoreWriter> m_writer; ///< null while the store is let go
    std::int64_t m_sourceId = 0;
    Clock::time_point m_columnsWritten;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_untoldPersons; ///< as in SnapshotUpdate
    ImportReport m_report;                                                ///< of what is committed

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Waiting> m_waiting;
    std::size_t m_waitingBytes = 0;
    bool m_ended = false;
    std::thread m_thread;
};

} // namespace genscope

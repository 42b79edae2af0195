// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/stoptoken.h"
#include "ingest/dumpreader.h"
#include "pricing/pricebook.h"
#include "store/storewriter.h"

#include <QString>
#include <QStringList>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace genscope {

/// Consecutive events of one file, with what can be worked out about them before the store is asked.
struct PreparedBatch
{
    EventBatch batch;
    std::vector<std::uint64_t> hashes; ///< of each event's raw bytes
    std::vector<EventCosts> costs;     ///< of each event; empty: not worked out

    PreparedEvent event(std::size_t index) const
    {
        return {batch.events[index], hashes[index], costs.empty() ? nullptr : &costs[index]};
    }
};

/// Reads dumps and prices their events on threads of its own, so that the writer only writes. What waits to
/// be taken is bounded.
/// @thread made, used and destroyed on one thread
class ImportPipe
{
public:
    ImportPipe(QStringList files, const DumpOptions &options, std::shared_ptr<const PriceBook> prices,
               const StopToken &stop);
    /// Stops reading if there is something left to read, and waits for its threads.
    ~ImportPipe();

    /// The next batch in order. @return nothing at the end, after stop was requested or reading failed, and
    /// if none came for that time
    std::optional<PreparedBatch> next(std::chrono::milliseconds patience);
    /// Nothing more will come.
    bool hasEnded();
    /// Takes a batch that is done with, to free its many small pieces on another thread than the writer's.
    void giveBack(PreparedBatch &&batch);
    /// How reading ended, once next() answered nothing. @error Cancelled, and what readDumps() answers
    Result<DumpSummary> finish();
    /// Most events are in the store already: then pricing them would be for nothing.
    void setMostlyKnown(bool known) { m_mostlyKnown.store(known, std::memory_order_relaxed); }

private:
    /// Batches of about a megabyte: enough to go on with while the writer waits for the disk.
    static constexpr std::size_t kMaxWaiting = 48;

    PreparedBatch prepare(EventBatch &&batch) const;
    Status push(PreparedBatch &&batch);

    const std::shared_ptr<const PriceBook> m_prices;
    std::atomic<bool> m_mostlyKnown{false};

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<PreparedBatch> m_waiting;
    std::vector<PreparedBatch> m_spent;
    std::optional<Result<DumpSummary>> m_summary; ///< set at the end
    bool m_abandoned = false;
    std::thread m_reader;
};

} // namespace genscope

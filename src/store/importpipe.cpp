// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/importpipe.h"

#include <QCoreApplication>

namespace genscope {

ImportPipe::ImportPipe(QStringList files, const DumpOptions &options, std::shared_ptr<const PriceBook> prices,
                       const StopToken &stop)
    : m_prices(std::move(prices))
{
    m_reader = std::thread([this, files = std::move(files), options, stop] {
        Result<DumpSummary> summary = readDumps(
            files, options, [this](EventBatch &&batch) { return push(prepare(std::move(batch))); }, stop);
        const std::lock_guard lock(m_mutex);
        m_summary.emplace(std::move(summary));
        m_changed.notify_all();
    });
}

ImportPipe::~ImportPipe()
{
    {
        const std::lock_guard lock(m_mutex);
        m_abandoned = true;
    }
    m_changed.notify_all();
    m_reader.join();
}

PreparedBatch ImportPipe::prepare(EventBatch &&batch) const
{
    PreparedBatch prepared;
    prepared.batch = std::move(batch);
    const std::vector<Event> &events = prepared.batch.events;
    prepared.hashes.reserve(events.size());
    for (const Event &event : events)
        prepared.hashes.push_back(hashOfRaw(event.raw));
    if (m_mostlyKnown.load(std::memory_order_relaxed))
        return prepared;
    prepared.costs.reserve(events.size());
    for (const Event &event : events)
        prepared.costs.push_back(costsOf(event, *m_prices));
    return prepared;
}

Status ImportPipe::push(PreparedBatch &&batch)
{
    std::vector<PreparedBatch> spent; // freed behind the lock
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_abandoned || m_waiting.size() < kMaxWaiting; });
    if (m_abandoned)
        return makeError(Error::Kind::Cancelled, QCoreApplication::translate("Store", "Cancelled."));
    m_waiting.push_back(std::move(batch));
    spent.swap(m_spent);
    lock.unlock();
    m_changed.notify_all();
    return Done{};
}

bool ImportPipe::hasEnded()
{
    const std::lock_guard lock(m_mutex);
    return m_summary && m_waiting.empty();
}

std::optional<PreparedBatch> ImportPipe::next(std::chrono::milliseconds patience)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, patience, [this] { return m_summary || !m_waiting.empty(); });
    if (m_waiting.empty())
        return std::nullopt;
    PreparedBatch batch = std::move(m_waiting.front());
    m_waiting.pop_front();
    lock.unlock();
    m_changed.notify_all();
    return batch;
}

void ImportPipe::giveBack(PreparedBatch &&batch)
{
    const std::lock_guard lock(m_mutex);
    m_spent.push_back(std::move(batch));
}

Result<DumpSummary> ImportPipe::finish()
{
    const std::lock_guard lock(m_mutex);
    return *m_summary;
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/livewriter.h"

#include "store/outcometally.h"
#include "store/storewriter.h"
#include "store/writelock.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace genscope {

namespace {

// A transaction holds at most that much, so that the first of a crowd does not wait for the last.
constexpr std::size_t kGroupEvents = 4096;
constexpr std::size_t kGroupBytes = std::size_t{32} << 20;

Error tooLate()
{
    return makeError(Error::Kind::Io, QCoreApplication::translate(
                                          "Store", "another program is writing to the store; try again."));
}

} // namespace

Result<std::unique_ptr<LiveWriter>> LiveWriter::open(const QString &storePath, Options options,
                                                     const WriterWait &wait, const StopToken &stop)
{
    auto writer = StoreWriter::open(storePath, {options.allEvents, nullptr, wait}, stop);
    if (!writer)
        return writer.error();
    // It was opened to see that it can be. The thread opens it for itself: a connection belongs to one
    // thread.
    writer->reset();
    std::unique_ptr<LiveWriter> live(new LiveWriter(storePath, std::move(options)));
    return live;
}

LiveWriter::LiveWriter(const QString &storePath, Options options)
    : m_storePath(storePath), m_options(std::move(options)), m_thread([this] { run(); })
{
}

LiveWriter::~LiveWriter()
{
    finish();
}

bool LiveWriter::add(LiveBatch batch)
{
    Waiting waiting{std::move(batch), 0, Clock::now()};
    for (const Event &event : waiting.batch.events)
        waiting.size += event.raw.size();
    {
        const std::lock_guard lock(m_mutex);
        const bool fits = m_waiting.empty() || m_waitingBytes + waiting.size <= m_options.mostWaiting;
        if (m_ended || !fits)
            return false;
        m_waitingBytes += waiting.size;
        m_waiting.push_back(std::move(waiting));
    }
    m_changed.notify_all();
    return true;
}

ImportReport LiveWriter::finish()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
    return m_report;
}

bool LiveWriter::hasEnded()
{
    const std::lock_guard lock(m_mutex);
    return m_ended;
}

void LiveWriter::run()
{
    for (;;) {
        std::vector<Waiting> group = takeGroup();
        if (!group.empty()) {
            write(group);
            if (m_writer && isWantedByOthers(m_storePath)) { // else steady traffic would keep them out
                letGo();
                std::this_thread::sleep_for(kTurn);
            }
            continue;
        }
        if (!hasEnded() && writeColumns())
            continue;
        letGo(); // at rest, or at the end
        const std::lock_guard lock(m_mutex);
        if (m_ended && m_waiting.empty())
            break;
    }
    m_report.seconds = std::chrono::duration<double>(Clock::now() - m_started).count();
}

/// Notes that the source is complete so far, and closes the store.
void LiveWriter::letGo()
{
    if (m_writer) {
        const Status ended = m_writer->endSource();
        auto committed = m_writer->commit();
        if ((!ended || !committed) && m_options.onTrouble) // the events are safe: only their count is not
            m_options.onTrouble(ended ? committed.error() : ended.error());
        if (committed)
            tellIfWritten(std::move(*committed));
    }
    const bool wrote = std::exchange(m_writer, nullptr) != nullptr;
    if (wrote && m_options.onCommit)
        m_options.onCommit({}, m_report);
}

/// Waits for batches. @return none at the end, and when the store should be let go
std::vector<LiveWriter::Waiting> LiveWriter::takeGroup()
{
    std::unique_lock lock(m_mutex);
    const auto hasWork = [this] { return m_ended || !m_waiting.empty(); };
    const bool columnsWait = m_writer && !m_writer->columnsAreWritten();
    if (m_writer)
        m_changed.wait_for(lock, columnsWait ? m_options.columnsEvery : m_options.restAfter, hasWork);
    else
        m_changed.wait(lock, hasWork);
    std::vector<Waiting> group;
    std::size_t events = 0;
    std::size_t bytes = 0;
    while (!m_waiting.empty() && events < kGroupEvents && bytes < kGroupBytes) {
        events += m_waiting.front().batch.events.size();
        bytes += m_waiting.front().size;
        group.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
    }
    m_waitingBytes -= bytes;
    return group;
}

void LiveWriter::refuseLate(std::vector<Waiting> &group)
{
    const auto late = std::stable_partition(group.begin(), group.end(), [this](const Waiting &waiting) {
        return Clock::now() - waiting.since < m_options.patience;
    });
    for (auto waiting = late; waiting != group.end(); ++waiting)
        waiting->batch.done(tooLate());
    group.erase(late, group.end());
}

void LiveWriter::write(std::vector<Waiting> &group)
{
    refuseLate(group);
    if (group.empty())
        return;
    OutcomeTally tally;
    Status done = openWriter(group.front().since + m_options.patience);
    if (done)
        done = store(group, tally);
    const bool columnsAreDue = Clock::now() - m_columnsWritten >= m_options.columnsEvery;
    const auto columns = columnsAreDue ? StoreWriter::Columns::Now : StoreWriter::Columns::Later;
    Result<SnapshotUpdate> update = done ? m_writer->commit(columns) : Result<SnapshotUpdate>(done.error());
    if (!update) {
        m_writer.reset(); // of no further use; what it did is undone
        if (m_options.onTrouble)
            m_options.onTrouble(update.error());
        for (const Waiting &waiting : group)
            waiting.batch.done(update.error());
        return;
    }
    tally.addTo(m_report);
    for (Waiting &waiting : group) {
        for (Reject &reject : waiting.batch.rejects)
            m_report.addReject(std::move(reject));
    }
    m_report.seconds = std::chrono::duration<double>(Clock::now() - m_started).count();
    if (m_options.onStored)
        m_options.onStored(m_report);
    for (const Waiting &waiting : group)
        waiting.batch.done(Done{});
    tellIfWritten(std::move(*update));
}

void LiveWriter::tellIfWritten(SnapshotUpdate update)
{
    auto &persons = update.distinctToPerson;
    persons.insert(persons.begin(), m_untoldPersons.begin(), m_untoldPersons.end());
    m_untoldPersons.clear();
    if (!m_writer->columnsAreWritten()) {
        m_untoldPersons = std::move(persons);
        return;
    }
    m_columnsWritten = Clock::now();
    if (m_options.onCommit)
        m_options.onCommit(update, m_report);
}

/// Writes the columns that were left for later. @return false if there are none, or it is not time yet
bool LiveWriter::writeColumns()
{
    if (!m_writer || m_writer->columnsAreWritten())
        return false;
    if (Clock::now() - m_columnsWritten < m_options.columnsEvery)
        return true; // still to come
    Result<SnapshotUpdate> update = m_writer->commit();
    if (!update) {
        m_writer.reset(); // the events are safe
        if (m_options.onTrouble)
            m_options.onTrouble(update.error());
        return false;
    }
    tellIfWritten(std::move(*update));
    return true;
}

Status LiveWriter::openWriter(Clock::time_point giveUpAt)
{
    if (m_writer)
        return Done{};
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(giveUpAt - Clock::now());
    auto writer = StoreWriter::open(
        m_storePath, {m_options.allEvents, nullptr, {m_options.onWaiting, std::max(left, left.zero())}}, {});
    if (!writer)
        return writer.error();
    const auto source = (*writer)->beginStream(SourceLog::Stream::Capture, m_options.source, m_sourceId);
    if (!source)
        return source.error();
    m_sourceId = *source;
    m_writer = std::move(*writer);
    return Done{};
}

Status LiveWriter::store(const std::vector<Waiting> &group, OutcomeTally &tally)
{
    for (const Waiting &waiting : group) {
        for (const Event &event : waiting.batch.events) {
            const auto outcome = m_writer->add({event, hashOfRaw(event.raw), nullptr});
            if (!outcome)
                return outcome.error();
            tally.count(*outcome, event);
        }
        for (const Reject &reject : waiting.batch.rejects)
            m_writer->addReject(reject);
        tally.rejected += static_cast<std::int64_t>(waiting.batch.rejects.size());
        tally.bytes += waiting.batch.bytes;
        m_writer->addBytes(waiting.batch.bytes);
    }
    return Done{};
}

} // namespace genscope

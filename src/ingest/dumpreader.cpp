// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/dumpreader.h"

#include "ingest/filefeeder.h"
#include "ingest/parsepool.h"

#include <QCoreApplication>
#include <QThread>

namespace genscope {

namespace {

/// Joins the events of small chunks to batches that are worth handing over.
class BatchMaker
{
public:
    BatchMaker(const BatchHandler &handler, DumpSummary &summary) : m_handler(handler), m_summary(summary) {}

    Status take(ParsePool::Done done)
    {
        const auto &task = done.task;
        m_summary.bytes += task.bytesRead;
        if (!task.note.isEmpty())
            m_summary.notes.push_back(QStringLiteral("%1: %2").arg(task.source, task.note));
        if (!task.format && !task.lastOfFile)
            return Done{};
        m_batch.file = task.source;
        m_batch.bytesRead += task.bytesRead;
        addEvents(std::move(done.parsed.events));
        m_batch.known += done.parsed.known;
        m_batch.lines += done.parsed.known;
        for (Reject &reject : done.parsed.rejects)
            addReject(reject.line + m_linesBefore, std::move(reject.reason));
        m_linesBefore += done.parsed.linesInside;
        if (task.lastOfFile)
            return endFile(task);
        const bool enough = m_batch.events.size() >= kEnoughEvents || m_rawBytes >= kEnoughBytes ||
                            m_batch.known >= kEnoughKnown;
        return enough ? flush() : Status(Done{});
    }

    /// Hands over what there is while nothing more comes.
    Status idle() { return m_batch.lines > 0 ? flush() : Status(Done{}); }

private:
    // A full chunk is a batch of its own, so that its events stay where they were parsed. Moving a million
    // events, of some 2 KB each, takes longer than handing over a thousand more batches.
    static constexpr std::size_t kEnoughEvents = 500;
    static constexpr std::size_t kEnoughBytes = kChunkSize / 2;
    static constexpr std::int64_t kEnoughKnown = 50'000;

    void addEvents(std::vector<Event> events)
    {
        for (const Event &event : events)
            m_rawBytes += event.raw.size();
        m_batch.lines += static_cast<std::int64_t>(events.size());
        if (m_batch.events.empty()) {
            m_batch.events = std::move(events);
            return;
        }
        m_batch.events.insert(m_batch.events.end(), std::make_move_iterator(events.begin()),
                              std::make_move_iterator(events.end()));
    }

    void addReject(std::int64_t line, QString reason)
    {
        ++m_batch.lines;
        m_batch.rejects.push_back({m_batch.file, line, std::move(reason)});
    }

    Status endFile(const ParsePool::Task &task)
    {
        if (!task.damage.isEmpty())
            addReject(0, task.damage);
        if (!task.unreadable.isEmpty())
            m_summary.unreadable.push_back(QStringLiteral("%1: %2").arg(m_batch.file, task.unreadable));
        else
            ++m_summary.files;
        const bool neverOpened = !task.unreadable.isEmpty() && !m_handedOver && m_batch.lines == 0;
        m_linesBefore = 0;
        m_batch.lastOfFile = true;
        if (neverOpened) {
            m_batch = {};
            return Done{};
        }
        const Status handled = flush();
        m_handedOver = false;
        return handled;
    }

    Status flush()
    {
        EventBatch batch = std::exchange(m_batch, {});
        m_rawBytes = 0;
        m_handedOver = true;
        return m_handler(std::move(batch));
    }

    const BatchHandler &m_handler;
    DumpSummary &m_summary;
    EventBatch m_batch;
    std::size_t m_rawBytes = 0;
    bool m_handedOver = false;      ///< something of the current file
    std::int64_t m_linesBefore = 0; ///< lines of the current file in the chunks before
};

} // namespace

Result<DumpSummary> readDumps(const QStringList &files, const DumpOptions &options,
                              const BatchHandler &handler, const StopToken &stop)
{
    ParsePool pool(options.threads > 0 ? options.threads : std::max(1, QThread::idealThreadCount()),
                   options.isKnown);
    std::thread feeder([&] { FileFeeder(files, options, pool).run(); });
    DumpSummary summary;
    BatchMaker batches(handler, summary);
    Status state = Done{};
    while (state && !pool.drained()) {
        constexpr int kStopCheckMs = 50;
        auto done = pool.take(kStopCheckMs);
        if (stop.stopRequested())
            state = makeError(Error::Kind::Cancelled, QCoreApplication::translate("DumpReader", "stopped"));
        else if (done)
            state = batches.take(std::move(*done));
        else
            state = batches.idle();
    }
    pool.stop();
    feeder.join();
    if (!state)
        return state.error();
    return summary;
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/dumpreader.h"

#include "ingest/parsepool.h"

#include <QCoreApplication>
#include <QThread>

namespace genscope {

namespace {

/// Reads files and cuts them into chunks for the pool. @thread its own
class FileFeeder
{
public:
    FileFeeder(const QStringList &files, const DumpOptions &options, ParsePool &pool)
        : m_files(files), m_options(options), m_pool(pool)
    {
    }

    void run()
    {
        for (m_file = 0; m_file < static_cast<std::size_t>(m_files.size()); ++m_file) {
            m_reported = 0;
            if (!feedFile(m_files.at(static_cast<qsizetype>(m_file))))
                return;
        }
        m_pool.finish();
    }

private:
    /// @return false if the pool stopped
    bool feedFile(const QString &path)
    {
        auto source = openByteSource(path, m_pool.stopped());
        if (!source)
            return giveUp(source.error());
        std::string head;
        const auto complete = readHead(**source, head);
        if (!complete)
            return giveUp(complete.error());
        if (const QString foreign = foreignFormat(head); !foreign.isEmpty())
            return giveUp(makeError(Error::Kind::Io, notADump(foreign)));
        const bool empty = head.empty() && *complete;
        const DumpFormat &format = m_options.format ? *m_options.format : formatOf({head, *complete});
        const auto reader = format.reader(**source, std::move(head), m_options.largestRecord);
        for (;;) {
            auto chunk = reader->next();
            if (!chunk)
                return giveUp(chunk.error());
            if (!*chunk)
                break;
            auto task = newTask(**source);
            task.format = &format;
            task.chunk = std::move(**chunk);
            if (!m_pool.add(std::move(task)))
                return false;
        }
        auto last = newTask(**source);
        last.lastOfFile = true;
        last.damage = (*source)->damage();
        last.note = reader->note();
        if (empty && last.damage.isEmpty())
            last.note = QCoreApplication::translate("DumpReader", "the file is empty");
        return m_pool.add(std::move(last));
    }

    static QString notADump(const QString &foreign)
    {
        return QCoreApplication::translate(
                   "DumpReader", "it is %1; export the events as JSON Lines, plain or compressed with gzip")
            .arg(foreign);
    }

    /// @return whether @p head is the whole file
    static Result<bool> readHead(ByteSource &source, std::string &head)
    {
        bool complete = false;
        if (const auto read = appendFrom(source, head, complete); !read)
            return read.error();
        constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
        if (head.starts_with(kByteOrderMark))
            head.erase(0, kByteOrderMark.size());
        return complete;
    }

    static const DumpFormat &formatOf(const DumpHead &head)
    {
        for (const DumpFormat *format : dumpFormats()) {
            if (format->recognises(head))
                return *format;
        }
        return jsonLinesFormat();
    }

    ParsePool::Task newTask(const ByteSource &source)
    {
        ParsePool::Task task;
        task.file = m_file;
        task.bytesRead = source.bytesRead() - m_reported;
        m_reported = source.bytesRead();
        return task;
    }

    bool giveUp(const Error &error)
    {
        if (error.kind == Error::Kind::Cancelled)
            return false;
        ParsePool::Task task;
        task.file = m_file;
        task.lastOfFile = true;
        task.unreadable = error.message;
        return m_pool.add(std::move(task));
    }

    const QStringList &m_files;
    const DumpOptions &m_options;
    ParsePool &m_pool;
    std::size_t m_file = 0;
    std::int64_t m_reported = 0; ///< bytes of the current file told so far
};

/// Joins parsed chunks to batches of a good size for one transaction.
class BatchMaker
{
public:
    BatchMaker(const QStringList &files, const BatchHandler &handler, DumpSummary &summary)
        : m_files(files), m_handler(handler), m_summary(summary)
    {
    }

    Status take(ParsePool::Done done)
    {
        const auto &task = done.task;
        m_batch.file = m_files.at(static_cast<qsizetype>(task.file));
        m_batch.bytesRead += task.bytesRead;
        m_summary.bytes += task.bytesRead;
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
    static constexpr std::size_t kEnoughEvents = 4000;
    static constexpr std::size_t kEnoughBytes = 8 << 20;
    static constexpr std::int64_t kEnoughKnown = 50'000;

    void addEvents(std::vector<Event> events)
    {
        for (const Event &event : events)
            m_rawBytes += event.raw.size();
        m_batch.lines += static_cast<std::int64_t>(events.size());
        if (m_batch.events.empty())
            m_batch.events.reserve(kEnoughEvents + events.size());
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
        if (!task.note.isEmpty())
            m_summary.notes.push_back(QStringLiteral("%1: %2").arg(m_batch.file, task.note));
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

    const QStringList &m_files;
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
    BatchMaker batches(files, handler, summary);
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

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/importer.h"

#include "ingest/dumpreader.h"
#include "store/importpipe.h"
#include "store/storewriter.h"
#include "store/writelock.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>
#include <climits>
#include <map>
#include <thread>
#include <utility>

namespace genscope {

namespace {

using Clock = std::chrono::steady_clock;

// A batch is what a crash loses at most, and what a window sees at once.
constexpr std::int64_t kBatchBytes = 160 * 1024 * 1024;
constexpr auto kBatchTime = std::chrono::seconds(2);
constexpr auto kSilence = std::chrono::seconds(1); // of a pipe, before there is a commit
constexpr std::int64_t kLeastEvents = 32'768;      // of a batch that ends where it costs least
constexpr std::int64_t kUsualEventBytes = 500;     // on disk; more in plain dumps, less in compressed ones
constexpr auto kProgressTime = std::chrono::milliseconds(200);

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Values that could not be kept. What is wrong in many events is one note.
class NoteList
{
public:
    void add(const Event &event)
    {
        for (const std::string &note : event.notes) {
            Note &known = m_notes[note.substr(0, note.find(':'))];
            if (known.count++ == 0) {
                known.text =
                    QCoreApplication::translate("Store", "event %1: %2")
                        .arg(QString::fromStdString(event.uuid.toString()), QString::fromStdString(note));
            }
        }
    }

    std::vector<QString> texts() const
    {
        std::vector<QString> texts;
        for (const auto &[kind, note] : m_notes) {
            const int more = static_cast<int>(std::min<std::int64_t>(note.count - 1, INT_MAX));
            texts.push_back(more == 0 ? note.text
                                      : note.text + QCoreApplication::translate(
                                                        "Store", " (and %n more like it)", nullptr, more));
        }
        return texts;
    }

private:
    struct Note
    {
        QString text;
        std::int64_t count = 0;
    };
    std::map<std::string, Note> m_notes;
};

/// One import: takes batches from the pipe into the store and keeps the report.
class Import
{
public:
    Import(StoreWriter &writer, const ImportOptions &options, std::int64_t totalBytes,
           Clock::time_point start, ImportReport &report)
        : m_writer(writer), m_options(options), m_totalBytes(totalBytes), m_start(start), m_report(report)
    {
    }

    Status run(ImportPipe &pipe, const StopToken &stop);

private:
    Status take(const PreparedBatch &prepared, ImportPipe &pipe);
    Status add(const PreparedEvent &prepared);
    /// What is not committed is enough for a batch.
    bool isLarge() const;
    Status commit();
    void tellProgress();

    StoreWriter &m_writer;
    const ImportOptions &m_options;
    const std::int64_t m_totalBytes;
    const Clock::time_point m_start;
    ImportReport &m_report;

    bool m_sourceOpen = false;
    NoteList m_notes;
    std::int64_t m_waiting = 0; ///< content without its event
    bool m_changed = false;     ///< since the last commit
    std::int64_t m_uncommittedEvents = 0;
    std::int64_t m_uncommittedBytes = 0;
    Clock::time_point m_committed = Clock::now();
    Clock::time_point m_toldProgress;
    std::size_t m_batchChanges = 0;
};

Status Import::run(ImportPipe &pipe, const StopToken &stop)
{
    while (!stop.stopRequested()) {
        std::optional<PreparedBatch> batch = pipe.next(kSilence);
        if (!batch && pipe.hasEnded())
            break;
        if (!batch) {
            // A silent pipe: what there is becomes durable, and other programs may write.
            if (const Status committed = commit(); !committed)
                return committed;
            continue;
        }
        if (const Status taken = take(*batch, pipe); !taken)
            return taken;
        pipe.giveBack(std::move(*batch));
        tellProgress();
    }
    for (QString &note : m_notes.texts())
        m_report.notes.push_back(std::move(note));
    if (m_waiting > 0) {
        m_report.notes.push_back(QCoreApplication::translate(
            "Store", "%n row(s) hold content of events that are not in the store yet; they wait for them",
            nullptr, static_cast<int>(std::min<std::int64_t>(m_waiting, INT_MAX))));
    }
    return commit();
}

Status Import::take(const PreparedBatch &prepared, ImportPipe &pipe)
{
    const EventBatch &batch = prepared.batch;
    m_changed = true;
    if (!m_sourceOpen) {
        if (const Status begun = m_writer.beginSource(batch.file); !begun)
            return begun;
        m_sourceOpen = true;
        m_report.sources.emplace_back().name = batch.file;
    }
    m_writer.addBytes(batch.bytesRead);
    m_report.bytes += batch.bytesRead;
    m_uncommittedEvents += batch.known;
    m_writer.addKnown(batch.known);
    SourceReport &source = m_report.sources.back();
    source.bytes += batch.bytesRead;
    const auto count = [this, &source](std::int64_t ImportReport::*inAll, std::int64_t SourceReport::*inFile,
                                       std::int64_t number) {
        m_report.*inAll += number;
        source.*inFile += number;
    };
    count(&ImportReport::lines, &SourceReport::lines, batch.lines);
    count(&ImportReport::events, &SourceReport::events, batch.known);
    count(&ImportReport::duplicates, &SourceReport::duplicates, batch.known);
    m_batchChanges = 0;
    for (std::size_t i = 0; i < batch.events.size(); ++i) {
        constexpr std::size_t kAhead = 4;
        if (i + kAhead < batch.events.size())
            m_writer.expect(batch.events[i + kAhead]);
        if (const Status added = add(prepared.event(i)); !added)
            return added;
        if (const Status committed = isLarge() ? commit() : Done{}; !committed)
            return committed;
    }
    if (Clock::now() - m_committed >= kBatchTime) {
        if (const Status committed = commit(); !committed)
            return committed;
    }
    m_changed = true;
    for (const Reject &reject : batch.rejects) {
        m_writer.addReject(reject);
        m_report.addReject(reject);
        ++source.rejected;
    }
    if (!batch.events.empty())
        pipe.setMostlyKnown(m_batchChanges * 10 < batch.events.size());
    if (batch.lastOfFile) {
        m_sourceOpen = false;
        return m_writer.endSource();
    }
    return Done{};
}

Status Import::add(const PreparedEvent &prepared)
{
    SourceReport &source = m_report.sources.back();
    m_changed = true;
    ++m_report.events;
    ++source.events;
    source.addTime(prepared.event.timestamp);
    ++m_uncommittedEvents;
    m_uncommittedBytes += static_cast<std::int64_t>(prepared.event.raw.size());
    Result<StoreWriter::Outcome> outcome = m_writer.add(prepared);
    if (!outcome)
        return outcome.error();
    const Event &event = prepared.event;
    switch (*outcome) {
    case StoreWriter::Outcome::New:
        ++m_report.newEvents;
        ++source.newEvents;
        ++m_report.byEvent[event.name];
        break;
    case StoreWriter::Outcome::Duplicate:
        ++m_report.duplicates;
        ++source.duplicates;
        return Done{};
    case StoreWriter::Outcome::Updated:
        ++m_report.updated;
        ++source.updated;
        break;
    case StoreWriter::Outcome::Ignored:
        ++m_report.ignored;
        ++source.ignored;
        return Done{};
    case StoreWriter::Outcome::Person:
        ++m_report.ignored;
        ++m_report.persons;
        return Done{};
    case StoreWriter::Outcome::Waiting:
        ++m_report.ignored;
        ++m_waiting;
        return Done{};
    }
    ++m_batchChanges;
    m_notes.add(event);
    return Done{};
}

bool Import::isLarge() const
{
    const bool cheap = m_uncommittedEvents >= kLeastEvents && m_writer.endsSegment();
    return cheap || m_uncommittedEvents >= m_options.batchEvents || m_uncommittedBytes >= kBatchBytes;
}

Status Import::commit()
{
    if (!std::exchange(m_changed, false))
        return Done{};
    const Result<SnapshotUpdate> update = m_writer.commit();
    if (!update)
        return update.error();
    m_uncommittedEvents = 0;
    m_uncommittedBytes = 0;
    m_committed = Clock::now();
    m_report.seconds = secondsSince(m_start);
    if (m_options.onCommit)
        m_options.onCommit(*update, m_report);
    if (isEditWaiting(m_writer.connection().path())) // else batch after batch would keep it out
        std::this_thread::sleep_for(kTurn);
    return Done{};
}

void Import::tellProgress()
{
    if (!m_options.onProgress || Clock::now() - m_toldProgress < kProgressTime)
        return;
    m_toldProgress = Clock::now();
    m_options.onProgress(Progress{m_report.bytes, m_totalBytes, m_report.events, secondsSince(m_start)});
}

} // namespace

Result<ImportReport> importDumps(const QString &storePath, const QStringList &paths,
                                 const ImportOptions &options, const StopToken &stop)
{
    const Clock::time_point start = Clock::now();
    DumpFiles found = findDumps(paths);
    ImportReport report;
    report.notes = std::move(found.notes);
    report.unreadable = std::move(found.unreadable);
    if (found.files.isEmpty() && !report.unreadable.empty())
        return report; // nothing to import: no store is made

    Result<std::unique_ptr<StoreWriter>> writer = StoreWriter::open(
        storePath, {options.allEvents, options.prices, {options.onWaiting, options.patience}}, stop);
    if (!writer && writer.error().kind == Error::Kind::Cancelled) {
        report.cancelled = true;
        return report;
    }
    if (!writer)
        return writer.error();
    const Result<std::optional<KnownHashes>> known =
        (*writer)->knownHashes(found.totalBytes / kUsualEventBytes);
    if (!known)
        return known.error();
    DumpOptions dumpOptions;
    dumpOptions.threads = options.threads;
    dumpOptions.format = options.format;
    if (*known)
        dumpOptions.isKnown = [&known](std::string_view raw) { return (*known)->contains(hashOfRaw(raw)); };
    ImportPipe pipe(found.files, dumpOptions, (*writer)->prices(), stop);
    const Status done = Import(**writer, options, found.totalBytes, start, report).run(pipe, stop);
    if (!done && done.error().kind != Error::Kind::Cancelled)
        return done.error();
    report.cancelled = stop.stopRequested();
    if (!report.cancelled) {
        Result<DumpSummary> summary = pipe.finish();
        if (!summary)
            return summary.error();
        report.files = summary->files;
        report.bytes = summary->bytes;
        report.notes.insert(report.notes.end(), summary->notes.begin(), summary->notes.end());
        report.unreadable.insert(report.unreadable.end(), summary->unreadable.begin(),
                                 summary->unreadable.end());
    }
    report.seconds = secondsSince(start);
    return report;
}

Status ensureStore(const QString &path)
{
    const auto connection = Connection::open(path, Connection::Access::Create);
    if (!connection)
        return connection.error();
    return Done{};
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/rebuild.h"

#include "store/filereplacement.h"
#include "store/keptreplay.h"
#include "store/plaintables.h"
#include "store/schema.h"
#include "store/searchindex.h"
#include "store/storemeta.h"
#include "store/storewriter.h"
#include "store/writelock.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <chrono>
#include <map>

namespace genscope {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kBatchEvents = 65'536;
constexpr std::int64_t kBatchBytes = 128 * 1024 * 1024;
constexpr auto kProgressTime = std::chrono::milliseconds(200);

/// Removes a half-made store.
class Scratch
{
public:
    explicit Scratch(QString path) : m_path(std::move(path)) { remove(); }
    ~Scratch() { remove(); }
    Scratch(const Scratch &) = delete;
    Scratch &operator=(const Scratch &) = delete;
    const QString &path() const { return m_path; }

private:
    void remove() const
    {
        for (const char *suffix : {"", "-wal", "-shm", "-journal"})
            QFile::remove(m_path + QLatin1String(suffix));
    }
    QString m_path;
};

/// Makes the new store from the old one.
class Rebuild
{
public:
    Rebuild(const Connection &old, const RebuildOptions &options, const StopToken &stop)
        : m_old(old), m_options(options), m_stop(stop)
    {
    }
    /// Writes all of it to @p path. @error Database, Cancelled
    Status write(const QString &path);

    RebuildReport report;

private:
    Status replay();
    Status take(ReplayedEvent &&replayed);
    Status commitBatch();
    Status mergeKnown();
    Status mergePersons();
    Status mergeMappings();
    Status mergeGroups();
    Status recountSources();
    void tellProgress();

    const Connection &m_old;
    const RebuildOptions &m_options;
    const StopToken m_stop;
    std::unique_ptr<StoreWriter> m_writer;
    std::int64_t m_total = 0;
    std::int64_t m_batchEvents = 0;
    std::int64_t m_batchBytes = 0;
    std::map<std::int64_t, std::int64_t> m_newOfSource;
    Clock::time_point m_told;
};

Status Rebuild::write(const QString &path)
{
    Result<std::unique_ptr<Connection>> scratch = Connection::open(path, Connection::Access::Scratch);
    if (!scratch)
        return scratch.error();
    if (const Status copied = copyPlainTables(m_old, **scratch); !copied)
        return copied;
    if (const Status renewed = renewStoreId(**scratch); !renewed) // blocks are others
        return renewed;
    StoreWriter::Options options;
    options.allEvents = true; // whatever was kept is kept
    options.prices = m_options.prices;
    Result<std::unique_ptr<StoreWriter>> writer = StoreWriter::over(std::move(*scratch), options, m_stop);
    if (!writer)
        return writer.error();
    m_writer = std::move(*writer);
    // Readers remember blocks by their ids.
    const Result<std::int64_t> lastBlock = m_old.integer("SELECT max(id) FROM block");
    m_writer->beginBlocksAfter(lastBlock ? *lastBlock : 0);
    const Result<std::int64_t> total = m_old.integer("SELECT count(*) FROM event");
    m_total = total ? *total : 0;
    if (const Status replayed = replay(); !replayed)
        return replayed;
    if (const Status merged = mergeKnown(); !merged)
        return merged;
    const Status counted = recountSources();
    m_writer.reset(); // closes the file
    return counted;
}

Status Rebuild::replay()
{
    KeptReplay kept(m_old, m_writer->prices());
    const Status done = kept.run([this](ReplayedEvent &&event) { return take(std::move(event)); }, m_stop);
    report.lost = kept.lost();
    report.firstLoss = kept.firstLoss();
    return done ? commitBatch() : done;
}

Status Rebuild::take(ReplayedEvent &&replayed)
{
    if (const Status begun = m_writer->attributeTo(replayed.source); !begun)
        return begun;
    const auto outcome = m_writer->add({replayed.event, replayed.rawHash, &replayed.costs});
    if (!outcome)
        return outcome.error();
    if (*outcome == StoreWriter::Outcome::New) {
        ++report.events;
        ++m_newOfSource[replayed.source];
    }
    tellProgress();
    ++m_batchEvents;
    m_batchBytes += static_cast<std::int64_t>(replayed.event.raw.size());
    return m_batchEvents < kBatchEvents && m_batchBytes < kBatchBytes ? Status(Done{}) : commitBatch();
}

Status Rebuild::commitBatch()
{
    m_batchEvents = 0;
    m_batchBytes = 0;
    const Result<SnapshotUpdate> committed = m_writer->commit();
    return committed ? Status(Done{}) : Status(committed.error());
}

/// What the old store knows of persons and groups beyond what its events say.
Status Rebuild::mergeKnown()
{
    for (const Status &merged : {mergePersons(), mergeMappings(), mergeGroups()}) {
        if (!merged)
            return merged;
    }
    return Done{};
}

Status Rebuild::mergePersons()
{
    return forEachReadableRow(
        m_old, "SELECT key, properties, property_times FROM person", [this](const Statement &row) -> Status {
            if (const Status merged = m_writer->addKnownPerson(
                    std::string(row.bytes(0)), PropertyBag::fromJson(row.bytes(1), row.bytes(2)));
                !merged)
                return merged;
            return ++m_batchEvents < kBatchEvents ? Status(Done{}) : commitBatch();
        });
}

Status Rebuild::mergeMappings()
{
    return forEachReadableRow(
        m_old, "SELECT distinct_id, person_id, timestamp_us FROM person_distinct",
        [this](const Statement &row) -> Status {
            if (const Status merged = m_writer->addKnownMapping(std::string(row.bytes(0)),
                                                                std::string(row.bytes(1)), row.integer(2));
                !merged)
                return merged;
            return ++m_batchEvents < kBatchEvents ? Status(Done{}) : commitBatch();
        });
}

Status Rebuild::mergeGroups()
{
    const Status merged =
        forEachReadableRow(m_old, "SELECT type, key, properties, property_times FROM group_key",
                           [this](const Statement &row) -> Status {
                               if (const Status added = m_writer->addKnownGroup(
                                       std::string(row.bytes(0)), std::string(row.bytes(1)),
                                       PropertyBag::fromJson(row.bytes(2), row.bytes(3)));
                                   !added)
                                   return added;
                               return ++m_batchEvents < kBatchEvents ? Status(Done{}) : commitBatch();
                           });
    return merged ? commitBatch() : merged;
}

Status Rebuild::recountSources()
{
    const Connection &made = m_writer->connection();
    if (const Status reset = made.execute(QStringLiteral("UPDATE source SET new_events = 0")); !reset)
        return reset;
    Result<Statement> update =
        made.prepare("INSERT INTO source (id, path, kind, events, new_events, started_us) VALUES (?1, '', "
                     "'file', ?2, ?2, 0)"
                     " ON CONFLICT (id) DO UPDATE SET new_events = ?2, events = max(events, ?2)");
    if (!update)
        return update.error();
    for (const auto &[source, count] : m_newOfSource) {
        update->bind(1, source);
        update->bind(2, count);
        if (const Status done = update->run(); !done)
            return done;
    }
    return Done{};
}

void Rebuild::tellProgress()
{
    if (!m_options.onProgress || Clock::now() - m_told < kProgressTime)
        return;
    m_told = Clock::now();
    m_options.onProgress(report.events, std::max(m_total, report.events));
}

Result<RebuildReport> rebuildFile(const QString &file, const RebuildOptions &options, const StopToken &stop)
{
    const Result<std::unique_ptr<Connection>> old = Connection::open(file, Connection::Access::Rebuild);
    if (!old)
        return old.error();
    FileReplacement replacement(**old, options.wait, stop);
    if (const Status begun = replacement.begin(); !begun)
        return begun.error();
    const Scratch scratch(file + QStringLiteral(".rebuild"));
    Rebuild rebuild(**old, options, stop);
    if (const Status written = rebuild.write(scratch.path()); !written)
        return written.error();
    if (stop.stopRequested())
        return makeError(Error::Kind::Cancelled, QCoreApplication::translate("Store", "Cancelled."));
    if (const Status replaced = replacement.finish(scratch.path(), rebuild.report.lost > 0); !replaced)
        return replaced.error();
    rebuild.report.damagedStoreKept = replacement.keptOld();
    return rebuild.report;
}

/// The error of making the new file, about the store that it was made from.
Error notRebuilt(const QString &path, const Error &error)
{
    return makeError(error.kind,
                     QCoreApplication::translate("Store", "%1: could not be rebuilt, and is as it was. %2")
                         .arg(path, error.message));
}

} // namespace

Result<RebuildReport> rebuildStore(const QString &path, const RebuildOptions &options, const StopToken &stop)
{
    const Clock::time_point start = Clock::now();
    if (const Status admitted = Connection::admit(path, Connection::Access::Rebuild); !admitted)
        return admitted.error();
    // A link stays a link.
    const QString file = QFileInfo(path).canonicalFilePath();
    const Result<std::unique_ptr<QLockFile>> lock = lockForWriting(file, options.wait, stop);
    if (!lock)
        return lock.error();
    Result<RebuildReport> report = rebuildFile(file, options, stop);
    if (!report)
        return report.error().kind == Error::Kind::Cancelled ? report : notRebuilt(path, report.error());
    QFile::remove(SearchIndex::pathOf(file)); // of blocks that are gone
    // In WAL mode again; what fails here fails when something is written, too.
    (void)Connection::open(file, Connection::Access::Write);
    report->seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return report;
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/syncstream.h"

#include "store/importer.h"
#include "store/outcometally.h"
#include "store/schema.h"
#include "store/storewriter.h"
#include "store/writelock.h"

#include <utility>

namespace genscope {

namespace {

QString addressOf(const SyncState &state)
{
    return QStringLiteral("%1/project/%2")
        .arg(QString::fromStdString(state.host), QString::fromStdString(state.project));
}

} // namespace

SyncStream::SyncStream(QString storePath, Options options, const StopToken &stop)
    : m_storePath(std::move(storePath)), m_options(std::move(options)), m_stop(stop)
{
}

SyncStream::~SyncStream() = default;

bool SyncStream::hasStore() const
{
    return inspectStoreFile(m_storePath).kind == StoreFile::Kind::Store;
}

Result<std::unique_ptr<SyncStream>> SyncStream::open(const QString &storePath, const std::string &host,
                                                     const std::string &project, Options options,
                                                     const StopToken &stop)
{
    if (const Status admitted = Connection::admit(storePath, Connection::Access::Create); !admitted)
        return admitted.error();
    std::unique_ptr<SyncStream> stream(new SyncStream(storePath, std::move(options), stop));
    stream->m_state.host = host;
    stream->m_state.project = project;
    if (!stream->hasStore())
        return stream;
    if (const Status migrated = ensureStore(storePath); !migrated)
        return migrated.error();
    const auto connection = Connection::open(storePath, Connection::Access::Read);
    if (!connection)
        return connection.error();
    auto state = loadSyncState(**connection, host, project);
    if (!state)
        return state.error();
    if (*state)
        stream->m_state = std::move(**state);
    return stream;
}

Status SyncStream::openWriter()
{
    if (m_writer)
        return Done{};
    auto writer = StoreWriter::open(m_storePath, {false, nullptr, m_options.wait}, m_stop);
    if (!writer)
        return writer.error();
    const auto source = (*writer)->beginStream(SourceLog::Stream::Sync, addressOf(m_state), m_state.source);
    if (!source)
        return source.error();
    m_state.source = *source;
    m_writer = std::move(*writer);
    return Done{};
}

Status SyncStream::write(const Batch &batch, SyncState &next, OutcomeTally &tally)
{
    for (const Event &event : batch.events) {
        const auto outcome = m_writer->add({event, hashOfRaw(event.raw), nullptr});
        if (!outcome)
            return outcome.error();
        tally.count(*outcome, event);
    }
    for (const Reject &reject : batch.rejects)
        m_writer->addReject(reject);
    m_writer->addBytes(batch.bytes);
    tally.rejected = static_cast<std::int64_t>(batch.rejects.size());
    tally.bytes = batch.bytes;
    next.id = m_state.id;
    next.source = m_state.source;
    next.events = m_state.events + tally.events();
    next.newEvents = m_state.newEvents + tally.newEvents;
    return m_writer->alongside([&](const Connection &connection) -> Status {
        if (const Status saved = saveSyncState(connection, next); !saved)
            return saved;
        if (const Status added = addWanted(connection, next.id, batch.wanted); !added)
            return added;
        if (const Status compared = saveCompared(connection, next.id, batch.compared); !compared)
            return compared;
        return removeWanted(connection, next.id, batch.fetched);
    });
}

Status SyncStream::commit(const Batch &batch, SyncState next)
{
    OutcomeTally tally;
    Status done = openWriter();
    if (done)
        done = write(batch, next, tally);
    const Result<SnapshotUpdate> update = done ? m_writer->commit() : Result<SnapshotUpdate>(done.error());
    if (!update) {
        m_writer.reset(); // of no further use; what it did is undone
        return update.error();
    }
    m_state = std::move(next);
    tally.addTo(m_report);
    for (const Reject &reject : batch.rejects)
        m_report.addReject(reject);
    if (m_options.onCommit)
        m_options.onCommit(*update, m_report);
    return Done{};
}

Status SyncStream::rest()
{
    if (!m_writer)
        return Done{};
    Status ended = m_writer->endSource();
    if (ended) {
        const auto committed = m_writer->commit();
        ended = committed ? Status(Done{}) : Status(committed.error());
    }
    m_writer.reset();
    if (m_options.onCommit)
        m_options.onCommit({}, m_report);
    return ended;
}

bool SyncStream::isInTheWay() const
{
    return m_writer && isWantedByOthers(m_storePath);
}

Result<std::vector<Wanted>> SyncStream::oldestWanted(Wanted::Kind kind, std::int64_t most) const
{
    if (m_state.id == 0)
        return std::vector<Wanted>();
    const auto connection = Connection::open(m_storePath, Connection::Access::Read);
    if (!connection)
        return connection.error();
    return genscope::oldestWanted(**connection, m_state.id, kind, most);
}

Result<WantedSummary> SyncStream::wanted(Wanted::Kind kind) const
{
    if (m_state.id == 0)
        return WantedSummary();
    const auto connection = Connection::open(m_storePath, Connection::Access::Read);
    if (!connection)
        return connection.error();
    return summaryOfWanted(**connection, m_state.id, kind);
}

Result<std::vector<DayCount>> SyncStream::countDays(Timestamp from, Timestamp to) const
{
    if (!hasStore())
        return std::vector<DayCount>();
    const auto connection = Connection::open(m_storePath, Connection::Access::Read);
    if (!connection)
        return connection.error();
    const InterruptOnStop interrupt(**connection, m_stop);
    return countDaysOf(**connection, addressOf(m_state).toStdString(), from, to);
}

Result<std::vector<DayCount>> SyncStream::compared() const
{
    if (m_state.id == 0)
        return std::vector<DayCount>();
    const auto connection = Connection::open(m_storePath, Connection::Access::Read);
    if (!connection)
        return connection.error();
    return loadCompared(**connection, m_state.id);
}

} // namespace genscope

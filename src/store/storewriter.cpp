// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storewriter.h"

#include "pricing/bookfingerprint.h"
#include "store/facts.h"
#include "store/pricetable.h"
#include "store/storemeta.h"
#include "store/writelock.h"

#include <QCoreApplication>

#include <xxhash.h>

namespace genscope {

namespace {

constexpr std::int64_t kMostKnownHashes = 20'000'000; // 250 MB

} // namespace

std::uint64_t hashOfRaw(std::string_view raw)
{
    return XXH3_64bits(raw.data(), raw.size());
}

StoreWriter::StoreWriter(std::unique_ptr<Connection> connection, const Options &options,
                         const StopToken &stop)
    : m_connection(std::move(connection)), m_options(options), m_stop(stop), m_source(*m_connection)
{
}

StoreWriter::~StoreWriter()
{
    m_inserter.reset();
    if (m_writing)
        m_connection->rollback();
}

Result<std::unique_ptr<StoreWriter>> StoreWriter::open(const QString &path, const Options &options,
                                                       const StopToken &stop)
{
    // A file that is no store is refused before a lock file appears beside it.
    if (const Status admitted = Connection::admit(path, Connection::Access::Create); !admitted)
        return admitted.error();
    Result<std::unique_ptr<QLockFile>> lock = lockForWriting(path, options.wait, stop);
    if (!lock)
        return lock.error();
    Result<std::unique_ptr<Connection>> connection = Connection::open(path, Connection::Access::Create);
    if (!connection)
        return connection.error();
    Result<std::unique_ptr<StoreWriter>> writer = over(std::move(*connection), options, stop);
    if (!writer)
        return writer;
    (*writer)->m_lock = std::move(*lock);
    (*writer)->m_checkpointer = std::make_unique<Checkpointer>(path);
    if ((*writer)->m_wasEmpty && (*writer)->m_profiles->knowsAll())
        (*writer)->m_inserter = std::make_unique<EventInserter>((*writer)->m_events);
    return writer;
}

Result<std::unique_ptr<StoreWriter>> StoreWriter::over(std::unique_ptr<Connection> connection,
                                                       const Options &options, const StopToken &stop)
{
    std::unique_ptr<StoreWriter> writer(new StoreWriter(std::move(connection), options, stop));
    if (const Status prepared = writer->prepare(); !prepared)
        return prepared.error();
    return writer;
}

Status StoreWriter::prepare()
{
    Result<StoredDictionaries> dictionaries = StoredDictionaries::load(*m_connection);
    if (!dictionaries)
        return dictionaries.error();
    m_dictionaries = std::move(*dictionaries);
    Result<GroupTypes> groupTypes = GroupTypes::load(*m_connection);
    if (!groupTypes)
        return groupTypes.error();
    m_groupTypes = std::move(*groupTypes);
    Result<EventTable> events = EventTable::open(*m_connection);
    if (!events)
        return events.error();
    m_events = std::move(*events);
    Result<PendingContent> pending = PendingContent::open(*m_connection);
    if (!pending)
        return pending.error();
    m_pending = std::move(*pending);
    Result<std::unique_ptr<BlockWriter>> blocks = BlockWriter::open(*m_connection);
    if (!blocks)
        return blocks.error();
    m_blocks = std::move(*blocks);
    Result<std::unique_ptr<ColumnWriter>> columns = ColumnWriter::open(*m_connection);
    if (!columns)
        return columns.error();
    m_columns = std::move(*columns);
    if (!columnsAreWritten())
        m_columnRows = m_columns->storedRows();
    Result<std::unique_ptr<ProfileWriter>> profiles =
        ProfileWriter::open(*m_connection, m_dictionaries, m_names);
    if (!profiles)
        return profiles.error();
    m_profiles = std::move(*profiles);
    if (!m_options.prices) {
        Result<std::shared_ptr<const PriceBook>> prices = priceBookOf(*m_connection);
        if (!prices)
            return prices.error();
        m_options.prices = std::move(*prices);
    }
    const Result<std::optional<std::int64_t>> known = pricedWith(*m_connection);
    if (!known)
        return known.error();
    m_pricedWith = *known;
    m_fingerprint = fingerprintOf(*m_options.prices);
    m_wasEmpty = m_columns->rows() == 0;
    if (m_wasEmpty)
        m_newUuids.emplace();
    return Done{};
}

Status StoreWriter::begin()
{
    if (m_writing)
        return Done{};
    const Status begun = m_connection->beginWriting(m_options.wait, m_stop);
    m_writing = begun.ok();
    return begun;
}

/// Has every row in the table, so that something else may use the connection.
Status StoreWriter::settle()
{
    return m_inserter ? m_inserter->settle() : Status(Done{});
}

/// A new store is told everything and asked nothing, so that rows may be inserted behind what else is done.
/// Once events need what the store holds, that ends.
Status StoreWriter::insertAtOnceIfNeeded()
{
    if (!m_inserter || (m_profiles->knowsAll() && !m_pending.any()))
        return Done{};
    const Status settled = settle();
    m_inserter.reset();
    return settled;
}

Status StoreWriter::insert(std::int64_t row, const FactRow &facts, const EventOrigin &origin)
{
    return m_inserter ? m_inserter->insert(row, facts, origin) : m_events.insert(row, facts, origin);
}

/// The row of that uuid, if there is one.
Result<std::optional<EventTable::Known>> StoreWriter::find(const Uuid &uuid)
{
    // Few events of a new store are there already, and looking for one takes as long as parsing its JSON.
    if (m_newUuids && m_newUuids->insert(uuid))
        return std::optional<EventTable::Known>();
    const Status settled = settle();
    return settled ? m_events.find(uuid) : settled.error();
}

Status StoreWriter::beginSource(const QString &file)
{
    if (const Status begun = begin(); !begun)
        return begun;
    if (const Status settled = settle(); !settled)
        return settled;
    const Status opened = m_source.begin(file);
    m_sourceId = m_source.id();
    return opened;
}

Result<std::int64_t> StoreWriter::beginStream(SourceLog::Stream stream, const QString &address,
                                              std::int64_t source)
{
    if (const Status begun = begin(); !begun)
        return begun.error();
    if (source == 0 || !m_source.resume(source)) {
        if (const Status opened = m_source.beginStream(stream, address); !opened)
            return opened.error();
    }
    m_sourceId = m_source.id();
    return m_sourceId;
}

Status StoreWriter::alongside(const std::function<Status(const Connection &)> &write)
{
    if (const Status begun = begin(); !begun)
        return begun;
    const Status settled = settle();
    return settled ? write(*m_connection) : settled;
}

Status StoreWriter::attributeTo(std::int64_t source)
{
    m_sourceId = source;
    return begin();
}

Status StoreWriter::addKnownPerson(const std::string &key, const PropertyBag &bag)
{
    const Status begun = begin();
    return begun ? m_profiles->mergePerson(key, bag) : begun;
}

Status StoreWriter::addKnownMapping(const std::string &distinctId, const std::string &person,
                                    std::int64_t timestampUs)
{
    const Status begun = begin();
    return begun ? m_profiles->mergeMapping(distinctId, person, timestampUs) : begun;
}

Status StoreWriter::addKnownGroup(const std::string &type, const std::string &key, const PropertyBag &bag)
{
    const Status begun = begin();
    return begun ? m_profiles->mergeGroup(type, key, bag) : begun;
}

Status StoreWriter::endSource()
{
    if (const Status begun = begin(); !begun)
        return begun;
    if (const Status settled = settle(); !settled)
        return settled;
    return m_source.save(true);
}

Result<StoreWriter::Outcome> StoreWriter::add(const PreparedEvent &prepared)
{
    if (const Status begun = begin(); !begun)
        return begun.error();
    if (const Status settled = insertAtOnceIfNeeded(); !settled)
        return settled.error();
    if (prepared.event.record == RecordKind::Person)
        return addPerson(prepared.event);
    if (prepared.event.record == RecordKind::Content)
        return addContent(prepared);
    const bool kept = m_options.allEvents || prepared.event.isAiEvent();
    if (const Status applied = m_profiles->apply(prepared.event, kept); !applied)
        return applied.error();
    if (!kept) {
        m_source.addEvents(1, 0);
        return Outcome::Ignored;
    }
    const Result<std::optional<EventTable::Known>> known = find(prepared.event.uuid);
    if (!known)
        return known.error();
    m_source.addEvents(1, known->has_value() ? 0 : 1);
    if (!*known)
        return addNew(prepared);
    if ((*known)->origin.rawHash == static_cast<std::int64_t>(prepared.rawHash))
        return Outcome::Duplicate;
    return unite(**known, prepared);
}

Result<StoreWriter::Outcome> StoreWriter::addNew(const PreparedEvent &prepared)
{
    const Event &event = prepared.event;
    const EventCosts costs = prepared.costs ? *prepared.costs : costsOf(event, *m_options.prices);
    const FactRow facts = factsOf(event, costs, m_dictionaries, m_groupTypes);
    const std::int64_t row = m_columns->append(facts);
    m_names.addEvent(event);
    const BlockPlace place = m_blocks->append(event, row);
    const EventOrigin origin{m_sourceId, static_cast<std::int64_t>(prepared.rawHash), false, place};
    if (const Status inserted = insert(row, facts, origin); !inserted)
        return inserted.error();
    if (const Status united = addPendingContent(event.uuid); !united)
        return united.error();
    return Outcome::New;
}

Result<StoreWriter::Outcome> StoreWriter::addPerson(const Event &person)
{
    if (const Status applied = m_profiles->apply(person, false); !applied)
        return applied.error();
    m_source.addEvents(1, 0);
    return Outcome::Person;
}

Result<std::optional<KnownHashes>> StoreWriter::knownHashes(std::int64_t expectedEvents) const
{
    // Reading the hash of an event takes a twentieth of the time that parsing one does.
    const std::int64_t stored = m_columns->rows();
    if (stored == 0 || stored > kMostKnownHashes || expectedEvents * 4 < stored)
        return std::optional<KnownHashes>();
    Result<KnownHashes> hashes = KnownHashes::load(*m_connection, m_options.allEvents);
    if (!hashes)
        return hashes.error();
    return std::optional<KnownHashes>(std::move(*hashes));
}

/// What the store says of the book behind its costs, now that this writer's is one of them.
Status StoreWriter::notePriceBook()
{
    const bool alone = m_wasEmpty || m_pricedWith == m_fingerprint;
    const std::optional<std::int64_t> now = alone ? std::optional(m_fingerprint) : std::nullopt;
    if (now == m_pricedWith)
        return Done{};
    m_pricedWith = now;
    return setPricedWith(*m_connection, now);
}

/// Where the columns end, if that changed.
Status StoreWriter::noteColumnRows()
{
    const std::optional<std::int64_t> rows =
        columnsAreWritten() ? std::nullopt : std::optional(m_columns->storedRows());
    if (rows == m_columnRows)
        return Done{};
    m_columnRows = rows;
    return setColumnRows(*m_connection, rows);
}

Result<SnapshotUpdate> StoreWriter::commit(Columns columns)
{
    SnapshotUpdate update;
    if (!m_writing) {
        if (columnsAreWritten())
            return update;
        if (const Status begun = begin(); !begun) // only columns that were left for later
            return begun.error();
    }
    const Status settled = settle();
    Transaction transaction(*m_connection);
    m_writing = false;
    if (!settled)
        return settled.error();
    if (m_source.isOpen()) {
        if (const Status saved = m_source.save(false); !saved)
            return saved.error();
    }
    const bool changed = m_columns->hasChanged();
    const bool wait = columns == Columns::Later && m_columns->canWait();
    // Segments are compressed meanwhile.
    if (const Status sealed = wait ? Status(Done{}) : m_columns->seal(); !sealed)
        return sealed.error();
    Result<ProfileWriter::Persons> persons = m_profiles->flush(m_dictionaries, m_groupTypes);
    if (!persons)
        return persons.error();
    if (const Status saved = m_names.save(*m_connection); !saved)
        return saved.error();
    if (const Status saved = m_groupTypes.saveNew(*m_connection); !saved)
        return saved.error();
    if (const Status saved = m_dictionaries.saveNew(*m_connection); !saved)
        return saved.error();
    if (const Status flushed = m_blocks->flush(); !flushed)
        return flushed.error();
    Result<ChangedSegments> segments = wait ? Result<ChangedSegments>(ChangedSegments()) : m_columns->flush();
    if (!segments)
        return segments.error();
    if (changed) {
        if (const Status noted = notePriceBook(); !noted)
            return noted.error();
    }
    if (const Status noted = noteColumnRows(); !noted)
        return noted.error();
    if (m_connection->hasLostItsFile()) // what is written now would go with it
        return makeError(Error::Kind::Io,
                         QCoreApplication::translate("Store", "%1: the store was removed, moved or replaced "
                                                              "while it was written. Is its drive still "
                                                              "there?")
                             .arg(m_connection->path()));
    if (const Status committed = transaction.commit(); !committed)
        return committed.error();
    if (m_checkpointer)
        m_checkpointer->tellCommitted();
    update.segments = std::move(*segments);
    update.dictionaries = m_dictionaries.views();
    update.groupTypes = m_groupTypes.names();
    update.pricedWith = m_pricedWith;
    update.distinctToPerson = std::move(*persons);
    return update;
}

} // namespace genscope

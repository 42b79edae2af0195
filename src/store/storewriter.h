// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/snapshot.h"
#include "core/event.h"
#include "core/result.h"
#include "core/stoptoken.h"
#include "ingest/normalise.h"
#include "pricing/pricing.h"
#include "store/blockwriter.h"
#include "store/checkpointer.h"
#include "store/columnwriter.h"
#include "store/connection.h"
#include "store/eventinserter.h"
#include "store/eventtable.h"
#include "store/grouptypes.h"
#include "store/knownhashes.h"
#include "store/pendingcontent.h"
#include "store/profiles.h"
#include "store/propertycounter.h"
#include "store/sourcelog.h"
#include "store/storeddictionaries.h"
#include "store/uuidfilter.h"

#include <QLockFile>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace genscope {

/// An event with what can be worked out about it before the store is asked.
struct PreparedEvent
{
    const Event &event;
    std::uint64_t rawHash = 0;         ///< hashOfRaw() of event.raw
    const EventCosts *costs = nullptr; ///< null: not worked out yet
};
std::uint64_t hashOfRaw(std::string_view raw);

/// The one writer of a store: takes events in, one uuid once, and makes them durable batch by batch. Other
/// programs that want to write wait for it; readers never do. After an error it is of no further use, and the
/// store is as of the last commit().
/// @thread one
class StoreWriter
{
public:
    struct Options
    {
        bool allEvents = false;
        std::shared_ptr<const PriceBook> prices; ///< null: the store's own book
        WriterWait wait;
    };
    /// Opens the store, made if there is none, and waits for another writer to finish. @error Io, Cancelled
    static Result<std::unique_ptr<StoreWriter>> open(const QString &path, const Options &options,
                                                     const StopToken &stop);
    /// The same over a store that nobody else knows of, without locking it.
    static Result<std::unique_ptr<StoreWriter>> over(std::unique_ptr<Connection> connection,
                                                     const Options &options, const StopToken &stop);
    ~StoreWriter();

    /// The prices that events are priced by.
    const std::shared_ptr<const PriceBook> &prices() const { return m_options.prices; }

    enum class Outcome {
        New,
        Duplicate, ///< nothing in it was unknown
        Updated,   ///< united with the copy that was there
        Ignored,   ///< no AI event; what it says about persons and groups was taken in
        Person,    ///< a row about a person, taken in
        Waiting,   ///< content whose event is not there yet
    };
    /// Events of one file belong between beginSource() and endSource(). @error Database
    Status beginSource(const QString &file);
    /// The same for events that come from or are sent to @p address. @p source goes on with what was answered
    /// before; 0 begins anew. @return the source
    Result<std::int64_t> beginStream(SourceLog::Stream stream, const QString &address, std::int64_t source);
    Result<Outcome> add(const PreparedEvent &prepared);
    /// Says that @p event is soon to be added, which makes that faster.
    void expect(const Event &event) const
    {
        if (m_newUuids)
            m_newUuids->expect(event.uuid);
    }
    /// Copies of stored events, told by knownHashes() and not passed to add().
    void addKnown(std::int64_t count) { m_source.addEvents(count, 0); }
    void addReject(const Reject &reject) { m_source.addReject(reject); }
    void addBytes(std::int64_t bytes) { m_source.addBytes(bytes); }
    Status endSource();

    /// Writes something of another table, durable with what was added.
    Status alongside(const std::function<Status(const Connection &)> &write);

    // For taking in again what a store held before. @error Database
    const Connection &connection() const { return *m_connection; }
    /// The source, already in the store, of the events that follow.
    Status attributeTo(std::int64_t source);
    /// Blocks get ids above that one.
    void beginBlocksAfter(std::int64_t lastId) { m_blocks->beginAfter(lastId); }
    Status addKnownPerson(const std::string &key, const PropertyBag &bag);
    Status addKnownMapping(const std::string &distinctId, const std::string &person,
                           std::int64_t timestampUs);
    Status addKnownGroup(const std::string &type, const std::string &key, const PropertyBag &bag);

    /// What tells a dump's copies of stored events before they are parsed; nothing where that does not pay
    /// for a dump of about that many events. @error Database
    Result<std::optional<KnownHashes>> knownHashes(std::int64_t expectedEvents) const;

    /// True where a commit() costs least: see ColumnWriter::endsSegment().
    bool endsSegment() const { return m_columns->endsSegment(); }
    /// Later: the last segment need not be written; until it is, readers make its newest rows from the table
    /// `event`. For small commits, of which each would write it anew.
    enum class Columns { Now, Later };
    /// Makes everything so far durable. @return what changed in the columns that were written. @error
    /// Database
    Result<SnapshotUpdate> commit(Columns columns = Columns::Now);
    /// False if a commit left columns for later.
    bool columnsAreWritten() const { return m_columns->storedRows() == m_columns->rows(); }

private:
    StoreWriter(std::unique_ptr<Connection> connection, const Options &options, const StopToken &stop);
    Status prepare();
    Status notePriceBook();
    Status noteColumnRows();
    Status begin();
    Result<std::optional<EventTable::Known>> find(const Uuid &uuid);
    Status insert(std::int64_t row, const FactRow &facts, const EventOrigin &origin);
    Status settle();
    Status insertAtOnceIfNeeded();
    Result<Outcome> addNew(const PreparedEvent &prepared);
    Result<Outcome> addPerson(const Event &person);
    Result<Outcome> addContent(const PreparedEvent &prepared);
    Status addPendingContent(const Uuid &uuid);
    Result<Outcome> unite(const EventTable::Known &known, const PreparedEvent &prepared);
    Status recountNames(const EventTable::Known &known, const Event &united);
    Status replace(const EventTable::Known &known, const Event &event, const EventOrigin &origin);

    std::unique_ptr<QLockFile> m_lock;            ///< released last
    std::unique_ptr<Checkpointer> m_checkpointer; ///< null: nobody else knows of the store
    std::unique_ptr<Connection> m_connection;
    Options m_options;
    StopToken m_stop;
    bool m_writing = false; ///< a transaction is open

    StoredDictionaries m_dictionaries;
    GroupTypes m_groupTypes;
    std::unique_ptr<BlockWriter> m_blocks;
    std::unique_ptr<ColumnWriter> m_columns;
    PropertyCounter m_names;
    std::unique_ptr<ProfileWriter> m_profiles;
    EventTable m_events;
    std::unique_ptr<EventInserter> m_inserter; ///< null: rows are inserted at once
    std::optional<UuidFilter> m_newUuids;      ///< of all events, where the store was empty
    PendingContent m_pending;
    SourceLog m_source;
    std::int64_t m_sourceId = 0; ///< of the events that are added
    EventParser m_parser;        ///< for united events

    bool m_wasEmpty = false;        ///< before this writer
    std::int64_t m_fingerprint = 0; ///< of the writer's price book
    std::optional<std::int64_t> m_pricedWith;
    std::optional<std::int64_t> m_columnRows; ///< as the store has it: nothing if columns hold all events
};

} // namespace genscope

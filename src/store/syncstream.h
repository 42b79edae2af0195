// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/snapshot.h"
#include "core/event.h"
#include "core/result.h"
#include "core/stoptoken.h"
#include "ingest/importreport.h"
#include "store/connection.h"
#include "store/synctable.h"

#include <QString>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace genscope {

struct OutcomeTally;
class StoreWriter;

/// Writes what is pulled from a project: events, how far the project is done by them, and what is wanted
/// next become durable in one transaction, so that whoever goes on later misses nothing and repeats nothing.
/// Holds the store only from a commit() to the next rest().
/// @thread one
class SyncStream
{
public:
    struct Options
    {
        WriterWait wait;
        /// Told after every commit, with the report so far; and without segments when the store is let go.
        std::function<void(const SnapshotUpdate &, const ImportReport &)> onCommit;
    };
    /// Looks at the store, which need not exist yet: the first commit makes it. @error Io
    static Result<std::unique_ptr<SyncStream>> open(const QString &storePath, const std::string &host,
                                                    const std::string &project, Options options,
                                                    const StopToken &stop);
    ~SyncStream(); ///< what was not committed is lost
    SyncStream(const SyncStream &) = delete;
    SyncStream &operator=(const SyncStream &) = delete;

    /// As the store has it.
    const SyncState &state() const { return m_state; }

    struct Batch
    {
        std::vector<Event> events;
        std::vector<Reject> rejects;
        std::int64_t bytes = 0; ///< as they came
        std::vector<Wanted> wanted;
        std::vector<Wanted> fetched;    ///< not wanted any more
        std::vector<DayCount> compared; ///< days that were pulled again, as the server counts them
    };
    /// Makes a batch and @p next durable; counts of @p next are kept here. After an error nothing of it is
    /// in the store. @error Io, Database, Cancelled
    Status commit(const Batch &batch, SyncState next);
    /// Lets go of the store, so that others may write. @error Io, Database: of no further use then
    Status rest();
    /// Another program waits for the store that this one holds.
    bool isInTheWay() const;

    Result<std::vector<Wanted>> oldestWanted(Wanted::Kind kind, std::int64_t most) const;
    Result<WantedSummary> wanted(Wanted::Kind kind) const;
    /// Events of each UTC day in [from, to), by name, as far as this project brought them. @error Database
    Result<std::vector<DayCount>> countDays(Timestamp from, Timestamp to) const;
    /// What Batch::compared told. @error Database
    Result<std::vector<DayCount>> compared() const;

    const ImportReport &report() const { return m_report; } ///< of what was committed

private:
    SyncStream(QString storePath, Options options, const StopToken &stop);
    Status openWriter();
    Status write(const Batch &batch, SyncState &next, OutcomeTally &tally);
    bool hasStore() const;

    const QString m_storePath;
    const Options m_options;
    const StopToken m_stop;
    SyncState m_state;
    ImportReport m_report;
    std::unique_ptr<StoreWriter> m_writer; ///< null: the store is let go
};

} // namespace genscope

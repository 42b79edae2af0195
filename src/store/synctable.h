// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/stoptoken.h"
#include "core/timestamp.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace genscope {

class Connection;

/// A place in rows that are ordered by time and uuid: everything up to it is done.
struct PageKey
{
    Timestamp at;
    std::string uuid; ///< as the server writes it; empty: before all rows of that time

    auto operator<=>(const PageKey &) const = default;
};

/// How far the events of a project have been pulled (a row of the table `connection`). Never holds a key.
struct SyncState
{
    std::int64_t id = 0; ///< 0: not in a store yet
    std::string host;    ///< `https://us.posthog.com`
    std::string project;
    std::int64_t source = 0; ///< the row of `source` that its events count for; 0: none yet

    Timestamp since;              ///< events from then on are wanted
    std::optional<PageKey> taken; ///< by `created_at`: what arrived before is there; nothing: not begun
    /// What was there before the first sync, by `timestamp`; nothing: it is complete.
    struct Backfill
    {
        PageKey taken;
        Timestamp end;
        bool operator==(const Backfill &) const = default;
    };
    std::optional<Backfill> backfill;
    std::string exportRun;       ///< a file export that was asked for and not yet read
    bool exportsRefused = false; ///< by the server, for this key

    /// Where prompts and answers are; empty: in `events` themselves. Nothing: not asked yet.
    std::optional<std::string> contentTable;
    std::int64_t retentionDays = 30; ///< how long the server keeps them

    std::optional<Timestamp> reconciled; ///< when counts per day were compared last
    std::optional<Timestamp> groupsTaken;

    // For people:
    std::int64_t events = 0; ///< pulled, new or not
    std::int64_t newEvents = 0;
    std::int64_t requests = 0;
    std::optional<Timestamp> lastAttempt;
    std::optional<Timestamp> lastSuccess;
    std::string lastError; ///< why the last attempt ended early; empty after a success
};

/// Something that is to be fetched later, oldest first (a row of the table `wanted`).
struct Wanted
{
    enum class Kind : std::uint8_t {
        Content = 0, ///< prompts and answers of a trace's events in [from, to]
        Person = 1,  ///< the properties of a person
    };
    Kind kind = Kind::Content;
    std::string key; ///< trace id, person id
    Timestamp from;
    Timestamp to;
    bool operator==(const Wanted &) const = default;
};

struct WantedSummary
{
    std::int64_t count = 0;
    std::optional<Timestamp> oldest;
    bool operator==(const WantedSummary &) const = default;
};

// All: @error Database

/// The state of that project; nothing if it was never pulled into this store.
Result<std::optional<SyncState>> loadSyncState(const Connection &connection, const std::string &host,
                                               const std::string &project);
/// The states of all projects that this store knows, the one that was pulled last first.
Result<std::vector<SyncState>> loadSyncStates(const Connection &connection);
/// The same of a store file, for whoever has none open. Empty if there is no store. @error Io
Result<std::vector<SyncState>> loadSyncStates(const QString &storePath);
/// Writes a state, inside of the current transaction; a new one is given its id.
Status saveSyncState(const Connection &connection, SyncState &state);
/// Forgets a project and what is wanted of it. Its events stay.
Status removeSyncState(const QString &storePath, const std::string &host, const std::string &project,
                       const StopToken &stop);

Status addWanted(const Connection &connection, std::int64_t state, const std::vector<Wanted> &wanted);
Status removeWanted(const Connection &connection, std::int64_t state, const std::vector<Wanted> &wanted);
Result<std::vector<Wanted>> oldestWanted(const Connection &connection, std::int64_t state, Wanted::Kind kind,
                                         std::int64_t most);
/// Events of a UTC day by name.
struct DayCount
{
    std::int64_t day = 0; ///< from 1970
    std::string event;
    std::int64_t count = 0;
    bool operator==(const DayCount &) const = default;
};
/// What a server counted on days that were pulled again without the counts getting equal.
Status saveCompared(const Connection &connection, std::int64_t state, const std::vector<DayCount> &counts);
Result<std::vector<DayCount>> loadCompared(const Connection &connection, std::int64_t state);
/// Events of each day in [from, to) that came from @p address (a row of `source`), or copies of which did.
Result<std::vector<DayCount>> countDaysOf(const Connection &connection, const std::string &address,
                                          Timestamp from, Timestamp to);

Result<WantedSummary> summaryOfWanted(const Connection &connection, std::int64_t state, Wanted::Kind kind);

} // namespace genscope

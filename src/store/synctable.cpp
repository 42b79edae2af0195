// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/synctable.h"

#include "store/connection.h"
#include "store/rows.h"
#include "store/schema.h"
#include "store/writelock.h"

#include <utility>

namespace genscope {

namespace {

constexpr auto kColumns =
    "id, host, project, source, since_us, taken_us, taken_uuid, backfill_us, backfill_uuid, backfill_end_us,"
    " export_run, exports_refused, content_table, retention_days, reconciled_us, groups_us, events,"
    " new_events, requests, attempted_us, synced_us, error";

std::string textOf(const Statement &row, int column)
{
    return std::string(row.bytes(column));
}

std::optional<Timestamp> timeOf(const Statement &row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(Timestamp{row.integer(column)});
}

SyncState stateOf(const Statement &row)
{
    SyncState state;
    int column = 0;
    state.id = row.integer(column++);
    state.host = textOf(row, column++);
    state.project = textOf(row, column++);
    state.source = row.integer(column++);
    state.since = {row.integer(column++)};
    if (const auto at = timeOf(row, column))
        state.taken = {*at, textOf(row, column + 1)};
    column += 2;
    if (const auto at = timeOf(row, column))
        state.backfill = {{*at, textOf(row, column + 1)}, {row.integer(column + 2)}};
    column += 3;
    state.exportRun = textOf(row, column++);
    state.exportsRefused = row.integer(column++) != 0;
    if (!row.isNull(column))
        state.contentTable = textOf(row, column);
    ++column;
    state.retentionDays = row.integer(column++);
    state.reconciled = timeOf(row, column++);
    state.groupsTaken = timeOf(row, column++);
    state.events = row.integer(column++);
    state.newEvents = row.integer(column++);
    state.requests = row.integer(column++);
    state.lastAttempt = timeOf(row, column++);
    state.lastSuccess = timeOf(row, column++);
    state.lastError = textOf(row, column++);
    return state;
}

void bindTime(Statement &statement, int parameter, const std::optional<Timestamp> &time)
{
    if (time)
        statement.bind(parameter, time->us);
    else
        statement.bindNull(parameter);
}

Result<std::vector<SyncState>> statesIn(Statement &select)
{
    std::vector<SyncState> states;
    const Status read =
        forEachRow(select, [&states](const Statement &row) { states.push_back(stateOf(row)); });
    if (!read)
        return read.error();
    return states;
}

/// Rows of (day, event name, count).
Result<std::vector<DayCount>> countsOf(Statement &select)
{
    std::vector<DayCount> counts;
    const Status read = forEachRow(select, [&counts](const Statement &row) {
        counts.push_back({row.integer(0), textOf(row, 1), row.integer(2)});
    });
    if (!read)
        return read.error();
    return counts;
}

Status forEachWanted(const Connection &connection, const char *sql, std::int64_t state,
                     const std::vector<Wanted> &wanted)
{
    Result<Statement> change = connection.prepare(sql);
    if (!change)
        return change.error();
    for (const Wanted &one : wanted) {
        change->bind(1, state);
        change->bind(2, static_cast<std::int64_t>(one.kind));
        change->bindText(3, one.key);
        change->bind(4, one.from.us);
        change->bind(5, one.to.us);
        if (const Status done = change->run(); !done)
            return done;
    }
    return Done{};
}

} // namespace

Result<std::optional<SyncState>> loadSyncState(const Connection &connection, const std::string &host,
                                               const std::string &project)
{
    Result<Statement> select = connection.prepare(std::string("SELECT ") + kColumns +
                                                  " FROM connection WHERE host = ?1 AND project = ?2");
    if (!select)
        return select.error();
    select->bindText(1, host);
    select->bindText(2, project);
    Result<std::vector<SyncState>> states = statesIn(*select);
    if (!states)
        return states.error();
    return states->empty() ? std::optional<SyncState>() : std::optional(std::move(states->front()));
}

Result<std::vector<SyncState>> loadSyncStates(const Connection &connection)
{
    Result<Statement> select = connection.prepare(
        std::string("SELECT ") + kColumns + " FROM connection ORDER BY coalesce(attempted_us, 0) DESC, id");
    if (!select)
        return select.error();
    return statesIn(*select);
}

Result<std::vector<SyncState>> loadSyncStates(const QString &storePath)
{
    if (inspectStoreFile(storePath).kind != StoreFile::Kind::Store)
        return std::vector<SyncState>();
    const auto connection = Connection::open(storePath, Connection::Access::Read);
    if (!connection)
        return connection.error();
    return loadSyncStates(**connection);
}

Status saveSyncState(const Connection &connection, SyncState &state)
{
    Result<Statement> save = connection.prepare(
        std::string("INSERT OR REPLACE INTO connection (") + kColumns +
        ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,"
        " ?21, ?22) RETURNING id");
    if (!save)
        return save.error();
    int parameter = 1;
    if (state.id == 0)
        save->bindNull(parameter++);
    else
        save->bind(parameter++, state.id);
    save->bindText(parameter++, state.host);
    save->bindText(parameter++, state.project);
    save->bind(parameter++, state.source);
    save->bind(parameter++, state.since.us);
    bindTime(*save, parameter++, state.taken ? std::optional(state.taken->at) : std::nullopt);
    save->bindText(parameter++, state.taken ? state.taken->uuid : std::string_view());
    const auto &backfill = state.backfill;
    bindTime(*save, parameter++, backfill ? std::optional(backfill->taken.at) : std::nullopt);
    save->bindText(parameter++, backfill ? backfill->taken.uuid : std::string_view());
    bindTime(*save, parameter++, backfill ? std::optional(backfill->end) : std::nullopt);
    save->bindText(parameter++, state.exportRun);
    save->bind(parameter++, std::int64_t{state.exportsRefused});
    if (state.contentTable)
        save->bindText(parameter++, *state.contentTable);
    else
        save->bindNull(parameter++);
    save->bind(parameter++, state.retentionDays);
    bindTime(*save, parameter++, state.reconciled);
    bindTime(*save, parameter++, state.groupsTaken);
    save->bind(parameter++, state.events);
    save->bind(parameter++, state.newEvents);
    save->bind(parameter++, state.requests);
    bindTime(*save, parameter++, state.lastAttempt);
    bindTime(*save, parameter++, state.lastSuccess);
    save->bindText(parameter++, state.lastError);
    const Result<bool> row = save->step();
    if (!row)
        return row.error();
    state.id = save->integer(0);
    save->reset();
    return Done{};
}

Status removeSyncState(const QString &storePath, const std::string &host, const std::string &project,
                       const StopToken &stop)
{
    const auto connection = Connection::open(storePath, Connection::Access::Write);
    if (!connection)
        return connection.error();
    if (const Status begun = beginEditing(**connection, {}, stop); !begun)
        return begun;
    Transaction transaction(**connection);
    for (const char *sql : {"DELETE FROM wanted WHERE connection IN"
                            " (SELECT id FROM connection WHERE host = ?1 AND project = ?2)",
                            "DELETE FROM compared WHERE connection IN"
                            " (SELECT id FROM connection WHERE host = ?1 AND project = ?2)",
                            "DELETE FROM connection WHERE host = ?1 AND project = ?2"}) {
        Result<Statement> remove = (*connection)->prepare(sql);
        if (!remove)
            return remove.error();
        remove->bindText(1, host);
        remove->bindText(2, project);
        if (const Status removed = remove->run(); !removed)
            return removed;
    }
    return transaction.commit();
}

Status addWanted(const Connection &connection, std::int64_t state, const std::vector<Wanted> &wanted)
{
    return forEachWanted(connection,
                         "INSERT INTO wanted (connection, kind, key, from_us, to_us)"
                         " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (connection, kind, key) DO UPDATE SET"
                         " from_us = min(from_us, excluded.from_us), to_us = max(to_us, excluded.to_us)",
                         state, wanted);
}

Status removeWanted(const Connection &connection, std::int64_t state, const std::vector<Wanted> &wanted)
{
    // Bounds that grew since belong to events that came later.
    return forEachWanted(connection,
                         "DELETE FROM wanted WHERE connection = ?1 AND kind = ?2 AND key = ?3"
                         " AND from_us >= ?4 AND to_us <= ?5",
                         state, wanted);
}

Result<std::vector<Wanted>> oldestWanted(const Connection &connection, std::int64_t state, Wanted::Kind kind,
                                         std::int64_t most)
{
    Result<Statement> select =
        connection.prepare("SELECT key, from_us, to_us FROM wanted WHERE connection = ?1 AND kind = ?2"
                           " ORDER BY from_us, key LIMIT ?3");
    if (!select)
        return select.error();
    select->bind(1, state);
    select->bind(2, static_cast<std::int64_t>(kind));
    select->bind(3, most);
    std::vector<Wanted> wanted;
    const Status read = forEachRow(*select, [&](const Statement &row) {
        wanted.push_back({kind, textOf(row, 0), {row.integer(1)}, {row.integer(2)}});
    });
    if (!read)
        return read.error();
    return wanted;
}

Status saveCompared(const Connection &connection, std::int64_t state, const std::vector<DayCount> &counts)
{
    if (counts.empty())
        return Done{};
    Result<Statement> save = connection.prepare(
        "INSERT OR REPLACE INTO compared (connection, day, event, count) VALUES (?1, ?2, ?3, ?4)");
    if (!save)
        return save.error();
    for (const DayCount &count : counts) {
        save->bind(1, state);
        save->bind(2, count.day);
        save->bindText(3, count.event);
        save->bind(4, count.count);
        if (const Status saved = save->run(); !saved)
            return saved;
    }
    return Done{};
}

Result<std::vector<DayCount>> loadCompared(const Connection &connection, std::int64_t state)
{
    Result<Statement> select = connection.prepare(
        "SELECT day, event, count FROM compared WHERE connection = ?1 ORDER BY day, event");
    if (!select)
        return select.error();
    select->bind(1, state);
    return countsOf(*select);
}

Result<std::vector<DayCount>> countDaysOf(const Connection &connection, const std::string &address,
                                          Timestamp from, Timestamp to)
{
    Result<Statement> select = connection.prepare(
        "WITH own AS (SELECT id FROM source WHERE kind = 'sync' AND path = ?1)"
        " SELECT timestamp_us / 86400000000 AS day,"
        " (SELECT value FROM dictionary WHERE field = 0 AND code = e.name), count(*)"
        " FROM event e WHERE timestamp_us >= ?2 AND timestamp_us < ?3 AND (source IN own OR EXISTS"
        " (SELECT 1 FROM event_copy c WHERE c.event = e.id AND c.source IN own))"
        " GROUP BY day, e.name ORDER BY day, e.name");
    if (!select)
        return select.error();
    select->bindText(1, address);
    select->bind(2, from.us);
    select->bind(3, to.us);
    return countsOf(*select);
}

Result<WantedSummary> summaryOfWanted(const Connection &connection, std::int64_t state, Wanted::Kind kind)
{
    Result<Statement> select =
        connection.prepare("SELECT count(*), min(from_us) FROM wanted WHERE connection = ?1 AND kind = ?2");
    if (!select)
        return select.error();
    select->bind(1, state);
    select->bind(2, static_cast<std::int64_t>(kind));
    const Result<bool> row = select->step();
    if (!row)
        return row.error();
    return WantedSummary{select->integer(0), timeOf(*select, 1)};
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/schema.h"

#include "store/usagecolumns.h"

namespace genscope {

namespace {

// Version 1. docs/store-schema.md describes every table and column. Frozen: later versions add steps.

const char *const kEventTable = R"(
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    timestamp_us INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    flags INTEGER NOT NULL,
    http_status INTEGER,
    name INTEGER,
    model INTEGER,
    provider INTEGER,
    distinct_id INTEGER,
    person_id INTEGER,
    trace INTEGER,
    session INTEGER,
    span_name INTEGER,
    error INTEGER,
    lib INTEGER,
    tools INTEGER,
    cost_model INTEGER,
    cost_provider INTEGER,
    cost_source INTEGER NOT NULL,
    input_tokens INTEGER,
    output_tokens INTEGER,
    cache_read_tokens INTEGER,
    cache_write_tokens INTEGER,
    reasoning_tokens INTEGER,
    reported_input_pico INTEGER,
    reported_output_pico INTEGER,
    reported_request_pico INTEGER,
    reported_web_search_pico INTEGER,
    reported_total_pico INTEGER,
    book_input_pico INTEGER,
    book_output_pico INTEGER,
    book_cache_read_pico INTEGER,
    book_cache_write_pico INTEGER,
    book_request_pico INTEGER,
    book_web_search_pico INTEGER,
    group_0 INTEGER, group_1 INTEGER, group_2 INTEGER, group_3 INTEGER,
    group_4 INTEGER, group_5 INTEGER, group_6 INTEGER, group_7 INTEGER,
    group_8 INTEGER, group_9 INTEGER, group_10 INTEGER, group_11 INTEGER,
    group_12 INTEGER, group_13 INTEGER, group_14 INTEGER, group_15 INTEGER,
    latency_s REAL,
    ttft_s REAL,
    source INTEGER NOT NULL,
    raw_hash INTEGER NOT NULL,
    united INTEGER,
    block INTEGER NOT NULL,
    block_offset INTEGER NOT NULL
))";

const char *const kEventsView = R"(
CREATE VIEW events AS
SELECT e.id,
    lower(substr(hex(e.uuid), 1, 8) || '-' || substr(hex(e.uuid), 9, 4) || '-' || substr(hex(e.uuid), 13, 4)
          || '-' || substr(hex(e.uuid), 17, 4) || '-' || substr(hex(e.uuid), 21, 12)) AS uuid,
    strftime('%Y-%m-%dT%H:%M:%S', e.timestamp_us / 1000000, 'unixepoch')
        || printf('.%06dZ', e.timestamp_us % 1000000) AS timestamp,
    (SELECT value FROM dictionary WHERE field = 0 AND code = e.name) AS event,
    CASE e.kind WHEN 0 THEN 'generation' WHEN 1 THEN 'embedding' WHEN 2 THEN 'span' WHEN 3 THEN 'trace'
        WHEN 4 THEN 'metric' WHEN 5 THEN 'feedback' WHEN 6 THEN 'evaluation' ELSE 'other' END AS kind,
    (SELECT value FROM dictionary WHERE field = 1 AND code = e.model) AS model,
    (SELECT value FROM dictionary WHERE field = 2 AND code = e.provider) AS provider,
    (SELECT value FROM dictionary WHERE field = 3 AND code = e.distinct_id) AS distinct_id,
    (SELECT value FROM dictionary WHERE field = 4 AND code = e.person_id) AS person_id,
    (e.flags & 128) <> 0 AS is_anonymous,
    (SELECT value FROM dictionary WHERE field = 5 AND code = e.trace) AS trace_id,
    (SELECT value FROM dictionary WHERE field = 6 AND code = e.session) AS session_id,
    (SELECT value FROM dictionary WHERE field = 7 AND code = e.span_name) AS span_name,
    (e.flags & 1) <> 0 AS is_error,
    (SELECT value FROM dictionary WHERE field = 8 AND code = e.error) AS error,
    e.http_status,
    CASE WHEN e.flags & 2 THEN (e.flags & 4) <> 0 END AS stream,
    (SELECT value FROM dictionary WHERE field = 9 AND code = e.lib) AS lib,
    (SELECT value FROM dictionary WHERE field = 10 AND code = e.tools) AS tools,
    e.latency_s,
    e.ttft_s,
    e.input_tokens,
    e.output_tokens,
    e.cache_read_tokens,
    e.cache_write_tokens,
    e.reasoning_tokens,
    COALESCE(e.reported_total_pico, CASE WHEN COALESCE(e.book_input_pico, e.book_output_pico,
        e.book_request_pico, e.book_web_search_pico) IS NOT NULL THEN COALESCE(e.book_input_pico, 0)
        + COALESCE(e.book_output_pico, 0) + COALESCE(e.book_request_pico, 0)
        + COALESCE(e.book_web_search_pico, 0) END) / 1e12 AS cost_usd,
    e.reported_total_pico / 1e12 AS reported_cost_usd,
    (SELECT value FROM dictionary WHERE field = 11 AND code = e.cost_model) AS cost_model,
    (SELECT value FROM dictionary WHERE field = 12 AND code = e.cost_provider) AS cost_provider,
    CASE e.cost_source WHEN 1 THEN 'passthrough' WHEN 2 THEN 'manual' WHEN 3 THEN 'openrouter'
        WHEN 4 THEN 'custom' ELSE 'none' END AS cost_source,
    (SELECT value FROM dictionary WHERE field = 13 AND code = e.group_0) AS group_0,
    (SELECT value FROM dictionary WHERE field = 14 AND code = e.group_1) AS group_1,
    (SELECT value FROM dictionary WHERE field = 15 AND code = e.group_2) AS group_2,
    (SELECT value FROM dictionary WHERE field = 16 AND code = e.group_3) AS group_3,
    (SELECT value FROM dictionary WHERE field = 17 AND code = e.group_4) AS group_4,
    (SELECT path FROM source WHERE id = e.source) AS source
FROM event e)";

QStringList firstSchema()
{
    return {
        QStringLiteral("CREATE TABLE source (id INTEGER PRIMARY KEY, path TEXT NOT NULL, kind TEXT NOT NULL,"
                       " bytes INTEGER NOT NULL DEFAULT 0, events INTEGER NOT NULL DEFAULT 0,"
                       " new_events INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0,"
                       " fingerprint INTEGER, started_us INTEGER NOT NULL, finished_us INTEGER)"),
        QStringLiteral("CREATE TABLE reject (source INTEGER NOT NULL, line INTEGER NOT NULL,"
                       " reason TEXT NOT NULL)"),
        QStringLiteral("CREATE TABLE dictionary (field INTEGER NOT NULL, code INTEGER NOT NULL,"
                       " value TEXT NOT NULL, PRIMARY KEY (field, code)) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE group_type (slot INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
                       " group_index INTEGER)"),
        QString::fromUtf8(kEventTable),
        QStringLiteral(
            "CREATE TABLE event_copy (event INTEGER NOT NULL, raw_hash INTEGER NOT NULL,"
            " captured INTEGER NOT NULL, source INTEGER NOT NULL, block INTEGER NOT NULL,"
            " block_offset INTEGER NOT NULL, PRIMARY KEY (event, block, block_offset)) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE block (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL,"
                       " raw_size INTEGER NOT NULL, data BLOB NOT NULL)"),
        QStringLiteral(
            "CREATE TABLE segment (id INTEGER PRIMARY KEY, rows INTEGER NOT NULL, raw_size INTEGER NOT NULL,"
            " data BLOB NOT NULL)"),
        QStringLiteral("CREATE TABLE person (key TEXT PRIMARY KEY, properties TEXT NOT NULL,"
                       " property_times NOT NULL) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE person_distinct (distinct_id TEXT PRIMARY KEY, person_id TEXT NOT NULL,"
                       " timestamp_us INTEGER NOT NULL) WITHOUT ROWID"),
        QStringLiteral("CREATE INDEX person_distinct_person ON person_distinct (person_id)"),
        QStringLiteral("CREATE TABLE group_key (type TEXT NOT NULL, key TEXT NOT NULL,"
                       " properties TEXT NOT NULL, property_times NOT NULL, PRIMARY KEY (type, key))"
                       " WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE property (scope INTEGER NOT NULL, group_type TEXT NOT NULL,"
                       " name TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (scope, group_type, name))"
                       " WITHOUT ROWID"),
        QString::fromUtf8(kEventsView),
    };
}

/// What prices need of the few events that say it, NULL in most rows; and facts about the store itself.
QStringList usageColumns()
{
    QStringList statements;
    for (const char *column :
         {"service_tier", "cache_write_5m_tokens", "cache_write_1h_tokens", "cache_read_audio_tokens",
          "audio_input_tokens", "image_input_tokens", "audio_output_tokens", "image_output_tokens",
          "text_output_tokens", "request_count", "web_search_count"})
        statements << QStringLiteral("ALTER TABLE event ADD COLUMN %1 INTEGER").arg(QLatin1String(column));
    statements << QStringLiteral("CREATE TABLE meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID");
    return statements;
}

/// Version 3: the user's own prices.
QStringList priceTable()
{
    const QString view =
        QString::fromUtf8(kEventsView)
            .replace(QStringLiteral("THEN 'custom'"), QStringLiteral("THEN 'custom' WHEN 5 THEN 'user'"));
    return {
        QStringLiteral("CREATE TABLE price (id INTEGER PRIMARY KEY, match TEXT NOT NULL,"
                       " model TEXT NOT NULL, provider TEXT NOT NULL DEFAULT '',"
                       " service_tier TEXT NOT NULL DEFAULT '', from_us INTEGER, to_us INTEGER,"
                       " unit TEXT NOT NULL, rate TEXT NOT NULL, above_tokens INTEGER,"
                       " tier_mode TEXT NOT NULL DEFAULT 'whole_call', source TEXT NOT NULL DEFAULT '')"),
        QStringLiteral("DROP VIEW events"),
        view,
    };
}

/// Version 4: content of events that are not there yet.
QStringList pendingContent()
{
    return {QStringLiteral("CREATE TABLE pending_content (uuid BLOB NOT NULL, raw_hash INTEGER NOT NULL,"
                           " raw_size INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (uuid, raw_hash))"
                           " WITHOUT ROWID")};
}

/// Version 6: saved views, and a name by which files beside the store know whether they are about it.
QStringList savedViews()
{
    return {QStringLiteral("CREATE TABLE view (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
                           " icon TEXT NOT NULL, body TEXT NOT NULL)"),
            QStringLiteral("INSERT INTO meta (key, value) VALUES ('store_id', hex(randomblob(16)))")};
}

/// Version 7: projects that are pulled, and what is to be fetched of them.
QStringList pulledProjects()
{
    return {
        QStringLiteral("CREATE TABLE connection (id INTEGER PRIMARY KEY, host TEXT NOT NULL,"
                       " project TEXT NOT NULL, source INTEGER NOT NULL, since_us INTEGER NOT NULL,"
                       " taken_us INTEGER, taken_uuid TEXT NOT NULL, backfill_us INTEGER,"
                       " backfill_uuid TEXT NOT NULL, backfill_end_us INTEGER, export_run TEXT NOT NULL,"
                       " exports_refused INTEGER NOT NULL, content_table TEXT,"
                       " retention_days INTEGER NOT NULL, reconciled_us INTEGER, groups_us INTEGER,"
                       " events INTEGER NOT NULL, new_events INTEGER NOT NULL, requests INTEGER NOT NULL,"
                       " attempted_us INTEGER, synced_us INTEGER, error TEXT NOT NULL,"
                       " UNIQUE (host, project))"),
        QStringLiteral("CREATE TABLE wanted (connection INTEGER NOT NULL, kind INTEGER NOT NULL,"
                       " key TEXT NOT NULL, from_us INTEGER NOT NULL, to_us INTEGER NOT NULL,"
                       " PRIMARY KEY (connection, kind, key)) WITHOUT ROWID"),
        QStringLiteral("CREATE INDEX wanted_age ON wanted (connection, kind, from_us, key)"),
    };
}

/// Version 8: days of a pulled project that were pulled again without their counts getting equal.
QStringList comparedDays()
{
    return {QStringLiteral("CREATE TABLE compared (connection INTEGER NOT NULL, day INTEGER NOT NULL,"
                           " event TEXT NOT NULL, count INTEGER NOT NULL,"
                           " PRIMARY KEY (connection, day, event)) WITHOUT ROWID")};
}

} // namespace

std::span<const Migration> storeMigrations()
{
    static const Migration steps[] = {
        {1, firstSchema()},
        {2, usageColumns(), fillUsageColumns},
        {3, priceTable()},
        {4, pendingContent()},
        {5, {}}, // segments may count in steps, which older programs take for damage
        {6, savedViews()},
        {7, pulledProjects()},
        {8, comparedDays()},
    };
    return steps;
}

int currentSchemaVersion()
{
    return storeMigrations().back().version;
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sourcelog.h"

#include "core/zone.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <xxhash.h>

namespace genscope {

namespace {

std::uint64_t mix(std::uint64_t hash, std::uint64_t value)
{
    return XXH3_64bits_withSeed(&value, sizeof value, hash);
}

} // namespace

Status SourceLog::begin(const QString &file)
{
    const bool isStdin = file == QLatin1String("-");
    return insert(isStdin ? "-" : QFileInfo(file).absoluteFilePath().toStdString(),
                  isStdin ? "stdin" : "file");
}

Status SourceLog::beginStream(Stream stream, const QString &address)
{
    return insert(address.toStdString(), stream == Stream::Capture ? "capture" : "sync");
}

Status SourceLog::insert(const std::string &path, std::string_view kind)
{
    *this = SourceLog(*m_connection);
    Result<Statement> insert =
        m_connection->prepare("INSERT INTO source (path, kind, started_us) VALUES (?1, ?2, ?3) RETURNING id");
    if (!insert)
        return insert.error();
    insert->bindText(1, path);
    insert->bindText(2, kind);
    insert->bind(3, currentTime().us);
    const Result<bool> row = insert->step();
    if (!row)
        return row.error();
    m_id = insert->integer(0);
    return Done{};
}

Status SourceLog::resume(std::int64_t id)
{
    *this = SourceLog(*m_connection);
    Result<Statement> select = m_connection->prepare(
        "SELECT bytes, events, new_events, rejected, (SELECT count(*) FROM reject WHERE source = s.id)"
        " FROM source s WHERE id = ?1");
    if (!select)
        return select.error();
    select->bind(1, id);
    const Result<bool> row = select->step();
    if (!row)
        return row.error();
    if (!*row) // a rebuild made the store anew meanwhile
        return makeError(Error::Kind::Database,
                         QCoreApplication::translate("Store", "%1: a source is gone from this store.")
                             .arg(m_connection->path()));
    m_id = id;
    m_bytes = select->integer(0);
    m_events = select->integer(1);
    m_new = select->integer(2);
    m_rejected = select->integer(3);
    m_savedRejects = static_cast<std::size_t>(select->integer(4));
    return Done{};
}

void SourceLog::addEvents(std::int64_t events, std::int64_t newEvents)
{
    m_events += events;
    m_new += newEvents;
}

void SourceLog::addReject(const Reject &reject)
{
    ++m_rejected;
    const std::string reason = reject.reason.toStdString();
    m_rejectsHash = mix(m_rejectsHash, static_cast<std::uint64_t>(reject.line));
    m_rejectsHash = mix(m_rejectsHash, XXH3_64bits(reason.data(), reason.size()));
    const bool aboutFile = reject.line == 0; // tells more than one line more
    if (aboutFile || m_savedRejects + m_unsaved.size() < ImportReport::kMaxRejects)
        m_unsaved.push_back(reject);
}

Status SourceLog::save(bool finished)
{
    Result<Statement> insert =
        m_connection->prepare("INSERT INTO reject (source, line, reason) VALUES (?1, ?2, ?3)");
    if (!insert)
        return insert.error();
    for (const Reject &reject : m_unsaved) {
        const std::string reason = reject.reason.toStdString();
        insert->bind(1, m_id);
        insert->bind(2, reject.line);
        insert->bindText(3, reason);
        if (const Status done = insert->run(); !done)
            return done;
    }
    m_savedRejects += m_unsaved.size();
    m_unsaved.clear();

    Result<Statement> update = m_connection->prepare(
        "UPDATE source SET bytes = ?2, events = ?3, new_events = ?4, rejected = ?5, fingerprint = ?6,"
        " finished_us = ?7 WHERE id = ?1");
    if (!update)
        return update.error();
    update->bind(1, m_id);
    update->bind(2, m_bytes);
    update->bind(3, m_events);
    update->bind(4, m_new);
    update->bind(5, m_rejected);
    if (finished) {
        update->bind(6, static_cast<std::int64_t>(mix(m_rejectsHash, static_cast<std::uint64_t>(m_events))));
        update->bind(7, currentTime().us);
    }
    const Status done = update->run();
    if (done && finished)
        m_id = 0;
    return done;
}

Result<std::int64_t> rejectedLines(const Connection &connection)
{
    return connection.integer(
        "WITH latest AS (SELECT max(id) AS id FROM source"
        "  GROUP BY CASE kind WHEN 'file' THEN path ELSE id END, finished_us IS NULL),"
        " counted AS (SELECT s.* FROM source s JOIN latest USING (id)"
        "  WHERE s.finished_us IS NOT NULL OR NOT EXISTS"
        "   (SELECT 1 FROM source f WHERE f.path = s.path AND f.finished_us IS NOT NULL))"
        " SELECT coalesce(sum(rejected), 0) FROM (SELECT max(rejected) AS rejected FROM counted"
        "  GROUP BY CASE WHEN fingerprint IS NULL THEN 'source ' || id ELSE fingerprint END)");
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/columnwriter.h"

#include "store/eventtable.h"
#include "store/storemeta.h"

#include <QCoreApplication>

namespace genscope {

namespace {

Error damaged(const QString &storePath)
{
    return damagedStore(storePath, QCoreApplication::translate("Store", "its columns cannot be read."));
}

} // namespace

Result<std::shared_ptr<const Segment>> unpackSegment(std::string_view data, std::size_t rawSize,
                                                     const QString &storePath)
{
    thread_local Decompressor decompressor;
    if (!Decompressor::tellsSize(data, rawSize))
        return damaged(storePath);
    const auto raw = makeColumnMemory(rawSize);
    if (!decompressor.decompressInto(data, {raw.get(), rawSize}))
        return damaged(storePath);
    Result<std::shared_ptr<const Segment>> segment = Segment::deserialize(raw, rawSize);
    if (!segment)
        return damaged(storePath);
    return segment;
}

Result<std::shared_ptr<const Segment>> loadSegment(const Connection &connection, std::size_t index)
{
    Result<Statement> select = connection.prepare("SELECT raw_size, data FROM segment WHERE id = ?1");
    if (!select)
        return select.error();
    select->bind(1, static_cast<std::int64_t>(index));
    const Result<bool> row = select->step();
    if (!row)
        return row.error();
    if (!*row)
        return damaged(connection.path());
    return unpackSegment(select->bytes(1), static_cast<std::size_t>(select->integer(0)), connection.path());
}

Result<ChangedSegments> segmentsFromEvents(const Connection &connection, std::int64_t first)
{
    ChangedSegments segments;
    SegmentBuilder builder;
    std::size_t index = static_cast<std::size_t>(first) / Segment::kRows;
    if (static_cast<std::size_t>(first) % Segment::kRows != 0) {
        const auto last = loadSegment(connection, index);
        if (!last)
            return last.error();
        if ((*last)->rows() != static_cast<std::size_t>(first) % Segment::kRows)
            return damaged(connection.path());
        builder = SegmentBuilder(**last);
    }
    Result<EventRows> rows = EventRows::open(connection, first);
    if (!rows)
        return rows.error();
    for (StoredEvent event;; ++first) {
        const Result<bool> more = rows->next(event);
        if (!more)
            return more.error();
        if (!*more)
            break;
        if (event.row != first)
            return damaged(connection.path());
        builder.append(event.facts);
        if (builder.full()) {
            segments.emplace_back(index++, builder.freeze());
            builder.clear();
        }
    }
    if (builder.rows() > 0)
        segments.emplace_back(index, builder.freeze());
    return segments;
}

ColumnWriter::ColumnWriter(const Connection &connection) : m_connection(connection), m_pool(makePacking) {}

Result<std::unique_ptr<ColumnWriter>> ColumnWriter::open(const Connection &connection)
{
    std::unique_ptr<ColumnWriter> writer(new ColumnWriter(connection));
    if (const Status prepared = writer->prepare(); !prepared)
        return prepared.error();
    return writer;
}

Status ColumnWriter::prepare()
{
    Result<Statement> upsert =
        m_connection.prepare("INSERT INTO segment (id, rows, raw_size, data) VALUES (?1, ?2, ?3, ?4)"
                             " ON CONFLICT (id) DO UPDATE SET rows = ?2, raw_size = ?3, data = ?4");
    if (!upsert)
        return upsert.error();
    m_upsert = std::move(*upsert);
    const Result<std::int64_t> rows = m_connection.integer("SELECT max(id) FROM event");
    if (!rows)
        return rows.error();
    m_rows = *rows;
    const Result<std::int64_t> stored = columnRows(m_connection, m_rows);
    if (!stored)
        return stored.error();
    m_storedRows = *stored;
    if (m_storedRows < m_rows)
        return catchUp();
    if (endsSegment())
        return Done{};
    const auto tail = loadSegment(m_connection, tailIndex());
    if (!tail)
        return tail.error();
    if ((*tail)->rows() != static_cast<std::size_t>(m_rows) % Segment::kRows)
        return damaged(m_connection.path());
    m_tail = SegmentBuilder(**tail);
    return Done{};
}

/// Takes over the rows that the last writer left to the table `event`; the next flush() writes them.
Status ColumnWriter::catchUp()
{
    const Result<ChangedSegments> lacking = segmentsFromEvents(m_connection, m_storedRows);
    if (!lacking)
        return lacking.error();
    for (const auto &[index, segment] : *lacking) {
        if (index == tailIndex()) {
            m_tail = SegmentBuilder(*segment);
            m_tailChanged = true;
        } else {
            m_pool.add({index, segment});
            m_sealed = true;
        }
    }
    return Done{};
}

bool ColumnWriter::canWait() const
{
    constexpr std::int64_t kMost = 8192; // rows that a reader makes anew
    return !m_sealed && !m_storedTailChanged && m_changes.empty() && m_rows - m_storedRows <= kMost;
}

std::int64_t ColumnWriter::append(const FactRow &facts)
{
    m_tail.append(facts);
    m_tailChanged = true;
    const std::int64_t row = m_rows;
    if (m_tail.full()) {
        sealTail();
        m_tail.clear();
        m_sealed = true;
    }
    ++m_rows;
    return row;
}

void ColumnWriter::set(std::int64_t row, const FactRow &facts)
{
    const std::size_t index = static_cast<std::size_t>(row) / Segment::kRows;
    const std::size_t inSegment = static_cast<std::size_t>(row) % Segment::kRows;
    if (index == tailIndex()) {
        m_tail.set(inSegment, facts);
        m_tailChanged = true;
        m_storedTailChanged = m_storedTailChanged || row < m_storedRows;
    } else {
        m_changes[index].emplace_back(inSegment, facts);
    }
}

void ColumnWriter::sealTail()
{
    m_tailChanged = false;
    m_pool.add({tailIndex(), m_tail.freeze()});
}

ColumnWriter::Pool::Work ColumnWriter::makePacking()
{
    return [compressor = std::make_shared<Compressor>()](auto &&task) {
        const std::string raw = task.second->serialize();
        return Packed{task.first, std::move(task.second), raw.size(),
                      compressor->compress(raw, Compressor::kFast)};
    };
}

Status ColumnWriter::writeNext()
{
    Packed packed = m_pool.take();
    m_upsert.bind(1, static_cast<std::int64_t>(packed.index));
    m_upsert.bind(2, static_cast<std::int64_t>(packed.segment->rows()));
    m_upsert.bind(3, static_cast<std::int64_t>(packed.rawSize));
    m_upsert.bindBlob(4, packed.bytes);
    if (const Status done = m_upsert.run(); !done)
        return done;
    m_written.emplace_back(packed.index, std::move(packed.segment));
    return Done{};
}

Status ColumnWriter::seal()
{
    for (const auto &[index, changes] : m_changes) {
        while (m_pool.underWay() > 0) { // that segment may be among them
            if (const Status written = writeNext(); !written)
                return written;
        }
        const auto segment = loadSegment(m_connection, index);
        if (!segment)
            return segment.error();
        SegmentBuilder builder(**segment);
        for (const auto &[row, facts] : changes)
            builder.set(row, facts);
        m_pool.add({index, builder.freeze()});
    }
    m_changes.clear();
    if (m_tailChanged)
        sealTail();
    return Done{};
}

Result<ChangedSegments> ColumnWriter::flush()
{
    if (const Status sealed = seal(); !sealed)
        return sealed.error();
    while (m_pool.underWay() > 0) {
        if (const Status written = writeNext(); !written)
            return written.error();
    }
    m_storedRows = m_rows;
    m_sealed = false;
    m_storedTailChanged = false;
    return std::exchange(m_written, {});
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/usagecolumns.h"

#include "ingest/normalise.h"
#include "store/blockreader.h"
#include "store/columnwriter.h"
#include "store/connection.h"
#include "store/eventtable.h"
#include "store/facts.h"
#include "store/rows.h"
#include "store/storeddictionaries.h"

#include <algorithm>

namespace genscope {

namespace {

/// The event as far as prices go: without its prompt and answer, unless all properties are one text.
Result<Event> readLightEvent(const BlockPlace &place, const BlockFetch &fetch, EventParser &parser,
                             const QString &storePath)
{
    const Result<SharedBlock> block = fetch(place.block, static_cast<std::size_t>(place.offset) + 1);
    if (!block)
        return block.error();
    LightRecord record;
    if (!readRecord(**block, static_cast<std::size_t>(place.offset), record))
        return damagedBlock(storePath, place.block);
    const bool whole = std::any_of(record.cuts.begin(), record.cuts.end(),
                                   [](const Cut &cut) { return cut.tag == Cut::Tag::Properties; });
    if (!whole)
        return parser.parseStored(record.skeleton, record.context);
    const Result<KeptEvent> kept = readKeptEvent(place, fetch, storePath);
    if (!kept)
        return kept.error();
    return parser.parseStored(kept->raw, kept->context);
}

class Filling
{
public:
    explicit Filling(const Connection &connection) : m_connection(connection) {}
    Status run();

private:
    Status prepare();
    Status fillRow(std::int64_t row, const BlockPlace &place);
    Status store(std::int64_t row, const FactRow &usage);

    const Connection &m_connection;
    BlockCache m_cache{16};
    EventParser m_parser;
    StoredDictionaries m_dictionaries;
    std::unique_ptr<ColumnWriter> m_columns;
    Statement m_update;
    std::shared_ptr<const Segment> m_segment; ///< that of the current row
    std::size_t m_segmentIndex = 0;
};

Status Filling::prepare()
{
    Result<StoredDictionaries> dictionaries = StoredDictionaries::load(m_connection);
    if (!dictionaries)
        return dictionaries.error();
    m_dictionaries = std::move(*dictionaries);
    Result<std::unique_ptr<ColumnWriter>> columns = ColumnWriter::open(m_connection);
    if (!columns)
        return columns.error();
    m_columns = std::move(*columns);
    std::string sql = "UPDATE event SET flags = ?2";
    int parameter = 3;
    for (const IntField field : kRareUsageFields)
        sql.append(", ").append(eventColumnName(field)).append(" = ?" + std::to_string(parameter++));
    Result<Statement> update = m_connection.prepare(sql + " WHERE id = ?1");
    if (!update)
        return update.error();
    m_update = std::move(*update);
    return Done{};
}

Status Filling::run()
{
    if (const Status prepared = prepare(); !prepared)
        return prepared;
    const Status filled =
        forEachRow(m_connection, "SELECT id, block, block_offset FROM event ORDER BY id",
                   [this](const Statement &place) {
                       return fillRow(place.integer(0) - 1, {place.integer(1), place.integer(2)});
                   });
    if (!filled)
        return filled;
    if (const Result<ChangedSegments> flushed = m_columns->flush(); !flushed)
        return flushed.error();
    return m_dictionaries.saveNew(m_connection);
}

Status Filling::fillRow(std::int64_t row, const BlockPlace &place)
{
    const BlockFetch fetch = [this](std::int64_t id, std::size_t size) {
        return m_cache.fetch(m_connection, id, size);
    };
    const Result<Event> event = readLightEvent(place, fetch, m_parser, m_connection.path());
    if (!event)
        return event.error();
    FactRow usage;
    setRareUsage(usage, event->usage);
    usage[IntField::ServiceTier] = m_dictionaries.intern(DictField::ServiceTier, event->usage.serviceTier);
    const bool saysSomething =
        usage[IntField::Flags] != 0 ||
        std::any_of(kRareUsageFields.begin(), kRareUsageFields.end(),
                    [&](IntField field) { return usage[field] != emptyValueOf(field); });
    return saysSomething ? store(row, usage) : Done{};
}

Status Filling::store(std::int64_t row, const FactRow &usage)
{
    const std::size_t index = static_cast<std::size_t>(row) / Segment::kRows;
    if (!m_segment || index != m_segmentIndex) {
        // Changes are kept for one segment at a time.
        if (const Result<ChangedSegments> flushed = m_columns->flush(); !flushed)
            return flushed.error();
        const auto segment = loadSegment(m_connection, index);
        if (!segment)
            return segment.error();
        m_segment = *segment;
        m_segmentIndex = index;
    }
    FactRow facts = m_segment->row(static_cast<std::size_t>(row) % Segment::kRows);
    facts[IntField::Flags] |= usage[IntField::Flags];
    m_update.bind(1, row + 1);
    m_update.bind(2, facts[IntField::Flags]);
    int parameter = 3;
    for (const IntField field : kRareUsageFields) {
        facts[field] = usage[field];
        if (usage[field] == emptyValueOf(field))
            m_update.bindNull(parameter);
        else
            m_update.bind(parameter, usage[field]);
        ++parameter;
    }
    m_columns->set(row, facts);
    return m_update.run();
}

} // namespace

Status fillUsageColumns(const Connection &connection)
{
    return Filling(connection).run();
}

} // namespace genscope

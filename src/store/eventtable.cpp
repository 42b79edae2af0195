// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/eventtable.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace genscope {

namespace {

constexpr std::array<std::string_view, kIntFieldCount> kIntColumns = {
    "timestamp_us",
    "kind",
    "flags",
    "http_status",
    "name",
    "model",
    "provider",
    "distinct_id",
    "person_id",
    "trace",
    "session",
    "span_name",
    "error",
    "lib",
    "tools",
    "cost_model",
    "cost_provider",
    "cost_source",
    "input_tokens",
    "output_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
    "reported_input_pico",
    "reported_output_pico",
    "reported_request_pico",
    "reported_web_search_pico",
    "reported_total_pico",
    "book_input_pico",
    "book_output_pico",
    "book_cache_read_pico",
    "book_cache_write_pico",
    "book_request_pico",
    "book_web_search_pico",
    "group_0",
    "group_1",
    "group_2",
    "group_3",
    "group_4",
    "group_5",
    "group_6",
    "group_7",
    "group_8",
    "group_9",
    "group_10",
    "group_11",
    "group_12",
    "group_13",
    "group_14",
    "group_15",
    "service_tier",
    "cache_write_5m_tokens",
    "cache_write_1h_tokens",
    "cache_read_audio_tokens",
    "audio_input_tokens",
    "image_input_tokens",
    "audio_output_tokens",
    "image_output_tokens",
    "text_output_tokens",
    "request_count",
    "web_search_count",
};
constexpr std::array<std::string_view, kRealFieldCount> kRealColumns = {"latency_s", "ttft_s"};
constexpr std::array<std::string_view, 5> kOriginColumns = {"source", "raw_hash", "united", "block",
                                                            "block_offset"};

std::string_view bytesOf(const Uuid &uuid)
{
    return {reinterpret_cast<const char *>(uuid.bytes.data()), uuid.bytes.size()};
}

template<typename Names>
void addNames(std::string &names, const Names &columns)
{
    for (const std::string_view column : columns)
        names.append(", ").append(column);
}

/// All columns: id, uuid, whole numbers, reals, origin.
std::string columnNames()
{
    std::string names = "id, uuid";
    addNames(names, kIntColumns);
    addNames(names, kRealColumns);
    addNames(names, kOriginColumns);
    return names;
}

/// NULL in the rows of most stores.
bool isSeldom(IntField field)
{
    return field > IntField::Group0;
}

bool hasSeldom(const FactRow &facts)
{
    for (int i = static_cast<int>(IntField::Group0) + 1; i < kIntFieldCount; ++i) {
        const auto field = static_cast<IntField>(i);
        if (facts[field] != emptyValueOf(field))
            return true;
    }
    return false;
}

/// Missing numbers and texts are NULL; kind and flags always say something.
std::optional<std::int64_t> stored(IntField field, std::int64_t value)
{
    if (value == kMissing || (value == 0 && isDictionaryField(field)))
        return std::nullopt;
    return value;
}

} // namespace

std::string_view eventColumnName(IntField field)
{
    return kIntColumns[static_cast<std::size_t>(field)];
}

std::string_view eventColumnName(RealField field)
{
    return kRealColumns[static_cast<std::size_t>(field)];
}

Result<EventRows> EventRows::open(const Connection &connection, std::int64_t first)
{
    Result<Statement> select =
        connection.prepare("SELECT " + columnNames() + " FROM event WHERE id > ?1 ORDER BY id");
    if (!select)
        return select.error();
    select->bind(1, first);
    EventRows rows;
    rows.m_select = std::move(*select);
    return rows;
}

Result<bool> EventRows::next(StoredEvent &event)
{
    const Result<bool> row = m_select.step();
    if (!row || !*row)
        return row;
    int column = 0;
    event.row = m_select.integer(column++) - 1;
    const std::string_view uuid = m_select.bytes(column++);
    event.facts.uuid = {};
    std::copy_n(uuid.begin(), std::min(uuid.size(), event.facts.uuid.bytes.size()),
                event.facts.uuid.bytes.begin());
    for (int i = 0; i < kIntFieldCount; ++i, ++column) {
        const auto field = static_cast<IntField>(i);
        event.facts[field] = m_select.isNull(column) ? emptyValueOf(field) : m_select.integer(column);
    }
    for (double &value : event.facts.reals) {
        value = m_select.isNull(column) ? std::nan("") : m_select.real(column);
        ++column;
    }
    event.origin.source = m_select.integer(column++);
    event.origin.rawHash = m_select.integer(column++);
    event.origin.united = m_select.integer(column++) != 0;
    event.origin.place.block = m_select.integer(column++);
    event.origin.place.offset = m_select.integer(column++);
    return true;
}

template<typename Value>
void EventTable::Writer::bind(int parameter, const std::optional<Value> &value)
{
    const auto index = static_cast<std::size_t>(parameter);
    if (value)
        statement.bind(parameter, *value);
    else if (!isNull[index])
        statement.bindNull(parameter);
    isNull[index] = !value;
}

Status EventTable::Writer::write(std::int64_t row, const FactRow &facts, const EventOrigin &origin)
{
    int parameter = 1;
    statement.bind(parameter++, row + 1);
    statement.bindBlob(parameter++, bytesOf(facts.uuid));
    for (const IntField field : fields)
        bind(parameter++, stored(field, facts[field]));
    for (const double value : facts.reals)
        bind(parameter++, std::isnan(value) ? std::nullopt : std::optional(value));
    statement.bind(parameter++, origin.source);
    statement.bind(parameter++, origin.rawHash);
    bind(parameter++, origin.united ? std::optional(std::int64_t{1}) : std::nullopt);
    statement.bind(parameter++, origin.place.block);
    statement.bind(parameter++, origin.place.offset);
    return statement.run();
}

/// `INSERT INTO event (id, uuid, ...) VALUES (?, ?, ...)`, with the parameters that write() binds.
Result<EventTable::Writer> EventTable::makeWriter(const Connection &connection, std::string_view verb,
                                                  Columns columns)
{
    Writer writer;
    std::string names = "id, uuid";
    for (int i = 0; i < kIntFieldCount; ++i) {
        const auto field = static_cast<IntField>(i);
        if (columns == Columns::Usual && isSeldom(field))
            continue;
        writer.fields.push_back(field);
        names.append(", ").append(eventColumnName(field));
    }
    addNames(names, kRealColumns);
    addNames(names, kOriginColumns);
    const std::size_t count = 2 + writer.fields.size() + kRealColumns.size() + kOriginColumns.size();
    std::string parameters = "?";
    for (std::size_t i = 1; i < count; ++i)
        parameters += ", ?";
    Result<Statement> statement =
        connection.prepare(std::string(verb) + " INTO event (" + names + ") VALUES (" + parameters + ")");
    if (!statement)
        return statement.error();
    writer.statement = std::move(*statement);
    writer.isNull.assign(count + 1, true); // unbound is NULL
    return writer;
}

Result<EventTable> EventTable::open(const Connection &connection)
{
    EventTable table;
    Result<Statement> find = connection.prepare(
        "SELECT id - 1, source, raw_hash, united, block, block_offset FROM event WHERE uuid = ?1");
    if (!find)
        return find.error();
    Result<Writer> insertUsual = makeWriter(connection, "INSERT", Columns::Usual);
    if (!insertUsual)
        return insertUsual.error();
    Result<Writer> insert = makeWriter(connection, "INSERT", Columns::All);
    if (!insert)
        return insert.error();
    Result<Writer> replace = makeWriter(connection, "REPLACE", Columns::All);
    if (!replace)
        return replace.error();
    table.m_find = std::move(*find);
    table.m_insertUsual = std::move(*insertUsual);
    table.m_insert = std::move(*insert);
    table.m_replace = std::move(*replace);
    return table;
}

Result<std::optional<EventTable::Known>> EventTable::find(const Uuid &uuid)
{
    m_find.bindBlob(1, bytesOf(uuid));
    const Result<bool> row = m_find.step();
    if (!row)
        return row.error();
    std::optional<Known> known;
    if (*row) {
        known = Known{m_find.integer(0),
                      {m_find.integer(1),
                       m_find.integer(2),
                       m_find.integer(3) != 0,
                       {m_find.integer(4), m_find.integer(5)}}};
    }
    m_find.reset();
    return known;
}

Status EventTable::insert(std::int64_t row, const FactRow &facts, const EventOrigin &origin)
{
    return (hasSeldom(facts) ? m_insert : m_insertUsual).write(row, facts, origin);
}

Status EventTable::replace(std::int64_t row, const FactRow &facts, const EventOrigin &origin)
{
    return m_replace.write(row, facts, origin);
}

} // namespace genscope

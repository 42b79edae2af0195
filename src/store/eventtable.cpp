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

constexpr int kParameters = 2 + kIntFieldCount + kRealFieldCount + static_cast<int>(kOriginColumns.size());

/// All columns: id, uuid, whole numbers, reals, origin.
std::string columnNames()
{
    std::string names = "id, uuid";
    const auto add = [&names](const auto &columns) {
        for (const std::string_view column : columns)
            names.append(", ").append(column);
    };
    add(kIntColumns);
    add(kRealColumns);
    add(kOriginColumns);
    return names;
}

/// `INSERT INTO event (...) VALUES (?, ...)`; parameters are columnNames().
std::string writeSql(std::string_view verb)
{
    std::string parameters = "?";
    for (int i = 1; i < kParameters; ++i)
        parameters += ", ?";
    return std::string(verb) + " INTO event (" + columnNames() + ") VALUES (" + parameters + ")";
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

Result<EventRows> EventRows::open(const Connection &connection)
{
    Result<Statement> select = connection.prepare("SELECT " + columnNames() + " FROM event ORDER BY id");
    if (!select)
        return select.error();
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
    for (int i = 0; i < kIntFieldCount; ++i) {
        const auto field = static_cast<IntField>(i);
        bind(parameter++, stored(field, facts[field]));
    }
    for (const double value : facts.reals)
        bind(parameter++, std::isnan(value) ? std::nullopt : std::optional(value));
    statement.bind(parameter++, origin.source);
    statement.bind(parameter++, origin.rawHash);
    bind(parameter++, origin.united ? std::optional(std::int64_t{1}) : std::nullopt);
    statement.bind(parameter++, origin.place.block);
    statement.bind(parameter++, origin.place.offset);
    return statement.run();
}

Result<EventTable::Writer> EventTable::makeWriter(const Connection &connection, std::string_view verb)
{
    Result<Statement> statement = connection.prepare(writeSql(verb));
    if (!statement)
        return statement.error();
    return Writer{std::move(*statement), std::vector<bool>(kParameters + 1, true)}; // unbound is NULL
}

Result<EventTable> EventTable::open(const Connection &connection)
{
    EventTable table;
    Result<Statement> find = connection.prepare(
        "SELECT id - 1, source, raw_hash, united, block, block_offset FROM event WHERE uuid = ?1");
    if (!find)
        return find.error();
    Result<Writer> insert = makeWriter(connection, "INSERT");
    if (!insert)
        return insert.error();
    Result<Writer> replace = makeWriter(connection, "REPLACE");
    if (!replace)
        return replace.error();
    table.m_find = std::move(*find);
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
    return m_insert.write(row, facts, origin);
}

Status EventTable::replace(std::int64_t row, const FactRow &facts, const EventOrigin &origin)
{
    return m_replace.write(row, facts, origin);
}

} // namespace genscope

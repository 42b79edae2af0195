// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/eventtable.h"

#include <array>
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
};
constexpr std::array<std::string_view, kRealFieldCount> kRealColumns = {"latency_s", "ttft_s"};
constexpr std::array<std::string_view, 5> kOriginColumns = {"source", "raw_hash", "united", "block",
                                                            "block_offset"};

std::string_view bytesOf(const Uuid &uuid)
{
    return {reinterpret_cast<const char *>(uuid.bytes.data()), uuid.bytes.size()};
}

/// `INSERT INTO event (...) VALUES (?, ...)`; parameters are id, uuid, whole numbers, reals, origin.
std::string writeSql(std::string_view verb)
{
    std::string names = "id, uuid";
    std::string parameters = "?, ?";
    const auto add = [&](const auto &columns) {
        for (const std::string_view column : columns) {
            names.append(", ").append(column);
            parameters += ", ?";
        }
    };
    add(kIntColumns);
    add(kRealColumns);
    add(kOriginColumns);
    return std::string(verb) + " INTO event (" + names + ") VALUES (" + parameters + ")";
}

/// Missing numbers and texts are NULL; kind and flags always say something.
bool isMissing(IntField field, std::int64_t value)
{
    return value == kMissing || (value == 0 && isDictionaryField(field));
}

Status write(Statement &statement, std::int64_t row, const FactRow &facts, const EventOrigin &origin)
{
    int parameter = 1;
    statement.bind(parameter++, row + 1);
    statement.bindBlob(parameter++, bytesOf(facts.uuid));
    for (int i = 0; i < kIntFieldCount; ++i) {
        const auto field = static_cast<IntField>(i);
        if (isMissing(field, facts[field]))
            statement.bindNull(parameter++);
        else
            statement.bind(parameter++, facts[field]);
    }
    for (const double value : facts.reals) {
        if (std::isnan(value))
            statement.bindNull(parameter++);
        else
            statement.bind(parameter++, value);
    }
    statement.bind(parameter++, origin.source);
    statement.bind(parameter++, origin.rawHash);
    if (origin.united)
        statement.bind(parameter++, std::int64_t{1});
    else
        statement.bindNull(parameter++);
    statement.bind(parameter++, origin.place.block);
    statement.bind(parameter++, origin.place.offset);
    return statement.run();
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

Result<EventTable> EventTable::open(const Connection &connection)
{
    EventTable table;
    Result<Statement> find = connection.prepare(
        "SELECT id - 1, source, raw_hash, united, block, block_offset FROM event WHERE uuid = ?1");
    Result<Statement> insert = connection.prepare(writeSql("INSERT"));
    Result<Statement> replace = connection.prepare(writeSql("REPLACE"));
    for (const Result<Statement> *statement : {&find, &insert, &replace}) {
        if (!*statement)
            return statement->error();
    }
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
    return write(m_insert, row, facts, origin);
}

Status EventTable::replace(std::int64_t row, const FactRow &facts, const EventOrigin &origin)
{
    return write(m_replace, row, facts, origin);
}

} // namespace genscope

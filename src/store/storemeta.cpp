// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storemeta.h"

#include "store/connection.h"

namespace genscope {

namespace {

Result<std::optional<std::int64_t>> number(const Connection &connection, std::string_view key)
{
    Result<Statement> select = connection.prepare("SELECT value FROM meta WHERE key = ?1");
    if (!select)
        return select.error();
    select->bindText(1, key);
    const Result<bool> row = select->step();
    if (!row)
        return row.error();
    return *row ? std::optional(select->integer(0)) : std::nullopt;
}

Status setNumber(const Connection &connection, std::string_view key, const std::optional<std::int64_t> &value)
{
    Result<Statement> change =
        connection.prepare(value ? "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)"
                                 : "DELETE FROM meta WHERE key = ?1");
    if (!change)
        return change.error();
    change->bindText(1, key);
    if (value)
        change->bind(2, *value);
    return change->run();
}

} // namespace

Result<std::optional<std::int64_t>> pricedWith(const Connection &connection)
{
    return number(connection, "price_book");
}

Status setPricedWith(const Connection &connection, const std::optional<std::int64_t> &fingerprint)
{
    return setNumber(connection, "price_book", fingerprint);
}

Result<std::int64_t> columnRows(const Connection &connection, std::int64_t events)
{
    const Result<std::optional<std::int64_t>> rows = number(connection, "column_rows");
    if (!rows)
        return rows.error();
    return rows->value_or(events);
}

Status setColumnRows(const Connection &connection, const std::optional<std::int64_t> &rows)
{
    return setNumber(connection, "column_rows", rows);
}

Result<std::string> storeId(const Connection &connection)
{
    Result<Statement> select = connection.prepare("SELECT value FROM meta WHERE key = 'store_id'");
    if (!select)
        return select.error();
    const Result<bool> row = select->step();
    if (!row)
        return row.error();
    return *row ? std::string(select->bytes(0)) : std::string();
}

Status renewStoreId(const Connection &connection)
{
    return connection.execute(
        QStringLiteral("INSERT OR REPLACE INTO meta (key, value) VALUES ('store_id', hex(randomblob(16)))"));
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storemeta.h"

#include "store/connection.h"

namespace genscope {

Result<std::optional<std::int64_t>> pricedWith(const Connection &connection)
{
    Result<Statement> select = connection.prepare("SELECT value FROM meta WHERE key = 'price_book'");
    if (!select)
        return select.error();
    const Result<bool> row = select->step();
    if (!row)
        return row.error();
    return *row ? std::optional(select->integer(0)) : std::nullopt;
}

Status setPricedWith(const Connection &connection, const std::optional<std::int64_t> &fingerprint)
{
    if (!fingerprint)
        return connection.execute(QStringLiteral("DELETE FROM meta WHERE key = 'price_book'"));
    Result<Statement> insert =
        connection.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('price_book', ?1)");
    if (!insert)
        return insert.error();
    insert->bind(1, *fingerprint);
    return insert->run();
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/plaintables.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace genscope {

namespace {

/// The tables that follow from the kept events, and those that hold them.
constexpr std::array<std::string_view, 10> kDerivedTables = {
    "event",  "event_copy",      "block",      "segment",   "dictionary",
    "person", "person_distinct", "group_type", "group_key", "property"};

std::vector<std::string> textsOf(const Connection &connection, const std::string &sql)
{
    std::vector<std::string> texts;
    (void)forEachReadableRow(connection, sql, [&texts](const Statement &row) -> Status {
        texts.emplace_back(row.bytes(0));
        return Done{};
    });
    return texts;
}

std::vector<std::string> plainTables(const Connection &connection)
{
    std::vector<std::string> tables = textsOf(
        connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    std::erase_if(tables, [](const std::string &table) {
        return std::find(kDerivedTables.begin(), kDerivedTables.end(), table) != kDerivedTables.end();
    });
    return tables;
}

std::vector<std::string> columnsOf(const Connection &connection, const std::string &table)
{
    return textsOf(connection, "SELECT name FROM pragma_table_info('" + table + "')");
}

Status copyTable(const Connection &from, const Connection &to, const std::string &table)
{
    std::vector<std::string> columns = columnsOf(to, table);
    const std::vector<std::string> known = columnsOf(from, table);
    std::erase_if(columns, [&known](const std::string &column) {
        return std::find(known.begin(), known.end(), column) == known.end();
    });
    if (columns.empty())
        return Done{};
    std::string names;
    std::string parameters;
    for (const std::string &column : columns) {
        names += (names.empty() ? "\"" : ", \"") + column + '"';
        parameters += parameters.empty() ? "?" : ", ?";
    }
    Result<Statement> insert =
        to.prepare("INSERT OR REPLACE INTO \"" + table + "\" (" + names + ") VALUES (" + parameters + ")");
    if (!insert)
        return insert.error();
    return forEachReadableRow(from, "SELECT " + names + " FROM \"" + table + '"',
                              [&](const Statement &row) -> Status {
                                  for (int i = 0; i < static_cast<int>(columns.size()); ++i)
                                      insert->bindColumn(i + 1, row, i);
                                  return insert->run();
                              });
}

} // namespace

Status copyPlainTables(const Connection &from, const Connection &to)
{
    if (const Status begun = to.beginWriting({}, {}); !begun)
        return begun;
    Transaction transaction(to);
    for (const std::string &table : plainTables(to)) {
        if (const Status copied = copyTable(from, to, table); !copied)
            return copied;
    }
    return transaction.commit();
}

Status forEachReadableRow(const Connection &connection, std::string_view sql,
                          const std::function<Status(const Statement &row)> &use)
{
    Result<Statement> rows = connection.prepare(sql);
    if (!rows)
        return Done{};
    for (;;) {
        const Result<bool> row = rows->step();
        if (!row || !*row)
            return Done{};
        if (const Status used = use(*rows); !used)
            return used;
    }
}

} // namespace genscope

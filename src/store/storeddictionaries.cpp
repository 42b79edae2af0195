// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storeddictionaries.h"

#include "store/connection.h"
#include "store/rows.h"

#include <QCoreApplication>

namespace genscope {

Result<StoredDictionaries> StoredDictionaries::load(const Connection &connection)
{
    StoredDictionaries loaded;
    const Status read = forEachRow(
        connection, "SELECT field, code, value FROM dictionary ORDER BY field, code",
        [&](const Statement &row) -> Status {
            const std::int64_t field = row.integer(0);
            const std::int64_t code = row.integer(1);
            if (field < 0 || field >= kDictFieldCount ||
                code != loaded.at(static_cast<DictField>(field)).size()) {
                return damagedStore(connection.path(),
                                    QCoreApplication::translate("Store", "its dictionary has gaps."));
            }
            loaded.at(static_cast<DictField>(field)).append(row.bytes(2));
            return Done{};
        });
    if (!read)
        return read.error();
    for (std::size_t field = 0; field < kDictFieldCount; ++field)
        loaded.m_saved[field] = loaded.m_dictionaries[field].size();
    return loaded;
}

std::array<DictionaryView, kDictFieldCount> StoredDictionaries::views() const
{
    std::array<DictionaryView, kDictFieldCount> views;
    for (std::size_t field = 0; field < kDictFieldCount; ++field)
        views[field] = m_dictionaries[field].view();
    return views;
}

Status StoredDictionaries::saveNew(const Connection &connection)
{
    Result<Statement> insert =
        connection.prepare("INSERT INTO dictionary (field, code, value) VALUES (?1, ?2, ?3)");
    if (!insert)
        return insert.error();
    for (std::size_t field = 0; field < kDictFieldCount; ++field) {
        const Dictionary &dictionary = m_dictionaries[field];
        insert->bind(1, static_cast<std::int64_t>(field));
        for (; m_saved[field] < dictionary.size(); ++m_saved[field]) {
            insert->bind(2, std::int64_t{m_saved[field]});
            insert->bindText(3, dictionary.at(m_saved[field]));
            if (const Status done = insert->run(); !done)
                return done;
        }
    }
    return Done{};
}

} // namespace genscope

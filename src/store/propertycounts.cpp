// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/propertycounts.h"

#include "store/connection.h"
#include "store/rows.h"

namespace genscope {

Result<std::vector<PropertyCount>> propertyCounts(const QString &storePath)
{
    const auto connection = Connection::open(storePath, Connection::Access::Read);
    if (!connection)
        return connection.error();
    std::vector<PropertyCount> counts;
    const Status read = forEachRow(
        **connection, "SELECT scope, group_type, name, count FROM property ORDER BY count DESC, scope, name",
        [&counts](const Statement &row) {
            counts.push_back({{static_cast<PropertyPath::Scope>(row.integer(0)), std::string(row.bytes(1)),
                               std::string(row.bytes(2))},
                              row.integer(3)});
        });
    if (!read)
        return read.error();
    return counts;
}

} // namespace genscope

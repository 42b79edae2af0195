// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/listmeasures.h"

namespace genscope {

Result<ListMeasures> ListMeasures::run(const std::vector<Measure> &measures, const Field &by, KindSet kinds,
                                       const Scope &scope, const RowSet &rows, const QueryContext &context)
{
    Query query;
    query.measures = measures;
    query.by = {by};
    query.kinds = kinds;
    Result<ResultTable> table = runQuery(query, scope, rows, context);
    if (!table)
        return table.error();
    ListMeasures result;
    result.m_table = std::move(*table);
    result.m_rowOfKey.reserve(result.m_table.rows.size());
    for (std::uint32_t row = 0; row < result.m_table.rows.size(); ++row)
        result.m_rowOfKey.emplace(result.m_table.rows[row].front(), row);
    return result;
}

const Cell &ListMeasures::value(const Cell &key, std::size_t index) const
{
    static const Cell kNothing;
    const auto found = m_rowOfKey.find(key);
    return found == m_rowOfKey.end() ? kNothing : m_table.rows[found->second][1 + index];
}

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/listmeasures.h"

namespace genscope {

Result<ListMeasures> ListMeasures::run(const std::vector<Measure> &measures, const std::vector<Field> &by,
                                       KindSet kinds, const Scope &scope, const RowSet &rows,
                                       const QueryContext &context)
{
    Query query;
    query.measures = measures;
    query.by = by;
    query.kinds = kinds;
    Result<ResultTable> table = runQuery(query, scope, rows, context);
    if (!table)
        return table.error();
    ListMeasures result;
    result.m_keys = by.size();
    result.m_table = std::move(*table);
    result.m_rowOfKey.reserve(result.m_table.rows.size());
    for (std::uint32_t row = 0; row < result.m_table.rows.size(); ++row) {
        const std::vector<Cell> &cells = result.m_table.rows[row];
        result.m_rowOfKey.emplace(by.size() == 1 ? cells[0] : pairKey(cells[0], cells[1]), row);
    }
    return result;
}

Cell ListMeasures::pairKey(const Cell &first, const Cell &second)
{
    const auto *text = std::get_if<std::string>(&first);
    const auto *number = std::get_if<std::int64_t>(&second);
    std::string key = number == nullptr ? std::string() : std::to_string(*number);
    if (text != nullptr)
        key.append(1, '\x1f').append(*text);
    return key;
}

const Cell &ListMeasures::value(const Cell &key, std::size_t index) const
{
    static const Cell kNothing;
    const auto found = m_rowOfKey.find(key);
    return found == m_rowOfKey.end() ? kNothing : m_table.rows[found->second][m_keys + index];
}

} // namespace genscope

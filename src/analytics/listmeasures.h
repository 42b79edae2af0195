// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/listcells.h"
#include "analytics/query.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace genscope {

/// Measures of every value of a field, or of two together, to be looked up by value.
class ListMeasures
{
public:
    /// @error as runQuery()
    static Result<ListMeasures> run(const std::vector<Measure> &measures, const std::vector<Field> &by,
                                    KindSet kinds, const Scope &scope, const RowSet &rows,
                                    const QueryContext &context);

    /// The key of a pair of values.
    static Cell pairKey(const Cell &first, const Cell &second);
    /// The value of the measure at @p index of those asked for; missing if @p key has no events.
    const Cell &value(const Cell &key, std::size_t index) const;

private:
    ResultTable m_table;
    std::size_t m_keys = 1; ///< columns before the measures
    std::unordered_map<Cell, std::uint32_t, CellHash> m_rowOfKey;
};

} // namespace genscope

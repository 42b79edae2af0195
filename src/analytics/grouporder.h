// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/figures.h"
#include "analytics/grouping.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace genscope {

/// A measure's value as something to sort by: larger first, missing last.
struct SortKey
{
    bool missing = true;
    Int128 whole = 0;
    double real = 0;

    static SortKey of(const Cell &cell);
    /// Negative if this comes first.
    int compare(const SortKey &other) const;
};

/// Groups in the order of a result: by bucket, then by a measure descending, then by value.
class GroupOrder
{
public:
    /// @param parts    what @p grouping groups by; outlives this
    /// @param figures  finished; read only here
    /// @param measure  what to order by; absent: by value alone
    GroupOrder(const Grouping &grouping, const GroupingParts &parts, const Figures &figures,
               std::optional<Measure> measure);

    /// The parts of a group: its bucket, if there are buckets, and its code of each dimension.
    std::span<const std::uint32_t> partsOf(std::size_t group) const
    {
        return std::span(m_codes).subspan(group * m_count, m_count);
    }
    std::vector<std::uint32_t> sorted() const;

private:
    bool tied(std::uint32_t a, std::uint32_t b) const;
    void orderTies(std::vector<std::uint32_t> &order) const;

    const GroupingParts &m_parts;
    std::size_t m_count; ///< parts of a group
    std::size_t m_firstDimension;
    std::vector<std::uint32_t> m_codes; ///< parts of the groups, one group after the other
    std::vector<SortKey> m_keys;
};

} // namespace genscope

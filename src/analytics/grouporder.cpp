// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/grouporder.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace genscope {

namespace {

/// Where each code that occurs comes when values are ordered.
std::vector<std::uint32_t> ranksOf(const Dimension &dimension, const std::vector<std::uint32_t> &codes)
{
    std::vector<std::uint32_t> ranks(dimension.codeCount(), 0);
    std::vector<std::uint32_t> order;
    for (const std::uint32_t code : codes) {
        if (std::exchange(ranks[code], 1) == 0)
            order.push_back(code);
    }
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return dimension.before(a, b); });
    for (std::uint32_t rank = 0; rank < order.size(); ++rank)
        ranks[order[rank]] = rank;
    return ranks;
}

} // namespace

SortKey SortKey::of(const Cell &cell)
{
    if (const auto *count = std::get_if<std::int64_t>(&cell))
        return {false, *count, 0};
    if (const auto *money = std::get_if<Money>(&cell))
        return {false, money->pico, 0};
    if (const auto *number = std::get_if<double>(&cell))
        return {false, 0, *number};
    return {};
}

int SortKey::compare(const SortKey &other) const
{
    if (missing != other.missing)
        return missing ? 1 : -1;
    if (whole != other.whole)
        return whole > other.whole ? -1 : 1;
    return real > other.real ? -1 : (real < other.real ? 1 : 0);
}

GroupOrder::GroupOrder(const Grouping &grouping, const GroupingParts &parts, const Figures &figures,
                       std::optional<Measure> measure)
    : m_parts(parts),
      m_count(parts.count()),
      m_firstDimension(parts.buckets != nullptr ? 1 : 0),
      m_codes(grouping.allParts()),
      m_keys(grouping.size())
{
    for (std::size_t group = 0; measure && group < m_keys.size(); ++group)
        m_keys[group] = SortKey::of(figures.value(*measure, group));
}

bool GroupOrder::tied(std::uint32_t a, std::uint32_t b) const
{
    return m_keys[a].compare(m_keys[b]) == 0 &&
           (m_firstDimension == 0 || m_codes[a * m_count] == m_codes[b * m_count]);
}

std::vector<std::uint32_t> GroupOrder::sorted() const
{
    std::vector<std::uint32_t> order(m_keys.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        if (m_firstDimension == 1 && m_codes[a * m_count] != m_codes[b * m_count])
            return m_codes[a * m_count] < m_codes[b * m_count];
        return m_keys[a].compare(m_keys[b]) < 0;
    });
    orderTies(order);
    return order;
}

/// Orders what the measure leaves equal by value. Values are ranked first, so that each text is compared in
/// one sort only, and only texts that are in a tie.
void GroupOrder::orderTies(std::vector<std::uint32_t> &order) const
{
    struct Tie
    {
        std::size_t begin;
        std::size_t end;
    };
    std::vector<Tie> ties;
    for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
        for (end = begin + 1; end < order.size() && tied(order[begin], order[end]);)
            ++end;
        if (end - begin > 1)
            ties.push_back({begin, end});
    }
    std::vector<std::vector<std::uint32_t>> ranks;
    for (std::size_t part = m_firstDimension; part < m_count; ++part) {
        std::vector<std::uint32_t> codes;
        for (const Tie &tie : ties) {
            for (std::size_t i = tie.begin; i < tie.end; ++i)
                codes.push_back(m_codes[order[i] * m_count + part]);
        }
        ranks.push_back(ranksOf(*m_parts.dimensions[part - m_firstDimension], codes));
    }
    const auto before = [&](std::uint32_t a, std::uint32_t b) {
        for (std::size_t part = m_firstDimension; part < m_count; ++part) {
            const std::uint32_t codeA = m_codes[a * m_count + part];
            const std::uint32_t codeB = m_codes[b * m_count + part];
            if (codeA != codeB)
                return ranks[part - m_firstDimension][codeA] < ranks[part - m_firstDimension][codeB];
        }
        return false;
    };
    for (const Tie &tie : ties) {
        const auto at = [&](std::size_t i) { return order.begin() + static_cast<std::ptrdiff_t>(i); };
        std::sort(at(tie.begin), at(tie.end), before);
    }
}

} // namespace genscope

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
    : m_parts(parts), m_count(parts.count()), m_firstDimension(parts.buckets != nullptr ? 1 : 0)
{
    for (std::uint32_t group = 0; group < grouping.size(); ++group) {
        const auto codes = grouping.partsOf(group);
        m_codes.insert(m_codes.end(), codes.begin(), codes.end());
        m_keys.push_back(measure ? SortKey::of(figures.value(*measure, group)) : SortKey());
    }
}

/// The parts with ranks of values for their codes, so that ties cost no comparisons of texts.
std::vector<std::uint32_t> GroupOrder::rankedParts() const
{
    std::vector<std::uint32_t> ranked = m_codes;
    std::vector<std::uint32_t> codes(m_keys.size());
    for (std::size_t part = m_firstDimension; part < m_count; ++part) {
        for (std::size_t group = 0; group < codes.size(); ++group)
            codes[group] = m_codes[group * m_count + part];
        const auto rankOf = ranksOf(*m_parts.dimensions[part - m_firstDimension], codes);
        for (std::size_t group = 0; group < codes.size(); ++group)
            ranked[group * m_count + part] = rankOf[codes[group]];
    }
    return ranked;
}

std::vector<std::uint32_t> GroupOrder::sorted() const
{
    const std::vector<std::uint32_t> parts = rankedParts();
    std::vector<std::uint32_t> order(m_keys.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        const std::uint32_t *partsA = parts.data() + a * m_count;
        const std::uint32_t *partsB = parts.data() + b * m_count;
        if (m_firstDimension == 1 && partsA[0] != partsB[0])
            return partsA[0] < partsB[0];
        if (const int byMeasure = m_keys[a].compare(m_keys[b]); byMeasure != 0)
            return byMeasure < 0;
        return std::lexicographical_compare(partsA + m_firstDimension, partsA + m_count,
                                            partsB + m_firstDimension, partsB + m_count);
    });
    return order;
}

} // namespace genscope

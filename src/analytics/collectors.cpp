// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Accumulators that must see all values of a group together: distinct counts and percentiles.
#include "analytics/accumulator.h"
#include "analytics/percentile.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace genscope {

namespace {

/// Where each group begins in a list ordered by group, and the end: for @p counts per group.
std::vector<std::size_t> beginsOf(std::span<const std::uint32_t> groups, std::size_t groupCount)
{
    std::vector<std::size_t> begins(groupCount + 1, 0);
    for (const std::uint32_t group : groups)
        ++begins[group + 1];
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    return begins;
}

/// The values ordered by group; inside a group they stay in order.
template<typename Value>
std::vector<Value> byGroup(std::span<const Value> values, std::span<const std::uint32_t> groups,
                           const std::vector<std::size_t> &begins)
{
    std::vector<Value> ordered(values.size());
    std::vector<std::size_t> next(begins.begin(), begins.end() - 1);
    for (std::size_t i = 0; i < values.size(); ++i)
        ordered[next[groups[i]]++] = values[i];
    return ordered;
}

class Percentiles final : public Accumulator
{
public:
    Percentiles(RealField field, std::vector<double> fractions, std::uint64_t mostGroups)
        : m_field(field), m_fractions(std::move(fractions)), m_oneGroup(mostGroups == 1)
    {
    }

    void resize(std::size_t groups) override { m_groupCount = groups; }

    void add(const Batch &batch, SegmentColumns &columns) override
    {
        if (columns.lacks(m_field))
            return;
        const auto reals = columns.reals(m_field);
        const std::size_t before = m_values.size();
        m_values.resize(before + batch.rows.size());
        m_groups.resize(m_oneGroup ? 0 : m_values.size());
        std::size_t end = before;
        for (std::size_t i = 0; i < batch.rows.size(); ++i) {
            const double value = reals[batch.rows[i]];
            m_values[end] = value;
            if (!m_oneGroup)
                m_groups[end] = batch.groups.empty() ? 0 : batch.groups[i];
            end += std::isnan(value) ? 0 : 1;
        }
        m_values.resize(end);
        m_groups.resize(m_oneGroup ? 0 : end);
    }

    void merge(const Accumulator &other, std::span<const std::uint32_t> groupOf) override
    {
        const auto &from = static_cast<const Percentiles &>(other);
        const std::size_t before = m_values.size();
        m_values.insert(m_values.end(), from.m_values.begin(), from.m_values.end());
        if (m_oneGroup)
            return;
        m_groups.resize(m_values.size(), groupOf.empty() ? 0 : groupOf[0]);
        for (std::size_t i = 0; i < from.m_groups.size(); ++i)
            m_groups[before + i] = groupOf[from.m_groups[i]];
    }

    void finish() override
    {
        if (m_oneGroup) {
            m_begins = {0, m_values.size()};
        } else {
            m_begins = beginsOf(m_groups, m_groupCount);
            m_values = byGroup<double>(m_values, m_groups, m_begins);
        }
        m_groups = {};
        m_results.resize(m_groupCount * m_fractions.size());
        for (std::size_t group = 0; group < m_groupCount; ++group) {
            const auto values =
                std::span(m_values).subspan(m_begins[group], m_begins[group + 1] - m_begins[group]);
            percentiles(values, m_fractions,
                        std::span(m_results).subspan(group * m_fractions.size(), m_fractions.size()));
        }
        m_values = {};
    }

    Figure figure(std::size_t group, std::size_t which) const override
    {
        return {static_cast<std::int64_t>(m_begins[group + 1] - m_begins[group]), 0,
                m_results[group * m_fractions.size() + which]};
    }

private:
    RealField m_field;
    std::vector<double> m_fractions;
    bool m_oneGroup;
    std::size_t m_groupCount = 0;
    std::vector<double> m_values;
    std::vector<std::uint32_t> m_groups; ///< of each value
    std::vector<std::size_t> m_begins;
    std::vector<double> m_results;
};

/// Counts distinct codes with a bit for each group and code where that is small, else by ordering the pairs
/// by group and stamping each code with the last group that had it.
class Distinct final : public Accumulator
{
public:
    Distinct(std::shared_ptr<const Dimension> dimension, std::uint64_t mostGroups)
        : m_dimension(std::move(dimension)), m_words((m_dimension->codeCount() + 63) / 64)
    {
        std::uint64_t words = 0;
        m_useBits = !__builtin_mul_overflow(mostGroups, m_words, &words) && words <= kMostWords;
    }

    void resize(std::size_t groups) override
    {
        m_groupCount = groups;
        if (m_useBits)
            m_bits.resize(groups * m_words);
    }

    void add(const Batch &batch, SegmentColumns &) override
    {
        m_codes.resize(batch.rows.size());
        m_dimension->read(batch.segment, batch.rows, m_codes, m_scratch);
        const bool sets = m_dimension->manyValued();
        for (std::size_t i = 0; i < m_codes.size(); ++i) {
            const std::uint32_t group = batch.groups.empty() ? 0 : batch.groups[i];
            if (!sets) {
                note(group, m_codes[i]);
                continue;
            }
            for (const std::uint32_t member : m_dimension->members(m_codes[i]))
                note(group, member);
        }
    }

    void merge(const Accumulator &other, std::span<const std::uint32_t> groupOf) override
    {
        const auto &from = static_cast<const Distinct &>(other);
        for (std::size_t i = 0; i < from.m_pairCodes.size(); ++i)
            note(groupOf[from.m_pairGroups[i]], from.m_pairCodes[i]);
        for (std::size_t group = 0; from.m_useBits && group < from.m_groupCount; ++group) {
            for (std::size_t word = 0; word < m_words; ++word)
                noteWord(groupOf[group], word, from.m_bits[group * m_words + word]);
        }
    }

    void finish() override
    {
        m_counts.assign(m_groupCount, 0);
        if (m_useBits)
            countBits();
        else
            countPairs();
    }

    Figure figure(std::size_t group, std::size_t) const override { return {m_counts[group], 0, 0}; }

private:
    static constexpr std::uint64_t kMostWords = 1 << 21; // 16 MB

    void note(std::uint32_t group, std::uint32_t code)
    {
        if (m_useBits) {
            m_bits[group * m_words + code / 64] |= std::uint64_t{1} << (code % 64);
        } else if (code != 0) {
            m_pairGroups.push_back(group);
            m_pairCodes.push_back(code);
        }
    }
    void noteWord(std::uint32_t group, std::size_t word, std::uint64_t bits)
    {
        if (m_useBits) {
            m_bits[group * m_words + word] |= bits;
            return;
        }
        for (; bits != 0; bits &= bits - 1)
            note(group,
                 static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(std::countr_zero(bits)));
    }
    void countBits()
    {
        for (std::size_t group = 0; group < m_groupCount; ++group) {
            const auto words = std::span(m_bits).subspan(group * m_words, m_words);
            std::int64_t count = -static_cast<std::int64_t>(words[0] & 1); // code 0 is missing
            for (const std::uint64_t word : words)
                count += std::popcount(word);
            m_counts[group] = count;
        }
    }
    void countPairs()
    {
        const auto begins = beginsOf(m_pairGroups, m_groupCount);
        const auto codes = byGroup<std::uint32_t>(m_pairCodes, m_pairGroups, begins);
        constexpr std::uint32_t kNoGroup = 0xFFFF'FFFF;
        std::vector<std::uint32_t> lastGroup(m_dimension->codeCount(), kNoGroup);
        for (std::size_t group = 0; group < m_groupCount; ++group) {
            for (std::size_t i = begins[group]; i < begins[group + 1]; ++i) {
                std::uint32_t &last = lastGroup[codes[i]];
                m_counts[group] += last != group ? 1 : 0;
                last = static_cast<std::uint32_t>(group);
            }
        }
    }

    std::shared_ptr<const Dimension> m_dimension;
    std::size_t m_words;
    bool m_useBits = false;
    std::size_t m_groupCount = 0;
    std::vector<std::uint64_t> m_bits;
    std::vector<std::uint32_t> m_pairGroups;
    std::vector<std::uint32_t> m_pairCodes;
    std::vector<std::int64_t> m_counts;
    std::vector<std::uint32_t> m_codes;
    Dimension::Scratch m_scratch;
};

} // namespace

std::unique_ptr<Accumulator> makePercentiles(RealField field, std::vector<double> fractions,
                                             std::uint64_t mostGroups)
{
    return std::make_unique<Percentiles>(field, std::move(fractions), mostGroups);
}

std::unique_ptr<Accumulator> makeDistinct(std::shared_ptr<const Dimension> dimension,
                                          std::uint64_t mostGroups)
{
    return std::make_unique<Distinct>(std::move(dimension), mostGroups);
}

} // namespace genscope

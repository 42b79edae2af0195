// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Accumulators that must see all values of a group together: distinct counts and percentiles.
#include "analytics/accumulator.h"
#include "analytics/percentile.h"
#include "core/parallel.h"

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

/// Keeps the values of each segment as they come. Merging takes them over as they are; finish() moves each
/// once, to its group.
class Percentiles final : public Accumulator
{
public:
    Percentiles(RealSource field, std::vector<double> fractions)
        : m_field(field), m_fractions(std::move(fractions)), m_taken(1)
    {
    }

    void resize(std::size_t groups) override { m_groupCount = groups; }

    void add(const Batch &batch, SegmentColumns &columns) override
    {
        if (columns.lacks(m_field))
            return;
        auto chunk = std::make_shared<Chunk>();
        chunk->group = batch.group;
        if (columns.hasNarrowMicros(m_field)) {
            collect(batch, columns.micros(m_field), chunk->micros, chunk->groups,
                    [](std::int64_t value) { return value != kMissing; });
        } else {
            collect(batch, columns.reals(m_field), chunk->seconds, chunk->groups,
                    [](double value) { return !std::isnan(value); });
        }
        if (chunk->size() > 0)
            m_taken.front().chunks.push_back(std::move(chunk));
    }

    void merge(const Accumulator &other, std::span<const std::uint32_t> groupOf) override
    {
        for (const Taken &from : static_cast<const Percentiles &>(other).m_taken) {
            Taken taken{from.chunks, {groupOf.begin(), groupOf.end()}};
            if (!from.groupOf.empty()) {
                taken.groupOf = from.groupOf;
                for (std::uint32_t &group : taken.groupOf)
                    group = groupOf[group];
            }
            m_taken.push_back(std::move(taken));
        }
    }

    /// Each batch is sorted once, so that ranks are then found among batches without moving a value.
    void settle() override
    {
        for (auto &chunk : m_taken.front().chunks) {
            if (!chunk->groups.empty() || !chunk->seconds.empty())
                continue;
            auto sorted = std::make_shared<Chunk>(*chunk);
            std::sort(sorted->micros.begin(), sorted->micros.end());
            sorted->sorted = true;
            chunk = std::move(sorted);
        }
    }

    void finish() override
    {
        if (m_groupCount == 1 && allSorted()) {
            rankSorted();
            m_taken = {};
            return;
        }
        m_begins.assign(m_groupCount + 1, 0);
        bool narrow = true;
        forEachChunk([&](const Chunk &chunk, const auto &groupAt) {
            narrow &= chunk.seconds.empty();
            for (std::size_t i = 0; i < chunk.size(); ++i)
                ++m_begins[groupAt(i) + 1];
        });
        std::partial_sum(m_begins.begin(), m_begins.end(), m_begins.begin());
        m_results.resize(m_groupCount * m_fractions.size());
        if (narrow)
            rank<std::uint32_t>([](const Chunk &chunk, std::size_t i) { return chunk.micros[i]; });
        else
            rank<double>([](const Chunk &chunk, std::size_t i) {
                return chunk.seconds.empty() ? static_cast<double>(chunk.micros[i]) / 1e6 : chunk.seconds[i];
            });
        m_taken = {};
    }

    Figure figure(std::size_t group, std::size_t which) const override
    {
        return {static_cast<std::int64_t>(m_begins[group + 1] - m_begins[group]), 0,
                m_results[group * m_fractions.size() + which]};
    }

private:
    static constexpr std::size_t kValuesPerStretch = 100'000;

    /// Values of one batch: as microseconds where the segment has them so, else as seconds.
    struct Chunk
    {
        std::vector<std::uint32_t> micros;
        std::vector<double> seconds;
        std::vector<std::uint32_t> groups; ///< of each value; empty: all are in `group`
        std::uint32_t group = 0;
        bool sorted = false; ///< micros, of one group

        std::size_t size() const { return micros.size() + seconds.size(); }
    };
    /// What one accumulator added, and what its groups are here.
    struct Taken
    {
        std::vector<std::shared_ptr<const Chunk>> chunks;
        std::vector<std::uint32_t> groupOf; ///< empty: the same
    };

    template<typename Number, typename Value, typename IsKnown>
    static void collect(const Batch &batch, std::span<const Number> numbers, std::vector<Value> &values,
                        std::vector<std::uint32_t> &groups, IsKnown isKnown)
    {
        // Without branches: what is missing follows no pattern.
        const bool grouped = !batch.groups.empty();
        values.resize(batch.rows.size());
        groups.resize(grouped ? batch.rows.size() : 0);
        std::size_t end = 0;
        for (std::size_t i = 0; i < batch.rows.size(); ++i) {
            const Number number = numbers[batch.rows[i]];
            values[end] = static_cast<Value>(number);
            if (grouped)
                groups[end] = batch.groups[i];
            end += isKnown(number) ? 1 : 0;
        }
        values.resize(end);
        groups.resize(grouped ? end : 0);
    }

    /// Calls @p visit(chunk, groupAt), where groupAt(i) is the group of its value i.
    template<typename Visit>
    void forEachChunk(Visit visit) const
    {
        for (const Taken &taken : m_taken) {
            const auto groupHere = [&taken](std::uint32_t group) {
                return taken.groupOf.empty() ? group : taken.groupOf[group];
            };
            for (const auto &chunk : taken.chunks) {
                if (chunk->groups.empty())
                    visit(*chunk, [group = groupHere(chunk->group)](std::size_t) { return group; });
                else
                    visit(*chunk, [&](std::size_t i) { return groupHere(chunk->groups[i]); });
            }
        }
    }

    /// True if most values are sorted already; the few that are not are sorted here.
    bool allSorted()
    {
        std::size_t unsorted = 0;
        for (Taken &taken : m_taken) {
            for (auto &chunk : taken.chunks) {
                if (!chunk->groups.empty() || !chunk->seconds.empty())
                    return false;
                unsorted += chunk->sorted ? 0 : chunk->size();
            }
        }
        if (unsorted > 4 * Segment::kRows)
            return false;
        for (Taken &taken : m_taken) {
            for (auto &chunk : taken.chunks) {
                if (chunk->sorted)
                    continue;
                auto sorted = std::make_shared<Chunk>(*chunk);
                std::sort(sorted->micros.begin(), sorted->micros.end());
                sorted->sorted = true;
                chunk = std::move(sorted);
            }
        }
        return true;
    }

    /// The percentiles of one group whose batches are each sorted.
    void rankSorted()
    {
        std::vector<std::span<const std::uint32_t>> runs;
        std::size_t count = 0;
        for (const Taken &taken : m_taken) {
            for (const auto &chunk : taken.chunks) {
                runs.push_back(chunk->micros);
                count += chunk->size();
            }
        }
        m_begins = {0, count};
        m_results.resize(m_fractions.size());
        percentilesOfRuns(runs, m_fractions, m_results);
    }

    /// Brings the values together by group and finds the percentiles of each.
    template<typename Value, typename ValueAt>
    void rank(ValueAt valueAt)
    {
        std::vector<Value> ordered(m_begins.back());
        std::vector<std::size_t> next(m_begins.begin(), m_begins.end() - 1);
        forEachChunk([&](const Chunk &chunk, const auto &groupAt) {
            for (std::size_t i = 0; i < chunk.size(); ++i)
                ordered[next[groupAt(i)]++] = valueAt(chunk, i);
        });
        const std::size_t stretches = std::min(m_groupCount, ordered.size() / kValuesPerStretch + 1);
        const std::size_t perGroup = m_fractions.size();
        forEachInParallel(stretches, [&](std::size_t stretch) {
            const std::size_t end = m_groupCount * (stretch + 1) / stretches;
            for (std::size_t group = m_groupCount * stretch / stretches; group < end; ++group) {
                percentiles(
                    std::span(ordered).subspan(m_begins[group], m_begins[group + 1] - m_begins[group]),
                    m_fractions, std::span(m_results).subspan(group * perGroup, perGroup));
            }
        });
    }

    RealSource m_field;
    std::vector<double> m_fractions;
    std::size_t m_groupCount = 0;
    std::vector<Taken> m_taken; ///< the first is what was added here
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
            const std::uint32_t group = batch.groups.empty() ? batch.group : batch.groups[i];
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
        if (from.m_settled) {
            for (std::size_t word = 0; word < from.m_bits.size(); ++word)
                noteWord(groupOf[0], from.m_firstWord + word, from.m_bits[word]);
            return;
        }
        for (std::size_t group = 0; from.m_useBits && group < from.m_groupCount; ++group) {
            for (std::size_t word = 0; word < m_words; ++word)
                noteWord(groupOf[group], word, from.m_bits[group * m_words + word]);
        }
    }

    /// Codes are given in the order of time, so those of a batch lie close together: the rest is let go.
    void settle() override
    {
        if (!m_useBits || m_groupCount != 1)
            return;
        const auto isSet = [](std::uint64_t word) { return word != 0; };
        const auto first = std::find_if(m_bits.begin(), m_bits.end(), isSet);
        const auto last = std::find_if(m_bits.rbegin(), m_bits.rend(), isSet).base();
        m_firstWord = static_cast<std::size_t>(first - m_bits.begin());
        m_bits = first < last ? std::vector<std::uint64_t>(first, last) : std::vector<std::uint64_t>();
        m_settled = true;
    }

    void finish() override
    {
        m_counts.assign(m_groupCount, 0);
        if (m_useBits)
            countAllBits();
        else
            countPairs();
    }

    Figure figure(std::size_t group, std::size_t) const override { return {m_counts[group], 0, 0}; }

private:
    static constexpr std::uint64_t kMostWords = 1 << 22; // 32 MB

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
    void countAllBits()
    {
        for (std::size_t group = 0; group < m_groupCount; ++group) {
            const auto words = std::span(m_bits).subspan(group * m_words, m_words);
            const auto missing = static_cast<std::int64_t>(words[0] & 1); // code 0
            const std::int64_t count = static_cast<std::int64_t>(countBits(words)) - missing;
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
    bool m_settled = false; ///< m_bits are those from m_firstWord on of the only group
    std::size_t m_firstWord = 0;
    std::size_t m_groupCount = 0;
    std::vector<std::uint64_t> m_bits;
    std::vector<std::uint32_t> m_pairGroups;
    std::vector<std::uint32_t> m_pairCodes;
    std::vector<std::int64_t> m_counts;
    std::vector<std::uint32_t> m_codes;
    Dimension::Scratch m_scratch;
};

} // namespace

std::unique_ptr<Accumulator> makePercentiles(RealSource field, std::vector<double> fractions)
{
    return std::make_unique<Percentiles>(field, std::move(fractions));
}

std::unique_ptr<Accumulator> makeDistinct(std::shared_ptr<const Dimension> dimension,
                                          std::uint64_t mostGroups)
{
    return std::make_unique<Distinct>(std::move(dimension), mostGroups);
}

} // namespace genscope

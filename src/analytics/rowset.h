// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace genscope {

/// How many bits are set.
std::size_t countBits(std::span<const std::uint64_t> words);
/// How many bits are set in both, which are of one length.
std::size_t countCommonBits(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b);

/// A set of rows of a snapshot, one bit each. Bits past size() are always zero.
class RowSet
{
public:
    RowSet() = default;
    explicit RowSet(std::size_t size, bool all = false);

    std::size_t size() const { return m_size; }
    bool test(std::size_t row) const { return (m_words[row >> 6] >> (row & 63)) & 1; }
    void set(std::size_t row) { m_words[row >> 6] |= std::uint64_t{1} << (row & 63); }
    std::size_t count() const { return countBits(m_words); }

    RowSet &operator&=(const RowSet &other);
    RowSet &operator|=(const RowSet &other);
    void invert();

    /// 64 rows at a time: word i holds rows 64i .. 64i+63.
    std::vector<std::uint64_t> &words() { return m_words; }
    const std::vector<std::uint64_t> &words() const { return m_words; }

    /// Calls @p visit(row) for every member in [begin, end), in order. @p begin is a multiple of 64; what is
    /// past size() is not a member.
    template<typename Visit>
    void forEach(std::size_t begin, std::size_t end, Visit visit) const
    {
        end = std::min(end, m_size);
        for (std::size_t word = begin >> 6; word << 6 < end; ++word) {
            std::uint64_t bits = m_words[word];
            while (bits != 0) {
                const std::size_t row = (word << 6) + static_cast<std::size_t>(std::countr_zero(bits));
                if (row >= end)
                    return;
                visit(row);
                bits &= bits - 1;
            }
        }
    }
    template<typename Visit>
    void forEach(Visit visit) const
    {
        forEach(0, m_size, visit);
    }

private:
    std::size_t m_size = 0;
    std::vector<std::uint64_t> m_words;
};

} // namespace genscope

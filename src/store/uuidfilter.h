// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/uuid.h"

#include <cstdint>
#include <vector>

namespace genscope {

/// Remembers which uuids it was given, in 16 MB however many they are (a Bloom filter of one word a uuid). It
/// never forgets one; of those that it was not given it takes some for known: one of 100,000 after a million,
/// one of 200 after ten.
class UuidFilter
{
public:
    UuidFilter() : m_words(kWords) {}

    /// @return true if @p uuid was certainly not given before
    bool insert(const Uuid &uuid)
    {
        const std::uint64_t hash = hashOf(uuid);
        // Four bits of one word: a single access to memory.
        const std::uint64_t bits = std::uint64_t{1} << (hash & 63) | std::uint64_t{1} << (hash >> 6 & 63) |
                                   std::uint64_t{1} << (hash >> 12 & 63) |
                                   std::uint64_t{1} << (hash >> 18 & 63);
        std::uint64_t &word = m_words[wordOf(hash)];
        const bool isNew = (word & bits) != bits;
        word |= bits;
        return isNew;
    }

    /// Has the processor fetch what insert() will look at: that is nearly always far away.
    void expect(const Uuid &uuid) const { __builtin_prefetch(&m_words[wordOf(hashOf(uuid))], 1); }

private:
    static std::size_t wordOf(std::uint64_t hash) { return hash >> 40 & (kWords - 1); }

    static constexpr std::size_t kWords = std::size_t{1} << 21;

    static std::uint64_t hashOf(const Uuid &uuid);

    std::vector<std::uint64_t> m_words;
};

} // namespace genscope

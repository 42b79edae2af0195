// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/gramset.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace genscope {

namespace {

constexpr int kCollectedBits = 21;
constexpr int kFewestBits = 10;
constexpr std::size_t kBitsPerGram = 8; // one in eight bits is set, at most

/// The first @p bits of the hash of the four bytes at @p at. Fewer bits are the same place in a smaller set.
std::uint32_t placeOf(const char *at, int bits)
{
    std::uint32_t gram = 0;
    std::memcpy(&gram, at, sizeof gram);
    if constexpr (std::endian::native == std::endian::big)
        gram = (gram >> 24) | ((gram >> 8) & 0xFF00u) | ((gram << 8) & 0xFF0000u) | (gram << 24);
    gram ^= gram >> 15; // or the last byte would reach the highest bits only
    return (gram * 0x9E3779B1u) >> (32 - bits);
}

/// Half as many bits, each set if one of a pair was.
std::vector<std::uint64_t> halved(const std::vector<std::uint64_t> &words)
{
    std::vector<std::uint64_t> half(words.size() / 2);
    for (std::size_t bit = 0; bit < half.size() * 64; ++bit) {
        const std::uint64_t pair = words[bit * 2 / 64] >> (bit * 2 % 64) & 3;
        half[bit / 64] |= static_cast<std::uint64_t>(pair != 0) << (bit % 64);
    }
    return half;
}

std::size_t countOf(const std::vector<std::uint64_t> &words)
{
    std::size_t count = 0;
    for (const std::uint64_t word : words)
        count += static_cast<std::size_t>(std::popcount(word));
    return count;
}

} // namespace

GramSet::GramSet(std::vector<std::uint64_t> words)
{
    const std::size_t bits = words.size() * 64;
    if (bits < (1u << kFewestBits) || bits > (1u << kCollectedBits) || !std::has_single_bit(bits))
        return;
    m_words = std::move(words);
    m_bits = std::countr_zero(bits);
}

bool GramSet::mayHold(std::string_view text) const
{
    if (m_words.empty())
        return true;
    for (std::size_t i = 0; i + kGram <= text.size(); ++i) {
        const std::uint32_t place = placeOf(text.data() + i, m_bits);
        if ((m_words[place / 64] >> (place % 64) & 1) == 0)
            return false;
    }
    return true;
}

GramCollector::GramCollector() : m_words((std::size_t{1} << kCollectedBits) / 64) {}

void GramCollector::add(std::string_view text)
{
    for (std::size_t i = 0; i + GramSet::kGram <= text.size(); ++i) {
        const std::uint32_t place = placeOf(text.data() + i, kCollectedBits);
        m_words[place / 64] |= std::uint64_t{1} << (place % 64);
    }
}

GramSet GramCollector::take()
{
    const std::size_t wanted = countOf(m_words) * kBitsPerGram;
    std::vector<std::uint64_t> words = m_words;
    for (int bits = kCollectedBits; bits > kFewestBits; --bits) {
        const std::size_t half = std::size_t{1} << (bits - 1);
        if (bits <= GramSet::kMostBits && half < wanted)
            break;
        words = halved(words);
    }
    std::fill(m_words.begin(), m_words.end(), 0);
    // One that is mostly full leaves nothing out.
    return countOf(words) * 4 > words.size() * 64 * 3 ? GramSet() : GramSet(std::move(words));
}

} // namespace genscope

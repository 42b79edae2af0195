// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/rowset.h"

#include "core/multiversion.h"

namespace genscope {

namespace {

void clearTail(std::vector<std::uint64_t> &words, std::size_t size)
{
    if (size % 64 != 0)
        words.back() &= (std::uint64_t{1} << (size % 64)) - 1;
}

} // namespace

GENSCOPE_MULTIVERSION
std::size_t countBits(std::span<const std::uint64_t> words)
{
    std::size_t count = 0;
    for (const std::uint64_t word : words)
        count += static_cast<std::size_t>(std::popcount(word));
    return count;
}

GENSCOPE_MULTIVERSION
std::size_t countCommonBits(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b)
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        count += static_cast<std::size_t>(std::popcount(a[i] & b[i]));
    return count;
}

RowSet::RowSet(std::size_t size, bool all)
    : m_size(size), m_words((size + 63) / 64, all ? ~std::uint64_t{0} : 0)
{
    clearTail(m_words, m_size);
}

RowSet &RowSet::operator&=(const RowSet &other)
{
    for (std::size_t i = 0; i < m_words.size(); ++i)
        m_words[i] &= other.m_words[i];
    return *this;
}

RowSet &RowSet::operator|=(const RowSet &other)
{
    for (std::size_t i = 0; i < m_words.size(); ++i)
        m_words[i] |= other.m_words[i];
    return *this;
}

void RowSet::invert()
{
    for (std::uint64_t &word : m_words)
        word = ~word;
    clearTail(m_words, m_size);
}

} // namespace genscope

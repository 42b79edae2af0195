// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/rowset.h"

namespace genscope {

namespace {

void clearTail(std::vector<std::uint64_t> &words, std::size_t size)
{
    if (size % 64 != 0)
        words.back() &= (std::uint64_t{1} << (size % 64)) - 1;
}

} // namespace

RowSet::RowSet(std::size_t size, bool all)
    : m_size(size), m_words((size + 63) / 64, all ? ~std::uint64_t{0} : 0)
{
    clearTail(m_words, m_size);
}

std::size_t RowSet::count() const
{
    std::size_t total = 0;
    for (const std::uint64_t word : m_words)
        total += static_cast<std::size_t>(std::popcount(word));
    return total;
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

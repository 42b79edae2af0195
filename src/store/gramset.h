// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace genscope {

/// Which sequences of four bytes occur in some texts, as one bit a hash: what it says is missing is missing
/// for sure. Four bytes are four Latin letters, or parts of two characters of other scripts.
class GramSet
{
public:
    static constexpr std::size_t kGram = 4;
    static constexpr int kMostBits = 19; ///< 64 KB for a block of about half a megabyte of text

    GramSet() = default; ///< knows nothing: anything may occur
    /// @p words are 2^n bits. @return nothing-knowing if they are not
    explicit GramSet(std::vector<std::uint64_t> words);

    /// Whether @p text may occur. Texts shorter than kGram may always.
    bool mayHold(std::string_view text) const;
    const std::vector<std::uint64_t> &words() const { return m_words; }
    bool operator==(const GramSet &) const = default;

private:
    std::vector<std::uint64_t> m_words;
    int m_bits = 0; ///< log2 of the number of bits
};

/// Makes one. Reusable.
class GramCollector
{
public:
    GramCollector();
    void add(std::string_view text);
    /// What was added since the last take().
    GramSet take();

private:
    std::vector<std::uint64_t> m_words;
};

} // namespace genscope

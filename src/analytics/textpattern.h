// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/eventsource.h"
#include "core/result.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace genscope {

/// A regular expression of the filter language: RE2 syntax, unanchored, case-sensitive, bounded in memory.
/// Matching is linear in the text, but some patterns are linear with a large factor; isTooExpensive() tells
/// when this one has used up its share, so that no pattern holds a query up. Not to be shared by threads.
class TextPattern
{
public:
    /// @error Usage if RE2 refuses the pattern: bad syntax, or too large
    static Result<TextPattern> compile(std::string_view pattern);
    TextPattern(TextPattern &&) noexcept;
    TextPattern &operator=(TextPattern &&) noexcept;
    ~TextPattern();

    bool matches(std::string_view text);
    /// True once matching took longer than any reasonable pattern needs for the bytes seen so far.
    bool isTooExpensive() const;
    /// What all texts that match hold.
    std::unique_ptr<TextHint> hint() const;

private:
    TextPattern();
    std::unique_ptr<re2::RE2> m_pattern;
    std::size_t m_calls = 0;
    std::size_t m_bytes = 0;
    std::chrono::nanoseconds m_spent{0}; ///< estimated from every 32nd short text and all long ones
};

/// Finds text regardless of case, as foldText() says. Not to be shared by threads.
class FoldedSearch
{
public:
    explicit FoldedSearch(std::string_view needle);

    bool isIn(std::string_view text);
    /// The same for a text that is folded already.
    bool isInFolded(std::string_view folded) const;
    std::unique_ptr<TextHint> hint() const;

private:
    std::string m_folded;
    std::string m_scratch;
};

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pricing/pricebook.h"

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace genscope {

/// Finds the row of a price table that a model name stands for, by PostHog's three rules (posthog-semantics
/// 2.3 B): the very name, else the longest known name inside of it, else the first known name that it is
/// inside of. Indexed, so that even a dump in which every event names another model stays importable.
class ModelMatcher
{
public:
    ModelMatcher() = default;
    explicit ModelMatcher(const std::vector<std::string> &names);

    struct Hit
    {
        std::size_t row = 0;
        MatchedBy by = MatchedBy::Name;
        std::string_view text; ///< the known spelling that was found; lives as long as the matcher
    };
    std::optional<Hit> find(std::string_view model) const;

private:
    struct Known
    {
        std::string text;
        std::size_t row = 0;
    };

    std::optional<Hit> longestInside(const std::vector<std::string> &variants) const;
    std::optional<Hit> firstAround(const std::vector<std::string> &variants) const;
    bool mayBeInsideKnown(std::string_view variant) const;

    std::unordered_map<std::string, std::size_t> m_exact; ///< lower case name to row
    std::vector<Known> m_known; ///< every variant of every name: the longest first, then in table order
    std::unordered_map<std::uint32_t, std::vector<std::size_t>>
        m_byHead;                              ///< first four bytes to m_known, ascending
    std::vector<std::size_t> m_short;          ///< m_known with fewer than four bytes, ascending
    std::vector<std::size_t> m_inTableOrder;   ///< m_known by row
    std::bitset<std::size_t{1} << 16> m_quads; ///< hashes of all four bytes that follow each other in m_known
};

} // namespace genscope

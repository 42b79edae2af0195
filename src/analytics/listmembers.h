// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/field.h"

#include <cstdint>
#include <vector>

namespace genscope {

/// Which events the items of a list are made of, and what follows from their times.
class ListMembers
{
public:
    struct Member
    {
        std::uint32_t item = 0;
        std::uint32_t row = 0;
    };

    ListMembers(const Snapshot &snapshot, std::size_t itemCount, std::vector<Member> members);

    const std::vector<std::int64_t> &firstSeenUs() const { return m_firstUs; } ///< by item
    const std::vector<std::int64_t> &lastSeenUs() const { return m_lastUs; }
    /// By item: on how many days of the zone's calendar it was seen.
    std::vector<std::int64_t> daysSeen(const Zone &zone) const;

    static constexpr std::uint32_t kNoRow = 0xFFFF'FFFF;
    /// By item: the row of its newest event that has a value; kNoRow if none has.
    std::vector<std::uint32_t> newestRows(const FieldReader &reader) const;

private:
    std::vector<Member> m_members;
    std::vector<std::int64_t> m_timeUs; ///< by row
    std::vector<std::int64_t> m_firstUs;
    std::vector<std::int64_t> m_lastUs;
};

} // namespace genscope

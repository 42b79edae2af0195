// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/listmembers.h"

#include "analytics/listcells.h"
#include "analytics/localclock.h"

#include <algorithm>
#include <limits>

namespace genscope {

ListMembers::ListMembers(const Snapshot &snapshot, std::size_t itemCount, std::vector<Member> members)
    : m_members(std::move(members)),
      m_timeUs(snapshot.rows()),
      m_firstUs(itemCount, std::numeric_limits<std::int64_t>::max()),
      m_lastUs(itemCount, std::numeric_limits<std::int64_t>::min())
{
    for (std::size_t i = 0; i < snapshot.segmentCount(); ++i) {
        const Segment &segment = snapshot.segment(i);
        segment.ints(IntField::Timestamp)
            .decode(std::span(m_timeUs).subspan(i * Segment::kRows, segment.rows()));
    }
    for (const Member &member : m_members) {
        m_firstUs[member.item] = std::min(m_firstUs[member.item], m_timeUs[member.row]);
        m_lastUs[member.item] = std::max(m_lastUs[member.item], m_timeUs[member.row]);
    }
}

std::vector<std::int64_t> ListMembers::daysSeen(const Zone &zone) const
{
    LocalClock clock(zone);
    std::vector<std::pair<std::uint32_t, std::int64_t>> seen;
    std::vector<std::int64_t> lastDay(m_firstUs.size(), std::numeric_limits<std::int64_t>::min());
    for (const Member &member : m_members) {
        const std::int64_t hours = clock.localHours(m_timeUs[member.row]);
        const std::int64_t day = (hours >= 0 ? hours : hours - 23) / 24;
        // Rows are nearly ordered by time, so most repeat the day before them.
        if (lastDay[member.item] != day) {
            lastDay[member.item] = day;
            seen.emplace_back(member.item, day);
        }
    }
    std::sort(seen.begin(), seen.end());
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
    std::vector<std::int64_t> days(m_firstUs.size());
    for (const auto &[item, day] : seen)
        ++days[item];
    return days;
}

std::vector<std::uint32_t> ListMembers::newestRows(const FieldReader &reader) const
{
    std::vector<std::uint32_t> newest(m_firstUs.size(), kNoRow);
    for (const Member &member : m_members) {
        std::uint32_t &best = newest[member.item];
        const bool newer = best == kNoRow || m_timeUs[member.row] >= m_timeUs[best];
        if (newer && !isMissingAt(reader, member.row))
            best = member.row;
    }
    return newest;
}

} // namespace genscope

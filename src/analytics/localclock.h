// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/zone.h"

#include <cstdint>

namespace genscope {

/// A zone's wall clock for many instants: looks the offset up only where the instants leave a stretch of
/// constant offset.
class LocalClock
{
public:
    explicit LocalClock(const Zone &zone) : m_zone(zone) {}

    /// The wall-clock reading at @p instantUs, as microseconds as if UTC.
    std::int64_t localUs(std::int64_t instantUs)
    {
        if (instantUs < m_stretch.beginUs || instantUs >= m_stretch.endUs)
            m_stretch = m_zone.stretchAt({instantUs});
        return instantUs + std::int64_t{m_stretch.offsetSeconds} * kMicrosPerSecond;
    }
    /// Hours since the start of 1970 by the wall clock, rounded down.
    std::int64_t localHours(std::int64_t instantUs)
    {
        constexpr std::int64_t kHour = 3600 * kMicrosPerSecond;
        const std::int64_t local = localUs(instantUs);
        return local >= 0 ? local / kHour : -((-local + kHour - 1) / kHour);
    }

private:
    Zone m_zone;
    Zone::Stretch m_stretch;
};

} // namespace genscope

// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/pagepacer.h"

#include <algorithm>

namespace genscope {

namespace {

constexpr double kQuick = 3; // seconds; the server gives up after ten
constexpr double kSlow = 6;
constexpr int kTrust = 16;     // answers until more is tried than was too much
constexpr int kLeastRows = 50; // what a page shrinks to for the sake of its size alone

} // namespace

void PagePacer::limitRows(int most)
{
    m_mostRows = std::max(1, std::min(m_mostRows, most));
    m_rows = std::min(m_rows, m_mostRows);
}

void PagePacer::took(int rows, std::int64_t bytes, double seconds)
{
    if (++m_sinceHeavy >= kTrust) { // the server may cope better by now
        m_sinceHeavy = 0;
        m_ceilingUs = std::min(m_bounds.mostUs, m_ceilingUs * 2);
    }
    if (seconds > kSlow)
        m_windowUs = std::max(m_bounds.leastUs, m_windowUs / 2);
    else if (seconds < kQuick && rows * 2 < m_rows)
        m_windowUs = std::min(m_ceilingUs, m_windowUs * (rows == 0 ? 4 : 2));
    if (rows > 0 && rows >= m_rows && seconds < kQuick)
        m_rows += std::max(1, m_rows / 2);
    if (rows > 0) {
        const std::int64_t fits = m_bounds.bytes * rows / std::max<std::int64_t>(bytes, 1);
        if (fits < m_rows)
            m_rows = static_cast<int>(std::max<std::int64_t>(fits, std::min(kLeastRows, m_rows)));
    }
    m_rows = std::clamp(m_rows, 1, m_mostRows);
}

bool PagePacer::tooHeavy()
{
    if (m_windowUs > m_bounds.leastUs) {
        m_windowUs = std::max(m_bounds.leastUs, m_windowUs / 2);
        m_ceilingUs = m_windowUs;
        m_sinceHeavy = 0;
        return true;
    }
    return tooLarge();
}

bool PagePacer::tooLarge()
{
    if (m_rows <= 1)
        return false;
    m_rows = std::max(1, m_rows / 4);
    return true;
}

} // namespace genscope

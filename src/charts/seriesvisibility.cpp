// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/seriesvisibility.h"

#include <algorithm>

namespace genscope {

void SeriesVisibility::setSeries(std::vector<std::string> keys)
{
    m_keys = std::move(keys);
    showAllIfNone();
}

bool SeriesVisibility::isVisible(std::size_t series) const
{
    return series >= m_keys.size() || !m_hidden.contains(m_keys[series]);
}

void SeriesVisibility::isolate(std::size_t series)
{
    if (series >= m_keys.size())
        return;
    std::set<std::string> others(m_keys.begin(), m_keys.end());
    others.erase(m_keys[series]);
    if (m_hidden == others)
        m_hidden.clear();
    else
        m_hidden = std::move(others);
}

void SeriesVisibility::toggle(std::size_t series)
{
    if (series >= m_keys.size())
        return;
    if (m_hidden.erase(m_keys[series]) == 0)
        m_hidden.insert(m_keys[series]);
    showAllIfNone();
}

void SeriesVisibility::showAllIfNone()
{
    const auto hidden = [this](const std::string &key) { return m_hidden.contains(key); };
    if (std::all_of(m_keys.begin(), m_keys.end(), hidden))
        m_hidden.clear();
}

} // namespace genscope

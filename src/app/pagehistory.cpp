// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pagehistory.h"

namespace genscope {

void PageHistory::visit(PageId page, const std::optional<Scope> &drilledFrom,
                        const std::optional<Scope> &drilledTo)
{
    if (page == current() && !drilledFrom)
        return;
    m_places.resize(m_at + 1);
    m_places.push_back({page, drilledFrom, drilledTo});
    ++m_at;
}

PageHistory::Place PageHistory::back()
{
    const std::optional<Scope> restore = m_places[m_at].before;
    --m_at;
    return {current(), restore};
}

PageHistory::Place PageHistory::forward()
{
    ++m_at;
    return {current(), m_places[m_at].after};
}

} // namespace genscope
